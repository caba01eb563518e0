"""Tickets: registered with number and deadline, then taken through their steps, each kept for good."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence

from desktop.errors import UserError
from desktop.records import bulk, register, storing
from desktop.records.backups import Reason
from desktop.records.base import Record, parts_of, reading
from desktop.records.meetings import Meeting
from desktop.records.papers import Watch
from desktop.records.ticket_steps import Answer, Evaluation, TicketStep
from desktop.records.tickets import Occurrence, Ticket, TicketSource, TicketState
from desktop.services import raisers
from desktop.services.changes import Changes
from desktop.services.ticket_clock import Limits, TicketClock
from desktop.services.ticket_moves import move, occurrences_of
from desktop.services.ticket_rules import Rule, Told, check_allowed, told_of
from desktop.services.workdays import Workdays

SERIES, WRITTEN = "问题", "{year}-{number:04}"
FIXED_AT_ACCEPTING = {
    "sort": "类型", "received_on": "反映日期", "open_day": "开放日", "limit": "办理时限", "source": "来源",
}  # fmt: skip
"""What the deadline and the figures rest on: open to correction until the ticket is accepted."""
CHARGED = {"section": "承办科室", "handler": "经办人"}
UNCHARGED = (TicketState.REGISTERED, TicketState.ACCEPTED)
OWN = ("raised_by", "raiser", "representative", "received_on", "source")
"""What a ticket's own 件次 says in the same words."""
PART = 500


