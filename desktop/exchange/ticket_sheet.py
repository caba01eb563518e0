"""A ledger of 问题 that goes out: what the list shows, with what came of each, in the columns that an import reads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.records.base import Record
from desktop.records.joining import join_all, latest
from desktop.records.kinds import Kind
from desktop.records.ticket_steps import Answer, Evaluation
from desktop.records.tickets import Ticket

if TYPE_CHECKING:
    from desktop.exchange.export import Value

OWN = (
    Ticket.number, Ticket.sort, Ticket.received_on, Ticket.raised_by, Ticket.raiser, Ticket.content,
    Ticket.summary, Ticket.category, Ticket.source, Ticket.open_day, Ticket.source_document, Ticket.place,
    Ticket.urgency, Ticket.section, Ticket.handler, Ticket.limit, Ticket.due_on, Ticket.state, Ticket.round,
)  # fmt: skip
OUTCOME = (
    Ticket.outcome, Ticket.verdict, Ticket.decision, Ticket.decision_reason, Ticket.meeting,
    Ticket.carried_out_on, Ticket.fed_back_on, Ticket.closed_on, Ticket.note,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Line:
    """A ticket with its last answer and evaluation."""

    ticket: Ticket
    answer: Answer | None
    evaluation: Evaluation | None


Column = tuple[str, Callable[[_Line], "Value"]]


def _field(kind: Kind) -> Column:
    if kind is Ticket.open_day:  # by its number: themes come again every year
        return kind.label, lambda line: line.ticket.open_day.number if line.ticket.open_day else ""
    if kind is Ticket.round:
        return kind.label, lambda line: line.ticket.round
    return kind.label, lambda line: kind.show(getattr(line.ticket, kind.name))


def _of_answer(label: str, kind: Kind) -> Column:
    return label, lambda line: kind.show(getattr(line.answer, kind.name)) if line.answer else ""


def _of_evaluation(label: str, kind: Kind) -> Column:
    return label, lambda line: kind.show(getattr(line.evaluation, kind.name)) if line.evaluation else ""


def _unit(line: _Line) -> str:
    """Return the unit of the representative, by which namesakes are told apart when it comes back."""
    person = line.ticket.representative
    return person.unit if person else ""


COLUMNS: tuple[Column, ...] = (
    *map(_field, OWN[:4]),
    ("反映人单位", _unit),
    *map(_field, OWN[4:]),
    _of_answer("答复内容", Answer.text),
    _of_answer("答复日期", Answer.on),
    _of_answer("答复人", Answer.by),
    _of_answer("当场答复", Answer.on_the_spot),
    *map(_field, OUTCOME[:2]),
    _of_evaluation("回访方式", Evaluation.method),
    _of_evaluation("回访人", Evaluation.asker),
    _of_evaluation("回访日期", Evaluation.on),
    _of_evaluation("评价意见", Evaluation.words),
    *map(_field, OUTCOME[2:]),
)
HEADINGS = tuple(label for label, _ in COLUMNS)


def rows_of(records: Sequence[Record]) -> list[list[Value]]:
    """Return the rows of some tickets, with a few statements for all of them."""
    tickets = [record for record in records if isinstance(record, Ticket)]
    join_all(tickets)
    keys = [ticket.id for ticket in tickets]
    answers, said = latest(Answer, "ticket", keys), latest(Evaluation, "ticket", keys)
    lines = [_Line(ticket, answers.get(ticket.id), said.get(ticket.id)) for ticket in tickets]
    return [[value(line) for _, value in COLUMNS] for line in lines]
