"""What the workbench tells: what is due, what is missing for the next day, and the year in figures."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from desktop.records.dates import show_day
from desktop.records.forms import FormIssue, FormReturn
from desktop.records.invitations import CAME, Invitation, InvitationState, Reply
from desktop.records.listing import Query
from desktop.records.open_days import DayState, OpenDay, ProgrammeItem
from desktop.records.register import jobs_of
from desktop.records.representatives import Representative
from desktop.services.desk import Desk
from desktop.ui.pages.open_days_timeline import Node, nodes_of
from desktop.ui.pages.workbench_figures import Tile
from desktop.ui.tints import Tint

RUNNING = (DayState.PLANNED, DayState.APPROVED, DayState.PREPARING, DayState.HELD)
WEEK, NEAR, MONTH = 7, 14, 31
"""Days ahead that count as this week, and from which a missing reply is worth a call."""
MOST_DAYS = 60


@dataclass(frozen=True, slots=True)
class Task:
    """One line of 今天与本周 or of a day's state: sign, what, more about it, when; where it opens."""

    icon: str
    tint: Tint
    what: str
    about: str
    when: str
    day: bytes
    tab: str = ""
    urgency: int = 0
    view: str = ""
    """The view of the tickets that it opens, where it is of tickets."""
    page: str = ""
    """The page on which it opens the record whose key stands in `day`, where it isn't of an open day."""

    @property
    def spoken(self) -> str:
        """Return the line as a sentence."""
        return "，".join(filter(None, (self.when, self.what, self.about)))


def running_days(desk: Desk) -> list[OpenDay]:
    """Return the days that are neither archived nor cancelled, the soonest first."""
    found = [
        row
        for state in RUNNING
        for row in desk.books.page(Query(OpenDay, where=(("state", state),)), 0, MOST_DAYS)
    ]
    days = [cast("OpenDay", row) for row in found]
    return sorted((day for day in days if day.held_on), key=lambda day: day.held_on or datetime.date.max)


def next_day(days: Sequence[OpenDay], today: datetime.date) -> OpenDay | None:
    """Return the day that comes next; where none is to come, the latest one still running."""
    coming = [day for day in days if day.held_on and day.held_on >= today and day.state != DayState.HELD]
    return coming[0] if coming else (days[-1] if days else None)


def count(desk: Desk, day: OpenDay, *where: tuple[str, object]) -> int:
    """Count invitations of a day."""
    return desk.books.count(Query(Invitation, where=(("open_day", day), *where)))


def standing(desk: Desk, day: OpenDay) -> int:
    """Count the invitations of a day that are not void."""
    return count(desk, day) - count(desk, day, ("state", InvitationState.VOID))


def tasks(desk: Desk, days: Sequence[OpenDay], today: datetime.date) -> list[Task]:
    """Return what is late, due today or this week, the most urgent first."""
    found: list[Task] = []
    for day in days:
        nodes = nodes_of(day, desk.open_days.milestones(day), today)
        found += [made for node in nodes if (made := _of_node(day, node, today))]
        if day.held_on and day.state != DayState.HELD:
            found += _of_people(desk, day, (day.held_on - today).days)
        if day.state == DayState.HELD:
            found += _of_forms(desk, day)
    return sorted(found, key=lambda task: task.urgency)


def later(desk: Desk, days: Sequence[OpenDay], today: datetime.date) -> list[Task]:
    """Return what falls due after this week within a month, in order."""
    found: list[Task] = []
    for day in days:
        for node in nodes_of(day, desk.open_days.milestones(day), today):
            left = (node.date - today).days
            if WEEK < left <= MONTH and node.tint is Tint.MUTED:
                date = f"{node.date.month}月{node.date.day}日{'(推定)' if node.presumed else ''}"
                found.append(
                    Task(
                        node.icon, node.tint, node.name, f"{day.theme} · {date}", node.words, day.id, "", left
                    )
                )
    return sorted(found, key=lambda task: task.urgency)


