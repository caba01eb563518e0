"""What is chosen or counted: one of a closed list, yes or no, a whole number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from desktop.records import cleaning
from desktop.records.kinds.kind import BooleanColumn, IntegerColumn, Kind
from desktop.records.kinds.texts import Text


class Choice(Text):
    """One of a closed list."""

    def __init__(self, label: str, choices: type[StrEnum] | Sequence[str], **options: Any) -> None:
        self.options = tuple(str(choice) for choice in choices)
        super().__init__(label, **options)

    def parse(self, text: str) -> str:
        return cleaning.narrow(cleaning.one_line(text))

    def check(self, value: str) -> None:
        super().check(value)
        if value and value not in self.options:
            raise self.wrong(f"没有“{value[:20]}”这一项，可填：{'、'.join(filter(None, self.options))}")


class Flag(Kind, BooleanColumn):
    """是 or 否."""

    YES, NO = (
        {"是", "有", "对", "√", "1", "true", "yes", "y"},
        {"", "否", "无", "不", "×", "0", "false", "no", "n"},
    )

    def __init__(self, label: str, *, hint: str = "", default: bool = False, **column: Any) -> None:
        super().__init__(default=default, **column)
        self.declare(label, required=False, hint=hint)

    def parse(self, text: str) -> bool:
        word = cleaning.one_line(text).casefold()
        if word not in self.YES | self.NO:
            raise self.wrong(f"“{word[:20]}”应填“是”或“否”")
        return word in self.YES

    def show(self, value: bool | None) -> str:
        return "是" if value else "否"


class Whole(Kind, IntegerColumn):
    """A whole number from `least` to `most`."""

    def __init__(
        self,
        label: str,
        *,
        required: bool = False,
        least: int = 0,
        most: int = 1_000_000,
        stepped: bool = False,
        hint: str = "",
        **column: Any,
    ) -> None:
        super().__init__(null=True, **column)
        self.declare(label, required=required, stepped=stepped, hint=hint)
        self.least, self.most = least, most

    def parse(self, text: str) -> int | None:
        flat = unicodedata.normalize("NFKC", cleaning.one_line(text)).replace(",", "")
        if not flat:
            return None
        found = re.fullmatch(r"(-?[0-9]{1,12})(?:\.0+)?\s*[人个名份户件分天]?", flat)
        if not found:
            raise self.wrong(f"“{flat[:20]}”不是整数")
        return int(found[1])

    def check(self, value: int | None) -> None:
        super().check(value)
        if value is not None and not self.least <= value <= self.most:
            raise self.wrong(f"应在 {self.least} 到 {self.most} 之间")
