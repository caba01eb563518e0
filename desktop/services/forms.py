"""表单: versioned once issued, serials without gaps, sheets counted as they come back."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.errors import UserError
from desktop.records import storing
from desktop.records.base import parts_of, reading
from desktop.records.forms import LAST_SERIAL, Form, FormEdition, FormIssue, FormReturn, ReturnState
from desktop.records.open_days import OpenDay
from desktop.records.papers import FormPaper, FormQuestion, QuestionSort
from desktop.records.questions import as_dict, from_dict
from desktop.services.changes import Changes
from desktop.services.figures import percent

PRINTED_PARTS = ("title", "intro", "questions", "footer", "named", "sort")
LayOut = Callable[[FormPaper], tuple[dict[str, Any], str]]
"""Returns the layout of a form (every box in mm) and the hash of its blank page."""


@dataclass(frozen=True, slots=True)
class Tally:
    """发放/收回/有效/无效 in 份."""

    issued: int
    returned: int
    valid: int

    def words(self) -> str:
        """Return the counts with both rates and their formulas."""
        told = f"发放 {self.issued:,} 份 · 收回 {self.returned:,} · 有效 {self.valid:,}"
        if self.issued:
            told += f" · 回收率 {percent(self.returned, self.issued):.2f} %（收回÷发放）"
        if self.returned:
            told += f" · 有效率 {percent(self.valid, self.returned):.2f} %（有效÷收回）"
        return told


class Forms:
    """Verbs on forms, their issues and their returns."""

    def __init__(self, changes: Changes, lay_out: LayOut) -> None:
        self._changes = changes
        self._lay_out = lay_out

    def save(self, form: Form) -> None:
        """Check and keep a form; a form already issued becomes the next version when its paper changes."""
        if faults := form.faults():
            raise faults[0]
        with reading():
            kept = Form.get_or_none(Form.id == form.id)
        with self._changes.change(f"{'修改' if kept else '新建'}表单“{form.title}”", Form):
            if kept is None:
                form.code = self._next_code()
            elif any(getattr(kept, part) != getattr(form, part) for part in PRINTED_PARTS) and self._issued(
                form
            ):
                form.version = (kept.version or 1) + 1
            if faults := form.faults():
                raise faults[0]
            storing.write(form, is_new=kept is None)

    @staticmethod
    def _next_code() -> int:
        codes = [form.code or 0 for form in Form.select(Form.code)]
        return max(codes, default=0) + 1

    @staticmethod
    def _issued(form: Form) -> bool:
        return (
            FormIssue.select().where((FormIssue.form == form) & (FormIssue.version == form.version)).exists()
        )

    def issue(self, form: Form, count: int, day: OpenDay | None) -> FormIssue:
        """Give out the next `count` serials of a form and return the issue, saved."""
        with reading():
            rows = FormIssue.select(FormIssue.last).where(FormIssue.form == form)
            first = max((row.last or 0 for row in rows), default=0) + 1
        issue = FormIssue(form=form, open_day=day, first=first, last=first + count - 1)
        self.save_issue(issue)
        return issue

    def save_issue(self, issue: FormIssue) -> None:
        """Check and keep an issue; a new one freezes the form's present version and its layout."""
        with reading():
            kept = FormIssue.get_or_none(FormIssue.id == issue.id)
        if kept is None and issue.form is not None:
            self._number(issue)
        if faults := issue.faults():
            raise faults[0]
        self._refuse_overlap(issue)
        if kept is not None:
            self._refuse_left_out(issue)
        with self._changes.change(f"{'修改' if kept else '登记'}发放“{issue.form.title}”", FormIssue, Form):
            if kept is None:
                self._freeze(issue.form)
                issue.version, issue.named = issue.form.version, issue.form.named
                issue.issued_on = issue.issued_on or datetime.date.today()
            storing.write(issue, is_new=kept is None)

    @staticmethod
    def _number(issue: FormIssue) -> None:
        """Fill a missing first or last serial: the next free one, one sheet."""
        with reading():
            rows = list(FormIssue.select(FormIssue.last).where(FormIssue.form == issue.form))
        issue.first = issue.first or max((row.last or 0 for row in rows), default=0) + 1
        issue.last = issue.last or issue.first
        if issue.last > LAST_SERIAL:
            raise UserError(f"编号 {issue.last} 超过一种表单的上限 {LAST_SERIAL}，请新建表单", field="last")

    @staticmethod
    def _refuse_overlap(issue: FormIssue) -> None:
        with reading():
            for other in FormIssue.select().where(
                (FormIssue.form == issue.form) & FormIssue.deleted_at.is_null()
            ):
                apart = (issue.last or 0) < (other.first or 0) or (issue.first or 0) > (other.last or 0)
                if other.id != issue.id and not apart:
                    raise UserError(
                        f"{other.first}—{other.last} 号已经发放过，编号不能重复使用", field="first"
                    )

    @staticmethod
    def _refuse_left_out(issue: FormIssue) -> None:
        """Sheets that came back must stay within the serials given out."""
        serials = [sheet.serial or 0 for sheet in parts_of(FormReturn, "issue", issue)]
        if serials and not (issue.first or 0) <= min(serials) <= max(serials) <= (issue.last or 0):
            raise UserError(f"已收回 {min(serials)}—{max(serials)} 号，发放的起止号要包括它们", field="first")

    def _freeze(self, form: Form) -> None:
        """Keep the printed version once and for all."""
        if FormEdition.get_or_none((FormEdition.form == form) & (FormEdition.version == form.version)):
            return
        paper = form.paper()
        layout, blank = self._lay_out(paper)
        content = {
            "title": paper.title,
            "sort": paper.sort,
            "intro": paper.intro,
            "footer": paper.footer,
            "named": paper.named,
            "code": paper.code,
            "questions": [as_dict(question) for question in paper.questions],
        }
        edition = FormEdition(
            form=form,
            version=form.version,
            content=json.dumps(content, ensure_ascii=False),
            layout=json.dumps(layout, ensure_ascii=False),
            layout_hash=blank,
        )
        storing.write(edition, is_new=True)

    @staticmethod
    def _edition(issue: FormIssue) -> FormEdition:
        with reading():
            same = (FormEdition.form == issue.form) & (FormEdition.version == issue.version)
            return FormEdition.get(same)

    def layout_of(self, issue: FormIssue) -> dict[str, Any]:
        """Return the frozen layout of an issue's version: another computer's fonts must not move its boxes."""
        return json.loads(self._edition(issue).layout)

    def paper_of(self, issue: FormIssue) -> FormPaper:
        """Return the form as it was when this issue was printed."""
        content = json.loads(self._edition(issue).content)
        questions = tuple(from_dict(value, place) for place, value in enumerate(content.pop("questions"), 1))
        return FormPaper(version=issue.version or 1, questions=questions, **content)

    def save_return(self, sheet: FormReturn) -> None:
        """Check and keep a sheet that came back: its serial was given out, its answers fit the questions."""
        if faults := sheet.faults():
            raise faults[0]
        issue = sheet.issue
        if not (issue.first or 0) <= (sheet.serial or 0) <= (issue.last or 0):
            raise UserError(
                f"编号 {sheet.serial} 不在这次发放的 {issue.first}—{issue.last} 号之内", field="serial"
            )
        with reading():
            twin = FormReturn.get_or_none((FormReturn.issue == issue) & (FormReturn.serial == sheet.serial))
            is_new = FormReturn.get_or_none(FormReturn.id == sheet.id) is None
        if twin is not None and twin.id != sheet.id:
            raise UserError(f"{sheet.serial} 号表单已经登记过了", field="serial")
        answers = {} if not sheet.answers else json.loads(sheet.answers)
        checked = checked_answers(self.paper_of(issue), answers)
        sheet.answers = json.dumps(checked, ensure_ascii=False)
        # the trail names the form, never the serial: an anonymous sheet leaves no path back to a person
        with self._changes.change(f"登记收回“{issue.form.title}”", FormReturn):
            storing.write(sheet, is_new=is_new)

    @staticmethod
    def tally(issues: Sequence[FormIssue]) -> Tally:
        """Count the sheets of issues in 份: given out, come back, valid."""
        back = FormReturn.issue.in_(issues) & FormReturn.deleted_at.is_null()  # pyright: ignore
        with reading():
            returned = FormReturn.select().where(back).count()
            valid = FormReturn.select().where(back & (FormReturn.state == ReturnState.VALID)).count()
        return Tally(sum(map(sheets_in, issues)), returned, valid)


