"""Choosing among words by what is typed: the characters themselves, or the initials of their pinyin."""

from __future__ import annotations

from collections.abc import Iterable

MOST = 50


def matching(words: Iterable[str], typed: str) -> list[str]:
    """Return the words that hold what is typed, those that begin with it first; ASCII also tries initials."""
    wanted = typed.strip().casefold()
    if not wanted:
        return list(words)[:MOST]
    begins, holds = [], []
    for word in words:
        folded = word.casefold()
        if folded.startswith(wanted):
            begins.append(word)
        elif wanted in folded or (
            wanted.isascii() and wanted.isalpha() and _spelled(word).startswith(wanted)
        ):
            holds.append(word)
    return (begins + holds)[:MOST]


def _spelled(word: str) -> str:
    from desktop.records.readings import given_syllables

    return "".join(syllable[:1] for syllable in given_syllables(word))
