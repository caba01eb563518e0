"""Importing a sheet: compared with what is kept, shown, and written in one change that one undo takes back."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Any, Protocol

from desktop.errors import UserError
from desktop.records import bulk, cleaning, storing
from desktop.records.backups import Reason
from desktop.records.base import Record, kinds_of, parts_of, reading
from desktop.records.kinds import Link
from desktop.records.papers import Watch
from desktop.records.representatives import Identity, Representative, alike
from desktop.records.search import KeyRow
from desktop.records.staff import Staff
from desktop.records.tickets import SAME_MATTER
from desktop.services import lookup
from desktop.services.books import Books
from desktop.services.changes import Changes

CHUNK = 5_000
FEW = 200
"""Rows between two looks at whether to stop, where each goes through steps of its own."""
OF_IDENTITIES = frozenset({"level", "electing_unit", "term"})
"""The columns of a sheet that go to the 代表身份 that its row brings."""
IN_BULK = (Representative, Identity, Staff)
"""Kinds without numbers, schedules or twins of their own, and long: written many rows at a time."""


class SheetRow(Protocol):
    """A row read from a sheet: the number Excel shows, and its values by field, each checked by its kind."""

    @property
    def number(self) -> int: ...
    @property
    def values(self) -> Mapping[str, Any]: ...


class OnDuplicate(StrEnum):
    """What becomes of a row that is already there."""

    SKIP = "skip"
    UPDATE = "update"
    REFUSE = "refuse"
    ADD = "add"


class Bringing(Protocol):
    """How the rows of one sheet become records whose kind has a course of its own: 问题 with their steps."""

    touched: tuple[type[Record], ...]

    def settled(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the values of a row as the fields take them."""
        ...

    def complete(self, record: Record, values: Mapping[str, Any]) -> Any:
        """Prepare a record in memory and return its course; raises its first fault."""
        ...

    def kept_like(self, records: Sequence[Any]) -> Sequence[Record]:
        """Return the kept records among which duplicates can be."""
        ...

    def compared(self, record: Any, other: Any, course: Any) -> tuple[tuple[str, str, str], str] | None:
        """Return what tells a row from what it is like: a line (label, sheet, kept) and a sentence; None for nothing."""
        ...

    def keep(self, records: Sequence[Any], courses: Mapping[bytes, Any], watch: Watch | None) -> None:
        """Write new records with their courses, inside a change."""
        ...

    def update(self, kept: Record, record: Record, course: Any) -> None:
        """Fill a kept record from a row, inside a change; raises UserError."""
        ...


Ways = Mapping[Any, Callable[[Sequence[Mapping[str, Any]]], Bringing]]
"""By kind of record, what makes the `Bringing` of a sheet from the values of its rows."""


@dataclass(slots=True)
class Duplicate:
    """A row of the sheet that is like a kept record, or like an earlier row of the same sheet.

    A `mild` one says something of its own (the same words of somebody else): it is added unless decided otherwise.
    """

    row: int
    record: Record
    other: Record
    reason: str
    other_row: int | None
    beside: tuple[str, str, str] | None = None
    """What is compared beyond the record's own fields: label, in the sheet, kept."""
    evidence: str = ""
    """What speaks for or against its being the same."""

    @property
    def mild(self) -> bool:
        """Whether it is another time of the same matter."""
        return self.reason == SAME_MATTER


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row can't be kept."""

    row: int
    field: str
    value: str
    message: str


