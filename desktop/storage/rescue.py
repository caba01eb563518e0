"""Rescue: what a damaged office file still holds goes into a new one, with a report of what is lost.

The damaged file and its log are only read. The new file is built under a temporary name, brought to this version's
schema, checked like a backup, and only then named. Search keys, text indexes, tallies and the chain over the trail
are made anew, since they follow from the rows.
"""

from __future__ import annotations

import datetime
import os
import shutil
import tempfile
from pathlib import Path

from desktop.errors import UserError
from desktop.files import folder_for, is_there, sync_folder, trouble, written
from desktop.records import chain, visit_tally
from desktop.records.base import now
from desktop.records.catalogue import records
from desktop.records.kinds import new_id
from desktop.records.papers import Watch
from desktop.records.rescued import Lost, Rescued
from desktop.storage import backup, gate, key_file, keyring, pages, schema, upgrading
from desktop.storage.database import APPLICATION_ID, OfficeDatabase
from desktop.storage.losses import losses
from desktop.storage.salvage import Salvage, salvaged
from desktop.storage.salvage_locked import salvaged_locked
from desktop.storage.vault import Vault

ORPHAN = "所属的记录丢失了"
PART = 500


def rescue(path: Path, out: Path, watch: Watch | None = None) -> Rescued:
    """Take what can be read of the damaged file at `path` into a new office file at `out`.

    Raises UserError where `out` is taken, TroubleError where nothing can be read or written; what `watch` raises
    stops it, and nothing is left behind then. What comes of a file with a password has the same one.
    """
    if is_there(out):
        raise UserError(f"“{out}”已经存在，不会覆盖它；请换一个文件名", field="out")
    if not is_there(path) or not path.is_file():
        raise UserError(f"找不到文件“{path}”，请检查位置和文件名", field="file")
    key = keyring.key_of(path)
    folder_for(out.parent)
    try:
        folder = Path(tempfile.mkdtemp(prefix=".rescue-", dir=out.parent))
    except OSError as cause:
        raise trouble(out, cause, "写入") from cause
    try:
        found = salvaged_locked(path, folder, key, watch) if key else salvaged(pages.image_of(path), watch)
        built = folder / out.name
        lost, loosened = _built(built, found, watch, key)
        counts = backup.verified(built, watch=watch)
        with built.open("rb+") as file:
            os.fsync(file.fileno())
        built.chmod(0o600)
        report = backup.free_name(out.with_name(f"{out.stem}-抢救报告.txt"))
        unread = sum(found.unread.values())
        unsure = bool(lost or unread or found.lost_pages)
        done = Rescued(out, report, counts, tuple(lost), unread, loosened, unsure)
        _write_report(path, done, found)
        built.replace(out)
        sync_folder(out.parent)
        key_file.carry(path, out)
    except OSError as cause:
        raise trouble(out, cause, "写入") from cause
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return done


def _built(
    target: Path, found: Salvage, watch: Watch | None, key: keyring.DataKey | None
) -> tuple[list[Lost], int]:
    """Build a whole office file of this version from the rows; returns what is lost and how many links are."""
    file = OfficeDatabase(target, mode="rwc", key=key)
    try:
        file.execute_sql("PRAGMA journal_mode = delete")  # nobody else sees it, and a crash removes it whole
        file.execute_sql("PRAGMA synchronous = off")
        file.execute_sql("PRAGMA foreign_keys = 0")
        with file.atomic():
            parts = schema.own_parts(schema.frozen(found.version))
            _make(file, [sql for sort, _, sql in parts if sort in ("table", "index")])
            doubled = _fill(file, found, watch)
            orphans, loosened = _tied(file)
            file.execute_sql("INSERT INTO present (id, change) VALUES (1, NULL)")
            file.execute_sql(
                'UPDATE "change" SET undone_by = NULL WHERE undone_by NOT IN (SELECT id FROM "change")'
            )
            file.execute_sql(
                'INSERT INTO "change" (id, at, who, "action", batch, since) '
                "VALUES (?, ?, '', '从损坏的文件抢救', '', (SELECT coalesce(max(sequence), 0) FROM trail))",
                (new_id(), now()),
            )
            if found.version == schema.VERSION:
                file.execute_sql(
                    'INSERT INTO visit_tally(staff, day, "before", times) SELECT staff_id, visited_on, before, count(*) '
                    f"FROM ({visit_tally.ALL}) GROUP BY 1, 2, 3"
                )
                chain.seal_all(file)
            _make(file, [sql for sort, _, sql in parts if sort not in ("table", "index")])
            lost = losses(file, orphans | doubled)
        file.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        file.execute_sql(f"PRAGMA user_version = {found.version}")
        if found.version < schema.VERSION:
            upgrading.upgrade(file)
        upgrading.find_all_anew(file)
        gate.verify(file, target, thorough=True)
    finally:
        file.close()
    return lost, loosened


