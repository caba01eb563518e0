"""Pages of a PDF as pictures for the window, made by pdfium (no Qt here)."""

from __future__ import annotations

import atexit
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import pypdfium2

from desktop.errors import TroubleError

pdfium_lock = Lock()
"""Held around every call: pdfium isn't made for two threads at a time."""
LARGEST = 8000
"""Pixels a side: a page asked for larger would take gigabytes."""

Area = tuple[float, float, float, float]
"""A part of a page in points from its top left corner: left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page in pixels: four bytes each (blue, green, red, unused), rows without padding, top first.

    That is QImage.Format_RGB32 on every machine the program runs on.
    """

    width: int
    height: int
    pixels: bytes


def page_count(pdf: Path | bytes) -> int:
    """Return the number of pages; raises TroubleError where the PDF can't be read."""
    with _opened(pdf) as document:
        return len(document)


def page_image(pdf: Path | bytes, page: int, *, scale: float, area: Area | None = None) -> PageImage:
    """Return page `page` (from 0), or an area of it, at `scale` pixels a point (1.0 is 72 dots an inch).

    Raises TroubleError where the PDF can't be read or has no such page.
    """
    with _opened(pdf) as document:
        return _rendered(document, page, scale, area)


def page_size(pdf: Path | bytes, page: int) -> tuple[float, float]:
    """Return width and height of a page in points."""
    with _opened(pdf) as document, closing(_page(document, page)) as shown:
        return shown.get_size()


def page_sizes(pdf: Path | bytes) -> list[tuple[float, float]]:
    """Return width and height of every page in points."""
    with _opened(pdf) as document:
        return [document.get_page_size(page) for page in range(len(document))]


def page_text(pdf: Path | bytes, page: int) -> str:
    """Return the text of a page as a reader would copy it, lines ended by newlines."""
    with (
        _opened(pdf) as document,
        closing(_page(document, page)) as shown,
        closing(shown.get_textpage()) as text,
    ):
        return text.get_text_range().replace("\r\n", "\n")


@contextmanager
def _opened(pdf: Path | bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Yield a document; what was looked at last as bytes stays open, since its next page is asked for next.

    pdfium reads its fonts once then: they are half of what a page of a letter takes.
    """
    with pdfium_lock:
        if isinstance(pdf, bytes):
            yield _looked_at.opened(pdf)
            return
        document = load(pdf)
        try:
            yield document
        finally:
            document.close()


class _LookedAt:
    """The one document that is kept open, told by the very bytes it is of."""

    def __init__(self) -> None:
        self._pdf = b""
        self._document: pypdfium2.PdfDocument | None = None

    def opened(self, pdf: bytes) -> pypdfium2.PdfDocument:
        """Return the document of these bytes, the one before it closed; raises TroubleError."""
        if self._document is None or self._pdf is not pdf:
            self.close()
            self._pdf, self._document = pdf, load(pdf)
        return self._document

    def close(self) -> None:
        """Close the document kept open; at the end of the program pdfium would complain of it."""
        if self._document is not None:
            self._document.close()
        self._pdf, self._document = b"", None


_looked_at = _LookedAt()
atexit.register(_looked_at.close)


def load(pdf: Path | bytes) -> pypdfium2.PdfDocument:
    """Return an open PDF, to be closed under the lock; raises TroubleError where it can't be read."""
    name = f"“{pdf}”" if isinstance(pdf, Path) else "这份文件"
    try:
        return pypdfium2.PdfDocument(pdf)
    except (pypdfium2.PdfiumError, OSError) as cause:
        raise TroubleError(f"无法打开{name}：文件不存在、已损坏或不是 PDF") from cause


def _page(document: pypdfium2.PdfDocument, page: int) -> pypdfium2.PdfPage:
    if not 0 <= page < len(document):
        raise TroubleError(f"这份文件没有第{page + 1}页（共{len(document)}页）")
    return document[page]


def _rendered(
    document: pypdfium2.PdfDocument, page: int, scale: float, area: Area | None = None
) -> PageImage:
    with closing(_page(document, page)) as shown:
        width, height = shown.get_size()
        left, top, right, bottom = area or (0.0, 0.0, width, height)
        scale = min(scale, LARGEST / max(right - left, bottom - top))
        cut = (left, height - bottom, width - right, top)
        bitmap = shown.render(scale=scale, crop=cut, prefer_bgrx=True)  # pyright: ignore[reportArgumentType]
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    rows = bytes(bitmap.buffer)
    if stride != 4 * width:
        rows = b"".join(rows[at * stride : at * stride + 4 * width] for at in range(height))
    bitmap.close()
    return PageImage(width, height, rows)
