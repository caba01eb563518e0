"""The paper of a form as it would be printed now, drawn off the window's thread a moment after each edit."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.errors import OpenDayError
from desktop.records.papers import FormPaper
from desktop.ui.frame import Frame
from desktop.ui.labels import StatusLabel, Text
from desktop.ui.layouts import column, hairline, row
from desktop.ui.naming import name, set_property
from desktop.ui.pdf_view import PdfView

PAUSE = 350
"""Milliseconds of quiet before the paper is drawn again."""


class FormPreview(QWidget):
    """`show_paper` asks for a paper; only the last one asked for is drawn."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        set_property(self, "role", "surface")
        name(self, "form-preview", "纸样")
        self._frame = frame
        self._wanted: FormPaper | None = None
        self._drawn: FormPaper | None = None
        self._busy = False
        self.words = StatusLabel("form-preview-words", "纸样", "caption")
        self.view = PdfView(frame.workroom, "form-preview-pdf", "表单纸样")
        self.view.shown.connect(self._shown)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._draw)
        body = column(
            row(Text("纸样", "heading"), None, self.words, margins=(16, 12, 16, 8)),
            hairline(),
            self.view,
            gap=0,
        )
        body.setStretch(2, 1)
        self.setLayout(body)

    def show_paper(self, paper: FormPaper | None, reason: str = "") -> None:
        """Ask for a paper; where it can't be made yet, say why and leave the last one in sight."""
        if paper is None:
            self.words.say(reason)
            if self._drawn is None:
                self.view.clear(reason or "填好题目，这里就显示印出来的样子。")
            return
        self._wanted = paper
        if paper != self._drawn:
            self._pause.start()
        else:
            self._tell()

    def _draw(self) -> None:
        if self._busy or self._wanted is None or self._wanted == self._drawn or not self.isVisible():
            return
        self._busy = True
        self._frame.workroom.run(self, partial(_drawn, self._wanted), done=self._came, failed=self._failed)

    def showEvent(self, event) -> None:  # noqa: ANN001 - Qt's own signature
        super().showEvent(event)
        self._pause.start()

    def _came(self, drawn: tuple[FormPaper, bytes]) -> None:
        self._busy = False
        self._drawn, content = drawn
        self.view.show_pdf(content)
        self._draw()

    def _failed(self, error: BaseException) -> None:
        self._busy = False
        if not isinstance(error, OpenDayError):
            raise error
        self._drawn = self._wanted
        self.words.say(error.message)

    def _shown(self, pages: int) -> None:
        self._tell(pages)

    def _tell(self, pages: int = 0) -> None:
        count = pages or self.view.count
        version = self._drawn.version if self._drawn else 1
        self.words.say(f"第 {version} 版 · {count} 页 A4" if count else "")


def _drawn(paper: FormPaper) -> tuple[FormPaper, bytes]:
    from desktop.documents.form_paper import blank_form

    return paper, blank_form(paper)
