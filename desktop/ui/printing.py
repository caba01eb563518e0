"""Sending papers to a printer: the PDF itself where the system prints PDFs, else its pages as pictures."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from desktop.documents.preview import page_image, page_size, page_sizes
from desktop.errors import Cancelled, TroubleError, UserError
from desktop.records.base import own_connection
from desktop.records.papers import Watch
from desktop.services.orders import Order, Outcome
from desktop.services.papers import DOCUMENTS
from desktop.services.press import Press

FINEST = 600
"""Dots an inch: finer than any office printer shows, and a page still fits the memory in bands."""
BAND_PIXELS = 1_200
SHOWN = 20
"""People drawn for the preview: nobody pages through a thousand letters. The check before printing looks at all."""
SPOOL_SECONDS = 60
A4_MM = (210, 297)
SIDES = {
    QPrinter.DuplexMode.DuplexNone: "one-sided",
    QPrinter.DuplexMode.DuplexLongSide: "two-sided-long-edge",
    QPrinter.DuplexMode.DuplexShortSide: "two-sided-short-edge",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What stands in the way of one document: whose it is ('' for the document itself), a sentence, their id."""

    document: str
    person: str
    message: str
    record: bytes = b""
    character: str = ""

    @property
    def for_the_pen(self) -> bool:
        """Whether the paper can be printed all the same, with the character left to be written by hand."""
        return bool(self.person and self.character)


@dataclass(frozen=True, slots=True)
class Result:
    """What was printed: outcomes in order, and why the papers made did not all reach the printer."""

    outcomes: tuple[Outcome, ...]
    trouble: str = ""

    @property
    def pages(self) -> int:
        """All pages made."""
        return sum(outcome.pages for outcome in self.outcomes)

    @property
    def told(self) -> str:
        """The numbers on the papers, and what has to be written on them by hand."""
        numbers = "".join(outcome.told() for outcome in self.outcomes)
        return "。".join(filter(None, (numbers, *(outcome.to_write() for outcome in self.outcomes))))

    @property
    def files(self) -> tuple[Path, ...]:
        """All files made."""
        return tuple(Path(name) for outcome in self.outcomes for name in outcome.files)


class Printers(Protocol):
    """The printers of this computer."""

    def names(self) -> list[str]:
        """Return the printers there are."""
        ...

    def ask(self, parent: QWidget, chosen: Callable[[QPrinter], None]) -> None:
        """Let the user choose printer, copies and pages; `chosen` is called where that was confirmed."""
        ...


class SystemPrinters(QObject):
    """Asks by the system's own dialog."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chosen: Callable[[QPrinter], None] | None = None

    def names(self) -> list[str]:
        return list(QPrinterInfo.availablePrinterNames())

    def ask(self, parent: QWidget, chosen: Callable[[QPrinter], None]) -> None:
        self._chosen, self._printer = chosen, a4_printer()
        dialog = QPrintDialog(self._printer, parent)
        options = QAbstractPrintDialog.PrintDialogOption
        dialog.setOptions(options.PrintPageRange | options.PrintCollateCopies)
        dialog.accepted.connect(self._accepted)
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    def _accepted(self) -> None:
        if self._chosen:
            self._chosen(self._printer)


def a4_printer() -> QPrinter:
    """Return a printer set to whole A4 sheets."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    printer.setDocName("开放日工作台")
    return printer


# -- on the worker's thread


def draft(press: Press, order: Order, folder: Path) -> bytes:
    """Return the first pages of an order as a PDF; nothing is registered. Raises what printing raises."""
    target = folder / "draft.pdf"
    with own_connection():
        press.print(replace(order, first=SHOWN, target=target, separate=False, draft=True))
    return target.read_bytes()


def check(press: Press, orders: Sequence[Order]) -> tuple[Fault, ...]:
    """Return everything that stands in the way of orders, for all the people of them."""
    with own_connection():
        return tuple(fault for order in orders for fault in _faults(press, order))


def _faults(press: Press, order: Order) -> Iterator[Fault]:
    order = replace(order, options=replace(order.options, by_hand=False))  # what is for the pen is told too
    try:
        for fault in press.preflight(order):
            yield Fault(order.document, fault.person, fault.message, fault.record, fault.character)
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


