"""Which service keeps which record: the one door through which form, command line and import save."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.errors import UserError
from desktop.records.base import Record
from desktop.records.forms import Form, FormEdition, FormIssue, FormReturn
from desktop.records.holidays import Holiday
from desktop.records.invitations import Invitation
from desktop.records.open_days import OpenDay
from desktop.records.staff import Office
from desktop.services.books import Books, Kept
from desktop.services.changes import Changes
from desktop.services.forms import Forms
from desktop.services.inviting import Inviting
from desktop.services.offices import Offices
from desktop.services.open_days import OpenDays
from desktop.services.workdays import Workdays


class Saving(Books):
    """The generic verbs, with each record kept by the rules of its kind and taken through its steps."""

    def __init__(
        self,
        changes: Changes,
        offices: Offices,
        workdays: Workdays,
        open_days: OpenDays,
        inviting: Inviting,
        forms: Forms,
    ) -> None:
        super().__init__(changes)
        self._offices = offices
        self._workdays = workdays
        self._open_days = open_days
        self._inviting = inviting
        self._forms = forms

    def new(self, model: type[Kept]) -> Kept:
        """Return a record with its defaults; an open day starts with the office's own time limits."""
        record = super().new(model)
        if isinstance(record, OpenDay) and (office := self._offices.find()):
            record.reply_days = office.reply_days
            record.letters_before, record.notice_before = office.letters_before, office.notice_before
        return record

    def save(self, record: Record) -> None:
        """Check and keep a record; raises its first fault, or Conflict where it was changed meanwhile."""
        match record:
            case OpenDay():
                self._open_days.save(record)
            case Invitation():
                self._inviting.save(record)
            case Form():
                self._forms.save(record)
            case FormIssue():
                self._forms.save_issue(record)
            case FormReturn():
                self._forms.save_return(record)
            case Office():
                self._save_office(record)
            case FormEdition():
                raise UserError("表单版次在首次发放时自动形成,不能直接改动")
            case _:
                super().save(record)
        if isinstance(record, Holiday):
            self._workdays.forget()

    def _save_office(self, office: Office) -> None:
        if self.is_new(office):
            self._offices.set_up(office)
        else:
            self._offices.save(office)

    def do(self, record: Record, verb: str, values: Mapping[str, str]) -> None:
        """Take a step of a record's life; an illegal one is refused with the reason."""
        match record:
            case OpenDay():
                self._open_days.do(record, verb, values)
            case Invitation():
                self._inviting.do(record, verb, values)
            case _:
                raise UserError(f"{record.label}没有办理步骤,请用 set 修改", field="verb")
