"""A keystroke in the filter of representatives with 100,000 people, through the service.

Every prefix of what a clerk types is one keystroke: the first page and the count. Prints p50, p95, max of CPU time.
Usage: python -m benchmarks.filter [people]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.offices import make
from desktop.app import open_desk
from desktop.records.listing import Query
from desktop.records.representatives import Representative

TYPED = (
    "王", "王伟", "国强", "曾国", "zengguoqiang", "zgq", "w", "wang", "wangwei", "lijianguo", "8000", "1390551",
    "上派镇", "光大社区", "王 上派", "l", "z", "zhang", "张", "张丽", "丽娟", "社区", "3组", "0",
)  # fmt: skip
SORTS = ("full_name", "unit", "mobile", "born_on", "sex", "post", "source", "party")


def spent(query: Query, offset: int = 0) -> float:
    """Return the milliseconds of CPU of one first page with its count."""
    start = time.process_time()
    Keeper.desk.books.page(query, offset, 100)
    Keeper.desk.books.count(query)
    return (time.process_time() - start) * 1000


class Keeper:
    """Holds the desk between calls."""

    desk = None


def told(name: str, times: list[float]) -> None:
    """Print the distribution of some times."""
    p95 = statistics.quantiles(times, n=20)[-1]
    print(
        f"{name}: n={len(times)} p50 {statistics.median(times):.1f} ms, p95 {p95:.1f} ms, max {max(times):.1f} ms"
    )


def main() -> None:
    """Measure keystrokes, sorting by every shown column, and jumps in the list."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        Keeper.desk = open_desk(make(Path(folder) / "office.openday", count))
        strokes = [word[:end] for word in TYPED for end in range(1, len(word) + 1)]
        slow = sorted(
            ((spent(Query(Representative, search=stroke)), stroke) for stroke in strokes), reverse=True
        )
        told(f"keystroke, {count} people", [time for time, _ in slow])
        print("  slowest:", ", ".join(f"{stroke} {time:.0f} ms" for time, stroke in slow[:5]))
        sorts = [(name, descending) for name in SORTS for descending in (False, True)]
        told(
            "first page by each column",
            [spent(Query(Representative, sort=n, descending=d)) for n, d in sorts],
        )
        jumps = [spent(Query(Representative, sort="unit"), place * count // 20) for place in range(20)]
        told("a jump to any place of the list", jumps)


if __name__ == "__main__":
    main()
