"""Whether a paper is for a ticket: 交办单 for who has it in hand, 催办单 for who is late, 答复函 for who was answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from desktop.records.dates import chinese_day
from desktop.records.tickets import Occurrence, Raiser, TicketState
from desktop.services.ticket_pieces import Piece

S = TicketState
UNCHARGED = (S.REGISTERED, S.ACCEPTED, S.RETURNED)
IN_HAND = (S.ASSIGNED, S.SIGNED, S.WORKING, S.REDOING)
ANSWERED = (S.ANSWERED, S.EVALUATED, S.CLOSED, S.ARCHIVED)
NOBODY = "没有承办科室和经办人"


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a paper is for a ticket, `why` not (or what is left out), and how many letters it makes.

    Who asked for all tickets misses one that isn't fit only where it is `missed`.
    """

    fits: bool = True
    why: str = ""
    missed: bool = False
    times: int = 1


Fitness = Callable[[Piece], Fit]
FIT = Fit()


def assigned(piece: Piece) -> Fit:
    """A section and a person have it: no slip ever has a blank in place of somebody's name."""
    ticket = piece.ticket
    if ticket.state == S.MERGED:
        return Fit(False, _merged(piece))
    if ticket.state in UNCHARGED:
        return Fit(False, f"是“{ticket.state}”，还没有交办，{NOBODY}；请先交办", missed=True)
    if not (ticket.section and piece.handler):
        return Fit(False, f"{NOBODY}；请先交办", missed=ticket.state in IN_HAND)
    if ticket.state not in IN_HAND and not piece.number:
        return Fit(False, f"是“{ticket.state}”，不用再交办")
    return FIT


def overdue(piece: Piece) -> Fit:
    """Its deadline has passed, and an answer is owed."""
    if piece.late:
        return FIT
    ticket = piece.ticket
    if not ticket.running or ticket.due_on is None:
        return Fit(False, f"是“{ticket.state}”，没有逾期")
    return Fit(False, f"期限是{chinese_day(ticket.due_on)}，没有逾期")


def late(piece: Piece) -> Fit:
    """It is overdue, and there is somebody to urge."""
    found = overdue(piece)
    if found.fits and not (piece.ticket.section and piece.handler):
        return Fit(False, f"已逾期 {piece.late} 个工作日，但{NOBODY}，没有人可催；请先交办", missed=True)
    return found


def answered(piece: Piece) -> Fit:
    """There is an answer, or a decision, and somebody who left a name to send it to."""
    ticket = piece.ticket
    if ticket.state == S.MERGED:
        return Fit(False, _merged(piece))
    if not (piece.answer and ticket.state in ANSWERED) and not ticket.decision:
        return Fit(False, f"是“{ticket.state}”，还没有答复")
    people = list(addressees(piece))
    nameless = len([row for row in piece.raised if not _is_named(row)])
    if not people:
        return Fit(False, "反映人匿名或没有留名，没有人可以寄送答复函", missed=True)
    why = f"有 {nameless} 人次匿名或没有留名，不出答复函" if nameless else ""
    return Fit(True, why, times=len(people))


def addressees(piece: Piece) -> Iterator[Occurrence]:
    """Yield who raised the matter and left a name, each once however often it was."""
    seen = set[object]()
    for row in piece.raised:
        key = row.__data__.get("representative") or (row.raiser, row.raised_by)
        if _is_named(row) and key not in seen:
            seen.add(key)
            yield row


def _is_named(row: Occurrence) -> bool:
    return bool(row.raised_by.strip()) and row.raiser != Raiser.ANONYMOUS


def _merged(piece: Piece) -> str:
    main = piece.ticket.main
    return f"已并入 {main.number}，请印那一件的" if main else "已并案"
