"""From some records of the visit loop to others that hang on them: a household's pairings, the households of visits."""

from __future__ import annotations

import json

from desktop.errors import UserError
from desktop.records import listing
from desktop.records.base import Record
from desktop.records.listing import Query

KEYS = "SELECT unhex(value) FROM json_each(?)"
AT_HOME = ("visit", "pairing", "condolence")
"""What hangs on a household by a column of its own."""


def hanging_on(query: Query, model: type[Record]) -> Query:
    """Return the query of the records of `model` that hang on those of `query`; itself where it is of them.

    Raises UserError for kinds that have nothing to do with each other.
    """
    source, target = query.model.kind, model.kind
    if source == target:
        return query
    if (source, target) == ("visit", "diary"):
        condition = (
            f"t.id IN (SELECT diary_id FROM diary_visit WHERE deleted_at IS NULL AND visit_id IN ({KEYS}))"
        )
    elif {source, target} <= {"household", *AT_HOME}:
        homes = KEYS if source == "household" else f'SELECT household_id FROM "{source}" WHERE id IN ({KEYS})'
        condition = f"t.{'id' if target == 'household' else 'household_id'} IN ({homes})"
    else:
        raise UserError(f"{query.model.label}没有自己的{model.label}，请直接选{model.label}", field="records")
    keys = json.dumps([key.hex() for key in listing.ids(query)])
    return Query(model, narrowed=((condition, (keys,)),))
