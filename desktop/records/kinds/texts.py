"""Texts: a line, a name, several lines, a word of an editable list."""

from __future__ import annotations

from typing import Any, ClassVar

from desktop.records import cleaning
from desktop.records.kinds.kind import Kind, TextColumn


class Text(Kind, TextColumn):
    """One line of text of at most `limit` characters; `longest` is the limit of a field that gives none."""

    longest: ClassVar[int] = 100

    def __init__(
        self,
        label: str,
        *,
        required: bool = False,
        limit: int | None = None,
        stepped: bool = False,
        hint: str = "",
        **column: Any,
    ) -> None:
        super().__init__(default=column.pop("default", ""), **column)
        self.declare(label, required=required, stepped=stepped, hint=hint)
        self.limit = self.longest if limit is None else limit

    def parse(self, text: str) -> str:
        return cleaning.one_line(text)

    def check(self, value: str) -> None:
        if not value:
            super().check(value)
        if len(value) > self.limit:
            raise self.wrong(f"最多 {self.limit} 个字，现有 {len(value)} 个字")


class Name(Text):
    """A person's name: see cleaning.person_name for what is kept of what is typed."""

    longest = 50

    def parse(self, text: str) -> str:
        return cleaning.person_name(text)


class Prose(Text):
    """Several lines of text, kept as said."""

    longest = 20_000

    def parse(self, text: str) -> str:
        return cleaning.many_lines(text)


class Listed(Text):
    """A word of an editable list (`terms`), which its first use extends."""

    def __init__(self, label: str, terms: str, **options: Any) -> None:
        self.terms = terms
        super().__init__(label, **options)
