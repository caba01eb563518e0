"""Printing: what is printed for whom, numbers and log; drawing itself is handed in by the composition root.

Preflight comes before anything else: with a fault nothing is registered and no file is written. Numbers,
invitations, log and file then stand or fall together: the papers are drawn and synced under temporary names
inside the transaction, the transaction is committed, and only then do the papers get their names. So whatever
fails takes everything back, an older paper of the same name included, and a power cut between the two leaves
numbers in the register without their paper, which printing once more mends. The other order could leave a paper
whose number is registered nowhere and would be given to somebody else.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from desktop.errors import TroubleError, UserError
from desktop.files import Waiting, folder_for, held_back, refuse_other_sort, safe_name
from desktop.records.base import Record
from desktop.records.forms import Form, FormIssue
from desktop.records.invitations import Invitation
from desktop.records.open_days import OpenDay
from desktop.records.papers import PreflightFault, Watch
from desktop.records.register import PrintJob, note_sent
from desktop.records.ticket_steps import Answer, Slip, TicketStep
from desktop.records.tickets import Ticket
from desktop.services import choosing, print_log, visit_orders
from desktop.services.changes import Changes
from desktop.services.forms import Forms
from desktop.services.inviting import Inviting
from desktop.services.offices import Offices
from desktop.services.orders import Order, Outcome, Plan, PreflightError
from desktop.services.papers import (
    OF_TICKETS,
    OF_VISITS,
    PAPERS,
    Drawer,
    Drawers,
    Paper,
    Whom,
    paper_called,
    size_of,
)
from desktop.services.rights import Deed, Rights
from desktop.services.ticket_orders import TicketOrders

MOST_BLANK_ROWS = 500


class Press:
    """Takes an order from choice to paper."""

    def __init__(
        self,
        changes: Changes,
        offices: Offices,
        inviting: Inviting,
        forms: Forms,
        tickets: TicketOrders,
        drawers: Callable[[], Drawers],
        who: str = "",
        rights: Rights | None = None,
    ) -> None:
        self._changes = changes
        self._offices = offices
        self._inviting = inviting
        self._forms = forms
        self._tickets = tickets
        self._load_drawers = drawers
        self._who = who
        self._rights = rights or Rights()

    @property
    def _drawers(self) -> Drawers:
        """What draws, with the office's choice of fonts as it is now."""
        return self._load_drawers()

    def print(self, order: Order, watch: Watch | None = None) -> Outcome:
        """Print an order; raises PreflightError, UserError or TroubleError and then leaves nothing behind."""
        paper = paper_called(order.document)
        return self._carry_out(paper, self._plan(paper, order), watch)

    def first_of(self, order: Order, count: int) -> Order:
        """Return the draft of an order for its first `count` people: a look that doesn't wait for the others."""
        return choosing.first_of(order, paper_called(order.document), self._offices.own(), count)

    def preflight(self, order: Order, watch: Watch | None = None) -> list[PreflightFault]:
        """Return what stands in the way of an order, or passes, without writing anything; raises what `watch` raises."""
        paper = paper_called(order.document)
        plan = self._plan(paper, order)
        if plan.faults:
            return [*plan.faults, *plan.passed]
        if watch:
            watch(0, 2)
        values = paper.gather(plan)
        if watch:
            watch(1, 2)
        return [*self._drawers[paper.name].check(values), *plan.passed]

    def print_again(
        self,
        job: PrintJob,
        order: Order,
        watch: Watch | None = None,
        *,
        changed: bool = False,
    ) -> Outcome:
        """Print exactly what a job printed, whatever was changed since: same people, words, order and numbers.

        `order` is the job's own (`print_log.order_of`), or as a draft, for a printer, in one file. With
        `changed` it is printed as things stand now. Raises UserError where that can't be.
        """
        paper = paper_called(job.document)
        plan = self._plan(paper, order) if changed else self._plan_again(paper, order, job)
        return self._carry_out(paper, plan, watch)

    def _plan_again(self, paper: Paper, order: Order, job: PrintJob) -> Plan:
        """Return the plan of what a job printed, drawn from the values kept with it."""
        invited = paper.whom in (Whom.EACH, Whom.LIST)
        return self._issued(
            Plan(
                order,
                self._offices.own(),
                order.open_day,
                tuple(choosing.invitations_of(job)) if invited else (),
                form=order.form,
                issue=order.issue,
                again=job,
                drawn=print_log.drawn(job),
            )
        )

    def _carry_out(self, paper: Paper, plan: Plan, watch: Watch | None) -> Outcome:
        drawer, order = self._drawers[paper.name], plan.order
        if order.options.full_numbers:
            self._rights.require(Deed.PRINT_FULL)
        refuse_other_sort(order.target, b"%PDF", "PDF")
        if plan.faults:
            raise PreflightError(plan.faults)
        values = _values(paper, plan)
        faults = drawer.check(values)
        blanks = [fault for fault in faults if order.options.by_hand and fault.person and fault.character]
        if len(faults) > len(blanks):
            raise PreflightError([fault for fault in faults if fault not in blanks])
        with drawer.by_hand() if blanks else contextlib.nullcontext():
            outcome = self._drawn(drawer, paper, plan, values, watch)
        return replace(outcome, by_hand=tuple(blanks))

    def _drawn(
        self, drawer: Drawer, paper: Paper, plan: Plan, values: object, watch: Watch | None
    ) -> Outcome:
        """Draw what was checked, and unless it is a draft register it."""
        order = plan.order
        apart = {"separate": order.separate} if paper.separate else {}
        if order.draft:
            printed = drawer.write(order.target, values, watch=watch, **apart)
            return Outcome.of(printed, plan, numbers=_numbers(values))
        with self._kept(_action(paper, plan), *_touched(paper)) as papers:
            plan = self._settled(paper, plan)
            values = _values(paper, plan)
            target = self._target(paper, plan)
            printed = drawer.write(target, values, watch=watch, **apart)
            if paper.marks and not order.printer:
                self._inviting.mark_printed(plan.invitations)
            job = print_log.keep(plan, values, printed, papers, self._who)
        outcome = Outcome.of(printed, plan, numbered=paper.numbered, numbers=_numbers(values))
        folded = order.options.size in paper.booklets
        return replace(outcome, job=job.id, document=paper.name, starts=printed.starts, is_booklet=folded)

    def sent(self, outcomes: Sequence[Outcome], printer: str, target: str = "") -> None:
        """Note that a printer took papers ordered for one, or that they were saved: only now are they printed."""
        with self._changes.change("送往打印机", Invitation):
            for job in note_sent([outcome.job for outcome in outcomes], printer, target):
                if PAPERS[job.document].marks:
                    self._inviting.mark_printed(choosing.invitations_of(job))

    @contextlib.contextmanager
    def _kept(self, action: str, *touched: type[Record]) -> Iterator[Waiting]:
        """Run a block that draws and registers; commit what it registered, then name the papers it drew."""
        with held_back() as papers:
            with self._changes.change(action, *touched):
                yield papers
            try:
                papers.finish()
            except TroubleError as cause:
                raise TroubleError(f"{cause.message}。编号和记录已经登记，排除后请再印一次") from cause

    # -- planning

    def _plan(self, paper: Paper, order: Order) -> Plan:
        """Work out for whom an order is, without keeping anything."""
        order = replace(order, options=replace(order.options, size=size_of(paper, order.options.size)))
        if not 0 <= order.options.blank_rows <= MOST_BLANK_ROWS:
            raise UserError(f"空行应在 0 到 {MOST_BLANK_ROWS} 之间", field="blank_rows")
        if paper.whom is Whom.COPIES:
            return self._form_plan(order)
        office = self._offices.own()
        if paper.whom in OF_TICKETS:
            return self._tickets.plan(paper.name, order, office)
        if paper.whom in OF_VISITS:
            return visit_orders.planned(order, paper.of, office)
        if paper.whom is Whom.PERSON:
            day = order.open_day
            chosen = choosing.people_for(order, paper, day, self._inviting)
        else:
            day = self.day(order.open_day)
            if paper.whom is Whom.DAY:
                return _unless_printed(paper, Plan(order, office, day))
            chosen = choosing.invitations_for(order, paper, day, self._inviting)
        chosen = choosing.arranged(chosen, order.arranged, office)
        return Plan(order, office, day, tuple(chosen if paper.whom is Whom.LIST else chosen[: order.first]))

    def _form_plan(self, order: Order) -> Plan:
        form = choosing.form_for(order.form)
        days = choosing.open_days()
        day = order.open_day or (days[0] if len(days) == 1 else None)
        if order.issue is not None:
            return Plan(order, self._offices.own(), day, form=form, paper=form.paper(), issue=order.issue)
        count = choosing.copies_for(order, day, self._inviting)
        serials = [0] if order.draft else range(count)
        plan = Plan(order, self._offices.own(), day, form=form, paper=form.paper(), serials=serials)
        return _unless_printed(paper_called(order.document), plan)

    def day(self, chosen: OpenDay | None) -> OpenDay:
        """Return the day chosen, else the only one there is to print for."""
        return choosing.day_for(chosen)

    @staticmethod
    def printed(day: OpenDay) -> dict[str, set[bytes]]:
        """Return the invitations of a day that each document was ever printed for."""
        return print_log.printed_for(day)

    # -- what printing itself keeps

    def _settled(self, paper: Paper, plan: Plan) -> Plan:
        """Register what the paper needs, inside the transaction: new invitations with numbers, new serials."""
        if plan.again is not None:
            return plan
        if plan.form is not None:
            if plan.issue is None:
                plan = replace(plan, issue=self._forms.issue(plan.form, len(plan.serials), plan.day))
            return self._issued(plan)
        if paper.whom in OF_TICKETS:
            return self._tickets.settled(plan)
        if paper.whom in OF_VISITS:
            return visit_orders.settled(plan)
        if paper.whom in (Whom.DAY, Whom.PERSON) or plan.day is None:
            return plan
        self._inviting.invite(plan.day, [row.representative for row in plan.invitations])
        standing = {row.representative.id: row for row in self._inviting.active(plan.day)}
        return replace(plan, invitations=tuple(standing[row.representative.id] for row in plan.invitations))

    def _issued(self, plan: Plan) -> Plan:
        """Return the plan of an issue's sheets as they were when they were first printed."""
        issue = plan.issue
        if issue is None:
            return plan
        return replace(
            plan,
            paper=self._forms.paper_of(issue),
            layout=self._forms.layout_of(issue),
            serials=range(issue.first or 1, (issue.last or 1) + 1),
        )

    @staticmethod
    def _target(paper: Paper, plan: Plan) -> Path:
        """Return the file; a document that is always one file goes into the folder that --separate names."""
        if not plan.order.separate or paper.separate:
            return plan.order.target
        title = plan.form.title if plan.form else paper.label
        return folder_for(plan.order.target) / f"{safe_name(title)}.pdf"


