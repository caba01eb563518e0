"""How the papers of a day stand: what was printed, for how many, and what waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from desktop.records.forms import FormIssue
from desktop.records.invitations import InvitationState, standing_keys
from desktop.records.listing import Query
from desktop.records.open_days import OpenDay
from desktop.records.register import PrintJob, jobs_of
from desktop.services.papers import PAPERS, Whom

if TYPE_CHECKING:
    from desktop.services.desk import Desk

PACK = tuple(paper.name for paper in PAPERS.values() if paper.whom is Whom.EACH and not paper.marks)
"""What goes with a letter: envelopes, labels, cards, badges."""


@dataclass(frozen=True, slots=True)
class Papers:
    """How the papers of a day stand: letters printed of all, forms given out, the sheet's last print."""

    waiting: tuple[bytes, ...]
    invited: int
    forms: str
    forms_out: int
    sheet: str
    to_send: tuple[bytes, ...]
    pack: dict[str, int]
    """For how many of those invited now each paper around the letter was printed, by document."""
    jobs: tuple[PrintJob, ...]


def papers_of(desk: Desk, day: OpenDay) -> Papers:
    """Read how the papers of a day stand."""
    there = standing_keys(day)
    waiting = tuple(key for key, _, state in there if state == InvitationState.WAITING)
    found = desk.books.page(Query(FormIssue, where=(("open_day", day),)), 0, 200)
    issues = cast("list[FormIssue]", found)
    told = [f"{row.form.title} {row.first}—{row.last} 号" for row in issues]
    jobs = tuple(jobs_of(day.id))
    printed = desk.press.printed(day)
    keys = {key for key, _, _ in there}
    sheets = [job for job in jobs if job.document == "sign-in-sheet" and job.is_printed]
    return Papers(
        waiting=waiting,
        invited=len(there),
        forms="；".join(told[:3]) + (f" 等 {len(told)} 批" if len(told) > 3 else ""),
        forms_out=sum((row.last or 0) - (row.first or 0) + 1 for row in issues),
        sheet=f"上次 {sheets[0].at[:10]} 印，{sheets[0].items} 人" if sheets else "",
        to_send=tuple(key for key, _, state in there if state == InvitationState.PRINTED),
        pack={document: len(keys & printed.get(document, set())) for document in PACK},
        jobs=jobs,
    )


def read(desk: Desk, key: bytes) -> Papers:
    """Read how the papers of a day stand; for the workroom."""
    return papers_of(desk, desk.books.get(OpenDay, key))
