"""A PDF moved and sized as a printer needs it: a matrix around each page's content, so text stays text."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from desktop.documents.plate import MM
from desktop.documents.preview import load, pdfium_lock
from desktop.errors import TroubleError
from desktop.files import written
from desktop.records.papers import Watch
from desktop.records.printers import Adjustment


def write_adjusted(source: Path, target: Path, adjustment: Adjustment, watch: Watch | None = None) -> None:
    """Write `source` to `target` with every page adjusted; `source` stays as it is.

    Pages keep their size; what is moved beyond their edge is gone. Raises TroubleError where the PDF can't be
    read or written, and what `watch` raises.
    """
    with pdfium_lock:
        document = load(source)
    try:
        for place in range(len(document)):
            if watch:
                watch(place, len(document))
            with pdfium_lock:  # a page at a time: a preview under way doesn't wait for a thousand letters
                _adjust(document, place, adjustment)
        with written(target) as temporary, pdfium_lock:
            document.save(temporary)
    finally:
        with pdfium_lock:
            document.close()


def _adjust(document: pypdfium2.PdfDocument, place: int, adjustment: Adjustment) -> None:
    page = document[place]
    try:
        left, bottom, right, top = page.get_mediabox() or (0.0, 0.0, *page.get_size())
        wide, high = adjustment.wide / 100, adjustment.high / 100
        # the corner that stays is the upper left one; a PDF counts from below
        across = left * (1 - wide) + adjustment.right * MM
        up = top * (1 - high) - adjustment.down * MM
        matrix = pdfium.FS_MATRIX(wide, 0, 0, high, across, up)
        if not pdfium.FPDFPage_TransFormWithClip(page, matrix, pdfium.FS_RECTF(left, top, right, bottom)):
            raise TroubleError(f"第{place + 1}页无法按打印机校正，没有打印")
    finally:
        page.close()
