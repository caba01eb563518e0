"""print, reprint, print-log: what goes on paper."""

from __future__ import annotations

import datetime
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from desktop.commands.answer import Answer, table
from desktop.commands.records import conditions
from desktop.errors import UserError
from desktop.files import folder_for, is_there, refuse_other_sort
from desktop.records.catalogue import record_type
from desktop.records.dates import parse_day
from desktop.records.forms import Form
from desktop.records.listing import Query
from desktop.records.meetings import Meeting
from desktop.records.open_days import OpenDay
from desktop.records.pack import PaperOptions, PeopleOrder, Postcode
from desktop.records.papers import Watch
from desktop.records.register import PrintJob, jobs_of, latest_jobs
from desktop.records.representatives import Representative
from desktop.records.tickets import Ticket
from desktop.services import lookup, print_log
from desktop.services.desk import Desk
from desktop.services.orders import Order, Outcome
from desktop.services.papers import DOCUMENTS, OF_TICKETS, OF_VISITS, PAPERS, Paper, Whom, paper_called
from desktop.services.print_hints import hints

FORMS, BLANKS = "feedback-forms", "visit-sheets"
CALIBRATION = "calibration"
"""The page that printers are measured with: no paper of the office, nothing of it is registered."""


def print_document(desk: Desk, asked: Namespace) -> Answer:
    """Print a document, for whom it is asked, to PDF or on a printer."""
    if asked.printer:
        copies = None if _counts_copies(asked) else asked.copies  # of a form each copy has its own number
        return _on_printer(desk, asked, partial(_made, desk, asked), asked.document, copies)
    if asked.copies is not None and not _counts_copies(asked):
        raise UserError(
            "--copies 用于表单和空白走访登记表，或与 --printer 一起用；存为 PDF 时只存一份", field="copies"
        )
    return _told(_made(desk, asked, _target(asked.out, separate=asked.separate)), asked.out)


def _counts_copies(asked: Namespace) -> bool:
    """Say whether --copies means pieces with numbers of their own: forms, blank visit sheets."""
    return asked.document == FORMS or (
        asked.document == BLANKS and not (asked.all or asked.where or asked.id)
    )


def _made(desk: Desk, asked: Namespace, target: Path) -> Outcome:
    for hint in hints((asked.document,), desk.offices.own(), sender=not asked.no_sender):
        print(hint, file=sys.stderr)
    if asked.document == CALIBRATION:
        return _calibration(target, separate=asked.separate)
    order = _order(asked, target)
    if not (order.draft and order.options.full_numbers):
        return desk.press.print(order, _watch())
    with desk.disclosing.drafting(DOCUMENTS[order.document], asked.printer or target.name):
        return desk.press.print(order, _watch())


def _calibration(target: Path, *, separate: bool) -> Outcome:
    from desktop.documents.calibration import write_calibration

    refuse_other_sort(target, b"%PDF", "PDF")  # as the press does for papers
    printed = write_calibration(folder_for(target) / "打印校准页.pdf" if separate else target)
    return Outcome(printed.pages, printed.files)


def _order(asked: Namespace, target: Path) -> Order:
    """Return the order that is asked for."""
    paper = paper_called(asked.document)
    of_tickets, of_visits = paper.whom in OF_TICKETS, paper.whom in OF_VISITS
    since, until = (_day(asked, word, paper) for word in ("from", "to"))
    if of_tickets and asked.order == "seat":
        raise UserError("问题的文书没有座位顺序，请用 --order number 或 strokes", field="order")
    return Order(
        document=paper.name,
        target=target,
        open_day=lookup.resolve(OpenDay, asked.open_day, field="open_day") if asked.open_day else None,
        people=None if of_tickets or of_visits else _people(asked),
        tickets=_tickets(asked) if of_tickets and paper.whom is not Whom.MEETING else None,
        meeting=_meeting(asked) if paper.whom is Whom.MEETING else None,
        records=_records(asked, paper) if of_visits else None,
        since=since,
        until=until,
        unprinted=asked.unprinted,
        arranged=PeopleOrder[asked.order.upper()],
        options=PaperOptions(
            size=asked.size,
            start=asked.start,
            postcode=Postcode[asked.postcode.upper()],
            sender=not asked.no_sender,
            blank_rows=asked.blank_rows,
            by_hand=asked.by_hand,
            full_numbers=asked.full_numbers,
        ),
        form=lookup.resolve(Form, asked.form, field="form") if asked.form else None,
        copies=asked.copies,
        separate=asked.separate,
        draft=asked.draft,
        printer=asked.printer or "",
    )


def reprint(desk: Desk, asked: Namespace) -> Answer:
    """Print exactly what was printed before: the same people, words, order and numbers."""
    job = print_log.found(asked.job)
    order = print_log.order_of(job, Path(asked.out or ""))
    if asked.printer:
        order = replace(order, separate=False, printer=asked.printer)

    def make(target: Path) -> Outcome:
        return desk.press.print_again(job, replace(order, target=target), _watch(), changed=asked.changed)

    if asked.printer:
        return _on_printer(desk, asked, make, job.document, asked.copies)
    return _told(make(_target(asked.out, separate=order.separate)), asked.out)


def _on_printer(
    desk: Desk, asked: Namespace, make: Callable[[Path], Outcome], document: str, copies: int | None
) -> Answer:
    """Make a paper and send it to a printer; what the print system needs is loaded only for that."""
    from desktop.commands.sending import sent, ticket_of

    ticket = ticket_of(asked.printer, copies, separate=getattr(asked, "separate", False))
    outcome = sent(desk, ticket, make, document)
    return _told(outcome, f"已送往打印机“{asked.printer}”", printer=asked.printer)


