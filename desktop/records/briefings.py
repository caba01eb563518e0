"""What goes on a 工作简报: prose under numbered headings, and the figures behind it; frozen, free of records."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.records.papers import Head
from desktop.records.report_values import ReportPaper


@dataclass(frozen=True, slots=True)
class Briefing:
    """工作简报 of a period: paragraphs separated by newlines, signed and dated; `table` follows on a page of its own."""

    head: Head
    letterhead: str
    title: str
    body: str
    signature: str
    date: str
    table: ReportPaper
