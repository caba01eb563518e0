"""Which service keeps which record: the one door through which form, command line and import save."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop.errors import UserError
from desktop.records import register
from desktop.records.base import Record, parts_of, reading
from desktop.records.categories import Category
from desktop.records.forms import Form, FormEdition, FormIssue, FormReturn
from desktop.records.holidays import Holiday
from desktop.records.invitations import Invitation
from desktop.records.meetings import Meeting
from desktop.records.open_days import OpenDay
from desktop.records.staff import Office, Staff, Unit
from desktop.records.ticket_steps import Answer, Evaluation, Slip, TicketStep
from desktop.records.tickets import Occurrence, Ticket
from desktop.records.time_limits import LeftDate, TimeLimit
from desktop.services import categories
from desktop.services.books import Books, Kept

if TYPE_CHECKING:
    from desktop.services.desk import Desk

USERS: dict[type[Record], tuple[tuple[type[Record], str], ...]] = {
    OpenDay: ((Invitation, "open_day"), (FormIssue, "open_day"), (Ticket, "open_day")),
    Form: ((FormIssue, "form"),),
    FormIssue: ((FormReturn, "issue"),),
    Staff: ((Ticket, "handler"),),
    Meeting: ((Ticket, "meeting"),),
    TimeLimit: ((Ticket, "limit"),),
}
"""What may not be removed while live records of another kind hang on it."""


MADE_BY: dict[type[Record], str] = {
    LeftDate: "在“期限变动”中形成",
    FormEdition: "在首次发放时自动形成",
    TicketStep: "由办理步骤（openday do ticket）形成",
    Answer: "由“答复”这一步形成",
    Evaluation: "由“回访”这一步形成",
    Slip: "在印制时形成",
}
"""What makes the rows that nobody writes by hand."""


class Saving(Books):
    """The generic verbs, with each record kept by the rules of its kind and taken through its steps."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.changes)
        self._desk = desk

    def new(self, model: type[Kept]) -> Kept:
        """Return a record with its defaults; an open day starts with the office's own time limits."""
        record = super().new(model)
        if isinstance(record, OpenDay) and (office := self._desk.offices.find()):
            record.reply_days = office.reply_days
            record.letters_before, record.notice_before = office.letters_before, office.notice_before
        return record

    def save(self, record: Record) -> None:
        """Check and keep a record; raises its first fault, or Conflict where it was changed meanwhile."""
        match record:
            case OpenDay():
                self._desk.open_days.save(record)
            case Invitation():
                self._desk.inviting.save(record)
            case Form():
                self._desk.forms.save(record)
            case FormIssue():
                self._desk.forms.save_issue(record)
            case FormReturn():
                self._desk.forms.save_return(record)
            case Office():
                self._save_office(record)
            case TimeLimit():
                self._desk.limits.save(record)
            case Ticket():
                self._desk.tickets.save(record)
            case Occurrence():
                self._desk.tickets.save_occurrence(record)
            case LeftDate() | FormEdition() | TicketStep() | Answer() | Evaluation() | Slip():
                raise UserError(f"{record.label}{MADE_BY[type(record)]}，不能直接改动")
            case Category():
                categories.check(record)
                super().save(record)
            case Holiday():
                self._save_holiday(record)
            case Unit():
                self._refuse_twin(record)
                super().save(record)
            case _:
                super().save(record)

    def _save_holiday(self, record: Holiday) -> None:
        """Keep a line of the table; the badge 推定 goes from dates that it leaves where they are."""
        from desktop.services.workdays import refuse_too_many

        self._refuse_twin(record)
        with self._changes.change(f"登记放假安排“{record.caption()}”", Holiday):
            super().save(record)
            if record.date:
                refuse_too_many(record.date.year)
            self._desk.workdays.forget()
            self._desk.moved.confirm()

    @staticmethod
    def _refuse_twin(record: Holiday | Unit) -> None:
        """One line a day in the holiday table, one unit a name."""
        model, name = (Holiday, "date") if isinstance(record, Holiday) else (Unit, "name")
        with reading():
            same = getattr(model, name) == getattr(record, name)
            twin = model.get_or_none(same & (model.id != record.id) & model.deleted_at.is_null())
        if twin is not None:
            raise UserError(f"已有{record.label}“{twin.caption()}”，请修改那一条", field=name)

    def _save_office(self, office: Office) -> None:
        if self.is_new(office):
            if self._desk.offices.find():
                raise UserError("一个数据文件只有一个本单位，已经填过；请用 set 修改", field="name")
            self._desk.offices.set_up(office)
        else:
            self._desk.offices.save(office)

    def remove(self, record: Record, because: str = "") -> None:
        """Take a record off every list; what others hang on stays: figures and papers already out refer to it."""
        if isinstance(record, Office):
            raise UserError("本单位的设置不能删除，请用 set 修改")
        if isinstance(record, TimeLimit):
            self._desk.limits.refuse_removing(record)
        if isinstance(record, Category):
            categories.refuse_removing(record)
        if type(record) in MADE_BY:
            raise UserError(f"{record.label}{MADE_BY[type(record)]}，不能删除；办错了请撤销")
        for user, link in USERS.get(type(record), ()):
            if there := len(parts_of(user, link, record)):
                raise UserError(
                    f"{record.label}“{record.caption()}”下还有 {there} 条{user.label}，不能删除；请先处理它们",
                    field="id",
                )
        with self._changes.change(f"删除{record.label}“{record.caption()}”", type(record)):
            if isinstance(record, Invitation | Ticket):
                register.void(record.id, because or f"{record.label}已删除")
            super().remove(record, because)
            if isinstance(record, Holiday):
                self._desk.workdays.forget()
                self._desk.moved.confirm()

    def warnings(self, record: Record, verb: str, values: Mapping[str, str]) -> list[str]:
        """Return what a step may do but should be asked about first, as sentences."""
        return self._desk.tickets.warnings(record, verb, values) if isinstance(record, Ticket) else []

    def do(self, record: Record, verb: str, values: Mapping[str, str]) -> None:
        """Take a step of a record's life; an illegal one is refused with the reason."""
        match record:
            case OpenDay():
                self._desk.open_days.do(record, verb, values)
            case Invitation():
                self._desk.inviting.do(record, verb, values)
            case Ticket():
                self._desk.tickets.do(record, verb, values)
            case _:
                raise UserError(f"{record.label}没有办理步骤，请用 set 修改", field="verb")
