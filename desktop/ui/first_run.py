"""The first window: a new office in four lines, one opened before, or a sample to look around in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.files import is_reachable
from desktop.paths import OFFICE_SUFFIX
from desktop.records.base import Record
from desktop.records.staff import Office
from desktop.ui import buttons, icons
from desktop.ui.ask import Ask
from desktop.ui.boxes import LineBox
from desktop.ui.form import FieldForm
from desktop.ui.labels import Banner, IconLabel, StatusLabel, Text, Tone
from desktop.ui.layouts import column, holding, row
from desktop.ui.naming import name, set_property
from desktop.ui.password_box import NewPassword, form_rows
from desktop.ui.progress import ProgressPanel
from desktop.ui.sections import Section
from desktop.ui.tints import Tint

KINDS = (("开放日数据文件", f"*{OFFICE_SUFFIX}"),)
SHOWN = 5
LOW = 600
"""Height of a small screen: 1366×768 at 150 %."""


class NoBooks:
    """Answers for editable lists while no office is open: there are none."""

    def words(self, terms: str) -> list[str]:
        """Return no words."""
        return []

    def find(self, model: type[Record], text: str, limit: int = 20) -> list[Record]:
        """Return no records."""
        return []


class FirstRun(QWidget):
    """Signals say what is wanted: `make(path, office, password)`, `open_file(path)`, `sample(folder)`."""

    make = Signal(object, object, str)
    open_file = Signal(object)
    sample = Signal(object)

    def __init__(self, ask: Ask, suggested: Path, recent: Sequence[Path]) -> None:
        super().__init__()
        self.setObjectName("first-run")
        self.setWindowTitle("开放日工作台")
        self.setWindowIcon(icons.icon("openday"))
        self._ask, self._path = ask, suggested
        self.banner = Banner("first-run-banner")
        self.progress = ProgressPanel("first-run-progress", may_stop=False)
        fields = ("name", "letterhead", "signature", "reply_days")
        self.form = FieldForm(Office, (Section("", fields),), NoBooks())
        if isinstance(head := self.form.box("letterhead").widget, LineBox):
            head.set_columns(46)  # as wide as the two names it follows
        self.where = StatusLabel("first-run-path", "数据文件", "caption", wrap=True)
        self.where.say(str(suggested))
        self.go = buttons.primary("建立本单位", "make-office")
        self.go.clicked.connect(self._make)
        self.protect = name(
            QCheckBox("给数据文件加口令（整个文件加密，打开时要输入）"), "first-run-protect", "加口令"
        )
        rows = form_rows()
        self.password = NewPassword("first-run", rows, "口令")
        self._password_rows = holding(rows)
        self._password_rows.hide()
        self.protect.toggled.connect(self._protect)
        self.password.entered.connect(self.go.setFocus)
        self.form.finished.connect(self.go.setFocus)
        self.form.load(Office())
        self.form.box("name").edited.connect(self._follow_name)
        self._lay_out(recent)
        growth = self.font().pointSizeF() / 10.5
        self.resize(QSize(round(920 * growth), round(600 * growth)).boundedTo(self.screen().availableSize()))

    def _lay_out(self, recent: Sequence[Path]) -> None:
        self._columns = QWidget(self)
        columns = QHBoxLayout(self._columns)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(24)
        columns.addWidget(self._new_side(), 3)
        columns.addWidget(self._old_side(recent), 2)
        layout = QVBoxLayout(self)
        low = self.screen().availableSize().height() < LOW
        layout.setContentsMargins(*(24, 12, 24, 12) if low else (40, 32, 40, 32))
        layout.setSpacing(8 if low else 16)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(IconLabel("openday", Tint.ACCENT, 32))
        head.addWidget(Text("开放日工作台", "title"))
        head.addStretch(1)
        layout.addLayout(head)
        self._meant = Text("组织部门开放日的名单、邀请函、表单和统计，都在这台电脑上，不联网。", "muted")
        layout.addWidget(self._meant)
        layout.addWidget(self.banner)
        self._offers = row(gap=8)
        layout.addLayout(self._offers)
        layout.addWidget(self.progress)
        layout.addWidget(self._columns, 1)

    def _new_side(self) -> QFrame:
        card, layout = _card("新建本单位")
        layout.addWidget(self.form, 1)
        change = buttons.quiet("更改位置…", "change-path", "folder")
        change.clicked.connect(self._change_path)
        where = QHBoxLayout()
        where.setContentsMargins(16, 0, 16, 0)
        where.addWidget(self.where, 1)
        where.addWidget(change)
        below = QHBoxLayout()
        below.setContentsMargins(16, 0, 16, 0)
        below.addStretch(1)
        below.addWidget(self.go)
        layout.addLayout(column(self.protect, self._password_rows, margins=(16, 0, 16, 0)))
        layout.addLayout(where)
        layout.addLayout(below)
        return card

    def _protect(self, wanted: bool) -> None:
        self._password_rows.setVisible(wanted)
        taller = self._password_rows.sizeHint().height() * (1 if wanted else -1)
        room = self.screen().availableSize().height() - self.y()
        self.resize(self.width(), min(self.height() + taller, room))
        if wanted:
            self.password.setFocus()

    def _old_side(self, recent: Sequence[Path]) -> QFrame:
        card, layout = _card("已有的数据文件")
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 0, 16, 0)
        inner.setSpacing(4)
        there = [path for path in recent if is_reachable(path) and path.is_file()][:SHOWN]
        for number, path in enumerate(there, 1):
            button = buttons.quiet(path.stem, f"recent-{number}", "file-text")
            button.setProperty("path", str(path))
            button.setToolTip(str(path).replace("<", "‹"))
            button.clicked.connect(self._open_recent)
            inner.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if not there:
            inner.addWidget(Text("还没有打开过数据文件。", "muted"))
        layout.addLayout(inner)
        layout.addStretch(1)
        choose = buttons.plain("打开已有…", "open-office", "folder-open")
        choose.clicked.connect(self._open)
        look = buttons.plain("看看示例单位", "sample-office", "eye")
        look.setToolTip("在您选的文件夹里建一个示例单位，有代表、开放日和表单，可以随意试用")
        look.clicked.connect(self._sample)
        below = QVBoxLayout()
        below.setContentsMargins(16, 0, 16, 0)
        below.setSpacing(8)
        below.addWidget(choose)
        below.addWidget(look)
        layout.addLayout(below)
        return card

    def complain(self, words: str) -> None:
        """Say why a file couldn't be opened or made."""
        self.progress.stop()
        self._columns.setEnabled(True)
        self._meant.setVisible(not words)  # the room is needed on a small screen
        self.banner.say(words, Tone.LATE)

    def offer(self, words: QWidget, *verbs: QWidget) -> None:
        """Put below the banner what can be done about what it says."""
        self._offers.addWidget(words, 1)
        for verb in verbs:
            self._offers.addWidget(verb)

    def withdraw(self) -> None:
        """Take away what was offered: what the banner says next is of something else."""
        while item := self._offers.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()

    def wait(self, words: str) -> None:
        """Say what is being done; nothing else is begun meanwhile."""
        self.banner.say("")
        self._columns.setEnabled(False)
        self.progress.start(words)

    def _follow_name(self) -> None:
        """Suggest the letterhead and the signature while nothing else was typed there."""
        typed = self.form.box("name").value().strip()
        for field in ("letterhead", "signature"):
            box = self.form.box(field)
            if box.value() in ("", *(typed[:length] for length in range(len(typed)))):
                box.load(typed)

    def _make(self) -> None:
        office = Office()
        if not self.form.store(office):
            return
        try:
            password = self.password.typed() if self.protect.isChecked() else ""
        except UserError as error:
            self.complain(error.message)
            self.password.setFocus()
            return
        self.make.emit(self._path, office, password)

    def _change_path(self) -> None:
        if path := self._ask.save_as("数据文件存到", str(self._path), KINDS):
            self._path = path
            self.where.say(str(path))

    def _open(self) -> None:
        if path := self._ask.choose_file("打开数据文件", KINDS):
            self.open_file.emit(path)

    def _open_recent(self) -> None:
        self.open_file.emit(Path(self.sender().property("path")))

    def _sample(self) -> None:
        if folder := self._ask.choose_folder("示例单位放到哪个文件夹"):
            self.sample.emit(folder)


def _card(title: str) -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    set_property(card, "role", "card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(8, 16, 8, 16)
    layout.setSpacing(8)
    heading = Text(title, "heading")
    heading.setContentsMargins(8, 0, 0, 0)
    layout.addWidget(heading)
    return card, layout