def next_serial(issues: Sequence[FormIssue], after: int) -> int | None:
    """Return the next serial after one that was given out and has not come back; None where there is none."""
    for issue in issues:
        first = max(issue.first or 1, after + 1)
        of_issue = (
            (FormReturn.issue == issue) & (FormReturn.serial >= first) & FormReturn.deleted_at.is_null()
        )
        with reading():
            rows: Any = FormReturn.select(FormReturn.serial).where(of_issue).tuples()
            taken = {serial for (serial,) in rows}
        for serial in range(first, (issue.last or 0) + 1):
            if serial not in taken:
                return serial
    return None


def sheets_in(issue: FormIssue) -> int:
    """Return how many sheets an issue gave out."""
    return (issue.last or 0) - (issue.first or 0) + 1


def checked_answers(paper: FormPaper, answers: dict[str, Any]) -> dict[str, Any]:
    """Return answers in their kept form; raises UserError where one doesn't fit its question.

    A choice is kept as its option's number from 1, several as a list of them; "弃填" is an answer,
    a question not named is empty.
    """
    questions = {question.key: question for question in paper.questions}
    if unknown := [key for key in answers if key not in questions]:
        raise UserError(f"答案中没有第 {unknown[0]} 题，题号为 {'、'.join(questions)}", field="answers")
    return {key: _answer(questions[key], value) for key, value in answers.items()}


def _answer(question: FormQuestion, value: Any) -> Any:
    said = str(value).strip() if not isinstance(value, list) else value
    if said == "弃填":
        return said
    match question.sort:
        case QuestionSort.CHOICE | QuestionSort.SCALE:
            return _option(question, said)
        case QuestionSort.SEVERAL:
            parts = (
                said if isinstance(said, list) else str(said).replace("，", ",").replace("、", ",").split(",")
            )
            return sorted({_option(question, part) for part in parts if str(part).strip()})
        case QuestionSort.NUMBER:
            try:
                return float(str(said)) if "." in str(said) else int(str(said))
            except ValueError:
                raise UserError(f"{question.key}“{question.text[:20]}”要填数字", field="answers") from None
        case _:
            return str(value)


def _option(question: FormQuestion, said: Any) -> int:
    word = str(said).strip()
    if word in question.options:
        return question.options.index(word) + 1
    if word.isascii() and word.isdigit() and 1 <= int(word) <= len(question.options):
        return int(word)
    raise UserError(
        f"{question.key}“{question.text[:20]}”没有“{word[:20]}”这一项，可填 1—{len(question.options)}",
        field="answers",
    )
