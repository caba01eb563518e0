#!/usr/bin/env python3
"""Make readings.json from pypinyin's tables: what names need of them, small enough to load in milliseconds.

Usage: python resources/readings/build_readings.py   (needs pypinyin as locked for development)

`characters` maps the readings of a character, the usual one first, to all characters read so; `words` maps a
reading to the words of two to four characters that are read otherwise than character by character.
"""

from __future__ import annotations

import json
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

from pypinyin import Style, lazy_pinyin, pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

TABLE = Path(__file__).with_name("readings.json")
LONGEST = 4


def of_character(character: str) -> tuple[str, ...]:
    """Return every reading of a character without tones, ü as v, the usual one first."""
    found = pinyin(character, style=Style.NORMAL, heteronym=True)[0]
    return tuple(dict.fromkeys(reading.replace("ü", "v").lower() for reading in found if reading))


def of_word(word: str) -> tuple[str, ...]:
    """Return the reading of a word as a word."""
    return tuple(part.replace("ü", "v").lower() for part in lazy_pinyin(word, style=Style.NORMAL))


def made() -> dict[str, object]:
    """Return the whole table."""
    characters: dict[str, list[str]] = defaultdict(list)
    usual: dict[str, str] = {}
    for code in sorted(PINYIN_DICT):
        if readings := of_character(chr(code)):
            characters[" ".join(readings)].append(chr(code))
            usual[chr(code)] = readings[0]
    words: dict[str, list[str]] = defaultdict(list)
    for word in sorted(PHRASES_DICT):
        if 2 <= len(word) <= LONGEST and of_word(word) != tuple(usual.get(part, part) for part in word):
            words[" ".join(of_word(word))].append(word)
    return {
        "made_from": f"pypinyin {version('pypinyin')} (MIT licence)",
        "characters": {reading: "".join(found) for reading, found in sorted(characters.items())},
        "words": dict(sorted(words.items())),
    }


if __name__ == "__main__":
    TABLE.write_text(json.dumps(made(), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
