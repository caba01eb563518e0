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
FIRST_LETTER = "^"


class SearchKey(Local):
    """One key of one record."""

    key = peewee.TextField()
    record = Key()

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
    if len(word) == 1 and "a" <= word <= "z":
        # one letter is the first of the name; its range would hold half of all keys
        return [(FIRST_LETTER + word, FIRST_LETTER + word + LAST)]
    found = [(word, word + LAST)]
    digits = re.sub(r"[-\s]", "", word)
    if digits.isascii() and digits.isdigit():
        tail = "<" + digits[::-1]
        # one digit ends every tenth number, and 13 begins nearly every one: too little to look for
        found = [(tail, tail + LAST)] if len(digits) > 1 else []
        if len(digits) > 2:
            found.append((digits, digits + LAST))
    return found


def rows_for(record: Record) -> list[tuple[str, bytes]]:
    """Return the (key, record) rows that one record needs."""
    owner = record.id
    return [(key.casefold(), owner) for key in record.search_keys()]
