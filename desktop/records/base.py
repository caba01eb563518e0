"""The record: what every row the office keeps has in common, and the one way to change rows."""

from __future__ import annotations

import contextlib
import datetime
import functools
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, ClassVar, Self, TypeVar, cast

import peewee
from sqlcipher3.dbapi2 import Error as DriverError  # pyright: ignore[reportAttributeAccessIssue] - no stubs

from desktop.errors import TroubleError, UserError
from desktop.records.kinds import Key, Kind, new_id, new_ids

Part = TypeVar("Part", bound="Record")
database = peewee.DatabaseProxy()
"""The open office file; storage/office.py binds it, everybody else only uses it."""

PACKED = 50
"""Rows inserted by one statement."""
DATABASE_ERRORS = (peewee.DatabaseError, peewee.InterfaceError, DriverError)
"""What may come out of the file: peewee's errors, and the driver's own while rows are fetched."""

SENTENCES = {
    "locked": "数据文件正被另一个窗口或程序占用，请稍候再试；若一直如此，请关闭其他窗口",
    "busy": "数据文件正被另一个窗口或程序占用，请稍候再试；若一直如此，请关闭其他窗口",
    "full": "磁盘已满，这次的改动没有保存；请清理磁盘后再试，已保存的内容都在",
    "readonly": "数据文件是只读的，不能保存改动；请检查文件和文件夹的权限",
    "attempt to write": "数据文件是只读的，不能保存改动；请检查文件和文件夹的权限",
    "unable to open": "无法打开数据文件，请检查它是否还在原处、是否有权限",
    "disk i/o": "读写磁盘出错，这次的改动没有保存；请看磁盘是否已满或有坏道，并尽快备份",
    "malformed": "数据文件已损坏，请停止录入，用最近的备份恢复",
    "not a database": "数据文件已损坏或不是本程序的文件，请用最近的备份恢复",
    "closed": "数据文件已经关闭，请重新打开后再试",
}


def trouble_of(error: BaseException) -> TroubleError | None:
    """Return what a database error means to the user, or None where it is a bug of ours.

    SQLite reports a full disk inside a transaction as "cannot rollback"; the true cause is in the
    chain of contexts, so the whole chain is looked through.
    """
    cause: BaseException | None = error
    while cause is not None:
        told = str(cause).lower()
        for word, sentence in SENTENCES.items():
            if word in told:
                return TroubleError(sentence)
        cause = cause.__cause__ or cause.__context__
    return None


@contextlib.contextmanager
def reading() -> Iterator[None]:
    """Turn the environment's database errors into TroubleError; bugs go through untouched."""
    try:
        yield
    except peewee.IntegrityError as error:
        if "unique" in str(error).lower():
            raise UserError("已有同样的一条，没有重复保存；请修改原来的那一条") from error
        raise
    except DATABASE_ERRORS as error:
        if trouble := trouble_of(error):
            raise trouble from error
        raise


@contextlib.contextmanager
def own_connection() -> Iterator[None]:
    """Let a worker thread use the office file; the connection it makes is closed when its work ends."""
    try:
        with reading():
            yield
    finally:
        # where making the first office failed, no file was ever opened
        if database.obj is not None and not database.is_closed():
            database.close()


@contextlib.contextmanager
def transaction() -> Iterator[None]:
    """Run a block wholly or not at all, on disk when it returns."""
    with reading(), database.atomic():
        yield


def write_rows(statement: str, rows: Iterable[Sequence[Any]]) -> None:
    """Run one statement for many rows; the driver's errors come out as peewee's, so `reading` knows them."""
    with peewee.__exception_wrapper__:  # pyright: ignore[reportAttributeAccessIssue] - what peewee itself uses
        database.connection().executemany(statement, rows)


def insert_rows(
    table: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    alike: Mapping[str, Any] | None = None,
    conflict: str = "FAIL",
) -> None:
    """Insert rows, PACKED of them by one statement: to begin and end one costs as much as a row (measured).

    `alike` are the values of the columns that are the same in all rows: they are bound once a statement. The
    transaction takes back what fails; ABORT would copy every page a row touches, for the trail's trigger.
    """
    alike = alike or {}
    names = ", ".join(f'"{column}"' for column in (*alike, *columns))
    packed = len(rows) - len(rows) % PACKED
    for part, size in ((rows[:packed], PACKED), (rows[packed:], 1)):
        if not part:
            continue
        marks = ", ".join(_marks(len(alike), len(columns), turn) for turn in range(size))
        packs = (
            [*alike.values(), *chain.from_iterable(part[at : at + size])] for at in range(0, len(part), size)
        )
        write_rows(f'INSERT OR {conflict} INTO "{table}" ({names}) VALUES {marks}', packs)


@functools.cache
def _marks(alike: int, own: int, turn: int) -> str:
    """Return the marks of one row of a statement: those that all its rows share, then its own."""
    first = alike + turn * own
    return f"({', '.join(f'?{number + 1}' for number in (*range(alike), *range(first, first + own)))})"


def now() -> str:
    """Return the present local time, to the second, with its offset."""
    return _shown_second(int(time.time()))


@functools.lru_cache(maxsize=4)
def _shown_second(second: int) -> str:
    return datetime.datetime.fromtimestamp(second).astimezone().isoformat()


