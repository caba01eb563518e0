"""Export and import again: whatever text a field took comes back as it is, through xlsx and csv."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.exchange.export import write_table
from desktop.exchange.headings import match
from desktop.exchange.reader import open_book
from desktop.exchange.roster import exported, extras, importable
from desktop.exchange.rows import read_rows
from desktop.records.base import kinds_of
from desktop.records.kinds import Text
from desktop.records.listing import Query
from desktop.records.open_days import OpenDay
from desktop.records.representatives import Representative
from desktop.services import lookup

MANIFEST = Path(__file__).parent.parent / "data" / "badinput" / "manifest.json"
STRINGS = [entry["value"] for entry in json.loads(MANIFEST.read_text(encoding="utf-8")) if "value" in entry]
NEEDED = {
    Representative: {"full_name": "张三"},
    OpenDay: {"theme": "甲", "held_on": "2026-09-29", "venue": "乙"},
}


def filled(desk, model, text):
    """Return a record with `text` in every field that takes it, saved."""
    record = desk.books.new(model)
    lookup.fill(record, NEEDED[model])
    for kind in importable(model):
        before = getattr(record, kind.name)
        try:
            lookup.fill(record, {kind.name: text} if isinstance(kind, Text) else {})
        except UserError:
            continue
        if record.faults():
            setattr(record, kind.name, before)
    desk.books.save(record)
    return record


@pytest.mark.parametrize("model", list(NEEDED), ids=lambda model: model.kind)
def test_every_text_comes_back_as_it_is(desk, tmp_path, model):
    for text in STRINGS:
        filled(desk, model, text)
    fields = kinds_of(model)
    headings, rows = [kind.label for kind in fields], list(exported(desk.books, Query(model), fields))
    write_table(tmp_path / "a.xlsx", model.label, headings, rows)
    with (tmp_path / "a.csv").open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows([headings, *rows])
    kept = desk.books.page(Query(model), 0, len(STRINGS))
    assert len(kept) == len(STRINGS)

    for name in ("a.xlsx", "a.csv"):
        sheet = open_book(tmp_path / name).sheet(None)
        mapping = match(sheet, importable(model), extra=extras(model))
        parsed = read_rows(sheet, mapping, importable(model), extra=extras(model))
        assert [fault.message for fault in parsed.faults] == []
        assert len(parsed.rows) == len(kept)
        for record, row in zip(kept, parsed.rows, strict=True):
            for kind in importable(model):
                assert (row.values.get(kind.name) or None) == (getattr(record, kind.name) or None), kind.name
