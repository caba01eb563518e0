"""The list of the pages of a PDF as small pictures, to jump to one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from desktop.documents.preview import page_image
from desktop.errors import OpenDayError
from desktop.ui.naming import name
from desktop.ui.workroom import Workroom

ROOM = QSize(84, 104)
"""Pixels for a picture; the strip is a little wider than that."""
WIDTH, SPACE = 132, 12


class PageStrip(QListWidget):
    """Pages one below another; pictures are made of those in sight only, one at a time.

    `page_chosen` carries a page (from 0) that was clicked or gone to by keys.
    """

    page_chosen = Signal(int)

    def __init__(self, workroom: Workroom, identifier: str) -> None:
        super().__init__()
        name(self, identifier, "页列表")
        self._workroom, self._pdf, self._document = workroom, b"", 0
        self._made: set[int] = set()
        self._drawing = False
        self.setViewMode(QListWidget.ViewMode.IconMode)
        self.setFlow(QListWidget.Flow.TopToBottom)
        self.setWrapping(False)
        self.setMovement(QListWidget.Movement.Static)
        self.setIconSize(ROOM)
        self.setUniformItemSizes(True)
        self.setFixedWidth(WIDTH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.currentRowChanged.connect(self._chosen)
        self.verticalScrollBar().valueChanged.connect(self.draw)
        self._blank = QPixmap(ROOM)
        self._blank.fill(Qt.GlobalColor.transparent)

    def show_document(self, pdf: bytes, pages: int) -> None:
        """Take another document; old pictures stay until `draw` has made the new ones."""
        self._pdf, self._document = pdf, self._document + 1
        self._made.clear()
        self.blockSignals(True)
        while self.count() > pages:
            self.takeItem(self.count() - 1)
        for page in range(self.count(), pages):
            item = QListWidgetItem(QIcon(self._blank), f"{page + 1}")
            item.setSizeHint(QSize(WIDTH - 24, ROOM.height() + self.fontMetrics().height() + SPACE))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"第 {page + 1} 页")
            self.addItem(item)
        self.blockSignals(False)

    def follow(self, page: int) -> None:
        """Mark the page in front without asking for it."""
        self.blockSignals(True)
        self.setCurrentRow(page)
        self.blockSignals(False)

    def draw(self) -> None:
        """Have the next missing picture in sight made."""
        if self._drawing or not self.isVisible() or not self._pdf:
            return
        page = next((page for page in self._in_sight() if page not in self._made), None)
        if page is None:
            return
        self._drawing = True
        ratio = self.devicePixelRatioF()
        work = partial(_picture, self._pdf, page, ratio, self._document)
        self._workroom.look(self, work, done=self._came, failed=self._failed)

    def _in_sight(self) -> range:
        first = self.indexAt(QPoint(WIDTH // 3, SPACE))
        last = self.indexAt(QPoint(WIDTH // 3, self.viewport().height() - SPACE))
        return range(max(first.row(), 0), (last.row() if last.isValid() else self.count() - 1) + 1)

    def _came(self, made: tuple[int, int, QImage]) -> None:
        document, page, image = made
        self._drawing = False
        if document == self._document and page < self.count():
            self._made.add(page)
            picture = QPixmap.fromImage(image)
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            self.item(page).setIcon(QIcon(picture))
        self.draw()

    def _failed(self, error: BaseException) -> None:
        self._drawing = False
        if not isinstance(error, OpenDayError):
            raise error

    def _chosen(self, page: int) -> None:
        if page >= 0:
            self.page_chosen.emit(page)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.draw()


def _picture(pdf: bytes, page: int, ratio: float, document: int) -> tuple[int, int, QImage]:
    """Make the small picture of a page (on a worker's thread)."""
    made = page_image(pdf, page, scale=ROOM.height() * ratio / 842)
    image = QImage(made.pixels, made.width, made.height, 4 * made.width, QImage.Format.Format_RGB32).copy()
    room = ROOM * ratio
    if image.width() > room.width():
        mode = Qt.TransformationMode.SmoothTransformation
        image = image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, mode)
    painter = QPainter(image)
    painter.setPen(QColor("darkgray"))  # a white page on a white strip
    painter.drawRect(image.rect().adjusted(0, 0, -1, -1))
    painter.end()
    return document, page, image
