"""The rows that can still be read from a damaged office file, by table.

First by the trees as the schema names them; then every leaf that no tree leads to any more, told by the shape of its
rows: how many values, of which types, and to which records they point.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from desktop.errors import TroubleError
from desktop.records.papers import Watch
from desktop.storage import pages, schema
from desktop.storage.database import OfficeDatabase
from desktop.storage.pages import Broken, Image, Value

TYPES: dict[str, tuple[type, ...]] = {
    "TEXT": (str,), "DATE": (str,), "BLOB": (bytes,), "INTEGER": (int,), "REAL": (float, int),
}  # fmt: skip
KEY = 16
"""Bytes of a record's key."""
PART = 64
"""Pages read between two looks at whether to stop."""
Row = list[Value]


@dataclass(frozen=True, slots=True)
class Shape:
    """What the rows of a table look like: columns as (name, type, required), links as (place, table)."""

    table: str
    columns: tuple[tuple[str, str, bool], ...]
    links: tuple[tuple[int, str], ...]
    rowid: int | None
    """The place of the column that is the row's own number; its value isn't kept in the record."""
    keyed: bool
    """Whether the first column is a record's key."""

    def fits(self, row: Row) -> bool:
        """Say whether a row can be one of this table."""
        if len(row) != len(self.columns) or (self.keyed and not _is_key(row[0])):
            return False
        if any(row[place] is not None and not _is_key(row[place]) for place, _ in self.links):
            return False
        return all(
            (place == self.rowid or not required)
            if value is None
            else isinstance(value, TYPES.get(sort, (int, float, str, bytes)))
            for place, (value, (_, sort, required)) in enumerate(zip(row, self.columns, strict=True))
        )


@dataclass(slots=True)
class Salvage:
    """What was read: by table and key each row with its rowid; how much could not be."""

    version: int
    shapes: dict[str, Shape]
    rows: dict[str, dict[Value, tuple[int, Row]]] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)
    """Rows that can't be read, by table ('' for unknown); beside them days left empty, and pages that are lost."""
    blanked: int = 0
    lost_pages: int = 0


def salvaged(image: Image, watch: Watch | None = None) -> Salvage:
    """Read all rows that can be read; raises TroubleError where nothing of an office is in the file."""
    reader = _Reader(image, watch)
    roots, statements = reader.schema()
    found = begun(statements)
    reader.follow(found, roots)
    reader.gather(found)
    if not any(found.rows.values()):
        raise TroubleError("文件里没有读出任何记录：它不是本程序的数据文件，或已全部损坏")
    return found


def begun(statements: set[str]) -> Salvage:
    """Return an empty salvage for a file of the version that has most of these statements in its schema."""
    version = max(range(1, schema.VERSION + 1), key=lambda known: (len(_overlap(known, statements)), known))
    return Salvage(version, shapes_of(version))


def _overlap(version: int, statements: set[str]) -> set[str]:
    return {sql for _, _, sql in schema.frozen(version)} & statements


def shapes_of(version: int) -> dict[str, Shape]:
    """Return the shapes of the tables of a version that hold rows of their own, not what is made from others."""
    memory = OfficeDatabase(":memory:", mode="rwc")
    try:
        parts = schema.own_parts(schema.frozen(version))
        names = {name for _, name, _ in parts}
        found = {}
        for sort, name, sql in parts:
            if sort == "table" and "WITHOUT ROWID" not in sql and not _is_made(name, sql, names):
                memory.execute_sql(sql)
                found[name] = _shape(memory, name)
        return found
    finally:
        memory.close()


def _is_made(name: str, sql: str, names: set[str]) -> bool:
    """Say whether a table holds only what is made from other tables: beside a text index lie its lines."""
    if name.endswith("_line") and f"{name.removesuffix('_line')}_text" in names:
        return True
    return sql.startswith("CREATE VIRTUAL") or name in ("present", "chain_link")


def _shape(memory: OfficeDatabase, table: str) -> Shape:
    info = memory.execute_sql(f'PRAGMA table_info("{table}")').fetchall()
    columns = tuple((row[1], row[2].upper(), bool(row[3])) for row in info)
    links = tuple(
        (next(place for place, column in enumerate(columns) if column[0] == row[3]), row[2])
        for row in memory.execute_sql(f'PRAGMA foreign_key_list("{table}")').fetchall()
    )
    own = next((row[0] for row in info if row[5] and row[2].upper() == "INTEGER"), None)
    return Shape(table, columns, links, own, bool(info[0][5]) and columns[0][:2] == ("id", "BLOB"))


def _is_day(value: Value) -> bool:
    try:
        return isinstance(value, str) and bool(datetime.date.fromisoformat(value))
    except ValueError:
        return False


def _is_key(value: Value) -> bool:
    return isinstance(value, bytes) and len(value) == KEY


