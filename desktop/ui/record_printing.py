"""打印 of households, visits, pairings and diaries: the print dialog with their papers, opened from a list of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.records import listing
from desktop.records.base import Record
from desktop.records.listing import Query
from desktop.services.papers import PAPERS
from desktop.ui.frame import Frame
from desktop.ui.listed_choices import Listed
from desktop.ui.print_dialog import PrintDialog
from desktop.ui.printers import Printers
from desktop.ui.printing import Fault
from desktop.ui.record_choices import RecordChoices

PAGES = {
    "household": "households", "visit": "visits", "campaign": "visits", "": "visits",
    "pairing": "pairings", "condolence": "pairings", "diary": "diaries",
}  # fmt: skip
"""Where the records of a paper are put right."""


class RecordPrintDialog(PrintDialog):
    """The print dialog for a list of records; a fault leads to its record."""

    def __init__(
        self,
        frame: Frame,
        model: type[Record],
        documents: Sequence[str],
        listed: Listed,
        *,
        printers: Printers | None = None,
        parent: QWidget | None = None,
    ) -> None:
        choices = RecordChoices(frame.desk, frame.memory, model, documents, listed)
        super().__init__(frame, documents, None, choices=choices, printers=printers, parent=parent)

    def jump(self, fault: Fault) -> None:
        self.reject()
        self.frame.go(PAGES[PAPERS[fault.document].of], fault.record)


def print_records(
    frame: Frame,
    parent: QWidget,
    model: type[Record],
    keys: Sequence[bytes],
    listed: Query | None = None,
    documents: Sequence[str] = (),
) -> RecordPrintDialog:
    """Open the print dialog over a window for records of `model`: those chosen by `keys`, and all that a list shows.

    Without `documents` the paper that is usual for the kind is checked at first.
    """
    whole = Listed(tuple(keys), listed, listing.count(listed) if listed else 0)
    dialog = RecordPrintDialog(frame, model, documents, whole, parent=parent)
    dialog.open()
    return dialog
