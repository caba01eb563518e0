"""彻底删除: what a record said is taken out of the file, wherever it was kept: row, trail, search, prints, drafts.

A row that others refer to stays as an empty one, so that figures and links hold; any other goes. The trail keeps that
and when something was done, without what was said; its chain is sealed anew from the first place touched. What
SQLite frees is overwritten (secure_delete), and the file is then written anew (VACUUM), with its log emptied.
"""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Iterable, Sequence

from desktop.errors import TroubleError
from desktop.records import chain, removed, storing, undoing
from desktop.records.base import Record, database, kinds_of, meta_of, now, reading, write_rows
from desktop.records.catalogue import records
from desktop.records.kinds import Choice, Day, Flag, IdCard, Link, Listed, Name, Phone, Prose, Text, Whole
from desktop.records.quoting import CLEARED, SAID, Past, clear_past, cleared
from desktop.records.register import PrintedContent, PrintJob

COUNTED = ("invitation", "visit", "ticket", "pairing", "condolence", "publication")
"""Parts that figures count: they stay as empty rows."""
WAITS = (0, 0.2, 1)
"""Seconds before each try to write the file anew: a list of the window that is being read is read by then."""
SHORTEST, SENTENCE = 2, 6
"""Characters of a name, and of a line of prose, from which it is looked for elsewhere: shorter ones stand everywhere."""


def family_of(whole: Iterable[Record]) -> dict[bytes, Record]:
    """Return records and all their parts by their keys."""
    return {row.id: row for record in whole for row in (*removed.parts_of(record), record)}


def purge(whole: Sequence[Record]) -> Past:
    """Clear records and their parts inside the change under way, and return what was cleared in the past of others.

    `refuse_unsound` goes before that change.
    """
    family = family_of(whole)
    said = spoken(family.values())
    captions = [row.caption() for row in family.values() if len(row.caption()) >= SHORTEST]
    database.execute_sql("UPDATE present SET purging = 1")
    _clear_rows(family, {record.id for record in whole})
    first = _clear_trail(list(family), said, sorted(captions, key=len, reverse=True))
    past = clear_past(list(family), said)
    first = min(first, _link_of(past.touched))
    _clear_prints(set(family), said)
    _clear_drafts(list(family), said)
    _clear_words(said)
    _clear_indexes()
    write_rows(
        "INSERT OR IGNORE INTO purged (record, kind, at) VALUES (?, ?, ?)",
        [(row.id, row.kind, now()) for row in family.values()],
    )
    chain.relink(database, first)
    database.execute_sql("UPDATE present SET purging = NULL")
    return past


def _link_of(touched: Sequence[int]) -> int:
    """Return the number of the first link that seals one of these rows of the trail, beyond the last one for none."""
    return database.execute_sql(
        "SELECT coalesce(min(number), (SELECT coalesce(max(number), 0) + 1 FROM chain_link)) FROM chain_link "
        "WHERE upto >= ?",
        (min(touched, default=1 << 62),),
    ).fetchone()[0]


def refuse_unsound() -> None:
    """Raise TroubleError where the trail isn't sound: to seal it anew would hide what was done to it."""
    with reading():
        if fault := chain.broken(database):
            raise TroubleError(f"{fault.told}；为免掩盖，没有彻底删除任何内容，请先查明")


def spoken(rows: Iterable[Record]) -> list[str]:
    """Return what rows say of somebody, as it may stand elsewhere too: names, numbers, addresses, lines of prose."""
    found: set[str] = set()
    for row in rows:
        for kind in kinds_of(type(row)):
            value = str(getattr(row, kind.name) or "")
            if isinstance(kind, Name | Phone | IdCard) or kind.name == "address":
                found.update(part for part in (value, *value.split("、")) if len(part) >= SHORTEST)
            elif isinstance(kind, Prose):
                found.update(line for line in (value, *value.splitlines()) if len(line) >= SENTENCE)
    return sorted(found, key=len, reverse=True)


def _clear_rows(family: dict[bytes, Record], whole: set[bytes]) -> None:
    """Empty the rows that others refer to or figures count, and what those are part of; take the others out."""
    stays = {
        key
        for key, row in family.items()
        if (key not in whole and row.kind in COUNTED) or removed.referring(row, besides=family)
    }
    while more := {key for held in stays for key in _linked(family[held])} & family.keys() - stays:
        stays |= more
    for key, row in family.items():
        if key in stays:
            _empty(row)
        else:
            undoing.remove_rows(type(row), [key])


def _linked(row: Record) -> list[bytes]:
    return [
        row.__data__[kind.name]
        for kind in kinds_of(type(row))
        if isinstance(kind, Link) and row.__data__[kind.name]
    ]


