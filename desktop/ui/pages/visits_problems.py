"""Problems found on a visit, written in its form: each line with words becomes a ticket on the clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.records.tickets import Ticket, TicketSort
from desktop.ui.boxes import ChoiceBox, ProseBox, SuggestingBox
from desktop.ui.frame import Frame
from desktop.ui.keys import is_enter
from desktop.ui.labels import Text
from desktop.ui.layouts import holding, row
from desktop.ui.naming import name
from desktop.ui.words import matching

PARTS = ("content", "sort", "section")
"""What is written of a problem, by the fields of the ticket it becomes."""
SECTION = 12
"""Half-width characters of the box of a section."""
HINT = "一行一件；Enter 写下一件，空着的不登记"


class ProblemLine(QWidget):
    """The words of one problem, its sort and who is to handle it."""

    def __init__(self, frame: Frame, number: int) -> None:
        super().__init__()
        books = frame.desk.books
        self.content = name(ProseBox(1, 6), f"problem-{number}", f"问题{number}的内容")
        self.content.setPlaceholderText(HINT if number == 1 else "")
        self.sort = name(ChoiceBox(list(TicketSort)), f"problem-sort-{number}", f"问题{number}的类型")
        self.section = name(
            SuggestingBox(
                SECTION, lambda text: [(word, word) for word in matching(books.words("科室"), text)]
            ),
            f"problem-section-{number}",
            f"问题{number}的承办科室",
        )
        self.section.setPlaceholderText("承办科室")
        self._more = holding(row(self.sort, self.section, None))
        self._more.hide()
        self.content.textChanged.connect(self._show_more)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.content)
        layout.addWidget(self._more)

    def _show_more(self) -> None:
        """Ask for sort and section once there are words."""
        self._more.setVisible(bool(self.words))

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """Return its boxes."""
        return self.content, self.sort, self.section

    @property
    def words(self) -> str:
        """Return what the problem is, '' where the line is empty."""
        return self.content.toPlainText().strip()


class ProblemLines(QWidget):
    """As many lines as are needed. `finished` is Enter on an empty one, `edited` any edit."""

    edited = Signal()
    finished = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        name(self, "problems", "发现的问题")
        self._frame = frame
        self._before: QWidget | None = None
        self._after: QWidget | None = None
        self.lines: list[ProblemLine] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(Text("发现的问题（保存时登记为件）", "muted"))
        layout.addLayout(self._rows)
        self._add()

    @property
    def dirty(self) -> bool:
        """Tell whether a problem is written down that is not registered yet."""
        return any(line.words for line in self.lines)

    def tickets(self) -> list[Ticket]:
        """Return a new ticket for each line with words."""
        made: list[Ticket] = []
        for line in self.lines:
            if line.words:
                ticket = self._frame.desk.books.new(Ticket)
                ticket.content, ticket.section = line.words, line.section.text().strip()
                ticket.sort = line.sort.currentData()
                made.append(ticket)
        return made

    def typed(self) -> dict[str, str]:
        """Return what is written of the problems: words, sort and section, numbered."""
        found: dict[str, str] = {}
        for place, line in enumerate(self.lines):
            if line.words:
                said = (line.content.toPlainText(), line.sort.currentData(), line.section.text())
                found |= {f"{place}.{part}": text for part, text in zip(PARTS, said, strict=True)}
        return found

    def type_in(self, texts: Mapping[str, str]) -> None:
        """Write problems down again that were typed before."""
        places = sorted({int(key.partition(".")[0]) for key in texts})
        tickets = [Ticket(**{part: texts.get(f"{place}.{part}", "") for part in PARTS}) for place in places]
        self.put(tickets)
        self.edited.emit()

    def put(self, tickets: Sequence[Ticket]) -> None:
        """Write problems down again that were taken back."""
        self.clear()
        for place, ticket in enumerate(tickets):
            if place == len(self.lines):
                self._add()
            line = self.lines[place]
            line.content.setPlainText(ticket.content)
            line.sort.pick(ticket.sort)
            line.section.setText(ticket.section)

    def clear(self) -> None:
        """Begin with one empty line."""
        while len(self.lines) > 1:
            line = self.lines.pop()
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        first = self.lines[0]
        first.content.clear()
        first.section.clear()
        first.sort.pick(TicketSort.PROBLEM)

    def add_below(self, widget: QWidget) -> None:
        """Put a widget under the lines."""
        self.layout().addWidget(widget)  # pyright: ignore[reportOptionalMemberAccess] - made above

    def come_between(self, before: QWidget, after: QWidget) -> None:
        """Let Tab come from one box to the lines, and go on from them to another."""
        self._before, self._after = before, after
        self._order_tabs()

    def _order_tabs(self) -> None:
        if self._before is None or self._after is None:
            return
        way = [self._before, *(part for line in self.lines for part in line.parts), self._after]
        for one, following in pairwise(way):
            QWidget.setTabOrder(one, following)

    def focus_first(self) -> None:
        """Go to the first line."""
        self.lines[0].content.setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if is_enter(event) and isinstance(watched, QWidget):
            self._move_on(watched)
            return True
        return super().eventFilter(watched, event)

    def _move_on(self, watched: QWidget) -> None:
        at = next(place for place, line in enumerate(self.lines) if line.isAncestorOf(watched))
        if not self.lines[at].words:
            self.finished.emit()
            return
        if at + 1 == len(self.lines):
            self._add()
        self.lines[at + 1].content.setFocus(Qt.FocusReason.TabFocusReason)

    def _add(self) -> None:
        line = ProblemLine(self._frame, len(self.lines) + 1)
        line.content.textChanged.connect(self.edited)
        for part in line.parts:
            part.installEventFilter(self)
        if self.lines:
            line.section.setText(self.lines[-1].section.text())
        line.setEnabled(not self._frame.read_only)
        self.lines.append(line)
        self._rows.addWidget(line)
        self._order_tabs()
