"""打印记录: what was printed for whom, and the order that prints exactly this again."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_type_hints

from desktop.errors import UserError
from desktop.files import Waiting, trouble
from desktop.records.base import reading
from desktop.records.catalogue import record_type
from desktop.records.forms import Form, FormIssue
from desktop.records.invitations import Invitation
from desktop.records.listing import Query
from desktop.records.meetings import Meeting
from desktop.records.open_days import OpenDay
from desktop.records.pack import PaperOptions, PeopleOrder, Postcode
from desktop.records.papers import Printed
from desktop.records.register import PrintedContent, PrintJob, jobs_of, jobs_of_documents
from desktop.records.representatives import Representative
from desktop.records.tickets import Ticket
from desktop.services.orders import Order, Plan
from desktop.services.papers import DOCUMENTS, OF_TICKETS, OF_VISITS, PAPERS, Paper, Whom
from desktop.services.printed_content import packed, unpacked


def keep(plan: Plan, values: object, printed: Printed, papers: Waiting, who: str) -> PrintJob:
    """Note a print that is about to get its name."""
    files, again = printed.files, plan.again
    people = again.people if again else _keys(plan)
    job = PrintJob(
        who=who,
        document=plan.order.document,
        open_day=plan.day.id if plan.day else None,
        items=plan.items or 1,
        pages=printed.pages,
        target=Path(files[0]).name if len(files) == 1 else f"{len(files)} 个文件",
        sha256=_fingerprint([papers[Path(name)] for name in files]),
        at=datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
        people=people,
        asked=json.dumps(_asked(plan), ensure_ascii=False),
        content=again.content if again else _kept(values),
        printer=plan.order.printer,
    )
    job.save(force_insert=True)
    return job


def _keys(plan: Plan) -> bytes:
    if PAPERS[plan.order.document].whom in OF_TICKETS:
        return b"".join(piece.ticket.id for piece in plan.pieces)
    if PAPERS[plan.order.document].whom in OF_VISITS:
        return b"".join(record.id for record in plan.records)
    return b"".join(key_of(PAPERS[plan.order.document], row) for row in plan.invitations)


def _kept(values: object) -> str:
    """Keep what a paper was drawn from, once; returns its hash: two prints of one hash read alike."""
    content, held = packed(values)
    PrintedContent.insert(hash=content, packed=held).on_conflict_ignore().execute()
    return content


def drawn(job: PrintJob) -> Any:
    """Return the values that a job was drawn from; raises UserError where they weren't kept or can't be read."""
    with reading():
        kept = PrintedContent.get_or_none(PrintedContent.hash == job.content)
    if kept is None:
        raise UserError("这条打印记录没有留下内容，不能原样再印；请重新选择要印的内容", field="job")
    return unpacked(get_type_hints(PAPERS[job.document].gather)["return"], bytes(kept.packed))


def title_of(job: PrintJob) -> str:
    """Return what a job printed: a form by its own title, as it was then."""
    return json.loads(job.asked).get("title") or DOCUMENTS.get(job.document, job.document)


def has_whole_numbers(job: PrintJob) -> bool:
    """Say whether a job printed phones and identity numbers whole."""
    return bool(json.loads(job.asked).get("full_numbers"))


def _asked(plan: Plan) -> dict[str, Any]:
    options = plan.order.options
    return {
        "title": _title(plan),
        "size": options.size,
        "start": options.start,
        "postcode": options.postcode.value,
        "sender": options.sender,
        "blank_rows": options.blank_rows,
        "by_hand": options.by_hand,
        "full_numbers": options.full_numbers,
        "separate": plan.order.separate,
        "issue": plan.issue.id.hex() if plan.issue else "",
        "meeting": plan.meeting.id.hex() if plan.meeting else "",
        "since": plan.order.since.isoformat() if plan.order.since else "",
        "until": plan.order.until.isoformat() if plan.order.until else "",
        "blanks": plan.blanks,
    }


def _title(plan: Plan) -> str:
    if plan.again is not None:
        return title_of(plan.again)
    return plan.form.title if plan.form else ""


def key_of(paper: Paper, row: Invitation) -> bytes:
    """Return what the log remembers of somebody: the invitation, or the person where nobody was invited by it."""
    return row.representative.id if paper.whom is Whom.PERSON else row.id


def printed_for(day: OpenDay) -> dict[str, set[bytes]]:
    """Return the invitations (`key_of`: or people) that each document of a day was ever printed for, by its name.

    A document that is for nobody (公告) is there without any; a card of a person's counts for whatever day it
    was printed, or for none. What never reached its printer wasn't printed.
    """
    found = people_printed()
    for job in (job for job in jobs_of(day.id) if job.is_printed):
        found.setdefault(job.document, set()).update(job.keys)
    return found


def people_printed() -> dict[str, set[bytes]]:
    """Return the people that each paper for people (`Whom.PERSON`) was ever printed for, by its name."""
    found: dict[str, set[bytes]] = {}
    papers = [paper.name for paper in PAPERS.values() if paper.whom is Whom.PERSON]
    for job in (job for job in jobs_of_documents(papers) if job.is_printed):
        found.setdefault(job.document, set()).update(job.keys)
    return found


def was_printed(plan: Plan) -> bool:
    """Say whether a paper that is for nobody, or a form, was printed for the plan's day before."""
    document, title = plan.order.document, _title(plan)
    jobs = jobs_of(plan.day.id) if plan.day else jobs_of_documents([document])
    same = (job for job in jobs if job.is_printed and job.document == document)
    return any(not title or title_of(job) == title for job in same)


