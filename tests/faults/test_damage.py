"""Files cut short and with a bit turned: recognized, never made worse, and what lies before the damage is rescued."""

from __future__ import annotations

import os
import random
from collections import Counter

import pytest
from jobs import asked

from desktop.app import new_desk
from desktop.errors import TroubleError
from desktop.records.base import meta_of
from desktop.records.catalogue import tables
from desktop.records.representatives import Representative
from desktop.records.staff import Office
from desktop.storage import backup, checking, gate, office, seal
from desktop.storage.database import OfficeDatabase
from desktop.storage.rescue import rescue

PEOPLE, PAGE = 120, 4096
AT_MOST = 20
"""People on one page."""
LONG, SHORT = 100, 1
"""Cuts, and as many turned bits, of each sort of file."""


def note_of(number):
    """Return words that stand nowhere but in the row of one person, and that no index holds."""
    return f"记号{number:06}。" * 5


def made(folder, password=None):
    path = folder / "office.openday"
    desk = new_desk(path, Office(name="中共肥西县委组织部"), password)
    with desk.changes.change("登记", Representative):
        for number in range(PEOPLE):
            desk.books.save(
                Representative(full_name="曾国强", unit=f"光大社区{number}", note=note_of(number))
            )
    office.close()
    return path


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return made(tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory):
    return made(tmp_path_factory.mktemp("encrypted"), "一二三四五六七八九十")


def recognized(path):
    """Say whether opening or the check finds fault; whatever it finds, the file stays as it is."""
    before = path.read_bytes()
    try:
        return bool(checking.faults_of(path))
    except TroubleError:
        return True
    finally:
        assert path.read_bytes() == before
        beside = {one.name.removeprefix(path.name) for one in path.parent.iterdir()}
        assert beside <= {"", ".keys"}


def rows_of(path):
    """Return every row of a file that can be read as one, with its table."""
    file = OfficeDatabase(path, mode="immutable")
    try:
        names = [meta_of(model).table_name for model in tables()]
        return Counter(
            (table, repr(row))
            for table in names
            for row in file.execute_sql(f'SELECT * FROM "{table}"').fetchall()
        )
    finally:
        file.close()


def turned(data, at):
    damaged = bytearray(data)
    damaged[at] ^= 1 << random.randrange(8)
    return bytes(damaged)


def rescued_notes(damaged, tmp_path):
    """Return the notes that rescue brings back, each whole; None where there was nothing to build on."""
    out = tmp_path / "rescued.openday"
    for old in tmp_path.glob("rescued*"):
        old.unlink()
    try:
        rescue(damaged, out)
    except TroubleError:
        assert not list(tmp_path.glob(".rescue-*"))
        return None
    assert checking.faults_of(out) == []
    return {note for (note,) in asked(out, "SELECT note FROM representative")}


def readable(data):
    """Return the notes that stand whole on the pages there are."""
    return {note for number in range(PEOPLE) if (note := note_of(number)).encode() in data}


def test_what_is_refused_has_no_byte_written_in_it_or_beside_it(plain, tmp_path):
    """The file is as a backup brought back is, without a log of its own: to open such a one for writing changes it."""
    damaged = tmp_path / "office.openday"
    office.open_office(plain)
    backup.copy_to(office.database.obj, damaged)
    office.close()
    data = damaged.read_bytes()
    middle = len(data) // PAGE // 2 * PAGE
    for at, bad in ((middle, os.urandom(PAGE)), (PAGE, b"\1"), (100, os.urandom(40)), (60, b"\0\0\1\0")):
        left = data[:at] + bad + data[at + len(bad) :]
        damaged.write_bytes(left)
        for read_only in (False, True):
            with pytest.raises(TroubleError):
                office.open_office(damaged, read_only=read_only)
        assert recognized(damaged)
        assert damaged.read_bytes() == left
        assert [one.name for one in tmp_path.iterdir()] == [damaged.name]


@pytest.mark.timeout(3600)
def test_a_file_cut_short_is_told_and_what_is_left_is_rescued(plain, tmp_path, long):
    data, damaged = plain.read_bytes(), tmp_path / "office" / "office.openday"
    damaged.parent.mkdir()
    assert len(readable(data)) == PEOPLE
    empty = 0
    for _ in range(LONG if long else SHORT):
        left = data[: random.randrange(len(data))]
        damaged.write_bytes(left)
        assert recognized(damaged)
        notes = rescued_notes(damaged, tmp_path)
        whole = left[: len(left) - len(left) % PAGE]
        assert readable(whole) <= (notes or set())
        empty += notes is None
    print(f"files of which nothing was left to rescue: {empty}")


