"""What each step does to a ticket, and the rows that it leaves: answers, evaluations, extensions."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from desktop.errors import UserError
from desktop.records.base import Record, reading
from desktop.records.ticket_steps import Answer, Evaluation, TicketStep
from desktop.records.tickets import Occurrence, Ticket, TicketState, Verdict
from desktop.services.ticket_clock import TicketClock
from desktop.services.ticket_rules import LIVE, Told

S = TicketState
Rows = list[Record]
Move = Callable[[Ticket, Told, TicketClock], Rows]
LEADS_TO = {
    "accept": S.ACCEPTED,
    "refuse": S.REFUSED,
    "sign_for": S.SIGNED,
    "start": S.WORKING,
    "return": S.RETURNED,
    "archive": S.ARCHIVED,
}
"""Steps that do nothing but lead to a state."""


def move(ticket: Ticket, verb: str, told: Told, clock: TicketClock) -> Rows:
    """Take the step on the record in memory and return the new rows to keep with it."""
    if verb in LEADS_TO:
        ticket.state = LEADS_TO[verb]
        return []
    return MOVES[verb](ticket, told, clock)


def _assign(ticket: Ticket, told: Told, _clock: TicketClock) -> Rows:
    ticket.section, ticket.handler, ticket.state = told.section, told.handler, S.ASSIGNED
    return []


def _ask_extension(ticket: Ticket, told: Told, clock: TicketClock) -> Rows:
    _refuse_extension(ticket, told, clock)
    ticket.asked_days = told.days
    return []


def _grant(ticket: Ticket, told: Told, clock: TicketClock) -> Rows:
    told.days = _asked(ticket)
    clock.extend(ticket, told.days)
    ticket.asked_days = None
    return []


def _deny(ticket: Ticket, told: Told, _clock: TicketClock) -> Rows:
    told.days = _asked(ticket)
    ticket.asked_days = None
    return []


def _extend(ticket: Ticket, told: Told, clock: TicketClock) -> Rows:
    _refuse_extension(ticket, told, clock)
    clock.extend(ticket, told.days)
    return []


def _asked(ticket: Ticket) -> int:
    if not ticket.asked_days:
        raise UserError(f"{ticket.number} 没有待批的延期申请", field="state")
    return ticket.asked_days


def _refuse_extension(ticket: Ticket, told: Told, clock: TicketClock) -> None:
    """Asked in time, once at a time, and within the cap of the limit, all extensions of the round together."""
    if ticket.asked_days:
        raise UserError(
            f"{ticket.number} 已有延期申请待批（{ticket.asked_days} 个工作日），请先批准或驳回", field="days"
        )
    if ticket.due_on and told.on > ticket.due_on:
        raise UserError(f"{ticket.number} 的期限 {ticket.due_on} 已过，延期应在到期前申请", field="on")
    limit = clock.limit_of(ticket)
    granted = extensions_of(ticket)
    if len(granted) >= (limit.extensions or 0):
        raise UserError(
            f"“{limit.name}”最多延期 {limit.extensions or 0} 次，{ticket.number} 本轮已延 {len(granted)} 次",
            field="days",
        )
    used, cap = sum(step.days or 0 for step in granted), limit.extension_days or 0
    if not 1 <= told.days <= cap - used:
        already = f"，已延 {used} 个" if used else ""
        raise UserError(f"延期应在 1 到 {cap} 个工作日之内{already}，现为 {told.days} 个", field="days")


def extensions_of(ticket: Ticket) -> list[TicketStep]:
    """Return the extensions granted in the present round."""
    with reading():
        return list(
            TicketStep.select().where(
                (TicketStep.ticket == ticket)
                & (TicketStep.round == ticket.round)
                & TicketStep.verb.in_(("extend", "grant"))  # pyright: ignore
                & TicketStep.deleted_at.is_null()
            )
        )


def _suspend(ticket: Ticket, _told: Told, _clock: TicketClock) -> Rows:
    ticket.suspended_from, ticket.state = ticket.state, S.SUSPENDED
    return []


def _resume(ticket: Ticket, _told: Told, _clock: TicketClock) -> Rows:
    ticket.state, ticket.suspended_from = TicketState(ticket.suspended_from), ""
    return []


def _answer(ticket: Ticket, told: Told, _clock: TicketClock) -> Rows:
    """Keep the answer of the round; one given on the spot closes at once."""
    early = ticket.state in (S.REGISTERED, S.ACCEPTED)
    if early and not told.on_the_spot:
        raise UserError(
            f"{ticket.number} 现在是“{ticket.state}”，还没有交办；当场答复的请写明 on_the_spot=是，其他的请先交办",
            field="state",
        )
    if (ticket.round or 1) > 1 and ticket.counted_from and told.on < ticket.counted_from:
        raise UserError(f"答复日期 {told.on} 早于本轮开始的 {ticket.counted_from}，请核对", field="on")
    _refuse_pending(ticket)
    by = told.by or (ticket.handler.full_name if ticket.handler else "")
    ticket.answered_on, ticket.outcome, ticket.verdict = told.on, told.outcome, ""
    ticket.state = S.CLOSED if told.on_the_spot else S.ANSWERED
    if told.on_the_spot:
        ticket.closed_on = told.on
    return [
        Answer(
            ticket=ticket, round=ticket.round, text=told.text, on=told.on, outcome=told.outcome, by=by,
            on_the_spot=told.on_the_spot,
        )
    ]  # fmt: skip


def _refuse_pending(ticket: Ticket) -> None:
    if ticket.asked_days:
        raise UserError(f"{ticket.number} 有延期申请待批，请先批准或驳回", field="state")


def _evaluate(ticket: Ticket, told: Told, clock: TicketClock) -> Rows:
    """Keep the verdict of the round, one only but for those not reached; 不满意 opens the next round."""
    if ticket.answered_on and told.on < ticket.answered_on:
        raise UserError(f"回访日期 {told.on} 早于答复日期 {ticket.answered_on}，请核对", field="on")
    if ticket.state == S.EVALUATED and ticket.verdict != Verdict.UNREACHED:
        raise UserError(
            f"{ticket.number} 第 {ticket.round} 轮已评价为“{ticket.verdict}”，一轮只评价一次", field="verdict"
        )
    kept = Evaluation(
        ticket=ticket, round=ticket.round, verdict=told.verdict, method=told.method, by=told.staff, asker=told.by,
        on=told.on, words=told.words,
    )  # fmt: skip
    ticket.verdict, ticket.state = told.verdict, S.EVALUATED
    if told.verdict == Verdict.DISCONTENT:
        _open_round(ticket, told.on, clock)
    return [kept]


def _open_round(ticket: Ticket, start: datetime.date, clock: TicketClock) -> None:
    """Begin the next round: answered anew, by a new date; what the rounds before left stays in its rows."""
    ticket.round = (ticket.round or 1) + 1
    clock.set_going(ticket, start)
    ticket.answered_on, ticket.closed_on, ticket.outcome = None, None, ""
    ticket.state = S.REDOING


def _redo(ticket: Ticket, told: Told, clock: TicketClock) -> Rows:
    """Give a ticket out again: in the round that 不满意 opened, or in a new one."""
    if ticket.state != S.REDOING:
        _open_round(ticket, told.on, clock)
    ticket.section, ticket.handler = told.section or ticket.section, told.handler or ticket.handler
    ticket.state = S.ASSIGNED if ticket.section and ticket.handler else S.ACCEPTED
    return []


def _close(ticket: Ticket, told: Told, _clock: TicketClock) -> Rows:
    """Close what was answered, and evaluated or with the reason why not."""
    if ticket.state == S.ANSWERED and not told.reason:
        raise UserError(
            f"{ticket.number} 已答复但没有回访；请先回访，或写明不回访的理由（reason）", field="reason"
        )
    if ticket.meeting and not ticket.decision:
        raise UserError(f"{ticket.number} 已提交会议，还没有决定；请先记下采纳情况", field="decision")
    if ticket.answered_on and told.on < ticket.answered_on:
        raise UserError(f"办结日期 {told.on} 早于答复日期 {ticket.answered_on}，请核对", field="on")
    ticket.state, ticket.closed_on = S.CLOSED, told.on
    return []


def _table(ticket: Ticket, told: Told, _clock: TicketClock) -> Rows:
    ticket.meeting = told.meeting
    return []


def _decide(ticket: Ticket, told: Told, _clock: TicketClock) -> Rows:
    ticket.decision, ticket.decision_reason = told.decision, told.reason
    ticket.meeting = told.meeting or ticket.meeting
    return []


def _carry_out(ticket: Ticket, told: Told, _clock: TicketClock) -> Rows:
    ticket.carried_out_on = told.on
    return []


def _feed_back(ticket: Ticket, told: Told, _clock: TicketClock) -> Rows:
    if told.next_on and told.next_on <= told.on:
        raise UserError(f"下次反馈 {told.next_on} 应晚于本次 {told.on}，请核对", field="next_on")
    ticket.fed_back_on, ticket.next_feedback_on = told.on, told.next_on
    return []


def _merge(ticket: Ticket, told: Told, _clock: TicketClock) -> Rows:
    """Make a ticket part of another: its raisers become 件次 of that one, its own course ends."""
    into = told.into
    if into is None or into.id == ticket.id:
        raise UserError(f"{ticket.number} 不能并入它自己", field="into")
    if into.state not in LIVE:
        raise UserError(f"{into.number} 现在是“{into.state}”，不能再并入别的件", field="into")
    _refuse_pending(ticket)
    ticket.main, ticket.state = into, S.MERGED
    return []


MOVES: dict[str, Move] = {
    "assign": _assign,
    "ask_extension": _ask_extension,
    "grant": _grant,
    "deny": _deny,
    "extend": _extend,
    "suspend": _suspend,
    "resume": _resume,
    "answer": _answer,
    "evaluate": _evaluate,
    "redo": _redo,
    "close": _close,
    "table": _table,
    "decide": _decide,
    "carry_out": _carry_out,
    "feed_back": _feed_back,
    "merge": _merge,
}


def occurrences_of(ticket: Ticket) -> list[Occurrence]:
    """Return everybody who raised a ticket, those merged into it included, in the order they came."""
    with reading():
        return list(
            Occurrence.select()
            .where((Occurrence.ticket == ticket) & Occurrence.deleted_at.is_null())
            .order_by(Occurrence.received_on, Occurrence.created_at, Occurrence.id)
        )
