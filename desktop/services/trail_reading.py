"""修改记录: every change there was, looked for by who, when, what kind and any word, with what it changed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from desktop.errors import UserError
from desktop.records import listing, past_changes, storing
from desktop.records.base import Record, kinds_of, reading
from desktop.records.catalogue import record_type, records
from desktop.records.history import UNDOING
from desktop.records.listing import Query
from desktop.records.past_changes import Asked, Page, Written
from desktop.records.trail import Change
from desktop.services.changes import column_of, text_of

NOW_MOST = 200
"""Records that hold a word now and whose changes are looked for by their keys."""
CLEARED = "（已清除）"
REMOVED = "移入回收站"
DEEDS = {"insert": "新增", "update": "修改", "delete": "移除"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that a change set: of which record, what it was, what it became."""

    kind: str
    key: bytes
    record: str
    did: str
    field: str
    before: str
    after: str


class TrailReading:
    """The verbs of looking back."""

    def page(self, asked: Asked, below: int = 0, limit: int = 100) -> Page:
        """Return changes, the last first; what isn't found in a moment is gone on with below `Page.below`."""
        return past_changes.page(asked, below, limit)

    def people(self) -> list[str]:
        """Return everybody who changed anything."""
        return past_changes.people()

    def asked(
        self,
        word: str = "",
        who: str = "",
        kind: str = "",
        since: datetime.date | None = None,
        until: datetime.date | None = None,
    ) -> Asked:
        """Return what is looked for from what is typed; `until` is the last day itself."""
        word = word.strip()
        return Asked(
            word=word,
            who=who.strip(),
            table=storing.table_of(record_type(kind)) if kind else "",
            since=since.isoformat() if since else "",
            until=(until + datetime.timedelta(days=1)).isoformat() if until else "",
            keys=self._keys_now(word) if word else (),
        )

    @staticmethod
    def _keys_now(word: str) -> tuple[bytes, ...]:
        """Return the records that hold a word now: what the last change made of them stands in no trail."""
        found: list[bytes] = []
        for model in records():
            if storing.is_found(model):
                found += listing.ids(Query(model, search=word), 0, NOW_MOST)
        return tuple(found[: 2 * NOW_MOST])

    def fields(self, number: int, offset: int = 0, limit: int = 100) -> list[FieldChange]:
        """Return what a change did to each field, row by row."""
        models = {storing.table_of(model): model for model in records()}
        with reading():
            found: list[FieldChange] = []
            for row in past_changes.written(number, offset, limit):
                if model := models.get(row.table):
                    found += _fields(model, row)
            return found

    def change(self, key: bytes) -> Change:
        """Return a change by its key; raises UserError where there is none."""
        with reading():
            found = Change.get_or_none(Change.id == key)
        if found is None:
            raise UserError("没有这次改动，请刷新", field="id")
        return found

    @staticmethod
    def may_undo(action: str) -> bool:
        """Say whether a change is of a sort that can be taken back."""
        return not action.startswith(UNDOING)


def _fields(model: type[Record], row: Written) -> list[FieldChange]:
    now: Any = None if row.after is not None else model.get_or_none(model.id == row.key)
    before, after = _shown(model, row.before), _shown(model, row.after)
    removed, because = (
        (row.after.get("deleted_at"), row.after.get("deleted_because")) if row.after else (None, "")
    )
    caption = _called(after) or _called(before) or CLEARED
    if now is not None:
        after = {kind.name: kind.masked_text(getattr(now, kind.name)) for kind in kinds_of(model)}
        removed, because, caption = now.deleted_at, now.deleted_because, now.caption()
    did = _deed(row, removed=bool(removed))
    told = [
        FieldChange(
            model.label,
            row.key,
            caption,
            did,
            kind.label,
            before.get(kind.name, ""),
            after.get(kind.name, ""),
        )
        for kind in kinds_of(model)
        if before.get(kind.name, "") != after.get(kind.name, "")
    ]
    if did == REMOVED:
        told.append(FieldChange(model.label, row.key, caption, did, "原因", "", because or ""))
    return told or [FieldChange(model.label, row.key, caption, did, "", "", "")]


def _deed(row: Written, *, removed: bool) -> str:
    """Return what was done with a row; one that was marked as removed, or brought back, is told so."""
    if row.did == "update" and row.before is not None and bool(row.before.get("deleted_at")) != removed:
        return REMOVED if removed else "恢复"
    return DEEDS[row.did]


def _called(shown: dict[str, str]) -> str:
    """Return what a record that is no more was called: the first text of it."""
    return next((text for text in shown.values() if text), "")[:30]


def _shown(model: type[Record], stored: dict[str, Any] | None) -> dict[str, str]:
    """Return stored columns as their kinds show them, numbers masked."""
    if not stored:
        return {}
    shown: dict[str, str] = {}
    for kind in kinds_of(model):
        value = stored.get(column_of(kind))
        shown[kind.name] = kind.masked_text(value or "") if kind.masked else text_of(kind, value)
    return shown
