"""Which columns of a record go over a sheet: what an import may bring and what an export holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from desktop.exchange.synonyms import EXTRAS, Extra
from desktop.records.base import Record, kinds_of
from desktop.records.kinds import Kind, Whole
from desktop.records.listing import Query

if TYPE_CHECKING:
    from desktop.exchange.export import Value

PAGE = 2_000


class Pages(Protocol):
    """What an export asks of the office's books."""

    def page(self, query: Query, offset: int = 0, limit: int = 100) -> list[Record]:
        """Return some of the records found, in order."""
        ...


def extras(model: type[Record]) -> tuple[Extra, ...]:
    """Return the columns of a sheet that are not fields of the record itself."""
    return EXTRAS.get(model.kind, ())


def importable(model: type[Record]) -> list[Kind]:
    """Return the fields that a sheet may bring: all but those that only a step may change."""
    return [kind for kind in kinds_of(model) if not kind.stepped]


def exported(books: Pages, query: Query, fields: Sequence[Kind]) -> Iterator[list[Value]]:
    """Yield the rows of an export, a page at a time: whole numbers as numbers, all else as text."""
    offset = 0
    while records := books.page(query, offset, PAGE):
        for record in records:
            yield [
                getattr(record, kind.name)
                if isinstance(kind, Whole)
                else kind.show(getattr(record, kind.name))
                for kind in fields
            ]
        offset += len(records)
