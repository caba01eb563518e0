"""Which columns of a record go over a sheet: what an import may bring and what an export holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from desktop.exchange import ticket_sheet, ticket_words, visit_words
from desktop.exchange.synonyms import CHOICE_WORDS, EXTRAS, SYNONYMS, Extra
from desktop.records.base import Record, kinds_of
from desktop.records.households import Household
from desktop.records.joining import join_all
from desktop.records.kinds import Kind, Whole
from desktop.records.listing import Query
from desktop.records.ticket_steps import Answer, Evaluation
from desktop.records.tickets import Ticket
from desktop.records.visits import Visit

if TYPE_CHECKING:
    from desktop.exchange.export import Value

PAGE = 2_000
OF_VISITS: dict[object, dict[str, tuple[str, ...]]] = {
    Household: visit_words.HOUSEHOLD_HEADINGS,
    Visit: visit_words.VISIT_HEADINGS,
}
"""Kinds with headings of their own."""


class Pages(Protocol):
    """What an export asks of the office's books."""

    def page(self, query: Query, offset: int = 0, limit: int = 100) -> list[Record]:
        """Return some of the records found, in order."""
        ...


def extras(model: type[Record]) -> tuple[Extra, ...]:
    """Return the columns of a sheet that are not fields of the record itself."""
    if model in (Household, Visit):
        return visit_words.HOUSEHOLD_EXTRAS if model is Household else visit_words.VISIT_EXTRAS
    return ticket_words.EXTRAS if model is Ticket else EXTRAS.get(model.kind, ())


def needed(kind: Kind) -> bool:
    """Say whether a row without this field can't be kept: it is required, and nothing stands in for it."""
    return kind.required and not kind.stepped and getattr(kind, "default", None) in (None, "")


def headings_of(kind: Kind) -> tuple[str, ...]:
    """Return what clerks write over a column of a field, beside its label."""
    words = ticket_words.HEADINGS if _is_told_of_tickets(kind) else SYNONYMS
    own = OF_VISITS.get(getattr(kind, "model", None), words)
    return own.get(kind.name, ())


def choice_words(kind: Kind) -> dict[str, str]:
    """Return what clerks write for the items of a closed list, in lower case."""
    words = ticket_words.CHOICES if _is_told_of_tickets(kind) else CHOICE_WORDS
    own = visit_words.CHOICES if getattr(kind, "model", None) is Visit else words
    return own.get(kind.name, {})


def _is_told_of_tickets(kind: Kind) -> bool:
    return getattr(kind, "model", None) in (Ticket, Answer, Evaluation)


def importable(model: type[Record]) -> list[Kind]:
    """Return the fields that a sheet may bring: all but those that only a step may change."""
    return [kind for kind in kinds_of(model) if not kind.stepped]


def headings(model: type[Record]) -> list[str]:
    """Return the headings of an export: the columns that an import of the same kind reads."""
    if model is Ticket:
        return list(ticket_sheet.HEADINGS)
    return [*(kind.label for kind in kinds_of(model)), *visit_words.beside(model)]


def lines(books: Pages, query: Query, *, full: bool = False) -> Iterator[list[Value]]:
    """Yield the rows of an export under `headings`, a page at a time; numbers are masked unless `full`."""
    if query.model is not Ticket:
        yield from exported(books, query, kinds_of(query.model), masked=not full)
        return
    offset = 0
    while records := books.page(query, offset, PAGE):
        yield from ticket_sheet.rows_of(records)
        offset += len(records)


def exported(
    books: Pages, query: Query, fields: Sequence[Kind], *, masked: bool = False
) -> Iterator[list[Value]]:
    """Yield the rows of an export, a page at a time: whole numbers as numbers, all else as text."""
    offset = 0
    while records := books.page(query, offset, PAGE):
        join_all(records)
        beside = visit_words.told_beside(records)
        for record, more in zip(records, beside, strict=True):
            yield [
                getattr(record, kind.name)
                if isinstance(kind, Whole)
                else (kind.masked_text if masked else kind.show)(getattr(record, kind.name))
                for kind in fields
            ] + more
        offset += len(records)
