"""print, due, report: what goes on paper, and the figures."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from desktop.commands.answer import Answer, table
from desktop.commands.records import conditions
from desktop.errors import UserError
from desktop.exchange.export import write_table
from desktop.files import is_there
from desktop.records.dates import parse_day, show_day
from desktop.records.forms import Form
from desktop.records.listing import Query
from desktop.records.open_days import OpenDay
from desktop.records.representatives import Representative
from desktop.services import lookup
from desktop.services.desk import Desk
from desktop.services.orders import Order
from desktop.services.workdays import Judged

REPORT_COLUMNS = ("项目", "数量", "单位")


def print_document(desk: Desk, asked: Namespace) -> Answer:
    """Print a document to PDF for whom it is asked."""
    target = Path(asked.out)
    if not asked.separate and is_there(target) and target.is_dir():
        raise UserError(f"“{target}”是文件夹;请写出 PDF 的文件名,或加 --separate 一人一个文件", field="out")
    order = Order(
        document=asked.document,
        target=target,
        open_day=lookup.resolve(OpenDay, asked.open_day, field="open_day") if asked.open_day else None,
        people=_people(asked),
        form=lookup.resolve(Form, asked.form, field="form") if asked.form else None,
        copies=asked.copies,
        separate=asked.separate,
        draft=asked.draft,
    )
    outcome = desk.press.print(order, _progress if sys.stderr.isatty() else None)
    value = {
        "pages": outcome.pages,
        "files": list(outcome.files),
        "register": list(outcome.register),
        "preflight": [],
    }
    numbers = f",编号 {outcome.register[0]} 至 {outcome.register[-1]}" if outcome.register else ""
    where = outcome.files[0] if len(outcome.files) == 1 else f"{asked.out} 中 {len(outcome.files)} 个文件"
    return Answer(value, f"共 {outcome.pages} 页:{where}{numbers}")


def _progress(done: int, total: int) -> None:
    print(f"\r{done}/{total}", end="" if done < total else "\n", file=sys.stderr, flush=True)


def _people(asked: Namespace) -> Query | None:
    """Return the representatives chosen by --all, --where or --id, or None for the day's invitations."""
    chosen = [asked.all, bool(asked.where), bool(asked.id)]
    if sum(chosen) > 1:
        raise UserError("--all、--where、--id 只能用一种", field="people")
    if asked.all:
        return Query(Representative)
    if asked.where:
        return Query(Representative, where=conditions(Representative, asked.where))
    if asked.id:
        keys = tuple(lookup.resolve(Representative, text, field="id").id for text in asked.id)
        return Query(Representative, keys=keys)
    return None


def due(desk: Desk, asked: Namespace) -> Answer:
    """Say when something is due, and explain every day of it."""
    try:
        start = parse_day(getattr(asked, "from"))
    except ValueError as reason:
        raise UserError(f"起算日期“{getattr(asked, 'from')[:20]}”{reason}", field="from") from None
    deadline = desk.workdays.due(start, asked.days, asked.unit)
    value = {
        "due": deadline.due.isoformat(),
        "presumed": deadline.presumed,
        "days": [_day(judged) for judged in deadline.days],
    }
    rows = [
        [show_day(judged.date), "计" if judged.counted else "不计", judged.reason] for judged in deadline.days
    ]
    badge = "(推定:该年放假安排尚未录入)" if deadline.presumed else ""
    return Answer(value, f"{table(('日期', '是否计入', '原因'), rows)}\n期限:{show_day(deadline.due)}{badge}")


def _day(judged: Judged) -> dict[str, object]:
    return {"date": judged.date.isoformat(), "counted": judged.counted, "reason": judged.reason}


def report(desk: Desk, asked: Namespace) -> Answer:
    """Count what the office has; every figure lists its records."""
    target = Path(asked.out) if asked.out else None
    if target and target.suffix.lower() != ".xlsx":
        raise UserError(f"报表现在只能写成 .xlsx,现为“{target.name}”", field="out")
    found = desk.reports.report(asked.name, getattr(asked, "from"), asked.to)
    value = {"name": asked.name, "rows": [row.plain() for row in found]}
    rows = [[row.label, row.shown(), row.unit] for row in found]
    told = table(REPORT_COLUMNS, rows)
    if target:
        write_table(target, asked.name, REPORT_COLUMNS, [[row.label, row.value, row.unit] for row in found])
        value["file"] = str(target)
        told += f"\n已写到 {target}"
    return Answer(value, told)
