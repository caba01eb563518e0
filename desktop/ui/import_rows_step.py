"""The last step of an import: every row with its fate, the faulty ones first; nothing is written yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from desktop.records.base import Record, kinds_of
from desktop.services.importing import OnDuplicate, Plan
from desktop.ui import buttons
from desktop.ui.import_duplicates import DuplicatesSide
from desktop.ui.import_reading import Prepared
from desktop.ui.labels import Banner, Text, Tone
from desktop.ui.layouts import column, holding, row
from desktop.ui.naming import as_tooltip, name
from desktop.ui.plain_table import PlainTable
from desktop.ui.row_delegate import RowTable
from desktop.ui.tables import Index

MEASURED = 60
"""How many rows decide the widths of columns."""


class _NewRows(QAbstractTableModel):
    """The rows to be added, with the fields that the sheet brings; texts are made as they are painted."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[tuple[int, Record]] = ()
        self._columns: list[tuple[str, Callable[[Record], str]]] = []

    def fill(self, plan: Plan, fields: Sequence[str]) -> None:
        self.beginResetModel()
        self._rows = plan.new
        self._columns = [(kind.label, _shows(kind)) for kind in kinds_of(plan.model) if kind.name in fields]
        if any(plan.identities.values()):
            self._columns.insert(1, ("身份", lambda record: _identities(plan, record)))
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else 1 + len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        number, record = self._rows[index.row()]
        text = self._columns[index.column() - 1][1](record) if index.column() else str(number)
        return text if role == Qt.ItemDataRole.DisplayRole else as_tooltip(text)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section - 1][0] if section else "行号"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


def _shows(kind: Any) -> Callable[[Record], str]:
    def show(record: Record) -> str:
        value = getattr(record, kind.name)
        if value is None or value == "":
            return ""
        return kind.masked_text(value) if kind.masked else kind.show(value).replace("\n", " ")

    return show


def _identities(plan: Plan, record: Record) -> str:
    found = plan.identities.get(record.id, [])
    return "、".join(f"{values.get('level', '')}{values['sort']}" for values in found)


class RowsStep(QWidget):
    """Faults, duplicates, new rows and rows left out, each under its tab with its count."""

    decided = Signal()
    saving = Signal()

    def __init__(self, tint: str) -> None:
        super().__init__()
        name(self, "import-rows", "核对各行")
        self._prepared: Prepared | None = None
        self.decisions: dict[int, OnDuplicate] = {}
        self.summary = Banner("import-summary", "导入结果")
        self.faults = PlainTable(
            "import-faults", "有误的行", ("行号", "列", "标题", "表格里的内容", "哪里不对"), wide=4
        )
        self.duplicates = DuplicatesSide(tint)
        self.duplicates.decided.connect(self._tell)
        self.duplicates.decided.connect(self.decided)
        self._new = _NewRows()
        self.new = _list("import-new", "新增的行", self._new)
        self.left_out = PlainTable("import-left-out", "没有读入的行", ("行号", "原因"), wide=1)
        self.tabs = name(QTabWidget(), "import-tabs", "各行的处理")
        self.tabs.tabBar().setObjectName("import-tab-bar")
        for side in (self._fault_side(), self.duplicates, self.new, self.left_out):
            side.setContentsMargins(0, 8, 0, 0)
            self.tabs.addTab(side, "")
        for table in (self.faults, self.left_out):
            table.horizontalHeader().setResizeContentsPrecision(MEASURED)
        body = column(self.summary, self.tabs)
        body.setStretch(1, 1)
        self.setLayout(body)

    def _fault_side(self) -> QWidget:
        self._save = buttons.plain("有误的行另存…", "import-save-faults", "file-down")
        self._save.clicked.connect(self.saving)
        self._hint = Text("有误的行不会导入。可以另存成表格，改好后再导入那个文件。", "muted")
        body = column(self.faults, row(self._hint, None, self._save))
        body.setStretch(0, 1)
        return holding(body)

    def show_rows(self, prepared: Prepared) -> None:
        """Show what was read."""
        plan = prepared.plan
        self._prepared = prepared
        self.decisions = {found.row: OnDuplicate.ADD for found in plan.duplicates if found.mild}
        fields = [column.field for column in prepared.mapping.columns if column.field]
        self.faults.fill(
            [(str(line.row), line.column, line.heading, line.value, line.message) for line in prepared.faults]
        )
        self.duplicates.fill(plan.duplicates, self.decisions, fields)
        self._new.fill(plan, fields)
        header = self.new.horizontalHeader()
        header.setResizeContentsPrecision(MEASURED)
        self.new.resizeColumnsToContents()
        self.left_out.fill([(str(number), reason) for number, reason in prepared.parsed.ignored])
        self._tell()
        counts = self._counts()
        self.tabs.setCurrentIndex(next((place for place, count in enumerate(counts[:3]) if count), 2))

    def _counts(self) -> tuple[int, int, int, int]:
        assert self._prepared is not None
        plan = self._prepared.plan
        faulty = len(self._prepared.faulty_rows)
        return faulty, len(plan.duplicates), len(plan.new), len(self._prepared.parsed.ignored)

    def decided_as(self, choice: OnDuplicate) -> int:
        """Return how many duplicates were decided so."""
        return sum(decided is choice for decided in self.decisions.values())

    @property
    def waiting(self) -> int:
        """How many duplicates nobody decided on yet."""
        return len(self._prepared.plan.duplicates) - len(self.decisions) if self._prepared else 0

    @property
    def to_write(self) -> int:
        """How many records would be written."""
        written = self.decided_as(OnDuplicate.ADD) + self.decided_as(OnDuplicate.UPDATE)
        return written + (len(self._prepared.plan.new) if self._prepared else 0)

    def words(self) -> str:
        """Return the sentence of the bar: `78 行:74 新增,2 重复待定,2 有误`."""
        assert self._prepared is not None
        faulty, _, new, left_out = self._counts()
        parts = [f"{new + self.decided_as(OnDuplicate.ADD):,} 新增"]
        for choice, word in ((OnDuplicate.UPDATE, "更新"), (OnDuplicate.SKIP, "跳过")):
            if count := self.decided_as(choice):
                parts.append(f"{count:,} {word}")
        if self.waiting:
            parts.append(f"{self.waiting:,} 重复待定")
        parts.append(f"{faulty:,} 有误")
        more = f"；另有 {left_out:,} 行不是数据" if left_out else ""
        more += "".join(f"；{note}" for note in self._prepared.parsed.notes)
        return f"{self._prepared.parsed.read:,} 行：{'，'.join(parts)}{more}"

    def _tell(self) -> None:
        faulty, duplicates, new, left_out = self._counts()
        self.summary.say(self.words(), Tone.WARN if faulty or self.waiting else Tone.DONE)
        for place, (word, count) in enumerate(
            (("有误", faulty), ("重复", duplicates), ("新增", new), ("没有读入", left_out))
        ):
            self.tabs.setTabText(place, f"{word} {count:,}")
            self.tabs.setTabEnabled(place, count > 0)


def _list(identifier: str, label: str, model: QAbstractTableModel) -> RowTable:
    table = name(RowTable(), identifier, label)
    table.setModel(model)
    name(table.horizontalHeader(), f"{identifier}-header", "列标题").setMaximumSectionSize(280)
    return table
