"""Which faces set which kind of text: the roles of GB/T 9704-2012 and their chains of faces.

A character is set in the first face of its role's chain that really draws it, so a rare name never
prints as a box; what no face draws is named by `missing` before any paper is used.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path

from desktop.documents.faces import Face
from desktop.documents.marks import Kind, kind
from desktop.errors import TroubleError
from desktop.paths import home, resources
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
    Role.TITLE: ("fzxbsk.ttf", "fzxbsjw.ttf", "stzhongs.ttf"),
    Role.FANG: ("simfang.ttf", "fzfsk.ttf", "fzfsjw.ttf", "stfangso.ttf", "zhuquefangsong-regular.ttf"),
    Role.HEI: ("simhei.ttf", "fzhtk.ttf", "fzhtjw.ttf"),
    Role.KAI: ("simkai.ttf", "fzktk.ttf", "fzktjw.ttf", "stkaiti.ttf"),
    Role.SONG: ("simsun.ttc", "fzssk.ttf", "fzssjw.ttf", "stsong.ttf"),
    Role.SIGN: (),
}
"""Files of the office's usual faces, best first (names of Windows, Founder and 华文 products)."""


class Chain:
    """The faces of one role in order, and what is known so far of the characters met."""

    def __init__(self, role: Role, faces: tuple[Face, ...]) -> None:
        self.role = role
        self.faces = faces
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
        return None


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


def use(source: FontSource) -> None:
    """Set where faces come from, for all papers made from now on (the office's setting 字体来源)."""
    global _source
    _source = source


def source() -> FontSource:
    """Return where faces come from at present."""
    return _source


def chain(role: Role) -> Chain:
    """Return the chain of a role under the present 字体来源; raises TroubleError where fonts are missing."""
    return _chain(role, _source)


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


@cache
def _chain(role: Role, where: FontSource) -> Chain:
    own = list(_installed(role)) if where is FontSource.SYSTEM_FIRST else []
    return Chain(role, (*own, *_bundled(role)))


def _bundled(role: Role) -> Iterator[Face]:
    folder = resources() / "fonts"
    rare = RARE if (folder / f"{RARE[0]}.ttf").is_file() else STAND_IN
    for name in (*BUNDLED[role], *rare):
        yield _face(folder / f"{name}.ttf")


@cache
def _face(path: Path) -> Face:
    """Return the one Face of a file: chains share it, so a PDF embeds its glyphs once."""
    return Face(path)


def _installed(role: Role) -> Iterator[Face]:
    """Yield the first installed face of a role that may be embedded and can be read."""
    files = _installed_files()
    for name in INSTALLED[role]:
        if name not in files:
            continue
        face = _face(files[name])
        try:
            usable = face.embeddable and face.measures.em > 0 and face.glyph(ord("国")) > 0
        except TroubleError:
            continue  # a damaged or foreign face of the office's is passed over: the next one serves
        if usable:
            yield face
            return


def font_folders() -> list[Path]:
    """Return the folders where this system keeps its fonts."""
    windows = os.environ.get("WINDIR")
    local = os.environ.get("LOCALAPPDATA")
    return [
        *([Path(windows) / "Fonts"] if windows else []),
        *([Path(local) / "Microsoft" / "Windows" / "Fonts"] if local else []),
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home() / ".local" / "share" / "fonts",
        home() / ".fonts",
    ]


@cache
def _installed_files() -> dict[str, Path]:
    """Return the installed TrueType files by lower-case name, the system's folders first."""
    found: dict[str, Path] = {}
    for folder in font_folders():
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.suffix.lower() in (".ttf", ".ttc"):
                found.setdefault(path.name.lower(), path)
    return found
