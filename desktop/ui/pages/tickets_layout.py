"""What the page 问题 shows: the fields of its form, its columns, filters and words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop.records.tickets import Ticket
from desktop.ui.list_layout import ListLayout
from desktop.ui.pages.tickets_rows import SHOWN, columns
from desktop.ui.sections import Section

if TYPE_CHECKING:
    from desktop.services.desk import Desk
    from desktop.ui.editors import EditorMaker

SECTIONS = (
    Section("", ("content", "raised_by", "raiser", "sort", "category", "open_day", "received_on", "source", "urgency")),
    Section("承办", ("section", "handler", "limit")),
    Section("摘要与备注", ("summary", "place", "source_document", "note")),
)  # fmt: skip


def _editors() -> Mapping[str, EditorMaker]:
    from desktop.ui.pages.tickets_form import editors  # with the boxes: a list alone needs none of them

    return editors()


def layout_of(desk: Desk) -> ListLayout:
    """Return the layout of the page."""
    return ListLayout(
        model=Ticket,
        sections=SECTIONS,
        unit="件",
        purpose="群众和代表提的问题、意见建议登记在这里：按工作日算期限，交办、答复、回访、办结一步一步留痕。",
        first_step="登记第一件",
        hint="编号、内容、反映人、地点",
        filters=("sort", "section", "category"),
        shown=SHOWN,
        columns=columns(desk),
        first_tab="内容",
        form_least=440,
        editors=_editors,
    )
