"""Bringing a ledger of 问题 in: rows become tickets with number, deadline, 件次 and the steps that they tell of."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from desktop.errors import UserError
from desktop.records import bulk, cleaning, storing
from desktop.records.base import Record, kinds_of, reading
from desktop.records.dates import parse_day
from desktop.records.meetings import Meeting
from desktop.records.papers import Watch
from desktop.records.representatives import Representative, named
from desktop.records.ticket_steps import Answer, Evaluation, TicketStep
from desktop.records.tickets import Occurrence, Raiser, Ticket, TicketSort, TicketState, saying
from desktop.records.time_limits import TimeLimit
from desktop.services import raisers
from desktop.services.changes import Changes
from desktop.services.lookup import candidates
from desktop.services.ticket_clock import Limits
from desktop.services.ticket_history import Retelling, is_told
from desktop.services.ticket_moves import occurrences_of
from desktop.services.tickets import CHARGED, FIXED_AT_ACCEPTING, UNCHARGED, Tickets
from desktop.services.workdays import Workdays

Values = Mapping[str, Any]
OLD_NUMBER, OLD_DEADLINE, OLD_UNIT = "原编号 {}", "原台账期限：{}", "反映人单位：{}"
WORKDAYS = re.compile(r"(\d{1,3})个*工作日[以内]*")
OWN_NUMBER = re.compile(r"(\d{4})-(\d{4,})")
WORDS_OF_NOTE = 10_000
NEVER_UPDATED = ("content", "raised_by", "raiser", "received_on", "sort")


@dataclass(frozen=True, slots=True)
class Course:
    """What a row told beside the ticket's own fields, and the rows that come of it."""

    told: Values
    rows: list[Record]


class _ReadOnce:
    """The default limit, asked for by every row of a sheet."""

    def __init__(self, limits: Limits) -> None:
        self._default = functools.cache(limits.default)

    def default(self) -> TimeLimit | None:
        return self._default()


