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
import datetime
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.errors import TroubleError, UserError
from desktop.files import Waiting, held_back, trouble
from desktop.records import listing
from desktop.records.base import Record, reading
from desktop.records.forms import Form, FormIssue
from desktop.records.invitations import Invitation
from desktop.records.listing import Query
from desktop.records.open_days import DayState, OpenDay
from desktop.records.papers import FormPaper, Letter, LetterForm, PreflightFault, Printed, SignInSheet, Watch
from desktop.records.register import PrintJob
from desktop.records.representatives import Representative
from desktop.services import wording
from desktop.services.changes import Changes
from desktop.services.forms import Forms
from desktop.services.inviting import Inviting
from desktop.services.offices import Offices

DOCUMENTS = {"invitation-letters": "邀请函", "feedback-forms": "表单", "sign-in-sheet": "签到表"}
DRAFT_NUMBER = "样稿"
SHOWN_FAULTS = 20


@dataclass(frozen=True, slots=True)
class Drawers:
    """What desktop/documents can do, as the press calls it."""

    write_letters: Callable[..., Printed]
    check_letters: Callable[[LetterForm, Sequence[Letter]], list[PreflightFault]]
    write_forms: Callable[..., Printed]
    check_form: Callable[[FormPaper], list[PreflightFault]]
    write_sheet: Callable[..., Printed]
    check_sheet: Callable[[SignInSheet], list[PreflightFault]]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be printed: a document, its day, whom for, and where to."""

    document: str
    target: Path
    open_day: OpenDay | None = None
    people: Query | None = None
    """Representatives chosen instead of the day's invitations; those not invited yet are invited."""
    invitations: tuple[bytes, ...] = ()
    """Only these invitations of the day ('selected'); empty is all."""
    form: Form | None = None
    copies: int | None = None
    separate: bool = False
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was printed: pages, files, numbers of the register, in paper order."""

    pages: int
    files: tuple[str, ...]
    register: tuple[str, ...] = field(default=())


class PreflightError(UserError):
    """The papers can't be printed as they are; `faults` says who and which character."""

    def __init__(self, faults: Sequence[PreflightFault]) -> None:
        shown = ";".join(
            f"{fault.person}:{fault.message}" if fault.person else fault.message for fault in faults[:5]
        )
        more = f";等共 {len(faults)} 处" if len(faults) > 5 else ""
        super().__init__(f"印前检查没有通过,没有印出任何内容:{shown}{more}", field="preflight")
        self.faults = tuple(faults)


