"""Finding the record that somebody names: by id, 编号 or exact name; and filling a record from typed text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from desktop.errors import UserError
from desktop.records import cleaning
from desktop.records.base import Record, kinds_of, reading
from desktop.records.kinds import Kind, Link
from desktop.records.listing import field_of

NAMES = ("full_name", "name", "title", "theme", "word", "head")
Found = TypeVar("Found", bound=Record)


def resolve(model: type[Found], text: str, *, field: str | None = None) -> Found:
    """Return the one record that `text` names; raises UserError with the candidates where it is not one."""
    word = cleaning.one_line(text)
    if not word:
        raise UserError(f"没有写明是哪一条{model.label}", field=field)
    found = candidates(model, word)
    if len(found) == 1:
        return found[0]
    if not found:
        raise UserError(f"没有找到{model.label}“{word[:40]}”；可用编号、全名或 id 指明", field=field)
    shown = "；".join(f"{record.told_apart()} id={record.id.hex()}" for record in found[:6])
    raise UserError(
        f"{model.label}“{word[:40]}”有 {len(found)} 条，请用 id 指明是哪一条：{shown}", field=field
    )


def candidates(model: type[Found], word: str) -> list[Found]:
    """Return the live records whose id, 编号, exact name or caption is `word`."""
    fields: Any = model
    live = model.deleted_at.is_null()
    with reading():
        if re.fullmatch(r"[0-9a-fA-F]{32}", word):
            return list(model.select().where((fields.id == bytes.fromhex(word)) & live))
        names = {kind.name for kind in kinds_of(model)}
        if "number" in names and (found := list(model.select().where((fields.number == word) & live))):
            return found
        for name in NAMES:
            if name in names:
                exact = cleaning.person_name(word) if name == "full_name" else word
                if found := list(model.select().where((getattr(fields, name) == exact) & live).limit(50)):
                    return found
    return model.called(word)


def parse_field(kind: Kind, text: str) -> Any:
    """Return the value of one field from typed text; a reference is looked up."""
    if isinstance(kind, Link):
        return resolve(kind.target, text, field=kind.name) if cleaning.one_line(text) else None
    return kind.parse(text)


def refuse_unknown(verb: str, values: Mapping[str, str], known: Sequence[str]) -> None:
    """Raise UserError for a word that a step doesn't know: a slip of the pen must not pass for a silent default."""
    for name in values:
        if name not in known:
            told = "、".join(known)
            more = f"可写的有：{told}" if told else "这一步不用填写内容"
            raise UserError(f"{verb} 这一步没有“{name[:40]}”，{more}", field=name[:40])


def fill(record: Record, values: Mapping[str, str]) -> None:
    """Set fields from typed text, as the form would; raises UserError naming the field.

    A field that only a step may change (state, due_on …) is refused.
    """
    for name, text in values.items():
        kind = field_of(type(record), name)
        if kind.stepped:
            raise UserError(f"{kind.label}不能直接填写，它由办理步骤（openday do）或程序自动改变", field=name)
        setattr(record, name, parse_field(kind, text))
