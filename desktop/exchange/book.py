"""What a table file holds once it is read: plain values, with the row numbers that Excel shows."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from desktop.errors import UserError
from desktop.exchange.scan import Sort


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell without a usable value: `text` as Excel shows it (#N/A), `reason` in Chinese."""

    text: str
    reason: str


Cell = str | float | int | bool | datetime.date | datetime.time | None | CellError
"""A cell as read (datetime is a date too); None is an empty one."""


class Row(NamedTuple):
    """One row that is not blank, with its number in Excel (from 1) and its cells from column A."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; blank rows are left out, vertically merged cells are filled down.

    `wide` holds the rows with cells merged across three columns or more (titles, section lines);
    `date1904` says from which year unformatted date serials count.
    """

    name: str
    hidden: bool
    rows: list[Row]
    wide: frozenset[int] = frozenset()
    date1904: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """A file read: its sheets in their order, and notes in Chinese that the clerk must see."""

    path: Path
    sort: Sort
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()
    encoding: str | None = None

    def sheet(self, name: str | None = None) -> Sheet:
        """Return the sheet called `name`, else the first visible sheet with data; raises UserError."""
        if name is not None:
            for sheet in self.sheets:
                if sheet.name == name:
                    return sheet
            names = "、".join(sheet.name for sheet in self.sheets)
            raise UserError(f"文件里没有名为“{name}”的工作表，现有：{names}")
        for sheet in self.sheets:
            if sheet.rows and not sheet.hidden:
                return sheet
        hidden = "、".join(sheet.name for sheet in self.sheets if sheet.rows)
        if hidden:
            raise UserError(
                f"可见的工作表里没有数据；隐藏的工作表“{hidden}”不会自动导入，请指定工作表或取消隐藏"
            )
        raise UserError(f"“{self.path.name}”里没有数据，请检查是不是选错了文件")
