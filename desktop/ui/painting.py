"""Printing through Qt, where no print system takes PDFs: pages as pictures at the printer's own resolution."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter

from desktop.documents.preview import page_image, page_sizes
from desktop.errors import Cancelled, TroubleError
from desktop.records.papers import Watch

FINEST = 600
"""Dots an inch: finer than any office printer shows, and a page still fits the memory in bands."""
BAND_PIXELS = 1_200
A4_MM = (210, 297)
MM = 72 / 25.4


def paint(pdf: bytes, printer: QPrinter, watch: Watch) -> None:
    """Paint the pages of a PDF at the printer's own resolution and in real size, a band at a time.

    Raises TroubleError where the printer isn't ready or stops on the way, and what `watch` raises.
    """
    sizes = page_sizes(pdf)
    first, last = printer.fromPage() or 1, printer.toPage() or len(sizes)
    pages = range(first - 1, min(last, len(sizes)))
    rounds = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    if sizes:
        _set_paper(printer, sizes[0])
    painter = QPainter()
    if not painter.begin(printer):
        raise TroubleError("打印机没有准备好，没有开始打印；请检查它是否开机、有纸")
    try:
        for turn in range(rounds):
            for place, page in enumerate(pages):
                watch(turn * len(pages) + place, rounds * len(pages))
                if (turn or place) and not printer.newPage():
                    raise TroubleError(f"打印到第 {page + 1} 页时打印机停下了")
                _paint_page(painter, pdf, page, sizes[page], printer.resolution())
    except Cancelled:
        printer.abort()
        raise
    finally:
        painter.end()


def _set_paper(printer: QPrinter, size: tuple[float, float]) -> None:
    """Set the printer to a document's own paper, which may lie across: an envelope, a long sign-in sheet."""
    narrow, long = sorted(size)
    is_a4 = (round(narrow / MM), round(long / MM)) == A4_MM
    own = QPageSize(QSizeF(narrow, long), QPageSize.Unit.Point)
    across = size[0] > size[1]
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4) if is_a4 else own)
    turn = QPageLayout.Orientation
    printer.setPageOrientation(turn.Landscape if across else turn.Portrait)


def _paint_page(painter: QPainter, pdf: bytes, page: int, size: tuple[float, float], dots: int) -> None:
    scale, width, height = min(dots, FINEST) / 72, *size
    band = BAND_PIXELS / scale
    top = 0.0
    while top < height:
        bottom = min(top + band, height)
        drawn = page_image(pdf, page, scale=scale, area=(0.0, top, width, bottom))
        image = QImage(drawn.pixels, drawn.width, drawn.height, 4 * drawn.width, QImage.Format.Format_RGB32)
        across, down = drawn.width / scale * dots / 72, drawn.height / scale * dots / 72
        painter.drawImage(QRectF(0, top * dots / 72, across, down), image)
        top = bottom
