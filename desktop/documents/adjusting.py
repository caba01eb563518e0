"""A PDF as a printer needs it: moved and sized by a matrix around each page's content, so that text stays text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from desktop.documents.plate import MM
from desktop.documents.preview import load, pdfium_lock
from desktop.errors import TroubleError
from desktop.files import written
from desktop.records.papers import Watch
from desktop.records.printers import Adjustment


def prepared(
    file: Path,
    folder: Path,
    adjustment: Adjustment,
    watch: Watch | None = None,
    *,
    starts: Sequence[int] = (),
) -> Path:
    """Return a PDF as a printer is to get it: itself, or a copy in `folder` that was adjusted (`write_adjusted`)."""
    if adjustment.is_none and not starts:
        return file
    target = folder / file.name
    write_adjusted(file, target, adjustment, watch, starts=starts)
    return target


def write_adjusted(
    source: Path,
    target: Path,
    adjustment: Adjustment,
    watch: Watch | None = None,
    *,
    starts: Sequence[int] = (),
) -> None:
    """Write `source` to `target` with every page adjusted; `source` stays as it is.

    Pages keep their size; what is moved beyond their edge is gone. With `starts`, the first pages of pieces, a
    blank page follows every piece of an odd number of pages, so that on two sides each begins on a new sheet.
    Raises TroubleError where the PDF can't be read or written, and what `watch` raises.
    """
    with pdfium_lock:
        document = load(source)
    try:
        for place in range(len(document)):
            if watch:
                watch(place, len(document))
            if adjustment.is_none:
                break
            with pdfium_lock:  # a page at a time: a preview under way doesn't wait for a thousand letters
                _adjust(document, place, adjustment)
        with written(target) as temporary, pdfium_lock:
            _part(document, starts)
            document.save(temporary)
    finally:
        with pdfium_lock:
            document.close()


def _part(document: pypdfium2.PdfDocument, starts: Sequence[int]) -> None:
    """Insert the blank backs, the last first, so that the places of the others stay true."""
    ends = [*starts[1:], len(document)]
    for start, end in reversed(list(zip(starts, ends, strict=bool(starts)))):
        if (end - start) % 2:
            document.new_page(*document.get_page_size(start), index=end).close()


def _adjust(document: pypdfium2.PdfDocument, place: int, adjustment: Adjustment) -> None:
    page = document[place]
    try:
        # not the page's own MediaBox: ours stands once, at the root of the pages, and pdfium wouldn't find it
        box = pdfium.FS_RECTF()
        if not pdfium.FPDF_GetPageBoundingBox(page, box):
            raise TroubleError(f"第{place + 1}页没有尺寸，没有打印")
        left, top, right, bottom = box.left, box.top, box.right, box.bottom
        wide, high = adjustment.wide / 100, adjustment.high / 100
        # the corner that stays is the upper left one; a PDF counts from below
        across = left * (1 - wide) + adjustment.right * MM
        up = top * (1 - high) - adjustment.down * MM
        matrix = pdfium.FS_MATRIX(wide, 0, 0, high, across, up)
        if not pdfium.FPDFPage_TransFormWithClip(page, matrix, pdfium.FS_RECTF(left, top, right, bottom)):
            raise TroubleError(f"第{place + 1}页无法按打印机校正，没有打印")
    finally:
        page.close()