class TicketImport:
    """Makes, compares and writes the tickets of one sheet; see `Importing`."""

    touched: tuple[type[Record], ...] = (Ticket, Occurrence, TicketStep, Answer, Evaluation, Meeting)

    def __init__(
        self, changes: Changes, workdays: Workdays, limits: Limits, who: str, rows: Sequence[Values]
    ) -> None:
        self._tickets = Tickets(changes, workdays, _ReadOnce(limits), who)
        self._workdays = workdays
        words = {cleaning.one_line(str(row.get("raised_by", ""))) for row in rows}
        self._people = named(words)
        self._known = raisers.Known(self._called, functools.cache(raisers.Known().is_unit))
        self._meetings = self._meetings_of({str(row["meeting"]) for row in rows if row.get("meeting")})

    @staticmethod
    def _meetings_of(names: set[str]) -> dict[str, Meeting]:
        """Return the meetings named, those not known yet made but not kept."""
        found: dict[str, Meeting] = {}
        for name in sorted(names):
            known = candidates(Meeting, name)
            found[name] = known[0] if known else Meeting(name=Meeting.name.parse(name))
        return found

    def _called(self, word: str) -> Sequence[Representative]:
        if re.fullmatch("[0-9a-fA-F]{32}", word):
            return candidates(Representative, word)
        return self._people.get(cleaning.comparable(cleaning.person_name(word)), ())

    # -- one row

    def settled(self, values: Values) -> Values:
        """Return the values of a row as fields take them: a 时限 may be told by its date or its working days."""
        made = dict(values)
        if made.get("decision") and not made.get("sort"):
            made["sort"] = TicketSort.SUGGESTION.value
        if limit := str(made.get("limit") or ""):
            flat = cleaning.comparable(limit)
            if name := self._limits.get(flat):
                made["limit"] = name
            elif days := WORKDAYS.fullmatch(flat):
                del made["limit"]
                if "due_on" not in made and made.get("received_on"):
                    made["due_on"] = self._workdays.due(made["received_on"], int(days[1])).due
            elif due := _day(limit):
                del made["limit"]
                made.setdefault("due_on", due)
        return made

    @functools.cached_property
    def _limits(self) -> dict[str, str]:
        with reading():
            live = TimeLimit.select().where(TimeLimit.deleted_at.is_null())
            return {cleaning.comparable(row.name): row.name for row in live}

    def complete(self, record: Record, values: Values) -> Course:
        """Prepare a new ticket as registering does and take it through what the row tells; raises its first fault."""
        ticket = cast("Ticket", record)
        self._find_raiser(ticket, str(values.get("raiser_unit") or ""))
        ticket.number = str(values.get("number") or "")
        if is_told(values) and ticket.handler and not ticket.section:
            ticket.section = ticket.handler.section
        self._tickets.prepare(ticket, self._known)
        return Course(values, self._rows(ticket, values))

    def _rows(self, ticket: Ticket, values: Values) -> list[Record]:
        beginning = self._tickets.beginning(ticket)
        due = values.get("due_on")
        if not is_told(values):
            if due and due != ticket.due_on:
                _note(ticket, OLD_DEADLINE.format(due))
            return beginning
        return Retelling(self._tickets, ticket, values, self._meetings).rows(beginning)

    def _find_raiser(self, ticket: Ticket, unit: str) -> None:
        """Find who of namesakes is meant by the unit told; who is of another unit is somebody else."""
        word = cleaning.one_line(ticket.raised_by)
        if word in ("", *raisers.NAMELESS) or ticket.raiser == Raiser.ANONYMOUS:
            return
        if ticket.raiser in ("", Raiser.REPRESENTATIVE) and (found := self._called(word)):
            fits = [person for person in found if not unit or not person.unit or _alike(person.unit, unit)]
            if len(found) > 1 and unit:
                fits = [person for person in fits if person.unit]
            if len(fits) == 1:
                ticket.representative = fits[0]
                ticket.raised_by = fits[0].full_name
                return
            if len(found) > 1 or ticket.raiser:
                raise UserError(_which(word, found, unit), field="raised_by")
            ticket.raiser = Raiser.HOUSEHOLD
        if unit:
            _note(ticket, OLD_UNIT.format(unit))

    # -- what is there already

    @staticmethod
    def kept_like(records: Sequence[Any]) -> list[Ticket]:
        """Return the kept tickets with the very text of any of `records`."""
        return saying({record.content for record in records})

    # -- writing

    @staticmethod
    def compared(record: Record, other: Record, course: Any) -> None:
        """Its own fields tell a row from what it is like."""
        del record, other, course

    def keep(self, records: Sequence[Any], courses: Mapping[bytes, Course], watch: Watch | None) -> None:
        """Number and write new tickets with their courses; an older number goes to 原始材料. Inside a change."""
        tickets = sorted(records, key=_own_order)
        old = {ticket.id: ticket.number for ticket in tickets}
        self._tickets.number(tickets)
        for ticket in tickets:
            _keep_old_number(ticket, old[ticket.id])
        self._keep_meetings()
        self._tickets.write(tickets, lambda ticket: courses[ticket.id].rows, watch)

    def _keep_meetings(self) -> None:
        keys = [meeting.id for meeting in self._meetings.values()]
        there = {row.id for row in storing.kept(Meeting, keys)}
        storing.insert_all([row for row in self._meetings.values() if row.id not in there])

    def update(self, kept: Record, record: Record, course: Course) -> None:
        """Fill what is empty in a kept ticket, never what was said; one not begun yet gets the steps told."""
        ticket, told = cast("Ticket", kept), cast("Ticket", record)
        registered = ticket.state == TicketState.REGISTERED
        fixed = () if registered else (*FIXED_AT_ACCEPTING, *(() if ticket.state in UNCHARGED else CHARGED))
        for kind in kinds_of(Ticket):
            open_to_it = not kind.stepped and kind.name not in (*NEVER_UPDATED, *fixed)
            if open_to_it and getattr(ticket, kind.name) in (None, "") and getattr(told, kind.name):
                setattr(ticket, kind.name, getattr(told, kind.name))
        if faults := ticket.faults():
            raise faults[0]
        rows: list[Record] = []
        if registered:
            self._tickets.clock.set_going(ticket)
            if is_told(course.told):
                rows = Retelling(self._tickets, ticket, course.told, self._meetings).rows([])
        self._keep_meetings()
        storing.write(ticket, is_new=False)
        bulk.insert_in_order(rows)
        if rows and ticket.closed_on:
            raised = occurrences_of(ticket)
            for occurrence in raised:
                occurrence.told_on = ticket.answered_on
            storing.update_all(raised)


def _note(ticket: Ticket, words: str) -> None:
    """Add a line to 备注 where there is room for it."""
    if len(ticket.note) + len(words) < WORDS_OF_NOTE and words not in ticket.note:
        ticket.note = f"{ticket.note}\n{words}".strip()


def _keep_old_number(ticket: Ticket, old: str) -> None:
    if not old or old == ticket.number:
        return
    words = OLD_NUMBER.format(old)
    if not ticket.source_document:
        ticket.source_document = words
    else:
        _note(ticket, words)


def _own_order(ticket: Ticket) -> tuple[int, int]:
    """Return what new tickets are numbered by: numbers of this program's own making in their order, else the sheet's."""
    own = OWN_NUMBER.fullmatch(ticket.number)
    return (int(own[1]), int(own[2])) if own else (0, 0)


def _alike(unit: str, other: str) -> bool:
    """Say whether two names may mean one unit: 县医院 and 肥西县医院."""
    mine, theirs = cleaning.comparable(unit), cleaning.comparable(other)
    return mine in theirs or theirs in mine


def _which(word: str, found: Sequence[Representative], unit: str) -> str:
    told = "；".join(person.told_apart() for person in found[:6])
    by_unit = f"按单位“{unit[:20]}”也分不出" if unit else "请加一栏“反映人单位”写明单位"
    if len(found) > 1:
        return f"名册上有 {len(found)} 位“{word[:20]}”：{told}；{by_unit}，或把“反映人身份”写成群众"
    return f"名册上的“{word[:20]}”是 {told}，与单位“{unit[:20]}”不符；请核对，或把“反映人身份”写成群众"


def _day(text: str) -> Any:
    try:
        return parse_day(cleaning.one_line(text))
    except ValueError:
        return None
