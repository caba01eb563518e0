"""Quotas of a campaign: how many households each has to visit, has visited, and how often; each figure opens its rows."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from desktop.records import readings, visit_counts
from desktop.records.base import reading
from desktop.records.staff import Role, Staff
from desktop.records.visits import Campaign, OwnQuota
from desktop.services.figures import Figure

HOMES, TIMES = "户", "户次"


@dataclass(frozen=True, slots=True)
class Quota:
    """One staff member in a campaign: required 户, visited 户 (distinct) and 户次."""

    staff: Staff
    required: int
    households: int
    visits: int
    own: OwnQuota | None = None
    """What this person's number comes from, where it isn't the usual one."""

    @property
    def is_done(self) -> bool:
        """Whether the quota is reached; distinct households count, not visits."""
        return self.households >= self.required

    @property
    def words(self) -> str:
        """`38/40 户`."""
        return f"{self.households}/{self.required} 户"


def quotas(campaign: Campaign) -> list[Quota]:
    """Return every staff member's quota, leaders first, in the order they were entered; some have a number of their own."""
    counted = {row.staff: row for row in visit_counts.by_staff(campaign.since, campaign.until)}
    with reading():
        people = list(Staff.select().where(Staff.deleted_at.is_null()))
        set_apart = OwnQuota.select().where((OwnQuota.campaign == campaign) & OwnQuota.deleted_at.is_null())
        own = {bytes(row.staff_id): row for row in set_apart}  # pyright: ignore
    made = []
    for person in ranked(people):
        apart = own.get(person.id)
        usual = campaign.leader_quota if person.role == Role.LEADER else campaign.other_quota
        required = usual if apart is None else apart.households
        row = counted.get(person.id)
        made.append(
            Quota(person, required or 0, row.households if row else 0, row.visits if row else 0, apart)
        )
    return made


def ranked(people: Iterable[Staff]) -> list[Staff]:
    """Return staff as lists of the office name them: leaders first, then as entered, of one second by name."""
    return sorted(
        people,
        key=lambda one: (
            one.role != Role.LEADER,
            one.created_at,
            readings.sort_key(one.full_name, ""),
            one.id,
        ),
    )


def visit_figures(first: datetime.date | None, last: datetime.date | None) -> list[Figure]:
    """Return 户 and 户次 of everybody who visited in a period, and of the office as a whole, leaders first.

    What several made together is one visit of the office, and one of each of them.
    """
    found = {row.staff: row for row in visit_counts.visited(first, last)}
    homes = {key for row in found.values() for key in row.households}
    visits = {key for row in found.values() for key in row.visits}
    figures = [
        Figure("全部走访", len(homes), HOMES, tuple(sorted(homes))),
        Figure("全部走访", len(visits), TIMES, tuple(sorted(visits))),
    ]
    for person in _in_order(list(found)):
        row = found[person.id]
        figures.append(Figure(person.full_name, len(row.households), HOMES, tuple(row.households)))
        figures.append(Figure(person.full_name, len(row.visits), TIMES, tuple(row.visits)))
    return figures


def _in_order(keys: list[bytes]) -> list[Staff]:
    with reading():
        return ranked(Staff.select().where(Staff.id.in_(keys)))  # pyright: ignore
