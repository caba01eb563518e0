"""刊载统计: how many diaries were published and how often, by medium, level and author; each figure opens its rows."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.records.base import Record
from desktop.records.diaries import Diary, Publication
from desktop.records.listing import Query
from desktop.services.diary_counts import BY, PIECES, TIMES, Published, published
from desktop.services.help_figures import diary_figures
from desktop.ui import buttons
from desktop.ui.boxes import ChoiceBox
from desktop.ui.dialogs import Dialog
from desktop.ui.frame import Frame
from desktop.ui.labels import StatusLabel
from desktop.ui.layouts import row
from desktop.ui.naming import name
from desktop.ui.plain_table import PlainTable
from desktop.ui.segments import Segments

ALL = "全部年份"
YEARS = 12
MOST = 500


class DiaryFigures(Dialog):
    """A table of figures at the left, what stands behind one at the right; Enter opens a diary.

    The column gone to says which figure: 篇 shows diaries, 篇次 shows publications. `opened` gets a diary's key.
    """

    def __init__(self, frame: Frame, parent: QWidget | None, opened: Callable[[bytes], None]) -> None:
        super().__init__(parent, "民情日记刊载统计", "diary-figures-dialog")
        self.frame, self._opened = frame, opened
        self.lines: list[Published] = []
        self._rows: list[Record] = []
        this = datetime.date.today().year
        years = [str(year) for year in range(this, this - YEARS, -1)]
        self.year = name(ChoiceBox([*years, ALL]), "diary-year", "年份")
        self.by = Segments("按什么分列", tuple(BY), clearable=False)
        self.by.pick(next(iter(BY)))
        self.told = StatusLabel("diary-totals", "合计", "strong", wrap=True)
        self.table = PlainTable("diary-lines", "刊载统计", ("分列", PIECES, TIMES), wide=0)
        self.unit = Segments("看篇还是篇次", (PIECES, TIMES), clearable=False)
        self.unit.pick(PIECES)
        self.whose = StatusLabel("diary-whose", "所选的一行", "strong")
        self.rows = PlainTable("diary-rows", "数的是哪些", ("日期", "标题", "作者或刊物"), wide=1)
        self.rows.setToolTip("Enter 打开这一篇")
        self._lay_out()
        self.year.activated.connect(self.refresh)
        self.by.picked.connect(self.refresh)
        self.unit.picked.connect(self._show_rows)
        self.table.selectionModel().currentChanged.connect(self._went)
        self.rows.activated.connect(lambda index: self.open_row(index.row()))
        self.fit(940, 560)
        self.refresh()
        self.table.setFocus()

    def _lay_out(self) -> None:
        self.body.addLayout(row(self.year, self.by, None))
        self.body.addWidget(self.told)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.table, 1)
        right.addLayout(row(self.whose, None, self.unit))
        right.addWidget(self.rows, 1)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addLayout(left, 4)
        both.addLayout(right, 5)
        self.body.addLayout(both, 1)
        close = buttons.plain("关闭", "diary-figures-close")
        close.clicked.connect(self.reject)
        self.footer.addWidget(close)

    @property
    def period(self) -> tuple[datetime.date | None, datetime.date | None]:
        """Return the first and the last day counted; None, None for all years."""
        chosen = self.year.currentText()
        if chosen == ALL:
            return None, None
        return datetime.date(int(chosen), 1, 1), datetime.date(int(chosen), 12, 31)

    def refresh(self) -> None:
        """Count again."""
        first, last = self.period
        written, pieces, times = diary_figures(first, last)
        self.told.say(
            f"写日记 {written.shown()} 篇，刊载 {pieces.shown()} 篇、{times.shown()} 篇次。"
            "同一篇刊载几次只算 1 篇，每次算 1 篇次。"
        )
        whole = Published("全部刊载", list(pieces.records), list(times.records))
        self.lines = [whole, *published(first, last, self.by.value())]
        self.table.fill(
            [(line.words, str(len(line.diaries)), str(len(line.publications))) for line in self.lines]
        )
        self.table.selectRow(0)
        self._show_rows()

    def _went(self, now: QModelIndex) -> None:
        if now.column() in (1, 2):
            self.unit.pick((PIECES, TIMES)[now.column() - 1])
        self._show_rows()

    def _show_rows(self) -> None:
        """Show the diaries or the publications that a figure counts."""
        at = self.table.row()
        if not 0 <= at < len(self.lines):
            self._rows = []
            self.rows.fill([])
            self.whose.say("")
            return
        line, unit = self.lines[at], self.unit.value()
        keys = tuple(line.diaries if unit == PIECES else line.publications)
        query = (
            Query(Diary, keys=keys, sort="written_on")
            if unit == PIECES
            else Query(Publication, keys=keys, sort="on")
        )
        self._rows = self.frame.desk.books.page(query, 0, MOST) if keys else []
        self.whose.say(f"{line.words}：{len(keys):,} {unit}")
        self.rows.fill([_cells(record) for record in self._rows])

    def open_row(self, at: int) -> None:
        """Open the diary of a row."""
        if 0 <= at < len(self._rows):
            record = self._rows[at]
            key = record.diary.id if isinstance(record, Publication) else record.id
            self.accept()
            self._opened(key)


def _cells(record: Record) -> tuple[str, str, str]:
    if isinstance(record, Publication):
        where = f"{record.medium}（{record.level}）" if record.level else record.medium
        return str(record.on), record.diary.caption(), where
    assert isinstance(record, Diary)
    return str(record.written_on), record.caption(), record.author.full_name
