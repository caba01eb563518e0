"""What lists of visits and households show of other records, read for a whole page of rows at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from desktop.records.base import Record, database, reading

KEYS = "(SELECT unhex(value) FROM json_each(?))"


class Face(NamedTuple):
    """Whom a visit was to, where they live, and who went."""

    whom: str
    village: str
    staff: str


def faces(visits: Sequence[Record]) -> dict[bytes, Face]:
    """Return whom, where and by whom visits were made, by their keys."""
    sql = (
        "SELECT v.id, coalesce(h.head, r.full_name, v.enterprise), coalesce(h.village || h.village_group, ''), "
        'coalesce(s.full_name, \'\') FROM "visit" AS v LEFT JOIN "household" AS h ON h.id = v.household_id '
        'LEFT JOIN "representative" AS r ON r.id = v.representative_id LEFT JOIN "staff" AS s '
        f"ON s.id = v.staff_id WHERE v.id IN {KEYS}"
    )
    return {key: Face(*told) for key, *told in _rows(sql, visits)}


def problems(visits: Sequence[Record]) -> dict[bytes, int]:
    """Return how many tickets came of visits, by the visits' keys; those of none are left out."""
    sql = (
        f'SELECT visit_id, count(*) FROM "ticket" WHERE visit_id IN {KEYS} AND deleted_at IS NULL '
        "GROUP BY visit_id"
    )
    return dict(_rows(sql, visits))


def last_visits(homes: Sequence[Record]) -> dict[bytes, str]:
    """Return the day of the last visit made to households, by their keys."""
    sql = (
        f"SELECT household_id, max(visited_on) FROM \"visit\" WHERE household_id IN {KEYS} AND state = '已访' "
        "AND deleted_at IS NULL GROUP BY household_id"
    )
    return dict(_rows(sql, homes))


def members(homes: Sequence[Record]) -> dict[bytes, str]:
    """Return who lives in households, as `李明（子）、王芳（妻）`, by the households' keys."""
    sql = (
        f'SELECT household_id, full_name, relation FROM "member" WHERE household_id IN {KEYS} '
        "AND deleted_at IS NULL ORDER BY id"
    )
    found: dict[bytes, str] = {}
    for key, who, relation in _rows(sql, homes):
        told = f"{who}（{relation}）" if relation else who
        found[key] = f"{found[key]}、{told}" if key in found else told
    return found


def helpers(homes: Sequence[Record]) -> dict[bytes, str]:
    """Return who is paired with households now, names parted by 、, by the households' keys."""
    sql = (
        'SELECT p.household_id, s.full_name FROM "pairing" AS p JOIN "staff" AS s ON s.id = p.staff_id '
        f"WHERE p.household_id IN {KEYS} AND p.state = '结对中' AND p.deleted_at IS NULL ORDER BY p.since, p.id"
    )
    found: dict[bytes, str] = {}
    for key, who in _rows(sql, homes):
        found[key] = f"{found[key]}、{who}" if key in found else who
    return found


def _rows(sql: str, records: Sequence[Record]) -> list[tuple[Any, ...]]:
    keys = json.dumps([record.id.hex() for record in records])
    with reading():
        return [(bytes(row[0]), *row[1:]) for row in database.execute_sql(sql, (keys,)).fetchall()]
