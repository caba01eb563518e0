"""Makes festivals.json: the statutory festivals of the years that no notice known to the program covers.

They follow from 《全国年节及纪念日放假办法》 alone, lunar ones included, as the package `holidays` computes them. Each
entry is month, day and name; a `*` marks a day off in place of a festival that falls on a weekend.
Usage: python resources/festivals/build_festivals.py
"""

from __future__ import annotations

import json
from pathlib import Path

from holidays.countries.china import China

YEARS = (*range(1990, 2004), *range(2027, 2100))
NAMES = {
    "Spring": "春节", "Chinese New Year": "春节", "New Year": "元旦", "Tomb": "清明节", "Labor": "劳动节", "Dragon": "端午节",
    "National": "国庆节", "Mid-Autumn": "中秋节",
}  # fmt: skip


def festivals(year: int) -> list[str]:
    """Return the festivals of a year in order, such as `0101元旦` and `0103元旦*`."""
    return [
        f"{day:%m%d}{_called(name)}{'*' if 'observed' in name else ''}"
        for day, name in sorted(China(years=year, language="en_US").items())
    ]


def _called(name: str) -> str:
    return next((chinese for english, chinese in NAMES.items() if english in name), "法定节日")


def table() -> str:
    """Return the whole file."""
    lines = [f'"{year}": {json.dumps(festivals(year), ensure_ascii=False)}' for year in YEARS]
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    Path(__file__).with_name("festivals.json").write_text(table(), encoding="utf-8")
