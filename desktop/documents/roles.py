"""Which faces set which kind of text: the roles of GB/T 9704-2012 and their chains of faces.

A character is set in the first face of its role's chain that really draws it, so a rare name never
prints as a box; what no face draws is named by `missing` before any paper is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from functools import cache

from desktop.documents.faces import Face
from desktop.documents.installed import Wanted, face_of, first_usable
from desktop.documents.marks import Kind, kind
from desktop.paths import resources
from desktop.records.cleaning import INVISIBLE, LINE_BREAKS


class Role(StrEnum):
    """What a piece of text is on the page."""

    TITLE = "小标宋"
    FANG = "仿宋"
    HEI = "黑体"
    KAI = "楷体"
    SONG = "宋体"
    SIGN = "数字与西文"


class FontSource(StrEnum):
    """字体来源: whether the office's installed faces come before the bundled ones."""

    SYSTEM_FIRST = "系统优先"
    BUNDLED = "只用自带字体"


RARE = ("rare/Kaifang-Rare1", "rare/Kaifang-Rare2")
BLANK = "＿"
"""What stands where a character is to be written by hand: a line as wide as a character."""
STAND_IN = ("core/Kaifang-RareMini",)
_SIGNS, _SONG, _EXTENSION = "core/Kaifang-SongLightSigns", "core/Kaifang-Song", "core/Kaifang-KaiExt"
BUNDLED = {
    Role.TITLE: ("core/Kaifang-Title", _SONG, _EXTENSION),
    Role.FANG: ("core/Kaifang-Fang", _SIGNS, _EXTENSION, _SONG),
    Role.HEI: ("core/Kaifang-Hei", _SONG, _EXTENSION),
    Role.KAI: ("core/Kaifang-Kai", _SIGNS, _EXTENSION, _SONG),
    Role.SONG: (_SONG, _EXTENSION),
    Role.SIGN: (_SIGNS, _SONG, _EXTENSION),
}
INSTALLED = {
    Role.TITLE: Wanted(
        ("fzxbsk.ttf", "fzxbsjw.ttf", "stzhongs.ttf"),
        (
            "FZXiaoBiaoSong-B05",
            "FZXiaoBiaoSong-B05S",
            "方正小标宋_GBK",
            "方正小标宋简体",
            "STZhongsong",
            "华文中宋",
        ),
    ),
    Role.FANG: Wanted(
        ("simfang.ttf", "fzfsk.ttf", "fzfsjw.ttf", "stfangso.ttf", "zhuquefangsong-regular.ttf"),
        ("FangSong", "仿宋", "FangSong_GB2312", "仿宋_GB2312", "FZFangSong-Z02", "方正仿宋_GBK", "华文仿宋"),
    ),
    Role.HEI: Wanted(
        ("simhei.ttf", "fzhtk.ttf", "fzhtjw.ttf"),
        ("SimHei", "黑体", "FZHei-B01", "FZHei-B01S", "方正黑体_GBK", "方正黑体简体"),
    ),
    Role.KAI: Wanted(
        ("simkai.ttf", "fzktk.ttf", "fzktjw.ttf", "stkaiti.ttf"),
        ("KaiTi", "楷体", "KaiTi_GB2312", "楷体_GB2312", "FZKai-Z03", "方正楷体_GBK", "华文楷体"),
    ),
    Role.SONG: Wanted(
        ("simsun.ttc", "fzssk.ttf", "fzssjw.ttf", "stsong.ttf"),
        (
            "SimSun",
            "宋体",
            "FZShuSong-Z01",
            "FZShuSong-Z01S",
            "方正书宋_GBK",
            "方正书宋简体",
            "STSong",
            "华文宋体",
        ),
    ),
    Role.SIGN: Wanted((), ()),
}
"""The office's usual faces, best first: files of Windows, Founder and 华文 products, and their families."""


