"""The view of a PDF: pages, page number, zoom; the old page stays until the new one is ready."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop import files
from desktop.documents.preview import page_sizes, page_text
from desktop.errors import OpenDayError
from desktop.ui import buttons
from desktop.ui.labels import StatusLabel
from desktop.ui.layouts import column, holding, row
from desktop.ui.naming import name
from desktop.ui.page_strip import PageStrip
from desktop.ui.pdf_bar import PdfBar
from desktop.ui.pdf_canvas import STEP, Fit, PdfCanvas
from desktop.ui.workroom import Workroom

SOON = 5
"""Milliseconds after which the pages are made that the first picture doesn't show: it is painted by then."""


class PdfView(QWidget):
    """Shows a PDF given as bytes or as a file.

    `shown` says that a document came in, with its page count, `settled` that what is in sight of it is drawn.
    Its pages and controls are made a turn after it is shown, or by what needs them before: a dialog opens at once.
    """

    shown = Signal(int)
    settled = Signal()
    failed = Signal(str)

    def __init__(self, workroom: Workroom, identifier: str = "pdf", label: str = "预览") -> None:
        super().__init__()
        name(self, identifier, label)
        self._workroom, self._waiting = workroom, 0
        self._pdf, self._told = b"", True
        self._wanted: Fit | float = Fit.WIDTH
        self._canvas: PdfCanvas | None = None
        self._words = StatusLabel(f"{identifier}-words", label, "muted", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sides = QStackedWidget()
        self._sides.addWidget(holding(column(self._words, margins=(24, 24, 24, 24))))
        body = column(self._sides, gap=0)
        body.setStretch(0, 1)
        self._body = body
        self.setLayout(body)

    @property
    def canvas(self) -> PdfCanvas:
        """The pages, made by now."""
        if self._canvas is None:
            self._canvas = PdfCanvas(self._workroom, f"{self.objectName()}-pages")
            self._canvas.set_zoom(self._wanted)
            self._make(self._canvas)
        return self._canvas

    def _make(self, canvas: PdfCanvas) -> None:
        """Make what stands beside the pages and over them."""
        identifier = self.objectName()
        self.strip = PageStrip(self._workroom, f"{identifier}-strip")
        pages = row(self.strip, canvas, gap=0)
        pages.setStretch(1, 1)
        self._pages = holding(pages)
        self._sides.addWidget(self._pages)
        self.strip.hide()
        self.bar = PdfBar(canvas, identifier)
        self._body.insertWidget(0, self.bar)
        self.bar.listed.connect(self.strip.setVisible)
        canvas.page_changed.connect(self.strip.follow)
        canvas.settled.connect(self.strip.draw)
        self.strip.page_chosen.connect(canvas.go_to)
        canvas.broken.connect(self._broke)
        canvas.settled.connect(self.settled)
        canvas.settled.connect(self._tell_text)
        self._shortcuts()
        self.bar.allow(shown=False)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._canvas is None:
            QTimer.singleShot(SOON, self, self._complete)

    def _complete(self) -> None:
        _ = self.canvas

    def _shortcuts(self) -> None:
        for words, keys, slot in (
            ("放大", "Ctrl++", self.zoom_in),
            ("放大", "Ctrl+=", self.zoom_in),
            ("缩小", "Ctrl+-", self.zoom_out),
            ("适合宽度", "Ctrl+0", self.fit_width),
            ("适合整页", "Ctrl+9", self.fit_page),
        ):
            buttons.action(self, words, keys).triggered.connect(slot)

    # -- what is shown

    @property
    def count(self) -> int:
        """How many pages are shown."""
        return self.canvas.count if self._canvas and self._sides.currentWidget() is self._pages else 0

    @property
    def page(self) -> int:
        """The page in front, from 1; 0 where nothing is shown."""
        return self.canvas.page + 1 if self.count else 0

    @property
    def pdf(self) -> bytes:
        """What is shown."""
        return self._pdf if self.count else b""

    @property
    def ready(self) -> bool:
        """Whether what is in sight is drawn as it is now."""
        return not self._waiting and self._canvas is not None and self._canvas.ready

    def show_pdf(self, source: bytes | Path) -> None:
        """Show a PDF; it is read on the worker's thread, and what was shown stays until it is known."""
        self._waiting += 1
        self._workroom.look(self, partial(_read, source), done=self._came, failed=self._refused)

    def clear(self, words: str) -> None:
        """Show a sentence instead of pages."""
        self._words.say(words)
        self._sides.setCurrentIndex(0)
        if self._canvas is not None:
            self.bar.allow(shown=False)

    def go_to(self, page: int) -> None:
        """Bring a page (from 1) to the front."""
        self.canvas.go_to(page - 1)

    def zoom_in(self) -> None:
        """Show everything larger."""
        self.canvas.zoom_by(STEP)

    def zoom_out(self) -> None:
        """Show everything smaller."""
        self.canvas.zoom_by(1 / STEP)

    def fit_width(self) -> None:
        """Let the pages be as wide as the view."""
        self.set_zoom(Fit.WIDTH)

    def fit_page(self) -> None:
        """Let one whole page be in sight."""
        self.set_zoom(Fit.PAGE)

    def set_zoom(self, wanted: Fit | float) -> None:
        """Zoom to a fit or to a factor of the real size."""
        self._wanted = wanted
        if self._canvas is not None:
            self._canvas.set_zoom(wanted)

    # -- arriving

    def _came(self, read: tuple[bytes, list[tuple[float, float]]]) -> None:
        self._waiting -= 1
        self._pdf, sizes = read
        self._told, canvas = False, self.canvas
        self._sides.setCurrentWidget(self._pages)
        self.strip.show_document(self._pdf, len(sizes))
        canvas.show_document(self._pdf, sizes)
        self.bar.allow(shown=self.count > 0)
        self.bar.tell_page(canvas.page)
        self.bar.tell_zoom()
        self.strip.follow(canvas.page)
        self.shown.emit(len(sizes))

    def _tell_text(self) -> None:
        """Let who hears instead of seeing have the text of the first page, once it is drawn."""
        if self.count and not self._told:
            self._told = True
            work = partial(page_text, self._pdf, 0)
            self._workroom.look(self, work, done=self.canvas.setAccessibleDescription, failed=self._untold)

    def _untold(self, error: BaseException) -> None:
        if not isinstance(error, OpenDayError):
            raise error

    def _refused(self, error: BaseException) -> None:
        self._waiting -= 1
        if not isinstance(error, OpenDayError):
            raise error
        self._broke(error.message)

    def _broke(self, words: str) -> None:
        self.clear(words)
        self.failed.emit(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._canvas is not None:
            self.bar.fit(self.width())


def _read(source: bytes | Path) -> tuple[bytes, list[tuple[float, float]]]:
    """Return a PDF and its page sizes (on the worker's thread)."""
    if isinstance(source, Path):
        try:
            source = source.read_bytes()
        except OSError as cause:
            raise files.trouble(source, cause, "读取") from cause
    return source, page_sizes(source)
