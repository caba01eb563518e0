"""What may be said of each paper beyond whom it is for: size, postcode, first label, empty rows."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.records.pack import PaperOptions, Postcode
from desktop.services.papers import Paper
from desktop.ui.boxes import ChoiceBox, LineBox
from desktop.ui.labels import Text
from desktop.ui.layouts import Part, row
from desktop.ui.naming import name

MOST_ROWS, MOST_LABELS = 500, 99


def number_box(identifier: str, label: str, most: int, columns: int = 4, least: int = 1) -> LineBox:
    """Return a box for a number from `least` to `most`."""
    box = name(LineBox(columns), identifier, label)
    box.setValidator(QIntValidator(least, most, box))
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    return box


class OptionsRow(QWidget):
    """The options of one paper in a line, built from what the table of papers says of it.

    They begin as that paper was printed last, but for the first label and whole numbers: those are of one print.
    """

    changed = Signal()

    def __init__(self, paper: Paper, memory: QSettings) -> None:
        super().__init__()
        self._memory, self._place = memory, f"print/options/{paper.name}"
        name(self, f"print-options-{paper.name}", f"{paper.label}的选项")
        parts: list[Part] = []
        self._size: ChoiceBox | None = None
        self._postcode: ChoiceBox | None = None
        self._sender: QCheckBox | None = None
        self._start: LineBox | None = None
        self._rows: LineBox | None = None
        self._full: QCheckBox | None = None
        if paper.sizes:
            self._size = name(ChoiceBox(list(paper.sizes)), f"print-size-{paper.name}", f"{paper.label}规格")
            self._size.activated.connect(self.changed)
            self._size.setMinimumContentsLength(max(map(len, paper.sizes)) + 2)
            parts.append(self._size)
        if paper.postcodes:
            words = [way.value for way in Postcode]
            self._postcode = name(ChoiceBox(words), "print-postcode", "邮政编码")
            self._postcode.setToolTip("邮政编码印在哪里")
            self._postcode.setSizeAdjustPolicy(
                ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            self._postcode.setMinimumContentsLength(11)
            self._postcode.activated.connect(self.changed)
            self._sender = name(QCheckBox("寄信人"), "print-sender", "印寄信人")
            self._sender.setToolTip("信封上已经印好单位名称和地址的，不要勾")
            self._sender.setChecked(True)
            self._sender.toggled.connect(self.changed)
            parts += [self._postcode, self._sender]
        if paper.starts:
            self._start = self._number("print-start", "从第几枚标签开始用", MOST_LABELS, "1")
            parts += [Text("从第"), self._start, Text("枚用起")]
        if paper.walk_ins:
            self._rows = self._number("print-blank-rows", "末尾空行", MOST_ROWS, "5", least=0)
            parts += [Text("末尾留空行"), self._rows]
        if paper.masks:
            self._full = name(QCheckBox("号码不打码"), f"print-full-{paper.name}", "印完整的手机号和身份证号")
            self._full.setToolTip("印出完整的手机号和身份证号；只在本单位存档用时勾选")
            self._full.toggled.connect(self.changed)
            parts.append(self._full)
        self.is_empty = not parts
        self.setLayout(row(*parts, None))
        self._bring_back()

    def _number(self, identifier: str, label: str, most: int, first: str, least: int = 1) -> LineBox:
        box = number_box(identifier, label, most, least=least)
        box.fill(first)
        box.textChanged.connect(self.changed)
        return box

    def remember(self) -> None:
        """Keep what is chosen for the next time this paper is printed."""
        chosen = self.options()
        for key, box, value in (
            ("size", self._size, chosen.size),
            ("postcode", self._postcode, chosen.postcode.value),
            ("sender", self._sender, str(int(chosen.sender))),
            ("rows", self._rows, str(chosen.blank_rows)),
        ):
            if box is not None:
                self._memory.setValue(f"{self._place}/{key}", value)

    def _bring_back(self) -> None:
        def kept(key: str) -> str:
            return str(self._memory.value(f"{self._place}/{key}", ""))

        for box, key in ((self._size, "size"), (self._postcode, "postcode")):
            if box is not None and (place := box.findText(kept(key))) >= 0:
                box.setCurrentIndex(place)
        if self._sender is not None and kept("sender"):
            self._sender.setChecked(kept("sender") != "0")
        if self._rows is not None and kept("rows").isdecimal():
            self._rows.fill(kept("rows"))

    def options(self) -> PaperOptions:
        """Return what is chosen; an emptied number means the usual one."""
        usual = PaperOptions()
        return PaperOptions(
            size=self._size.currentText() if self._size else "",
            start=int(self._start.typed() or usual.start) if self._start else usual.start,
            postcode=Postcode(self._postcode.currentText()) if self._postcode else usual.postcode,
            sender=self._sender.isChecked() if self._sender else usual.sender,
            full_numbers=self._full.isChecked() if self._full else usual.full_numbers,
            blank_rows=int(self._rows.typed() or usual.blank_rows) if self._rows else usual.blank_rows,
        )
