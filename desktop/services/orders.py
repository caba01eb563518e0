"""What may be asked of the press and what it answers: an order, the plan it becomes, its outcome."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.errors import UserError
from desktop.records import register
from desktop.records.base import Record
from desktop.records.forms import Form, FormIssue
from desktop.records.invitations import Invitation, InvitationState
from desktop.records.listing import Query
from desktop.records.meetings import Meeting
from desktop.records.open_days import OpenDay
from desktop.records.pack import PaperOptions, PeopleOrder
from desktop.records.papers import FormPaper, PreflightFault, Printed
from desktop.records.register import PrintJob, number_key, told_numbers
from desktop.records.staff import Office
from desktop.services.ticket_pieces import Piece


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be printed: a document, its day, whom for, in which order, and where to."""

    document: str
    target: Path
    open_day: OpenDay | None = None
    people: Query | None = None
    """Representatives chosen instead of the day's invitations; those not invited yet are invited."""
    invitations: tuple[bytes, ...] = ()
    """Only these invitations of the day ('selected'); empty is all."""
    tickets: Query | None = None
    """Tickets that a paper of tickets is for; named by key, each has to be fit for it unless `passing`."""
    passing: bool = False
    """Whether tickets that the paper isn't for are passed over, as where all are asked for."""
    meeting: Meeting | None = None
    records: Query | None = None
    """Households, visits, pairings that a paper of theirs is for; without it those that are usual."""
    since: datetime.date | None = None
    until: datetime.date | None = None
    """The period of a paper that counts or lists what happened, either end open."""
    on: datetime.date | None = None
    """The day on which a paper of tickets is made out, today unless told."""
    unprinted: bool = False
    """Of those only whom this document was never printed for."""
    arranged: PeopleOrder = PeopleOrder.NUMBER
    first: int | None = None
    """Of a paper for each person only the first so many, for a look."""
    options: PaperOptions = field(default_factory=PaperOptions)
    form: Form | None = None
    copies: int | None = None
    issue: FormIssue | None = None
    """The sheets of this issue once more instead of new serials."""
    separate: bool = False
    draft: bool = False
    printer: str = ""
    """The printer it will be sent to; it counts as printed when `Press.sent` says so."""


@dataclass(frozen=True, slots=True)
class Plan:
    """An order worked out: everything its values are gathered from."""

    order: Order
    office: Office
    day: OpenDay | None = None
    invitations: tuple[Invitation, ...] = ()
    form: Form | None = None
    paper: FormPaper | None = None
    layout: dict[str, object] | None = None
    serials: Sequence[int] = ()
    issue: FormIssue | None = None
    pieces: tuple[Piece, ...] = ()
    """The tickets of a paper of tickets; `passed` says of which it is not, `faults` what stands in its way."""
    meeting: Meeting | None = None
    on: datetime.date | None = None
    passed: tuple[PreflightFault, ...] = ()
    faults: tuple[PreflightFault, ...] = ()
    records: tuple[Record, ...] = ()
    """What a paper of the visit loop is for, or `blanks`, so many blank sheets with `numbers` once registered."""
    blanks: int = 0
    numbers: tuple[str, ...] = ()
    again: PrintJob | None = None
    """The print that is made once more, exactly; its values are `drawn`."""
    drawn: Any = None

    @property
    def items(self) -> int:
        """How many pieces or lines it makes."""
        if self.again is not None:
            return self.again.items
        if self.pieces:
            return sum(piece.times for piece in self.pieces)
        if self.records or self.blanks:
            return len(self.records) or self.blanks
        return len(self.serials) if self.form else len(self.invitations)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was printed: pages, files, numbers of the register, in paper order."""

    pages: int
    files: tuple[str, ...]
    register: tuple[str, ...] = field(default=())
    numbers: tuple[str, ...] = field(default=())
    """Of these the numbers that stand on the paper, lowest first."""
    voided: tuple[str, ...] = field(default=())
    """Numbers of invitations that were voided since: a print made once more has them too."""
    by_hand: tuple[PreflightFault, ...] = field(default=())
    """What was left blank and has to be written by hand."""
    passed: tuple[PreflightFault, ...] = ()
    """Of which tickets nothing was printed, and why."""
    job: bytes = b""
    """The entry of the print log; a draft has none."""
    document: str = ""
    starts: tuple[int, ...] = ()
    """The first page of each piece that may have several (`Printed.starts`)."""
    is_booklet: bool = False

    @staticmethod
    def of(printed: Printed, plan: Plan, *, numbered: bool = False, numbers: Sequence[str] = ()) -> Outcome:
        """Return the outcome of what a plan printed; a draft registers nothing.

        `numbers` are those on papers of tickets, in paper order.
        """
        voided = tuple(row.number for row in plan.invitations if row.state == InvitationState.VOID)
        if numbers and plan.again is not None:
            voided = tuple(register.voided(numbers))
        if plan.order.draft:
            return Outcome(printed.pages, printed.files, voided=voided, passed=plan.passed)
        given = (
            list(numbers)
            or [str(serial) for serial in plan.serials]
            or [row.number for row in plan.invitations if row.number]
        )
        told = tuple(sorted(given, key=number_key)) if numbered or numbers else ()
        return Outcome(printed.pages, printed.files, tuple(given), told, voided, passed=plan.passed)

    def to_write(self) -> str:
        """Return the list of what has to be written by hand, '' where nothing has."""
        each = dict.fromkeys(f"{fault.person}的“{fault.character}”" for fault in self.by_hand)
        return f"须手写补字：{'、'.join(each)}" if each else ""

    def left_out(self) -> str:
        """Return for which tickets nothing was printed, '' where that is none."""
        few = "；".join(fault.message for fault in self.passed[:5])
        more = f"；等共 {len(self.passed)} 件" if len(self.passed) > 5 else ""
        return f"没有印的：{few}{more}" if few else ""

    def told(self) -> str:
        """Return `，编号 1—16、18—30号` for the numbers on the paper, and which are void by now; '' without any."""
        numbers = f"，编号 {told_numbers(self.numbers)}" if self.numbers else ""
        return numbers + (f"，其中 {told_numbers(self.voided)} 已作废" if self.voided else "")


MOST_TOLD = 50
"""Faults of a preflight that one sentence tells; all of them are with the error."""


class PreflightError(UserError):
    """The papers can't be printed as they are; `faults` says who and which character."""

    def __init__(self, faults: Sequence[PreflightFault]) -> None:
        shown = "；".join(_told_together(faults[:MOST_TOLD]))
        more = f"；等 {len(faults)} 处" if len(faults) > MOST_TOLD else ""
        super().__init__(f"印前检查没有通过，没有印出任何内容：{shown}{more}", field="preflight")
        self.faults = tuple(faults)


def _told_together(faults: Sequence[PreflightFault]) -> list[str]:
    """Return a clause for each reason, headed by all it holds for: `张三、李四没有填写通信地址`."""
    people: dict[str, list[str]] = {}
    for fault in faults:
        told = fault.message if fault.person in fault.message else f"{fault.person}：{fault.message}"
        reason = told.removeprefix(fault.person)
        people.setdefault(reason, []).extend([fault.person] if reason != told else [])
    return ["、".join(names) + reason for reason, names in people.items()]
