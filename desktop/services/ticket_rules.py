"""The steps of a ticket's life: from which states each may be taken, and what must be told with it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.errors import UserError
from desktop.records import cleaning
from desktop.records.kinds import Flag, Kind
from desktop.records.meetings import Meeting
from desktop.records.staff import Staff
from desktop.records.ticket_steps import Answer, Evaluation, TicketStep
from desktop.records.tickets import UNANSWERED, WEIGHED, Ticket, TicketState
from desktop.services.lookup import candidates, refuse_unknown, resolve

S = TicketState
IN_HAND = (S.ASSIGNED, S.SIGNED, S.WORKING, S.REDOING)
"""A section and a person have it."""
LIVE = (*UNANSWERED, S.SUSPENDED, S.ANSWERED, S.EVALUATED)
"""Not finished: may still be decided on."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One step: its name, the states it starts from, what may be told with it, what must."""

    name: str
    starts: tuple[TicketState, ...]
    may: tuple[str, ...] = ()
    must: tuple[str, ...] = ()


RULES: dict[str, Rule] = {
    "accept": Rule("受理", (S.REGISTERED,), ("on",)),
    "refuse": Rule("不予受理", (S.REGISTERED, S.ACCEPTED), ("reason", "on"), ("reason",)),
    "assign": Rule(
        "交办",
        (S.ACCEPTED, S.RETURNED, *IN_HAND),
        ("section", "handler", "reason", "on"),
        ("section", "handler"),
    ),
    "sign_for": Rule("签收", (S.ASSIGNED, S.REDOING), ("on",)),
    "start": Rule("开始办理", (S.SIGNED,), ("on",)),
    "return": Rule("退回", (S.ASSIGNED, S.SIGNED, S.WORKING), ("reason", "on")),
    "ask_extension": Rule("申请延期", IN_HAND, ("days", "reason", "on"), ("days", "reason")),
    "grant": Rule("批准延期", IN_HAND, ("approver", "reason", "on"), ("approver",)),
    "deny": Rule("驳回延期", IN_HAND, ("approver", "reason", "on"), ("approver", "reason")),
    "extend": Rule("延期", IN_HAND, ("days", "reason", "approver", "on"), ("days", "reason", "approver")),
    "suspend": Rule("挂起", UNANSWERED, ("reason", "on")),
    "resume": Rule("恢复办理", (S.SUSPENDED,), ("reason", "on")),
    "answer": Rule(
        "答复",
        (S.REGISTERED, S.ACCEPTED, *IN_HAND),
        ("text", "on", "outcome", "by", "on_the_spot"),
        ("text",),
    ),
    "evaluate": Rule(
        "回访",
        (S.ANSWERED, S.EVALUATED),
        ("verdict", "method", "by", "on", "words"),
        ("verdict", "method", "by"),
    ),
    "redo": Rule("重新办理", (S.REDOING, S.EVALUATED, S.CLOSED), ("reason", "section", "handler", "on")),
    "close": Rule("办结", (S.ANSWERED, S.EVALUATED), ("reason", "on")),
    "archive": Rule("归档", (S.CLOSED, S.REFUSED), ("on",)),
    "table": Rule("提交会议", LIVE, ("meeting", "on"), ("meeting",)),
    "decide": Rule("会议决定", LIVE, ("decision", "reason", "meeting", "on"), ("decision", "reason")),
    "carry_out": Rule("落实", (*LIVE, S.CLOSED), ("reason", "on")),
    "feed_back": Rule("反馈", (*LIVE, S.CLOSED), ("reason", "on", "next_on")),
    "merge": Rule("并案", (*UNANSWERED, S.SUSPENDED), ("into", "reason", "on"), ("into",)),
}
"""Verb → rule; `openday do ticket` and the window's buttons know the same."""
EXPLAINED = ("return", "suspend", "redo")
"""Steps for which the window asks the reason; a script may leave it out, and the record says so."""
NO_REASON = "未写明原因"

LABELS = {
    "reason": "理由",
    "section": "承办科室",
    "handler": "经办人",
    "days": "延期天数",
    "approver": "批准人",
    "text": "答复内容",
    "verdict": "评价",
    "method": "回访方式",
    "by": "回访人",
    "decision": "采纳情况",
    "meeting": "会议",
    "into": "主件",
}
KINDS: dict[str, Kind] = {
    "reason": TicketStep.reason,
    "section": TicketStep.section,
    "days": TicketStep.days,
    "approver": TicketStep.approver,
    "text": Answer.text,
    "outcome": Answer.outcome,
    "verdict": Evaluation.verdict,
    "method": Evaluation.method,
    "words": Evaluation.words,
    "decision": Ticket.decision,
    "next_on": Ticket.next_feedback_on,
}  # pyright: ignore[reportAssignmentType] - a record's class attribute is its kind
YES = Flag("当场答复")


