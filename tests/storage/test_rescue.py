"""Rescue: whatever is done to a file, what can be read comes into a sound new one, and what is lost is named."""

from __future__ import annotations

import lzma
import random
import shutil
from pathlib import Path

import pytest

from desktop.app import open_desk
from desktop.errors import Cancelled, TroubleError, UserError
from desktop.records.backups import Reason
from desktop.records.base import database
from desktop.records.catalogue import records
from desktop.records.representatives import Representative
from desktop.records.storing import table_of
from desktop.storage import backup, checking, encrypting, key_file, key_slots, keyring, office, pages, schema
from desktop.storage.database import OfficeDatabase
from desktop.storage.rescue import rescue
from desktop.storage.salvage import shapes_of
from desktop.storage.vault import Vault

RELEASED = Path(__file__).parent.parent / "data" / "released" / "0.1.0.openday.xz"


@pytest.fixture(scope="module")
def old_bytes():
    return lzma.decompress(RELEASED.read_bytes())


@pytest.fixture(scope="module")
def whole(old_bytes, tmp_path_factory):
    """The sample office in this version's schema: bytes, and counts by kind."""
    path = tmp_path_factory.mktemp("whole") / "office.openday"
    path.write_bytes(old_bytes)
    open_desk(path)
    office.close()
    return path.read_bytes(), backup.verified(path)


@pytest.fixture
def damaged(tmp_path):
    def make(content):
        path = tmp_path / "damaged.openday"
        path.write_bytes(content)
        return path

    return make


def test_a_sound_file_comes_out_whole(whole, old_bytes, damaged, tmp_path):
    for turn, content in enumerate((whole[0], old_bytes)):
        done = rescue(damaged(content), tmp_path / f"out{turn}.openday")
        assert dict(done.counts) == whole[1]
        assert (done.lost, done.unread, done.loosened) == ((), 0, 0)
        assert checking.faults_of(done.file) == []
    assert damaged(content).read_bytes() == content


def test_no_kind_of_record_is_passed_over():
    assert {table_of(model) for model in records()} <= set(shapes_of(schema.VERSION))


