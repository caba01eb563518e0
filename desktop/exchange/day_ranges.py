"""A row for several days of 放假安排 (`2027-01-01至2027-01-03`) as a row for each day."""

from __future__ import annotations

import datetime
import re

from desktop.exchange.book import Row, Sheet
from desktop.exchange.headings import Mapping
from desktop.records.base import Record
from desktop.records.dates import parse_day
from desktop.records.holidays import Holiday

BETWEEN = re.compile(r"\s*(?:至|到|~|～|—+|–|－)\s*|\s+-+\s+|(?<=日)\s*-+\s*")
YEAR, MONTH = re.compile(r"\d{4}\s*[-./年]"), re.compile(r"\d{1,2}\s*[-./月]\s*\d")
MOST = 31
ONE_DAY = datetime.timedelta(days=1)


def spread(model: type[Record], sheet: Sheet, mapping: Mapping) -> Sheet:
    """Return the sheet of a 放假安排 with ranges spread out, each day in the row's own number; others unchanged.

    What isn't a range of two days in order is left as it is, and then told as any cell that is no date.
    """
    column = next((column.index for column in mapping.columns if column.field == "date"), None)
    if model is not Holiday or column is None:
        return sheet
    rows = [made for row in sheet.rows for made in _spread(row, column, mapping.heading_row)]
    return Sheet(sheet.name, sheet.hidden, rows, sheet.wide, sheet.date1904)


def _spread(row: Row, column: int, heading: int) -> list[Row]:
    cell = row.cells[column] if column < len(row.cells) else None
    days = days_of(cell) if isinstance(cell, str) and row.number > heading else ()
    if not days:
        return [row]
    return [Row(row.number, (*row.cells[:column], day, *row.cells[column + 1 :])) for day in days]


def days_of(text: str) -> tuple[datetime.date, ...]:
    """Return every day of a range; none where the text is no range of 2 to 31 days.

    The second day may leave out what it shares with the first: `2027年1月1日至3日`.
    """
    first, found, last = (
        text.partition(match[0]) if (match := BETWEEN.search(text.strip())) else (text, "", "")
    )
    if not found:
        return ()
    try:
        start = parse_day(first)
        end = parse_day(_whole(last.strip(), start))
    except ValueError:
        return ()
    many = (end - start).days + 1
    return tuple(start + n * ONE_DAY for n in range(many)) if 2 <= many <= MOST else ()


def _whole(text: str, start: datetime.date) -> str:
    """Return the second day written out with the year and month of the first."""
    if YEAR.match(text):
        return text
    if MONTH.match(text):
        return f"{start.year}-{re.sub('[./月]', '-', text).rstrip('日号')}"
    return f"{start.year}-{start.month}-{text.rstrip('日号')}"
