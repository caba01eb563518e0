"""Files of every released version become what a fresh file is, with every row, or stay as they were."""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.app import open_desk
from desktop.errors import TroubleError
from desktop.records.base import database
from desktop.records.representatives import Representative
from desktop.records.trail import Change
from desktop.storage import backup, checking, office, schema, upgrading
from desktop.storage.database import OfficeDatabase
from desktop.storage.steps import STEPS, Step

ROOT = Path(__file__).parent.parent.parent
RELEASED = ROOT / "tests" / "data" / "released"
FIRST = hashlib.sha256((ROOT / "resources" / "schema" / "1.json").read_bytes()).hexdigest()
KILLED = """
import os, sys
from pathlib import Path
from desktop.app import open_desk
from desktop.storage import office, upgrading
parts, wanted = [], int(sys.argv[2])
def by():
    parts.append(1)
    if len(parts) == wanted:
        os.kill(os.getpid(), 9)
whole = upgrading.upgrade
upgrading.upgrade = lambda file: whole(file, by=by)
open_desk(Path(sys.argv[1]))
"""


def made_by(version, target):
    target.write_bytes(lzma.decompress((RELEASED / f"{version}.openday.xz").read_bytes()))
    return target


@pytest.fixture(scope="module", params=list(schema.RELEASED.values()))
def old_bytes(request, tmp_path_factory):
    return made_by(request.param, tmp_path_factory.mktemp("released") / "office.openday").read_bytes()


@pytest.fixture
def old_file(old_bytes, office_file):
    office_file.write_bytes(old_bytes)
    yield office_file
    office.close()


def rows_of(path):
    """Every row of every table of records as plain values, by table and column."""
    file = OfficeDatabase(path, mode="immutable")
    found = {}
    for table in file.get_tables():
        if (
            table.startswith("sqlite_")
            or "_text_" in table
            or table.endswith("_text")
            or table == "search_key"
        ):
            continue
        names = [row[1] for row in file.execute_sql(f'PRAGMA table_info("{table}")').fetchall()]
        rows = file.execute_sql(f'SELECT * FROM "{table}"').fetchall()
        found[table] = [dict(zip(names, row, strict=True)) for row in rows]
    file.close()
    return found


def test_the_frozen_schema_is_that_of_a_fresh_file():
    """Where this fails before a release, `python -m desktop.storage.schema` writes it anew."""
    assert schema.frozen(schema.VERSION) == schema.fresh()


def test_what_was_released_is_never_written_again():
    assert FIRST == "88e1f9e8ac918a349b3ade72340f243702293d88313290b496e6e36476037a57"
    kept = {path.name.removesuffix(".openday.xz") for path in RELEASED.iterdir()}
    assert kept == set(schema.RELEASED.values())


def test_an_old_file_becomes_what_a_fresh_one_is_with_every_row(old_file):
    before = rows_of(old_file)
    desk = open_desk(old_file)
    assert schema.differences(database.obj) == []
    assert schema.version_of(database.obj) == schema.VERSION
    office.close()
    assert checking.faults_of(old_file) == []

    after = rows_of(old_file)
    gone = {place for step in STEPS for place in step.dropped}
    renamed = {old: new for step in STEPS for new, old in step.renamed.items()}
    for table, rows in before.items():
        if table in gone:
            continue
        now = after[renamed.get(table, table)]
        assert len(now) == len(rows), table
        told = {column for row in rows for column in row}
        alike = [
            column for column in told
            if column in now[0] and not any(f"{table}.{column}" in step.values for step in STEPS)
        ] if now else []  # fmt: skip
        assert [[row[c] for c in alike] for row in now] == [[row[c] for c in alike] for row in rows], table
    assert desk is not None


def test_what_was_done_in_an_old_file_can_be_taken_back_and_found(old_file):
    desk = open_desk(old_file)
    last = Change.select().order_by(Change.id.desc()).first()
    living = Representative.select().where(Representative.deleted_at.is_null()).count()
    assert desk.changes.undo_last() == last.action
    assert Representative.select().where(Representative.deleted_at.is_null()).count() == living + 1


def test_a_copy_as_it_was_is_kept(old_file, old_bytes):
    open_desk(old_file)
    copies = list(old_file.parent.rglob("*升级前*.openday"))
    assert len(copies) == 1
    kept, was = rows_of(copies[0]), old_file.with_name("was.openday")
    was.write_bytes(old_bytes)
    assert kept == rows_of(was)
    assert backup.verified(copies[0])["representative"] == 119


@pytest.mark.parametrize("part", range(1, len(STEPS) + 2))
def test_killed_within_an_upgrade_the_file_is_as_it_was(old_file, old_bytes, part):
    was = old_file.with_name("was.openday")
    was.write_bytes(old_bytes)
    command = [sys.executable, "-X", "utf8", "-c", KILLED, str(old_file), str(part)]
    done = subprocess.run(command, cwd=ROOT, check=False, env=dict(os.environ))
    assert done.returncode == -9
    file = OfficeDatabase(old_file, mode="rw")
    assert schema.version_of(file) == 1
    assert schema.differences(file, 1) == []
    file.execute_sql("PRAGMA journal_mode = delete")
    file.close()
    assert rows_of(old_file) == rows_of(was)
    open_desk(old_file)
    assert schema.version_of(database.obj) == schema.VERSION


def test_an_old_file_that_cant_be_written_says_so(old_file, old_bytes):
    with pytest.raises(TroubleError, match="要先升级才能打开"):
        office.open_office(old_file, read_only=True)
    assert old_file.read_bytes() == old_bytes


