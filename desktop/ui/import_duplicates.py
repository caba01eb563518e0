"""Rows that are there already: the row of the sheet beside the record kept, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSplitter, QStyleOptionViewItem, QWidget

from desktop.records.base import kinds_of
from desktop.records.tickets import Ticket
from desktop.records.visits import Visit
from desktop.services.importing import Duplicate, OnDuplicate
from desktop.ui import buttons
from desktop.ui.labels import StatusLabel, Text
from desktop.ui.layouts import column, holding, row
from desktop.ui.naming import as_tooltip, name
from desktop.ui.row_delegate import RowDelegate, RowTable
from desktop.ui.segments import Segments
from desktop.ui.tables import Index

WORDS = {OnDuplicate.SKIP: "跳过", OnDuplicate.UPDATE: "更新", OnDuplicate.ADD: "新增"}
CHOICES = {word: choice for choice, word in WORDS.items()}
MEANING = {
    OnDuplicate.SKIP: "跳过：表格里的这一行不导入",
    OnDuplicate.UPDATE: "更新：用表格里有内容的栏目改写已有记录，空栏不动",
    OnDuplicate.ADD: "新增：不是同一条，两条都要",
}
FILLING = "更新：只补已有的件里空着的栏目，原话和填过的不动"
FILLING_VISITS = "更新：只补已有的走访里空着的栏目，填过的不动"
KEYS = {
    Qt.Key.Key_1.value: OnDuplicate.SKIP,
    Qt.Key.Key_2.value: OnDuplicate.UPDATE,
    Qt.Key.Key_3.value: OnDuplicate.ADD,
}
UNDECIDED = "待定"


class _Duplicates(QAbstractTableModel):
    """The duplicates with what was decided."""

    HEADINGS = ("行号", "名称", "哪里相同", "处理")

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Duplicate] = ()
        self.decisions: dict[int, OnDuplicate] = {}

    def fill(self, rows: Sequence[Duplicate], decisions: dict[int, OnDuplicate]) -> None:
        self.beginResetModel()
        self.rows, self.decisions = rows, decisions
        self.endResetModel()

    def told(self) -> None:
        """Show that decisions changed."""
        if self.rows:
            self.dataChanged.emit(self.index(0, 3), self.index(len(self.rows) - 1, 3))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.HEADINGS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        found = self.rows[index.row()]
        decided = self.decisions.get(found.row)
        shown = (
            str(found.row), found.record.caption(), found.reason, WORDS[decided] if decided else UNDECIDED
        )[index.column()]  # fmt: skip
        return shown if role == Qt.ItemDataRole.DisplayRole else as_tooltip(shown)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.HEADINGS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class _Comparison(QAbstractTableModel):
    """Two records field by field; what differs is marked with a sign and a tint."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[tuple[str, str, str, bool]] = []
        self.headings = ("", "栏目", "表格", "已有")
        self.tint = QColor("#FFF4DC")

    def compare(self, duplicate: Duplicate | None, fields: Sequence[str]) -> None:
        self.beginResetModel()
        self.lines = _compared(duplicate, fields) if duplicate else []
        if duplicate:
            kept = "已有记录" if duplicate.other_row is None else f"表格第 {duplicate.other_row} 行"
            self.headings = ("", "栏目", f"表格第 {duplicate.row} 行", kept)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        label, sheet, kept, differs = self.lines[index.row()]
        if role == Qt.ItemDataRole.BackgroundRole and differs:
            return QBrush(self.tint)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        text = ("≠" if differs else "", label, sheet, kept)[index.column()]
        return text if role == Qt.ItemDataRole.DisplayRole else as_tooltip(text)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


def _compared(duplicate: Duplicate, fields: Sequence[str]) -> list[tuple[str, str, str, bool]]:
    """Return the fields that either record has, those from the sheet first to tell what an update would do."""
    record, kept = duplicate.record, duplicate.other
    lines = []
    if duplicate.beside and any(duplicate.beside[1:]):
        label, mine, theirs = duplicate.beside
        lines.append((label, mine, theirs, bool(mine) and mine != theirs))
    for kind in kinds_of(type(record)):
        mine, theirs = kind.show(getattr(record, kind.name)), kind.show(getattr(kept, kind.name))
        if kind.name not in fields:
            mine = ""
        if mine or theirs:
            lines.append((kind.label, mine, theirs, bool(mine) and mine != theirs))
    return sorted(lines, key=lambda line: not line[3])