def _make(file: OfficeDatabase, statements: list[str]) -> None:
    for statement in statements:
        file.execute_sql(statement)


def _fill(file: OfficeDatabase, found: Salvage, watch: Watch | None) -> dict[tuple[str, bytes], str]:
    """Insert the rows; returns those that the file holds twice, as (table, key) with the reason they are left out."""
    left: dict[tuple[str, bytes], str] = {}
    cleared = set(found.rows.get("purged", ()))
    for turn, (table, rows) in enumerate(found.rows.items()):
        if watch:
            watch(turn, len(found.rows))
        names = ", ".join(f'"{name}"' for name, _, _ in found.shapes[table].columns)
        marks = ", ".join("?" * len(found.shapes[table].columns))
        in_order = sorted(rows.items(), key=lambda entry: entry[1][0])
        kept = [row for key, (_, row) in in_order if key not in cleared or table == "purged"]
        insert = f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({marks})'
        for start in range(0, len(kept), PART):
            file.connection().executemany(insert, kept[start : start + PART])
        if found.shapes[table].keyed:
            there = {bytes(row[0]) for row in file.execute_sql(f'SELECT id FROM "{table}"').fetchall()}
            left |= {
                (table, row[0]): "与另一条重复"
                for row in kept
                if isinstance(row[0], bytes) and row[0] not in there
            }
    return left


def _tied(file: OfficeDatabase) -> tuple[dict[tuple[str, bytes], str], int]:
    """Let no link lead to what is lost: an optional one is emptied, else its record goes, and what hangs on that."""
    gone: dict[tuple[str, bytes], str] = {}
    loosened = 0
    while dangling := file.execute_sql("PRAGMA foreign_key_check").fetchall():
        for table, rowid, _, link in dangling:
            links = file.execute_sql(f'PRAGMA foreign_key_list("{table}")').fetchall()
            column = next(row[3] for row in links if row[0] == link)
            info = file.execute_sql(f'PRAGMA table_info("{table}")').fetchall()
            if next(row[3] for row in info if row[1] == column):
                key = file.execute_sql(f'SELECT id FROM "{table}" WHERE rowid = ?', (rowid,)).fetchone()
                if key:
                    gone[table, bytes(key[0])] = ORPHAN
                file.execute_sql(f'DELETE FROM "{table}" WHERE rowid = ?', (rowid,))
            else:
                file.execute_sql(f'UPDATE "{table}" SET "{column}" = NULL WHERE rowid = ?', (rowid,))
                loosened += 1
    return gone, loosened


def _compared(path: Path, done: Rescued, labels: dict[str, str]) -> list[str]:
    """Return what the newest backup of the damaged file has more of, which the trail may not tell any more."""
    newest = Vault(path).newest()
    if newest is None:
        return []
    more = [
        f"{labels[kind]} {count - done.counts[kind]}"
        for kind, count in newest.counts.items()
        if kind in labels and count > done.counts.get(kind, 0)
    ]
    told = f"其中比救出的多：{'、'.join(more)}" if more else "各类记录都不比救出的多"
    return ["", f"最近的备份是 {newest.made_at:%Y-%m-%d %H:%M} 的“{newest.path.name}”，{told}。"]


def _write_report(path: Path, done: Rescued, found: Salvage) -> None:
    labels = {record.kind: record.label for record in records()}
    lines = [
        "抢救报告",
        f"损坏的文件：{path}（没有改动它，请留作备查）",
        f"抢救到：{done.file}",
        f"时间：{datetime.datetime.now():%Y-%m-%d %H:%M}",
        "",
        f"救出 {done.total} 条记录：",
        *(f"  {labels[kind]} {count}" for kind, count in done.counts.items() if count),
        "",
        f"已知丢失 {len(done.lost)} 条记录{'：' if done.lost else '。'}",
        *(f"  {lost.kind}：{lost.what}（{lost.why}）" for lost in done.lost),
    ]
    if done.unread:
        lines += ["", f"文件里另有 {done.unread} 行读不出来，其中有些就是上面丢失的。"]
    if found.blanked:
        lines += ["", f"有 {found.blanked} 处日期读不出来而留空（记录本身还在）。"]
    if done.loosened:
        lines += ["", f"有 {done.loosened} 处联系因为对方丢失而留空（记录本身还在）。"]
    if done.unsure:
        lines += ["", "修改记录（留痕）可能也不全，所以可能还有没列出的。请和最近的备份、纸面材料核对。"]
    lines += _compared(path, done, labels)
    with written(done.report) as temporary:
        temporary.write_text("\n".join(lines) + "\n", encoding="utf-8")
        temporary.chmod(0o600)
