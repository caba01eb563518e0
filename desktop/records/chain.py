"""The chain over the trail: each change is sealed with all its rows and the seal before it, at its commit.

A link's hash is SHA-256 over the hash before it, the change (key, when, who, what, batch) and every row of the trail
since the link before it. So a row that is changed, removed, put in or moved breaks the chain at its place, and the
place is named. How far the chain goes stands apart from it, in the one row of `present`: a chain whose end was cut off is
told too. Only a lawful purge may touch what is sealed: it seals anew what follows and says so by a change.
It guards against careless and hidden edits, not against somebody who reckons all of it anew: for that the
file takes a password.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import peewee

from desktop.records.kinds import Key
from desktop.records.trail import UNDOING, Local

START = b"\0" * 32
"""What the first link follows."""
END = (float("inf"), "")
"""What follows the last row of the trail."""
PART = 5_000
"""Rows of the trail that are hashed at once."""
ROW = (
    "concat_ws(',', sequence, quote(\"change\"), quote(place), quote(row), quote(did), octet_length(before), "
    "quote(before), char(10))"
)
"""A row of the trail as it is hashed, each value quoted; with the length, since a quoted text ends at a NUL."""
SAID = "quote(c.id) || hex(c.at) || ',' || hex(c.who) || ',' || hex(c.action) || ',' || hex(c.batch) || ',' || c.since"
"""A change as it is hashed: all but whether it was taken back later."""
KEPT = "修改记录不能改动；只有彻底删除可以清除其中的内容"


class ChainLink(Local):
    """One sealed change: the rows of the trail after `since` up to `upto`, and the hash over all that came before."""

    number = peewee.AutoField()
    change = Key()
    since = peewee.IntegerField()
    upto = peewee.IntegerField()
    hash = peewee.BlobField()


@dataclass(frozen=True, slots=True)
class Broken:
    """Where the chain doesn't hold: the sentence that tells it, and the number of the change (0: at its end)."""

    number: int
    told: str


def guards() -> list[str]:
    """Return the CREATE TRIGGER statements that keep the trail, and what left, as they are, but for a purge."""
    unless = "WHEN (SELECT purging FROM present) IS NULL"
    stop = f"{unless} BEGIN SELECT RAISE(ABORT, '{KEPT}'); END"
    of_change = 'id, at, who, "action", batch, since'
    return [
        *(
            f'CREATE TRIGGER kept_{table}_{verb.lower()} BEFORE {verb} ON "{table}" {stop}'
            for table in ("trail", "chain_link", "disclosure")
            for verb in ("UPDATE", "DELETE")
        ),
        f'CREATE TRIGGER kept_change_update BEFORE UPDATE OF {of_change} ON "change" {stop}',
        f'CREATE TRIGGER kept_change_delete BEFORE DELETE ON "change" {stop}',
    ]


def seal(file: Any, key: bytes) -> None:
    """Seal the change with this key and the rows it wrote, inside its transaction; nothing is under way after it."""
    number, head, since, upto, said = file.execute_sql(
        "SELECT coalesce(p.number, 0), p.head, coalesce(l.upto, 0), (SELECT coalesce(max(sequence), 0) FROM trail), "
        f'{SAID} FROM present AS p LEFT JOIN chain_link AS l ON l.number = p.number, "change" AS c WHERE c.id = ?',
        (key,),
    ).fetchone()
    digest = hashlib.sha256(bytes(head or START) + said.encode())
    for start in range(since, upto, PART):
        digest.update(_rows(file, start, min(start + PART, upto)).encode())
    link = (number + 1, key, since, upto, digest.digest())
    file.execute_sql(
        'INSERT INTO chain_link (number, "change", since, upto, hash) VALUES (?, ?, ?, ?, ?)', link
    )
    file.execute_sql('UPDATE present SET "change" = NULL, number = ?, head = ?', (link[0], link[-1]))


def _rows(file: Any, since: int, upto: int) -> str:
    """Return the rows of the trail after `since` up to `upto` as they are hashed."""
    return file.execute_sql(
        f"SELECT coalesce(group_concat(line, ''), '') FROM (SELECT {ROW} AS line FROM trail "
        "WHERE sequence > ? AND sequence <= ? ORDER BY sequence)",
        (since, upto),
    ).fetchone()[0]


def seal_all(file: Any) -> None:
    """Seal every change of a file that has no chain yet, the oldest first."""
    changes = file.execute_sql('SELECT id, since FROM "change" ORDER BY rowid').fetchall()
    last = file.execute_sql("SELECT coalesce(max(sequence), 0) FROM trail").fetchone()[0]
    bounds = [since for _, since in changes[1:]] + [last]
    # what was written before the first change, and by no change, goes with the one that follows it
    rows, since = [], 0
    for number, ((key, _), upto) in enumerate(zip(changes, bounds, strict=True), start=1):
        rows.append((number, key, since, max(since, upto), b""))
        since = max(since, upto)
    file.connection().executemany(
        'INSERT INTO chain_link (number, "change", since, upto, hash) VALUES (?, ?, ?, ?, ?)', rows
    )
    file.execute_sql("UPDATE present SET purging = 1")
    relink(file)
    file.execute_sql("UPDATE present SET purging = NULL")