class Tickets:
    """Verbs on tickets."""

    def __init__(self, changes: Changes, workdays: Workdays, limits: Limits, who: str = "") -> None:
        self._changes = changes
        self._who = who
        self.clock = TicketClock(workdays, limits)

    def save(self, ticket: Ticket) -> None:
        """Check and keep a ticket; a new one takes the next number of its year and its deadline.

        Raises UserError where a correction would rewrite what was said or what the clock rests on.
        """
        with reading():
            kept = Ticket.get_or_none(Ticket.id == ticket.id)
        if kept is None:
            self.register([ticket])
            return
        self._refuse_rewriting(kept, ticket)
        if ticket.raised_by != kept.raised_by or ticket.raiser != kept.raiser:
            raisers.recognize(ticket)
        if faults := ticket.faults():
            raise faults[0]
        if ticket.state == TicketState.REGISTERED:
            self.clock.set_going(ticket)
        with self._changes.change(f"修改{ticket.sort} {ticket.number}", Ticket, Occurrence):
            storing.write(ticket, is_new=False)
            self._follow(ticket)

    def register(self, tickets: Sequence[Ticket], watch: Watch | None = None) -> None:
        """Check and keep new tickets as one change, numbered in the order given."""
        for ticket in tickets:
            self.prepare(ticket)
        called = f"登记{tickets[0].sort}" if len(tickets) == 1 else f"登记 {len(tickets)} 件"
        with self._changes.change(called, Ticket, Occurrence, TicketStep):
            self.keep(tickets, watch)

    def prepare(self, ticket: Ticket, known: raisers.Known = raisers.Known()) -> None:  # noqa: B008 - a value
        """Fill what a new ticket's other fields say and check it; raises its first fault."""
        if ticket.received_on is None:
            held = ticket.open_day.held_on if ticket.open_day else None
            ticket.received_on = min(held or datetime.date.max, datetime.date.today())
        if ticket.open_day and not ticket.source:
            ticket.source = TicketSource.OPEN_DAY
        raisers.recognize(ticket, known)
        if faults := ticket.faults():
            raise faults[0]
        self.clock.set_going(ticket)

    def keep(self, tickets: Sequence[Ticket], watch: Watch | None = None) -> None:
        """Number and write prepared tickets with their own 件次 and first step; must run inside a change."""
        self.number(tickets)
        self.write(tickets, self.beginning, watch)

    def write(
        self,
        tickets: Sequence[Ticket],
        rows_of: Callable[[Ticket], Sequence[Record]],
        watch: Watch | None = None,
    ) -> None:
        """Write new tickets with the rows that tell their course, in that order; must run inside a change."""
        for start in range(0, len(tickets), PART):
            if watch:
                watch(start, len(tickets))
            part = tickets[start : start + PART]
            storing.insert_all(part)
            bulk.insert_in_order([row for ticket in part for row in rows_of(ticket)])

    def beginning(self, ticket: Ticket) -> list[Record]:
        """Return what every new ticket has: its own 件次, and the step that registers it."""
        return [self._own_occurrence(ticket), self._registration(ticket)]

    @staticmethod
    def number(tickets: Sequence[Ticket]) -> None:
        """Give new tickets the next numbers of their years, in the order given; must run inside a change."""
        years: dict[int, list[Ticket]] = {}
        for ticket in tickets:
            years.setdefault(ticket.received_on.year, []).append(ticket)  # pyright: ignore[reportOptionalMemberAccess]
        for year, those in years.items():
            keys = [ticket.id for ticket in those]
            for ticket, number in zip(those, register.take_for(SERIES, year, keys, WRITTEN), strict=True):
                ticket.number = number

    @staticmethod
    def _own_occurrence(ticket: Ticket) -> Occurrence:
        own = Occurrence(ticket=ticket, first_ticket=ticket)
        for name in OWN:
            setattr(own, name, getattr(ticket, name))
        return own

    def _registration(self, ticket: Ticket) -> TicketStep:
        return TicketStep(
            ticket=ticket, verb="register", name="登记", on=ticket.received_on, who=self._who, after=ticket.state,
            due_after=ticket.due_on,
        )  # fmt: skip

    @staticmethod
    def _refuse_rewriting(kept: Ticket, ticket: Ticket) -> None:
        if ticket.content != kept.content:
            raise UserError(
                f"{kept.number} 的内容是原话，登记后不能改写；要概括请写在“摘要”，录错了请撤销或删除后重新登记",
                field="content",
            )
        if kept.state != TicketState.REGISTERED:
            _refuse_changed(kept, ticket, FIXED_AT_ACCEPTING, "受理后不能再改")
        if kept.state not in UNCHARGED:
            _refuse_changed(kept, ticket, CHARGED, "交办后不能直接改，请用“交办”转给别的科室或经办人")

    @staticmethod
    def _follow(ticket: Ticket) -> None:
        """Let the ticket's own 件次 say what the ticket now says."""
        raised = parts_of(Occurrence, "first_ticket", ticket)
        own = raised[0] if raised else None
        if own is None or all(getattr(own, name) == getattr(ticket, name) for name in OWN):
            return
        for name in OWN:
            setattr(own, name, getattr(ticket, name))
        storing.write(own, is_new=False)

    def save_occurrence(self, occurrence: Occurrence) -> None:
        """Keep one more time that a ticket's matter was raised: another 件次 of the same 件."""
        Occurrence.ticket.check(occurrence.__data__.get("ticket"))
        with reading():
            kept = Occurrence.get_or_none(Occurrence.id == occurrence.id)
        if kept is None:
            occurrence.first_ticket = occurrence.ticket
            if occurrence.ticket.state == TicketState.MERGED:
                occurrence.ticket = occurrence.ticket.main
        elif kept.ticket != occurrence.ticket:
            raise UserError("反映件次不能改挂到别的件上；请删除后在那一件下登记", field="ticket")
        occurrence.received_on = occurrence.received_on or datetime.date.today()
        raisers.recognize(occurrence)
        if faults := occurrence.faults():
            raise faults[0]
        verb = "登记" if kept is None else "修改"
        with self._changes.change(f"{verb}反映件次 {occurrence.ticket.number}", Occurrence, Ticket):
            storing.write(occurrence, is_new=kept is None)

    def do(self, ticket: Ticket, verb: str, values: Mapping[str, str]) -> None:
        """Take a step (`ticket_rules.RULES`); an illegal one is refused with the reason, and nothing is changed.

        Raises Conflict where the ticket was changed since it was read.
        """
        with reading():
            fresh = Ticket.get_or_none((Ticket.id == ticket.id) & Ticket.deleted_at.is_null())
        if fresh is None or fresh.revision != ticket.revision:
            raise storing.Conflict(ticket, fresh)
        rule = check_allowed(fresh, verb, values)
        told = told_of(fresh, verb, values)
        rows = self.taken(fresh, verb, rule, told)
        touched = (Ticket, TicketStep, Answer, Evaluation, Occurrence, Meeting)
        first = Reason.MERGE if verb == "merge" else None
        with self._changes.change(f"{rule.name} {fresh.number}", *touched, after_backup=first):
            if told.meeting is not None:
                self._keep_meeting(told.meeting)
            storing.write(fresh, is_new=False)
            for row in rows:
                storing.write(row, is_new=True)
            self._tell_raisers(fresh, told)
        ticket.__data__, ticket.__rel__ = fresh.__data__, fresh.__rel__  # pyright: ignore[reportAttributeAccessIssue]

    def taken(self, ticket: Ticket, verb: str, rule: Rule, told: Told) -> list[Record]:
        """Take a step that is allowed on the record in memory; returns the rows to keep with it, the step last."""
        step = self.step(ticket, verb, rule, told)
        rows = move(ticket, verb, told, self.clock)
        self._conclude(step, ticket, told)
        return [*rows, step]

    def step(self, ticket: Ticket, verb: str, rule: Rule, told: Told) -> TicketStep:
        """Return the row that keeps a step, with what was before it."""
        return TicketStep(
            ticket=ticket, round=ticket.round, verb=verb, name=rule.name, on=told.on, who=self._who,
            before=ticket.state, due_before=ticket.due_on,
        )  # fmt: skip

    @staticmethod
    def _conclude(step: TicketStep, ticket: Ticket, told: Told) -> None:
        """Fill what came of the step."""
        step.after, step.due_after = ticket.state, ticket.due_on
        step.days, step.approver = told.days or None, told.approver
        step.reason = told.reason or told.words
        if step.verb in ("assign", "redo"):
            step.section = ticket.section
            step.handler = ticket.handler.full_name if ticket.handler else ""
        if step.verb == "decide":
            step.reason = f"{told.decision}：{told.reason}"
        if told.into is not None:
            step.reason = f"并入 {told.into.number}{f'：{told.reason}' if told.reason else ''}"

    @staticmethod
    def _keep_meeting(meeting: Meeting) -> None:
        with reading():
            is_new = not Meeting.select().where(Meeting.id == meeting.id).exists()
        if is_new:
            storing.write(meeting, is_new=True)

    @staticmethod
    def _tell_raisers(ticket: Ticket, told: Told) -> None:
        """Closing answers everybody who raised the matter; merging brings the raisers along."""
        closed = ticket.state == TicketState.CLOSED and told.on == ticket.closed_on
        into = told.into if ticket.state == TicketState.MERGED else None
        if not closed and into is None:
            return
        raised = occurrences_of(ticket)
        for occurrence in raised:
            if into is not None:
                occurrence.ticket = into
            else:
                occurrence.told_on = ticket.answered_on
        storing.update_all(raised)

    def warnings(self, ticket: Ticket, verb: str, values: Mapping[str, str]) -> list[str]:
        """Return what may be done but should be asked first, as sentences."""
        handler = ticket.handler.full_name if ticket.handler else ""
        if verb == "evaluate" and handler and values.get("by", "").strip() == handler:
            return [f"回访人“{handler}”就是经办人，自己回访自己办的件，评价难以服人"]
        if verb == "assign" and (section := values.get("section", "").strip()):
            told = told_of(ticket, verb, {"handler": values.get("handler", "")}).handler
            if told and told.section and told.section != section:
                return [f"经办人“{told.full_name}”在“{told.section}”，不在“{section}”"]
        return []

    @staticmethod
    def history(ticket: Ticket) -> list[TicketStep]:
        """Return every step of a ticket, the first first."""
        return parts_of(TicketStep, "ticket", ticket)

    @staticmethod
    def answers(ticket: Ticket) -> list[Answer]:
        """Return the answers of all rounds, the first first."""
        return parts_of(Answer, "ticket", ticket)

    @staticmethod
    def evaluations(ticket: Ticket) -> list[Evaluation]:
        """Return the evaluations of all rounds, the first first."""
        return parts_of(Evaluation, "ticket", ticket)


def _refuse_changed(kept: Ticket, ticket: Ticket, fields: Mapping[str, str], why: str) -> None:
    for name, label in fields.items():
        if getattr(kept, name) != getattr(ticket, name):
            raise UserError(f"{kept.number} 的{label}{why}", field=name)
