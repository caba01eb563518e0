"""Days, days known in part, times of day."""

from __future__ import annotations

import datetime
import unicodedata
from typing import Any

from desktop.records import cleaning, dates
from desktop.records.kinds.kind import DateColumn, Kind
from desktop.records.kinds.texts import Text
from desktop.records.patterns import pattern

PAST = "2026"
"""Dates before are past on every clock; the others are compared with today."""


class Day(Kind, DateColumn):
    """A whole day."""

    def __init__(
        self, label: str, *, required: bool = False, stepped: bool = False, hint: str = "", **column: Any
    ) -> None:
        super().__init__(null=True, **column)
        self.declare(label, required=required, stepped=stepped, hint=hint)

    def parse(self, text: str) -> datetime.date | None:
        if not cleaning.one_line(text):
            return None
        try:
            return dates.parse_day(cleaning.one_line(text))
        except ValueError as reason:
            raise self.wrong(f"“{text.strip()[:20]}”{reason}") from None

    def show(self, value: datetime.date | None) -> str:
        return value.isoformat() if value else ""

    def plain(self, value: datetime.date | None) -> str | None:
        return value.isoformat() if value else None


class PartialDay(Text):
    """A date whose day or month may be unknown: kept as `1967`, `1967-03` or `1967-03-05`."""

    def parse(self, text: str) -> str:
        if not (flat := cleaning.one_line(text)):
            return ""
        try:
            return dates.parse_partial(flat)
        except ValueError as reason:
            raise self.wrong(f"“{text.strip()[:20]}”{reason}") from None

    def check(self, value: str) -> None:
        super().check(value)
        if value > PAST and value > datetime.date.today().isoformat():
            raise self.wrong(f"{value} 还没有到")


class Clock(Text):
    """A time of day, kept as `09:00`."""

    PATTERN = pattern(r"(上午|下午|晚上)?\s*(\d{1,2})\s*(?:[:：点时]\s*(\d{1,2}|半)?)?\s*分?")

    def parse(self, text: str) -> str:
        flat = unicodedata.normalize("NFKC", cleaning.one_line(text))
        if not flat:
            return ""
        found = self.PATTERN.fullmatch(flat)
        if not found:
            raise self.wrong(f"“{flat[:20]}”不是时间，请写成 09:00")
        hour = int(found[2]) + (12 if found[1] in ("下午", "晚上") and int(found[2]) < 12 else 0)
        minute = 30 if found[3] == "半" else int(found[3] or 0)
        if hour > 23 or minute > 59:
            raise self.wrong(f"“{flat[:20]}”不是一天中的时间，请写成 09:00")
        return f"{hour:02}:{minute:02}"
