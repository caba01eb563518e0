"""Backups in the window: by hand, beside, before it closes; a damaged file is offered a backup and a rescue."""

from __future__ import annotations

import datetime
import lzma
from pathlib import Path

import pytest
from peewee import DatabaseError
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.app import good_backup, look_desk, new_desk, open_desk, rescue, restore
from desktop.errors import TroubleError
from desktop.records.backups import Reason
from desktop.records.representatives import Representative
from desktop.records.staff import Office
from desktop.storage import gate, key_slots, keyring, office, opening
from desktop.storage.vault import Vault
from desktop.ui.ask import ScriptedAsk
from desktop.ui.backing_up import LEAVE, STAY, BackupKeeper
from desktop.ui.backup_first import backup_first
from desktop.ui.mending import MendingOffers
from desktop.ui.mending_doors import Mending
from desktop.ui.pages import workbench_backup
from desktop.ui.pages.backups import STICK_DAY, BackupsPanel
from desktop.ui.presence import Presence
from desktop.ui.program import Program
from desktop.ui.restore_dialog import RestoreDialog
from desktop.ui.unlock_page import UnlockPage

MENDING = Mending(look_desk, gate.is_older, good_backup, restore, rescue)


@pytest.fixture
def panel(frame, desk, qtbot, said):
    desk.books.save(Representative(full_name="曾国强"))
    object.__setattr__(frame, "toast", lambda text, **more: said.append(("toast", text)))
    made = BackupsPanel(frame)
    qtbot.addWidget(made)
    made.show()
    made.shown()
    return made


def settled(qtbot, workroom):
    qtbot.waitUntil(lambda: not workroom.busy, timeout=10_000)
    QCoreApplication.processEvents()


def test_a_backup_by_hand_is_listed_with_what_it_holds(panel, qtbot, workroom, said):
    settled(qtbot, workroom)
    assert panel.list.rows.rows == []
    panel.keep()
    settled(qtbot, workroom)
    settled(qtbot, workroom)
    (line,) = panel.list.rows.rows
    assert line[1] == "手工"
    assert line[-1].text == "已核对"
    assert "已核对完好" in said[-1][1]

    panel.drill()
    settled(qtbot, workroom)
    assert "演练成功" in said[-1][1]


def test_a_second_place_is_remembered(panel, qtbot, workroom, ask, tmp_path, said):
    stick = tmp_path / "stick"
    stick.mkdir()
    ask.answers = [str(stick)]
    panel.keep_on_stick()
    settled(qtbot, workroom)
    settled(qtbot, workroom)
    assert len(list(stick.glob("*.openday"))) == 1
    assert "没有口令，请保管好U盘" in said[-1][1]
    assert panel.place.text() == f"上次备份到：{stick}（{datetime.date.today()}，今天）"
    panel.frame.memory.setValue(STICK_DAY, "2026-09-01")
    panel.read()
    settled(qtbot, workroom)
    assert "天前）" in panel.place.text()
    ask.answers = [f"还备份到“{stick}”"]
    panel.keep_on_stick()
    settled(qtbot, workroom)
    assert len(list(stick.glob("*.openday"))) == 2


def test_what_a_restore_changes_is_shown_before(panel, qtbot, workroom, desk):
    panel.keep()
    settled(qtbot, workroom)
    settled(qtbot, workroom)
    desk.books.save(Representative(full_name="单立新"))
    shut = []
    object.__setattr__(panel.frame, "shut", lambda words, work, then: shut.append(work))
    panel.restore()
    settled(qtbot, workroom)
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, RestoreDialog))
    assert ("代表", "2", "1") in [row[:3] for row in dialog.table.rows.rows]
    assert "恢复后就看不到了" in dialog.told.words.text()
    dialog.go.click()
    office.close()
    aside, counts = shut[0]()
    assert counts["representative"] == 1
    assert aside.exists()
    assert next(found.reason for found in Vault(desk.backups.vault.path).listed()) == "恢复前"


def test_a_backup_of_another_office_is_told_before(desk, tmp_path):
    own = desk.backups.keep(Reason.BY_HAND)
    assert desk.backups.outlook(own.path).warned() == ""
    office.close()
    other = tmp_path / "other.openday"
    new_desk(other, Office(name="中共肥东县委组织部"))
    office.close()
    assert "另一个数据文件的" in Vault(desk.backups.vault.path).outlook(other).warned()


def test_a_closing_window_backs_up_first(window, desk, qtbot, workroom):
    desk.books.save(Representative(full_name="曾国强"))
    BackupKeeper(window)
    assert not window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=10_000)
    assert [found.reason for found in desk.backups.vault.listed()] == ["退出"]
    window.show()
    assert window.close()  # nothing is due