def test_rows_before_the_damage_are_recovered(whole, damaged, tmp_path):
    """Every row whose page is wholly before the cut comes back, whatever of the schema is left."""
    content = whole[0]
    cut = len(content) * 4 // 5
    image = pages.Image(content[:cut])
    expected = {
        row[1][0]
        for number in range(1, cut // pages.SIZE)
        if pages.head_of(number, image.page(number))[0] == pages.LEAF
        for row in pages.rows_of(image, number)
        if row and len(row[1]) > 6 and isinstance(row[1][0], bytes) and len(row[1][0]) == 16
    }
    done = rescue(damaged(content[:cut]), tmp_path / "out.openday")
    file = OfficeDatabase(done.file, mode="immutable")
    there = {
        bytes(row[0])
        for table in done_tables(file)
        for row in file.execute_sql(f'SELECT id FROM "{table}"').fetchall()
    }
    file.close()
    assert len(expected) > 300
    left_out = len(expected - there)
    assert left_out <= sum(1 for lost in done.lost if lost.why != "读不出来")
    assert checking.faults_of(done.file) == []


def done_tables(file):
    columns = (
        "SELECT m.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c WHERE m.type = 'table'"
    )
    return [row[0] for row in file.execute_sql(f"{columns} AND c.name = 'id' AND c.type = 'BLOB'").fetchall()]


def test_nothing_done_to_a_file_makes_it_crash(whole, damaged, tmp_path):
    chance, content = random.Random(20261122), whole[0]
    for turn in range(6):
        hurt = bytearray(content)
        if turn % 3 == 0:
            hurt = hurt[: chance.randrange(1, len(hurt))]
        elif turn % 3 == 1:
            for _ in range(chance.choice((1, 20, 400))):
                hurt[chance.randrange(len(hurt))] ^= 1 << chance.randrange(8)
        else:
            at = chance.randrange(len(hurt))
            hurt[at : at + 40_000] = chance.randbytes(len(hurt[at : at + 40_000]))
        out = tmp_path / f"{turn}.openday"
        try:
            done = rescue(damaged(bytes(hurt)), out)
        except TroubleError:  # nothing of it could be read
            assert not out.exists()
            continue
        assert checking.faults_of(out) == []
        assert all(done.counts[kind] <= count for kind, count in whole[1].items())
    assert not list(tmp_path.glob(".rescue-*"))


def test_the_report_names_who_is_lost(whole, damaged, tmp_path):
    content = bytearray(whole[0])
    name = "史良才".encode()
    places = [at for at in range(len(content)) if content.startswith(name, at)]
    for at in places:
        if (
            pages.head_of(
                at // pages.SIZE + 1, bytes(content[at // pages.SIZE * pages.SIZE :][: pages.SIZE])
            )[0]
            == 13
        ):
            content[at : at + 9] = b"\xff" * 9  # no text any more, so its row can't be read
    done = rescue(damaged(bytes(content)), tmp_path / "out.openday")
    told = done.report.read_text(encoding="utf-8")
    assert done.counts["representative"] < whole[1]["representative"]
    assert any(lost.kind == "代表" for lost in done.lost)
    assert any(lost.why == "所属的记录丢失了" for lost in done.lost)
    assert f"已知丢失 {len(done.lost)} 条记录" in told
    assert "没有改动它" in told


def test_what_stands_in_the_log_only_is_read_too(whole, tmp_path):
    path = tmp_path / "office.openday"
    path.write_bytes(whole[0])
    desk = open_desk(path)
    desk.books.save(Representative(full_name="曾国强"))
    crashed = tmp_path / "crashed.openday"
    for suffix in ("", "-wal"):
        shutil.copyfile(f"{path}{suffix}", f"{crashed}{suffix}")
    office.close()
    done = rescue(crashed, tmp_path / "out.openday")
    assert done.counts["representative"] == whole[1]["representative"] + 1

    log = Path(f"{crashed}-wal")
    log.write_bytes(log.read_bytes()[:-2000])  # the last frame is torn: the save before it counts no more
    assert rescue(crashed, tmp_path / "torn.openday").counts["representative"] == whole[1]["representative"]


def test_a_rescued_office_is_worked_on_as_any_other(whole, damaged, tmp_path):
    content = bytearray(whole[0])
    content[: pages.SIZE] = bytes(pages.SIZE)
    done = rescue(damaged(bytes(content)), tmp_path / "out.openday")
    assert dict(done.counts) == whole[1]
    desk = open_desk(done.file)
    desk.books.save(Representative(full_name="曾国强"))
    assert desk.changes.undo_last() == "新建代表“曾国强”"
    assert database.execute_sql("PRAGMA foreign_key_check").fetchall() == []
    office.close()
    assert checking.faults_of(done.file) == []


def test_stopped_or_refused_it_leaves_nothing(whole, damaged, tmp_path):
    path, out = damaged(whole[0]), tmp_path / "out" / "new.openday"

    def stop(done, total):
        raise Cancelled

    with pytest.raises(Cancelled):
        rescue(path, out, stop)
    assert not out.exists()
    with pytest.raises(UserError, match="不会覆盖"):
        rescue(path, path)
    with pytest.raises(UserError, match="找不到"):
        rescue(tmp_path / "none.openday", out)
    path.write_bytes(b"not an office file" * 500)
    with pytest.raises(TroubleError, match="没有读出任何记录"):
        rescue(path, out)
    assert list(tmp_path.rglob("*.openday")) == [path]


def test_a_file_with_a_password_is_rescued_around_its_damaged_pages(whole, damaged, tmp_path):
    """Encrypted before and after; what a damaged page held is lost, all before and behind it comes back."""
    path = damaged(whole[0])
    key = keyring.DataKey(b"k" * keyring.SECRET_BYTES)
    keyring.hold(key)
    try:
        encrypting.rewrite(path, key, None)
        content = bytearray(path.read_bytes())
        for number in chance_pages(content):
            content[number * pages.SIZE + 100] ^= 1
        path.write_bytes(bytes(content))
        assert checking.faults_of(path)
        done = rescue(path, tmp_path / "out.openday")
        assert done.file.read_bytes().startswith(keyring.MARK)
        assert checking.faults_of(done.file) == []
        assert sum(whole[1].values()) * 0.6 < done.total < sum(whole[1].values())
        assert done.lost
        assert "史良才".encode() not in done.file.read_bytes()

        # and the first pages, with the mark and the schema: the keys beside the file tell what it is
        key_file.write(path, key_slots.sealed(key, [], [], 1))
        content[: 2 * pages.SIZE] = bytes(2 * pages.SIZE)
        path.write_bytes(bytes(content))
        assert "文件头已损坏" in checking.faults_of(path)[0]
        again = rescue(path, tmp_path / "again.openday")
        assert again.file.read_bytes().startswith(keyring.MARK)
        assert checking.faults_of(again.file) == []
        assert again.total >= done.total * 0.9
    finally:
        keyring.let_go()


def chance_pages(content):
    """Every ninth page from the middle on: far behind those that hold the schema."""
    count = len(content) // pages.SIZE
    return range(count // 2, count * 9 // 10, 9)


def test_the_report_says_what_the_last_backup_has_more_of(whole, damaged, tmp_path):
    path = damaged(whole[0])
    open_desk(path)
    Vault(path).keep(Reason.BY_HAND)
    office.close()
    path.write_bytes(path.read_bytes()[: len(whole[0]) * 7 // 10])
    done = rescue(path, tmp_path / "out.openday")
    told = done.report.read_text(encoding="utf-8")
    missing = [count - done.counts[kind] for kind, count in whole[1].items() if count > done.counts[kind]]
    assert missing
    told = told.split("其中比救出的多：")[1].rstrip("。\n").split("、")
    assert [int(part.split()[1]) for part in told] == missing
