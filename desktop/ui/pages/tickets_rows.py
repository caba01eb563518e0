"""How a ticket shows in a row or on a card: its clock and state as marks, its columns."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from desktop.records.base import Record, kinds_of
from desktop.records.listing import Query
from desktop.records.occurrences import times_raised
from desktop.records.staff import Staff
from desktop.records.tickets import Ticket, TicketState
from desktop.services.ticket_views import Clock, Pace
from desktop.ui.labels import Tone
from desktop.ui.marks import Mark
from desktop.ui.tables import Column, column_of

if TYPE_CHECKING:
    from desktop.services.desk import Desk

S = TicketState
ENDED = {S.REFUSED: "不予受理", S.MERGED: "已并案", S.CLOSED: "已办结", S.ARCHIVED: "已归档"}
"""What stands for the clock where nothing is owed any more; else 已答复."""
TONES = {
    S.RETURNED: Tone.WARN,
    S.REDOING: Tone.LATE,
    S.ANSWERED: Tone.PRESUMED,
    S.EVALUATED: Tone.PRESUMED,
    S.CLOSED: Tone.DONE,
    S.ARCHIVED: Tone.DONE,
}
WARNED, PRESUMED, OVERRUN = "预警", "推定", "超过期限"


def clock_text(ticket: Ticket, clock: Clock) -> str:
    """Return the clock in words, such as `还剩 2 个工作日（预警、推定）`."""
    words, more = clock.words, []
    if clock.pace is Pace.DONE:
        words = ENDED.get(TicketState(ticket.state), clock.words)
        if ticket.answered_on and ticket.due_on and ticket.answered_on > ticket.due_on:
            more.append(OVERRUN)
    elif clock.pace is Pace.WARNING:
        more.append(WARNED)
    if clock.presumed and clock.pace is not Pace.DONE:
        more.append(PRESUMED)
    return f"{words}（{'、'.join(more)}）" if more else words


def clock_marks(text: str) -> list[Mark]:
    """Return the plates of a clock's words: green, amber or red, 推定 in an outline."""
    words, _, more = text.removesuffix("）").partition("（")
    tone = _tone(words, warned=WARNED in more)
    if PRESUMED not in more:
        marks = [Mark(words, tone)]
    else:  # a little shorter, so that both have room in the list on a small screen
        marks = [Mark(words.replace("还剩", "剩", 1), tone)]
        marks.append(Mark(PRESUMED, Tone.PRESUMED, outlined=True))
    if OVERRUN in more:
        marks.append(Mark(OVERRUN, Tone.LATE, outlined=True))
    return marks


def _tone(words: str, *, warned: bool) -> Tone:
    if words.startswith("还剩"):
        return Tone.WARN if warned else Tone.DONE
    if words == Pace.TODAY:
        return Tone.WARN
    return Tone.LATE if words.startswith(("逾期", "已过")) else Tone.PLAIN


def state_marks(text: str) -> list[Mark]:
    """Return the plate of a state."""
    return [Mark(text, TONES.get(TicketState(text), Tone.PLAIN))]


def clock_texts(
    desk: Desk, tickets: Sequence[Ticket], today: datetime.date | None = None
) -> dict[bytes, str]:
    """Return the clocks of tickets in words, by their keys."""
    clocks = desk.ticket_views.clocks(tickets, today)
    return {ticket.id: clock_text(ticket, clock) for ticket, clock in zip(tickets, clocks, strict=True)}


def handler_names(desk: Desk, tickets: Sequence[Ticket]) -> dict[bytes, str]:
    """Return who has each ticket, read at once."""
    wanted = {ticket.id: key for ticket in tickets if (key := ticket.__data__.get("handler"))}
    keys = tuple(set(wanted.values()))
    found = desk.books.page(Query(Staff, keys=keys), 0, len(keys)) if keys else []
    names = {person.id: person.caption() for person in found}
    return {ticket: names.get(key, "") for ticket, key in wanted.items()}


def columns(desk: Desk) -> tuple[Column, ...]:
    """Return every column of the list of tickets; `SHOWN` are the usual ones."""

    def clocks(rows: list[Record]) -> dict[bytes, str]:
        return clock_texts(desk, cast("list[Ticket]", rows))

    def handlers(rows: list[Record]) -> dict[bytes, str]:
        return handler_names(desk, cast("list[Ticket]", rows))

    def times(rows: list[Record]) -> dict[bytes, str]:
        return {key: str(count) for key, count in times_raised(cast("list[Ticket]", rows)).items()}

    plain = {kind.name: column_of(kind, sortable=kind.name in SORTED) for kind in kinds_of(Ticket)}
    return (
        Column("number", "编号", lambda row: row.number, width=90, sort="number"),
        Column("clock", "时限", str, width=172, batch=clocks, sort="due_on", marks=clock_marks),
        Column("state", "状态", lambda row: row.state, width=94, sort="state", marks=state_marks),
        Column("summary", "摘要", lambda row: row.shown_summary, width=156, grows=True),
        Column("section", "承办科室", lambda row: row.section, width=94, sort="section"),
        Column("handler", "经办人", str, width=72, batch=handlers),
        Column("raised_by", "反映人", lambda row: row.raised_by, width=84),
        Column("sort", "类型", lambda row: row.sort, width=76),
        Column("times", "件次", str, width=56, right=True, batch=times),
        *(plain[name] for name in MORE),
    )


SORTED = ("received_on", "due_on", "category")
MORE = (
    "due_on", "received_on", "category", "place", "urgency", "source", "round", "answered_on", "outcome",
    "verdict", "decision", "next_feedback_on", "closed_on", "source_document", "note",
)  # fmt: skip
"""Columns that are shown when they are asked for."""
SHOWN = ("number", "clock", "state", "summary", "section", "handler", "raised_by", "times")
"""The usual ones. The first six are in sight beside the form on a screen of 1366 pixels."""
