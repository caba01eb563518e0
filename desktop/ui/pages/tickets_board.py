"""The board: tickets by stage, side by side; moving a card asks the step that leads there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QVBoxLayout, QWidget

from desktop.records.listing import Query
from desktop.records.tickets import Ticket
from desktop.ui.frame import Frame
from desktop.ui.labels import StatusLabel, Text
from desktop.ui.layouts import hairline, holding, row
from desktop.ui.naming import name, set_property
from desktop.ui.pages.tickets_cards import CARD, STAGES, CardLook, Cards, Held, Stage, read_board
from desktop.ui.pages.tickets_steps import Offer, offers_of
from desktop.ui.scrolled import Scrolled

if TYPE_CHECKING:
    from desktop.ui.workroom import Task

LEAST = 168
"""Pixels of a column; where five have no room, the board scrolls sideways."""


class StageList(QListView):
    """The cards of one stage. ← and → go to the stages beside, Alt with them asks to move the card there."""

    opened = Signal(bytes)
    beside = Signal(int)
    moved = Signal(int)
    dropped = Signal(bytes)

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.cards = Cards()
        self.setModel(self.cards)
        self.setItemDelegate(CardLook(self))
        name(self, f"stage-{stage.label}", f"{stage.label}的件")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setMinimumWidth(LEAST)
        self.doubleClicked.connect(self._open)

    @property
    def chosen(self) -> bytes:
        """Return the key of the card gone to, b"" for none."""
        return self.currentIndex().data(Qt.ItemDataRole.UserRole) or b""

    def go_to(self, row: int) -> None:
        """Go to a card, as far as there are any."""
        if self.cards.cards:
            self.setCurrentIndex(self.cards.index(min(max(row, 0), len(self.cards.cards) - 1)))

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.data(Qt.ItemDataRole.UserRole))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in ways:
            asked = self.moved if event.modifiers() & Qt.KeyboardModifier.AltModifier else self.beside
            asked.emit(ways[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen:
            self.opened.emit(self.chosen)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.go_to(0)
        self.viewport().update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._take_note(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._take_note(event)

    def _take_note(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasFormat(CARD) and event.source() is not self:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        key = event.mimeData().data(CARD).data()
        event.acceptProposedAction()
        self.dropped.emit(bytes(key))


class Board(QWidget):
    """All stages. `opened` carries a ticket to look at, `asked` a ticket and the step that moving it means,
    `refused` a sentence on why a card can't go there.
    """

    opened = Signal(bytes)
    asked = Signal(object, object)
    refused = Signal(str)

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        set_property(self, "role", "page")
        self._frame = frame
        self._task: Task | None = None
        self.lists = [StageList(stage) for stage in STAGES]
        self.counts = [StatusLabel(f"count-{stage.label}", stage.label, "muted") for stage in STAGES]
        columns = []
        for place, stage in enumerate(STAGES):
            columns.append(holding(self._column(place, stage)))
            if place + 1 < len(STAGES):
                columns.append(hairline(upright=True))
        inside = holding(row(*columns, gap=0))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        board = Scrolled(inside, "board", "看板", least=120)
        board.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        board.setMinimumWidth(LEAST * 2)
        layout.addWidget(board)

    def _column(self, place: int, stage: Stage) -> QVBoxLayout:
        part = QVBoxLayout()
        part.setContentsMargins(0, 0, 0, 0)
        part.setSpacing(0)
        part.addLayout(row(Text(stage.label, "strong"), self.counts[place], None, margins=(12, 8, 8, 8)))
        cards = self.lists[place]
        cards.opened.connect(self.opened)
        cards.beside.connect(partial(self._go_beside, place))
        cards.moved.connect(partial(self._move_beside, place))
        cards.dropped.connect(partial(self._move, place))
        part.addWidget(cards, 1)
        return part

    def show_query(self, query: Query) -> None:
        """Read what the stages hold of a searched and filtered list, beside the window."""
        if self._task:
            self._task.cancel()
        work = partial(read_board, self._frame.desk, query)
        self._task = self._frame.workroom.look(self, work, done=self._fill)

    def _fill(self, stages: list[Held]) -> None:
        for cards, count, held in zip(self.lists, self.counts, stages, strict=True):
            kept, row_kept = cards.chosen, cards.currentIndex().row()
            cards.cards.fill(held.cards)
            more = f"{held.count:,} 件，先列 {len(held.cards)} 件" if held.count > len(held.cards) else ""
            count.say(more or f"{held.count:,} 件")
            if cards.hasFocus() and not kept:
                cards.go_to(0)
            if kept:
                rows = [place for place, card in enumerate(held.cards) if card.key == kept]
                cards.go_to(rows[0] if rows else row_kept)

    def focus_first(self) -> None:
        """Go to the first stage that holds something."""
        first = next((cards for cards in self.lists if cards.cards.cards), self.lists[0])
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go_beside(self, place: int, way: int) -> None:
        """Go to the stage beside that holds something, level with the card gone from."""
        row_here = self.lists[place].currentIndex().row()
        target = place + way
        while 0 <= target < len(self.lists):
            if self.lists[target].cards.cards:
                self.lists[target].go_to(row_here)
                self.lists[target].setFocus(Qt.FocusReason.TabFocusReason)
                return
            target += way

    def _move_beside(self, place: int, way: int) -> None:
        key = self.lists[place].chosen
        if key and 0 <= place + way < len(STAGES):
            self._move(place + way, key)

    def _move(self, place: int, key: bytes) -> None:
        """Ask for the step that leads a ticket to a stage; nothing moves by itself."""
        ticket, stage = self._frame.desk.books.get(Ticket, key), STAGES[place]
        if ticket.state in stage.states:
            return
        offer = step_to(ticket, stage)
        if offer is not None:
            self.asked.emit(ticket, offer)
            return
        possible = "、".join(offer.words for offer in offers_of(ticket)[:3])
        way = f"可以先：{possible}" if possible else "它已经办完了"
        self.refused.emit(f"{ticket.number} 现在是“{ticket.state}”，不能直接到“{stage.label}”；{way}")


def step_to(ticket: Ticket, stage: Stage) -> Offer | None:
    """Return the step that leads a ticket to a stage, None where none does."""
    return next((offer for offer in offers_of(ticket) if offer.verb in stage.led_to_by), None)
