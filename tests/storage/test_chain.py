"""The chain over the trail: whatever is changed behind the program's back is found, and its place named."""

from __future__ import annotations

import random
import shutil

import pytest
from sqlcipher3 import dbapi2

from desktop.app import new_desk, open_desk
from desktop.errors import UserError
from desktop.records import chain
from desktop.records.backups import Reason
from desktop.records.base import database
from desktop.records.representatives import Representative
from desktop.records.staff import Office, Staff
from desktop.records.trail import Trail
from desktop.storage import checking, labels, office


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A closed office file with some forty changes: new, changed, removed, several in one, one taken back."""
    path = tmp_path_factory.mktemp("chain") / "office.openday"
    desk = new_desk(path, Office(name="肥西县委组织部"))
    chance = random.Random(7)
    people = [Representative(full_name=f"王伟{turn}", unit="光大社区") for turn in range(12)]
    for person in people:
        desk.books.save(person)
    for turn in range(20):
        person = chance.choice(people)
        person.post = f"职务{turn}"
        desk.books.save(person)
    desk.changes.undo_last()
    with desk.changes.change("一次改几条", Staff):
        for turn in range(5):
            desk.books.save(Staff(full_name=f"李明{turn}"))
    desk.books.remove(people[0], "重复")
    office.close()
    return path


@pytest.fixture
def copy(kept, tmp_path):
    return shutil.copyfile(kept, tmp_path / "office.openday")


def spoil(path, *statements):
    """Run plain SQL on a file past the guards, as somebody with a tool for databases would."""
    file = dbapi2.connect(str(path))
    _spoil(file, statements)
    file.commit()
    file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    file.close()


def _spoil(file, statements):
    triggers = file.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'kept_%'"
    ).fetchall()
    for name, _ in triggers:
        file.execute(f"DROP TRIGGER {name}")
    for statement, *values in statements:
        file.execute(statement, values)
    for _, sql in triggers:
        file.execute(sql)


def rows(path, sql, *values):
    file = dbapi2.connect(str(path))
    try:
        return file.execute(sql, values).fetchall()
    finally:
        file.close()


def test_what_the_program_writes_holds(copy):
    assert checking.faults_of(copy) == []


def deeds(file, chance):
    """Return one wrong done to the trail, as (what it is, statements)."""
    asked = lambda sql, *values: file.execute(sql, values).fetchall()  # noqa: E731
    last = asked("SELECT max(sequence) FROM trail")[0][0]
    which = chance.randrange(1, last + 1)
    other = chance.choice([number for number in range(1, last + 1) if number != which])
    links = asked("SELECT max(number) FROM chain_link")[0][0]
    match chance.randrange(9):
        case 0:
            told = asked("SELECT before FROM trail WHERE sequence = ?", which)[0][0]
            forged = told.replace("王伟", "王韦", 1) if told and "王伟" in told else '{"full_name":"某人"}'
            return "changed", [("UPDATE trail SET before = ? WHERE sequence = ?", forged, which)]
        case 1:
            return "deleted", [("DELETE FROM trail WHERE sequence = ?", which)]
        case 2:
            return "moved", [
                ("UPDATE trail SET sequence = -1 WHERE sequence = ?", which),
                ("UPDATE trail SET sequence = ? WHERE sequence = ?", which, other),
                ("UPDATE trail SET sequence = ? WHERE sequence = -1", other),
            ]
        case 3:
            return "cut", [
                ("DELETE FROM trail WHERE sequence > ?", last - 3),
                ("DELETE FROM chain_link WHERE upto > ?", last - 3),
                ('DELETE FROM "change" WHERE id NOT IN (SELECT "change" FROM chain_link)',),
            ]
        case 4:
            return "put in", [
                (
                    "INSERT INTO trail (place, row, did) SELECT place, row, 'update' FROM trail WHERE sequence = ?",
                    which,
                ),
            ]
        case 5:
            number = chance.randrange(links)
            return "who", [
                (
                    'UPDATE "change" SET who = \'someone\' WHERE rowid = (SELECT rowid FROM "change" LIMIT 1 OFFSET ?)',
                    number,
                ),
            ]
        case 6:
            return "link", [("DELETE FROM chain_link WHERE number = ?", chance.randrange(1, links + 1))]
        case 7:
            return "when", [
                ("UPDATE \"change\" SET at = '2020-01-01T00:00:00+08:00' WHERE id = (SELECT \"change\" FROM chain_link "
                 "WHERE number = ?)", chance.randrange(1, links + 1)),
            ]  # fmt: skip
        case _:
            return "verb", [("UPDATE trail SET did = 'insert' || did WHERE sequence = ?", which)]


def test_every_wrong_done_to_the_trail_is_found(copy):
    chance, missed = random.Random(1), []
    file = dbapi2.connect(str(copy), isolation_level=None)
    for turn in range(100):
        file.execute("BEGIN")
        what, statements = deeds(file, chance)
        _spoil(file, statements)
        if chain.broken(Plain(file)) is None:
            missed.append((turn, what))
        file.execute("ROLLBACK")
    file.close()

    assert missed == []


class Plain:
    """The driver's own connection, asked as the office file is."""

    def __init__(self, connection):
        self._connection = connection

    def execute_sql(self, sql, values=()):
        return self._connection.execute(sql, values)


def test_check_names_the_place(copy):
    action = rows(
        copy, 'SELECT "action" FROM "change" AS c JOIN chain_link AS l ON l."change" = c.id WHERE number = 6'
    )
    since = rows(copy, "SELECT upto FROM chain_link WHERE number = 6")[0][0]
    spoil(copy, ("UPDATE trail SET row = x'00' WHERE sequence = ?", since))

    told = checking.faults_of(copy)

    assert told[1:] == [*checking.ALTERED], "and that another program wrote to the file since we closed it"
    assert "第 6 次改动" in told[0]
    assert action[0][0] in told[0]


def test_a_backup_is_made_all_the_same_and_tells_of_it(copy):
    spoil(copy, ("UPDATE trail SET row = x'00' WHERE sequence = (SELECT max(sequence) FROM trail)",))
    desk = open_desk(copy)
    made = desk.backups.keep(Reason.BY_HAND)
    told = desk.backups.fault
    office.close()

    assert made is not None
    assert "备份已写好，但修改记录从第" in told
    assert labels.read(made.path).trail_fault in told


def test_the_trail_itself_refuses_to_be_changed(desk):
    desk.books.save(Representative(full_name="王伟"))

    for statement in ("UPDATE trail SET before = NULL", "DELETE FROM trail", 'UPDATE "change" SET who = 1',
                      'DELETE FROM "change"', "DELETE FROM chain_link", "UPDATE chain_link SET hash = x'00'"):  # fmt: skip
        with pytest.raises(Exception, match="修改记录不能改动"):
            database.execute_sql(statement)

    assert Trail.select().count() > 0
    assert chain.broken(database.obj) is None


def test_what_a_stopped_change_wrote_leaves_no_link(desk):
    links = rows_now("SELECT count(*) FROM chain_link")
    with pytest.raises(UserError):
        save_together(desk, "王伟", "")

    assert rows_now("SELECT count(*) FROM chain_link") == links
    desk.books.save(Representative(full_name="李明"))
    assert chain.broken(database.obj) is None


def save_together(desk, *names):
    with desk.changes.change("没做完"):
        for name in names:
            desk.books.save(Representative(full_name=name))


def rows_now(sql):
    return database.execute_sql(sql).fetchall()
