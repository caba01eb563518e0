"""统计: what the office did over a period, as figures on the screen, in a table, on paper.

人 and 人次, 份 and 条 are never mixed; a rate is only given within one unit, with its formula.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.errors import UserError
from desktop.files import refuse_other_sort
from desktop.records.base import Record, reading
from desktop.records.dates import chinese_day, parse_day
from desktop.records.forms import FormIssue, FormReturn, ReturnState
from desktop.records.invitations import CAME, Invitation, InvitationState, Reply
from desktop.records.open_days import DayState, OpenDay
from desktop.records.papers import Printed, Watch
from desktop.records.report_values import ReportPaper, ReportRow, ReportTable
from desktop.services.diary_counts import publication_figures
from desktop.services.figures import Figure, counted, share
from desktop.services.forms import sheets_in
from desktop.services.help_figures import diary_figures, help_figures
from desktop.services.offices import Offices
from desktop.services.orders import PreflightError
from desktop.services.quotas import visit_figures
from desktop.services.ticket_figures import suggestion_groups, ticket_groups

if TYPE_CHECKING:
    from desktop.services.papers import Drawers

TITLES = {
    "participants": "代表参与情况统计表",
    "forms": "表单发放收回情况统计表",
    "tickets": "问题办理情况统计表",
    "suggestions": "意见建议采纳情况统计表",
    "visits": "走访情况统计表",
    "diaries": "民情日记刊载情况统计表",
    "year": "年度工作情况统计表",
}
PEOPLE, FORMS = "代表参与", "表单发放和收回"
OF_A_DAY = "开放日情况统计表"
"""The title of what came of one open day."""
OF = {"tickets": "问题", "suggestions": "意见建议", "visits": "走访", "diaries": "民情日记"}
"""What a report counts by its own dates; the others go by open days."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report: title, what it covers, and its figures under their headings ('' where there is one group)."""

    title: str
    period: str
    groups: tuple[tuple[str, tuple[Figure, ...]], ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures in order."""
        return tuple(figure for _, figures in self.groups for figure in figures)


class Reports:
    """The reports whose records are there: participants, forms, tickets, suggestions, visits, diaries."""

    def __init__(self, offices: Offices, drawers: Callable[[], Drawers]) -> None:
        self._offices = offices
        self._load_drawers = drawers

    def report(self, name: str, since: str | None = None, until: str | None = None) -> Report:
        """Return a report by name over what was held or raised from `since` to `until` (typed dates, both inclusive)."""
        first, last = _day_typed(since, "起始日期", "from"), _day_typed(until, "截止日期", "to")
        if first and last and first > last:
            raise UserError(f"起始日期 {first} 晚于截止日期 {last}，请对调", field="from")
        days = self.days(first, last)
        match name:
            case "participants":
                groups = [("", tuple(self.participants(days)))]
            case "forms":
                groups = [("", tuple(self.forms(days, without_day=not first and not last)))]
            case "tickets":
                groups = ticket_groups(first, last)
            case "suggestions":
                groups = suggestion_groups(first, last)
            case "visits":
                groups = [("", tuple(visit_figures(first, last)))]
            case "diaries":
                groups = publication_figures(first, last)
            case "year":
                today = datetime.date.today()
                begin = datetime.date((last or today).year, 1, 1)
                return year_report(first or begin, last or today)
            case _:
                raise UserError(f"没有“{name[:30]}”这张报表，现在可用的有：{'、'.join(TITLES)}", field="name")
        return Report(TITLES[name], _period(first, last, OF.get(name, "开放日")), tuple(groups))

    def day_report(self, day: OpenDay) -> Report:
        """Return what came of one open day: its people and its forms."""
        held = f"{chinese_day(day.held_on)} " if day.held_on else ""
        groups = ((PEOPLE, tuple(self.participants([day]))), (FORMS, tuple(self.forms([day]))))
        return Report(OF_A_DAY, f"{held}“{day.theme}”", groups)

    def paper(self, report: Report) -> ReportPaper:
        """Return a report as it goes on paper."""
        return paper_of(report, self._offices.own().name)

    def write(self, target: Path, paper: ReportPaper, watch: Watch | None = None) -> Printed:
        """Write a report as a PDF; raises PreflightError where a character of it has no glyph."""
        refuse_other_sort(target, b"%PDF", "PDF")
        drawer = self._load_drawers()["report"]
        if faults := drawer.check(paper):
            raise PreflightError(faults)
        return drawer.write(target, paper, watch=watch)

    @staticmethod
    def days(first: datetime.date | None, last: datetime.date | None) -> list[OpenDay]:
        condition = OpenDay.deleted_at.is_null() & (OpenDay.state != DayState.CANCELLED)
        if first:
            condition &= OpenDay.held_on >= first
        if last:
            condition &= OpenDay.held_on <= last
        with reading():
            return list(OpenDay.select().where(condition).order_by(OpenDay.held_on))

    @staticmethod
    def participants(days: list[OpenDay]) -> list[Figure]:
        """Count who was invited, answered and came; 人 are different people, 人次 are invitations.

        The share that came is of the days that took place: who is asked to a coming day isn't absent from it.
        """
        with reading():
            standing = (Invitation.state != InvitationState.VOID) & Invitation.deleted_at.is_null()
            of_days = Invitation.open_day.in_(days)  # pyright: ignore
            invitations: list[Invitation] = list(Invitation.select().where(of_days & standing))
        present = [row for row in invitations if row.attendance in CAME]
        past = [day for day in days if _took_place(day, present)]
        invited, came = counted("邀请代表", "人次", invitations), counted("到会", "人次", present)
        due = counted("已举行的开放日邀请", "人次", [row for row in invitations if row.open_day in past])
        all_held = due.value == invited.value
        return [
            counted("举办开放日", "次", past),
            invited,
            _people("邀请代表人数", invitations),
            *([] if all_held else [due]),
            counted("回执参加", "人次", [row for row in invitations if row.reply == Reply.COMING]),
            counted("回执不参加", "人次", [row for row in invitations if row.reply == Reply.DECLINED]),
            counted("回执请人代替", "人次", [row for row in invitations if row.reply == Reply.SUBSTITUTE]),
            counted("未回复", "人次", [row for row in invitations if row.reply == Reply.NONE]),
            came,
            _people("到会人数", present),
            *share("到会率", came, invited if all_held else due),
        ]

    @staticmethod
    def forms(days: list[OpenDay], *, without_day: bool = False) -> list[Figure]:
        """Count 发放, 收回, 有效 and 无效 in 份, with both rates and their formulas.

        `without_day` counts the issues that belong to no open day as well.
        """
        with reading():
            issues: list[FormIssue] = [
                issue
                for issue in FormIssue.select().where(FormIssue.deleted_at.is_null())
                if (without_day if issue.open_day is None else issue.open_day in days)
            ]
            sheets: list[FormReturn] = list(
                FormReturn.select().where(FormReturn.issue.in_(issues) & FormReturn.deleted_at.is_null())  # pyright: ignore
            )
        issued = Figure("发放", sum(map(sheets_in, issues)), "份", tuple(issue.id for issue in issues))
        back = counted("收回", "份", sheets)
        valid = counted("有效", "份", [sheet for sheet in sheets if sheet.state == ReturnState.VALID])
        return [
            issued,
            back,
            valid,
            counted("无效", "份", [sheet for sheet in sheets if sheet.state == ReturnState.INVALID]),
            *share("回收率", back, issued),
            *share("有效率", valid, back),
        ]


def paper_of(report: Report, office: str) -> ReportPaper:
    """Return a report as it goes on paper, made today."""
    tables = tuple(
        ReportTable(
            heading,
            tuple(ReportRow(figure.label, figure.shown(), figure.unit) for figure in figures),
            tuple(figure.worked for figure in figures if figure.parts),
        )
        for heading, figures in report.groups
    )
    return ReportPaper(report.title, office, report.period, chinese_day(datetime.date.today()), tables)


def year_report(first: datetime.date, last: datetime.date) -> Report:
    """Return all figures of a year, or of another period: days, tickets, suggestions, visits, diaries, help."""
    (_, tickets), (_, suggestions) = ticket_groups(first, last)[0], suggestion_groups(first, last)[0]
    whole = tuple(
        Figure("走访", figure.value, figure.unit, figure.records) for figure in visit_figures(first, last)[:2]
    )
    groups = (
        (PEOPLE, tuple(Reports.participants(Reports.days(first, last)))),
        ("问题办理", tickets),
        ("意见建议采纳", suggestions),
        ("走访和民情日记", (*whole, *diary_figures(first, last))),
        ("结对帮扶和慰问", tuple(help_figures(first, last))),
    )
    return Report(TITLES["year"], f"{chinese_day(first)}至{chinese_day(last)}", groups)


def _day_typed(text: str | None, label: str, field: str) -> datetime.date | None:
    if not text:
        return None
    try:
        return parse_day(text)
    except ValueError as reason:
        raise UserError(f"{label}“{text[:20]}”{reason}", field=field) from None


def _period(first: datetime.date | None, last: datetime.date | None, of: str) -> str:
    """Return in words which open days, or tickets by the day they were raised, a report covers."""
    match first, last:
        case None, None:
            return f"全部{of}"
        case None, datetime.date():
            return f"截至{chinese_day(last)}的{of}"
        case datetime.date(), None:
            return f"{chinese_day(first)}以来的{of}"
        case datetime.date(), datetime.date():
            return f"{chinese_day(first)}至{chinese_day(last)}的{of}"


def _took_place(day: OpenDay, present: list[Invitation]) -> bool:
    """Say whether a day was held: noted so, past, or somebody came to it."""
    over = day.held_on is not None and day.held_on < datetime.date.today()
    return (
        day.state in (DayState.HELD, DayState.ARCHIVED) or over or any(row.open_day == day for row in present)
    )


def _people(label: str, invitations: list[Invitation]) -> Figure:
    """Count different people among invitations; the figure opens down to the people."""
    people: dict[bytes, Record] = {row.representative_id: row for row in invitations}  # pyright: ignore
    return Figure(label, len(people), "人", tuple(people))
