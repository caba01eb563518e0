"""The tickets of the sample office: of its open day, and of the last weeks, in every state that a clerk meets."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from typing import Any

from desktop import paths
from desktop.records.open_days import OpenDay
from desktop.records.representatives import Representative
from desktop.records.tickets import Ticket
from desktop.services.desk import Desk

MEETING = "部长办公会（第9次）"
CALLER = "李明"
STARTED = ("accept", "assign")
IN_WORK = (*STARTED, "sign_for", "start")
DECIDED = ("accept", "decide", "assign", "sign_for", "answer", "evaluate", "close")
COURSES: dict[str, tuple[str, ...]] = {
    "registered": (),
    "accepted": ("accept",),
    "signed": (*STARTED, "sign_for"),
    "working": IN_WORK,
    "extended": (*IN_WORK, "extend"),
    "suspended": (*IN_WORK, "suspend"),
    "refused": ("refuse",),
    "spot": ("answer",),
    "answered": (*IN_WORK, "answer"),
    "closed": (*IN_WORK, "answer", "evaluate", "close"),
    "discontent": (*IN_WORK, "answer", "evaluate", "redo"),
    "tabled": ("accept", "table"),
    "adopted": DECIDED,
    "partly": DECIDED,
    "kept": DECIDED,
    "declined": DECIDED,
    "carried": (*DECIDED, "carry_out", "feed_back"),
}
"""What was done with a ticket, by the word its sample gives."""
AFTER = {
    "accept": 0, "refuse": 1, "assign": 1, "sign_for": 2, "start": 2, "extend": 3, "suspend": 3, "table": 2, "decide": 1,
    "answer": 5, "evaluate": 6, "redo": 6, "close": 7, "carry_out": 10, "feed_back": 11,
}  # fmt: skip
"""Working days after the report on which each step was taken."""
DECISIONS = {
    "adopted": "采纳",
    "carried": "采纳",
    "partly": "部分采纳",
    "kept": "留作参考",
    "declined": "不采纳",
}


def fill_tickets(desk: Desk, held: OpenDay, people: Sequence[Representative]) -> None:
    """Register the sample's tickets and take each through its course; no step lies after today."""
    path = paths.resources() / "samples" / "tickets.json"
    all_told = json.loads(path.read_text(encoding="utf-8"))
    made = [_registered(desk, told, held, people) for told in all_told]
    for ticket, told in zip(made, all_told, strict=True):
        if main := told["course"].partition(":")[2]:
            desk.books.do(ticket, "merge", {"into": made[int(main) - 1].number, "reason": "同一处路灯"})
    for ticket, told in zip(made, all_told, strict=True):
        for verb in COURSES.get(told["course"], ()):
            desk.books.do(ticket, verb, _told(desk, ticket, verb, told))


def _registered(desk: Desk, told: dict[str, Any], held: OpenDay, people: Sequence[Representative]) -> Ticket:
    ticket = Ticket()
    for name in ("sort", "content", "category", "place", "source", "summary", "urgency"):
        if name in told:
            setattr(ticket, name, told[name])
    if "ago" in told:
        today = desk.workdays.on_or_before(datetime.date.today()).date
        ticket.received_on = desk.workdays.moved_by(today, -told["ago"])
    else:
        ticket.open_day, ticket.received_on = held, held.held_on
    by = told["by"]
    if isinstance(by, int):
        ticket.representative, ticket.raised_by = people[by], people[by].full_name
    else:
        ticket.raised_by = by
    desk.books.save(ticket)
    return ticket


def _told(desk: Desk, ticket: Ticket, verb: str, told: dict[str, Any]) -> dict[str, str]:
    """Return what is told with a step, on its day."""
    course = told["course"]
    received = ticket.received_on or datetime.date.today()
    on = received if course == "spot" else desk.workdays.moved_by(received, AFTER[verb])
    verdict = "不满意" if course == "discontent" else "满意"
    more: dict[str, dict[str, str]] = {
        "assign": {"section": told.get("section", ""), "handler": told.get("handler", "")},
        "refuse": {"reason": "不属于组织部门职责，已告知向县住房和城乡建设局物业科反映"},
        "extend": {"days": "5", "reason": "需到村核实考勤和工作日志", "approver": "周建国"},
        "suspend": {"reason": "等待县纪委监委初核情况"},
        "answer": {"text": told.get("answer", ""), "outcome": told.get("outcome", "")},
        "evaluate": {"verdict": verdict, "method": "电话", "by": CALLER, "words": told.get("words", "")},
        "redo": {"reason": "回访不满意，重新安排彻底维修"},
        "table": {"meeting": MEETING},
        "decide": {
            "decision": DECISIONS.get(course, ""),
            "reason": told.get("answer", ""),
            "meeting": MEETING,
        },
        "carry_out": {"reason": "已发放"},
    }
    spot = {"on_the_spot": "是"} if course == "spot" else {}
    if verb == "evaluate" and told.get("handler") == CALLER:
        more["evaluate"]["by"] = "赵文静"
    return {"on": min(on, datetime.date.today()).isoformat(), **more.get(verb, {}), **spot}
