"""The notices of an open day as they are written: chips that insert {字段}, and the page as it will be printed."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.errors import Cancelled, OpenDayError, UserError
from desktop.files import passing
from desktop.records.base import Record
from desktop.records.dates import chinese_day
from desktop.records.handouts import Notices, NoticeText
from desktop.records.notices import NOTICE_FIELDS, Notice
from desktop.records.open_days import OpenDay
from desktop.services.handouts import notices_of
from desktop.ui import buttons
from desktop.ui.frame import Frame
from desktop.ui.layouts import holding, row
from desktop.ui.naming import shown_text
from desktop.ui.parts_panel import PartsPanel

if TYPE_CHECKING:
    from desktop.ui.pdf_view import PdfView
    from desktop.ui.workroom import Task

PAUSE = 250
ROOM_FOR_BOTH = 640
"""Pixels of width from which boxes and page stand side by side."""
CHIPS = 4
"""Chips side by side."""


class NoticePanel(PartsPanel):
    """The list of notices; the one that is written has chips over it and, if wanted, its page beside it."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            frame, Notice, "open_day", ("medium", "published_on", "title", "body", "note"),
            shown=("medium", "published_on", "title", "note"), sort="created_at", wide=2, long_texts=True,
            purpose="在电视、报纸、公开栏上各发一次，就各记一条；没有写时按统一的文字印。",
        )  # fmt: skip
        self.preview: PdfView | None = None
        self._values: Notices | None = None
        self._usual = ""
        self._drawing: Task | None = None
        self.look = buttons.quiet("看版面", "notice-look", "eye")
        self.look.setCheckable(True)
        self.look.setToolTip("在右边看印出来的样子，随写随变")
        self.look.setEnabled(False)
        self.add_tool(self.look)
        self._halves = row(gap=0)
        edited = self._editing.layout()
        assert isinstance(edited, QVBoxLayout)
        edited.replaceWidget(self.fields, halves := holding(self._halves))
        self._halves.addWidget(self.fields, 1)
        edited.setStretchFactor(halves, 1)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._draw)
        self.look.toggled.connect(self._show)
        self._is_ready = False

    def _make_ready(self) -> None:
        """Complete the form at its first use: till then it is made ahead a box at a time."""
        self._is_ready = True
        self.fields.add_on_top(self._chips())
        for field in ("published_on", "title", "body"):
            self.fields.box(field).edited.connect(self._pause.start)

    def _chips(self) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 8)
        grid.setSpacing(4)
        for place, field in enumerate(NOTICE_FIELDS):
            chip = buttons.plain(field, f"notice-chip-{field}")
            chip.setProperty("field", field)
            chip.setProperty("role", "chip")
            chip.setText(shown_text(field))
            chip.setToolTip(f"在光标处插入 {{{field}}}")
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.clicked.connect(self._insert)
            grid.addWidget(chip, place // CHIPS, place % CHIPS)
        return holding(grid)

    def _insert(self) -> None:
        """Put a field at the cursor: in the title where one is writing that, else in the text."""
        field = f"{{{self.sender().property('field')}}}"
        title, body = (self.fields.box(name).widget for name in ("title", "body"))
        if isinstance(title, QLineEdit) and title.hasFocus():
            title.insert(field)
            self.fields.box("title").edited.emit()
        elif isinstance(body, QPlainTextEdit):
            body.insertPlainText(field)
            body.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- the page beside the text

    def leave(self) -> None:
        super().leave()
        self._pause.stop()
        self.look.setEnabled(False)
        self.look.setChecked(False)

    def _edit(self, part: Record) -> None:
        assert isinstance(self.owner, OpenDay)
        self._values = notices_of(self._frame.desk.offices.own(), self.owner, [Notice(open_day=self.owner)])
        self._usual = self._values.texts[0].date
        if not self._is_ready:
            self._make_ready()
        super()._edit(part)
        self.look.setEnabled(True)
        self._show()

    def _show(self) -> None:
        """Show the page beside the boxes (alone where there is no room for both) instead of the list, or the list again."""
        wanted = self.look.isChecked() and self.part is not None
        if wanted and self.preview is None:
            from desktop.ui.pdf_view import PdfView  # here: a start needn't load what shows PDFs

            self.preview = PdfView(self._frame.workroom, "notice-preview", "公告版面")
            self.preview.fit_width()
            self._halves.addWidget(self.preview, 1)
        if self.preview is not None:
            self.preview.setVisible(wanted)
        alone = wanted and self.width() < ROOM_FOR_BOTH
        if alone:
            self.look.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fields.setHidden(alone)
        self.look.setText("收起版面" if wanted else "看版面")
        self._lists.setHidden(wanted or (self.part is not None and self.height() < self.LOW))
        if wanted:
            self._draw()

    def _draw(self) -> None:
        """Draw the page of what stands in the boxes."""
        self._pause.stop()
        if self.preview is None or self._values is None or self.part is None or self.preview.isHidden():
            return
        title, body, day = (self.fields.box(name) for name in ("title", "body", "published_on"))
        try:
            published = day.store()
        except UserError:  # half a date is being typed
            published = None
        dated = chinese_day(published) if published else self._usual
        text = NoticeText(title.value(), body.value(), dated)
        if self._drawing:
            self._drawing.cancel()
        work = partial(_drawn, replace(self._values, texts=(text,)))
        self._drawing = self._frame.workroom.look(self, work, done=self.preview.show_pdf, failed=self._failed)

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            return
        if not isinstance(error, OpenDayError):
            raise error
        if self.preview is not None:
            self.preview.clear(f"这条公告现在印不出来：{error.message}")


def _drawn(values: Notices) -> bytes:
    """Draw one notice (on the worker's thread)."""
    from desktop.documents.notice import write_notices  # here: a start needn't load what draws papers

    with tempfile.TemporaryDirectory(prefix="openday-notice-") as folder:
        target = Path(folder) / "notice.pdf"
        with passing():
            write_notices(target, values)
        return target.read_bytes()