def _unless_printed(paper: Paper, plan: Plan) -> Plan:
    """Return a plan for nobody in particular; raises UserError where only what wasn't printed yet is wanted."""
    if plan.order.unprinted and print_log.was_printed(plan):
        called = plan.form.title if plan.form else paper.label
        raise UserError(f"{called}已经印过，没有未印过的；要再印请不加 --unprinted", field="unprinted")
    return plan


def _values(paper: Paper, plan: Plan) -> object:
    """Return what a plan is drawn from."""
    return paper.gather(plan) if plan.again is None else plan.drawn


def _numbers(values: object) -> Sequence[str]:
    """Return the numbers that values bring with them: those of papers of tickets."""
    return getattr(values, "numbers", ())


def _action(paper: Paper, plan: Plan) -> str:
    """Return what the trail calls this print."""
    about = plan.form.title if plan.form else plan.day.theme if plan.day else ""
    about = plan.meeting.name if plan.meeting else about
    name = "" if plan.form else paper.label
    many = f" {plan.items} {paper.measure}" if plan.items else ""
    return f"印制{f'“{about}”' if about else ''}{name}{many}"


def _touched(paper: Paper) -> Sequence[type[Record]]:
    """Return the records that printing may change."""
    match paper.whom:
        case Whom.COPIES:
            return (Form, FormIssue)
        case Whom.DAY | Whom.PERSON | Whom.RECORD | Whom.RECORDS:
            return ()
        case Whom.TICKET | Whom.TICKETS | Whom.MEETING:
            return (Ticket, Slip, TicketStep, Answer)
        case _:
            return (Invitation,)