def relink(file: Any, number: int = 1) -> None:
    """Seal anew from a link on, after a purge; guards must be down, and the chain have been sound before."""
    links = [(link, found) for link, found, _ in _reckoned(file, number, anew=True)]
    if links:
        write = "UPDATE chain_link SET hash = ? WHERE number = ?"
        file.connection().executemany(write, [(found, link[0]) for link, found in links])
        last, head = links[-1][0][0], links[-1][1]
        file.execute_sql("UPDATE present SET number = ?, head = ?", (last, head))


def _reckoned(
    file: Any, number: int = 1, *, anew: bool = False
) -> Iterator[tuple[tuple[Any, ...], bytes, bool]]:
    """Yield links from `number` on with the hash they should have, and whether their places fit.

    Each is reckoned from the hash that the link before it has, so that one fault doesn't hide where the next one
    is; `anew` from the one it should have.
    """
    before = file.execute_sql("SELECT hash, upto FROM chain_link WHERE number = ?", (number - 1,)).fetchone()
    head, reached = (bytes(before[0]), before[1]) if before else (START, 0)
    links = file.execute_sql(
        f'SELECT l.number, l.hash, l.since, l.upto, {SAID}, c.at, c.who, c."action" FROM chain_link AS l '
        'LEFT JOIN "change" AS c ON c.id = l."change" WHERE l.number >= ? ORDER BY l.number',
        (number,),
    )
    # one walk along the trail beside that along the links: a statement a link would take twice as long
    rows = iter(
        file.execute_sql(
            f"SELECT sequence, {ROW} FROM trail WHERE sequence > ? ORDER BY sequence", (reached,)
        )
    )
    sequence, line = next(rows, END)
    for turn, link in enumerate(links, start=number):
        said, since, upto = link[4] or "", link[2], link[3]
        digest = hashlib.sha256(head + said.encode())
        while sequence <= upto:
            digest.update(line.encode())
            sequence, line = next(rows, END)
        fits = link[0] == turn and since == reached and upto >= since and link[4] is not None
        reached = upto
        yield link, (found := digest.digest()), fits
        head = found if anew else bytes(link[1])


def broken(file: Any, last: int = 0) -> Broken | None:
    """Return the first place where the chain doesn't hold, or among its `last` links; None for a sound one."""
    links, reached, head = 0, 0, None
    if last:
        links = max(
            file.execute_sql("SELECT coalesce(max(number), 0) FROM chain_link").fetchone()[0] - last, 0
        )
    for link, found, fits in _reckoned(file, links + 1):
        if not fits or found != bytes(link[1]):
            return Broken(links + 1, _told(links + 1, link))
        links, reached, head = links + 1, link[3], found
    present = file.execute_sql("SELECT coalesce(number, 0), head FROM present").fetchall()
    number, kept = present[0] if len(present) == 1 else (0, None)
    if number > links or (number == links and kept is not None and links and bytes(kept) != head):
        return Broken(0, f"修改记录的末尾缺了 {max(number - links, 1)} 次改动")
    if number < links:
        return Broken(0, f"修改记录的末尾多出 {links - number} 次改动，不是程序写的")
    return _beyond(file, reached)


def _told(number: int, link: tuple[Any, ...]) -> str:
    at, who, action = link[5:8]
    if action is None:
        return f"修改记录第 {number} 次改动不见了"
    by = f" {who}" if who else ""
    return (
        f"修改记录从第 {number} 次改动（{at[:16].replace('T', ' ')}{by}“{action[:60]}”）起对不上，有人动过它"
    )


def _beyond(file: Any, reached: int) -> Broken | None:
    """Return what lies outside the chain: rows and changes that were never sealed."""
    asked = (
        ("SELECT count(*) FROM trail WHERE sequence > ?", (reached,), "修改记录的末尾有 {} 行不是程序写的"),
        (
            'SELECT count(*) FROM "change" WHERE id NOT IN (SELECT "change" FROM chain_link)',
            (),
            "有 {} 次改动不在修改记录的链上",
        ),
        (
            'SELECT count(*) FROM "change" WHERE undone_by IS NOT NULL AND undone_by NOT IN '
            '(SELECT id FROM "change" WHERE "action" LIKE ?)',
            (f"{UNDOING}%",),
            "有 {} 次改动被标成撤销过，却没有撤销它的改动",
        ),
    )
    for sql, values, told in asked:
        if count := file.execute_sql(sql, values).fetchone()[0]:
            return Broken(0, told.format(count))
    return None
