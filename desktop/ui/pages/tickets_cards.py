"""The cards of the board: what a stage holds, read a few at a time beside the window, and how a card looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPalette, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.records import ticket_views as conditions
from desktop.records.listing import Query
from desktop.records.tickets import Ticket, TicketState
from desktop.services.desk import Desk
from desktop.ui.marks import paint_marks
from desktop.ui.naming import as_tooltip
from desktop.ui.pages.tickets_rows import clock_marks, clock_texts, handler_names
from desktop.ui.pages.tickets_steps import HAND_OVER, ON_THE_SPOT
from desktop.ui.tables import Index

S = TicketState
MOST = 30
"""Cards read of a stage; the count over it says how many there are."""
CARD = "application/x-openday-ticket"
EDGE, INSIDE = 6, 10


@dataclass(frozen=True, slots=True)
class Stage:
    """A column: its states, the order of its cards, the steps that lead to it."""

    label: str
    states: tuple[TicketState, ...]
    led_to_by: tuple[str, ...]
    sort: str = "due_on"
    descending: bool = False

    def query(self, base: Query) -> Query:
        """Return the query of the stage, searched and filtered as `base` is."""
        narrowed = conditions.in_state(*self.states)
        return replace(base, narrowed=narrowed, sort=self.sort, descending=self.descending)


STAGES = (
    Stage("待受理", (S.REGISTERED,), ()),
    Stage("待交办", (S.ACCEPTED, S.RETURNED), ("accept", "return")),
    Stage(
        "办理中", (S.ASSIGNED, S.SIGNED, S.WORKING, S.REDOING, S.SUSPENDED),
        (HAND_OVER, "assign", "resume", "redo"),
    ),
    Stage("待回访", (S.ANSWERED, S.EVALUATED), ("answer",), "answered_on"),
    Stage("已办结", (S.CLOSED, S.ARCHIVED), (ON_THE_SPOT, "close"), "closed_on", descending=True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """A ticket as a card shows it."""

    key: bytes
    number: str
    summary: str
    clock: str
    who: str

    @property
    def spoken(self) -> str:
        """Return the whole card as a line."""
        return "，".join(filter(None, (self.number, self.summary, self.clock, self.who)))


@dataclass(frozen=True, slots=True)
class Held:
    """What a stage holds: the first cards, and how many there are."""

    cards: tuple[Card, ...]
    count: int


def read_board(desk: Desk, base: Query) -> list[Held]:
    """Return what each stage holds, in the order of STAGES."""
    return [_read(desk, stage.query(base)) for stage in STAGES]


def _read(desk: Desk, query: Query) -> Held:
    rows: list[Any] = desk.books.page(query, 0, MOST)
    clocks, handlers = clock_texts(desk, rows), handler_names(desk, rows)
    cards = tuple(_card(row, clocks[row.id], handlers.get(row.id, "")) for row in rows)
    return Held(cards, len(cards) if len(cards) < MOST else desk.books.count(query))


def _card(ticket: Ticket, clock: str, handler: str) -> Card:
    return Card(ticket.id, ticket.number, ticket.shown_summary, clock, handler or ticket.section)


class Cards(QAbstractListModel):
    """The cards of one stage; UserRole is the ticket's key."""

    def __init__(self) -> None:
        super().__init__()
        self.cards: Sequence[Card] = ()

    def fill(self, cards: Sequence[Card]) -> None:
        """Show other cards."""
        self.beginResetModel()
        self.cards = cards
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.cards):
            return None
        card = self.cards[index.row()]
        match role:
            case Qt.ItemDataRole.UserRole:
                return card.key
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return card.spoken
            case Qt.ItemDataRole.ToolTipRole:
                return as_tooltip(card.spoken)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [CARD]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        if indexes:
            data.setData(CARD, self.cards[indexes[0].row()].key)
        return data


class CardLook(QStyledItemDelegate):
    """Paints a card: number and clock, two lines of what it is about, who has it."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = option.fontMetrics.lineSpacing()
        return QSize(120, 4 * line + 2 * INSIDE + EDGE + 14)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, Cards):
            return
        card = model.cards[index.row()]
        plate = QRect(option.rect).adjusted(EDGE, EDGE, -EDGE, 0)
        self._ground(painter, plate, option)
        line, room = option.fontMetrics.lineSpacing(), plate.adjusted(INSIDE, INSIDE, -INSIDE, -INSIDE)
        palette = self._view.palette()
        painter.setFont(option.font)
        painter.setPen(palette.color(QPalette.ColorRole.Dark))
        painter.drawText(QRect(room.left(), room.top(), room.width(), line), 0, card.number)
        marks = QRect(room.left(), room.top() + line + 3, room.width(), line + 4)
        paint_marks(painter, marks, clock_marks(card.clock), option.font, palette)
        painter.setPen(palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.Text))
        words = QRect(room.left(), marks.bottom() + 4, room.width(), 2 * line)
        lines = two_lines(card.summary, option, words.width())
        for place, text in enumerate(lines):
            painter.drawText(words.left(), words.top() + place * line + option.fontMetrics.ascent(), text)
        number = option.fontMetrics.horizontalAdvance(card.number) + 12
        who = QRect(room.left() + number, room.top(), room.width() - number, line)
        painter.setPen(palette.color(QPalette.ColorRole.Dark))
        told = option.fontMetrics.elidedText(card.who, Qt.TextElideMode.ElideRight, who.width())
        painter.drawText(who, Qt.AlignmentFlag.AlignRight, told)

    def _ground(self, painter: QPainter, plate: QRect, option: QStyleOptionViewItem) -> None:
        palette, role = self._view.palette(), QPalette.ColorRole
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = chosen and self._view.hasFocus()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(palette.color(QPalette.ColorGroup.Active, role.Highlight if chosen else role.Base))
        pen = palette.color(role.Link if focused else role.Accent if chosen else role.Shadow)
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(plate).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.restore()


def two_lines(text: str, option: QStyleOptionViewItem, width: int) -> list[str]:
    """Return a text in at most two lines of a width, the second one elided."""
    layout = QTextLayout(text, option.font)
    layout.setTextOption(QTextOption())
    layout.beginLayout()
    first = layout.createLine()
    first.setLineWidth(max(width, 1))
    cut = first.textLength() if first.isValid() else len(text)
    layout.endLayout()
    rest = text[cut:].strip()
    second = option.fontMetrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)
    return [text[:cut].rstrip(), second] if rest else [text]
