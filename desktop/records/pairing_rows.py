"""What lists of pairings and condolences show of other records, read for a whole page of rows at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from desktop.records.base import Record, database, meta_of, reading
from desktop.records.households import HouseholdState
from desktop.records.pairings import PairingState

KEYS = "(SELECT unhex(value) FROM json_each(?))"
HERE, RUNNING = HouseholdState.HERE.value, PairingState.RUNNING.value
LIFTED = "脱困待解除"
"""A pairing that runs although its household is out of need: it may be ended now."""


class Face(NamedTuple):
    """Who, which household, where it is, and whether it is still there."""

    staff: str
    head: str
    place: str
    home_state: str


class Course(NamedTuple):
    """How a pairing stands, and the last that was done."""

    standing: str
    last: str


def faces(records: Sequence[Record]) -> dict[bytes, Face]:
    """Return who and which household pairings, or condolences, are of, by their keys."""
    if not records:
        return {}
    table = meta_of(type(records[0])).table_name
    sql = (
        "SELECT t.id, coalesce(s.full_name, ''), h.head, h.village || h.village_group, h.state "
        f'FROM "{table}" AS t JOIN "household" AS h ON h.id = t.household_id '
        f'LEFT JOIN "staff" AS s ON s.id = t.staff_id WHERE t.id IN {KEYS}'
    )
    with reading():
        rows = database.execute_sql(sql, (_keys(records),)).fetchall()
    return {bytes(key): Face(*told) for key, *told in rows}


def courses(pairings: Sequence[Record]) -> dict[bytes, Course]:
    """Return how pairings stand, and the day and text of what was done last, by their keys.

    One that runs says what stands against it: a household that was lifted, moved away or became part of another.
    """
    sql = (
        "SELECT p.id, p.state, h.state, h.lifted_on, coalesce((SELECT g.\"on\" || ' ' || g.text "
        'FROM "pairing_progress" AS g WHERE g.pairing_id = p.id AND g.deleted_at IS NULL '
        "ORDER BY g.\"on\" DESC, g.created_at DESC, g.id DESC LIMIT 1), '') "
        f'FROM "pairing" AS p JOIN "household" AS h ON h.id = p.household_id WHERE p.id IN {KEYS}'
    )
    with reading():
        rows = database.execute_sql(sql, (_keys(pairings),)).fetchall()
    return {
        bytes(key): Course(_standing(state, home_state, lifted), " ".join(last.split()))
        for key, state, home_state, lifted, last in rows
    }


class Ending(NamedTuple):
    """A pairing that may be ended now, and since when its household is out of need."""

    pairing: bytes
    staff: str
    head: str
    lifted_on: str


def to_be_ended(most: int) -> list[Ending]:
    """Return pairings that run although their household is out of need (脱困待解除), the longest so first."""
    sql = (
        "SELECT p.id, coalesce(s.full_name, ''), h.head, h.lifted_on FROM \"pairing\" AS p "
        'JOIN "household" AS h ON h.id = p.household_id LEFT JOIN "staff" AS s ON s.id = p.staff_id '
        "WHERE p.deleted_at IS NULL AND p.state = ? AND h.state = ? AND h.lifted_on IS NOT NULL "
        "ORDER BY h.lifted_on, p.id LIMIT ?"
    )
    with reading():
        rows = database.execute_sql(sql, (RUNNING, HERE, most)).fetchall()
    return [Ending(bytes(key), *told) for key, *told in rows]


def _standing(state: str, home_state: str, lifted: str | None) -> str:
    if state != RUNNING:
        return state
    if home_state != HERE:
        return f"户已{home_state}"
    return LIFTED if lifted else state


def _keys(records: Sequence[Record]) -> str:
    return json.dumps([record.id.hex() for record in records])
