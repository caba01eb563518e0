"""Asking the user: one door for every question, with a scripted twin for tests.

Answers are words that state the consequence (`作废这 3 封` / `保留`), never 是/否.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.naming import name, shown_text

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMessageBox

Kinds = Sequence[tuple[str, str]]
"""What files are asked for: (words, patterns), such as ("Excel 工作簿", "*.xlsx *.xls")."""


class Ask(Protocol):
    """The questions a page may ask; each returns when it is answered."""

    def confirm(self, question: str, *, yes: str, no: str = "取消", detail: str = "") -> bool:
        """Return whether the button that says `yes` was pressed."""
        ...

    def choose(self, question: str, answers: Sequence[str], *, detail: str = "") -> str:
        """Return the answer pressed; the last one stands for Escape as well."""
        ...

    def text(self, question: str, *, label: str, value: str = "") -> str | None:
        """Return what was typed, or None where the question was left."""
        ...

    def choose_file(self, title: str, kinds: Kinds) -> Path | None:
        """Return an existing file, or None."""
        ...

    def choose_folder(self, title: str) -> Path | None:
        """Return a folder, or None."""
        ...

    def save_as(self, title: str, suggested: str, kinds: Kinds) -> Path | None:
        """Return the name of a file to write, with its suffix, or None."""
        ...

    def tell(self, words: str, *, detail: str = "") -> None:
        """Show a sentence that has to be read (trouble with file, disk or printer)."""
        ...


class AskOnScreen:
    """Asks through Qt's dialogs, over the window given; they are loaded at the first question, not at the start."""

    def __init__(self, window: QWidget | None = None) -> None:
        self.window = window
        places = (
            QStandardPaths.StandardLocation.DocumentsLocation,
            QStandardPaths.StandardLocation.HomeLocation,
        )
        folders = (QStandardPaths.writableLocation(place) for place in places)
        self._folder = next((folder for folder in folders if Path(folder).is_dir()), "")

    def confirm(self, question: str, *, yes: str, no: str = "取消", detail: str = "") -> bool:
        return self.choose(question, (yes, no), detail=detail) == yes

    def choose(self, question: str, answers: Sequence[str], *, detail: str = "") -> str:
        from PySide6.QtWidgets import QMessageBox

        box = self._box(QMessageBox.Icon.Question, question, detail)
        roles = [QMessageBox.ButtonRole.AcceptRole] * (len(answers) - 1) + [QMessageBox.ButtonRole.RejectRole]
        buttons = [box.addButton(shown_text(words), role) for words, role in zip(answers, roles, strict=True)]
        for words, button in zip(answers, buttons, strict=True):
            name(button, f"answer-{words}", words)
        box.setDefaultButton(buttons[0])
        box.setEscapeButton(buttons[-1])
        box.exec()
        pressed = box.clickedButton()
        box.deleteLater()
        return next(
            (words for words, button in zip(answers, buttons, strict=True) if button is pressed), answers[-1]
        )

    def text(self, question: str, *, label: str, value: str = "") -> str | None:
        from PySide6.QtWidgets import QInputDialog, QLabel

        dialog = QInputDialog(self.window)
        dialog.setWindowTitle(question)
        dialog.setLabelText(label)
        for shown in dialog.findChildren(QLabel):
            shown.setTextFormat(Qt.TextFormat.PlainText)  # it may name records
        dialog.setTextValue(value)
        dialog.setOkButtonText("确定")
        dialog.setCancelButtonText("取消")
        answered = dialog.exec() == QInputDialog.DialogCode.Accepted
        typed = dialog.textValue().strip()
        dialog.deleteLater()
        return typed if answered else None

    def choose_file(self, title: str, kinds: Kinds) -> Path | None:
        from PySide6.QtWidgets import QFileDialog

        chosen, _ = QFileDialog.getOpenFileName(self.window, title, self._folder, _patterns(kinds))
        return self._remember(Path(chosen)) if chosen else None

    def choose_folder(self, title: str) -> Path | None:
        from PySide6.QtWidgets import QFileDialog

        chosen = QFileDialog.getExistingDirectory(self.window, title, self._folder)
        return self._remember(Path(chosen) / "_").parent if chosen else None

    def save_as(self, title: str, suggested: str, kinds: Kinds) -> Path | None:
        from PySide6.QtWidgets import QFileDialog

        place = str(Path(self._folder) / suggested)  # a suggestion with a folder of its own keeps it
        chosen, _ = QFileDialog.getSaveFileName(self.window, title, place, _patterns(kinds))
        return self._remember(with_suffix(Path(chosen), kinds)) if chosen else None

    def _remember(self, file: Path) -> Path:
        self._folder = str(file.parent)
        return file

    def tell(self, words: str, *, detail: str = "") -> None:
        from PySide6.QtWidgets import QMessageBox

        box = self._box(QMessageBox.Icon.Warning, words, detail)
        box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
        box.exec()
        box.deleteLater()

    def _box(self, sign: QMessageBox.Icon, words: str, detail: str) -> QMessageBox:
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(self.window)
        box.setWindowTitle("开放日工作台")
        box.setIcon(sign)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(words)
        box.setInformativeText(detail)
        return box


def _patterns(kinds: Kinds) -> str:
    return ";;".join(f"{words} ({patterns})" for words, patterns in kinds)


def with_suffix(path: Path, kinds: Kinds) -> Path:
    """Return `path` with the first suffix of `kinds` where it has none of them."""
    suffixes = [pattern.removeprefix("*") for _, patterns in kinds for pattern in patterns.split()]
    if not suffixes or path.suffix.casefold() in (suffix.casefold() for suffix in suffixes):
        return path
    return path.with_name(path.name + suffixes[0])


class ScriptedAsk:
    """Answers from a list, in order, and keeps what was asked: the twin for tests and pictures.

    An answer is what the call returns; for `choose` and `confirm` the words of the button to press.
    A question without an answer left is an error of the test that asked for it.
    """

    def __init__(self, *answers: object) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []
        self.details: list[str] = []
        """What was told with the questions that have answers to choose from."""

    def _next(self, question: str) -> object:
        self.asked.append(question)
        if not self.answers:
            raise AssertionError(f"没有为这个问题准备回答：{question}")
        return self.answers.pop(0)

    def confirm(self, question: str, *, yes: str, no: str = "取消", detail: str = "") -> bool:
        return self.choose(question, (yes, no), detail=detail) == yes

    def choose(self, question: str, answers: Sequence[str], *, detail: str = "") -> str:
        self.details.append(detail)
        answer = self._next(question)
        if answer not in answers:
            raise AssertionError(f"“{question}”没有按钮“{answer}”，只有：{'、'.join(answers)}")
        return str(answer)

    def text(self, question: str, *, label: str, value: str = "") -> str | None:
        answer = self._next(question)
        return None if answer is None else str(answer)

    def choose_file(self, title: str, kinds: Kinds) -> Path | None:
        return self._path(title)

    def choose_folder(self, title: str) -> Path | None:
        return self._path(title)

    def save_as(self, title: str, suggested: str, kinds: Kinds) -> Path | None:
        return self._path(title)

    def tell(self, words: str, *, detail: str = "") -> None:
        self.asked.append(words)

    def _path(self, title: str) -> Path | None:
        answer = self._next(title)
        return None if answer is None else Path(str(answer))