class Chain:
    """The faces of one role in order, and what is known so far of the characters met.

    With `leaves_blanks` a character no face draws is set as a line to write it on.
    """

    def __init__(self, role: Role, faces: tuple[Face, ...], *, leaves_blanks: bool = False) -> None:
        self.role = role
        self.faces = faces
        self.leaves_blanks = leaves_blanks
        self.advances = Advances(self)
        self.kinds = Kinds(self.advances)
        self._found: dict[str, tuple[Face, int] | None] = {}

    def place(self, character: str) -> tuple[Face, int] | None:
        """Return face and glyph that draw a character, None where no face does."""
        if character not in self._found:
            self._found[character] = self._look_up(ord(character))
        return self._found[character]

    def _look_up(self, code: int) -> tuple[Face, int] | None:
        for face in self.faces:
            if glyph := face.glyph(code):
                return face, glyph
        return self.place(BLANK) if self.leaves_blanks and code != ord(BLANK) else None


class Advances(dict[str, float]):
    """Advance widths in em by character, filled as characters are met; an undrawn one is 1 em."""

    def __init__(self, chain: Chain) -> None:
        super().__init__()
        self._chain = chain

    def __missing__(self, character: str) -> float:
        place = self._chain.place(character)
        self[character] = width = place[0].advance(place[1]) if place else 1.0
        return width


class Kinds(dict[str, Kind]):
    """What characters are to the line breaker in a chain's faces, filled as characters are met."""

    def __init__(self, advances: Advances) -> None:
        super().__init__()
        self._advances = advances

    def __missing__(self, character: str) -> Kind:
        self[character] = found = kind(character, self._advances[character])
        return found


_source = FontSource.BUNDLED
_leaves_blanks: ContextVar[bool] = ContextVar("leaves_blanks", default=False)


def use(source: FontSource) -> None:
    """Set where faces come from, for all papers made from now on (the office's setting 字体来源)."""
    global _source
    _source = source


def source() -> FontSource:
    """Return where faces come from at present."""
    return _source


@contextmanager
def by_hand() -> Iterator[None]:
    """Within it, set what no face draws as a blank to be written by hand (留空手写).

    The text of the PDF still says the character, so that a search finds the person. Ask `missing`
    before, outside: that list is what the clerk has to write.
    """
    kept = _leaves_blanks.set(True)
    try:
        yield
    finally:
        _leaves_blanks.reset(kept)


def chain(role: Role) -> Chain:
    """Return the chain of a role under the present 字体来源; raises TroubleError where fonts are missing."""
    return _chain(role, _source, _leaves_blanks.get())


def missing(text: str, role: Role) -> list[str]:
    """Return the characters of `text` that no face of the role draws, each once, in order."""
    place = chain(role).place
    return [
        character
        for character in dict.fromkeys(printable(text))
        if character != "\n" and not place(character)
    ]


def printable(text: str) -> str:
    """Return `text` without what can't be printed: controls, lone surrogates, zero-width characters.

    Line breaks become newlines and tabs become blanks; nothing visible is touched.
    """
    if not text.isprintable():
        text = LINE_BREAKS.sub("\n", text).replace("\t", " ")
    return INVISIBLE.sub("", text)


def clean(text: str) -> str:
    """Return `text` as one printable line: single blanks for line breaks, no blanks at its ends."""
    return re.sub("[ \n]+", " ", printable(text)).strip(" \u3000")


@cache
def _chain(role: Role, where: FontSource, leaves_blanks: bool) -> Chain:
    own = first_usable(INSTALLED[role]) if where is FontSource.SYSTEM_FIRST else None
    faces = (*([own] if own else []), *_bundled(role))
    return Chain(role, faces, leaves_blanks=leaves_blanks)


def _bundled(role: Role) -> Iterator[Face]:
    folder = resources() / "fonts"
    rare = RARE if (folder / f"{RARE[0]}.ttf").is_file() else STAND_IN
    for name in (*BUNDLED[role], *rare):
        yield face_of(folder / f"{name}.ttf")
