"""For which tickets a paper is: all that were asked for, or of them those that are fit for it, with their clock."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import cast

from desktop.errors import UserError
from desktop.records import listing
from desktop.records.base import reading
from desktop.records.dates import chinese_day, show_day
from desktop.records.listing import Query
from desktop.records.pack import PeopleOrder
from desktop.records.papers import PreflightFault
from desktop.records.register import printed_of
from desktop.records.staff import NameOrder, Office
from desktop.records.ticket_papers import passed_over
from desktop.records.ticket_steps import Slip
from desktop.records.tickets import Ticket
from desktop.records.time_limits import TimeLimit
from desktop.services import ticket_fitness as fitness
from desktop.services import ticket_numbers
from desktop.services.orders import Order, Plan
from desktop.services.stroke_order import stroke_key
from desktop.services.ticket_clock import TicketClock
from desktop.services.ticket_fitness import Fitness
from desktop.services.ticket_numbers import NOTICE, slip_of
from desktop.services.ticket_pieces import BATCH, Piece, pieces_of
from desktop.services.ticket_views import LATE_BY, Pace, TicketViews
from desktop.services.workdays import Workdays

MOST = 1_000_000
TOLD = ("assignment-slips", "urge-slips", "reply-letters", "overdue-notice", "meeting-agenda")
"""What says something of earlier steps and slips; the lists of thousands don't."""
WHOLE = ("ticket-ledger", "write-off-list")
"""What is of every ticket unless it is narrowed."""
WORKDAYS_ONLY = ("urge-slips", "overdue-notice")
FITNESS: dict[str, Fitness] = {
    "assignment-slips": fitness.assigned,
    "urge-slips": fitness.late,
    "overdue-notice": fitness.overdue,
    "reply-letters": fitness.answered,
}
"""What a ticket must be for a paper; a list takes every ticket that was asked for."""


class TicketOrders:
    """Plans the papers of tickets and has what they need registered."""

    def __init__(self, workdays: Workdays, clock: TicketClock, views: TicketViews, who: str = "") -> None:
        self._workdays = workdays
        self._clock = clock
        self._views = views
        self._who = who

    # -- planning

    def plan(self, document: str, order: Order, office: Office) -> Plan:
        """Work out the tickets of an order; raises UserError where there are none, or on a day off for urging."""
        on = order.on or datetime.date.today()
        if document in WORKDAYS_ONLY:
            self._refuse_day_off(on)
        fit, passed, faults = list[Piece](), list[PreflightFault](), list[PreflightFault]()
        done = printed_of(document) if order.unprinted else set[bytes]()
        named = bool(order.tickets and order.tickets.keys) and not order.passing
        for tickets in _parts(order):
            pieces = self._pieces(document, tickets, on)
            pieces = [piece for piece in pieces if not _is_done(piece, done)]
            sound, notes, wrong = _sorted_out(FITNESS.get(document), pieces, named=named)
            fit += sound
            passed += notes
            faults += wrong
            if order.first is not None and len(fit) >= order.first:
                break
        if document == "overdue-notice":
            fit = _of_one_notice(fit)
        if not fit and not faults:
            told = "；".join(fault.message for fault in passed[:5])
            raise UserError(f"没有要印的问题{f'：{told}' if told else '，请核对所选的范围'}", field="tickets")
        shown = _arranged(fit, order.arranged, office)[: order.first]
        return Plan(
            order, office, order.open_day, pieces=tuple(shown), meeting=order.meeting, on=on,
            passed=tuple(passed), faults=tuple(faults),
        )  # fmt: skip

    def _refuse_day_off(self, on: datetime.date) -> None:
        judged = self._workdays.judge(on)
        if not judged.counted:
            again = self._workdays.moved_by(on, 1)
            raise UserError(
                f"{chinese_day(on)}（{judged.reason}）不是工作日，不出催办、督办和通报；"
                f"下一个工作日是 {show_day(again)}",
                field="on",
            )

    def _pieces(self, document: str, tickets: Sequence[Ticket], on: datetime.date) -> list[Piece]:
        """Return the tickets with their clock on the day, and the number they have on this paper already."""
        default = self._clock.default()
        clocks = self._views.clocks(tickets, on) if document in WORKDAYS_ONLY else None
        found = list[Piece]()
        for place, piece in enumerate(pieces_of(tickets, told=document in TOLD)):
            limit = piece.ticket.limit or default
            late = -clocks[place].days if clocks and clocks[place].pace is Pace.LATE else 0
            sort = _series(document, piece, late, limit)
            slip = slip_of(piece, sort, on)
            found.append(
                replace(
                    piece, limit=self._clock.in_words(piece.ticket, default), late=late, sort=sort,
                    number=slip.number if slip else "", on=slip.on if slip else on,
                )
            )  # fmt: skip
        return found

    def settled(self, plan: Plan) -> Plan:
        """Take the numbers that are missing, inside the transaction."""
        return ticket_numbers.settled(plan, self._who)


