"""Pages of A5 laid side by side on sheets of A4 as they have to be for the fold: front outside, back inside."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.documents.plate import moved

WIDTH, HEIGHT = 148.5, 210.0
"""A page in mm: half a sheet of A4."""
MOST_FOLDED, GATHERING = 64, 32
"""Pages that are folded and stapled as one; more lie in gatherings of so many, to be folded one by one and bound."""


def imposed(count: int) -> list[tuple[int, int]]:
    """Return which pages (from 1) lie left and right on each side of the sheets of a booklet of `count` pages."""
    sides = list[tuple[int, int]]()
    for sheet in range(0, count // 2, 2):
        sides += [(count - sheet, 1 + sheet), (2 + sheet, count - 1 - sheet)]
    return sides


def folded(faces: Sequence[str]) -> list[str]:
    """Return the sides of the sheets of a booklet; `faces` are the operators of its pages, a multiple of four."""
    most = len(faces) if len(faces) <= MOST_FOLDED else GATHERING
    return [
        faces[start + left - 1] + moved(faces[start + right - 1], WIDTH, 0, HEIGHT, HEIGHT)
        for start in range(0, len(faces), most)
        for left, right in imposed(min(most, len(faces) - start))
    ]
