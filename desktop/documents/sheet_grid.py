"""Sheets of A4 with equal fields: what goes on which sheet, and the marks to cut along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from desktop.documents.plate import Plate
from desktop.records.pack import Grid

A4 = (210.0, 297.0)
MARK, GAP = 4.0, 1.0
"""How long a cut mark is, and how far from the fields it keeps (mm)."""
T = TypeVar("T")
Sheet = Sequence[tuple[int, T]]
"""The fields of one sheet in use: place on the sheet from 0, and what goes there."""


def sheets(items: Sequence[T], grid: Grid, start: int = 1) -> list[Sheet[T]]:
    """Return items sheet by sheet, the first one at field `start` (from 1) of the first sheet."""
    found: list[list[tuple[int, T]]] = []
    for place, item in enumerate(items, start=start - 1):
        if not found or place % grid.count == 0:
            found.append([])
        found[-1].append((place % grid.count, item))
    return list(found)


def cut_marks(plate: Plate, grid: Grid) -> None:
    """Draw a short mark at both ends of every cut, outside the fields."""
    right = grid.left + (grid.columns - 1) * grid.across + grid.width
    bottom = grid.top + (grid.rows - 1) * grid.down + grid.height
    for column in range(grid.columns):
        for x in {grid.left + column * grid.across, grid.left + column * grid.across + grid.width}:
            plate.rule(x, grid.top - GAP - MARK, x, grid.top - GAP, 0.15)
            plate.rule(x, bottom + GAP, x, bottom + GAP + MARK, 0.15)
    for row in range(grid.rows):
        for y in {grid.top + row * grid.down, grid.top + row * grid.down + grid.height}:
            plate.rule(grid.left - GAP - MARK, y, grid.left - GAP, y, 0.15)
            plate.rule(right + GAP, y, right + GAP + MARK, y, 0.15)