@dataclass(slots=True)
class Told:
    """What was told with a step, checked and in the types of the records."""

    on: datetime.date
    reason: str = ""
    section: str = ""
    handler: Staff | None = None
    days: int = 0
    approver: str = ""
    text: str = ""
    outcome: str = ""
    on_the_spot: bool = False
    verdict: str = ""
    method: str = ""
    by: str = ""
    staff: Staff | None = None
    words: str = ""
    decision: str = ""
    meeting: Meeting | None = None
    into: Ticket | None = None
    next_on: datetime.date | None = None


def check_allowed(ticket: Ticket, verb: str, values: Mapping[str, str]) -> Rule:
    """Return the rule of a verb; raises UserError with the reason where the step may not be taken now."""
    if verb not in RULES:
        raise UserError(f"问题没有“{verb[:20]}”这一步，可用的有：{'、'.join(RULES)}", field="verb")
    rule = RULES[verb]
    refuse_unknown(verb, values, rule.may)
    if ticket.state not in rule.starts:
        where = "、".join(rule.starts)
        raise UserError(
            f"{ticket.number} 现在是“{ticket.state}”，不能{rule.name}；只有“{where}”的可以", field="state"
        )
    if verb in ("table", "decide") and ticket.sort not in WEIGHED:
        raise UserError(
            f"{ticket.number} 是“{ticket.sort}”，上会决定的只有{'和'.join(WEIGHED)}", field="sort"
        )
    for name in rule.must:
        if not cleaning.one_line(values.get(name, "")):
            raise UserError(f"{rule.name}要写明{LABELS[name]}（{name}）", field=name)
    return rule


def told_of(ticket: Ticket, verb: str, values: Mapping[str, str]) -> Told:
    """Return the typed values of a step, checked as the form checks them; raises UserError naming the field."""
    told = Told(on=_day(ticket, values.get("on", "")))
    told.reason = NO_REASON if verb in EXPLAINED else ""
    for name, text in values.items():
        if name in KINDS:
            kind = KINDS[name]
            value = kind.parse(text)
            try:
                kind.check(value)
            except UserError as fault:
                raise UserError(fault.message, field=name) from None
            if value not in (None, ""):
                setattr(told, name, value)
    if handler := values.get("handler"):
        told.handler = resolve(Staff, handler, field="handler")
    if into := values.get("into"):
        told.into = resolve(Ticket, into, field="into")
    if by := cleaning.one_line(values.get("by", "")):
        told.by, told.staff = _by(by)
    if meeting := cleaning.one_line(values.get("meeting", "")):
        told.meeting = _meeting(meeting)
    if spot := values.get("on_the_spot"):
        told.on_the_spot = YES.parse(spot)
    return told


def _by(text: str) -> tuple[str, Staff | None]:
    """Return the name of who answered or asked, and the one of the staff that is meant: it may be a stranger."""
    found = candidates(Staff, text)
    if len(found) == 1:
        return found[0].full_name, found[0]
    name = cleaning.person_name(text)
    try:
        Evaluation.asker.check(name)  # pyright: ignore[reportAttributeAccessIssue] - the class attribute is its kind
    except UserError as fault:
        raise UserError(fault.message, field="by") from None
    return name, None


def _day(ticket: Ticket, text: str) -> datetime.date:
    """Return the day of a step, today where none is told; it lies between the report and today."""
    on = TicketStep.on.parse(text) or datetime.date.today()
    if on > datetime.date.today():
        raise UserError(f"日期 {on} 还没有到，请核对", field="on")
    if ticket.received_on and on < ticket.received_on:
        raise UserError(f"日期 {on} 早于反映日期 {ticket.received_on}，请核对", field="on")
    return on


def _meeting(name: str) -> Meeting:
    """Return the meeting of that name; first use makes it."""
    found = candidates(Meeting, name)
    if len(found) > 1:
        return resolve(Meeting, name, field="meeting")
    if found:
        return found[0]
    meeting = Meeting(name=Meeting.name.parse(name))
    if faults := meeting.faults():
        raise UserError(faults[0].message, field="meeting")
    return meeting
