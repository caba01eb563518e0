"""Bringing visits in from a sheet: each to a household that is there, by staff on the list, kept by the rules of a visit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from desktop.errors import UserError
from desktop.records import bulk, cleaning, storing
from desktop.records.base import Record, reading
from desktop.records.households import Household
from desktop.records.papers import Watch
from desktop.records.staff import Staff
from desktop.records.visits import Visit, VisitStaff
from desktop.services.lookup import resolve
from desktop.services.visiting import PARTED, Visiting

Values = Mapping[str, Any]
FILLED = ("companions", "found", "promised", "next_step", "next_on", "note")
"""What a row may add to a visit that is there, where it says nothing yet."""
PLACED = ("number", "village", "group")
"""What a row may tell of its household beside the head."""
MOST_DAYS = 500
CHUNK = 2_000
"""Visits written at a time."""


class VisitImport:
    """Makes, compares and writes the visits of one sheet; see `Importing`."""

    touched: tuple[type[Record], ...] = (Visit, VisitStaff)

    def __init__(self, visiting: Visiting, rows: Sequence[Values]) -> None:
        self._visiting = visiting
        self._homes: dict[str, list[Household]] = {}
        self._staff: dict[str, Staff] = {}
        self._numbers: dict[str, Household] = {}
        wanted = {_flat(row.get("household")) for row in rows} | {""}
        with reading():
            for home in Household.select().where(Household.deleted_at.is_null()):
                if home.name_key in wanted:
                    self._homes.setdefault(home.name_key, []).append(home)
                if home.number:
                    self._numbers[home.number] = home

    def settled(self, values: Values) -> Values:
        """Return the values of a row with its household found, and of several visitors the first as 走访人."""
        made = dict(values)
        first, *others = [word for word in PARTED.split(str(made.get("staff") or "")) if word] or [""]
        if others:
            made["staff"] = first
            made["companions"] = "、".join(filter(None, (*others, str(made.get("companions") or ""))))
        found = self._likely(values)
        if len(found) == 1:
            made["household"] = found[0].id.hex()
        elif not found and any(told := [str(values.get(name) or "") for name in PLACED]):
            made["household"] = " ".join(filter(None, (*told, str(values.get("household") or ""))))
        return made

    def _likely(self, values: Values) -> list[Household]:
        """Return the households that a row may mean: by 户号, else those of its head in the village and group told."""
        number, head = str(values.get("number") or ""), _flat(values.get("household"))
        if number:
            home = self._numbers.get(number)
            return [home] if home is not None and head in ("", home.name_key) else []
        found = self._homes.get(head, [])
        for name in ("village", "group"):
            if told := _flat(values.get(name)):
                found = [home for home in found if cleaning.comparable(getattr(home, name)) == told]
        return found

    def complete(self, record: Record, values: Values) -> list[Staff]:
        """Return who made a visit; refuse one that can't be: before its household, after it left, by strangers."""
        visit = cast("Visit", record)
        if values.get("number") and visit.household is None:
            raise UserError(f"没有找到户号“{str(values['number'])[:20]}”，或与户主不符", field="household")
        if faults := visit.faults():
            raise faults[0]
        self._visiting.refuse_impossible(visit)
        people = self._visiting.people_of(visit, self._called)
        visit.companions = "、".join(person.full_name for person in people[1:])
        return people

    def _called(self, word: str) -> Staff:
        """Return the staff member of a name, looked up once a sheet."""
        if word not in self._staff:
            self._staff[word] = resolve(Staff, word, field="companions")
        return self._staff[word]

    @staticmethod
    def kept_like(records: Sequence[Any]) -> list[Visit]:
        """Return the kept visits of the same days."""
        days = sorted({record.visited_on for record in records})
        found: list[Visit] = []
        with reading():
            for start in range(0, len(days), MOST_DAYS):
                same = Visit.visited_on.in_(days[start : start + MOST_DAYS])
                found += list(Visit.select().where(same & Visit.deleted_at.is_null()))
        return found

    @staticmethod
    def compared(record: Record, other: Record, course: Any) -> None:
        """Its own fields tell a row from what it is like."""
        del record, other, course

    def keep(self, records: Sequence[Any], courses: Mapping[bytes, Any], watch: Watch | None) -> None:
        """Write new visits with the people who made them, many at a time. Inside a change."""
        with bulk.filling(self.touched, len(records)):
            for start in range(0, len(records), CHUNK):
                if watch:
                    watch(start, len(records))
                part = records[start : start + CHUNK]
                storing.insert_all(part)
                storing.insert_all(
                    [row for visit in part for row in Visiting.counted(visit, courses[visit.id])]
                )

    def update(self, kept: Record, record: Record, course: Any) -> None:
        """Fill what is empty in a kept visit."""
        del course
        for name in FILLED:
            if getattr(kept, name) in (None, "") and getattr(record, name):
                setattr(kept, name, getattr(record, name))
        self._visiting.save(cast("Visit", kept))


def _flat(text: object) -> str:
    return cleaning.comparable(str(text or ""))
