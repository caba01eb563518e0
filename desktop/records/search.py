"""Search keys: what may be typed to find a record, looked up by B-tree ranges.

A record is found by every tail of its name, by full pinyin and initials under every surname reading, and by
the beginning and every tail of a telephone number. What its own sorted columns answer (the whole name, the
reading shown, the first number) is looked up there; `search_key` keeps the rest, tails of numbers reversed so
that they are ranges too. Each key carries what the list sorts on: a page of hits is sorted without the table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import peewee

from desktop.records import cleaning
from desktop.records.base import Record
from desktop.records.kinds import Key
from desktop.records.patterns import pattern
from desktop.records.trail import Local

LAST = "\U0010ffff"
FIRST_LETTER = "^"
LATIN = pattern("[a-z]+")
LONGEST_SURNAME = 12
"""Letters of the longest reading of a surname (zhangsun, shangguan), with room."""
KeyRow = tuple[str, str, bytes]
"""A key, what the list sorts on, and the record."""


class SearchKey(Local):
    """One key of one record."""

    key = peewee.TextField()
    sort = peewee.TextField()
    record = Key()

    class Meta:
        primary_key = peewee.CompositeKey("key", "sort", "record")
        without_rowid = True


@dataclass(frozen=True, slots=True)
class Range:
    """Where a word may lie: values from `low` up to, not including, `high`, of a column ('' is the key)."""

    column: str
    low: str
    high: str


def words_of(text: str) -> list[str]:
    """Return the words of a search line, folded as keys are: blanks part words, all must be found."""
    folded = cleaning.MIDDLE_DOTS.sub("·", cleaning.narrow(cleaning.one_line(text))).casefold()
    return [
        word.replace("'", "").replace("’", "") if re.fullmatch(r"[a-z'’]+", word) else word
        for word in folded.split()
    ][:6]


def ranges(word: str, mark: str = "") -> list[Range]:
    """Return the ranges in which a word of the search line may lie; `mark` begins the keys of its records."""
    return [part if part.column else _from("", mark + part.low) for part in _ranges(word)]


def _ranges(word: str) -> list[Range]:
    if LATIN.fullmatch(word):
        # a reading shown parts surname and given name by one blank, which the clerk doesn't type
        parted = (f"{word[:end]} {word[end:]}" for end in range(1, min(len(word), LONGEST_SURNAME + 1)))
        found = [_from("reading_key", shown) for shown in (word, *parted)]
        # one letter is the first of the name; its range would hold half of all keys
        return [*found, _from("", FIRST_LETTER + word if len(word) == 1 else word)]
    digits = re.sub(r"[-\s]", "", word)
    if digits.isascii() and digits.isdigit():
        # one digit ends every tenth number, and 13 begins nearly every one: too little to look for
        found = [_from("", "<" + digits[::-1])] if len(digits) > 1 else []
        return [*found, _from("mobile", digits), _from("", digits)] if len(digits) > 2 else found
    return [_from("name_key", word), _from("", word)]


def _from(column: str, beginning: str) -> Range:
    return Range(column, beginning, beginning + LAST)


def rows_for(record: Record) -> list[KeyRow]:
    """Return the rows that one record needs."""
    held = record.__data__
    owner, sort = held["id"], held.get("reading_key") or ""
    mark = record.key_mark
    return [(mark + key, sort, owner) for key in record.search_keys()]