@pytest.mark.timeout(3600)
def test_every_turned_bit_of_a_copy_elsewhere_is_told(plain, tmp_path, long):
    """Structure by SQLite, the middle of a text and free space by the sum that the file carries along."""
    data, damaged = plain.read_bytes(), tmp_path / "office" / "office.openday"
    damaged.parent.mkdir()
    damaged.write_bytes(data)
    assert not recognized(damaged)
    rows, found = rows_of(plain), Counter()
    counted = {at for start, end in seal.COUNTED for at in range(start, end)}
    content = [at for at in range(len(data)) if at not in counted]
    for _ in range(LONG if long else SHORT):
        at = random.choice(content)
        damaged.write_bytes(turned(data, at))
        assert recognized(damaged), at
        found["by SQLite" if structure_is_hurt(damaged) else "by the sum"] += 1
        notes = rescued_notes(damaged, tmp_path)
        page = at - at % PAGE
        assert readable(data[:page]) | readable(data[page + PAGE :]) <= (notes or set())
    print(f"turned bits: {dict(found)}")
    # a sum that is hurt itself, or of a state that is no more, accuses nobody
    damaged.write_bytes(turned(data, seal.PLACE + 1))
    assert not recognized(damaged)
    assert rows_of(damaged) == rows


def structure_is_hurt(path):
    try:
        gate.examine(path)
        file = OfficeDatabase(path, mode="immutable")
        try:
            gate.verify(file, path, thorough=True)
        finally:
            file.close()
    except TroubleError:
        return True
    return False


@pytest.mark.timeout(3600)
def test_every_turned_bit_of_the_file_that_was_closed_here_is_told(plain, tmp_path, long):
    """This computer has the sum of the file that it closed."""
    place = tmp_path / "office.openday"
    place.write_bytes(plain.read_bytes())
    office.open_office(place)
    office.close()
    assert checking.faults_of(place) == []
    for _ in range(2 * LONG if long else 2 * SHORT):
        at = random.randrange(place.stat().st_size)
        with place.open("rb+") as file:
            content = file.read()
            file.seek(at)
            file.write(bytes([content[at] ^ 1 << random.randrange(8)]))
        assert recognized(place)
        place.write_bytes(content)
    assert checking.faults_of(place) == []


@pytest.mark.timeout(3600)
def test_every_turned_bit_of_a_file_with_a_password_is_told(encrypted, tmp_path, long):
    data, damaged = encrypted.read_bytes(), tmp_path / "office" / "office.openday"
    damaged.parent.mkdir()
    (damaged.parent / f"{damaged.name}.keys").write_bytes(
        encrypted.with_name(f"{encrypted.name}.keys").read_bytes()
    )
    for _ in range(2 * LONG if long else 2 * SHORT):
        damaged.write_bytes(turned(data, random.randrange(len(data))))
        assert recognized(damaged)
    for _ in range(LONG if long else SHORT):
        damaged.write_bytes(data[: random.randrange(len(data))])
        assert recognized(damaged)


@pytest.mark.timeout(3600)
def test_pages_of_a_file_with_a_password_are_rescued_wherever_the_damage_lies(encrypted, tmp_path, long):
    """The first page and the schema too: what is lost is the page, never what lies behind it."""
    data, damaged = encrypted.read_bytes(), tmp_path / "office" / "office.openday"
    damaged.parent.mkdir()
    keys = encrypted.with_name(f"{encrypted.name}.keys")
    damaged.with_name(keys.name).write_bytes(keys.read_bytes())
    lost = Counter()
    for turn in range(LONG if long else SHORT):
        page = 0 if turn % 4 == 0 else random.randrange(len(data) // PAGE)
        damaged.write_bytes(data[: page * PAGE] + random.randbytes(PAGE) + data[(page + 1) * PAGE :])
        notes = rescued_notes(damaged, tmp_path)
        assert notes is not None
        lost[PEOPLE - len(notes)] += 1
    print(f"people lost with a page: {dict(lost)}")
    assert max(lost) <= AT_MOST
