"""What tells one record page from another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.records.base import Record
from desktop.ui.sections import Section
from desktop.ui.tables import Column

if TYPE_CHECKING:
    from desktop.ui.editors import EditorMaker


@dataclass(frozen=True, slots=True)
class ListLayout:
    """What one record page shows: `columns` are all there are, `shown` the keys of the usual ones.

    `unit` is the measure word of the count (`1,204 人`); `purpose` and `first_step` fill the empty state.
    """

    model: type[Record]
    sections: tuple[Section, ...]
    unit: str
    purpose: str
    first_step: str
    hint: str = "搜索"
    filters: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    sortable: tuple[str, ...] | None = None
    columns: tuple[Column, ...] = ()
    first_tab: str = "基本"
    sort: str = ""
    """The field the list is sorted by until somebody sorts it otherwise; '' for the order of its kind."""
    descending: bool = True
    form_least: int = 0
    """Pixels the form gets also on a small screen in large type, though no more than three fifths."""
    editors: Callable[[], Mapping[str, EditorMaker]] = dict
    """Boxes of fields that want another than their kind has; asked for when the form is made."""
