"""A box for a password: dots, unless its eye is open; and a pair of them for a new one, with its strength."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QToolButton

from desktop.errors import UserError
from desktop.records import passwords
from desktop.ui import icons
from desktop.ui.boxes import LineBox
from desktop.ui.labels import StatusLabel, Text
from desktop.ui.naming import name
from desktop.ui.tints import Tint

COLUMNS = 28


class PasswordBox(LineBox):
    """What is typed is hidden; its eye shows it, and lets an input method in."""

    def __init__(self, identifier: str, words: str) -> None:
        super().__init__(COLUMNS)
        name(self, identifier, words)
        self._eye = self.addAction(icons.icon("eye", Tint.MUTED), QLineEdit.ActionPosition.TrailingPosition)
        self._eye.setCheckable(True)
        self._eye.setToolTip("显示口令")
        self._eye.toggled.connect(self._look)
        for button in self.findChildren(QToolButton):
            if not button.objectName():
                name(button, f"{identifier}-eye", f"显示{words}")
        self._look(shown=False)

    def clear(self) -> None:
        self._eye.setChecked(False)
        super().clear()

    def _look(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        if shown:  # nothing that was typed here is to be suggested elsewhere
            self.setInputMethodHints(
                Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
            )


class NewPassword(QObject):
    """A new password, typed twice, as rows of a form; says how hard it is to guess."""

    entered = Signal()
    """Enter was pressed in the last box."""

    def __init__(self, identifier: str, rows: QFormLayout, words: str = "新口令") -> None:
        super().__init__(rows)
        self.first = PasswordBox(f"{identifier}-password", words)
        self.again = PasswordBox(f"{identifier}-again", "再输一遍")
        self.told = StatusLabel(f"{identifier}-strength", "口令强度", "caption")
        self.first.textChanged.connect(self._tell)
        self.first.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self.entered)
        rows.addRow(Text(words, "muted"), self.first)
        rows.addRow(Text("再输一遍", "muted"), self.again)
        rows.addRow("", self.told)
        self._tell("")

    def _tell(self, typed: str) -> None:
        if not typed:
            self.told.say(passwords.ADVICE[passwords.Strength.SHORT])
            return
        found = passwords.strength(typed)
        self.told.say(f"{found}：{passwords.ADVICE[found]}")

    def setFocus(self) -> None:
        """Let typing begin."""
        self.first.setFocus()

    def typed(self) -> str:
        """Return the password; raises UserError where it won't do, or the two differ."""
        password = passwords.checked(self.first.text())
        if self.again.text() != self.first.text():
            self.again.setFocus()
            raise UserError("两遍输入的口令不一样，请重输第二遍", field="password")
        return password


def form_rows() -> QFormLayout:
    """Return an empty form as the password dialogs have it."""
    rows = QFormLayout()
    rows.setHorizontalSpacing(12)
    rows.setVerticalSpacing(8)
    rows.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
    return rows
