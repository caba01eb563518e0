"""The views over the list of tickets: mine, due this week, late … each with its count."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabBar, QToolButton, QWidget

from desktop.errors import UserError
from desktop.records.listing import Query
from desktop.records.staff import Staff
from desktop.records.tickets import Ticket
from desktop.services.ticket_views import VIEWS
from desktop.ui import buttons
from desktop.ui.dialogs import Dialog
from desktop.ui.editors import editor_for
from desktop.ui.field_row import FieldRow
from desktop.ui.frame import Frame
from desktop.ui.layouts import row
from desktop.ui.naming import name, shown_text
from desktop.ui.segments import Segments

if TYPE_CHECKING:
    from desktop.ui.workroom import Task

SHOWN = (
    "all", "mine", "to_accept", "to_assign", "week", "late", "to_evaluate", "to_close", "to_feed_back", "suspended",
)  # fmt: skip
COUNTED = SHOWN[1:]
"""Counted on their labels; how many there are in all stands under the list."""
LIST, BOARD = "列表", "看板"
OWN, VIEW = "tickets/own-handler", "tickets/view"
"""Where the window remembers who sits at it and which view was open."""


class ViewStrip(QWidget):
    """One tab a view; `picked` carries its id. 我的 asks once who that is."""

    picked = Signal(str)
    face_picked = Signal(str)

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self._counting: Task | None = None
        self.tabs = name(QTabBar(), "ticket-views", "看哪些件")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(True)
        for button, words in zip(
            self.tabs.findChildren(QToolButton), ("左边的视图", "右边的视图"), strict=False
        ):
            name(button, button.objectName() or words, words)
        for key in SHOWN:
            self.tabs.addTab(VIEWS[key].label)
        kept = str(frame.memory.value(VIEW) or "all")
        self.tabs.setCurrentIndex(SHOWN.index(kept) if kept in SHOWN else 0)
        self.tabs.currentChanged.connect(self._turned)
        self.whose = buttons.quiet("", "whose", "user")
        self.whose.setToolTip("换一个经办人")
        self.whose.clicked.connect(self.ask_whose)
        self.faces = name(
            Segments("列表或看板", (LIST, BOARD), clearable=False), "ticket-faces", "列表或看板"
        )
        self.faces.pick(LIST)
        self.faces.picked.connect(self._turn_face)
        self.setLayout(row(self.tabs, self.whose, None, self.faces, gap=8, margins=(16, 0, 24, 6)))
        self._say_whose()

    @property
    def view(self) -> str:
        """Return the view in front."""
        return SHOWN[self.tabs.currentIndex()]

    @property
    def own(self) -> Staff | None:
        """Return the handler that 我的 means, where one was chosen and is still there."""
        kept = str(self._frame.memory.value(OWN) or "")
        try:
            return self._frame.desk.books.get(Staff, bytes.fromhex(kept)) if kept else None
        except (UserError, ValueError):
            return None

    def query(self) -> Query:
        """Return the query of the view in front."""
        own = self.own if self.view == "mine" else None
        return self._frame.desk.ticket_views.query(self.view, handler=own.id if own else None)

    def show_view(self, view: str) -> None:
        """Bring a view to the front."""
        self.tabs.setCurrentIndex(SHOWN.index(view))

    def show_face(self, face: str) -> None:
        """Show list or board."""
        if self.faces.value() != face:
            self.faces.pick(face)
            self._turn_face(face)

    def _turn_face(self, face: str) -> None:
        self.tabs.setVisible(face == LIST)
        self.whose.setVisible(face == LIST and self.view == "mine")
        self.face_picked.emit(face)

    def count(self) -> None:
        """Count the views beside the window and write the counts on their labels."""
        if self._counting:
            self._counting.cancel()
        own, views = self.own, self._frame.desk.ticket_views
        key = own.id if own else None
        work = partial(_counts, views.count, key)
        self._counting = self._frame.workroom.look(self, work, done=self._counted)

    def _counted(self, counts: dict[str, int]) -> None:
        for place, key in enumerate(SHOWN):
            number = counts.get(key, 0)
            words = f"{VIEWS[key].label} {number:,}" if number else VIEWS[key].label
            self.tabs.setTabText(place, shown_text(words))
            told = f"{VIEWS[key].label}，{number:,} 件" if key in COUNTED else VIEWS[key].label
            self.tabs.setAccessibleTabName(place, told)

    def _turned(self) -> None:
        self._frame.memory.setValue(VIEW, self.view)
        self._say_whose()
        if self.view == "mine" and self.own is None:
            self.ask_whose()
        self.picked.emit(self.view)

    def _say_whose(self) -> None:
        own = self.own
        self.whose.setText(shown_text(own.full_name) if own else "选经办人")
        self.whose.setAccessibleName(f"我的：{own.full_name if own else '还没有选经办人'}")
        self.whose.setVisible(self.view == "mine")

    def ask_whose(self) -> None:
        """Ask which handler 我的 means."""
        WhoseDialog(self._frame, self.window(), self._own_is).open()

    def _own_is(self, person: Staff) -> None:
        self._frame.memory.setValue(OWN, person.id.hex())
        self._say_whose()
        self.count()
        self.picked.emit(self.view)


def _counts(count, own: bytes | None) -> dict[str, int]:  # noqa: ANN001 - TicketViews.count
    return {key: count(key, handler=own) for key in COUNTED if key != "mine" or own}


class WhoseDialog(Dialog):
    """Asks whose tickets 我的 shows."""

    def __init__(self, frame: Frame, parent: QWidget | None, chosen) -> None:  # noqa: ANN001 - a function of a Staff
        super().__init__(parent, "“我的”是哪一位经办人", "whose-tickets")
        self._chosen = chosen
        self.editor = editor_for(Ticket.handler, frame.desk.books)  # pyright: ignore[reportArgumentType]
        self._row = FieldRow(self.editor)
        self.body.addWidget(self._row, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addStretch(1)
        go = self.add_buttons("就看这一位的")
        go.clicked.connect(self.take)
        self.fit(480, 180)
        self.editor.widget.setFocus()

    def take(self) -> None:
        """Take the person named."""
        try:
            person = self.editor.store()
        except UserError as fault:
            self._row.complain(fault.message)
            return
        if person is None:
            self._row.complain("请选一位工作人员；名单在“设置”的“工作人员”里")
            return
        self.accept()
        self._chosen(cast("Staff", person))
