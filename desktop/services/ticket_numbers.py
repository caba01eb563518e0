"""The numbers that papers of tickets take at their first print, each kept with a slip and a step of the ticket."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop.records import register, storing
from desktop.records.base import reading
from desktop.records.dates import show_day
from desktop.records.ticket_steps import Slip, TicketStep
from desktop.services.orders import Plan
from desktop.services.ticket_pieces import Piece, pieces_of

NOTICE, LETTER = "通报", "答复函"
MARKS = {"交办单": "交", "催办单": "催", "督办单": "督", LETTER: "复", NOTICE: "通"}
"""The register's series and how their numbers begin: 交〔2026〕1号; each year begins anew."""
BY_DAY = ("催办单", "督办单", NOTICE)
"""What is made out anew each day; the others once a round."""
STEPS = {
    "交办单": ("slip", "印发交办单"),
    "催办单": ("urge", "催办"),
    "督办单": ("supervise", "督办"),
    LETTER: ("letter", "印发答复函"),
    NOTICE: ("report", "通报"),
}
"""What the ticket's own history calls it."""


def settled(plan: Plan, who: str) -> Plan:
    """Take the numbers that are missing, inside the transaction, and keep them with a step of each ticket."""
    on = plan.on or datetime.date.today()
    plan = replace(plan, pieces=tuple(_numbered_since(plan.pieces, on)))
    _restate(plan.pieces, on)
    numbers: dict[bytes, str] = {}
    for sort in dict.fromkeys(piece.sort for piece in plan.pieces):
        waiting = [piece for piece in plan.pieces if piece.sort == sort and not piece.number]
        if sort and waiting:
            numbers |= _number(sort, waiting, on, who)
    pieces = [
        replace(piece, number=numbers.get(piece.ticket.id, piece.number), on=piece.on or on)
        for piece in plan.pieces
    ]
    return replace(plan, pieces=tuple(pieces))


def _numbered_since(pieces: Sequence[Piece], on: datetime.date) -> Iterator[Piece]:
    """Yield the tickets with what another window may have numbered since they were read."""
    waiting = [piece.ticket for piece in pieces if piece.sort and not piece.number]
    fresh = {piece.ticket.id: piece for piece in pieces_of(waiting)}
    for piece in pieces:
        now = fresh.get(piece.ticket.id)
        slip = slip_of(now, piece.sort, on) if now and piece.sort != NOTICE else None
        found = replace(piece, answer=now.answer, slips=now.slips) if now else piece
        yield replace(found, number=slip.number, on=slip.on) if slip else found


def _restate(pieces: Sequence[Piece], on: datetime.date) -> None:
    """Let slips that are printed once more say the deadline that is on them now: it may have been extended."""
    for piece in pieces:
        slip = slip_of(piece, piece.sort, on) if piece.number and piece.sort != LETTER else None
        if slip is not None and slip.due_on != piece.ticket.due_on:
            slip.due_on = piece.ticket.due_on
            storing.write(slip, is_new=False)


def _number(sort: str, pieces: Sequence[Piece], on: datetime.date, who: str) -> dict[bytes, str]:
    """Return the new numbers by ticket: one each, but one for a 通报 of them all."""
    keys = [piece.ticket.id for piece in pieces]
    written = f"{MARKS[sort]}〔{{year}}〕{{number}}号"
    numbers = _taken(sort, on.year, keys[:1] if sort == NOTICE else keys, written)
    numbers = numbers * len(keys) if sort == NOTICE else numbers
    slips, steps = list[Slip](), list[TicketStep]()
    for piece, number in zip(pieces, numbers, strict=True):
        slips.append(_slip_row(piece, sort, number, on))
        steps.append(_step(piece, sort, number, on, who))
        if sort == LETTER and piece.answer is not None:
            piece.answer.number = number
            storing.write(piece.answer, is_new=False)
    storing.insert_all(slips)
    storing.insert_all(steps)
    return dict(zip(keys, numbers, strict=True))


def _step(piece: Piece, sort: str, number: str, on: datetime.date, who: str) -> TicketStep:
    ticket, (verb, name) = piece.ticket, STEPS[sort]
    due = f"，期限 {show_day(ticket.due_on)}" if ticket.due_on and sort != LETTER else ""
    late = f"，逾期 {piece.late} 个工作日" if piece.late else ""
    return TicketStep(
        ticket=ticket, round=ticket.round, verb=verb, name=name, on=on, who=who, before=ticket.state,
        after=ticket.state, section=ticket.section, handler=piece.handler, reason=f"{number}{due}{late}",
        due_before=ticket.due_on, due_after=ticket.due_on,
    )  # fmt: skip


def _taken(sort: str, year: int, keys: Sequence[bytes], written: str) -> list[str]:
    """Return a number each: one that its ticket was given for a print that was taken back, else the next."""
    given = register.given(sort, year, keys)
    with reading():
        there = [number for numbers in given.values() for number in numbers]
        used = {slip.number for slip in Slip.select().where((Slip.sort == sort) & Slip.number.in_(there))}  # pyright: ignore
    free = {key: next((one for one in numbers if one not in used), "") for key, numbers in given.items()}
    new = [key for key in keys if not free.get(key)]
    fresh = dict(zip(new, register.take_for(sort, year, new, written), strict=True))
    return [free.get(key) or fresh[key] for key in keys]


def _slip_row(piece: Piece, sort: str, number: str, on: datetime.date) -> Slip:
    ticket = piece.ticket
    due = None if sort == LETTER else ticket.due_on
    return Slip(ticket=ticket, round=ticket.round, sort=sort, number=number, on=on, due_on=due)


def slip_of(piece: Piece, sort: str, on: datetime.date) -> Slip | None:
    """Return the slip that the ticket has of this sort: one a round, of urging and reporting one a day."""
    own = [slip for slip in piece.slips if slip.sort == sort and slip.round == piece.ticket.round]
    if sort in BY_DAY:
        own = [slip for slip in own if slip.on == on]
    if sort == LETTER and piece.answer is not None:
        own = [slip for slip in own if slip.number == piece.answer.number]
    return own[-1] if own else None