@dataclass(slots=True)
class Plan:
    """What an import would do; nothing is written yet."""

    model: type[Record]
    read: int
    new: list[tuple[int, Record]] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    identities: dict[bytes, list[dict[str, str]]] = field(default_factory=dict)
    bringing: Bringing | None = None
    courses: dict[bytes, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did; `batch` names it for undo ('' where nothing was written)."""

    added: int
    updated: int
    skipped: int
    batch: str


class Importing:
    """Plans and applies imports."""

    def __init__(self, changes: Changes, books: Books, ways: Ways | None = None) -> None:
        self._changes = changes
        self._books = books
        self._ways = ways or {}

    def plan(self, model: type[Record], rows: Sequence[SheetRow], watch: Watch | None = None) -> Plan:
        """Check rows as the form would and compare them with the records kept and with each other."""
        made = Plan(model, read=len(rows))
        candidates: list[tuple[int, Record]] = []
        kinds = [kind for kind in kinds_of(model) if not kind.stepped]
        links = {kind.name: kind for kind in kinds if isinstance(kind, Link)}
        plain = {kind.name for kind in kinds} - set(links)
        way = self._ways.get(model)
        made.bringing = bringing = way([row.values for row in rows]) if way else None
        found = _Found()
        size = FEW if bringing else CHUNK
        for start in range(0, len(rows), size):
            if watch:
                watch(start, len(rows))
            part = rows[start : start + size]
            told = (
                [bringing.settled(row.values) for row in part] if bringing else [row.values for row in part]
            )
            held = [{name: value for name, value in values.items() if name in plain} for values in told]
            for row, values, record in zip(part, told, model.holding_each(held), strict=True):
                try:
                    self._complete(record, links, values, found)
                    if bringing:
                        made.courses[record.id] = bringing.complete(record, values)
                except UserError as fault:
                    made.faults.append(Fault(row.number, fault.field or "", "", fault.message))
                    continue
                candidates.append((row.number, record))
                if model is Representative:
                    made.identities[record.__data__["id"]] = identities_of(row.values)
        self._compare(made, candidates)
        return made

    @staticmethod
    def _complete(
        record: Record, links: Mapping[str, Link[Any]], values: Mapping[str, Any], found: _Found
    ) -> None:
        """Set the records that a row names; raises UserError for what is none, or for cells at odds."""
        for name, kind in links.items():
            if value := values.get(name):
                setattr(record, name, found[kind.target, str(value), name])
        # the reader has checked every cell by its kind; what is left is what several cells show together
        if faults := record.faults_across():
            raise faults[0]

    @staticmethod
    def _compare(made: Plan, candidates: list[tuple[int, Record]]) -> None:
        """Part the rows into new ones and duplicates; the strongest likeness names the reason."""
        known: dict[tuple[str, ...], tuple[Record, int | None]] = {}
        alone = [record for _, record in candidates]
        kept = made.bringing.kept_like(alone) if made.bringing else kept_like(made.model, alone)
        for record in kept:
            for likeness in record.likenesses():
                known.setdefault(likeness, (record, None))
        for number, record in candidates:
            likenesses = record.likenesses()
            for likeness in likenesses:
                if likeness in known:
                    other, other_row = known[likeness]
                    duplicate = Duplicate(number, record, other, likeness[0], other_row)
                    if made.bringing and (
                        found := made.bringing.compared(record, other, made.courses[record.id])
                    ):
                        duplicate.beside, duplicate.evidence = found
                    made.duplicates.append(duplicate)
                    if duplicate.mild:
                        known.setdefault(likenesses[0], (record, number))
                    break
            else:
                made.new.append((number, record))
                first = record, number
                for likeness in likenesses:
                    known[likeness] = first

    def apply(
        self,
        plan: Plan,
        on_duplicate: OnDuplicate = OnDuplicate.SKIP,
        decisions: Mapping[int, OnDuplicate] | None = None,
        watch: Watch | None = None,
    ) -> Outcome:
        """Write a plan in one change; `decisions` by row number go before `on_duplicate`.

        Nothing is written where `watch` raises Cancelled or a duplicate is to be refused.
        """
        decided = [
            (duplicate, (decisions or {}).get(duplicate.row, usual(duplicate, on_duplicate)))
            for duplicate in plan.duplicates
        ]
        if refused := [duplicate for duplicate, choice in decided if choice is OnDuplicate.REFUSE]:
            first = refused[0]
            raise UserError(
                f"第 {first.row} 行“{first.record.caption()}”与已有的“{first.other.told_apart()}”{first.reason}，"
                f"共 {len(refused)} 行重复；没有导入任何内容，请选择跳过（skip）或更新（update）",
                row=first.row,
            )
        added = [record for _, record in plan.new]
        added += [duplicate.record for duplicate, choice in decided if choice is OnDuplicate.ADD]
        updates = [duplicate for duplicate, choice in decided if choice is OnDuplicate.UPDATE]
        if not added and not updates:
            return Outcome(0, 0, len(decided), "")
        batch = f"{plan.model.kind}/{uuid.uuid4().hex[:8]}"
        touched = (plan.model, Identity) if plan.model is Representative else (plan.model,)
        touched = plan.bringing.touched if plan.bringing else touched
        called = f"导入{plan.model.label} {len(added)} 条"
        with self._changes.change(called, *touched, batch=batch, after_backup=Reason.IMPORT, watch=watch):
            if plan.model in IN_BULK:
                with bulk.filling(touched, len(added)):
                    self._insert(plan, added, watch)
            elif plan.bringing:
                self._bring(plan, plan.bringing, added, watch)
            else:
                self._save_each(plan, added, watch)
            for duplicate in updates:
                self._update(plan, duplicate)
        return Outcome(
            len(added), len(updates), len(decided) - len(updates) - (len(added) - len(plan.new)), batch
        )

    @staticmethod
    def _bring(plan: Plan, bringing: Bringing, added: list[Record], watch: Watch | None) -> None:
        rows = {record.id: number for number, record in plan.new}
        rows |= {duplicate.record.id: duplicate.row for duplicate in plan.duplicates}
        bringing.keep(sorted(added, key=lambda record: rows[record.id]), plan.courses, watch)
        if watch:
            watch(len(added), len(added))

    def _save_each(self, plan: Plan, added: list[Record], watch: Watch | None) -> None:
        """Keep records whose kind has rules of its own (numbers, schedules, one a day) by those rules."""
        rows = {record.id: number for number, record in plan.new}
        rows |= {duplicate.record.id: duplicate.row for duplicate in plan.duplicates}
        for turn, record in enumerate(added):
            if watch:
                watch(turn, len(added))
            try:
                self._books.save(record)
            except UserError as fault:
                raise _at_row(fault, rows[record.id]) from fault
        if watch:
            watch(len(added), len(added))

    @staticmethod
    def _insert(plan: Plan, added: list[Record], watch: Watch | None) -> None:
        gathered: list[KeyRow] = []
        for start in range(0, len(added), CHUNK):
            if watch:
                watch(start, len(added))
            part = added[start : start + CHUNK]
            storing.insert_all(part, gathered)
            keys = [record.__data__["id"] for record in part]
            identities = [
                {"representative": key, **values} for key in keys for values in plan.identities.get(key, ())
            ]
            storing.insert_values(Identity, identities)
        done = partial(watch, len(added), len(added)) if watch else None
        storing.insert_keys(gathered, done)
        if done:
            done()

    def _update(self, plan: Plan, duplicate: Duplicate) -> None:
        """Fill the kept record with what the sheet says, by the rules of its kind; an empty cell leaves what is there."""
        kept = plan.model.get_by_id(duplicate.other.id)
        if plan.bringing:
            try:
                plan.bringing.update(kept, duplicate.record, plan.courses[duplicate.record.id])
            except UserError as fault:
                raise _at_row(fault, duplicate.row) from fault
            return
        for kind in kinds_of(plan.model):
            value = getattr(duplicate.record, kind.name)
            default = getattr(plan.model(), kind.name)
            if value not in (None, "", default) and not kind.stepped:
                setattr(kept, kind.name, value)
        if faults := kept.faults():
            raise UserError(f"第 {duplicate.row} 行更新后有误：{faults[0].message}", row=duplicate.row)
        if plan.model not in IN_BULK:
            self._save_updated(kept, duplicate.row)
            return
        storing.write(kept, is_new=False)
        if isinstance(kept, Representative):
            there = {row.sort for row in parts_of(Identity, "representative", kept)}
            for values in plan.identities.get(duplicate.record.id, ()):
                if values["sort"] not in there:
                    storing.write(Identity(representative=kept, **values), is_new=True)

    def _save_updated(self, kept: Record, row: int) -> None:
        try:
            self._books.save(kept)
        except UserError as fault:
            raise _at_row(fault, row) from fault


def _at_row(fault: UserError, row: int) -> UserError:
    return UserError(f"第 {row} 行：{fault.message}；没有导入任何内容", field=fault.field, row=row)


def usual(duplicate: Duplicate, on_duplicate: OnDuplicate) -> OnDuplicate:
    """Return what becomes of a duplicate that nobody decided on."""
    return OnDuplicate.ADD if duplicate.mild else on_duplicate


class _Found(dict[tuple[type[Record], str, str], Record]):
    """The records that rows name, each looked up once."""

    def __missing__(self, asked: tuple[type[Record], str, str]) -> Record:
        model, text, name = asked
        try:
            self[asked] = found = lookup.resolve(model, text, field=name)
        except UserError as fault:
            raise UserError(_unclear(model, cleaning.one_line(text)), field=name) from fault
        return found


def _unclear(model: type[Record], text: str) -> str:
    """Say why a cell names no one record, and what to write in the sheet instead."""
    found = lookup.candidates(model, text)
    if not found:
        return f"没有找到{model.label}“{text[:40]}”，请核对；或先登记，或不导入这一栏"
    shown = "、".join(record.told_apart() for record in found[:6])
    number = next((kind.label for kind in kinds_of(model) if kind.name == "number"), "")
    how = f"请在表里加“{number}”一栏写明" if number else "请先在名册里分清"
    return f"{model.label}“{text[:40]}”有 {len(found)} 条：{shown}，{how}"


def identities_of(values: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the 代表身份 that a row brings: each capacity named, with the row's level, unit and term."""
    shared = {name: str(value) for name in OF_IDENTITIES if (value := values.get(name))}
    sorts = values.get("identities") or (("代表",) if shared else ())
    return [{"sort": str(sort), **shared} for sort in dict.fromkeys(sorts)]


def kept_like(model: type[Record], records: Sequence[Any]) -> list[Any]:
    """Return the kept records among which duplicates of `records` can be."""
    with reading():
        if model is Representative:
            return alike(records)
        return list(model.select().where(model.deleted_at.is_null()))
