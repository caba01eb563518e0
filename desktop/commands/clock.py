"""due, notice, moved: the clock by the command line."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from desktop.commands.answer import Answer, table
from desktop.errors import UserError
from desktop.exchange.plain_text import LARGEST, text_in, text_of
from desktop.records.dates import parse_day, show_day
from desktop.records.time_limits import TimeLimit
from desktop.services import lookup
from desktop.services.calendar_years import Judged
from desktop.services.deadlines import Deadline
from desktop.services.desk import Desk
from desktop.services.holiday_table import Compared, Standing
from desktop.services.moved import MovedDate
from desktop.services.notice_text import read_notice

ALL = "all"


def due(desk: Desk, asked: Namespace) -> Answer:
    """Say when something is due, and explain every day of it."""
    try:
        start = parse_day(getattr(asked, "from"))
    except ValueError as reason:
        raise UserError(f"起算日期“{getattr(asked, 'from')[:20]}”{reason}", field="from") from None
    if asked.limit:
        limit = lookup.resolve(TimeLimit, asked.limit, field="limit")
        deadline = desk.workdays.deadline(start, limit)
    else:
        deadline = desk.workdays.due(start, asked.days, asked.unit)
    rows = [
        [show_day(day.date), "计" if day.counted else "不计", day.reason, day.source] for day in deadline.days
    ]
    badge = "（推定：该年放假安排尚未录入）" if deadline.presumed else ""
    moved = f"（{show_day(deadline.nominal)} 期满遇休假日，顺延）" if deadline.moved else ""
    told = (
        f"{table(('日期', '是否计入', '原因', '依据'), rows)}\n期限：{show_day(deadline.due)}{moved}{badge}"
    )
    return Answer(_explained(deadline), told)


def _explained(deadline: Deadline) -> dict[str, Any]:
    return {
        "due": deadline.due.isoformat(),
        "presumed": deadline.presumed,
        "days": [_day(judged) for judged in deadline.days],
        "nominal": deadline.nominal.isoformat(),
        "at": deadline.at.isoformat(timespec="minutes") if deadline.at else None,
    }


def _day(judged: Judged) -> dict[str, Any]:
    return {
        "date": judged.date.isoformat(),
        "counted": judged.counted,
        "reason": judged.reason,
        "presumed": judged.presumed,
        "source": judged.source,
    }


def notice(desk: Desk, asked: Namespace) -> Answer:
    """Take in the text of a yearly notice, or with --dry-run only say what was read of it."""
    read = read_notice(_text(asked.file), asked.year)
    compared = desk.holidays.compare(read)
    differing = {one.day.date for one in compared if one.standing is Standing.DIFFERS}
    if read.faults and not (asked.dry_run or asked.anyway):
        told = "；".join(read.faults[:5])
        raise UserError(
            f"通知里有 {len(read.faults)} 处对不上：{told}；没有录入，核对无误要照录请加 --anyway",
            field="file",
        )
    if differing and not asked.dry_run and asked.on_conflict == "refuse":
        first = min(differing)
        before = next(one.before for one in compared if one.day.date == first)
        raise UserError(
            f"有 {len(differing)} 天与现有的不一致，如 {first}：现为 {before}；没有录入，"
            "请用 --on-conflict keep（保留现有）或 replace（按这份通知）",
            field="on_conflict",
        )
    value: dict[str, Any] = {
        "year": read.year, "source": read.source, "days": [_compared(one) for one in compared],
        "faults": read.faults, "notes": read.notes, "dry_run": bool(asked.dry_run), "added": 0, "changed": 0,
        "batch": None, "moved": [],
    }  # fmt: skip
    if not asked.dry_run:
        taken = desk.holidays.take(read, differing if asked.on_conflict == "replace" else ())
        moved = desk.moved.pending()
        value |= {
            "added": taken.added, "changed": taken.changed, "batch": taken.batch or None,
            "moved": [_moved(one) for one in moved],
        }  # fmt: skip
    return Answer(value, _told(value, compared))


def _text(name: str) -> str:
    """Return the text of a file, or of standard input for `-`."""
    if name != "-":
        return text_of(Path(name))
    if sys.stdin is None:  # pyright: ignore[reportUnnecessaryComparison] - None where it was closed (<&-)
        raise UserError("标准输入是关着的，请给出通知的文本文件", field="file")
    return text_in(sys.stdin.buffer.read(LARGEST + 1), "标准输入")


def _compared(one: Compared) -> dict[str, Any]:
    return {
        "date": one.day.date.isoformat(), "sort": one.day.sort.value, "name": one.day.name,
        "standing": one.standing.value, "before": one.before,
    }  # fmt: skip


def _told(value: dict[str, Any], compared: list[Compared]) -> str:
    rows = [
        [show_day(one.day.date), one.day.sort, one.day.name, one.standing, one.before] for one in compared
    ]
    lines = [
        f"{value['year']} 年（{value['source']}）",
        table(("日期", "类别", "节日", "比较", "现有"), rows),
    ]
    lines += [f"要核对：{fault}" for fault in value["faults"]] + value["notes"]
    if value["dry_run"]:
        return "\n".join([*lines, "试读完毕，没有写入。"])
    lines.append(f"已录入：新增 {value['added']} 天，改动 {value['changed']} 天")
    if value["moved"]:
        lines.append(f"有 {len(value['moved'])} 项期限要改，用 openday moved 查看和确认")
    return "\n".join(lines)


def moved(desk: Desk, asked: Namespace) -> Answer:
    """List the dates that the 放假安排 would set otherwise now; accept or leave them."""
    if asked.accept and asked.leave:
        raise UserError("--accept 和 --leave 一次只能用一种", field="accept")
    pending = desk.moved.pending()
    chosen = _chosen(pending, asked.accept or asked.leave)
    if chosen:
        desk.moved.settle(chosen if asked.accept else [], chosen if asked.leave else [])
    left = desk.moved.pending() if chosen else pending
    value = {
        "moved": [_moved(one) for one in left],
        "accepted": [_moved(one) for one in chosen] if asked.accept else [],
        "left": [_moved(one) for one in chosen] if asked.leave else [],
    }
    done = f"{'已改' if asked.accept else '已保留'} {len(chosen)} 项期限\n" if chosen else ""
    rows = [
        [one.name, one.what, one.of, show_day(one.old), show_day(one.new), one.reason, "、".join(one.printed)]
        for one in left
    ]
    headings = ("标识", "事项", "属于", "原期限", "改为", "为什么", "已印的文书")
    return Answer(value, done + (table(headings, rows) if rows else "没有要改的期限"))


def _chosen(pending: list[MovedDate], names: list[str]) -> list[MovedDate]:
    """Return what was named, by its whole name or the beginning of its key; `all` is everything."""
    if ALL in names:
        return pending
    found = []
    for name in names:
        those = [one for one in pending if one.name == name or one.key.hex().startswith(name.casefold())]
        if len(those) != 1:
            told = f"有 {len(those)} 项以它开头" if those else "没有这一项"
            raise UserError(f"“{name[:60]}”{told}，请用 openday moved 查看标识", field="id")
        found += those
    return found


def _moved(one: MovedDate) -> dict[str, Any]:
    return {
        "id": one.name, "kind": one.kind, "record": one.key.hex(), "field": one.field, "what": one.what,
        "of": one.of, "old": one.old.isoformat(), "new": one.new.isoformat(), "presumed": one.presumed,
        "reason": one.reason, "printed": list(one.printed),
    }  # fmt: skip
