"""Backups with their labels: made when anything changed, thinned by rule, rehearsed, never in the way."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import shutil

import pytest

from desktop.errors import Cancelled, TroubleError, UserError
from desktop.records.backups import Reason
from desktop.records.base import database
from desktop.records.representatives import Representative
from desktop.storage import backup, labels, office
from desktop.storage.vault import Vault


@pytest.fixture
def vault(desk, office_file):
    desk.books.save(Representative(full_name="曾国强"))
    return Vault(office_file)


def label_beside(made):
    return json.loads(labels.label_of(made.path).read_text(encoding="utf-8"))


def test_a_backup_says_what_it_holds_and_no_name(vault):
    made = vault.keep(Reason.START)
    label = label_beside(made)
    assert made.path.parent.name == "备份"
    assert label["counts"] == backup.verified(made.path) == dict(made.counts)
    assert label["counts"]["representative"] == 1
    assert label["sha256"] == hashlib.sha256(made.path.read_bytes()).hexdigest()
    assert label["last_change"][:4].isdigit()
    assert "曾国强" not in json.dumps(label, ensure_ascii=False)
    assert vault.listed() == [made]
    if os.name != "nt":
        assert made.path.stat().st_mode & 0o077 == 0
        assert vault.folder.stat().st_mode & 0o077 == 0


def test_there_is_none_where_nothing_changed(vault, desk):
    assert vault.keep(Reason.START)
    assert vault.keep(Reason.END) is None
    assert vault.keep(Reason.BY_HAND)
    desk.books.save(Representative(full_name="单立新"))
    assert vault.keep(Reason.HOURLY).reason == "每小时"
    assert [found.reason for found in vault.listed()][-1] == "启动"


def test_there_is_none_of_an_office_in_which_nothing_was_done(desk, office_file):
    assert Vault(office_file).keep(Reason.IMPORT) is None
    assert Vault(office_file).keep(Reason.BY_HAND)


def test_stopped_or_failed_it_leaves_nothing(vault, monkeypatch):
    def stop(done, total):
        raise Cancelled

    monkeypatch.setattr("desktop.storage.stopping.OFTEN", 50)
    with pytest.raises(Cancelled):
        vault.keep(Reason.END, stop)
    assert list(vault.folder.iterdir()) == []
    monkeypatch.setattr(
        "desktop.storage.backup.verified", lambda *_, **__: (_ for _ in ()).throw(TroubleError("坏"))
    )
    with pytest.raises(TroubleError, match="坏"):
        vault.keep(Reason.END)
    assert list(vault.folder.iterdir()) == []
    assert database.execute_sql("PRAGMA integrity_check").fetchone() == ("ok",)


def test_progress_is_told(vault, monkeypatch):
    seen = []
    monkeypatch.setattr("desktop.storage.stopping.OFTEN", 200)
    vault.keep(Reason.END, lambda done, total: seen.append((done, total)))
    assert seen
    assert all(0 <= done <= total for done, total in seen)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_only_own_labelled_ones_are_thinned(vault, desk):
    made = vault.keep(Reason.START)
    for day in range(3, 40):
        at = datetime.datetime(2026, 9, 1, 9) + datetime.timedelta(days=day)
        for hour in (0, 1):
            copy = vault.folder / f"office-{day}-{hour}.openday"
            shutil.copyfile(made.path, copy)
            told = label_beside(made) | {
                "made_at": (at + datetime.timedelta(hours=hour)).astimezone().isoformat()
            }
            labels.label_of(copy).write_text(json.dumps(told), encoding="utf-8")
    shutil.copyfile(made.path, vault.folder / "手工复制.openday")
    other = vault.folder / "别的单位.openday"
    shutil.copyfile(made.path, other)
    old = {"made_at": "2020-01-01T00:00:00+08:00", "office": "00" * 16}
    labels.label_of(other).write_text(json.dumps(label_beside(made) | old), encoding="utf-8")

    gone = vault.thin(made.office, datetime.datetime(2026, 11, 1))

    left = {found.path.name for found in vault.listed()}
    assert {"手工复制.openday", "别的单位.openday", made.path.name} <= left
    assert not any(name.endswith("-0.openday") for name in left)
    assert len(gone) == 37 + 37 - (len(left) - 3)
    assert len(left) - 3 == 12 + 5  # twelve days, and the weeks before them
    assert {path.stem for path in vault.folder.glob("*.json")} == left - {"手工复制.openday"}


def test_a_second_place_is_another_one(vault, tmp_path):
    stick = tmp_path / "stick"
    with pytest.raises(UserError, match="是否已插好"):
        vault.keep_in(stick)
    stick.mkdir()
    made = vault.keep_in(stick)
    assert vault.listed(stick) == [made]
    assert vault.listed() == []
    with pytest.raises(UserError, match="另一块硬盘"):
        vault.keep_in(tmp_path)


def test_what_restoring_would_change_is_told_before(vault, desk, office_file):
    made = vault.keep(Reason.START)
    desk.books.save(Representative(full_name="单立新"))
    outlook = vault.outlook(made.path)
    assert ("representative", 2, 1) in outlook.changed()
    assert outlook.then.last_change == made.last_change <= outlook.now.last_change

    office.close()
    aside, counts = backup.restore(office_file, made.path)
    assert counts == dict(made.counts)
    assert backup.verified(aside)["representative"] == 2


def test_a_drill_opens_the_backup_elsewhere_and_compares(vault, office_file):
    made = vault.keep(Reason.START)
    before = office_file.read_bytes(), made.path.read_bytes()
    drill = vault.drill(made.path)
    assert drill.faults == ()
    assert drill.counts == dict(made.counts)
    assert (office_file.read_bytes(), made.path.read_bytes()) == before
    assert len(list(vault.folder.iterdir())) == 2


def test_a_backup_that_changed_since_is_found(vault, office_file):
    made = vault.keep(Reason.START)
    content = bytearray(made.path.read_bytes())
    place = content.index("曾国强".encode())
    content[place : place + 9] = "曾国弱".encode()  # what no check of the file itself would find
    made.path.write_bytes(content)
    assert any("与它的标签不符" in told for told in vault.drill(made.path).faults)
    with pytest.raises(TroubleError, match="与它的标签不符"):
        vault.outlook(made.path)

    made.path.write_bytes(content[: len(content) // 2])
    assert "不完整" in vault.drill(made.path).faults[0]
    with pytest.raises(TroubleError, match="不完整"):
        vault.outlook(made.path)
