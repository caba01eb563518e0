"""From some records of the visit loop to others that hang on them: a household's pairings, the households of visits."""

from __future__ import annotations

from desktop.errors import UserError
from desktop.records import listing
from desktop.records.base import Record, reading
from desktop.records.listing import Query

AT_HOME = ("visit", "pairing", "condolence")
"""What hangs on a household by a column of its own."""


def hanging_on(query: Query, model: type[Record]) -> Query:
    """Return the query of the records of `model` that hang on those of `query`; itself where it is of them.

    Raises UserError for kinds that have nothing to do with each other.
    """
    source, target = query.model.kind, model.kind
    if source == target:
        return query
    with reading():  # what is searched for is looked up
        if (source, target) == ("visit", "diary"):
            keys, values = listing.selecting(query, "id")
            told = f"SELECT diary_id FROM diary_visit WHERE deleted_at IS NULL AND visit_id IN ({keys})"
            return Query(model, narrowed=((f"t.id IN ({told})", tuple(values)),))
        if {source, target} <= {"household", *AT_HOME}:
            homes, values = listing.selecting(query, "id" if source == "household" else "household_id")
            column = "id" if target == "household" else "household_id"
            return Query(model, narrowed=((f"t.{column} IN ({homes})", tuple(values)),))
    raise UserError(f"{query.model.label}没有自己的{model.label}，请直接选{model.label}", field="records")