def _parts(order: Order) -> Iterator[list[Ticket]]:
    """Yield the tickets of an order; for a look at the first few part by part, else all at once."""
    query = order.tickets
    if order.meeting is not None:
        query = Query(Ticket, where=(("meeting", order.meeting),), sort="number")
    elif query is None and order.open_day is not None:
        query = Query(Ticket, where=(("open_day", order.open_day),), sort="number")
    elif query is None and order.document in WHOLE:
        query = Query(Ticket, sort="number")
    if query is None:
        raise UserError("请用 --all、--where、--id 或 --open-day 指明要印哪些问题", field="tickets")
    size = BATCH if order.first is not None and order.arranged is PeopleOrder.NUMBER else MOST
    for start in range(0, MOST, size):
        found = cast("list[Ticket]", listing.page(query, start, size))
        if query.keys and order.arranged is PeopleOrder.AS_GIVEN:
            places = {key: place for place, key in enumerate(query.keys)}
            found.sort(key=lambda ticket: places.get(ticket.id, len(places)))
        yield found
        if len(found) < size:
            return


def _is_done(piece: Piece, done: Collection[bytes]) -> bool:
    """Say whether the paper of a ticket's present round was printed."""
    return piece.ticket.id in done and bool(piece.number or not piece.sort)


def _series(document: str, piece: Piece, late: int, limit: TimeLimit | None) -> str:
    """Return the register's series of a paper: who is late by 5 working days is 督办, not 催办."""
    match document:
        case "assignment-slips":
            return "交办单"
        case "reply-letters":
            return "答复函"
        case "overdue-notice":
            return NOTICE
        case "urge-slips":
            grave = limit.late_by if limit and limit.late_by is not None else LATE_BY
            return "督办单" if late >= max(grave, 1) else "催办单"
        case _:
            return ""


def _of_one_notice(pieces: list[Piece]) -> list[Piece]:
    """Return the tickets of a 通报, without a number unless one of the same day named exactly these."""
    numbers = {piece.number for piece in pieces}
    if len(numbers) == 1 and (number := numbers.pop()):
        with reading():
            named = Slip.select().where((Slip.sort == NOTICE) & (Slip.number == number)).count()
        if named == len(pieces):
            return pieces
    return [replace(piece, number="") for piece in pieces]


def _arranged(pieces: list[Piece], order: PeopleOrder, office: Office) -> list[Piece]:
    """Return pieces in the order of their query, or by the strokes of their handlers' names."""
    if order is not PeopleOrder.STROKES:
        return pieces
    by = NameOrder(office.name_order or NameOrder.SHORT_FIRST)
    return sorted(pieces, key=lambda piece: (not piece.handler, stroke_key(piece.handler, by)))


def _sorted_out(
    check: Fitness | None, pieces: Sequence[Piece], *, named: bool
) -> tuple[list[Piece], list[PreflightFault], list[PreflightFault]]:
    """Return what the paper is for, of which others that is to be told, and the faults where they were `named`."""
    if check is None:
        return list(pieces), [], []
    fit, passed, faults = list[Piece](), list[PreflightFault](), list[PreflightFault]()
    for piece in pieces:
        found = check(piece)
        passes = found.fits or not named
        told = passed_over(piece.ticket.number, found.why, piece.ticket.id, passes=passes)
        if found.fits:
            fit.append(replace(piece, times=found.times))
            passed += [told] if found.why else []
        elif named:
            faults.append(told)
        elif found.missed:
            passed.append(told)
    return fit, passed, faults
