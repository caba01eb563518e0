"""姓氏笔画 order: by strokes of the surname, then 横竖撇点折, then the given name.

Practice differs in the given names of one surname: with 单名在前 高富 comes before 高大富 (the usual order of
lists of the National People's Congress), with 姓名笔画 each character is compared where it stands. ICU's
stroke collation gets even surnames wrong (尹 < 方 < 王).
"""

from __future__ import annotations

from functools import cache, lru_cache

from desktop import paths
from desktop.records.readings import split
from desktop.records.staff import NameOrder

UNKNOWN = 1 << 24
"""Where characters stand that the table doesn't know: after all others, by code point."""


@cache
def _places() -> dict[str, int]:
    """Return the place of every character of the table; equal strokes keep the table's order."""
    text = (paths.resources() / "strokes" / "order.txt").read_text(encoding="utf-8")
    characters = text.replace("\t", "").replace("\n", "")
    return dict(zip(characters, range(len(characters)), strict=True))


@lru_cache(maxsize=10_000)
def stroke_key(name: str, order: NameOrder) -> tuple[object, ...]:
    """Return what names sort by in 姓氏笔画 order."""
    surname, given = split(name)
    places = _places()

    def of(text: str) -> list[int]:
        return [places.get(character, UNKNOWN + ord(character)) for character in text if character != "·"]

    if not surname:  # a name in its own language is one word: 阿依古丽·买买提
        surname, given = given[:1], given[1:]
    short_first = len(given) if order is NameOrder.SHORT_FIRST and "·" not in name else 0
    return of(surname), short_first, of(given), name
