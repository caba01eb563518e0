"""import, undo, export: the verbs on whole sheets."""

from __future__ import annotations

import contextlib
import gc
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from desktop.commands.answer import Answer
from desktop.commands.records import conditions
from desktop.errors import UserError
from desktop.exchange.day_ranges import spread
from desktop.exchange.export import write_table
from desktop.exchange.headings import Mapping, fitting, match
from desktop.exchange.reader import open_book
from desktop.exchange.roster import extras, headings, importable, lines
from desktop.exchange.rows import Parsed, read_rows
from desktop.records import cleaning
from desktop.records.base import has_masked
from desktop.records.catalogue import record_type
from desktop.records.listing import Query
from desktop.services.desk import Desk
from desktop.services.importing import Duplicate, OnDuplicate, Outcome, Plan
from desktop.services.rights import Deed


def bring_in(desk: Desk, asked: Namespace) -> Answer:
    """Import a sheet, or with --dry-run only say what it would do."""
    with _uncollected():
        return _bring_in(desk, asked)


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Make a sheet's hundreds of thousands of objects, none of them in a cycle, without looking for garbage."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()  # or the first search would go through all of them
            gc.enable()


def _bring_in(desk: Desk, asked: Namespace) -> Answer:
    model = record_type(asked.kind)
    book = open_book(Path(asked.file), encoding=asked.encoding)
    for note in book.notes:
        print(note, file=sys.stderr)
    fields = importable(model)
    sheet = book.sheet(asked.sheet) if asked.sheet else fitting(book, fields, extra=extras(model))
    mapping = match(sheet, fields, extra=extras(model))
    if left := [
        f"{one.letter} 列“{one.heading}”" for one in mapping.columns if not one.field and one.heading
    ]:
        print(f"这些列没有对应的内容，不导入：{'、'.join(left)}", file=sys.stderr)
    parsed = read_rows(spread(model, sheet, mapping), mapping, fields, extra=extras(model))
    for note in parsed.notes:
        print(note, file=sys.stderr)
    plan = desk.importing.plan(model, parsed.rows)
    outcome = None
    if not asked.dry_run:
        outcome = desk.importing.apply(plan, OnDuplicate(asked.on_duplicate))
    value = _value(mapping, parsed, plan, outcome, asked)
    return Answer(value, _told(value, asked.dry_run))


def _value(
    mapping: Mapping, parsed: Parsed, plan: Plan, outcome: Outcome | None, asked: Namespace
) -> dict[str, Any]:
    done = outcome or _foreseen(plan, OnDuplicate(asked.on_duplicate))
    return {
        "read": parsed.read,
        "added": done.added,
        "updated": done.updated,
        "skipped": done.skipped,
        "new": len(plan.new),
        "duplicates": [_duplicate(duplicate) for duplicate in plan.duplicates],
        "faults": sorted(_faults(mapping, parsed, plan), key=lambda fault: fault["row"]),
        "ignored": [{"row": row, "reason": reason} for row, reason in parsed.ignored],
        "batch": done.batch or None,
        "dry_run": bool(asked.dry_run),
    }


def _foreseen(plan: Plan, on_duplicate: OnDuplicate) -> Outcome:
    """Return what an import would do, for --dry-run."""
    mild = sum(duplicate.mild for duplicate in plan.duplicates)
    known, new = len(plan.duplicates) - mild, len(plan.new) + mild
    match on_duplicate:
        case OnDuplicate.UPDATE:
            return Outcome(new, known, 0, "")
        case OnDuplicate.REFUSE if known:
            return Outcome(0, 0, 0, "")
        case _:
            return Outcome(new, 0, known, "")


def _faults(mapping: Mapping, parsed: Parsed, plan: Plan) -> Iterator[dict[str, Any]]:
    for fault in parsed.faults:
        yield {"row": fault.row, "column": fault.column, "value": fault.value, "message": fault.message}
    rows = {row.number: row for row in parsed.rows} if plan.faults else {}
    columns = {column.field: f"{column.letter}" for column in mapping.columns if column.field}
    for fault in plan.faults:
        column = columns.get(fault.field, "")
        place = f"第 {fault.row} 行" + (f" {column} 列" if column else "")
        value = rows[fault.row].texts.get(fault.field, fault.value)
        yield {"row": fault.row, "column": column, "value": value, "message": f"{place}：{fault.message}"}


def _duplicate(duplicate: Duplicate) -> dict[str, Any]:
    return {
        "row": duplicate.row,
        "name": duplicate.record.caption(),
        "reason": duplicate.reason,
        "of": duplicate.other.id.hex() if duplicate.other_row is None else None,
        "of_row": duplicate.other_row,
        "other": duplicate.other.told_apart(),
    }


def _told(value: dict[str, Any], dry_run: bool) -> str:
    wrong_rows = len({fault["row"] for fault in value["faults"]})
    lines = [fault["message"] for fault in value["faults"]]
    lines += [_told_duplicate(row) for row in value["duplicates"]]
    counts = f"{value['read']} 行：{value['new']} 新增，{len(value['duplicates'])} 重复，{wrong_rows} 有误"
    if dry_run:
        return "\n".join([*lines, f"试读完毕，没有写入。{counts}"])
    done = f"已导入：新增 {value['added']}，更新 {value['updated']}，跳过 {value['skipped']}"
    undo = f"；要撤回这次导入，用 openday undo {value['batch']}" if value["batch"] else ""
    return "\n".join([*lines, counts, done + undo])


def _told_duplicate(row: dict[str, Any]) -> str:
    like = f"第 {row['of_row']} 行的" if row["of_row"] else "已有的"
    return f"第 {row['row']} 行“{row['name']}”与{like}“{row['other']}”{row['reason']}"


def undo(desk: Desk, asked: Namespace) -> Answer:
    """Take an import back."""
    removed = desk.changes.undo_batch(cleaning.one_line(asked.batch))
    return Answer({"removed": removed}, f"已撤回导入 {asked.batch}，移去 {removed} 条")


def export(desk: Desk, asked: Namespace) -> Answer:
    """Write records to a workbook with the columns that an import reads."""
    model = record_type(asked.kind)
    target = Path(asked.file)
    if target.suffix.lower() != ".xlsx":
        raise UserError(f"导出文件要以 .xlsx 结尾，现为“{target.name}”", field="file")
    query = Query(model, asked.search, conditions(model, asked.where))
    # a person's list is masked; what a script asks for comes in again as it went out
    full = has_masked(model) and (asked.full or (asked.json and not asked.masked))

    def write() -> int:
        return write_table(target, model.label, headings(model), lines(desk.books, query, full=full))

    rows = desk.disclosing.export(model.label, target.name, write, full=full)
    way = "要完整的请加 --full" if desk.rights.may(Deed.EXPORT_FULL) else "成批的完整号码由管理员导出"
    masked = f"；号码已遮住，{way}" if has_masked(model) and not full else ""
    return Answer(
        {"rows": rows, "file": str(target)}, f"已导出 {rows} 条到 {target}{masked}{desk.users.left_open}"
    )