def make_and_send(press: Press, orders: Sequence[Order], printer: QPrinter, watch: Watch) -> Result:
    """Print orders to their files and send those to a printer."""
    made = make(press, orders, watch)
    trouble = send(made.files, printer, watch)
    return replace(made, trouble=made.trouble or trouble)


def send(files: Sequence[Path], printer: QPrinter, watch: Watch) -> str:
    """Send files to a printer; returns why that failed, or ''."""
    try:
        for file in files:
            if not printer.outputFileName() and shutil.which("lp"):
                _spool(file, printer)
            else:
                paint(file.read_bytes(), printer, watch)
    except (UserError, TroubleError, Cancelled) as error:
        return error.message if not isinstance(error, Cancelled) else "已停止送往打印机"
    except OSError as cause:
        return f"读不到要打印的文件：{cause.strerror}"
    return ""


def _spool(file: Path, printer: QPrinter) -> None:
    """Hand a PDF to the print system as it is."""
    command = ["lp", "-d", printer.printerName(), "-n", str(printer.copyCount())]
    narrow, long = sorted(round(side / 72 * 25.4) for side in page_size(file, 0))
    if (
        narrow,
        long,
    ) != A4_MM:  # as it goes through the printer, short edge first; the print system turns the page
        command += ["-o", f"media=Custom.{narrow}x{long}mm", "-o", "print-scaling=none"]
    if sides := SIDES.get(printer.duplex()):
        command += ["-o", f"sides={sides}"]
    if printer.fromPage():
        command += ["-P", f"{printer.fromPage()}-{printer.toPage()}"]
    try:
        sent = subprocess.run(
            [*command, "--", str(file)],
            check=False, capture_output=True, text=True, errors="replace", timeout=SPOOL_SECONDS,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as cause:
        raise TroubleError(f"打印系统没有回应（{cause.__class__.__name__}），请检查打印机") from cause
    if sent.returncode:
        told = sent.stderr.strip().splitlines()[-1:] or ["没有说明原因"]
        raise TroubleError(f"打印机“{printer.printerName()}”没有接受：{told[0]}")


def paint(pdf: bytes, printer: QPrinter, watch: Watch) -> None:
    """Paint the pages of a PDF at the printer's own resolution and in real size, a band at a time."""
    sizes = page_sizes(pdf)
    first, last = printer.fromPage() or 1, printer.toPage() or len(sizes)
    pages = range(first - 1, min(last, len(sizes)))
    rounds = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if sizes:
        _set_paper(printer, sizes[0])
    painter = QPainter()
    if not painter.begin(printer):
        raise TroubleError("打印机没有准备好，没有开始打印；请检查它是否开机、有纸")
    try:
        for turn in range(rounds):
            for place, page in enumerate(pages):
                watch(turn * len(pages) + place, rounds * len(pages))
                if (turn or place) and not printer.newPage():
                    raise TroubleError(f"打印到第 {page + 1} 页时打印机停下了")
                _paint_page(painter, pdf, page, sizes[page], printer.resolution())
    except Cancelled:
        printer.abort()
        raise
    finally:
        painter.end()


def _set_paper(printer: QPrinter, size: tuple[float, float]) -> None:
    """Set the printer to a document's own paper, which may lie across: an envelope, a long sign-in sheet."""
    narrow, long = sorted(size)
    is_a4 = (round(narrow / 72 * 25.4), round(long / 72 * 25.4)) == A4_MM
    own = QPageSize(QSizeF(narrow, long), QPageSize.Unit.Point)
    across = size[0] > size[1]
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4) if is_a4 else own)
    turn = QPageLayout.Orientation
    printer.setPageOrientation(turn.Landscape if across else turn.Portrait)


def _paint_page(painter: QPainter, pdf: bytes, page: int, size: tuple[float, float], dots: int) -> None:
    scale, width, height = min(dots, FINEST) / 72, *size
    band = BAND_PIXELS / scale
    top = 0.0
    while top < height:
        bottom = min(top + band, height)
        drawn = page_image(pdf, page, scale=scale, area=(0.0, top, width, bottom))
        image = QImage(drawn.pixels, drawn.width, drawn.height, 4 * drawn.width, QImage.Format.Format_RGB32)
        across, down = drawn.width / scale * dots / 72, drawn.height / scale * dots / 72
        painter.drawImage(QRectF(0, top * dots / 72, across, down), image)
        top = bottom
