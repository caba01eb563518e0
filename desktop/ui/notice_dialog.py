"""录入放假通知: the text of the yearly notice pasted at the left, what was read of it day by day at the right."""

from __future__ import annotations

import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.errors import TroubleError, UserError
from desktop.exchange.plain_text import text_of
from desktop.records.dates import show_day
from desktop.services.holiday_table import Compared, Standing
from desktop.services.notice_text import NoticeText, read_notice
from desktop.ui import buttons
from desktop.ui.boxes import ChoiceBox
from desktop.ui.dialogs import Dialog
from desktop.ui.frame import Frame
from desktop.ui.labels import StatusLabel, Text, Tone
from desktop.ui.layouts import column, row
from desktop.ui.marks import Mark
from desktop.ui.naming import name
from desktop.ui.plain_table import Cell, PlainTable

PAUSE = 250
SIZE = (1080, 620)
BY_TEXT = "按通知里写的年份"
AHEAD = 3
SHOWN_FAULTS = 4
MARKS = {
    Standing.NEW: Mark("新增", Tone.DONE),
    Standing.SAME: Mark("已有", Tone.PLAIN),
    Standing.DIFFERS: Mark("不一致", Tone.WARN),
}
EXAMPLE = (
    "把《国务院办公厅关于……年部分节假日安排的通知》的正文粘贴到这里，例如：\n\n"
    "一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。\n"
    "二、春节：2月15日……"
)


class NoticeDialog(Dialog):
    """Reads while one types; nothing is written before the last button. `taken` carries what was, and the year."""

    taken = Signal(object, int)

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(parent, "录入放假通知", "notice-dialog")
        self.frame = frame
        self._notice: NoticeText | None = None
        self._compared: list[Compared] = []
        self._replaced: set[datetime.date] = set()
        self.text = name(QPlainTextEdit(), "notice-text", "通知正文")
        self.text.setPlaceholderText(EXAMPLE)
        self.text.setTabChangesFocus(True)
        this = datetime.date.today().year
        years = [str(year) for year in range(this + AHEAD, this - AHEAD, -1)]
        self.year = name(ChoiceBox((BY_TEXT, *years)), "notice-year", "年份")
        self.lines = PlainTable(
            "notice-days", "读到的日子", ("日期", "类别", "节日", "比较", "现有", "按哪个"), wide=4
        )
        self.count = StatusLabel("notice-count", "读到多少", "muted")
        self.choice = buttons.quiet(
            "不一致的日子：按这份通知 / 保留现有（空格）", "notice-choice", "arrow-up-down"
        )
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._lay_out()
        self._connect()
        self.fit(*SIZE)
        self._show(None)
        self.text.setFocus()

    def _lay_out(self) -> None:
        self._open = buttons.quiet("从文件读入", "notice-open", "folder-open")
        left = column(
            row(Text("通知正文", "heading"), None, self._open),
            self.text,
            row(Text("年份"), self.year, None),
        )
        right = column(
            row(Text("读到的日子", "heading"), None, self.count), self.lines, row(self.choice, None)
        )
        halves = row(gap=16)
        halves.addLayout(left, 2)
        halves.addLayout(right, 3)
        self.body.addLayout(halves, 1)
        self._go = self.add_buttons("录入")

    def _connect(self) -> None:
        self.text.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self.read)
        self.year.activated.connect(self.read)
        self.choice.clicked.connect(self.turn)
        self.lines.row_chosen.connect(self._tell_choice)
        self.lines.doubleClicked.connect(self.turn)
        buttons.action(self.lines, "按哪个", "Space").triggered.connect(self.turn)
        self._open.clicked.connect(self.open_file)
        self._go.clicked.connect(self.take)

    # -- reading

    def open_file(self) -> None:
        """Read the text from a file."""
        path = self.frame.ask.choose_file("放假通知的文本文件", (("文本文件", "*.txt"), ("所有文件", "*")))
        if path is None:
            return
        try:
            self.text.setPlainText(text_of(path))
        except (UserError, TroubleError) as error:
            self.complain(error.message)
            return
        self.read()

    def read(self) -> None:
        """Read the text anew and show what came of it."""
        self._pause.stop()
        text = self.text.toPlainText()
        chosen = self.year.currentText()
        if not text.strip():
            self._show(None)
            return
        try:
            self._show(read_notice(text, int(chosen) if chosen.isdecimal() else None))
        except UserError as error:
            self._show(None)
            self.complain(error.message)

    def _show(self, notice: NoticeText | None) -> None:
        self._notice, self._replaced = notice, set()
        self._compared = self.frame.desk.holidays.compare(notice) if notice else []
        self._fill()
        faults = notice.faults if notice else []
        more = f"\n……共 {len(faults)} 处" if len(faults) > SHOWN_FAULTS else ""
        told = [f"有 {len(faults)} 处要核对：", *faults[:SHOWN_FAULTS]] if faults else []
        notes = notice.notes[:2] if notice else []
        self.banner.say("\n".join([*told, *notes]) + more, Tone.WARN if faults else Tone.PLAIN)
        self._tell_choice()

    def _fill(self) -> None:
        at = self.lines.row()
        self.lines.fill([self._line(one) for one in self._compared])
        if 0 <= at < len(self._compared):
            self.lines.selectRow(at)
        taken = self._to_write()
        year = f"{self._notice.year} 年（{self._notice.source}）：" if self._notice else ""
        self.count.say(f"{year}{len(self._compared)} 天" if self._compared else "")
        self._go.setText(f"录入 {taken} 天" if taken else "录入")
        self._go.setEnabled(taken > 0)

    def _line(self, one: Compared) -> tuple[Cell, ...]:
        word = ""
        if one.standing is Standing.DIFFERS:
            word = "按这份通知" if one.day.date in self._replaced else "保留现有"
        day = one.day
        return show_day(day.date), day.sort, day.name, MARKS[one.standing], one.before, word

    def _to_write(self) -> int:
        return sum(one.standing is Standing.NEW or one.day.date in self._replaced for one in self._compared)

    # -- choosing and writing

    def turn(self) -> None:
        """Let the notice or what is there hold on the day gone to, where the two disagree."""
        one = self._gone_to()
        if one is not None and one.standing is Standing.DIFFERS:
            self._replaced ^= {one.day.date}
            self._fill()
            self._tell_choice()

    def _gone_to(self) -> Compared | None:
        at = self.lines.row()
        return self._compared[at] if 0 <= at < len(self._compared) else None

    def _tell_choice(self) -> None:
        one = self._gone_to()
        differ = any(line.standing is Standing.DIFFERS for line in self._compared)
        self.choice.setVisible(differ)
        self.choice.setEnabled(one is not None and one.standing is Standing.DIFFERS)

    def take(self) -> None:
        """Keep what was read."""
        if self._pause.isActive():
            self.read()  # what was typed last counts too: it is to be seen before it is kept
            return
        notice = self._notice
        if notice is None or not self._to_write():
            return
        if notice.faults and not self.frame.ask.confirm(
            f"通知里有 {len(notice.faults)} 处对不上，仍要录入读到的 {self._to_write()} 天吗？",
            yes=f"录入这 {self._to_write()} 天",
            no="回去核对",
            detail="\n".join(notice.faults),
        ):
            return
        try:
            taken = self.frame.desk.holidays.take(notice, self._replaced)
        except (UserError, TroubleError) as error:
            self.complain(error.message)
            return
        self.accept()
        self.taken.emit(taken, notice.year)