def test_a_merge_in_a_large_office_waits_for_its_backup_beside(
    frame, window, desk, qtbot, workroom, monkeypatch
):
    desk.books.save(Representative(full_name="曾国强"))
    monkeypatch.setattr("desktop.services.backups.SMALL", 0)
    done = []
    backup_first(
        frame, window, Reason.MERGE, lambda: done.append([b.reason for b in desk.backups.vault.listed()])
    )
    assert done == []
    settled(qtbot, workroom)
    assert done == [["合并前"]]
    backup_first(frame, window, Reason.MERGE, lambda: done.append("at once"))
    assert done[-1] == "at once"


def test_a_failing_backup_is_told_and_keeps_nobody(window, desk, qtbot, workroom, ask, monkeypatch):
    def full(*_args, **_more):
        raise TroubleError("磁盘已满，没有备份成")

    desk.books.save(Representative(full_name="曾国强"))
    keeper = BackupKeeper(window)
    monkeypatch.setattr("desktop.storage.backup.copy_to", full)
    keeper.look(Reason.HOURLY)
    settled(qtbot, workroom)
    assert "自动备份没有做成：磁盘已满" in window.bar.words.text()
    desk.books.save(Representative(full_name="单立新"))
    window.go("workbench")
    assert [task.what for task in workbench_backup.tasks(desk)] == ["备份没有做成"]

    ask.answers = [STAY, LEAVE]
    assert not window.close()
    settled(qtbot, workroom)
    assert window.isVisible()
    assert window.isEnabled()
    assert not window.close()
    qtbot.waitUntil(lambda: not window.isVisible(), timeout=10_000)


def test_a_second_place_says_nothing_of_the_backups_beside_the_work(desk, tmp_path, monkeypatch):
    desk.books.save(Representative(full_name="曾国强"))
    vault = desk.backups.vault
    vault.folder.write_text("in the way of the folder")
    with pytest.raises(TroubleError):
        desk.backups.keep(Reason.HOURLY)
    fault = desk.backups.fault
    assert "备份" in fault
    stick = tmp_path / "stick"
    stick.mkdir()
    assert desk.backups.keep_in(stick).total
    assert desk.backups.fault == fault, "none was made beside the work since"

    vault.folder.unlink()
    desk.backups.keep(Reason.HOURLY)
    assert not desk.backups.fault
    stick = tmp_path / "U盘"
    stick.mkdir()
    monkeypatch.setattr("desktop.storage.backup.verified", full)
    with pytest.raises(TroubleError, match=f"{stick}.+空间不足"):
        desk.backups.keep_in(stick)
    assert not desk.backups.fault


def full(*_args, **_more):
    raise DatabaseError("database or disk is full")


@pytest.fixture
def program(qapp, qtbot):
    ask = ScriptedAsk()
    made = Program(qapp, open_desk, new_desk, str, ask=ask, mending=MENDING)
    yield made
    if made.window:
        made.window.close()
        made.window.deleteLater()
    made.close()
    office.close()


@pytest.fixture
def damaged(office_file):
    """An office with a backup, cut off since."""
    desk = new_desk(office_file, Office(name="甲"))
    desk.books.save(Representative(full_name="曾国强"))
    Vault(office_file).keep(Reason.END)
    office.close()
    office_file.write_bytes(office_file.read_bytes()[:-8192])
    return office_file


def test_a_damaged_file_is_offered_its_last_good_backup(program, damaged, qtbot):
    before = damaged.read_bytes()
    assert program.start(damaged)
    offers = program.window.findChild(MendingOffers)
    qtbot.waitUntil(lambda: "条记录" in offers.looked.text(), timeout=10_000)
    offers.restore()
    qtbot.waitUntil(lambda: hasattr(program.window, "desk"), timeout=10_000)
    assert Representative.get().full_name == "曾国强"
    aside = list(damaged.parent.glob("*恢复前*.openday"))
    assert [path.read_bytes() for path in aside] == [before]


def test_a_damaged_file_without_a_backup_beside_it_is_offered_one_from_a_stick(
    program, damaged, qtbot, tmp_path
):
    vault, stick = Vault(damaged), tmp_path / "U盘.openday"
    vault.listed()[0].path.rename(stick)
    program.ask.answers = [str(stick)]
    assert program.start(damaged)
    offers = program.window.findChild(MendingOffers)
    qtbot.waitUntil(lambda: "U盘" in offers.looked.text(), timeout=10_000)
    told = program.window.banner.words.text()
    assert "抢救" in told
    assert "openday " not in told, "a window has buttons, and needs no commands"
    offers.restore_other()
    qtbot.waitUntil(lambda: hasattr(program.window, "desk"), timeout=10_000)
    assert Representative.get().full_name == "曾国强"


