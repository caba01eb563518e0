"""kinds, add, set, show, list, remove, do: the verbs on single records."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import Any

from desktop.commands.answer import Answer, table
from desktop.errors import UserError
from desktop.records.base import Record, kinds_of, plain
from desktop.records.catalogue import by_kind, record_type
from desktop.records.kinds import Choice, Kind, Link
from desktop.records.listing import Query, field_of
from desktop.services import lookup
from desktop.services.desk import Desk
from desktop.services.rights import Deed

SHOWN = 8
MOST = 10_000_000
MASKED = "号码已遮住：成批的完整号码由管理员导出"


def split(word: str) -> tuple[str, str]:
    """Return a FIELD=VALUE word as (field, value); raises UserError where it has no `=`."""
    name, found, text = word.partition("=")
    if not found or not name:
        raise UserError(f"“{word[:40]}”应写作 字段=内容，如 full_name=张三", field=name[:40] or None)
    return name, text


def pairs(words: list[str]) -> dict[str, str]:
    """Return FIELD=VALUE words as a dictionary; raises UserError where a field is named twice."""
    values: dict[str, str] = {}
    for name, text in map(split, words):
        if name in values:
            raise UserError(f"字段“{name[:40]}”写了两次，请只写一次", field=name[:40])
        values[name] = text
    return values


def described(kind: Kind) -> dict[str, Any]:
    """Return one field as `kinds` tells it."""
    choices = list(kind.options) if isinstance(kind, Choice) else []
    return {
        "field": kind.name, "label": kind.label, "required": kind.required, "choices": choices,
        "stepped": kind.stepped,
    }  # fmt: skip


def kinds(_desk: Desk | None, _asked: Namespace) -> Answer:
    """List the record kinds, their fields, labels, whether required, choices."""
    value = [
        {"kind": name, "label": model.label, "fields": [described(kind) for kind in kinds_of(model)]}
        for name, model in by_kind().items()
    ]
    rows = [
        [entry["kind"], entry["label"], field["field"], field["label"], _how_filled(field)]
        for entry in value
        for field in entry["fields"]
    ]
    return Answer(value, table(("种类", "名称", "字段", "标签", "填写"), rows))


def _how_filled(field: dict[str, Any]) -> str:
    return "由步骤或程序填" if field["stepped"] else "必填" if field["required"] else ""


def _told(record: Record, *, full: bool = False) -> Answer:
    """Return a record for the reader, its numbers masked unless `full`; for scripts it is always whole."""
    rows = [
        [kind.label, (kind.show if full else kind.masked_text)(getattr(record, kind.name))]
        for kind in kinds_of(type(record))
    ]
    return Answer(plain(record), table(("字段", "内容"), [["id", record.id.hex()], *rows]))


def _save(desk: Desk, record: Record) -> None:
    """Save a record, and say what a form would have asked first."""
    questions = [] if record.faults() else desk.books.questions(record)
    desk.books.save(record)
    _remind(questions)


def _remind(sentences: list[str]) -> None:
    for sentence in sentences:
        print(f"请注意：{sentence}", file=sys.stderr)


def add(desk: Desk, asked: Namespace) -> Answer:
    """Add a record from typed text, with the checks of the form."""
    record = desk.books.new(record_type(asked.kind))
    lookup.fill(record, pairs(asked.values))
    _save(desk, record)
    return _told(desk.books.get(type(record), record.id))


def _named(asked: Namespace) -> Record:
    return lookup.resolve(record_type(asked.kind), asked.id, field="id")


def change(desk: Desk, asked: Namespace) -> Answer:
    """Set fields of a record."""
    record = _named(asked)
    lookup.fill(record, pairs(asked.values))
    _save(desk, record)
    return _told(desk.books.get(type(record), record.id))


def show(_desk: Desk, asked: Namespace) -> Answer:
    """Show one record."""
    return _told(_named(asked), full=asked.full)


def conditions(model: type[Record], words: list[str]) -> tuple[tuple[str, Any], ...]:
    """Return --where words as conditions, all of which must hold; a reference is looked up, an empty one is none."""
    found: list[tuple[str, Any]] = []
    for name, text in map(split, words):
        kind = field_of(model, name)
        found.append((name, lookup.parse_field(kind, text) if isinstance(kind, Link) else text))
    return tuple(found)


def listed(desk: Desk, asked: Namespace) -> Answer:
    """List records, filtered, sorted, limited."""
    model = record_type(asked.kind)
    if asked.limit is not None and not 0 <= asked.limit <= MOST:
        raise UserError(f"条数应在 0 到 {MOST} 之间，现为 {str(asked.limit)[:20]}", field="limit")
    where = conditions(model, asked.where)
    query = Query(model, asked.search, where, asked.sort, asked.descending, asked.limit)
    records = desk.books.page(query, 0, asked.limit if asked.limit is not None else MOST)
    shown = kinds_of(model)[:SHOWN]
    rows = [
        [record.id.hex(), *(kind.masked_text(getattr(record, kind.name)) for kind in shown)]
        for record in records
    ]
    headings = ("id", *(kind.label for kind in shown))
    text = f"{table(headings, rows)}\n共 {len(records)} 条"
    if asked.json and any(kind.masked for kind in kinds_of(model)) and not desk.rights.may(Deed.EXPORT_FULL):
        print(MASKED, file=sys.stderr)
        return Answer([_masked(record) for record in records], text)
    return Answer([plain(record) for record in records], text)


def _masked(record: Record) -> dict[str, Any]:
    hidden = {
        kind.name: kind.masked_text(getattr(record, kind.name))
        for kind in kinds_of(type(record))
        if kind.masked
    }
    return plain(record) | hidden


def remove(desk: Desk, asked: Namespace) -> Answer:
    """Remove a record; it stays in the file with its reason."""
    record = _named(asked)
    desk.books.remove(record, asked.reason)
    return Answer(plain(record), f"已删除{record.label}“{record.caption()}”")


def do(desk: Desk, asked: Namespace) -> Answer:
    """Take a step of a record's life."""
    record, values = _named(asked), pairs(asked.values)
    warnings = desk.books.warnings(record, asked.verb, values)
    desk.books.do(record, asked.verb, values)
    _remind(warnings)
    return _told(desk.books.get(type(record), record.id))
