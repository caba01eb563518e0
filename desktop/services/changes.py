"""Changes: one verb, one transaction, one name in the trail, one undo."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, cast

from desktop.errors import UserError
from desktop.records import chain, undoing
from desktop.records.backups import Reason
from desktop.records.base import Record, database, kinds_of, now, reading, transaction
from desktop.records.catalogue import records
from desktop.records.history import last_change, last_sequence, past_of
from desktop.records.kinds import Kind, Link
from desktop.records.papers import Watch
from desktop.records.trail import KEYS, PURGING, UNDOING, Change
from desktop.services.announcer import Announcer
from desktop.services.rights import Deed, Rights

LONG = 300
"""Rows of a change from which taking it back is long work: a tenth of a second (measured)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a record's history: when, who, what was done, which field, before and after."""

    at: str
    who: str
    action: str
    field_label: str
    before: str
    after: str


class Changes:
    """Runs changes and takes them back."""

    def __init__(self, announcer: Announcer, who: str = "", rights: Rights | None = None) -> None:
        self._announcer = announcer
        self._who = who
        self._rights = rights or Rights()
        self._under_way = threading.local()
        self.before: Callable[[Reason, Watch | None], None] = lambda reason, watch: None
        """What makes the backup that a great change is preceded by."""

    @contextlib.contextmanager
    def change(
        self,
        action: str,
        *touched: type[Record],
        batch: str = "",
        after_backup: Reason | None = None,
        watch: Watch | None = None,
    ) -> Iterator[Change]:
        """Run a block as one change called `action`; announce `touched` after the commit.

        A change inside a change joins it. A great one goes after a backup, of which `watch` hears. Raises
        TroubleError where the file can't be written, UserError where the user's role keeps nothing.
        """
        self._rights.require(Deed.KEEP)
        if outer := getattr(self._under_way, "change", None):
            yield outer
            return
        if after_backup:
            self.before(after_backup, watch)
        with transaction():
            made = Change(action=action, who=self._who, at=now(), batch=batch, since=last_sequence())
            # plain statements: peewee takes as long to put these two together as the file to seal a change
            database.execute_sql(
                'INSERT INTO "change" (id, at, who, "action", batch, since) VALUES (?, ?, ?, ?, ?, ?)',
                (made.id, made.at, made.who, made.action, made.batch, made.since),
            )
            database.execute_sql('UPDATE present SET "change" = ?', (made.id,))
            self._under_way.change = made
            try:
                yield made
            finally:
                self._under_way.change = None
            chain.seal(database, made.id)
        self._announcer.announce(frozenset(touched))

    def undo(self, change: Change, watch: Watch | None = None) -> dict[str, int]:
        """Take a change back and return how many rows of each kind were removed by it.

        Raises UserError where rows of it were changed or used since: nothing is taken back then.
        `watch` is told of the progress; what it raises stops the undo, and nothing is taken back either.
        """
        if change.undone_by:
            raise UserError(f"“{change.action}”已经撤销过了")
        if change.action.startswith(PURGING):
            raise UserError("彻底删除不能撤销；要找回，只能用之前的备份恢复")
        if change.action.startswith(KEYS):
            raise UserError("口令和用户的改动不能撤销，请再改一次")
        with self.change(f"{UNDOING}{change.action}", *records()) as undoing_change:
            removed = undoing.take_back(change, watch)
            Change.update(undone_by=undoing_change.id).where(Change.id == change.id).execute()
        return removed

    def undo_batch(self, batch: str, watch: Watch | None = None) -> int:
        """Take an import back by its batch name; returns how many records of the imported kind went."""
        with reading():
            found = Change.get_or_none((Change.batch == batch) & (Change.batch != ""))
        if found is None:
            raise UserError(f"没有导入批次“{batch[:40]}”；批次号在导入完成时显示", field="batch")
        removed = self.undo(found, watch)
        return removed.get(batch.partition("/")[0], 0)

    def undo_last(self, watch: Watch | None = None) -> str | None:
        """Take the last change of this desk back; returns what it was, or None where there is nothing."""
        last = last_change()
        if last is None:
            return None
        self.undo(last, watch)
        return last.action

    def last_is_long(self) -> bool:
        """Say whether taking the last change back takes longer than a window may stand still."""
        last = last_change()
        with reading():
            return last is not None and undoing.extent(last) > LONG

    def history(self, record: Record) -> list[Entry]:
        """Return everything that happened to a record, newest first."""
        entries: list[Entry] = []
        after = {kind.name: kind.show(getattr(record, kind.name)) for kind in kinds_of(type(record))}
        for past in past_of(record.id):
            if past.before is None:
                entries.append(Entry(past.at, past.who, past.action, "", "", ""))
                continue
            before = self._shown(type(record), past.before)
            entries += [
                Entry(past.at, past.who, past.action, kind.label, before[kind.name], after[kind.name])
                for kind in kinds_of(type(record))
                if before[kind.name] != after[kind.name]
            ]
            after = before
        return entries

    @staticmethod
    def _shown(model: type[Record], stored: dict[str, object]) -> dict[str, str]:
        return {kind.name: text_of(kind, stored.get(column_of(kind))) for kind in kinds_of(model)}


def column_of(kind: Kind) -> str:
    """Return the name that a kind's column has in the trail."""
    return getattr(kind, "column_name", kind.name)


def text_of(kind: Kind, value: object) -> str:
    """Return a trail's stored value as the kind shows it."""
    if isinstance(kind, Link):
        target = kind.target.get_or_none(kind.target.id == bytes.fromhex(str(value))) if value else None
        return kind.show(target)
    return kind.show(cast("Any", kind).python_value(value))
