"""The generic verbs on records: list, fetch, save, remove, the words of editable lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from desktop.errors import UserError
from desktop.records import listing, storing
from desktop.records.backups import Reason
from desktop.records.base import Record, now, reading
from desktop.records.listing import Query
from desktop.records.papers import Watch
from desktop.records.staff import Term
from desktop.services.changes import Changes

Kept = TypeVar("Kept", bound=Record)


class Books:
    """What every page and every command does with a record."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes

    def count(self, query: Query) -> int:
        """Return how many records a query finds."""
        return listing.count(query)

    def has_any(self, kind: str) -> bool:
        """Say whether there is any live record of a kind; its type needn't be loaded for it."""
        return listing.has_any(kind)

    def page(self, query: Query, offset: int = 0, limit: int = 100) -> list[Record]:
        """Return one page of a query, in its order."""
        return listing.page(query, offset, limit)

    def ids(self, query: Query, offset: int = 0, limit: int | None = None) -> list[bytes]:
        """Return the keys of the records found, in order: of all, or of `limit` from `offset` on."""
        return listing.ids(query, offset, limit)

    def get(self, model: type[Kept], key: bytes) -> Kept:
        """Return a live record by its key; raises UserError where it is gone."""
        with reading():
            found = model.get_or_none((model.id == key) & model.deleted_at.is_null())
        if found is None:
            raise UserError(f"这条{model.label}已经不在了，可能刚被删除；请刷新列表", field="id")
        return found

    def new(self, model: type[Kept]) -> Kept:
        """Return a record with its defaults, not yet saved."""
        return model()

    def is_new(self, record: Record) -> bool:
        """Say whether a record was never saved."""
        model = type(record)
        with reading():
            return not model.select().where(model.id == record.id).exists()

    def save(self, record: Record) -> None:
        """Check a record and keep it; raises its first fault, or Conflict where it was changed meanwhile."""
        if faults := record.faults():
            raise faults[0]
        is_new = self.is_new(record)
        verb = "新建" if is_new else "修改"
        with self._changes.change(f"{verb}{record.label}“{record.caption()}”", type(record)):
            storing.write(record, is_new=is_new)

    def remove(self, record: Record, because: str = "") -> None:
        """Take a record off every list; it stays in the file with the reason and can be brought back."""
        with self._changes.change(f"删除{record.label}“{record.caption()}”", type(record)):
            record.deleted_at, record.deleted_because = now(), because
            storing.write(record, is_new=False)

    def remove_several(
        self, what: str, model: type[Record], keys: Sequence[bytes], because: str, watch: Watch | None = None
    ) -> None:
        """Take several records off every list as one change that one undo brings back; `what` names them."""
        first = Reason.REMOVAL if len(keys) > 1 else None
        with self._changes.change(f"删除 {what}", model, after_backup=first, watch=watch):
            for turn, key in enumerate(keys):
                if watch:
                    watch(turn, len(keys))
                self.remove(self.get(model, key), because)

    def words(self, terms: str) -> list[str]:
        """Return the words of an editable list in the office's order."""
        with reading():
            if model := storing.OWN_LISTS.get(terms):
                fields: Any = model
                live = model.select().where(model.deleted_at.is_null())
                rows: list[Any] = list(live.order_by(fields.position, fields.name))
                return [row.name for row in rows]
            listed = (Term.list_name == terms) & Term.deleted_at.is_null()
            order = (Term.position.is_null(), Term.position, Term.created_at)
            return [term.word for term in Term.select().where(listed).order_by(*order)]

    def find(self, model: type[Record], text: str, limit: int = 20) -> list[Record]:
        """Return the records that a picker offers for the text typed so far."""
        return listing.page(Query(model, search=text), 0, limit)