def test_a_damaged_file_is_rescued_into_a_new_one(program, damaged, qtbot, tmp_path):
    before, out = damaged.read_bytes(), tmp_path / "救出.openday"
    program.ask.answers = [str(out)]
    assert program.start(damaged)
    offers = program.window.findChild(MendingOffers)
    qtbot.waitUntil(lambda: not program.workroom.busy, timeout=10_000)
    offers.rescue()
    qtbot.waitUntil(lambda: hasattr(program.window, "desk"), timeout=10_000)
    assert "救出" in program.window.toast._words.text()
    assert damaged.read_bytes() == before
    assert out.exists()


def test_what_is_offered_for_a_damaged_file_goes_when_another_is_chosen(program, damaged, qtbot, tmp_path):
    other = tmp_path / "别的" / "empty.openday"
    other.parent.mkdir()
    other.touch()
    assert program.start(damaged)
    qtbot.waitUntil(lambda: not program.workroom.busy, timeout=10_000)
    page = program.window
    program.ask.answers = [str(other)]
    page._open()
    qtbot.waitUntil(lambda: "0 字节" in page.banner.words.text(), timeout=10_000)
    qtbot.waitUntil(lambda: len(page.findChildren(MendingOffers)) == 1, timeout=10_000)
    assert page.findChild(MendingOffers)._damaged == other
    assert len(page.findChildren(QPushButton, "damaged-rescue")) == 1
    qtbot.waitUntil(lambda: not program.workroom.busy, timeout=10_000)


def test_a_file_damaged_while_the_window_was_shut_is_offered_the_same(program, office_file, qtbot):
    new_desk(office_file, Office(name="中共肥西县委组织部"))
    office.close()
    assert program.start(office_file)

    def spoil(watch):
        with office_file.open("r+b") as file:
            file.write(bytes(100))

    program.window.frame.shut("正在试", spoil)
    qtbot.waitUntil(lambda: program.window.findChild(MendingOffers) is not None, timeout=10_000)
    qtbot.waitUntil(lambda: not program.workroom.busy, timeout=10_000)
    assert program.window.findChild(QPushButton, "damaged-rescue") is not None


def test_a_damaged_file_with_a_password_is_offered_the_same_once_that_is_told(
    program, office_file, qtbot, monkeypatch, tmp_path
):
    monkeypatch.setattr(key_slots, "MEMORY", 1 << 16)
    new_desk(office_file, Office(name="甲"), "红军不怕远征难").books.save(Representative(full_name="曾国强"))
    office.close()
    keyring.let_go()
    opening._opened_by.clear()
    office_file.write_bytes(bytes(4096) + office_file.read_bytes()[4096:])
    program.ask.answers = [str(tmp_path / "救出.openday")]
    assert program.start(office_file)
    assert isinstance(program.window, UnlockPage)
    program.window.told.emit("红军不怕远征难", "")
    qtbot.waitUntil(lambda: bool(program.window.findChild(MendingOffers)), timeout=10_000)
    qtbot.waitUntil(lambda: not program.workroom.busy, timeout=10_000)
    program.window.findChild(MendingOffers).rescue()
    qtbot.waitUntil(lambda: hasattr(program.window, "desk"), timeout=10_000)
    assert Representative.get().full_name == "曾国强"
    assert program.window.desk.users.protected


def test_a_file_held_by_a_window_that_hangs_is_opened_for_reading(program, office_file, monkeypatch):
    new_desk(office_file, Office(name="甲"))
    office.close()
    holder = Presence(office_file)
    assert holder.take()
    holder._watcher.removePaths(holder._watcher.directories())  # it hears nothing any more
    monkeypatch.setattr("desktop.ui.presence.PATIENCE", 0.1)
    assert program.start(office_file)
    assert program.window.desk.read_only
    assert "只能查看" in program.window.desk.notice
    holder.leave()


def test_an_older_file_is_upgraded_beside_a_page_that_says_so(program, office_file, qtbot):
    released = Path(__file__).parent.parent / "data" / "released" / "0.1.0.openday.xz"
    office_file.write_bytes(lzma.decompress(released.read_bytes()))
    assert program.start(office_file)
    assert not hasattr(program.window, "desk")
    qtbot.waitUntil(lambda: hasattr(program.window, "desk"), timeout=20_000)
    assert [found.reason for found in Vault(office_file).listed()] == ["升级前"]
