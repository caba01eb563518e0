"""统计: figures that name their unit and open down to the records they count.

人 and 人次, 份 and 条 are never mixed; a rate is only given within one unit, with its formula.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from desktop.errors import UserError
from desktop.records.base import Record, reading
from desktop.records.dates import parse_day
from desktop.records.forms import FormIssue, FormReturn, ReturnState
from desktop.records.invitations import Attendance, Invitation, InvitationState, Reply
from desktop.records.open_days import OpenDay

CAME = (Attendance.PRESENT, Attendance.SUBSTITUTE, Attendance.WALKED_IN)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: label, value, unit, and the records it counts."""

    label: str
    value: float
    unit: str
    records: tuple[bytes, ...] = field(default=())

    def shown(self) -> str:
        """Return the value for people: whole numbers plain, rates with two places."""
        return f"{self.value:.2f}" if isinstance(self.value, float) else str(self.value)

    def plain(self) -> dict[str, Any]:
        """Return the figure as JSON holds it."""
        return {
            "label": self.label,
            "value": self.value,
            "unit": self.unit,
            "records": [key.hex() for key in self.records],
        }


def _counted(label: str, unit: str, records: list[Any]) -> Figure:
    return Figure(label, len(records), unit, tuple(record.id for record in records))


class Reports:
    """The reports whose records are there: participants and forms."""

    def report(self, name: str, since: str | None, until: str | None) -> list[Figure]:
        """Return a report by name over the open days held from `since` to `until` (typed dates, both inclusive)."""
        days = self._days(since, until)
        whole = not since and not until
        match name:
            case "participants":
                return self.participants(days)
            case "forms":
                return self.forms(days, without_day=whole)
            case _:
                raise UserError(f"没有“{name[:30]}”这张报表,现在可用的有:participants、forms", field="name")

    @staticmethod
    def _days(since: str | None, until: str | None) -> list[OpenDay]:
        condition = OpenDay.deleted_at.is_null()
        for text, label, is_start in ((since, "起始日期", True), (until, "截止日期", False)):
            if not text:
                continue
            try:
                day = parse_day(text)
            except ValueError as reason:
                raise UserError(f"{label}“{text[:20]}”{reason}", field="from" if is_start else "to") from None
            condition &= (OpenDay.held_on >= day) if is_start else (OpenDay.held_on <= day)
        with reading():
            return list(OpenDay.select().where(condition).order_by(OpenDay.held_on))

    @staticmethod
    def participants(days: list[OpenDay]) -> list[Figure]:
        """Count who was invited, answered and came; 人 are different people, 人次 are invitations."""
        with reading():
            standing = (Invitation.state != InvitationState.VOID) & Invitation.deleted_at.is_null()
            of_days = Invitation.open_day.in_(days)  # pyright: ignore
            invitations: list[Invitation] = list(Invitation.select().where(of_days & standing))
        came = [row for row in invitations if row.attendance in CAME]
        figures = [
            _counted("举办开放日", "次", list(days)),
            _counted("邀请代表", "人次", invitations),
            _people("邀请代表", invitations),
            _counted("回执参加", "人次", [row for row in invitations if row.reply == Reply.COMING]),
            _counted("回执不参加", "人次", [row for row in invitations if row.reply == Reply.DECLINED]),
            _counted("未回复", "人次", [row for row in invitations if row.reply == Reply.NONE]),
            _counted("到会", "人次", came),
            _people("到会", came),
        ]
        if invitations:
            figures.append(
                Figure("到会率(到会人次÷邀请人次)", round(100 * len(came) / len(invitations), 2), "%")
            )
        return figures

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
        issued = sum((issue.last or 0) - (issue.first or 0) + 1 for issue in issues)
        valid = [sheet for sheet in sheets if sheet.state == ReturnState.VALID]
        figures = [
            Figure("发放", issued, "份", tuple(issue.id for issue in issues)),
            _counted("收回", "份", sheets),
            _counted("有效", "份", valid),
            _counted("无效", "份", [sheet for sheet in sheets if sheet.state == ReturnState.INVALID]),
        ]
        if issued:
            figures.append(Figure("回收率(收回÷发放)", round(100 * len(sheets) / issued, 2), "%"))
        if sheets:
            figures.append(Figure("有效率(有效÷收回)", round(100 * len(valid) / len(sheets), 2), "%"))
        return figures


def _people(label: str, invitations: list[Invitation]) -> Figure:
    """Count different people among invitations; the figure opens down to the people."""
    people: dict[bytes, Record] = {row.representative_id: row for row in invitations}  # pyright: ignore
    return Figure(label, len(people), "人", tuple(people))
