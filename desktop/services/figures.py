"""Figures: numbers that name their unit, say how they were reckoned, and open down to the records they count.

A share is only taken within one unit (人次 of 人次, never 人 of 人次), and carries the two figures it comes of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.records.base import Record


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: label, value, unit, the records it counts; a share has the `parts` it is reckoned from."""

    label: str
    value: float
    unit: str
    records: tuple[bytes, ...] = field(default=())
    parts: tuple[Figure, ...] = field(default=())

    def shown(self) -> str:
        """Return the value for people: whole numbers in groups of three digits, shares with two places."""
        return f"{self.value:,.2f}" if isinstance(self.value, float) else f"{self.value:,}"

    @property
    def formula(self) -> str:
        """How a share is reckoned, such as `收回÷发放(份)`; empty for what is simply counted."""
        return "÷".join(part.label for part in self.parts) + f"({self.parts[0].unit})" if self.parts else ""

    @property
    def worked(self) -> str:
        """The same with the numbers: `收回率 = 收回 26 份 ÷ 发放 28 份 = 92.86%`."""
        if not self.parts:
            return ""
        numbers = " ÷ ".join(f"{part.label} {part.shown()} {part.unit}" for part in self.parts)
        return f"{self.label} = {numbers} = {self.shown()}{self.unit}"

    def plain(self) -> dict[str, Any]:
        """Return the figure as JSON holds it."""
        return {
            "label": self.label,
            "value": self.value,
            "unit": self.unit,
            "records": [key.hex() for key in self.records],
            "formula": self.formula,
        }


def counted(label: str, unit: str, records: Sequence[Record]) -> Figure:
    """Count records in a unit."""
    return Figure(label, len(records), unit, tuple(record.id for record in records))


def share(label: str, part: Figure, whole: Figure) -> list[Figure]:
    """Return the share of one figure in another of the same unit, in %; nothing where the whole is nothing."""
    if part.unit != whole.unit:
        raise ValueError(f"no share of {part.unit} in {whole.unit}")
    if not whole.value:
        return []
    return [Figure(label, percent(int(part.value), int(whole.value)), "%", parts=(part, whole))]


def percent(part: int, whole: int) -> float:
    """Return a share in % to two places, halves upwards as a clerk's calculator has it."""
    return (20_000 * part + whole) // (2 * whole) / 100
