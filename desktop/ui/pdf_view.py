"""The view of a PDF: pages, page number, zoom; the old page stays until the new one is ready."""

from __future__ import annotations

from functools import partial
from itertools import chain
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from desktop import files
from desktop.documents.preview import page_sizes, page_text
from desktop.errors import OpenDayError
from desktop.ui import buttons
from desktop.ui.boxes import ChoiceBox, LineBox
from desktop.ui.labels import StatusLabel
from desktop.ui.layouts import column, holding, row
from desktop.ui.naming import name, set_property
from desktop.ui.page_strip import PageStrip
from desktop.ui.pdf_canvas import STEP, Fit, PdfCanvas
from desktop.ui.workroom import Workroom

PERCENTS = (50, 75, 100, 125, 150, 200, 300, 400)
BAR_GAP, BAR_EDGE = 4, 8
OWN = "own"
"""The data of the zoom box's entry that shows a zoom between the steps."""


class PdfView(QWidget):
    """Shows a PDF given as bytes or as a file.

    `shown` says that a document came in, with its page count, `settled` that what is in sight of it is drawn.
    """

    shown = Signal(int)
    settled = Signal()
    failed = Signal(str)

    def __init__(self, workroom: Workroom, identifier: str = "pdf", label: str = "预览") -> None:
        super().__init__()
        name(self, identifier, label)
        self._workroom, self._waiting = workroom, 0
        self._pdf, self._told = b"", True
        self.canvas = PdfCanvas(workroom, f"{identifier}-pages")
        self._words = StatusLabel(f"{identifier}-words", label, "muted", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sides = QStackedWidget()
        self._sides.addWidget(holding(column(self._words, margins=(24, 24, 24, 24))))
        self.strip = PageStrip(workroom, f"{identifier}-strip")
        pages = row(self.strip, self.canvas, gap=0)
        pages.setStretch(1, 1)
        self._pages = holding(pages)
        self._sides.addWidget(self._pages)
        self.strip.hide()
        self._controls(identifier)
        bar = row(
            self._list, self._previous, self._number, self._of, self._next, None,
            self._out, self._zoom, self._in, gap=BAR_GAP, margins=(BAR_EDGE, 4, BAR_EDGE, 4),
        )  # fmt: skip
        self._bar = holding(bar)
        self._bar.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        body = column(self._bar, self._sides, gap=0)
        body.setStretch(1, 1)
        self.setLayout(body)
        set_property(self._bar, "role", "surface")
        self.canvas.page_changed.connect(self._tell_page)
        self.canvas.settled.connect(self.strip.draw)
        self.strip.page_chosen.connect(self.canvas.go_to)
        self.canvas.zoomed.connect(self._tell_zoom)
        self.canvas.broken.connect(self._broke)
        self.canvas.settled.connect(self.settled)
        self.canvas.settled.connect(self._tell_text)
        self._shortcuts()
        self.clear("")

    def _controls(self, identifier: str) -> None:
        self._list = buttons.tool("list", f"{identifier}-list", "页列表")
        self._list.setCheckable(True)
        self._list.toggled.connect(self._list_pages)
        self._previous = buttons.tool("chevron-left", f"{identifier}-previous", "上一页（PageUp）")
        self._next = buttons.tool("chevron-right", f"{identifier}-next", "下一页（PageDown）")
        self._number = name(LineBox(5), f"{identifier}-number", "页码")
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._number.setValidator(QIntValidator(1, 999_999, self._number))
        self._number.setFixedWidth(self.fontMetrics().horizontalAdvance("00000") + 18)
        self._of = StatusLabel(f"{identifier}-count", "页数", "muted")
        self._out = buttons.tool("zoom-out", f"{identifier}-zoom-out", "缩小（Ctrl+-）")
        self._in = buttons.tool("zoom-in", f"{identifier}-zoom-in", "放大（Ctrl++）")
        self._zoom = name(ChoiceBox(()), f"{identifier}-zoom", "缩放")
        for fit in Fit:
            self._zoom.addItem(fit.value, fit)
        for percent in PERCENTS:
            self._zoom.addItem(f"{percent} %", percent / 100)
        self._zoom.setMinimumWidth(self.fontMetrics().horizontalAdvance("适合宽度 100 %") + 60)
        self._previous.clicked.connect(self.previous_page)
        self._next.clicked.connect(self.next_page)
        self._number.returnPressed.connect(self._numbered)
        self._number.editingFinished.connect(self._numbered)
        self._out.clicked.connect(self.zoom_out)
        self._in.clicked.connect(self.zoom_in)
        self._zoom.activated.connect(self._picked)

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
        return self.canvas.count if self._sides.currentWidget() is self._pages else 0

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
        return not self._waiting and self.canvas.ready

    def show_pdf(self, source: bytes | Path) -> None:
        """Show a PDF; it is read on the worker's thread, and what was shown stays until it is known."""
        self._waiting += 1
        self._workroom.look(self, partial(_read, source), done=self._came, failed=self._refused)

    def clear(self, words: str) -> None:
        """Show a sentence instead of pages."""
        self._words.say(words)
        self._sides.setCurrentIndex(0)
        self._enable()

    def go_to(self, page: int) -> None:
        """Bring a page (from 1) to the front."""
        self.canvas.go_to(page - 1)

    def next_page(self) -> None:
        """Go one page on."""
        self.canvas.go_to(self.canvas.page + 1)

    def previous_page(self) -> None:
        """Go one page back."""
        self.canvas.go_to(self.canvas.page - 1)

    def zoom_in(self) -> None:
        """Show everything larger."""
        self.canvas.zoom_by(STEP)

    def zoom_out(self) -> None:
        """Show everything smaller."""
        self.canvas.zoom_by(1 / STEP)

    def fit_width(self) -> None:
        """Let the pages be as wide as the view."""
        self.canvas.set_zoom(Fit.WIDTH)

    def fit_page(self) -> None:
        """Let one whole page be in sight."""
        self.canvas.set_zoom(Fit.PAGE)

    def set_zoom(self, wanted: Fit | float) -> None:
        """Zoom to a fit or to a factor of the real size."""
        self.canvas.set_zoom(wanted)

    def _list_pages(self, shown: bool) -> None:
        self.strip.setVisible(shown)

    # -- arriving

    def _came(self, read: tuple[bytes, list[tuple[float, float]]]) -> None:
        self._waiting -= 1
        self._pdf, sizes = read
        self._told = False
        self._sides.setCurrentWidget(self._pages)
        self.strip.show_document(self._pdf, len(sizes))
        self.canvas.show_document(self._pdf, sizes)
        self._tell_page(self.canvas.page)
        self._tell_zoom()
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

    # -- the bar

    def _tell_page(self, page: int) -> None:
        count = self.canvas.count
        self._number.setText(str(page + 1) if count else "")
        self._of.say(f"/ {count:,} 页")
        self.strip.follow(page)
        self._enable()

    def _enable(self) -> None:
        count = self.count
        for widget in (self._list, self._number, self._zoom, self._in, self._out):
            widget.setEnabled(count > 0)
        self._of.setVisible(count > 0)
        self._previous.setEnabled(count > 0 and self.canvas.page > 0)
        self._next.setEnabled(count > 0 and self.canvas.page < count - 1)
        self._fit_bar()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_bar()

    def _fit_bar(self) -> None:
        """Leave out what a narrow view has no room for: the zoom buttons (the keys stay), the list, then the page box."""
        groups = ((self._out, self._in), (self._list,), (self._number, self._of))
        always = (self._previous, self._next, self._zoom)
        wide = {part: _width(part) + BAR_GAP for part in (*always, *chain.from_iterable(groups))}
        needed = sum(wide.values()) + 2 * BAR_EDGE
        for group in groups:
            fits = needed <= self.width()
            for part in group:
                part.setVisible(fits and (part is not self._of or self.count > 0))
                needed -= 0 if fits else wide[part]

    def _numbered(self) -> None:
        """Go to the page typed; a number that isn't there goes to the nearest one."""
        typed = self._number.text()
        if typed and int(typed) != self.page:
            self.canvas.go_to(int(typed) - 1)
        self._tell_page(self.canvas.page)

    def _tell_zoom(self) -> None:
        wanted = self.canvas.zoom
        percent = f"{self.canvas.factor * 100:.0f} %"
        own = self._zoom.findData(OWN)
        place = self._zoom.findData(wanted)
        if isinstance(wanted, Fit):
            self._zoom.setItemText(place, f"{wanted.value} {percent}")
        for fit in Fit:
            if fit is not wanted:
                self._zoom.setItemText(self._zoom.findData(fit), fit.value)
        if place < 0:
            if own < 0:
                self._zoom.addItem(percent, OWN)
                own = self._zoom.findData(OWN)
            self._zoom.setItemText(own, percent)
        self._zoom.setCurrentIndex(own if place < 0 else place)

    def _picked(self, place: int) -> None:
        wanted = self._zoom.itemData(place)
        if wanted != OWN:
            self.canvas.set_zoom(wanted)


def _width(part: QWidget) -> int:
    """Return how wide a part of the bar is, shown or not."""
    return max(part.minimumWidth(), min(part.sizeHint().width(), part.maximumWidth()))


def _read(source: bytes | Path) -> tuple[bytes, list[tuple[float, float]]]:
    """Return a PDF and its page sizes (on the worker's thread)."""
    if isinstance(source, Path):
        try:
            source = source.read_bytes()
        except OSError as cause:
            raise files.trouble(source, cause, "读取") from cause
    return source, page_sizes(source)
