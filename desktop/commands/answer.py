"""What a command answers: a JSON document for scripts, a Chinese table or sentence for people."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

WIDEST = 40
"""Columns of a cell, two for a Chinese character."""
MOST_READ = 1_000


@dataclass(frozen=True, slots=True)
class Answer:
    """`value` goes out with --json, `text` without."""

    value: Any
    text: str


def as_json(value: Any) -> str:
    """Return a value as one JSON document."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def columns_of(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _flat(text: str) -> str:
    """Return as much of a text on one line as a cell can show: what people said may have 10,000 characters."""
    flat = " ".join(text[:MOST_READ].split())
    return flat if len(flat) <= WIDEST else flat[: WIDEST + 1]


def _fit(text: str, width: int) -> str:
    flat = _flat(text)
    while columns_of(flat) > width:
        flat = flat[:-2] + "…"
    return flat + " " * (width - columns_of(flat))


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows as an aligned table, cells cut at 40 columns."""
    if not rows:
        return "没有记录"
    widths = [
        min(WIDEST, max(columns_of(heading), *(columns_of(_flat(row[place])) for row in rows)))
        for place, heading in enumerate(headings)
    ]
    lines = [
        "  ".join(_fit(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    head = "  ".join(_fit(heading, width) for heading, width in zip(headings, widths, strict=True)).rstrip()
    return "\n".join([head, "  ".join("-" * width for width in widths), *lines])
