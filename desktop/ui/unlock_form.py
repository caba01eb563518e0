"""What asks for the password of an office file: at its opening, and when the screen was locked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from desktop.ui import buttons
from desktop.ui.boxes import LineBox
from desktop.ui.labels import Banner, IconLabel, Text, Tone
from desktop.ui.layouts import column, holding, row
from desktop.ui.naming import name, set_property
from desktop.ui.password_box import PasswordBox
from desktop.ui.progress import ProgressPanel
from desktop.ui.tints import Tint

FORGOTTEN = "忘了口令：在这里输入恢复单上的恢复码，或请管理员重设。"


class UnlockForm(QFrame):
    """A card with name (where there are several users), password and one button; `told(password, name)`."""

    told = Signal(str, str)

    def __init__(self, title: str, words: str, go: str, *, ask_name: bool = False, user: str = "") -> None:
        super().__init__()
        set_property(self, "role", "card")
        self.name_box = name(LineBox(28), "unlock-name", "姓名")
        self.name_box.setText(user)
        self._asks_name = ask_name
        self.box = PasswordBox("unlock-password", "口令")
        self.go = buttons.primary(go, "unlock-go", "lock-open")
        self.go.clicked.connect(self._tell)
        self.name_box.returnPressed.connect(self.box.setFocus)
        self.box.returnPressed.connect(self._tell)
        self.banner = Banner("unlock-banner")
        self.progress = ProgressPanel("unlock-progress", may_stop=False)
        self._lay_out(title, words)

    def _lay_out(self, title: str, words: str) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        rows = ((("姓名", self.name_box),) if self._asks_name else ()) + (("口令", self.box),)
        for place, (label, box) in enumerate(rows):
            grid.addWidget(Text(label, "muted"), place, 0, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(box, place, 1)
        grid.setColumnStretch(2, 1)
        self._fields = holding(column(holding(grid), row(self.go, None)))
        head = row(IconLabel("lock", Tint.ACCENT, 24), Text(title, "heading"), None, gap=12)
        parts = (head, Text(words, "muted", wrap=True), self.banner, self._fields, self.progress)
        QVBoxLayout(self).addLayout(
            column(*parts, Text(FORGOTTEN, "caption", wrap=True), gap=16, margins=(16, 16, 16, 16))
        )
        if not self._asks_name:
            self.name_box.hide()

    def take_focus(self) -> None:
        """Let typing begin."""
        empty_name = self._asks_name and not self.name_box.text()
        (self.name_box if empty_name else self.box).setFocus(Qt.FocusReason.OtherFocusReason)

    def complain(self, words: str) -> None:
        """Say why it stays shut, and let it be typed again."""
        self.progress.stop()
        self._fields.setEnabled(True)
        self.banner.say(words, Tone.LATE)
        self.box.clear()
        self.box.setFocus()

    def wait(self, words: str) -> None:
        """Say that the password is being looked at."""
        self.banner.say("")
        self._fields.setEnabled(False)
        self.progress.start(words)

    def _tell(self) -> None:
        if not self.box.text():
            self.complain("请输入口令")
            return
        self.told.emit(self.box.text(), self.name_box.text().strip())


def standing_in_middle(form: QWidget, width: int) -> QWidget:
    """Return a surface with a form in its middle."""
    form.setFixedWidth(width)
    around = holding(column(None, row(None, form, None), None))
    around.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    set_property(around, "role", "page")
    return around
