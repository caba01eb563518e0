"""Pictures of the pages of a PDF, for the screen and for printers that take pictures.

pdfium isn't made for several threads: call these from one thread only (the window's worker). Nothing of it
is kept between calls, so that no object of it is ever let go on another thread.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2

from desktop.errors import TroubleError

BROKEN = "这个文件不是完整的 PDF,无法显示;请重新生成"
PIXEL_BYTES = 4

Area = tuple[float, float, float, float]
"""A part of a page in points from its top left corner: left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """Pixels as blue, green, red, unused (four bytes each), `stride` bytes a row."""

    width: int
    height: int
    stride: int
    pixels: bytes


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Return width and height of every page in points; raises TroubleError where it is no PDF."""
    with _opened(pdf) as document:
        return [document.get_page_size(page) for page in range(len(document))]


def page_image(pdf: bytes, page: int, scale: float, area: Area | None = None) -> PageImage:
    """Return page `page` (from 0), or an area of it, at `scale` pixels a point, on white."""
    with _opened(pdf) as document:
        drawn = document[page]
        width, height = drawn.get_size()
        left, top, right, bottom = area or (0.0, 0.0, width, height)
        cut = (max(left, 0.0), max(height - bottom, 0.0), max(width - right, 0.0), max(top, 0.0))
        bitmap = drawn.render(scale=scale, crop=cut, prefer_bgrx=True)  # pyright: ignore - floats are meant
        try:
            return PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        finally:
            bitmap.close()
            drawn.close()


def page_text(pdf: bytes, page: int) -> str:
    """Return the text of a page, for assistive programs."""
    with _opened(pdf) as document:
        drawn = document[page]
        text = drawn.get_textpage()
        try:
            return text.get_text_bounded()
        finally:
            text.close()
            drawn.close()


@contextlib.contextmanager
def _opened(pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as cause:
        raise TroubleError(BROKEN) from cause
    try:
        yield document
    except pypdfium2.PdfiumError as cause:
        raise TroubleError(BROKEN) from cause
    finally:
        document.close()
