"""The second step of an import: which sheet, which row holds the headings, which column is which field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from desktop.errors import UserError
from desktop.exchange.book import Book, Sheet
from desktop.exchange.cells import shown
from desktop.exchange.headings import Mapping, fitting, letter, match
from desktop.exchange.roster import extras, importable, needed
from desktop.records.base import Record
from desktop.ui.boxes import ChoiceBox
from desktop.ui.labels import Banner, Text, Tone
from desktop.ui.layouts import column, holding, row
from desktop.ui.naming import as_tooltip, name
from desktop.ui.row_delegate import RowTable
from desktop.ui.tables import Index

SEARCHED, SAMPLES, SAMPLE_ROWS = 20, 4, 30
HEADINGS = ("列", "表格里的标题", "前几行的内容", "导入到", "")
LEFT_OUT = "不导入"
WIDTHS = (48, 180, 300, 184)


@dataclass(frozen=True, slots=True)
class _Line:
    """One column of the sheet as the step shows it."""

    index: int
    heading: str
    values: str
    field: str
    state: str


class _Lines(QAbstractTableModel):
    """The columns of a sheet."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[_Line] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(HEADINGS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        line = self.lines[index.row()]
        text = (letter(line.index), line.heading, line.values, "", line.state)[index.column()]
        return text if role == Qt.ItemDataRole.DisplayRole else as_tooltip(text)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADINGS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class _ColumnTable(RowTable):
    """Rows high enough for a box in them."""

    def _row_height(self) -> None:
        self.verticalHeader().setDefaultSectionSize(round(self.fontMetrics().height() * 0.5) * 2 + 24)