def _of_node(day: OpenDay, node: Node, today: datetime.date) -> Task | None:
    left = (node.date - today).days
    if node.tint is Tint.DONE or node.icon == "minus":
        return None
    if left > WEEK and node.tint is not Tint.WARN:
        return None
    presumed = "（推定）" if node.presumed else ""
    date = f"{node.date.month}月{node.date.day}日{presumed}"
    return Task(node.icon, node.tint, node.name, f"{day.theme} · {date}", node.words, day.id, urgency=left)


def _of_people(desk: Desk, day: OpenDay, left: int) -> list[Task]:
    found: list[Task] = []
    waiting = count(desk, day, ("state", InvitationState.WAITING))
    if waiting and left <= (day.letters_before or 0) + WEEK:
        found.append(
            Task(
                "printer",
                Tint.WARN,
                f"{waiting} 封邀请函待印",
                day.theme,
                "待印",
                day.id,
                "印制",
                left - (day.letters_before or 0),
            )
        )
    silent = count(desk, day, ("reply", Reply.NONE)) - count(
        desk, day, ("reply", Reply.NONE), ("state", InvitationState.VOID)
    )
    if silent and 0 <= left <= NEAR:
        found.append(
            Task(
                "phone", Tint.WARN, f"{silent} 人还没有回复", day.theme, "请打电话", day.id, "名单", left - 3
            )
        )
    return found


def sheets(desk: Desk, day: OpenDay) -> tuple[int, int]:
    """Return how many forms were given out for a day and how many came back."""
    issues = desk.books.page(Query(FormIssue, where=(("open_day", day),)), 0, 200)
    out = sum((row.last or 0) - (row.first or 0) + 1 for row in cast("list[FormIssue]", issues))
    return out, sum(desk.books.count(Query(FormReturn, where=(("issue", row),))) for row in issues)


def _of_forms(desk: Desk, day: OpenDay) -> list[Task]:
    out, back = sheets(desk, day)
    if out == 0 or back:
        return []
    return [
        Task(
            "clipboard-list",
            Tint.MUTED,
            f"发放的 {out} 份表单还没有录入",
            day.theme,
            "待录入",
            day.id,
            "总结",
            5,
        )
    ]


def state_of(desk: Desk, day: OpenDay) -> list[Task]:
    """Return what is done and missing for a day, each line opening its tab."""
    invited = standing(desk, day)
    waiting = count(desk, day, ("state", InvitationState.WAITING))
    coming = count(desk, day, ("reply", Reply.COMING))
    items = desk.books.count(Query(ProgrammeItem, where=(("open_day", day),)))
    out, back = sheets(desk, day)
    sheet = any(job.document == "sign-in-sheet" and job.is_printed for job in jobs_of(day.id))
    room = f" / 名额 {day.capacity}" if day.capacity else ""
    return [
        _line(day, "名单", "名单", f"{invited} 人{room}", done=invited > 0, lacking="还没有邀请"),
        _line(day, "回执", "名单", f"{coming} 人参加", done=coming > 0, lacking="还没有回执"),
        _line(day, "日程", "日程与参观点", f"{items} 项", done=items > 0, lacking="还没有排"),
        _line(
            day, "邀请函", "印制", f"已印 {invited - waiting} / {invited}", done=invited > 0 and not waiting,
            lacking=f"还有 {waiting} 封没有印" if invited else "先定名单",
        ),
        _line(day, "表单", "印制", f"发放 {out} 份，收回 {back} 份", done=out > 0, lacking="还没有印"),
        _line(day, "签到表", "印制", "已印", done=sheet, lacking="还没有印"),
    ]  # fmt: skip


def _line(day: OpenDay, what: str, tab: str, words: str, *, done: bool, lacking: str) -> Task:
    sign, tint = ("check-circle", Tint.DONE) if done else ("alert-circle", Tint.MUTED)
    return Task(sign, tint, what, "", words if done else lacking, day.id, tab)


