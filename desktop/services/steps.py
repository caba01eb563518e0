"""What steps of a record's life have in common: known words only, and a day that has come."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from desktop.errors import UserError
from desktop.records.base import Record
from desktop.records.visits import Visit
from desktop.services.lookup import refuse_unknown


def check_step(
    record: Record, verb: str, values: Mapping[str, str], steps: Mapping[str, tuple[str, ...]]
) -> None:
    """Raise UserError for a step that a kind doesn't have, or a word that the step doesn't know."""
    if verb not in steps:
        raise UserError(f"{record.label}没有“{verb[:20]}”这一步，可用的有：{'、'.join(steps)}", field="verb")
    refuse_unknown(verb, values, steps[verb])


def day_told(values: Mapping[str, str]) -> datetime.date:
    """Return the day told with a step, today where none is; never one to come."""
    on = Visit.next_on.parse(values.get("on", "")) or datetime.date.today()
    if on > datetime.date.today():
        raise UserError(f"日期 {on} 还没有到，请核对", field="on")
    return on
