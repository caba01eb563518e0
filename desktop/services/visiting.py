"""Visits: kept with everybody who came along, questioned where they look wrong, and the problems found on them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence

from desktop.records import storing
from desktop.records.base import parts_of, reading
from desktop.records.households import Household
from desktop.records.staff import Staff
from desktop.records.tickets import Raiser, Ticket, TicketSource
from desktop.records.visits import Visit, VisitStaff, VisitState
from desktop.services.changes import Changes
from desktop.services.household_presence import refuse_absent
from desktop.services.lookup import resolve
from desktop.services.tickets import Tickets

WEEK = datetime.timedelta(days=7)
TEAMS = 3
"""From so many teams in one village within a week on, visits are too close (宜秀: 避免过多过密)."""
PARTED = re.compile(r"[、,，;；/\s]+")


class Visiting:
    """Verbs on visits."""

    def __init__(self, changes: Changes, tickets: Tickets) -> None:
        self._changes = changes
        self._tickets = tickets

    def save(self, visit: Visit, problems: Sequence[Ticket] = ()) -> None:
        """Check and keep a visit with its people and the problems found on it, all in one change.

        Each problem becomes a ticket linked to the visit, numbered and on the clock. Raises UserError naming
        the field; nothing is kept then.
        """
        with reading():
            is_new = not Visit.select().where(Visit.id == visit.id).exists()
        if faults := visit.faults():
            raise faults[0]
        self.refuse_impossible(visit)
        people = self.people_of(visit)
        visit.companions = "、".join(person.full_name for person in people[1:])
        for ticket in problems:
            self._found_on(ticket, visit)
            self._tickets.prepare(ticket)
        verb = "登记" if is_new else "修改"
        with self._changes.change(f"{verb}走访“{visit.caption()}”", Visit, VisitStaff, Ticket):
            storing.write(visit, is_new=is_new)
            self._keep_people(visit, people)
            if problems:
                self._tickets.keep(problems)

    @staticmethod
    def people_of(visit: Visit, called: Callable[[str], Staff] | None = None) -> list[Staff]:
        """Return who made a visit, the one answering for it first, nobody twice; `called` knows them by name."""
        found = [visit.staff]
        for word in filter(None, PARTED.split(visit.companions)):
            person = called(word) if called else resolve(Staff, word, field="companions")
            if person not in found:
                found.append(person)
        return found

    @staticmethod
    def counted(visit: Visit, people: Sequence[Staff]) -> list[VisitStaff]:
        """Return the rows that quotas count a visit by, not kept yet; plans and misses don't count."""
        if visit.state != VisitState.DONE:
            return []
        return [
            VisitStaff(visit=visit, staff=person, household=visit.household, visited_on=visit.visited_on)
            for person in people
        ]

    @staticmethod
    def _keep_people(visit: Visit, people: Sequence[Staff]) -> None:
        """Let the rows that quotas are counted by say what the visit says; plans and misses don't count."""
        kept = {row.staff: row for row in parts_of(VisitStaff, "visit", visit)}
        for made in Visiting.counted(visit, people):
            row = kept.pop(made.staff, None)
            if row is None:
                storing.write(made, is_new=True)
            elif (row.household, row.visited_on) != (visit.household, visit.visited_on):
                row.household, row.visited_on = visit.household, visit.visited_on
                storing.write(row, is_new=False)
        for row in kept.values():
            row.deleted_at, row.deleted_because = visit.changed_at, "走访已改动"
            storing.write(row, is_new=False)

    @staticmethod
    def _found_on(ticket: Ticket, visit: Visit) -> None:
        """Fill what a problem has from the visit that it was found on."""
        ticket.visit, ticket.source, ticket.received_on = visit, TicketSource.VISIT, visit.visited_on
        if visit.household is not None:
            ticket.household = visit.household
            ticket.raised_by, ticket.raiser = ticket.raised_by or visit.household.head, Raiser.HOUSEHOLD
            ticket.place = ticket.place or f"{visit.household.village}{visit.household.group}"
        elif visit.representative is not None:
            ticket.representative, ticket.raised_by = visit.representative, visit.representative.full_name
        else:
            ticket.raised_by, ticket.raiser = ticket.raised_by or visit.enterprise, Raiser.UNIT

    @staticmethod
    def refuse_impossible(visit: Visit) -> None:
        """Raise UserError for a visit before its household was there, after it left, or to a part of another."""
        if visit.household is not None and visit.visited_on is not None:
            refuse_absent(visit.household, visit.visited_on, "走访", "visited_on")

    def questions(self, visit: Visit) -> list[str]:
        """Return what may be so but should be asked about before it is kept: twice a day, too close together."""
        if visit.household is None or visit.visited_on is None:
            return []
        asked: list[str] = []
        around = self._around(visit.household, visit)
        if any(one.visited_on == visit.visited_on and one.staff == visit.staff for one in around):
            asked.append(
                f"{visit.staff.full_name} {visit.visited_on} 已有一次对“{visit.household.head}”的走访"
            )
        elif around:
            days = "、".join(f"{one.visited_on}（{one.staff.full_name}）" for one in around[:3])
            asked.append(f"“{visit.household.head}”前后一周内已有走访：{days}，请避免过密")
        teams = self._teams(visit)
        if len(teams) >= TEAMS:
            names = "、".join(sorted(teams)[:5])
            asked.append(
                f"“{visit.household.village}”一周内已有 {len(teams)} 个组去走访（{names}），过于集中"
            )
        return asked

    @staticmethod
    def _around(home: Household, visit: Visit) -> list[Visit]:
        """Return the visits and plans of a household within a week of a visit, itself left out."""
        first, last = visit.visited_on - WEEK, visit.visited_on + WEEK  # pyright: ignore[reportOptionalOperand]
        with reading():
            return list(
                Visit.select()
                .where(
                    (Visit.household == home)
                    & (Visit.visited_on > first)
                    & (Visit.visited_on < last)
                    & (Visit.id != visit.id)
                    & Visit.state.in_((VisitState.DONE, VisitState.PLANNED))  # pyright: ignore
                    & Visit.deleted_at.is_null()
                )
                .order_by(Visit.visited_on)
            )

    @staticmethod
    def _teams(visit: Visit) -> set[str]:
        """Return who goes to the village of a visit in its week (Monday to Sunday), the visit's own included."""
        on = visit.visited_on or datetime.date.today()
        first = on - datetime.timedelta(days=on.weekday())
        with reading():
            rows = (
                Visit.select(Visit.staff)
                .join(Household, on=(Visit.household == Household.id))
                .where(
                    (Household.village == visit.household.village)
                    & (Visit.visited_on >= first)
                    & (Visit.visited_on < first + WEEK)
                    & (Visit.id != visit.id)
                    & Visit.state.in_((VisitState.DONE, VisitState.PLANNED))  # pyright: ignore
                    & Visit.deleted_at.is_null()
                )
                .distinct()
            )
            return {row.staff.full_name for row in rows} | {visit.staff.full_name}

    @staticmethod
    def previous(home: Household, before: datetime.date | None = None) -> Visit | None:
        """Return the last visit that was made to a household (before a day, where one is told)."""
        made = (Visit.household == home) & (Visit.state == VisitState.DONE) & Visit.deleted_at.is_null()
        if before is not None:
            made &= Visit.visited_on < before
        with reading():
            return Visit.select().where(made).order_by(Visit.visited_on.desc(), Visit.id.desc()).first()  # pyright: ignore

    @staticmethod
    def problems_of(visit: Visit) -> list[Ticket]:
        """Return the tickets that came of a visit, in the order of their numbers."""
        return sorted(parts_of(Ticket, "visit", visit), key=lambda ticket: ticket.number)
