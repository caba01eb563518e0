"""What was taken out, in one list: exports, copies, shown numbers and backups, and what was printed."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.records.register import PrintJob, latest_jobs
from desktop.services import print_log
from desktop.services.disclosing import Disclosing

PRINT = "印制"


@dataclass(frozen=True, slots=True)
class Taken:
    """One time that something left; `full` says whether with whole numbers, None where that isn't known."""

    id: bytes
    at: str
    who: str
    how: str
    what: str
    items: int
    whereto: str
    full: bool | None

    def numbers(self) -> str:
        """Say how the numbers left."""
        return "" if self.full is None else "完整" if self.full else "遮住"


def taken_out(disclosing: Disclosing, limit: int = 500) -> list[Taken]:
    """Return what left last, the latest first."""
    noted = [
        Taken(row.id, row.at, row.who, row.how, row.what, row.items, row.whereto, bool(row.full))
        for row in disclosing.latest(limit)
    ]
    printed = [_printed(job) for job in latest_jobs(limit)]
    return sorted([*noted, *printed], key=lambda one: (one.at, one.id), reverse=True)[:limit]


def _printed(job: PrintJob) -> Taken:
    full = True if print_log.has_whole_numbers(job) else None  # most papers have no numbers at all
    return Taken(job.id, job.at, job.who, PRINT, print_log.title_of(job), job.items, job.where, full)
