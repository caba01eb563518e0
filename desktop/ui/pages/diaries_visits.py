"""The visits that a diary tells of: found by household, what was found, or day, the latest first."""

from __future__ import annotations

from typing import Any

from desktop.records.base import Record
from desktop.records.diaries import DiaryVisit
from desktop.records.listing import Query
from desktop.records.visits import VisitState
from desktop.ui import buttons
from desktop.ui.editors import Editor, LinkEditor, Lookup
from desktop.ui.frame import Frame
from desktop.ui.parts_panel import PartsPanel

MADE = ("t.state NOT IN (?, ?)", (VisitState.PLANNED.value, VisitState.CANCELLED.value))
"""Only what took place is written about."""


class _Latest:
    """The books as an editor asks them, the latest visits first."""

    def __init__(self, books: Any) -> None:
        self._books = books

    def words(self, terms: str) -> list[str]:
        return self._books.words(terms)

    def find(self, model: type[Record], text: str, limit: int = 20) -> list[Record]:
        query = Query(model, search=text, sort="visited_on", descending=True, narrowed=(MADE,))
        return self._books.page(query, 0, limit)


def visit_editor(kind: Any, books: Lookup) -> Editor:
    """Return the box that finds a visit."""
    made = LinkEditor(kind, _Latest(books))
    made.box.setPlaceholderText("户主、村或了解的情况")
    return made


class DiaryVisits(PartsPanel):
    """The rows of the tab 走访; a button opens the visit of the row chosen."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            frame, DiaryVisit, "diary", ("visit",), wide=0, editors={"visit": visit_editor},
            purpose="这篇日记记的是哪几次走访。在走访页按“写日记”会自动带过来。",
        )  # fmt: skip
        go = buttons.quiet("打开这次走访", "open-visit", "footprints")
        go.clicked.connect(self.open_visit)
        self.add_tool(go)

    def open_visit(self) -> None:
        """Open the visit of the row chosen on its page."""
        at = self.table.row()
        if 0 <= at < len(self.rows):
            row = self.rows[at]
            self._frame.go("visits", row.__data__["visit"])
