"""Groups of fields as a form shows them, and from which width in two columns: known before any form is made."""

from __future__ import annotations

from dataclasses import dataclass

TWO_COLUMNS = 900
"""Pixels of a form from which its fields stand in two columns."""


@dataclass(frozen=True, slots=True)
class Section:
    """A titled group of fields, by their ids; an empty label shows no title."""

    label: str
    fields: tuple[str, ...]
