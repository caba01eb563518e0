"""From orders to a printer, beside the window: a look, the check, the papers, and their way to the printer."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtPrintSupport import QPrinter

from desktop.documents.adjusting import prepared
from desktop.documents.preview import page_size
from desktop.errors import Cancelled, TroubleError, UserError
from desktop.files import passing, written
from desktop.records.base import own_connection
from desktop.records.papers import Watch
from desktop.records.printers import Adjustment, Sides
from desktop.services import spooling
from desktop.services.orders import Order, Outcome
from desktop.services.papers import DOCUMENTS
from desktop.services.press import Press
from desktop.services.printers import OwnPrinters
from desktop.ui.painting import paint
from desktop.ui.printers import Device

SHOWN = 8
"""People drawn for the preview: nobody pages through a thousand letters. The check before printing looks at all."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What stands in the way of one document: whose it is ('' for the document itself), a sentence, their id."""

    document: str
    person: str
    message: str
    record: bytes = b""
    character: str = ""
    passes: bool = False
    """Whether it stops nothing: it says of whom nothing is printed."""

    @property
    def for_the_pen(self) -> bool:
        """Whether the paper can be printed all the same, with the character left to be written by hand."""
        return bool(self.person and self.character)


@dataclass(frozen=True, slots=True)
class Result:
    """What was printed: outcomes in order, and what is left.

    `trouble` says why some were not made, `refused` why those `waiting` were not taken by the printer, `halted`
    why a printer that took everything doesn't print it now.
    """

    outcomes: tuple[Outcome, ...]
    trouble: str = ""
    waiting: tuple[Outcome, ...] = ()
    refused: str = ""
    halted: str = ""

    @property
    def pages(self) -> int:
        """All pages made."""
        return sum(outcome.pages for outcome in self.outcomes)

    @property
    def told(self) -> str:
        """The numbers on the papers, what has to be written on them by hand, and of whom there is none."""
        numbers = "".join(outcome.told() for outcome in self.outcomes)
        more = (words for outcome in self.outcomes for words in (outcome.to_write(), outcome.left_out()))
        return "。".join(filter(None, (numbers, *more)))

    @property
    def files(self) -> tuple[Path, ...]:
        """All files made."""
        return tuple(Path(name) for outcome in self.outcomes for name in outcome.files)


# -- on the worker's thread


def draft(press: Press, order: Order, folder: Path) -> bytes:
    """Return the first pages of an order as a PDF; nothing is registered. Raises what printing raises."""
    target = folder / "draft.pdf"
    with own_connection(), passing():
        press.print(replace(press.first_of(order, SHOWN), target=target))
    return target.read_bytes()


def whole_list(press: Press, order: Order, folder: Path, watch: Watch) -> bytes:
    """Return the draft of a list with all its people, as a PDF."""
    target = folder / "list.pdf"
    with own_connection(), passing():
        press.print(replace(order, target=target, separate=False, draft=True), watch)
    return target.read_bytes()


def check(press: Press, orders: Sequence[Order], watch: Watch | None = None) -> tuple[Fault, ...]:
    """Return everything that stands in the way of orders, for all the people of them."""
    with own_connection():
        return tuple(fault for order in orders for fault in _faults(press, order, watch))


def _faults(press: Press, order: Order, watch: Watch | None) -> Iterator[Fault]:
    order = replace(order, options=replace(order.options, by_hand=False))  # what is for the pen is told too
    try:
        for fault in press.preflight(order, watch):
            yield Fault(
                order.document, fault.person, fault.message, fault.record, fault.character, fault.passes
            )
    except UserError as error:
        yield Fault(order.document, "", error.message)


def make(press: Press, orders: Sequence[Order], watch: Watch) -> Result:
    """Print orders to their files: numbers, log and file of each stand or fall together."""
    done: list[Outcome] = []
    with own_connection():
        for order in orders:
            try:
                done.append(press.print(order, watch))
            except (UserError, TroubleError, Cancelled) as error:
                if not done:
                    raise
                made = "、".join(DOCUMENTS[order.document] for order in orders[: len(done)])
                return Result(
                    tuple(done), f"{made}已经做好；{DOCUMENTS[order.document]}没有：{error.message}"
                )
    return Result(tuple(done))


def make_and_send(press: Press, orders: Sequence[Order], device: Device, watch: Watch) -> Result:
    """Print orders to their files and send those to a printer; they are printed when it has taken them."""
    orders = [replace(order, printer=device.called) for order in orders]
    made = make(press, orders, watch)
    return send(press, replace(made, waiting=made.outcomes), device, watch)


def send(press: Press, made: Result, device: Device, watch: Watch) -> Result:
    """Send what still waits, and note each paper that the printer took; says what is left, and why."""
    waiting, refused = list(made.waiting), ""
    try:
        while waiting:
            fitted, starts = fit_sides(device, waiting[0])
            for file in map(Path, waiting[0].files):
                hand_over(file, fitted, watch, starts=starts)
            with own_connection():
                press.sent(waiting[:1], device.called)
            del waiting[0]
    except (UserError, TroubleError) as error:
        refused = error.message
    except Cancelled:
        refused = "已停止送往打印机"
    except OSError as cause:
        refused = f"读不到要打印的文件：{cause.strerror}"
    halted = "" if waiting or not _spools(device) else spooling.hindrance(device.ticket.printer)
    return replace(made, waiting=tuple(waiting), refused=refused, halted=halted)


def fit_sides(device: Device, outcome: Outcome) -> tuple[Device, tuple[int, ...]]:
    """Return a printer set so that nobody's paper is on the back of another's (`spooling.fit_sides`)."""
    ticket, starts = spooling.fit_sides(device.ticket, outcome)
    if ticket.sides is Sides.ONE:
        device.printer.setDuplex(QPrinter.DuplexMode.DuplexNone)
    elif ticket.sides is Sides.SHORT:
        device.printer.setDuplex(QPrinter.DuplexMode.DuplexShortSide)
    return replace(device, ticket=ticket), starts


def hand_over(
    file: Path,
    device: Device,
    watch: Watch,
    adjustment: Adjustment | None = None,
    *,
    starts: Sequence[int] = (),
) -> None:
    """Give a PDF to a printer, moved as is kept for it or as `adjustment` says, its pieces parted (`starts`).

    Raises TroubleError, and what `watch` raises.
    """
    if adjustment is None:
        adjustment = OwnPrinters().adjustment(device.ticket.printer)
    with tempfile.TemporaryDirectory(prefix="openday-moved-") as folder:
        file = prepared(file, Path(folder), adjustment, watch, starts=starts)
        if _spools(device):
            width, height = page_size(file, 0)
            size = (width / 72 * 25.4, height / 72 * 25.4)
            spooling.send(file, device.ticket, size=size, title=DOCUMENTS.get(file.stem, file.stem))
        else:
            paint(file.read_bytes(), device.printer, watch)


def print_shown(pdf: bytes, target: Path, device: Device, watch: Watch) -> None:
    """Print pages of a PDF that is being looked at; nothing is registered."""
    with written(target) as temporary:
        temporary.write_bytes(pdf)
    hand_over(target, device, watch)


def _spools(device: Device) -> bool:
    return not device.printer.outputFileName() and spooling.is_there()
