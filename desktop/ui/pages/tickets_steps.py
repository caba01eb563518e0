"""The steps that the window offers for a ticket, the next one first, and what each asks."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field, replace
from typing import Any

from desktop.records.kinds import Kind
from desktop.records.ticket_steps import Evaluation, TicketStep
from desktop.records.tickets import WEIGHED, Ticket, TicketState, Verdict
from desktop.services.ticket_rules import EXPLAINED, IN_HAND, RULES
from desktop.services.ticket_rules import KINDS as TOLD_KINDS

S = TicketState
HAND_OVER = "accept+assign"
"""受理并交办: two steps as one."""
ON_THE_SPOT = "answer+close"
"""当场答复: the answer that closes at once."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A step as a button: the verb, its words, an icon, what it asks in order, and what follows from it."""

    verb: str
    words: str
    icon: str
    asks: tuple[str, ...] = ("on",)
    follows: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    """What a field is called in this step, where not as usual."""


OFFERS = {
    offer.verb: offer
    for offer in (
        Offer(HAND_OVER, "受理并交办", "arrow-right", ("section", "handler", "reason", "on"),
              "受理后马上交给科室和经办人办理", {"reason": "交办要求"}),
        Offer("accept", "只受理", "check", follows="先受理，以后再交办"),
        Offer("refuse", "不予受理", "x-circle", ("reason", "on"), "写明理由，并告知反映人", {"reason": "理由"}),
        Offer(ON_THE_SPOT, "当场答复", "check-check", ("text", "outcome", "by", "on"), "当场答复了的，登记后直接办结"),
        Offer("assign", "交办", "arrow-right", ("section", "handler", "reason", "on"),
              "交给科室和经办人办理", {"reason": "交办要求"}),
        Offer("sign_for", "签收", "check", follows="承办科室已经收到"),
        Offer("start", "开始办理", "arrow-right", follows="经办人开始办理"),
        Offer("answer", "答复", "message-square-text", ("text", "outcome", "by", "on"), "答复反映人，之后回访"),
        Offer("evaluate", "回访", "phone", ("verdict", "method", "by", "words", "on"),
              "问反映人满意不满意；不满意就重新办理"),
        Offer("close", "办结", "check-circle", ("reason", "on"), "销号；所有反映人都算已答复", {"reason": "说明"}),
        Offer("archive", "归档", "archive", follows="不再变动"),
        Offer("redo", "重新办理", "refresh", ("section", "handler", "reason", "on"), "新的一轮，重新计时",
              {"reason": "原因"}),
        Offer("extend", "延期", "calendar-clock", ("days", "reason", "approver", "on"), "到期前申请，批准人签字，期限顺延"),
        Offer("ask_extension", "申请延期", "calendar-clock", ("days", "reason", "on"), "等领导批准，批准前期限不变"),
        Offer("grant", "批准延期", "check", ("approver", "reason", "on"), "期限顺延申请的天数", {"reason": "说明"}),
        Offer("deny", "不批延期", "x-circle", ("approver", "reason", "on"), "期限不变"),
        Offer("suspend", "挂起", "clock", ("reason", "on"), "暂时不能办，写明原因；期限不变"),
        Offer("resume", "恢复办理", "arrow-right", ("reason", "on"), "接着办", {"reason": "说明"}),
        Offer("return", "退回", "undo", ("reason", "on"), "承办科室退回，重新交办"),
        Offer("table", "提交会议", "users", ("meeting", "on"), "列入部长办公会议题"),
        Offer("decide", "会议决定", "clipboard-check", ("decision", "reason", "meeting", "on"), "采纳不采纳，写明理由"),
        Offer("carry_out", "记为已落实", "list-checks", ("reason", "on"), "采纳的意见已经落实", {"reason": "落实情况"}),
        Offer("feed_back", "反馈进展", "message-square-text", ("reason", "next_on", "on"), "向反映人说明进展，定下次日期",
              {"reason": "反馈内容"}),
        Offer("merge", "并入别的件", "merge", ("into", "reason", "on"), "和另一件是同一个问题", {"reason": "说明"}),
    )
}  # fmt: skip
ORDER = (
    HAND_OVER, "grant", "assign", "sign_for", "start", "redo", "resume", "answer", "evaluate", "close", "archive",
    "deny", ON_THE_SPOT, "accept", "refuse", "extend", "ask_extension", "return", "suspend", "table", "decide",
    "carry_out", "feed_back", "merge",
)  # fmt: skip
NEXT = {
    S.REGISTERED: HAND_OVER, S.ACCEPTED: "assign", S.RETURNED: "assign", S.ASSIGNED: "sign_for", S.SIGNED: "start",
    S.WORKING: "answer", S.REDOING: "redo", S.SUSPENDED: "resume", S.ANSWERED: "evaluate", S.EVALUATED: "close",
    S.CLOSED: "archive", S.REFUSED: "archive",
}  # fmt: skip
"""State → what is usually done next."""
AFTER = {
    S.REGISTERED: (ON_THE_SPOT, "refuse"), S.ACCEPTED: (ON_THE_SPOT, "refuse"), S.ASSIGNED: ("answer", "extend"),
    S.SIGNED: ("answer", "extend"), S.WORKING: ("extend", "suspend"), S.REDOING: ("answer",),
    S.ANSWERED: ("close",), S.EVALUATED: ("redo",), S.CLOSED: ("redo", "feed_back"),
}  # fmt: skip
"""State → what is done often as well: buttons beside the first."""
KINDS: dict[str, Kind] = TOLD_KINDS | {
    "on": TicketStep.on,
    "section": Ticket.section,
    "handler": Ticket.handler,
    "meeting": Ticket.meeting,
    "into": Ticket.main,
}  # pyright: ignore[reportAssignmentType] - a record's class attribute is its kind
LABELS = {"days": "延期（工作日）", "into": "并入哪一件", "by": "回访人", "on": "日期", "reason": "原因"}


