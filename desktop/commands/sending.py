"""print and reprint with --printer: papers that go to a queue of the print system instead of a file."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from desktop.documents.adjusting import prepared
from desktop.documents.preview import page_size
from desktop.errors import TroubleError, UserError
from desktop.records.printers import Ticket
from desktop.services import spooling
from desktop.services.desk import Desk
from desktop.services.orders import Outcome
from desktop.services.papers import DOCUMENTS
from desktop.services.printers import OwnPrinters

MOST_COPIES = 999


def ticket_of(printer: str, copies: int | None, *, separate: bool) -> Ticket:
    """Return how it is to be printed; raises UserError for what only files can be, TroubleError without the printer."""
    if separate:
        raise UserError("送往打印机时不分文件；请去掉 --separate，或改用 --out", field="separate")
    copies = 1 if copies is None else copies
    if not 1 <= copies <= MOST_COPIES:
        raise UserError(f"份数应在 1 到 {MOST_COPIES} 之间，现为 {str(copies)[:20]}", field="copies")
    spooling.refuse_missing(printer)
    return Ticket(printer, copies=copies)


def sent(desk: Desk, ticket: Ticket, make: Callable[[Path], Outcome], document: str) -> Outcome:
    """Make a paper (`make(target)`), hand it to the queue, and note that it was taken; nothing is left on the disk.

    Raises TroubleError where the queue doesn't take it: a paper that was registered can be sent again.
    """
    with tempfile.TemporaryDirectory(prefix="openday-print-") as name:
        folder = Path(name)
        outcome = make(folder / f"{document}.pdf")
        fitted, starts = spooling.fit_sides(ticket, outcome) if outcome.document else (ticket, ())
        try:
            for file in map(Path, outcome.files):
                _hand_over(file, folder, fitted, starts, DOCUMENTS.get(document, "打印校准页"))
        except TroubleError as cause:
            raise TroubleError(f"{cause.message}。{_again(outcome, ticket)}") from cause
    if outcome.job:
        desk.press.sent([outcome], ticket.printer)
    return replace(outcome, files=())


def _hand_over(file: Path, folder: Path, ticket: Ticket, starts: tuple[int, ...], title: str) -> None:
    moved = folder / "moved"
    moved.mkdir(exist_ok=True)
    ready = prepared(file, moved, OwnPrinters().adjustment(ticket.printer), starts=starts)
    width, height = page_size(ready, 0)
    spooling.send(ready, ticket, size=(width / 72 * 25.4, height / 72 * 25.4), title=title)


def _again(outcome: Outcome, ticket: Ticket) -> str:
    if not outcome.job:
        return "没有登记，可以再试一次"
    return (
        "编号已经登记，还没有记为已印；排除后请用 "
        f"openday reprint {outcome.job.hex()[:12]} --printer {ticket.printer} 再送一次"
    )