class _Reader:
    """Reads an image once: which pages the trees lead to, and what lies on the others."""

    def __init__(self, image: Image, watch: Watch | None) -> None:
        self._image, self._watch = image, watch
        self._seen: set[int] = set()

    def schema(self) -> tuple[dict[str, int], set[str]]:
        """Return the root pages of tables, and the statements found, from wherever a part of the schema lies."""
        roots: dict[str, int] = {}
        statements: set[str] = set()
        for number in self._pages():
            if not self._is_leaf(number):
                continue
            for row in self._rows(number):
                if row is None or len(row[1]) != 5 or row[1][0] not in ("table", "index", "trigger", "view"):
                    break
                sort, name, _, root, sql = row[1]
                self._seen.add(number)
                if isinstance(sql, str):
                    statements.add(" ".join(sql.split()))
                if sort == "table" and isinstance(name, str) and isinstance(root, int):
                    roots[name] = root
        return roots, statements

    def follow(self, found: Salvage, roots: dict[str, int]) -> None:
        """Read the tables whose trees are known; all other trees are followed so that their leaves are known too."""
        for table, root in roots.items():
            shape = found.shapes.get(table)
            for number in self._leaves(root, found):
                for row in self._rows(number):
                    if shape is None:
                        continue
                    if row is None or not shape.fits(row[1]):
                        found.unread[table] = found.unread.get(table, 0) + 1
                    else:
                        keep_row(found, shape, *row)

    def _leaves(self, root: int, found: Salvage) -> Iterator[int]:
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if number in self._seen:
                continue
            try:
                page = self._image.page(number)
            except Broken:
                found.lost_pages += 1
                continue
            sort = pages.head_of(number, page)[0]
            if sort == pages.INTERIOR:
                self._seen.add(number)
                waiting += reversed(list(pages.children(number, page)))
            elif sort == pages.LEAF:
                self._seen.add(number)
                yield number
            elif sort not in (2, 10):  # those of an index are no part of a table
                found.lost_pages += 1

    def gather(self, found: Salvage) -> None:
        """Read the leaves that no tree leads to, where the shape of their rows tells the table."""
        leaves = (number for number in self._pages() if number not in self._seen and self._is_leaf(number))
        sort_out(found, ([row for row in self._rows(number) if row is not None] for number in leaves))

    def _pages(self) -> Iterator[int]:
        for number in range(1, self._image.count + 1):
            if self._watch and number % PART == 0:
                self._watch(number, self._image.count)
            yield number

    def _is_leaf(self, number: int) -> bool:
        sort, count, _ = pages.head_of(number, self._image.page(number))
        return sort == pages.LEAF and 0 < count < pages.SIZE // 4

    def _rows(self, number: int) -> Iterator[tuple[int, Row] | None]:
        try:
            yield from pages.rows_of(self._image, number)
        except Broken:
            return


def sort_out(found: Salvage, leaves: Iterable[list[tuple[int, Row]]]) -> None:
    """Keep the rows of leaves of which only the shape of their rows tells the table."""
    puzzling: list[list[tuple[int, Row]]] = []
    for rows in leaves:
        candidates = _candidates(found, rows) if rows else []
        if len(candidates) == 1:
            _take(found, candidates[0], rows)
        elif candidates:
            puzzling.append(rows)
    for rows in puzzling:  # by now the records are known to which they point
        told = [(_pointing(found, shape, rows), shape) for shape in _candidates(found, rows)]
        best = max(share for share, _ in told)
        if best and len(fitting := [shape for share, shape in told if share == best]) == 1:
            _take(found, fitting[0], rows)
        else:
            found.unread[""] = found.unread.get("", 0) + len(rows)


def _candidates(found: Salvage, rows: list[tuple[int, Row]]) -> list[Shape]:
    return [shape for shape in found.shapes.values() if all(shape.fits(row) for _, row in rows)]


def _take(found: Salvage, shape: Shape, rows: list[tuple[int, Row]]) -> None:
    for rowid, row in rows:
        keep_row(found, shape, rowid, row)


def keep_row(found: Salvage, shape: Shape, rowid: int, row: Row) -> None:
    """Keep a row; the first that is found of a key counts."""
    if shape.rowid is not None:
        row[shape.rowid] = rowid
    for place, (_, sort, required) in enumerate(shape.columns):
        if sort == "DATE" and row[place] is not None and not required and not _is_day(row[place]):
            row[place] = None
            found.blanked += 1
    key = row[0] if shape.keyed else rowid
    found.rows.setdefault(shape.table, {}).setdefault(key, (rowid, row))


def _pointing(found: Salvage, shape: Shape, rows: list[tuple[int, Row]]) -> float:
    """Return the share of links of some rows that lead to records of this shape's tables."""
    links = [(table, row[place]) for _, row in rows for place, table in shape.links if row[place] is not None]
    hits = sum(1 for table, key in links if key in found.rows.get(table, {}))
    return hits / len(links) if links else 0.0
