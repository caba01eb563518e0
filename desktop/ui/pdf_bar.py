"""The controls of the view of a PDF: page list, page number, zoom; a narrow view leaves some of them out."""

from __future__ import annotations

from itertools import chain

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui import buttons
from desktop.ui.boxes import ChoiceBox, LineBox
from desktop.ui.labels import StatusLabel
from desktop.ui.layouts import row
from desktop.ui.naming import name, set_property
from desktop.ui.pdf_canvas import STEP, Fit, PdfCanvas

PERCENTS = (50, 75, 100, 125, 150, 200, 300, 400)
GAP, EDGE = 4, 8
OWN = "own"
"""The data of the zoom box's entry that shows a zoom between the steps."""


class PdfBar(QWidget):
    """Says which page of a canvas is in front and how large, and changes both; `listed` shows or hides the list."""

    listed = Signal(bool)

    def __init__(self, canvas: PdfCanvas, identifier: str) -> None:
        super().__init__()
        self._canvas, self._shown = canvas, False
        self._pages(identifier)
        self._zooms(identifier)
        line = row(
            self.list, self._previous, self.number, self.of, self._next, None,
            self._out, self._zoom, self._in, gap=GAP, margins=(EDGE, 4, EDGE, 4),
        )  # fmt: skip
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        set_property(self, "role", "surface")
        canvas.page_changed.connect(self.tell_page)
        canvas.zoomed.connect(self.tell_zoom)

    def _pages(self, identifier: str) -> None:
        self.list = buttons.tool("list", f"{identifier}-list", "页列表")
        self.list.setCheckable(True)
        self.list.toggled.connect(self.listed)
        self._previous = buttons.tool("chevron-left", f"{identifier}-previous", "上一页（PageUp）")
        self._next = buttons.tool("chevron-right", f"{identifier}-next", "下一页（PageDown）")
        self.number = name(LineBox(5), f"{identifier}-number", "页码")
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number.setValidator(QIntValidator(1, 999_999, self.number))
        self.number.setFixedWidth(self.fontMetrics().horizontalAdvance("00000") + 18)
        self.of = StatusLabel(f"{identifier}-count", "页数", "muted")
        self._previous.clicked.connect(self._go_back)
        self._next.clicked.connect(self._go_on)
        self.number.returnPressed.connect(self._numbered)
        self.number.editingFinished.connect(self._numbered)

    def _zooms(self, identifier: str) -> None:
        self._out = buttons.tool("zoom-out", f"{identifier}-zoom-out", "缩小（Ctrl+-）")
        self._in = buttons.tool("zoom-in", f"{identifier}-zoom-in", "放大（Ctrl++）")
        self._zoom = name(ChoiceBox(()), f"{identifier}-zoom", "缩放")
        for fit in Fit:
            self._zoom.addItem(fit.value, fit)
        for percent in PERCENTS:
            self._zoom.addItem(f"{percent} %", percent / 100)
        self._zoom.setMinimumWidth(self.fontMetrics().horizontalAdvance("适合宽度 100 %") + 60)
        self._out.clicked.connect(self._make_smaller)
        self._in.clicked.connect(self._make_larger)
        self._zoom.activated.connect(self._picked)

    # -- what it does

    def _go_on(self) -> None:
        self._canvas.go_to(self._canvas.page + 1)

    def _go_back(self) -> None:
        self._canvas.go_to(self._canvas.page - 1)

    def _make_larger(self) -> None:
        self._canvas.zoom_by(STEP)

    def _make_smaller(self) -> None:
        self._canvas.zoom_by(1 / STEP)

    def _numbered(self) -> None:
        """Go to the page typed; a number that isn't there goes to the nearest one."""
        typed = self.number.text()
        if typed and int(typed) != self._canvas.page + 1:
            self._canvas.go_to(int(typed) - 1)
        self.tell_page(self._canvas.page)

    def _picked(self, place: int) -> None:
        wanted = self._zoom.itemData(place)
        if wanted != OWN:
            self._canvas.set_zoom(wanted)

    # -- what it says

    def allow(self, shown: bool) -> None:
        """Say whether there is anything to page through."""
        self._shown = shown
        count, page = (self._canvas.count if shown else 0), self._canvas.page
        for widget in (self.list, self.number, self._zoom, self._in, self._out):
            widget.setEnabled(shown)
        self.of.setVisible(shown)
        self._previous.setEnabled(shown and page > 0)
        self._next.setEnabled(shown and page < count - 1)
        self.fit(self.width())

    def tell_page(self, page: int) -> None:
        """Say which page (from 0) is in front."""
        count = self._canvas.count
        self.number.setText(str(page + 1) if count else "")
        self.of.say(f"/ {count:,} 页")
        self.allow(self._shown)

    def tell_zoom(self) -> None:
        """Say how large the pages are shown."""
        wanted = self._canvas.zoom
        percent = f"{self._canvas.factor * 100:.0f} %"
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

    def fit(self, width: int) -> None:
        """Leave out what a view so wide has no room for: the zoom buttons (the keys stay), the list, the page box."""
        groups = ((self._out, self._in), (self.list,), (self.number, self.of))
        always = (self._previous, self._next, self._zoom)
        wide = {part: _width(part) + GAP for part in (*always, *chain.from_iterable(groups))}
        needed = sum(wide.values()) + 2 * EDGE
        for group in groups:
            fits = needed <= width
            for part in group:
                part.setVisible(fits and (part is not self.of or self._shown))
                needed -= 0 if fits else wide[part]


def _width(part: QWidget) -> int:
    """Return how wide a part of the bar is, shown or not."""
    return max(part.minimumWidth(), min(part.sizeHint().width(), part.maximumWidth()))