class Press:
    """Takes an order from choice to paper."""

    def __init__(
        self,
        changes: Changes,
        offices: Offices,
        inviting: Inviting,
        forms: Forms,
        drawers: Callable[[], Drawers],
        who: str = "",
    ) -> None:
        self._changes = changes
        self._offices = offices
        self._inviting = inviting
        self._forms = forms
        self._load_drawers = drawers
        self._who = who

    @property
    def _drawers(self) -> Drawers:
        """What draws, with the office's choice of fonts as it is now."""
        return self._load_drawers()

    def print(self, order: Order, watch: Watch | None = None) -> Outcome:
        """Print an order; raises PreflightError, UserError or TroubleError and then leaves nothing behind."""
        match order.document:
            case "invitation-letters":
                return self._letters(order, watch)
            case "feedback-forms":
                return self._form_copies(order, watch)
            case "sign-in-sheet":
                return self._sheet(order, watch)
            case _:
                raise UserError(
                    f"没有“{order.document[:30]}”这种文书,现在可以印:{'、'.join(DOCUMENTS)}", field="document"
                )

    def preflight(self, order: Order) -> list[PreflightFault]:
        """Return what stands in the way of an order, without writing anything."""
        if order.document == "feedback-forms":
            return self._drawers.check_form(self._form(order).paper())
        day = self.day(order.open_day)
        chosen = self._chosen(order, day)
        if order.document == "sign-in-sheet":
            return self._drawers.check_sheet(self._inviting.sign_in_sheet(self._offices.own(), day, chosen))
        office = self._offices.own()
        return self._drawers.check_letters(
            self._inviting.letter_form(office, day), self._inviting.letters(office, day, chosen)
        )

    def _letters(self, order: Order, watch: Watch | None) -> Outcome:
        office, day = self._offices.own(), self.day(order.open_day)
        form = self._inviting.letter_form(office, day)
        chosen = self._chosen(order, day)
        if faults := self._drawers.check_letters(form, self._inviting.letters(office, day, chosen)):
            raise PreflightError(faults)
        if order.draft:
            letters = self._inviting.letters(office, day, chosen)
            return _outcome(self._draw_letters(order, form, letters, watch))
        with self._kept(f"印制“{day.theme}”邀请函 {len(chosen)} 封", Invitation) as papers:
            self._inviting.invite(day, [row.representative for row in chosen])
            standing = {row.representative.id: row for row in self._inviting.active(day)}
            chosen = [standing[row.representative.id] for row in chosen]
            printed = self._draw_letters(order, form, self._inviting.letters(office, day, chosen), watch)
            self._inviting.mark_printed(chosen)
            self._log(order, day, len(chosen), printed, papers)
        return _outcome(printed, tuple(row.number for row in chosen))

    def _draw_letters(
        self, order: Order, form: LetterForm, letters: list[Letter], watch: Watch | None
    ) -> Printed:
        return self._drawers.write_letters(order.target, form, letters, separate=order.separate, watch=watch)

    def _chosen(self, order: Order, day: OpenDay) -> list[Invitation]:
        """Return the invitations an order is for, in the order of their numbers; new ones are not kept yet."""
        standing = self._inviting.active(day)
        if order.invitations:
            standing = [row for row in standing if row.id in set(order.invitations)]
        elif order.people is not None:
            there = {row.representative.id: row for row in standing}
            people = listing.page(order.people, 0, 1_000_000)
            chosen = [there.get(person.id) or self._draft(day, person) for person in people]
            places = {row.id: place for place, row in enumerate(standing)}
            standing = sorted(chosen, key=lambda row: places.get(row.id, len(places)))
        if not standing:
            raise UserError(
                f"开放日“{day.theme}”没有要印的邀请;请先邀请代表,或用 --all、--where、--id 选定代表",
                field="people",
            )
        return standing

    @staticmethod
    def _draft(day: OpenDay, person: object) -> Invitation:
        assert isinstance(person, Representative)
        salutation = wording.called(person)
        return Invitation(open_day=day, representative=person, number=DRAFT_NUMBER, salutation=salutation)

    @staticmethod
    def _open_days() -> list[OpenDay]:
        """Return the days that can still be printed for."""
        ended = (DayState.CANCELLED, DayState.ARCHIVED)
        with reading():
            still_open = OpenDay.deleted_at.is_null() & OpenDay.state.not_in(ended)  # pyright: ignore
            return list(OpenDay.select().where(still_open))

    def day(self, chosen: OpenDay | None) -> OpenDay:
        """Return the day chosen, else the only one there is to print for."""
        if chosen is not None:
            return chosen
        open_days = self._open_days()
        if len(open_days) == 1:
            return open_days[0]
        told = "、".join(f"{row.number}({row.held_on})" for row in open_days) or "还没有开放日"
        raise UserError(f"请用 --open-day 指明是哪一个开放日:{told}", field="open_day")

    def _sheet(self, order: Order, watch: Watch | None) -> Outcome:
        day = self.day(order.open_day)
        chosen = self._chosen(order, day)
        sheet = self._inviting.sign_in_sheet(self._offices.own(), day, chosen)
        if faults := self._drawers.check_sheet(sheet):
            raise PreflightError(faults)
        target = self._single(order, "签到表")
        if order.draft:
            return _outcome(self._drawers.write_sheet(target, sheet, watch=watch))
        with self._kept(f"印制“{day.theme}”签到表") as papers:
            printed = self._drawers.write_sheet(target, sheet, watch=watch)
            self._log(order, day, len(chosen), printed, papers)
        return _outcome(printed)

    @contextlib.contextmanager
    def _kept(self, action: str, *touched: type[Record]) -> Iterator[Waiting]:
        """Run a block that draws and registers; commit what it registered, then name the papers it drew."""
        with held_back() as papers:
            with self._changes.change(action, *touched):
                yield papers
            try:
                papers.finish()
            except TroubleError as cause:
                raise TroubleError(f"{cause.message}。编号和记录已经登记,排除后请再印一次") from cause

    def _form(self, order: Order) -> Form:
        if order.form is not None:
            return order.form
        with reading():
            forms = list(Form.select().where(Form.deleted_at.is_null()))
        if len(forms) == 1:
            return forms[0]
        told = "、".join(f"{form.title}(id={form.id.hex()})" for form in forms) or "还没有表单"
        raise UserError(f"请用 --form 指明是哪一种表单:{told}", field="form")

    def _form_copies(self, order: Order, watch: Watch | None) -> Outcome:
        form = self._form(order)
        if faults := self._drawers.check_form(form.paper()):
            raise PreflightError(faults)
        target = self._single(order, form.title)
        open_days = self._open_days()
        day = order.open_day or (open_days[0] if len(open_days) == 1 else None)
        count = self._copies(order, day)
        if order.draft:
            return _outcome(self._drawers.write_forms(target, form.paper(), [0], watch=watch))
        with self._kept(f"印制“{form.title}” {count} 份", Form, FormIssue) as papers:
            issue = self._forms.issue(form, count, day)
            serials = range(issue.first or 1, (issue.last or 1) + 1)
            paper, layout = self._forms.paper_of(issue), self._forms.layout_of(issue)
            printed = self._drawers.write_forms(target, paper, serials, watch=watch, layout=layout)
            self._log(order, day, count, printed, papers)
        return _outcome(printed, tuple(str(serial) for serial in serials))

    def _copies(self, order: Order, day: OpenDay | None) -> int:
        """Return how many copies: as told, else one for each person chosen or invited."""
        if order.copies is not None:
            if not 1 <= order.copies <= 10_000:
                raise UserError(f"份数应在 1 到 10000 之间,现为 {order.copies}", field="copies")
            return order.copies
        if order.people is not None:
            return max(1, listing.count(order.people))
        return max(1, len(self._inviting.active(day))) if day else 1

    @staticmethod
    def _single(order: Order, name: str) -> Path:
        """Return the file of a document that is always one file; with --separate it goes into the folder."""
        return order.target / f"{name}.pdf" if order.separate else order.target

    def _log(self, order: Order, day: OpenDay | None, items: int, printed: Printed, papers: Waiting) -> None:
        PrintJob(
            who=self._who,
            document=order.document,
            open_day=day.id if day else None,
            items=items,
            pages=printed.pages,
            target=Path(printed.files[0]).name if len(printed.files) == 1 else f"{len(printed.files)} 个文件",
            sha256=_fingerprint([papers[Path(name)] for name in printed.files]),
            at=datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
        ).save(force_insert=True)


def _outcome(printed: Printed, register: tuple[str, ...] = ()) -> Outcome:
    return Outcome(printed.pages, printed.files, register)


def _fingerprint(files: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        try:
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        except OSError as cause:
            raise trouble(path, cause, "读取") from cause
    return digest.hexdigest()