def found(text: str) -> PrintJob:
    """Return the print whose id begins so; raises UserError where none or several do."""
    wanted = text.strip().casefold().replace("-", "")
    with reading():
        jobs = [job for job in PrintJob.select() if wanted and job.id.hex().startswith(wanted)]
    if len(jobs) == 1:
        return jobs[0]
    told = f"有 {len(jobs)} 条以它开头" if jobs else "请用 print-log 查看"
    raise UserError(f"没有“{text[:40]}”这一条打印记录，{told}", field="job")


def is_repeatable(job: PrintJob) -> bool:
    """Say whether a job is of a paper that is still printed."""
    return job.document in PAPERS


def order_of(job: PrintJob, target: Path) -> Order:
    """Return the order that a print was made by; raises UserError for a paper that isn't printed any more."""
    asked = json.loads(job.asked)
    with reading():
        day = OpenDay.get_or_none(OpenDay.id == job.open_day) if job.open_day else None
        key = asked.get("issue", "")
        issue = FormIssue.get_or_none(FormIssue.id == bytes.fromhex(key)) if key else None
        form: Form | None = issue.form if issue else None
        key = asked.get("meeting", "")
        meeting = Meeting.get_or_none(Meeting.id == bytes.fromhex(key)) if key else None
    if not is_repeatable(job):
        raise UserError(f"现在不再印“{job.document[:30]}”这种文书，不能再印", field="job")
    of_people = PAPERS[job.document].whom is Whom.PERSON
    of_tickets = PAPERS[job.document].whom in OF_TICKETS
    of_visits = PAPERS[job.document].whom in OF_VISITS
    return Order(
        document=job.document,
        target=target,
        open_day=day,
        people=Query(Representative, keys=job.keys) if of_people else None,
        invitations=() if of_people or of_tickets or of_visits else job.keys,
        tickets=Query(Ticket, keys=job.keys) if of_tickets else None,
        meeting=meeting,
        records=Query(record_type(PAPERS[job.document].of), keys=job.keys)
        if of_visits and job.keys
        else None,
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
        copies=asked.get("blanks") or None,
        arranged=PeopleOrder.AS_GIVEN,
        options=PaperOptions(
            size=asked.get("size", ""),
            start=asked.get("start", 1),
            postcode=Postcode(asked.get("postcode", Postcode.LINE)),
            sender=asked.get("sender", True),
            blank_rows=asked.get("blank_rows", 5),
            by_hand=asked.get("by_hand", False),
            full_numbers=asked.get("full_numbers", False),
        ),
        form=form,
        issue=issue,
        separate=asked.get("separate", False),
    )


def _day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _fingerprint(files: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        try:
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        except OSError as cause:
            raise trouble(path, cause, "读取") from cause
    return digest.hexdigest()
