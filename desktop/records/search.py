"""Search keys: what may be typed to find a record, looked up by B-tree ranges.

Every tail of a name, full pinyin and initials under every surname reading, telephone numbers and their
reverses (so that any tail of a number is a range). The result equals a scan over all keys by prefix.
"""

from __future__ import annotations

import re

import peewee

from desktop.records import cleaning
from desktop.records.base import Record
from desktop.records.kinds import Key
from desktop.records.trail import Local

LAST = "\U0010ffff"


class SearchKey(Local):
    """One key of one record."""

    key = peewee.TextField()
    record = Key(index=True)

    class Meta:
        primary_key = peewee.CompositeKey("key", "record")
        without_rowid = True


def words_of(text: str) -> list[str]:
    """Return the words of a search line, folded as keys are: blanks part words, all must be found."""
    folded = cleaning.MIDDLE_DOTS.sub("·", cleaning.narrow(cleaning.one_line(text))).casefold()
    return [
        word.replace("'", "").replace("’", "") if re.fullmatch(r"[a-z'’]+", word) else word
        for word in folded.split()
    ][:6]


def ranges(word: str) -> list[tuple[str, str]]:
    """Return the key ranges [from, to) in which a word of the search line may lie."""
    found = [(word, word + LAST)]
    digits = re.sub(r"[-\s]", "", word)
    if digits.isascii() and digits.isdigit():
        tail = "<" + digits[::-1]
        found = [(tail, tail + LAST)]
        # nearly every number begins with 1: one or two digits are only looked for at the end
        if len(digits) > 2:
            found.append((digits, digits + LAST))
    return found


def rows_for(record: Record) -> list[tuple[str, bytes]]:
    """Return the (key, record) rows that one record needs."""
    return [(key.casefold(), record.id) for key in record.search_keys()]
