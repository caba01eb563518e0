"""Number formats that show less than a whole date: a cell shown as 1967年3月 holds 1967-03-01 in truth.

Rosters write 出生年月 so; taken for a whole day it would invent a birthday, and contradict the ID number.
"""

from __future__ import annotations

import re
import zipfile

from desktop.exchange.parts import parse

MONTH, YEAR = len("1967-03"), len("1967")
BUILT_IN_MONTHS = (17, 27, 36, 50, 52, 57)
"""Formats without a code of their own: mmm-yy, and yyyy"年"m"月" of the Chinese table (ECMA-376 18.8.30)."""
LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


def shown_length(code: str) -> int | None:
    """Return how much of an ISO date a format code shows where that is less than the day, else None."""
    letters = LITERAL.sub("", code.partition(";")[0]).lower()
    if "y" not in letters or any(letter in letters for letter in "dhs"):
        return None
    return MONTH if "m" in letters else YEAR


def partial_styles(package: zipfile.ZipFile) -> dict[int, int]:
    """Return the cell styles (`s` of a cell) that show a month or a year only, with the length shown."""
    if "xl/styles.xml" not in package.NameToInfo:
        return {}
    lengths: dict[int, int] = dict.fromkeys(BUILT_IN_MONTHS, MONTH)
    styles: list[int] = []
    inside: list[str] = []

    def begin(tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "numFmt" and (length := shown_length(attributes.get("formatCode", ""))):
            lengths[_number(attributes.get("numFmtId"))] = length
        elif name == "xf" and inside and inside[-1] == "cellXfs":
            styles.append(_number(attributes.get("numFmtId")))
        inside.append(name)

    parse(package, "xl/styles.xml", begin, lambda _: inside.pop())
    return {index: lengths[number] for index, number in enumerate(styles) if number in lengths}


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0