def _empty(row: Record) -> None:
    for kind in kinds_of(type(row)):
        keeps = isinstance(kind, Link | Whole | Flag | Choice) or kind.name in ("number", "state")
        if keeps or (isinstance(kind, Day) and (kind.required or row.kind in COUNTED)):
            continue
        if isinstance(kind, Text):
            setattr(row, kind.name, CLEARED if kind.required and not isinstance(kind, Listed) else "")
        else:
            setattr(row, kind.name, None)
    if row.deleted_at:
        row.deleted_because = CLEARED
    storing.update_all([row])


def _clear_trail(keys: list[bytes], said: Sequence[str], captions: Sequence[str]) -> int:
    """Take out what the trail kept of some rows, and their names wherever a change tells them.

    Returns the number of the first link whose rows or change were touched.
    """
    several = json.dumps([key.hex() for key in keys])
    own = "row IN (SELECT unhex(value) FROM json_each(?))"
    of_them = database.execute_sql(
        f'SELECT DISTINCT c.id, c."action" FROM trail AS t JOIN "change" AS c ON c.id = t."change" WHERE {own}',
        (several,),
    ).fetchall()
    of_others = database.execute_sql(
        f'{SAID} SELECT id, "action" FROM "change" WHERE EXISTS (SELECT 1 FROM said WHERE instr("action", sought))',
        (json.dumps(said),),
    ).fetchall()
    anew = {bytes(key): cleared(action, said) for key, action in of_others}
    anew |= {bytes(key): cleared(action, [*said, *captions]) for key, action in of_them}
    first = database.execute_sql(
        f"SELECT coalesce(min(number), 1) FROM chain_link WHERE upto >= (SELECT min(sequence) FROM trail WHERE {own}) "
        'OR "change" IN (SELECT unhex(value) FROM json_each(?))',
        (several, json.dumps([key.hex() for key in anew])),
    ).fetchone()[0]
    database.execute_sql(f"UPDATE trail SET before = NULL WHERE before IS NOT NULL AND {own}", (several,))
    write_rows('UPDATE "change" SET "action" = ? WHERE id = ?', [(text, key) for key, text in anew.items()])
    return first


def _clear_prints(keys: set[bytes], said: Sequence[str]) -> None:
    """Take out what papers were drawn from that are for what was cleared, or say it; they can't be printed again."""
    marks = [json.dumps(value)[1:-1] for value in said]
    gone = {job.content for job in PrintJob.select() if keys.intersection(job.keys)}
    for row in PrintedContent.select().iterator():
        text = zlib.decompress(bytes(row.packed)).decode()
        if any(mark in text for mark in marks):
            gone.add(row.hash)
    write_rows("DELETE FROM printed_content WHERE hash = ?", [(name,) for name in gone])


def _clear_drafts(keys: list[bytes], said: Sequence[str]) -> None:
    """Take out drafts of what was cleared, and those that say it."""
    write_rows("DELETE FROM kept_draft WHERE record = ?", [(key,) for key in keys])
    marks = [
        json.dumps(value, ensure_ascii=ascii_only)[1:-1] for value in said for ascii_only in (True, False)
    ]
    write_rows(
        "DELETE FROM kept_draft WHERE instr(texts, ?) OR instr(title, ?)", [(mark, mark) for mark in marks]
    )


def _clear_words(said: Sequence[str]) -> None:
    """Take names out of the notes of prints, numbers and what left."""
    places = (
        ("print_job", "target"),
        ("print_job", "asked"),
        ("disclosure", "whereto"),
        ("register_entry", "void_because"),
    )
    for table, column in places:
        for value in said:
            shown = json.dumps(value, ensure_ascii=False)[1:-1]
            database.execute_sql(
                f'UPDATE "{table}" SET "{column}" = replace("{column}", ?, ?) WHERE instr("{column}", ?)',
                (shown, CLEARED, shown),
            )


def _clear_indexes() -> None:
    """Let the text indexes forget for good: until their parts are merged, what was dropped stands in them.

    All of them, since texts of other kinds are found by the names of those they are about.
    """
    for model in records():
        if model.text_columns:
            name = meta_of(model).table_name
            database.execute_sql(f'INSERT INTO "{name}_text" ("{name}_text") VALUES (\'optimize\')')


def write_anew() -> bool:
    """Write the whole file anew, so that nothing cleared is left in its free room; False where another window reads.

    What was cleared is overwritten by then; its log, which has it still, is emptied when the last window closes.
    """
    for wait in WAITS:
        time.sleep(wait)
        try:
            with reading():
                database.execute_sql("VACUUM")
                if not database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                    return True
        except (
            TroubleError
        ):  # what was cleared is committed; a full disk or a reader only keeps the file as long
            continue
    return False
