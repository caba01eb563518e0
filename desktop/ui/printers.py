"""The printers of this computer as Qt knows them, and the system's own dialog for all they can do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from desktop.records.printers import Sides, Ticket

_DUPLEX = QPrinter.DuplexMode
SIDES = {
    _DUPLEX.DuplexNone: Sides.ONE,
    _DUPLEX.DuplexLongSide: Sides.LONG,
    _DUPLEX.DuplexShortSide: Sides.SHORT,
}
DUPLEX = {sides: duplex for duplex, sides in SIDES.items()}


@dataclass(frozen=True, slots=True)
class Device:
    """A printer chosen: what is wanted of it, and Qt's own for where Qt has to paint.

    Qt's forgets what it believes the printer can't do (both sides, say); the print system knows better.
    """

    ticket: Ticket
    printer: QPrinter

    @property
    def called(self) -> str:
        """What the log calls it; one that writes a PDF is called by its file."""
        return Path(self.printer.outputFileName()).name or self.ticket.printer or "默认打印机"


class Printers(Protocol):
    """The printers of this computer."""

    def names(self) -> list[str]:
        """Return the printers there are, the usual one first."""
        ...

    def device(self, ticket: Ticket) -> Device:
        """Return a printer set as the ticket says."""
        ...

    def ask(self, parent: QWidget, ticket: Ticket, chosen: Callable[[Device], None]) -> None:
        """Let the user choose in the system's own dialog; `chosen` is called where that was confirmed."""
        ...


class SystemPrinters(QObject):
    """Those of the system."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chosen: Callable[[Device], None] | None = None

    def names(self) -> list[str]:
        usual = QPrinterInfo.defaultPrinterName()
        return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name.casefold()))

    def device(self, ticket: Ticket) -> Device:
        return Device(ticket, set_printer(ticket))

    def ask(self, parent: QWidget, ticket: Ticket, chosen: Callable[[Device], None]) -> None:
        self._chosen, self._printer = chosen, set_printer(ticket)
        dialog = QPrintDialog(self._printer, parent)
        options = QAbstractPrintDialog.PrintDialogOption
        dialog.setOptions(options.PrintPageRange | options.PrintCollateCopies)
        dialog.accepted.connect(self._accepted)
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)

    def _accepted(self) -> None:
        if self._chosen:
            self._chosen(Device(ticket_of(self._printer), self._printer))


def set_printer(ticket: Ticket) -> QPrinter:
    """Return a printer of whole A4 sheets, set as the ticket says."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if ticket.printer:
        printer.setPrinterName(ticket.printer)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    printer.setFullPage(True)
    printer.setDocName("开放日工作台")
    printer.setCopyCount(ticket.copies)
    printer.setCollateCopies(ticket.collate)
    if ticket.sides in DUPLEX:
        printer.setDuplex(DUPLEX[ticket.sides])
    if ticket.first:
        printer.setFromTo(ticket.first, ticket.last)
    return printer


def ticket_of(printer: QPrinter) -> Ticket:
    """Return what a printer is set to."""
    return Ticket(
        printer.printerName(),
        copies=printer.copyCount(),
        collate=printer.collateCopies(),
        sides=SIDES.get(printer.duplex(), Sides.PRINTER),
        first=printer.fromPage(),
        last=printer.toPage(),
    )
