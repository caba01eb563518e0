"""The line that says on which printer, how often and on which sides; behind a button what is rarely wanted."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.records.printers import Sides, Ticket
from desktop.ui import buttons
from desktop.ui.boxes import ChoiceBox
from desktop.ui.labels import StatusLabel, Text
from desktop.ui.layouts import row
from desktop.ui.naming import name
from desktop.ui.print_options import number_box

MOST_COPIES = 999
SIDES = (
    ("单双面照旧", Sides.PRINTER),
    ("单面", Sides.ONE),
    ("双面，长边翻", Sides.LONG),
    ("双面，短边翻", Sides.SHORT),
)
LAST_PRINTER, LAST_SIDES = "print/printer", "print/sides"


class PrinterLine(QWidget):
    """Printer, copies, sides; `ticket` says them. What was printed on last is chosen again.

    It is there before the printers are known: `show_printers` fills it.
    """

    calibrate_asked = Signal()
    system_asked = Signal()
    page_asked = Signal()

    def __init__(self, memory: QSettings) -> None:
        super().__init__()
        name(self, "printer-line", "打印机")
        self._memory = memory
        self.names: list[str] | None = None
        self._words = StatusLabel("print-no-printer", "打印机", "muted")
        self._words.say("正在查找打印机…")
        self._line = row(self._words)
        self.setLayout(self._line)

    def show_printers(self, names: list[str]) -> None:
        """Offer the printers there are; without any say what can be done instead."""
        self.names = names
        self._words.say("" if names else "这台电脑上没有打印机，可以存为 PDF 到别处打印")
        self._words.setVisible(not names)
        if names:
            self._make(names)

    def _make(self, names: list[str]) -> None:
        self.box = name(ChoiceBox(names), "print-printer", "打印机")
        self.box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(14)
        self.box.setToolTip("用哪台打印机")
        self._copies = number_box("print-times", "每份印几遍", MOST_COPIES)
        self._copies.fill("1")
        self._copies.setToolTip("多份时一份一份印齐")
        self._sides = name(ChoiceBox([words for words, _ in SIDES]), "print-sides", "单面还是双面")
        self._sides.setToolTip("照旧：按打印机自己的设置")
        self._offer_last(names)
        self._more = QMenu(self)
        self.page = self._entry("只印当前这一页（不登记）", "print-this-page", self.page_asked)
        self.calibrate = self._entry("校准打印机…", "print-calibrate", self.calibrate_asked)
        self.system = self._entry("系统打印选项…", "print-system", self.system_asked)
        more = buttons.menu_tool("more", "print-more", "更多打印选项", self._more)
        for part in (self.box, Text("份数"), self._copies, self._sides, more):
            self._line.addWidget(part)

    def allow(self, *, page: bool, papers: bool) -> None:
        """Say whether the page in front, and whether the papers can be printed."""
        if self.names:
            self.page.setEnabled(page)
            self.system.setEnabled(papers)

    def _entry(self, words: str, identifier: str, asked: SignalInstance) -> QAction:
        made = self._more.addAction(words)
        made.setObjectName(identifier)
        made.triggered.connect(asked)
        return made

    def _offer_last(self, names: list[str]) -> None:
        if (last := str(self._memory.value(LAST_PRINTER, ""))) in names:
            self.box.setCurrentText(last)
        sides = str(self._memory.value(LAST_SIDES, ""))
        self._sides.setCurrentIndex(next((at for at, (_, kept) in enumerate(SIDES) if kept == sides), 0))

    def ticket(self) -> Ticket:
        """Return what is chosen."""
        sides = SIDES[self._sides.currentIndex()][1]
        copies = max(int(self._copies.typed() or 1), 1)
        return Ticket(self.box.currentText(), copies=copies, sides=sides)

    def remember(self) -> None:
        """Keep what was printed on for the next time."""
        self._memory.setValue(LAST_PRINTER, self.box.currentText())
        self._memory.setValue(LAST_SIDES, SIDES[self._sides.currentIndex()][1].value)
