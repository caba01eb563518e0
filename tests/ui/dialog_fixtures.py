"""What the tests of the dialogs share: a frame that keeps what it was told, a day with people, a resting worker."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QWidget

from desktop.records.invitations import Invitation
from desktop.records.open_days import OpenDay
from desktop.records.representatives import Representative
from desktop.ui.frame import Frame
from desktop.ui.printers import Device, set_printer

NAMES = ("曾国强", "王伟", "嘉木样·洛桑久美·图丹却吉尼玛", "欧阳重庆", "阿依古丽·买买提", "𬭚小明")


class Told:
    """What a dialog told the window: toasts with their buttons, errors, places gone to."""

    def __init__(self) -> None:
        self.toasts: list[str] = []
        self.actions: list[tuple[str, object]] = []
        self.errors: list[BaseException] = []
        self.went: list[tuple[str, bytes]] = []

    def toast(self, text, *, undo=False, action=None):
        self.toasts.append(text)
        if action:
            self.actions.append(action)

    def go(self, key, record_id=b""):
        self.went.append((key, record_id))


class PaperPrinters:
    """A printer that prints into a PDF file; `fails` is one that can't."""

    def __init__(self, target: Path, *, there: bool = True) -> None:
        self.target, self.there = target, there

    def names(self) -> list[str]:
        return ["试验打印机"] if self.there else []

    def device(self, ticket):
        printer = set_printer(replace(ticket, printer=""))
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.target))
        printer.setResolution(150)
        return Device(ticket, printer)

    def ask(self, parent, ticket, chosen) -> None:
        chosen(self.device(ticket))


@pytest.fixture
def told():
    return Told()


@pytest.fixture
def stage(desk, ask, workroom, memory, theme, told):
    """The window's offers to a dialog, without the window."""
    return Frame(
        desk=desk, ask=ask, workroom=workroom, memory=memory, theme=theme,
        toast=told.toast, tell=told.errors.append, go=told.go,
    )  # fmt: skip


def add_person(desk, name, **values):
    person = Representative(full_name=name, **values)
    desk.books.save(person)
    return person


@pytest.fixture
def day(desk):
    """An open day with six people invited; nothing printed yet."""
    made = OpenDay(
        theme="走进组织部", held_on=datetime.date(2026, 9, 29), venue="县委一楼会议室", starts_at="09:00"
    )
    desk.books.save(made)
    people = [add_person(desk, name, unit="店埠镇光大社区", post="党委书记") for name in NAMES]
    desk.inviting.invite(made, people)
    return made


def invitations(desk, day) -> list[Invitation]:
    return desk.inviting.active(day)


def rest(qtbot, workroom, timeout=20_000):
    """Wait until the worker has nothing left and everything it made was delivered."""
    for _ in range(3):
        qtbot.waitUntil(lambda: not workroom.busy, timeout=timeout)
        QApplication.processEvents()


def part(dialog: QWidget, name: str):
    """Return the widget of a dialog with this object name."""
    found = [widget for widget in dialog.findChildren(QWidget) if widget.objectName() == name]
    assert found, f"{name} is not there"
    return found[0]


def away(dialog: QWidget) -> None:
    """Delete a dialog at once."""
    dialog.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def nameless(dialog: QWidget) -> list[str]:
    """Return the inputs, buttons and lists of a dialog that have no name for assistive programs."""
    from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit

    found = []
    for kind in (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit):
        for widget in dialog.findChildren(kind):
            inner = widget.objectName().startswith("qt_") or isinstance(widget.parent(), QComboBox)
            shown = widget.isVisibleTo(dialog) and not inner
            if shown and not (widget.objectName() and (widget.accessibleName() or widget.text())):
                found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found
