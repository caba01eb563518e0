"""The pages of a PDF one below another, painted from pictures that are made off the window's thread."""

from __future__ import annotations

import bisect
from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum
from functools import partial

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea

from desktop.documents.preview import Area, page_image
from desktop.errors import OpenDayError, UserError
from desktop.ui.naming import name
from desktop.ui.workroom import Workroom

GAP, EDGE = 12, 16
"""Pixels between two pages, and around them."""
KEPT = 10
WHOLE_PIXELS = 6_000_000
"""Up to here a page is drawn whole; closer up only the part in sight and some way around it."""
AROUND = 0.25
LEAST, MOST = 0.5, 4.0
STEP = 1.25


class Fit(Enum):
    """A zoom that follows the window."""

    WIDTH = "适合宽度"
    PAGE = "适合整页"


@dataclass(frozen=True, slots=True)
class _Picture:
    """A picture of a page or of an area of it (in points), and of which document at which scale it is."""

    document: int
    scale: float
    area: QRectF
    image: QImage


class PdfCanvas(QAbstractScrollArea):
    """Scrolls through pages; `page_changed` carries the page in front (from 0).

    `settled` says that what is in sight is drawn: a good moment for work that would slow the drawing down.
    """

    page_changed = Signal(int)
    zoomed = Signal()
    settled = Signal()
    broken = Signal(str)

    def __init__(self, workroom: Workroom, identifier: str) -> None:
        super().__init__()
        name(self, identifier, "页面预览")
        self._workroom = workroom
        self._pdf, self._document = b"", 0
        self._sizes: list[tuple[float, float]] = []
        self._tops: list[float] = []
        self._pictures: OrderedDict[int, _Picture] = OrderedDict()
        self._drawing = False
        self._scale, self.zoom = 1.0, Fit.WIDTH
        self._page = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.verticalScrollBar().setSingleStep(40)
        self.horizontalScrollBar().setSingleStep(40)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        name(self.verticalScrollBar(), f"{identifier}-scroll", "翻页")

    # -- what is shown

    @property
    def zoom(self) -> Fit | float:
        """The zoom asked for: a fit, or a factor of the real size."""
        return self._zoom

    @zoom.setter
    def zoom(self, wanted: Fit | float) -> None:
        self._zoom = wanted if isinstance(wanted, Fit) else min(max(wanted, LEAST), MOST)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._sizes)

    @property
    def page(self) -> int:
        """The page in front, from 0."""
        return self._page

    @property
    def factor(self) -> float:
        """The zoom in force as a factor of the real size."""
        return self._scale * 72 / self.logicalDpiX()

    @property
    def ready(self) -> bool:
        """Whether everything in sight is drawn as it is now."""
        return bool(self._sizes) and not self._drawing and self._wanted() is None

    def show_document(self, pdf: bytes, sizes: list[tuple[float, float]]) -> None:
        """Show a PDF whose page sizes (points) are known; the old pictures stay until the new ones are made."""
        self._pdf, self._sizes = pdf, sizes
        self._document += 1
        for page in [page for page in self._pictures if page >= len(sizes)]:
            del self._pictures[page]
        self._page = min(self._page, max(len(sizes) - 1, 0))
        self._place()
        self.page_changed.emit(self._page)

    def go_to(self, page: int) -> None:
        """Bring a page (from 0) to the top."""
        if self._sizes:
            page = min(max(page, 0), len(self._sizes) - 1)
            self.verticalScrollBar().setValue(round(self._tops[page]) - EDGE // 2)

    def set_zoom(self, wanted: Fit | float) -> None:
        """Zoom, with the point at the top of the view staying where it is."""
        self.zoom = wanted
        self._place()
        self.zoomed.emit()

    def zoom_by(self, times: float) -> None:
        """Zoom in or out from what is in force."""
        self.set_zoom(self.factor * times)

    # -- geometry

    def _place(self) -> None:
        """Lay the pages out at the zoom in force."""
        anchor = self._anchor()
        self._scale = self._scale_of(self.zoom)
        top, tops = float(EDGE), []
        for _, height in self._sizes:
            tops.append(top)
            top += height * self._scale + GAP
        self._tops = tops
        view = self.viewport().size()
        widest = max((width for width, _ in self._sizes), default=0.0) * self._scale + 2 * EDGE
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.blockSignals(True)
        down.setPageStep(view.height())
        down.setRange(0, max(0, round(top - GAP + EDGE) - view.height()))
        middle = (across.value() + view.width() / 2) / max(across.maximum() + view.width(), 1)
        across.setPageStep(view.width())
        across.setRange(0, max(0, round(widest) - view.width()))
        across.setValue(round(middle * widest - view.width() / 2))
        if anchor:
            page, share = anchor
            down.setValue(round(tops[page] + share * self._sizes[page][1] * self._scale))
        down.blockSignals(False)
        self._scrolled()

    def _anchor(self) -> tuple[int, float] | None:
        """Return the page at the top edge and how far down it the edge is, before a new layout."""
        if not self._tops or not self._sizes or self.verticalScrollBar().value() <= EDGE:
            return None
        edge = self.verticalScrollBar().value()
        page = min(max(bisect.bisect_right(self._tops, edge) - 1, 0), len(self._sizes) - 1)
        return page, (edge - self._tops[page]) / (self._sizes[page][1] * self._scale)

    def _scale_of(self, zoom: Fit | float) -> float:
        """Return logical pixels a point."""
        actual = self.logicalDpiX() / 72
        if not isinstance(zoom, Fit) or not self._sizes:
            return (1.0 if isinstance(zoom, Fit) else zoom) * actual
        view = self.viewport().size()
        wide = (view.width() - 2 * EDGE) / max(width for width, _ in self._sizes)
        high = (view.height() - 2 * EDGE) / max(height for _, height in self._sizes)
        return max(wide if zoom is Fit.WIDTH else min(wide, high), 0.1)

    def _rect(self, page: int) -> QRectF:
        """Return where a page lies in the viewport."""
        width, height = (side * self._scale for side in self._sizes[page])
        spare = self.viewport().width() - width
        left = spare / 2 if spare > 2 * EDGE else EDGE - self.horizontalScrollBar().value()
        left = max(left, spare / 2) if not self.horizontalScrollBar().maximum() else left
        return QRectF(left, self._tops[page] - self.verticalScrollBar().value(), width, height)

    def _visible(self) -> range:
        top = self.verticalScrollBar().value()
        first = max(bisect.bisect_right(self._tops, top) - 1, 0)
        last = bisect.bisect_left(self._tops, top + self.viewport().height())
        return range(first, last)

    def _scrolled(self) -> None:
        if self._sizes:
            middle = self.verticalScrollBar().value() + self.viewport().height() / 3
            page = max(bisect.bisect_right(self._tops, middle) - 1, 0)
            if page != self._page:
                self._page = page
                self.page_changed.emit(page)
        self.viewport().update()
        self._draw_next()

    # -- pictures

    def _wanted(self) -> tuple[int, QRectF] | None:
        """Return the first page in sight without its picture, and the area (points) it needs."""
        ratio = self.devicePixelRatioF()
        for page in self._visible():
            width, height = self._sizes[page]
            whole = QRectF(0, 0, width, height)
            seen = self._seen(page)
            if seen.isEmpty():
                continue
            kept = self._pictures.get(page)
            if kept and self._is_new(kept) and kept.area.adjusted(-1, -1, 1, 1).contains(seen):
                continue
            if width * height * (self._scale * ratio) ** 2 <= WHOLE_PIXELS:
                return page, whole
            more, deeper = seen.width() * AROUND, seen.height() * AROUND
            return page, seen.adjusted(-more, -deeper, more, deeper) & whole
        return None

    def _is_new(self, picture: _Picture) -> bool:
        scale = self._scale * self.devicePixelRatioF()
        return picture.document == self._document and picture.scale == scale

    def _seen(self, page: int) -> QRectF:
        """Return the part of a page in sight, in points."""
        rect = self._rect(page)
        seen = rect & QRectF(self.viewport().rect())
        return QRectF(
            (seen.x() - rect.x()) / self._scale,
            (seen.y() - rect.y()) / self._scale,
            seen.width() / self._scale,
            seen.height() / self._scale,
        )

    def _draw_next(self) -> None:
        """Have the next missing picture made; one at a time, so that scrolling never piles up work."""
        if self._drawing:
            return
        wanted = self._wanted() if self._sizes and self.isVisible() else None
        if wanted is None:
            self.settled.emit()
            return
        page, area = wanted
        scale = self._scale * self.devicePixelRatioF()
        bounds = (area.left(), area.top(), area.right(), area.bottom())
        self._drawing = True
        work = partial(_draw, self._pdf, page, scale, bounds, self._document)
        self._workroom.look(self, work, done=self._drawn, failed=self._failed)

    def _drawn(self, drawn: tuple[int, _Picture]) -> None:
        page, picture = drawn
        self._drawing = False
        if page < len(self._sizes):
            self._pictures[page] = picture
            self._pictures.move_to_end(page)
            while len(self._pictures) > max(KEPT, len(self._visible()) + 1):
                self._pictures.popitem(last=False)
        self.viewport().update()
        self._draw_next()

    def _failed(self, error: BaseException) -> None:
        self._drawing = False
        if not isinstance(error, OpenDayError):
            raise error
        self._sizes = []
        self.broken.emit(error.message)

    # -- Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        palette = self.palette()
        painter.fillRect(event.rect(), palette.color(QPalette.ColorRole.Shadow))
        for page in self._visible():
            rect = self._rect(page)
            painter.fillRect(rect, QColor("white"))
            if picture := self._pictures.get(page):
                area, scale = picture.area, self._scale
                painter.setClipRect(rect)
                painter.drawImage(
                    QRectF(
                        rect.x() + area.x() * scale, rect.y() + area.y() * scale,
                        area.width() * scale, area.height() * scale,
                    ),
                    picture.image,
                )  # fmt: skip
                painter.setClipping(False)
            painter.setPen(QColor(0, 0, 0, 60))
            painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5))
        if self.hasFocus():
            painter.setPen(palette.color(QPalette.ColorRole.Highlight))
            painter.drawRect(QRect(self.viewport().rect()).adjusted(0, 0, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
        if isinstance(self.zoom, Fit):
            self.zoomed.emit()

    def showEvent(self, event: object) -> None:
        self._draw_next()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()
        if dx:
            self._draw_next()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if turned := event.angleDelta().y():
                self.zoom_by(STEP if turned > 0 else 1 / STEP)
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        match event.key():
            case Qt.Key.Key_PageDown:
                self.go_to(self._page + 1)
            case Qt.Key.Key_PageUp:
                self.go_to(self._page - 1)
            case Qt.Key.Key_Home:
                down.setValue(0)
            case Qt.Key.Key_End:
                down.setValue(down.maximum())
            case Qt.Key.Key_Down | Qt.Key.Key_Up:
                down.setValue(
                    down.value() + (1 if event.key() == Qt.Key.Key_Down else -1) * down.singleStep()
                )
            case Qt.Key.Key_Right | Qt.Key.Key_Left:
                turn = 1 if event.key() == Qt.Key.Key_Right else -1
                across.setValue(across.value() + turn * across.singleStep())
            case Qt.Key.Key_Space:
                down.setValue(down.value() + down.pageStep() * 9 // 10)
            case _:
                super().keyPressEvent(event)


def _draw(pdf: bytes, page: int, scale: float, bounds: Area, document: int) -> tuple[int, _Picture]:
    """Make a picture (on the worker's thread)."""
    if not pdf:
        raise UserError("没有可以显示的页面")
    made = page_image(pdf, page, scale=scale, area=bounds)
    image = QImage(made.pixels, made.width, made.height, 4 * made.width, QImage.Format.Format_RGB32).copy()
    left, top, right, bottom = bounds
    # pdfium rounds the cut to whole pixels: the picture's own size says which area it shows
    area = QRectF(left, top, max(made.width / scale, right - left), max(made.height / scale, bottom - top))
    return page, _Picture(document, scale, area, image)