def _target(out: str, *, separate: bool) -> Path:
    """Return where to print; raises UserError for a folder where one file is to be written."""
    target = Path(out)
    if not separate and is_there(target) and target.is_dir():
        raise UserError(f"“{target}”是文件夹；请写出 PDF 的文件名，或加 --separate 一人一个文件", field="out")
    return target


def log(_desk: Desk, asked: Namespace) -> Answer:
    """List what was printed, the latest first."""
    day = lookup.resolve(OpenDay, asked.open_day, field="open_day") if asked.open_day else None
    jobs = jobs_of(day.id) if day else latest_jobs()
    rows = [
        [job.id.hex()[:12], job.at[:16].replace("T", " "), print_log.title_of(job),
         f"{job.items}", f"{job.pages}", job.who, job.where]
        for job in jobs
    ]  # fmt: skip
    columns = ("记录", "时间", "文书", "份数", "页数", "经手人", "去向")
    return Answer([_job(job) for job in jobs], table(columns, rows))


def _job(job: PrintJob) -> dict[str, object]:
    whom = PAPERS[job.document].whom if job.document in PAPERS else None
    of_tickets, of_visits = whom in OF_TICKETS, whom in OF_VISITS
    return {
        "id": job.id.hex(),
        "at": job.at,
        "who": job.who,
        "document": job.document,
        "title": print_log.title_of(job),
        "items": job.items,
        "pages": job.pages,
        "target": job.target,
        "printer": job.printer,
        "sent": job.sent,
        "sha256": job.sha256,
        "content": job.content,
        "invitations": [] if of_tickets or of_visits else [key.hex() for key in job.keys],
        "tickets": [key.hex() for key in job.keys] if of_tickets else [],
        "records": [key.hex() for key in job.keys] if of_visits else [],
    }


def _told(outcome: Outcome, out: str, *, printer: str = "") -> Answer:
    value: dict[str, object] = {
        "pages": outcome.pages,
        "files": list(outcome.files),
        "register": list(outcome.register),
        "preflight": [
            {"person": fault.person, "character": fault.character, "message": fault.message}
            for fault in (*outcome.by_hand, *outcome.passed)
        ],
    }
    if printer:
        value |= {"printer": printer, "job": outcome.job.hex()}
        told = f"{out}：共 {outcome.pages} 页{outcome.told()}"
        return Answer(value, "\n".join(filter(None, (told, outcome.to_write(), outcome.left_out()))))
    where = outcome.files[0] if len(outcome.files) == 1 else f"{out} 中 {len(outcome.files)} 个文件"
    told = f"共 {outcome.pages} 页：{where}{outcome.told()}"
    return Answer(value, "\n".join(filter(None, (told, outcome.to_write(), outcome.left_out()))))


def _watch() -> Watch | None:
    return _progress if sys.stderr.isatty() else None


def _progress(done: int, total: int) -> None:
    print(f"\r{done}/{total}", end="" if done < total else "\n", file=sys.stderr, flush=True)


def _tickets(asked: Namespace) -> Query | None:
    """Return the tickets chosen by --all, --where or --id, of one open day where that is named."""
    _refuse_several(asked, "tickets")
    if asked.id:
        keys = tuple(lookup.resolve(Ticket, text, field="id").id for text in asked.id)
        return Query(Ticket, keys=keys, sort="number")
    if not (asked.all or asked.where):
        return None
    where = conditions(Ticket, asked.where)
    if asked.open_day:
        where = (*where, ("open_day", lookup.resolve(OpenDay, asked.open_day, field="open_day")))
    return Query(Ticket, where=where, sort="number")


def _records(asked: Namespace, paper: Paper) -> Query | None:
    """Return the households, visits, pairings chosen by --all, --where or --id."""
    _refuse_several(asked, "records")
    if not (asked.all or asked.where or asked.id):
        return None
    if not paper.of:
        raise UserError(f"{paper.label}按时间段统计，请用 --from 和 --to", field="records")
    model = record_type(paper.of)
    keys = tuple(lookup.resolve(model, text, field="id").id for text in asked.id)
    return Query(model, where=conditions(model, asked.where), keys=keys)


def _day(asked: Namespace, word: str, paper: Paper) -> datetime.date | None:
    text = getattr(asked, word)
    if not text:
        return None
    if not paper.dated:
        raise UserError(f"{paper.label}不分时间段，不能用 --{word}", field=word)
    try:
        return parse_day(text)
    except ValueError as reason:
        raise UserError(f"日期“{text[:20]}”{reason}", field=word) from None


def _meeting(asked: Namespace) -> Meeting:
    if asked.all or asked.where or len(asked.id) != 1:
        raise UserError("请用 --id 指明一个会议（会议名称或 id）", field="id")
    return lookup.resolve(Meeting, asked.id[0], field="id")


def _refuse_several(asked: Namespace, field: str) -> None:
    if sum([asked.all, bool(asked.where), bool(asked.id)]) > 1:
        raise UserError("--all、--where、--id 只能用一种", field=field)


def _people(asked: Namespace) -> Query | None:
    """Return the representatives chosen by --all, --where or --id, or None for the day's invitations."""
    _refuse_several(asked, "people")
    if asked.all:
        return Query(Representative)
    if asked.where:
        return Query(Representative, where=conditions(Representative, asked.where))
    if asked.id:
        keys = tuple(lookup.resolve(Representative, text, field="id").id for text in asked.id)
        return Query(Representative, keys=keys)
    return None