class Record(peewee.Model):
    """A row the office keeps: travelling key, revision for optimistic locking, soft deletion."""

    kind: ClassVar[str] = ""
    label: ClassVar[str] = ""
    searchable: ClassVar[bool] = False
    counted_by: ClassVar[tuple[str, ...]] = ()
    """Columns of numbers written without leading zeros, which sort by their length first (9号 before 10号)."""
    key_mark: ClassVar[str] = ""
    """What the search keys of this record begin with, where another kind has keys in the same table."""
    text_columns: ClassVar[tuple[str, ...]] = ()
    """The columns in which any part of a text is looked for (records/fulltext.py); none where that isn't done."""
    text_person: ClassVar[str] = ""
    """The link to a person by whose reading a record with texts is found too."""

    spelled_by: ClassVar[str] = ""
    """The name of a record of a small table that is also found by its pinyin and initials."""
    named_by: ClassVar[tuple[str, ...]] = ()
    """The links by whose names a record of a small table is found too."""

    id = Key(primary_key=True, default=new_id)
    revision = peewee.IntegerField(default=1)
    created_at = peewee.TextField(default=now)
    changed_at = peewee.TextField(default=now)
    deleted_at = peewee.TextField(null=True)
    deleted_because = peewee.TextField(default="")

    class Meta:
        database = database
        legacy_table_names = False

    def __str__(self) -> str:
        return self.caption()

    @classmethod
    def holding(cls, values: Mapping[str, Any]) -> Self:
        """Return a new record with values that its kinds have checked, a link as the other's key."""
        return cls.holding_each([values])[0]

    @classmethod
    def holding_each(cls, several: Sequence[Mapping[str, Any]]) -> list[Self]:
        """Return new records with values that their kinds have checked; their keys rise in this order."""
        made = []
        for held in cls.held_each(several):
            record = cls(__no_default__=True)
            record.__data__ = held
            made.append(record)
        return made

    @classmethod
    def held_each(cls, several: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Return all that new records with such values hold, a link as the other's key."""
        at = now()
        defaults = {**_defaults(cls), "created_at": at, "changed_at": at}
        return [
            {**defaults, **values, "id": key}
            for values, key in zip(several, new_ids(len(several)), strict=True)
        ]

    def caption(self) -> str:
        """Return the words that name this record in a list or a question."""
        return self.id.hex()[:8]

    @classmethod
    def called(cls, words: str) -> list[Self]:
        """Return the live records with this caption, for kinds whose caption is made of others'; else none."""
        del words
        return []

    def told_apart(self) -> str:
        """Return the title with what tells namesakes apart."""
        return self.caption()

    def faults(self) -> list[UserError]:
        """Return every fault of this record, field by field, then across fields."""
        found: list[UserError] = []
        for kind in kinds_of(type(self)):
            try:
                kind.check(self.__data__.get(kind.name))
            except UserError as fault:
                found.append(fault)
        return found or self.faults_across()

    def faults_across(self) -> list[UserError]:
        """Return the faults that only several fields together show."""
        return []

    def likenesses(self) -> list[tuple[str, ...]]:
        """Return what makes another record the same one: (reason in Chinese, value, …), strongest first."""
        return [("名称相同", self.caption())] if self.caption() else []

    def texts(self) -> list[str]:
        """Return the texts that are looked through."""
        return [self.__data__.get(name) or "" for name in self.text_columns]

    def search_keys(self) -> set[str]:
        """Return the search keys of this record (see records/search.py)."""
        return set()

    def prepare(self) -> None:
        """Fill what is derived from other fields, before the record is written."""


@functools.cache
def _defaults(model: type[Record]) -> dict[str, Any]:
    """Return the values a new record starts with, but for those that each makes anew (its key, its times)."""
    return {
        field.name: None if callable(field.default) else field.default
        for field in meta_of(model).sorted_fields
    }


def parts_of(model: type[Part], link: str, whole: Record) -> list[Part]:
    """Return the live rows of `model` that belong to a record through the field `link`, in their order."""
    fields: Any = model
    order = [fields.position] if hasattr(model, "position") else []
    with reading():
        return list(
            model.select()
            .where((getattr(fields, link) == whole) & model.deleted_at.is_null())
            .order_by(*order, model.created_at, model.id)
        )


def meta_of(model: type[peewee.Model]) -> Any:
    """Return what peewee knows of a table: table_name, columns, fields, sorted_fields."""
    return cast("Any", model)._meta  # noqa: SLF001 - peewee's public-by-custom name


@functools.cache
def kinds_of(model: type[Record]) -> list[Kind]:
    """Return the kinds of a record in the order declared (columns without a label are the program's own)."""
    fields = meta_of(model).sorted_fields
    return [field for field in fields if isinstance(field, Kind) and hasattr(field, "label")]


def has_masked(model: type[Record]) -> bool:
    """Say whether a record has numbers that lists and papers show masked."""
    return any(kind.masked for kind in kinds_of(model))


def show(record: Record, kind: Kind) -> str:
    """Return the text of one field of a record."""
    return kind.show(getattr(record, kind.name))


def plain(record: Record) -> dict[str, Any]:
    """Return a record as JSON holds it: every field by its id, plus id, revision and version.

    `version` is the revision under its older name; a kind with a field `version` of its own (form) shows that.
    """
    values = {kind.name: kind.plain(getattr(record, kind.name)) for kind in kinds_of(type(record))}
    own = {"id": record.id.hex(), "version": record.revision, "revision": record.revision}
    return own | values
