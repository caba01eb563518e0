"""Record pages of one form with the dated entries that hang on it: topics, lines of work, meetings and the like."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, cast

from desktop.records import routine_rows
from desktop.records.base import Record, kinds_of
from desktop.records.kinds import Link
from desktop.ui.frame import Frame
from desktop.ui.list_layout import ListLayout
from desktop.ui.list_page import RecordPage
from desktop.ui.page_tools import add_sheets
from desktop.ui.parts_panel import PartsPanel
from desktop.ui.record_form import RecordForm
from desktop.ui.tables import Column, column_of

FORM_LEAST = 460
"""Pixels that the form gets where the window is narrow."""


class DatedParts(PartsPanel):
    """Rows that tell what was done on a day; a new one begins with today, at its text."""

    def start(self) -> None:
        super().start()
        part: Any = self.part
        if part is not None and part.on is None and not self.fields.dirty:
            part.on = datetime.date.today()
            self.fields.load(part)
            self.fields.box("text").widget.setFocus()


def columns_told(
    model: type[Record],
    people: Sequence[str] = (),
    widths: Mapping[str, int] | None = None,
    **changed: Mapping[str, Any],
) -> tuple[Column, ...]:
    """Return the columns of a list: links to staff (`people`) read a page at a time, `changed` by column."""
    made: list[Column] = []
    for kind in kinds_of(model):
        column = column_of(kind, sortable=not isinstance(kind, Link))
        if kind.name in people:
            names = partial(_names, field=kind.name)
            column = Column(kind.name, kind.label, str, width=80, batch=names)
        if width := (widths or {}).get(kind.name):
            column = replace(column, width=width)
        made.append(replace(column, **changed.get(kind.name, {})))
    return tuple(made)


def _names(rows: list[Record], field: str) -> dict[bytes, str]:
    return routine_rows.staff_names(rows, field)


class SimplePage(RecordPage):
    """A list and a form; sheets in and out over the list; the latest first by `sort`, unless sorted by hand."""

    def __init__(self, frame: Frame, layout: ListLayout, *, sort: str = "", descending: bool = True) -> None:
        super().__init__(frame, replace(layout, sort=sort, descending=descending, form_least=FORM_LEAST))
        label = layout.model.label
        add_sheets(self, f"导入{label}", f"从 xlsx、xls 或 csv 表格导入{label}")

    def add_entries(self, form: RecordForm, label: str, model: type[Record], link: str, purpose: str) -> None:
        """Give the form a tab of dated entries."""
        panel = DatedParts(
            self.frame, model, link, ("on", "text"), sort="on", descending=True, purpose=purpose, wide=1
        )
        form.add_tab(label, panel)

    def opened(self, record: Record, *, fresh: bool) -> None:
        for panel in self.form.panels:
            panel.show_parts_of(None if fresh else cast("Record", record))
