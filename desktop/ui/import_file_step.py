"""The first step of an import: which file, and for a text file in doubt which encoding."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QRadioButton, QWidget

from desktop.ui import buttons
from desktop.ui.import_reading import Sample
from desktop.ui.labels import IconLabel, StatusLabel, Text
from desktop.ui.layouts import column, holding, row
from desktop.ui.naming import name
from desktop.ui.scrolled import Scrolled
from desktop.ui.tints import Tint

KINDS = (("表格文件", "*.xlsx *.xls *.xlsm *.csv *.txt"),)
CALLED = {
    "utf-8": "UTF-8（通用）",
    "gb18030": "GB18030 / GBK（简体中文 Excel）",
    "big5": "Big5（繁体中文）",
    "utf-16": "UTF-16（Unicode 文本）",
}


class FileStep(QWidget):
    """A place to drop a file on, or a button to choose one; `chosen` carries it, `encoded` an encoding."""

    choosing = Signal()
    chosen = Signal(object)
    encoded = Signal(str)

    def __init__(self, what: str) -> None:
        super().__init__()
        name(self, "import-file", "选择文件")
        self.setAcceptDrops(True)
        self._choose = buttons.primary("选择文件…", "import-choose", "folder-open")
        self._choose.clicked.connect(self.choosing)
        self._file = StatusLabel("import-file-name", "文件", "muted")
        plate = QFrame()
        plate.setProperty("role", "card")
        middle = Qt.AlignmentFlag.AlignHCenter
        inside = column(None, gap=8, margins=(24, 24, 24, 24))
        inside.addWidget(IconLabel("file-spreadsheet", Tint.MUTED, 40), 0, middle)
        inside.addWidget(Text(f"把{what}名单的文件拖到这里", "heading"), 0, middle)
        inside.addWidget(
            Text("Excel 工作簿（xlsx、xls）或 csv 文本。先看清楚再写入，确定以前什么都不会改。", "muted"),
            0,
            middle,
        )
        inside.addSpacing(8)
        inside.addWidget(self._choose, 0, middle)
        inside.addWidget(self._file, 0, middle)
        inside.addStretch(1)
        plate.setLayout(inside)
        self._encodings = _Encodings()
        self._encodings.picked.connect(self.encoded)
        body = column(plate, self._encodings, gap=16)
        body.setStretch(0, 1)
        self.setLayout(column(Scrolled(holding(body), "import-file-scroll", "选择文件")))
        self.setFocusProxy(self._choose)

    def tell(self, path: Path) -> None:
        """Say which file is read."""
        self._file.say(path.name)

    def offer(self, found: list[Sample], used: str | None) -> None:
        """Show how the file begins in each encoding; an empty list hides the choice."""
        self._encodings.fill(found, used)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file_of(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if path := _file_of(event):
            event.acceptProposedAction()
            self.chosen.emit(path)


def _file_of(event: QDropEvent) -> Path | None:
    """Return the one local file that is dragged, or None."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


class _Encodings(QFrame):
    """One line an encoding, with the beginning of the file as it reads in it."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        name(self, "import-encodings", "文件的编码")
        self.setProperty("role", "card")
        self._group = QButtonGroup(self)
        self._lines = column(gap=4)
        self._go = buttons.plain("按这种编码读取", "import-encode", "check")
        self._go.clicked.connect(self._pick)
        head = Text("哪一行读得通？选中它，再读取", "heading")
        self.setLayout(column(head, self._lines, row(None, self._go), margins=(16, 12, 16, 12)))
        self.hide()

    def fill(self, found: list[Sample], used: str | None) -> None:
        while item := self._lines.takeAt(0):
            if widget := item.widget():
                self._group.removeButton(widget) if isinstance(widget, QRadioButton) else None
                widget.deleteLater()
        readable = [sample for sample in found if sample.lines]
        for sample in readable:
            button = name(
                QRadioButton(CALLED[sample.encoding]), f"encoding-{sample.encoding}", CALLED[sample.encoding]
            )
            button.setProperty("encoding", sample.encoding)
            button.setChecked(sample.encoding == used)
            button.setAccessibleDescription(";".join(sample.lines))
            self._group.addButton(button)
            self._lines.addWidget(button)
            shown = Text("\n".join(line[:70] for line in sample.lines[:2]), "muted")
            shown.setContentsMargins(28, 0, 0, 4)
            self._lines.addWidget(shown)
        if readable and self._group.checkedButton() is None:
            self._group.buttons()[0].setChecked(True)
        self.setVisible(bool(readable))

    def _pick(self) -> None:
        if button := self._group.checkedButton():
            self.picked.emit(str(button.property("encoding")))
