"""结果: per question counts and percentages, every line opening the sheets it counts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, cast

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QStackedWidget, QStyleOptionViewItem, QVBoxLayout

from desktop.records.forms import FormIssue, FormReturn
from desktop.records.listing import Query
from desktop.services.desk import Desk
from desktop.ui.boxes import ChoiceBox
from desktop.ui.frame import Frame
from desktop.ui.labels import EmptyState, StatusLabel, Text
from desktop.ui.layouts import hairline, row
from desktop.ui.naming import name, set_property
from desktop.ui.pages.form_sheets import issues_of
from desktop.ui.pages.form_tab import FormTab
from desktop.ui.pages.form_tally import Line, lines_of, sheets_of
from desktop.ui.pages.open_days_records import RecordsDialog
from desktop.ui.plain_table import PlainTable
from desktop.ui.row_delegate import EDGE, RowDelegate
from desktop.ui.tables import Index
from desktop.ui.workroom import Task

BAR = 3
"""The column that shows a share as a bar beside its percentage."""


class ResultDelegate(RowDelegate):
    """Questions stand out, shares have a bar."""

    def __init__(self, table: ResultTable) -> None:
        super().__init__(table, lambda column: False)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self._table.lines[index.row()]
        if line.heading:
            font = QFont(option.font)
            font.setWeight(QFont.Weight.DemiBold)
            option.font = font
        elif index.column() == 0:
            option.rect = option.rect.adjusted(0, 0, 0, 0)
        super().paint(painter, option, index)
        if index.column() == BAR and line.share is not None:
            self._bar(painter, option.rect, line.share)

    def _bar(self, painter: QPainter, rect: QRect, share: float) -> None:
        role, active = QPalette.ColorRole, QPalette.ColorGroup.Active
        room = QRect(rect.x() + EDGE, rect.center().y() - 4, rect.width() - 2 * EDGE, 8)
        painter.fillRect(room, self._table.palette().color(active, role.Shadow))
        room.setWidth(round(room.width() * share))
        painter.fillRect(room, self._table.palette().color(active, role.Dark))


class ResultTable(PlainTable):
    """The lines of a result."""

    def __init__(self) -> None:
        super().__init__("form-results", "结果", ("题目和选项", "份数", "占有效份数", ""), wide=0)
        self.lines: list[Line] = []
        self.setItemDelegate(ResultDelegate(self))
        self.horizontalHeader().setSectionResizeMode(BAR, self.horizontalHeader().ResizeMode.Fixed)
        self.setColumnWidth(BAR, 140)

    def show_lines(self, lines: list[Line]) -> None:
        """Show other lines."""
        self.lines = lines
        self.fill(
            [(("" if line.heading else "　　") + line.text, line.value, line.percent(), "") for line in lines]
        )


class ResultsTab(FormTab):
    """One edition at a time: its questions are what was printed."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        set_property(self, "role", "surface")
        self.edition = name(ChoiceBox([]), "results-edition", "看哪一版的结果")
        self.counts = StatusLabel("results-counts", "份数", "muted", wrap=True)
        self.counts.setMinimumWidth(160)
        self.table = ResultTable()
        self._issues: list[FormIssue] = []
        self._shown: tuple[bytes, ...] | None = None
        self._task: Task | None = None
        self._sides = QStackedWidget()
        self._sides.addWidget(self.table)
        self._sides.addWidget(EmptyState("chart", "还没有结果", "录入收回的表后，这里按题统计份数和比例。"))
        self._sides.setMinimumHeight(60)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        top = row(self.edition, self.counts, margins=(16, 8, 24, 8))
        top.setStretchFactor(self.counts, 1)
        layout.addLayout(top)
        layout.addWidget(self._sides, 1)
        layout.addWidget(hairline())
        layout.addLayout(
            row(
                Text("回车或双击一行，打开它数的那些表；比例都以有效份数为底。", "caption", wrap=True),
                margins=(16, 8, 16, 8),
            )
        )
        self.edition.currentIndexChanged.connect(self._show)
        self.table.doubleClicked.connect(self.open_chosen)
        self.table.installEventFilter(self)

    def refresh(self) -> None:
        """Read issues and sheets again, keeping the edition in sight."""
        if self.form is None:
            return
        self._issues = issues_of(self.frame.desk.books, self.form)
        versions = sorted({issue.version or 1 for issue in self._issues}, reverse=True)
        kept = self.edition.currentData()
        self.edition.blockSignals(True)
        self.edition.clear()
        for version in versions:
            self.edition.addItem(f"第 {version} 版", version)
        if kept in versions:
            self.edition.setCurrentIndex(versions.index(kept))
        self.edition.blockSignals(False)
        self.edition.setVisible(len(versions) > 1)
        self._show()

    def _show(self) -> None:
        """Have the edition in sight counted beside the window; what was shown of it stays until then."""
        issues = [issue for issue in self._issues if issue.version == self.edition.currentData()]
        keys = tuple(issue.id for issue in issues)
        if self._task:
            self._task.cancel()
        if keys != self._shown:
            self._shown = keys
            self._came(None)
            self.counts.say("正在统计…" if issues else "")
        if issues:
            work = partial(_counted, self.frame.desk, keys)
            self._task = self.frame.workroom.look(self, work, done=self._came, failed=self.frame.tell)

    def _came(self, counted: tuple[list[Line], str] | None) -> None:
        lines, words = counted or ([], "")
        here = self.table.row()
        self.table.show_lines(lines)
        if 0 <= here < len(lines):
            self.table.setCurrentIndex(self.table.rows.index(here, 0))
        self.counts.say(words)
        self._sides.setCurrentIndex(0 if lines else 1)

    def eventFilter(self, watched: Any, event: Any) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress
        if pressed and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_chosen()
            return True
        return super().eventFilter(watched, event)

    def open_chosen(self) -> None:
        """Open the sheets behind the line gone to."""
        place = self.table.row()
        if 0 <= place < len(self.table.lines) and self.table.lines[place].sheets:
            line = self.table.lines[place]
            title = f"{line.text[:30]}：{len(line.sheets)} 份"
            RecordsDialog(self.frame, self.window(), title, FormReturn, line.sheets).open()


def _counted(desk: Desk, keys: Sequence[bytes]) -> tuple[list[Line], str]:
    """Return the lines of some issues of one edition and how many sheets came back; for the workroom."""
    issues = cast("list[FormIssue]", desk.books.page(Query(FormIssue, keys=tuple(keys)), 0, len(keys)))
    sheets = sheets_of(desk.books, issues)
    lines = lines_of(desk.forms.paper_of(issues[0]), sheets) if sheets else []
    return lines, desk.forms.tally(issues).words()