def own_verb(verb: str) -> str:
    """Return the verb of the rules that a button's verb means."""
    return {HAND_OVER: "assign", ON_THE_SPOT: "answer"}.get(verb, verb)


def offers_of(ticket: Ticket) -> list[Offer]:
    """Return the steps that may be taken now, the usual next one first."""
    first = (_next(ticket), *AFTER.get(TicketState(ticket.state), ()))
    order = dict.fromkeys((*first, *ORDER))
    return [_offer(ticket, verb) for verb in order if verb and _fits(ticket, verb)]


def _offer(ticket: Ticket, verb: str) -> Offer:
    """Return a step as the state has it: what is in hand is passed on, not given out."""
    if verb == "assign" and ticket.state in IN_HAND:
        return replace(OFFERS[verb], words="转交", follows="转给别的科室或经办人，期限不变")
    if verb == "redo" and ticket.state == S.REDOING:
        return replace(OFFERS[verb], words="重新交办", follows="新的一轮已经开始，交给科室和经办人办理")
    return OFFERS[verb]


def _next(ticket: Ticket) -> str:
    if ticket.asked_days:
        return "grant"
    if ticket.state == S.EVALUATED and ticket.verdict == Verdict.UNREACHED:
        return "evaluate"
    return NEXT.get(TicketState(ticket.state), "")


def _fits(ticket: Ticket, verb: str) -> bool:
    """Tell whether a step belongs to the state; what is refused for other reasons says so when it is taken."""
    state, early = TicketState(ticket.state), ticket.state in (S.REGISTERED, S.ACCEPTED)
    match verb:
        case str() if verb == HAND_OVER:
            return state is S.REGISTERED
        case str() if verb == ON_THE_SPOT:
            return early
        case "answer":
            return state in RULES["answer"].starts and not early and not ticket.asked_days
        case "grant" | "deny":
            return state in RULES[verb].starts and bool(ticket.asked_days)
        case "extend" | "ask_extension":
            return state in RULES[verb].starts and not ticket.asked_days
        case "table" | "decide":
            return state in RULES[verb].starts and ticket.sort in WEIGHED
        case "carry_out":
            return state in RULES[verb].starts and bool(ticket.decision) and ticket.carried_out_on is None
        case "evaluate":
            return state is S.ANSWERED or (state is S.EVALUATED and ticket.verdict == Verdict.UNREACHED)
        case _:
            return state in RULES[verb].starts


def asked_kind(offer: Offer, name: str) -> Kind:
    """Return the kind that a field of a step is typed by, called as the step calls it."""
    kind: Any = copy.copy(Evaluation.asker if name == "by" else KINDS[name])
    kind.name = name
    by = "答复人" if name == "by" and own_verb(offer.verb) == "answer" else None
    kind.label = offer.labels.get(name) or by or LABELS.get(name, kind.label)
    rule = RULES[own_verb(offer.verb)]
    kind.required = name in rule.must or (name == "reason" and offer.verb in EXPLAINED)
    kind.stepped = False
    kind.hint = HINTS.get((offer.verb, name), "")
    return kind


HINTS = {
    ("close", "reason"): "没有回访就办结的，要写明为什么不回访",
    ("feed_back", "next_on"): "还要继续反馈的，写下次的日期",
    ("table", "meeting"): "如“2026年第3次部长办公会”，没有的会新建",
    ("decide", "meeting"): "如“2026年第3次部长办公会”",
    ("merge", "into"): "输入编号，或摘要里的字",
}