def of_nodes(day: OpenDay, nodes: Sequence[Node]) -> list[Task]:
    """Return the line of time of a day as lines one below another."""
    return [
        Task(
            node.icon, node.tint, node.name,
            f"{node.offset} · {node.date.month}月{node.date.day}日" + (" · 推定" if node.presumed else ""),
            node.words, day.id,
        )
        for node in nodes
    ]  # fmt: skip


def in_words(day: OpenDay, today: datetime.date) -> str:
    """Return when a day is, and how far off."""
    if day.held_on is None:
        return ""
    left = (day.held_on - today).days
    away = "就在今天" if left == 0 else f"还有 {left} 天" if left > 0 else f"已过 {-left} 天"
    when = " · ".join(filter(None, (show_day(day.held_on), day.starts_at, away)))
    return "\n".join(filter(None, (when, day.venue)))  # on one line a dot would end the first half


def year_days(desk: Desk, year: int) -> list[OpenDay]:
    """Return the days of a year in order, the cancelled ones left out."""
    days = cast("list[OpenDay]", desk.books.page(Query(OpenDay, sort="held_on", descending=True), 0, 400))
    of_year = [
        day for day in days if day.held_on and day.held_on.year == year and day.state != DayState.CANCELLED
    ]
    return list(reversed(of_year))


def year_tiles(desk: Desk, days: Sequence[OpenDay]) -> list[Tile]:
    """Return the six figures of a year, their keys naming what they open."""
    invited = [(_called(day), standing(desk, day)) for day in days]
    coming = [(_called(day), count(desk, day, ("reply", Reply.COMING))) for day in days]
    came = [(_called(day), sum(count(desk, day, ("attendance", word)) for word in CAME)) for day in days]
    forms = [sheets(desk, day) for day in days]
    out, back = sum(one for one, _ in forms), sum(two for _, two in forms)
    people = desk.books.count(Query(Representative))
    all_invited, all_came = sum(n for _, n in invited), sum(n for _, n in came)
    held = [(asked, here) for day, asked, here in zip(days, invited, came, strict=True) if is_over(day)]
    asked = sum(n for (_, n), _ in held)
    rate = f"（到会率 {100 * sum(n for _, (_, n) in held) / asked:.2f} %）" if asked else ""
    returned = f"（回收率 {100 * back / out:.2f} %）" if out else ""
    tiles = [
        Tile("days", "开放日", f"{len(days)}", "次", bars=_by_month(days)),
        Tile("invited", "邀请代表", f"{all_invited:,}", "人次", bars=_bars(invited)),
        Tile("coming", "回执参加", f"{sum(n for _, n in coming):,}", "人次", bars=_bars(coming)),
        Tile("came", f"到会{rate}", f"{all_came:,}", "人次", bars=_bars(came)),
        Tile("forms", f"收回表单{returned}", f"{back:,}", "份", share=back / out if out else 0),
        Tile("people", "在册代表", f"{people:,}", "人"),
    ]
    return [replace(tile, opens=tile.value != "0") for tile in tiles]


def is_over(day: OpenDay) -> bool:
    """Tell whether a day was held, so that those who did not come count."""
    return day.state in (DayState.HELD, DayState.ARCHIVED)


def _called(day: OpenDay) -> str:
    return f"{day.held_on.month}月{day.held_on.day}日" if day.held_on else day.theme


def _bars(values: Sequence[tuple[str, int]]) -> tuple[tuple[str, float], ...]:
    return tuple((label, float(value)) for label, value in values[-24:])


def _by_month(days: Sequence[OpenDay]) -> tuple[tuple[str, float], ...]:
    held = [day.held_on.month for day in days if day.held_on]
    return tuple((f"{month}月", float(held.count(month))) for month in range(1, len(calendar.month_name)))