def test_an_old_file_with_a_foreign_trigger_is_refused(old_file):
    file = OfficeDatabase(old_file, mode="rw")
    file.execute_sql("CREATE TRIGGER spy AFTER INSERT ON staff BEGIN DELETE FROM staff; END")
    file.execute_sql("PRAGMA journal_mode = delete")
    file.close()
    with pytest.raises(TroubleError, match="spy"):
        open_desk(old_file)
    assert checking.faults_of(old_file) == ["结构被改动：spy"]


# -- steps of every sort, on a schema made up for it

OLD = {
    ("table", "unit", 'CREATE TABLE "unit" ("id" BLOB NOT NULL PRIMARY KEY, "name" TEXT NOT NULL)'),
    ("table", "person", 'CREATE TABLE "person" ("id" BLOB NOT NULL PRIMARY KEY, "unit_id" BLOB NOT NULL, '
     '"name" TEXT NOT NULL, "age" TEXT NOT NULL, FOREIGN KEY ("unit_id") REFERENCES "unit" ("id"))'),
    ("table", "gone", 'CREATE TABLE "gone" ("id" BLOB NOT NULL PRIMARY KEY)'),
    ("index", "person_name", 'CREATE INDEX "person_name" ON "person" ("name")'),
    ("trigger", "person_gone", 'CREATE TRIGGER person_gone AFTER DELETE ON "person" BEGIN INSERT INTO gone VALUES (old.id); END'),
}  # fmt: skip
NEW = {
    ("table", "unit", 'CREATE TABLE "unit" ("id" BLOB NOT NULL PRIMARY KEY, "name" TEXT NOT NULL, "short" TEXT NOT NULL)'),
    ("table", "human", 'CREATE TABLE "human" ("id" BLOB NOT NULL PRIMARY KEY, "unit_id" BLOB NOT NULL, '
     '"full_name" TEXT NOT NULL, "years" INTEGER, FOREIGN KEY ("unit_id") REFERENCES "unit" ("id"))'),
    ("table", "fresh", 'CREATE TABLE "fresh" ("id" BLOB NOT NULL PRIMARY KEY)'),
    ("index", "human_full_name", 'CREATE INDEX "human_full_name" ON "human" ("full_name")'),
    ("trigger", "human_gone", 'CREATE TRIGGER human_gone AFTER DELETE ON "human" BEGIN INSERT INTO fresh VALUES (old.id); END'),
}  # fmt: skip
HOW = Step(
    values={"human.years": 'CAST("age" AS INTEGER)'},
    renamed={"human": "person", "human.full_name": "name"},
    dropped=frozenset({"gone", "person.age"}),
)


@pytest.fixture
def small():
    file = OfficeDatabase(":memory:", mode="rwc")
    for _, _, sql in schema.own_parts(OLD):
        file.execute_sql(sql)
    file.execute_sql("INSERT INTO unit VALUES (x'01', '甲'), (x'02', '乙')")
    file.execute_sql("INSERT INTO person VALUES (x'0a', x'02', '曾国强', '41'), (x'0b', x'01', '单立新', '')")
    file.execute_sql("PRAGMA foreign_keys = 0")
    file.execute_sql("PRAGMA legacy_alter_table = 1")
    yield file
    file.close()


def described(file):
    return {entry for entry in schema.described(file) if entry[2]}


def test_tables_and_columns_are_added_renamed_filled_and_given_up(small):
    assert upgrading.carry(small, OLD, NEW, HOW) == {"unit", "human", "fresh"}
    assert described(small) == NEW
    assert small.execute_sql("SELECT * FROM unit").fetchall() == [(b"\x01", "甲", ""), (b"\x02", "乙", "")]
    people = small.execute_sql("SELECT * FROM human").fetchall()
    assert people == [(b"\x0a", b"\x02", "曾国强", 41), (b"\x0b", b"\x01", "单立新", 0)]
    assert small.execute_sql("PRAGMA foreign_key_check").fetchall() == []
    small.execute_sql("DELETE FROM human")
    assert small.execute_sql("SELECT count(*) FROM fresh").fetchone() == (2,)


@pytest.mark.parametrize("kept", ["gone", "person.age"])
def test_nothing_is_given_up_unless_the_step_says_so(small, kept):
    how = Step(values=HOW.values, renamed=HOW.renamed, dropped=HOW.dropped - {kept})
    with pytest.raises(ValueError, match=kept), small.atomic():
        upgrading.carry(small, OLD, NEW, how)
    assert described(small) == OLD
    assert small.execute_sql("SELECT count(*) FROM person").fetchone() == (2,)


def test_a_step_that_cuts_references_changes_nothing(old_file, monkeypatch):
    def cut(file):
        file.execute_sql("DELETE FROM household")

    steps = (
        *STEPS[:-1],
        Step(STEPS[-1].values, STEPS[-1].renamed, STEPS[-1].dropped, (*STEPS[-1].then, cut)),
    )
    file = OfficeDatabase(old_file, mode="rw")
    with pytest.raises(TroubleError, match="联系断开"):
        upgrading.upgrade(file, steps)
    assert schema.version_of(file) == 1
    assert schema.differences(file, 1) == []
    assert file.execute_sql("SELECT count(*) FROM household").fetchone()[0] > 0
    assert file.execute_sql("PRAGMA foreign_keys").fetchone() == (1,)
    file.close()


def test_a_released_schema_is_not_frozen_again(monkeypatch):
    monkeypatch.setattr(schema, "VERSION", 1)
    with pytest.raises(SystemExit, match=r"released as 0\.1\.0"):
        schema.freeze()
    assert json.loads((ROOT / "resources" / "schema" / "1.json").read_text(encoding="utf-8"))
