"""What goes on papers of visits that have a shape of their own: a booklet of 民情日记, small 连心卡; frozen, free of records."""

from __future__ import annotations

from dataclasses import dataclass

DIARY_BOOKLETS = {"A5对折": (297.0, 210.0), "A5": (148.5, 210.0)}
"""The paper: sheets of A4 printed on both sides and folded once, or the pages one by one."""
FOLDED = ("A5对折",)
"""The sizes that are folded, flipped on the short edge."""


@dataclass(frozen=True, slots=True)
class DiaryPiece:
    """One diary: paragraphs separated by newlines; `visits` are those it tells of, a line each."""

    title: str
    date: str
    author: str
    text: str
    weather: str = ""
    section: str = ""
    visits: tuple[str, ...] = ()
    record: bytes = b""


@dataclass(frozen=True, slots=True)
class DiaryBooklet:
    """民情日记 as a small book (`size` a key of DIARY_BOOKLETS), in order; `period` and `made` stand on its cover."""

    size: str
    office: str
    period: str
    made: str
    pieces: tuple[DiaryPiece, ...]


@dataclass(frozen=True, slots=True)
class PocketCard:
    """A 连心卡 of a calling card's size: whom a household may call, and whose card it is."""

    helper: str
    post: str
    phone: str
    home: str
    where: str
    record: bytes = b""


@dataclass(frozen=True, slots=True)
class PocketCards:
    """Small 连心卡, ten on a sheet of A4 to be cut."""

    office: str
    cards: tuple[PocketCard, ...]
