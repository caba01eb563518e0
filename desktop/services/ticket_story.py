"""The story of a ticket: everything that was done, answered and said of it, in sentences, round by round."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field

from desktop.records.base import Record, parts_of
from desktop.records.dates import show_day
from desktop.records.ticket_steps import Answer, Evaluation, Supervision, TicketStep
from desktop.records.tickets import Ticket, Verdict

PAPERS = ("slip", "urge", "supervise", "letter", "report")
"""The steps that printing keeps (ticket_numbers.STEPS): their words are the paper and its number."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened: the day, a sentence, the text behind it, who wrote it down.

    `sort` is the verb of a step, or slip, supervision.
    """

    on: datetime.date | None
    words: str
    detail: str
    who: str
    sort: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A round of answering and its lines, the first first."""

    round: int
    title: str
    lines: list[Line] = field(default_factory=list)


def story(ticket: Ticket) -> list[Chapter]:
    """Return the rounds of a ticket, the first first; what was written down first comes first."""
    steps = parts_of(TicketStep, "ticket", ticket)
    answers = {row.round: row for row in parts_of(Answer, "ticket", ticket)}
    asked = iter(parts_of(Evaluation, "ticket", ticket))
    rows: list[Record] = [*steps, *parts_of(Supervision, "ticket", ticket)]
    chapters: list[Chapter] = []
    for row in sorted(rows, key=lambda row: (row.created_at, row.id)):
        now = max(getattr(row, "round", None) or 1, chapters[-1].round if chapters else 1)
        if not chapters or now > chapters[-1].round:
            chapters.append(Chapter(now, f"第 {now} 轮"))
        match row:
            case TicketStep(verb="answer"):
                line = _answered(row, answers.get(row.round))
            case TicketStep(verb="evaluate"):
                line = _evaluated(row, next(asked, None))
            case TicketStep(verb=verb) if verb in PAPERS:
                line = Line(row.on, f"{row.name} {row.reason}", "", row.who, "slip")
            case TicketStep():
                line = _stepped(row)
            case Supervision():
                line = Line(row.on, f"{row.by}监督", row.text, "", "supervision")
            case _:
                continue
        chapters[-1].lines.append(line)
    return chapters


def _answered(step: TicketStep, answer: Answer | None) -> Line:
    if answer is None:
        return _stepped(step)
    words = "当场答复" if answer.on_the_spot else f"答复 {answer.number}".strip()
    told = "，".join(filter(None, (answer.outcome, f"答复人 {answer.by}" if answer.by else "")))
    return Line(step.on, f"{words}（{told}）" if told else words, answer.text, step.who, step.verb)


def _evaluated(step: TicketStep, said: Evaluation | None) -> Line:
    if said is None:
        return _stepped(step)
    words = f"{said.method}回访：{said.verdict}{f'（回访人 {said.asker}）' if said.asker else ''}"
    if said.verdict == Verdict.DISCONTENT and step.due_after:
        words += f"，转入重新办理，新期限 {show_day(step.due_after)}"
    return Line(step.on, words, said.words, step.who, step.verb)


def _stepped(step: TicketStep) -> Line:
    words = WORDS[step.verb](step) if step.verb in WORDS else step.name
    if step.verb in ("grant", "extend", "reckon") and step.due_before and step.due_after:
        words += f"，期限由 {show_day(step.due_before)} 改为 {show_day(step.due_after)}"
    return Line(step.on, words, step.reason, step.who, step.verb)


def _registered(step: TicketStep) -> str:
    return f"登记，期限 {show_day(step.due_after)}" if step.due_after else "登记"


def _charged(step: TicketStep) -> str:
    """Return to whom it was given; 重新办理 tells the new date too."""
    whom = " ".join(filter(None, (step.section, step.handler)))
    if step.verb == "assign":
        return f"交办给 {whom}" if whom else "交办"
    due = f"，期限 {show_day(step.due_after)}" if step.due_after else ""
    return (f"重新办理，交给 {whom}" if whom else "重新办理") + due


def _longer(step: TicketStep) -> str:
    by = f"{step.approver}" if step.approver else ""
    return {
        "ask_extension": f"申请延期 {step.days or 0} 个工作日",
        "grant": f"{by}批准延期 {step.days or 0} 个工作日",
        "deny": f"{by}没有批准延期 {step.days or 0} 个工作日",
        "extend": f"延期 {step.days or 0} 个工作日，{by}批准",
    }[step.verb]


WORDS: dict[str, Callable[[TicketStep], str]] = {
    "register": _registered,
    "assign": _charged,
    "redo": _charged,
    "sign_for": lambda _: "签收",
    **dict.fromkeys(("ask_extension", "grant", "deny", "extend"), _longer),
}
"""How the steps are told whose name alone says too little."""