class ColumnsStep(QWidget):
    """Shows what was guessed and lets everything be changed; `changed` says that the mapping is another."""

    changed = Signal()

    def __init__(self, model: type[Record]) -> None:
        super().__init__()
        name(self, "import-columns", "核对栏目")
        self._kinds, self._extra = importable(model), extras(model)
        self._labels = {kind.name: kind.label for kind in self._kinds} | {
            field.name: field.label for field in self._extra
        }
        self._required = {kind.name for kind in self._kinds if needed(kind)}
        self._book: Book | None = None
        self.mapping: Mapping | None = None
        self.fault = ""
        self._overrides: dict[int, str | None] = {}
        self._heading: int | None = None
        self._boxes: list[ChoiceBox] = []
        self._sheets = name(ChoiceBox(()), "import-sheet", "工作表")
        self._headings = name(ChoiceBox(()), "import-heading-row", "标题行")
        self._sheets.activated.connect(self._sheet_picked)
        self._headings.activated.connect(self._heading_picked)
        self._sheets.setMinimumWidth(180)
        self._headings.setMinimumWidth(420)
        self._headings.setMaximumWidth(560)
        self.notes = Banner("import-notes", "文件说明")
        self.faults = Banner("import-columns-fault", "栏目")
        self._lines = _Lines()
        self._table = self._make_table()
        top = row(Text("工作表"), self._sheets, 8, Text("标题行"), self._headings, None)
        body = column(top, self.notes, self._table, self.faults)
        body.setStretch(2, 1)
        self.setLayout(body)

    def _make_table(self) -> RowTable:
        table = name(_ColumnTable(), "import-column-list", "表格的各列")
        table.setModel(self._lines)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header = name(table.horizontalHeader(), "import-column-header", "列标题")
        for section, width in enumerate(WIDTHS):
            header.resizeSection(section, width)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(4, 130)
        return table

    # -- the sheet

    @property
    def sheet(self) -> Sheet:
        """The sheet chosen."""
        assert self._book is not None
        return self._book.sheets[int(self._sheets.currentData())]

    def show_book(self, book: Book) -> None:
        """Show a book that was read; raises UserError where it has no sheet to import."""
        first = fitting(book, self._kinds, extra=self._extra)
        self._book = book
        self._sheets.clear()
        for place, sheet in enumerate(book.sheets):
            hidden = "（隐藏）" if sheet.hidden else ""
            empty = f"{len(sheet.rows):,} 行" if sheet.rows else "空"
            self._sheets.addItem(f"{sheet.name}{hidden}  {empty}", place)
        self._sheets.setCurrentIndex(book.sheets.index(first))
        self._sheets.setEnabled(len(book.sheets) > 1)
        self.notes.say("\n".join(book.notes), Tone.WARN)
        self._start()

    def _start(self) -> None:
        """Guess anew for the sheet chosen."""
        self._overrides, self._heading = {}, None
        self._match()
        self._fill_headings()

    def _sheet_picked(self) -> None:
        self._start()
        self.changed.emit()

    def _heading_picked(self) -> None:
        self._heading, self._overrides = int(self._headings.currentData()), {}
        self._match()
        self.changed.emit()

    def _fill_headings(self) -> None:
        self._headings.clear()
        for line in self.sheet.rows[:SEARCHED]:
            words = " ".join(shown(cell).strip() for cell in line.cells if cell is not None)
            self._headings.addItem(f"第 {line.number} 行：{' '.join(words.split())[:40]}", line.number)
        if self.mapping:
            self._headings.setCurrentIndex(self._headings.findData(self.mapping.heading_row))

    # -- the columns

    def _match(self) -> None:
        try:
            self.mapping = match(
                self.sheet,
                self._kinds,
                extra=self._extra,
                overrides=self._overrides,
                heading_row=self._heading,
            )
            fault = self.mapping.fault()
        except UserError as error:
            self.mapping, fault = None, error
        self.fault = fault.message if fault else ""
        self.faults.say(self.fault, Tone.LATE)
        self._show_lines()

    def _show_lines(self) -> None:
        lines = self._lines_of(self.mapping) if self.mapping else []
        same = [line.index for line in lines] == [line.index for line in self._lines.lines]
        if not same:
            self._lines.beginResetModel()
        self._lines.lines = lines
        if not same:
            self._lines.endResetModel()
            self._make_boxes()
        else:
            self._lines.dataChanged.emit(
                self._lines.index(0, 0), self._lines.index(max(len(lines) - 1, 0), 4)
            )
        for line, box in zip(lines, self._boxes, strict=True):
            box.blockSignals(True)
            box.setCurrentIndex(max(box.findData(line.field), 0))
            box.blockSignals(False)
            box.setAccessibleName(f"{letter(line.index)} 列“{line.heading}”导入到")

    def _make_boxes(self) -> None:
        self._boxes = []
        for place, line in enumerate(self._lines.lines):
            box = name(ChoiceBox(()), f"import-column-{letter(line.index)}", f"{letter(line.index)} 列导入到")
            box.addItem(LEFT_OUT, "")
            for field, label in self._labels.items():
                box.addItem(f"{label}（必填）" if field in self._required else label, field)
            box.setProperty("column", line.index)
            box.activated.connect(self._field_picked)
            self._table.setIndexWidget(self._lines.index(place, 3), holding(row(box, margins=(0, 3, 8, 4))))
            self._boxes.append(box)

    def _field_picked(self) -> None:
        box = self.sender()
        assert isinstance(box, ChoiceBox)
        self._overrides[int(box.property("column"))] = str(box.currentData() or "") or None
        self._match()
        self.changed.emit()

    def _lines_of(self, mapping: Mapping) -> list[_Line]:
        below = [row for row in self.sheet.rows if row.number > mapping.heading_row][:SAMPLE_ROWS]
        found = {column.index: column for column in mapping.columns}
        doubted = {column.index for doubt in mapping.ambiguous for column in doubt.columns}
        width = max((len(row.cells) for row in below), default=0)
        lines = []
        for index in sorted({*found, *range(width)}):
            values = _values(below, index)
            known = found.get(index)
            if known is None and not values:
                continue
            field = (known.field if known else None) or ""
            state = "! 两列相同" if index in doubted else "✓" if field else ""
            lines.append(_Line(index, known.heading if known else "", values, field, state))
        return lines


def _values(rows: list[Any], index: int) -> str:
    """Return the first few values of a column that differ."""
    found: dict[str, None] = {}
    for line in rows:
        if index < len(line.cells) and (text := " ".join(shown(line.cells[index]).split())):
            found[text[:24]] = None
            if len(found) == SAMPLES:
                break
    return " | ".join(found)
