"""Which service keeps which record: the one door through which form, command line and import save."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from desktop.errors import UserError
from desktop.records import register
from desktop.records.base import Record, reading
from desktop.services import in_use
from desktop.services.books import Books, Kept

if TYPE_CHECKING:
    from desktop.records.diaries import Publication
    from desktop.records.holidays import Holiday
    from desktop.records.staff import Office, Unit
    from desktop.services.desk import Desk

# by the word of a kind rather than its type: a start loads few of the types
MADE_BY: dict[str, str] = {
    "left-date": "在“期限变动”中形成",
    "form-edition": "在首次发放时自动形成",
    "ticket-step": "由办理步骤（openday do ticket）形成",
    "answer": "由“答复”这一步形成",
    "evaluation": "由“回访”这一步形成",
    "slip": "在印制时形成",
    "visit-staff": "由走访的走访人和同行人形成",
    "diary-correction": "由日记的“更正”这一步形成",
}
"""What makes the rows that nobody writes by hand."""
NUMBERED = ("invitation", "ticket", "household")
"""What has a number in the register, which removing makes void."""


class Saving(Books):
    """The generic verbs, with each record kept by the rules of its kind and taken through its steps."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.changes)
        self._desk = desk

    def new(self, model: type[Kept]) -> Kept:
        """Return a record with its defaults; an open day starts with the office's own time limits."""
        record: Any = super().new(model)
        if model.kind == "open-day" and (office := self._desk.offices.find()):
            record.reply_days = office.reply_days
            record.letters_before, record.notice_before = office.letters_before, office.notice_before
        return record

    def save(self, record: Record) -> None:
        """Check and keep a record; raises its first fault, or Conflict where it was changed meanwhile."""
        if record.kind in MADE_BY:
            raise UserError(f"{record.label}{MADE_BY[record.kind]}，不能直接改动")
        keep = self._keepers.get(record.kind, super().save)
        keep(record)

    @cached_property
    def _keepers(self) -> dict[str, Callable[[Any], None]]:
        """Return what keeps each kind that has rules of its own; a service is loaded when its kind is saved."""
        desk = self._desk
        return {
            "open-day": lambda record: desk.open_days.save(record),
            "invitation": lambda record: desk.inviting.save(record),
            "form": lambda record: desk.forms.save(record),
            "form-issue": lambda record: desk.forms.save_issue(record),
            "form-return": lambda record: desk.forms.save_return(record),
            "office": self._save_office,
            "time-limit": lambda record: desk.limits.save(record),
            "ticket": lambda record: desk.tickets.save(record),
            "occurrence": lambda record: desk.tickets.save_occurrence(record),
            "category": self._save_branch,
            "place": self._save_branch,
            "household": lambda record: desk.helping.save_household(record),
            "pairing": lambda record: desk.helping.save_pairing(record),
            "condolence": lambda record: desk.condoling.save(record),
            "visit": lambda record: desk.visiting.save(record),
            "diary": lambda record: desk.diaries.save(record),
            "diary-visit": lambda record: desk.diaries.save_visit(record),
            "publication": lambda record: desk.diaries.save_publication(record),
            "own-quota": self._save_own_quota,
            "holiday": self._save_holiday,
            "unit": self._save_unit,
        }

    def _save_branch(self, record: Any) -> None:
        from desktop.services import trees

        trees.check(record)
        super().save(record)

    def _save_own_quota(self, record: Any) -> None:
        """Keep what one person has to visit in a campaign: one line for each."""
        model = type(record)
        same = (model.campaign == record.campaign) & (model.staff == record.staff) & (model.id != record.id)
        with reading():
            twin = not record.faults() and model.select().where(same & model.deleted_at.is_null()).exists()
        if twin:
            raise UserError(
                f"“{record.campaign.name}”已给 {record.staff.full_name} 单独定过指标，请修改那一条",
                field="staff",
            )
        super().save(record)

    def _save_unit(self, record: Unit) -> None:
        self._refuse_twin(record, "name")
        super().save(record)

    def _save_holiday(self, record: Holiday) -> None:
        """Keep a line of the table; the badge 推定 goes from dates that it leaves where they are."""
        from desktop.services.workdays import refuse_too_many

        self._refuse_twin(record, "date")
        with self._changes.change(f"登记放假安排“{record.caption()}”", type(record)):
            super().save(record)
            if record.date:
                refuse_too_many(record.date.year)
            self._desk.workdays.forget()
            self._desk.moved.confirm()

    @staticmethod
    def _refuse_twin(record: Holiday | Unit, name: str) -> None:
        """One line a day in the holiday table, one unit a name."""
        model = type(record)
        with reading():
            same = getattr(model, name) == getattr(record, name)
            twin = model.get_or_none(same & (model.id != record.id) & model.deleted_at.is_null())
        if twin is not None:
            raise UserError(f"已有{record.label}“{twin.caption()}”，请修改那一条", field=name)

    def refuse_taken(self, record: Any) -> None:
        """Raise UserError where another record has the place of one that is to come back."""
        if record.kind in ("holiday", "unit"):
            self._refuse_twin(record, "date" if record.kind == "holiday" else "name")

    def _save_office(self, office: Office) -> None:
        if self.is_new(office):
            if self._desk.offices.find():
                raise UserError("一个数据文件只有一个本单位，已经填过；请用 set 修改", field="name")
            self._desk.offices.set_up(office)
        else:
            self._desk.offices.save(office)

    def remove(self, record: Record, because: str = "") -> None:
        """Take a record off every list; what others hang on stays: figures and papers already out refer to it."""
        self._refuse_removing(record)
        with self._changes.change(f"删除{record.label}“{record.caption()}”", type(record)):
            if record.kind in NUMBERED:
                register.void(record.id, because or f"{record.label}已删除")
            super().remove(record, because)
            if record.kind == "publication":
                self._desk.diaries.settle(cast("Publication", record).diary)
            if record.kind == "holiday":
                self._desk.workdays.forget()
                self._desk.moved.confirm()

    def _refuse_removing(self, record: Any) -> None:
        match record.kind:
            case "office":
                raise UserError("本单位的设置不能删除，请用 set 修改")
            case "time-limit":
                self._desk.limits.refuse_removing(record)
            case "category" | "place":
                from desktop.services import trees

                trees.refuse_removing(record)
        if record.kind in MADE_BY:
            raise UserError(f"{record.label}{MADE_BY[record.kind]}，不能删除；办错了请撤销")
        in_use.refuse_removing(record)

    def warnings(self, record: Any, verb: str, values: Mapping[str, str]) -> list[str]:
        """Return what a step may do but should be asked about first, as sentences."""
        match record.kind:
            case "ticket":
                return self._desk.tickets.warnings(record, verb, values)
            case "household":
                return self._desk.helping.warnings(record, verb)
            case "visit":
                return self._desk.planning.warnings(record, verb, values)
            case _:
                return []

    def questions(self, record: Any) -> list[str]:
        """Return what may be kept but should be asked about first, as sentences."""
        match record.kind:
            case "visit":
                return self._desk.visiting.questions(record)
            case "pairing":
                return self._desk.helping.questions(record)
            case "condolence":
                return self._desk.condoling.questions(record)
            case _:
                return []

    def do(self, record: Any, verb: str, values: Mapping[str, str]) -> None:
        """Take a step of a record's life; an illegal one is refused with the reason."""
        match record.kind:
            case "open-day":
                self._desk.open_days.do(record, verb, values)
            case "invitation":
                self._desk.inviting.do(record, verb, values)
            case "ticket":
                self._desk.tickets.do(record, verb, values)
            case "household":
                self._desk.helping.do_household(record, verb, values)
            case "visit":
                self._desk.planning.do(record, verb, values)
            case "pairing":
                self._desk.helping.do_pairing(record, verb, values)
            case "diary":
                self._desk.diaries.do(record, verb, values)
            case "appointment":
                self._desk.appointing.do(record, verb, values)
            case _:
                raise UserError(f"{record.label}没有办理步骤，请用 set 修改", field="verb")
