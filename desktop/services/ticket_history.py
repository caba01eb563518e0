"""What a past ledger tells of a matter becomes its steps, dated as told and by the rules of `ticket_rules`.

What a ledger doesn't tell (who was charged, who asked) stays empty; the step says so.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, cast

from desktop.errors import UserError
from desktop.records.base import Record
from desktop.records.meetings import Meeting
from desktop.records.ticket_steps import TicketStep
from desktop.records.tickets import Occurrence, Outcome, Ticket, TicketState, Verdict
from desktop.services.ticket_rules import RULES, Rule, check_allowed, told_of
from desktop.services.tickets import Tickets

S = TicketState
Told = Mapping[str, Any]
UNTOLD = "原台账没有写明"
ANSWERED = (S.ANSWERED, S.EVALUATED, S.CLOSED, S.ARCHIVED, S.REDOING)
"""States that only an answer leads to."""
CHARGED = (S.ASSIGNED, S.SIGNED, S.RETURNED)
"""States in which somebody is to act on it: the ledger must say who."""
OUTCOMES = {
    **{outcome.value: outcome for outcome in Outcome},
    **dict.fromkeys(("A", "A类", "解决", "已办结", "办结", "已落实", "已采纳"), Outcome.SOLVED),
    **dict.fromkeys(("B", "B类", "正在解决", "列入计划逐步解决", "计划解决"), Outcome.PLANNED),
    **dict.fromkeys(("C", "C类", "解释", "已解释", "解释沟通"), Outcome.EXPLAINED),
    **dict.fromkeys(("D", "D类", "参考"), Outcome.KEPT),
}
"""What ledgers write for a 办理结果; other words are part of the answer."""


def is_told(told: Told) -> bool:
    """Say whether a row tells more than what was raised."""
    return goal_of(told) != S.REGISTERED or any(told.get(name) for name in ("decision", "handling"))


def goal_of(told: Told) -> TicketState:
    """Return the state that a row says the matter has come to."""
    if state := told.get("state"):
        return TicketState(state)
    if told.get("closed_on") or told.get("on_the_spot"):
        return S.CLOSED
    if verdict := told.get("verdict"):
        return S.REDOING if verdict == Verdict.DISCONTENT else S.EVALUATED
    return S.ANSWERED if told.get("text") or told.get("answered_on") else S.REGISTERED


class Retelling:
    """Takes one new ticket in memory through what a row tells; `meetings` are those known by name."""

    def __init__(self, tickets: Tickets, ticket: Ticket, told: Told, meetings: dict[str, Meeting]) -> None:
        self._tickets = tickets
        self._ticket = ticket
        self._told = told
        self._meetings = meetings
        self._goal = goal_of(told)
        self._rows: list[Record] = []

    def rows(self, beginning: list[Record]) -> list[Record]:
        """Return the rows that keep the steps, after those of its `beginning`; raises the first fault."""
        self._refuse_contradictions()
        self._set_deadline(beginning)
        if not (self._goal == S.REGISTERED or self._told.get("on_the_spot")):
            self._take("accept", reason="补录，日期按反映日期")
        if self._goal == S.REFUSED:
            reason = self._word("text", "handling", "decision_reason")
            self._take(
                "refuse", {"reason": reason}, when=("closed_on", "answered_on"), fields={"reason": "text"}
            )
        elif self._goal not in (S.REGISTERED, S.ACCEPTED):
            self._hand_over()
        self._decide()
        if self._goal in ANSWERED:
            self._answer()
            self._evaluate()
        if self._goal in (S.CLOSED, S.ARCHIVED):
            self._close()
        self._follow_up()
        if self._goal == S.ARCHIVED:
            self._take("archive", when=("closed_on", "evaluated_on", "answered_on"))
        if self._ticket.closed_on:
            for own in beginning:
                if isinstance(own, Occurrence):
                    own.told_on = self._ticket.answered_on
        return [*beginning, *self._rows]

    def _refuse_contradictions(self) -> None:
        told, goal = self._told, self._goal
        if goal == S.MERGED:
            raise UserError("并案不能从表格导入；请把状态留空，导入后再并案", field="state")
        if told.get("verdict") == Verdict.DISCONTENT and goal in (S.CLOSED, S.ARCHIVED, S.EVALUATED):
            raise UserError(
                f"评价为“{Verdict.DISCONTENT}”的要重新办理，状态不能是“{goal}”；请把状态和办结日期留空，"
                "导入后再答复第 2 轮",
                field="verdict",
            )
        if goal not in (*ANSWERED, S.REFUSED):
            for name, label in (("text", "答复内容"), ("answered_on", "答复日期"), ("verdict", "评价")):
                if told.get(name):
                    raise UserError(
                        f"状态是“{goal}”，却有{label}；请核对状态，办理中的进展写在“办理情况”栏",
                        field="state",
                    )
            if told.get("closed_on") and goal != S.REFUSED:
                raise UserError(f"状态是“{goal}”，却有办结日期；请核对", field="closed_on")

    def _set_deadline(self, beginning: list[Record]) -> None:
        """Let a deadline that was promised then stand, where the matter went on since; the first step says so."""
        due, ticket = self._told.get("due_on"), self._ticket
        if not due or due == ticket.due_on or self._goal == S.REGISTERED:
            return
        if ticket.received_on and due < ticket.received_on:
            raise UserError(f"办理期限 {due} 早于反映日期 {ticket.received_on}，请核对", field="due_on")
        by_rule, ticket.due_on, ticket.presumed = ticket.due_on, due, ""
        for step in beginning:
            if isinstance(step, TicketStep):
                step.due_after, step.reason = due, f"期限按原台账；按规则是 {by_rule}"

    def _hand_over(self) -> None:
        """Charge who is told; a past answer whose ledger names nobody was still worked on by somebody."""
        goal, ticket, told = self._goal, self._ticket, self._told
        on_the_spot = bool(told.get("on_the_spot"))
        past = goal not in CHARGED
        if ticket.section and not on_the_spot:
            values = {
                "section": ticket.section,
                "handler": ticket.handler.full_name if ticket.handler else "",
            }
            self._take("assign", values, unsaid=("handler",) if past else (), reason="补录，日期按反映日期")
        elif not past:
            self._take("assign", {"section": "", "handler": ""})
        if goal == S.SIGNED:
            self._take("sign_for")
        elif goal == S.RETURNED:
            self._take("return", {"reason": self._word("handling")})
        elif past and not on_the_spot and (goal == S.WORKING or not ticket.section or self._word("handling")):
            self._start(ticket)
        if goal == S.SUSPENDED:
            self._take("suspend", {"reason": self._word("handling")})

    def _start(self, ticket: Ticket) -> None:
        """Keep that it was being worked on, and how; nobody signed for it in this program."""
        told = told_of(ticket, "start", {"on": _text(ticket.received_on)})
        step = self._tickets.step(ticket, "start", RULES["start"], told)
        ticket.state = S.WORKING
        step.after, step.due_after = ticket.state, ticket.due_on
        step.reason = self._word("handling") or f"{UNTOLD}承办科室和经办人"
        self._rows.append(step)

    def _decide(self) -> None:
        told = self._told
        if decision := told.get("decision"):
            values = {"decision": decision, "reason": told.get("decision_reason") or f"{UNTOLD}理由"}
            self._take(
                "decide", values, when=("answered_on", "closed_on"),
                meeting=self._meetings.get(told.get("meeting", "")), fields={"state": "decision", "sort": "decision"},
            )  # fmt: skip

    def _answer(self) -> None:
        told = self._told
        result = told.get("outcome", "")
        outcome = OUTCOMES.get(result.upper(), "")
        text = self._word("text", "handling") or result
        if outcome == "" and result and text != result:
            text = f"{text}\n办理结果：{result}"
        if not text:
            raise UserError(f"“{self._goal}”的要有答复内容；没有答复就不能办结", field="text")
        if not any(self._told.get(name) for name in ("answered_on", "closed_on")):
            raise UserError("有答复没有日期；请写明答复日期", field="answered_on")
        values = {"text": text, "outcome": outcome, "by": told.get("by", "")}
        if told.get("on_the_spot"):
            values["on_the_spot"] = "是"
        self._take("answer", values, when=("answered_on", "closed_on"))

    def _evaluate(self) -> None:
        told, verdict = self._told, self._told.get("verdict", "")
        if not verdict:
            if self._goal in (S.EVALUATED, S.REDOING):
                raise UserError(f"状态是“{self._goal}”的要有评价", field="verdict")
            return
        if self._ticket.state == S.CLOSED:
            raise UserError("当场答复办结的没有回访；请把评价留空，或把“当场答复”留空", field="verdict")
        values = {"verdict": verdict, "words": told.get("words", "")}
        values |= {"method": told.get("method", ""), "by": told.get("asker", "")}
        days = ("evaluated_on", "closed_on", "answered_on")
        self._take("evaluate", values, when=days, unsaid=("method", "by"), fields={"by": "asker"})

    def _close(self) -> None:
        if self._ticket.state == S.CLOSED:
            return
        evaluated = self._ticket.state == S.EVALUATED
        values = {} if evaluated else {"reason": f"{UNTOLD}回访"}
        self._take("close", values, when=("closed_on", "evaluated_on", "answered_on"))

    def _follow_up(self) -> None:
        for verb, name in (("carry_out", "carried_out_on"), ("feed_back", "fed_back_on")):
            if self._told.get(name):
                self._take(verb, when=(name,), fields={"state": name})

    def _take(
        self, verb: str, values: Mapping[str, str] = {}, *, when: tuple[str, ...] = (),
        unsaid: tuple[str, ...] = (), reason: str = "", meeting: Meeting | None = None,
        fields: Mapping[str, str] = {},
    ) -> None:  # fmt: skip
        """Take one step on the first day told of `when`, else the day of the report.

        What is `unsaid` in ledgers may be missing; `fields` name the column of a fault.
        """
        ticket = self._ticket
        day = next((name for name in when if self._told.get(name)), "received_on")
        fields = {"on": day, **fields}
        said = {name: value for name, value in values.items() if value}
        missing = {name: UNTOLD for name in unsaid if name not in said}
        try:
            rule: Rule = check_allowed(ticket, verb, said | missing)
            plain = {name: value for name, value in said.items() if name not in ("section", "handler")}
            told = told_of(ticket, verb, plain | {"on": _text(self._told.get(day) or ticket.received_on)})
            told.meeting = meeting
            if verb == "assign":
                told.section, told.handler = ticket.section, ticket.handler
            made = self._tickets.taken(ticket, verb, rule, told)
        except UserError as fault:
            field = fields.get(fault.field or "", fault.field)
            raise UserError(fault.message.strip(), field=field) from fault
        step = cast("TicketStep", made[-1])
        step.reason = step.reason or reason
        self._rows += made

    def _word(self, *names: str) -> str:
        return next((text for name in names if (text := self._told.get(name))), "")


def _text(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""
