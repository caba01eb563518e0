"""A printed report as plain values: its tables, their figures, and how each was worked out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One line of a 统计表, as it is printed."""

    label: str
    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class ReportTable:
    """One table of a 统计表: heading ('' for the only one), rows, and notes under it that give the formulas."""

    heading: str
    rows: tuple[ReportRow, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """统计表: title, the office that reports, what it covers, the day it was made, its tables."""

    title: str
    office: str
    period: str
    made_on: str
    tables: tuple[ReportTable, ...]
