"""What typed or pasted text becomes before it is kept.

Names and texts people said are never rewritten; only what can't be seen (zero-width, control and
direction characters, halves of surrogate pairs, noncharacters) goes, and look-alike code points are recoded.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from desktop.records.patterns import pattern

_PLANES = "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
NONCHARACTERS = f"\ufdd0-\ufdef{_PLANES}"
"""Code points that are no characters and never will be; no text has them but by a fault."""
INVISIBLE = pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e01ef"
    f"{NONCHARACTERS}]"
)
LINE_BREAKS = pattern("\r\n|[\r\n\x85\u2028\u2029]")
BLANKS = pattern(r"\s+")
HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
CODE_POINT = pattern(r"[Uu][+＋]([0-9A-Fa-f]{4,5})")
HAN_GAP = pattern(f"(?<=[{HAN}])\\s+(?=[{HAN}])")
MIDDLE_DOTS = pattern(r"\s*[\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff0e\uff65]\s*")
RADICALS = pattern("[\u2f00-\u2fd5]")
MARKS = pattern("[\u2f00-\u2fd5\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""What str.isprintable lets through although `visible` changes or removes it."""
INNER_MARKS = {ord("“"): "‘", ord("”"): "’"}
COMMON = pattern("[\u4e00-\u9fff]*")
"""What most names and units are made of; nothing folds it."""
PRIVATE = pattern("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
FULL_WIDTH = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
# GBK's private-use ideographs whose Unicode character came later and that Python's codec leaves alone
# (GB 18030-2022 table of changes); the other sixty-six come from the codec itself.
LATE_GBK = {
    0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6, 0xE82C: 0x9FB7, 0xE832: 0x9FB8, 0xE843: 0x9FB9,
    0xE854: 0x9FBA, 0xE864: 0x9FBB, 0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE831: 0x215D7,
    0xE83B: 0x2298F, 0xE855: 0x241FE,
}  # fmt: skip


@functools.cache
def _gbk_private() -> dict[int, int]:
    """Return the 80 private-use codes of GBK's extension rows and the characters they stand for."""
    table = dict(LATE_GBK)
    for trail in (*range(0x50, 0x7F), *range(0x80, 0xA1)):
        code = 0xE815 + trail - 0x50 - (trail > 0x7F)
        character = bytes((0xFE, trail)).decode("gb18030")
        if code not in table and not PRIVATE.match(character):
            table[code] = ord(character)
    return table


def visible(text: str) -> str:
    """Return `text` without invisible characters and with recoded radicals and GBK private codes."""
    text = INVISIBLE.sub("", text).translate(_gbk_private())
    return RADICALS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)


def one_line(text: str) -> str:
    """Return `text` cleaned for a single-line field: line breaks and tabs are blanks, ends are trimmed."""
    if text.isprintable() and not MARKS.search(text):
        return text.strip()
    return visible(LINE_BREAKS.sub(" ", text).replace("\t", " ")).strip()


def many_lines(text: str) -> str:
    """Return `text` cleaned for a long field: line breaks are newlines, trailing blanks go."""
    lines = LINE_BREAKS.sub("\n", visible(text.replace("\t", "    "))).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def quoted(text: str) -> str:
    """Return `text` in quotation marks, its own turned into inner ones (GB/T 15834-2011, 4.8.3.3)."""
    return f"“{text.translate(INNER_MARKS)}”"


def narrow(text: str) -> str:
    """Return `text` with full-width digits and Latin letters as plain ones."""
    return text.translate(FULL_WIDTH)


def person_name(text: str) -> str:
    """Return a name as it is kept: `李　明` is 李明, the middle dot is U+00B7, Latin words keep one blank.

    A rare character may be written by its code point where no input method has it: 于U+2CC56 is 于𬱖.
    """
    if COMMON.fullmatch(text):
        return text
    name = MIDDLE_DOTS.sub("·", CODE_POINT.sub(_written, narrow(one_line(text))))
    return BLANKS.sub(" ", HAN_GAP.sub("", name))


def _written(code: re.Match[str]) -> str:
    """Return the Han character of a written code point; what is none stays as it was written."""
    character = visible(chr(int(code[1], 16)))
    is_han = "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"
    return character if is_han else code[0]


@functools.lru_cache(maxsize=30_000)
def comparable(text: str) -> str:
    """Return `text` folded for the comparison of duplicates only: NFKC, no blanks, one case."""
    if COMMON.fullmatch(text):
        return text
    return BLANKS.sub("", unicodedata.normalize("NFKC", one_line(text))).casefold().replace("・", "·")
