"""A million deadlines through the service, on one core: random days of 2004–2027 by the rules of the office.

The office has entered the notice of 2027, so its own table is asked too. Prints the CPU time of all, of those in
working days alone, and of what a day-by-day count with chinesecalendar takes for a hundredth of them.
Usage: python -m benchmarks.deadlines [deadlines]
"""

from __future__ import annotations

import datetime
import random
import sys
import tempfile
import time
from pathlib import Path

from desktop.app import new_desk
from desktop.records.holidays import Holiday
from desktop.records.staff import Office
from desktop.records.time_limits import TimeLimit
from desktop.services.deadlines import Count
from desktop.storage import office

FIRST, DAYS = datetime.date(2004, 1, 1), 8_700
NOTICE = ("2027-01-01", "2027-01-02", "2027-01-03", "2027-02-05", "2027-02-06", "2027-02-07", "2027-05-01")


def told(name: str, count: int, seconds: float) -> None:
    """Print what some deadlines took."""
    print(f"{name}: {count:,} in {seconds:.1f} s CPU, {seconds / count * 1e6:.1f} µs each")


def by_hand(starts: list[datetime.date], days: int) -> float:
    """Return the CPU seconds of counting day by day."""
    import chinese_calendar

    begun = time.process_time()
    for start in starts:
        date, left = start, days
        while left and date.year < 2026:
            date += datetime.timedelta(days=1)
            left -= chinese_calendar.is_workday(date)
    return time.process_time() - begun


def main() -> None:
    """Measure."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    chance = random.Random(4)
    with tempfile.TemporaryDirectory() as folder:
        desk = new_desk(Path(folder) / "office.openday", Office(name="测速单位"))
        for day in NOTICE:
            desk.books.save(Holiday(date=datetime.date.fromisoformat(day), sort="放假", name="假日"))
        limits: list[TimeLimit] = desk.limits.all()
        starts = [FIRST + datetime.timedelta(days=chance.randrange(DAYS)) for _ in range(count)]
        deadline = desk.workdays.deadline
        begun = time.process_time()
        for place, start in enumerate(starts):
            deadline(start, limits[place % len(limits)])
        told("by the office's rules, in turn", count, time.process_time() - begun)
        seven = Count(7)
        begun = time.process_time()
        for start in starts:
            deadline(start, seven)
        told("7 working days", count, time.process_time() - begun)
        part = starts[: count // 100]
        told("7 working days, day by day", len(part), by_hand(part, 7))
        office.close()


if __name__ == "__main__":
    main()