class DuplicatesSide(QWidget):
    """The list of duplicates at the left, the comparison of one at the right; keys 1 2 3 decide."""

    decided = Signal()

    def __init__(self, tint: str) -> None:
        super().__init__()
        name(self, "import-duplicates", "重复的行")
        self._model, self._comparison = _Duplicates(), _Comparison()
        self._comparison.tint = QColor(tint)
        self._fields: tuple[str, ...] = ()
        self.list = _table("import-duplicate-list", "重复的行", self._model, (64, 120, 170, 72), 2)
        self.list.selectionModel().currentRowChanged.connect(self._went)
        self.list.installEventFilter(self)
        self._beside = _table(
            "import-comparison", "与已有记录的比较", self._comparison, (36, 96, 150, 150), 2, 3
        )
        self._beside.setItemDelegate(_Tinted(self._beside, _never))
        self._beside.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._reason = StatusLabel("import-duplicate-reason", "为什么算重复", wrap=True)
        self._choice = Segments("这一行", tuple(CHOICES), clearable=False)
        self._choice.picked.connect(self._picked)
        for word, button in self._choice.buttons.items():
            button.setToolTip(MEANING[CHOICES[word]])
        self._meaning = StatusLabel("import-duplicate-meaning", "这样处理", "muted", wrap=True)
        right = column(
            self._reason, self._beside, row(Text("这一行"), self._choice, None), self._meaning,
            margins=(12, 0, 0, 0),
        )  # fmt: skip
        right.setStretch(1, 1)
        splitter = name(
            QSplitter(Qt.Orientation.Horizontal), "import-duplicates-splitter", "列表与比较的分隔"
        )
        splitter.addWidget(self.list)
        splitter.addWidget(holding(right))
        splitter.setSizes([440, 520])
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        body = column(self._for_all(), splitter)
        body.setStretch(1, 1)
        self.setLayout(body)
        self.setFocusProxy(self.list)

    def _for_all(self) -> QWidget:
        line = row(Text("全部重复的行", "muted"), gap=4)
        for word, choice in CHOICES.items():
            button = buttons.plain(f"全部{word}", f"import-all-{choice.value}")
            button.setProperty("choice", choice.value)
            button.setToolTip(MEANING[choice])
            button.clicked.connect(self._picked_for_all)
            line.addWidget(button)
        line.addStretch(1)
        line.addWidget(Text("在列表里按 1 跳过、2 更新、3 新增", "caption"))
        return holding(line)

    def fill(
        self, rows: Sequence[Duplicate], decisions: dict[int, OnDuplicate], fields: Sequence[str]
    ) -> None:
        """Show duplicates; `decisions` is written to, `fields` are those the sheet brings."""
        self._fields = tuple(fields)
        self._model.fill(rows, decisions)
        if rows:
            self.list.setCurrentIndex(self._model.index(0, 0))
        else:
            self._show(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        key = event.key() if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else 0
        if choice := KEYS.get(key):
            self._decide(choice)
            self._next()
            return True
        return super().eventFilter(watched, event)

    def _current(self) -> Duplicate | None:
        place = self.list.currentIndex().row()
        return self._model.rows[place] if 0 <= place < len(self._model.rows) else None

    def _went(self) -> None:
        self._show(self._current())

    def _show(self, duplicate: Duplicate | None) -> None:
        self._comparison.compare(duplicate, self._fields)
        if duplicate is None:
            self._reason.say("没有重复的行")
        else:
            like = "已有的" if duplicate.other_row is None else f"表格第 {duplicate.other_row} 行的"
            told = f"第 {duplicate.row} 行与{like}{duplicate.other.told_apart()}：{duplicate.reason}"
            self._reason.say(f"{told}；{duplicate.evidence}" if duplicate.evidence else told)
        self._show_choice()

    def _show_choice(self) -> None:
        found = self._current()
        choice = self._model.decisions.get(found.row) if found else None
        self._choice.setEnabled(found is not None)
        self._choice.pick(WORDS[choice] if choice else "")
        told = MEANING[choice] if choice else "还没有定；不处理就跳过"
        if found and choice is OnDuplicate.UPDATE and isinstance(found.record, Ticket | Visit):
            told = FILLING if isinstance(found.record, Ticket) else FILLING_VISITS
        self._meaning.say(told)

    def _picked(self, word: str) -> None:
        if word:
            self._decide(CHOICES[word])

    def _picked_for_all(self) -> None:
        choice = OnDuplicate(str(self.sender().property("choice")))
        for duplicate in self._model.rows:
            self._model.decisions[duplicate.row] = choice
        self._tell()

    def _decide(self, choice: OnDuplicate) -> None:
        if found := self._current():
            self._model.decisions[found.row] = choice
            self._tell()

    def _tell(self) -> None:
        self._model.told()
        self._show_choice()
        self.decided.emit()

    def _next(self) -> None:
        place = self.list.currentIndex().row() + 1
        if place < len(self._model.rows):
            self.list.setCurrentIndex(self._model.index(place, 0))


def _never(column: int) -> bool:
    return False


class _Tinted(RowDelegate):
    """Paints the ground of lines that differ."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if tint := index.data(Qt.ItemDataRole.BackgroundRole):
            painter.fillRect(QRect(option.rect), tint)
        super().paint(painter, option, index)


def _table(
    identifier: str, label: str, model: QAbstractTableModel, widths: Sequence[int], *stretched: int
) -> RowTable:
    table = name(RowTable(), identifier, label)
    table.setModel(model)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    header = name(table.horizontalHeader(), f"{identifier}-header", "列标题")
    for section, width in enumerate(widths):
        header.resizeSection(section, width)
    for section in stretched:
        header.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)
    return table
