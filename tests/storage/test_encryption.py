"""A file with a password: nothing in clear, nothing lost on the way there and back, and no way round the password."""

from __future__ import annotations

import os
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.app import desk_for_file, make_office
from desktop.commands.protecting import Protection
from desktop.errors import Cancelled, DamagedError, LockedError, TroubleError, UserError
from desktop.records.backups import Reason
from desktop.records.base import database
from desktop.records.representatives import Representative
from desktop.records.staff import Office
from desktop.records.users import FIRST_NAME, Role
from desktop.services.drafts import Draft
from desktop.storage import (
    attempts,
    backup,
    checking,
    encrypting,
    key_file,
    key_slots,
    keyring,
    office,
    opening,
    recovery_code,
    unlocking,
)
from desktop.storage.database import OfficeDatabase

PASSWORD, OTHER = "红军不怕远征难", "correct horse battery"
NAME = "阿依古丽·买买提"
CLEAR = [text.encode(code) for text in (NAME, "13955518000") for code in ("utf-8", "utf-16-le")]


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Wrap keys by little work, wait for nobody, and begin with an empty ring."""
    monkeypatch.setattr(key_slots, "MEMORY", 1 << 16)
    monkeypatch.setattr(key_slots, "ROUNDS", 1)
    waited = []
    monkeypatch.setattr(unlocking.time, "sleep", waited.append)
    monkeypatch.setitem(unlocking.unlock.__kwdefaults__, "sleep", waited.append)
    yield waited
    office.close()
    forget()


def forget():
    keyring.let_go()
    opening._opened_by.clear()


def filled(path, password=None):
    """Make an office with one person who is easily found again, and close it."""
    desk = make_office(path, password)
    desk.offices.set_up(Office(name="中共肥西县委组织部"))
    desk.books.save(Representative(full_name=NAME, mobile="13955518000", unit="店埠镇光大社区"))
    office.close()
    return path


@pytest.fixture(scope="module")
def plain_office(tmp_path_factory):
    return filled(tmp_path_factory.mktemp("plain") / "office.openday")


@pytest.fixture
def plain(plain_office, office_file):
    office_file.write_bytes(plain_office.read_bytes())
    return office_file


@pytest.fixture
def locked(plain):
    Protection(plain).protect(PASSWORD)
    forget()
    return plain


def content(path):
    """Return every row of every table but those that tell of the password itself."""
    file = OfficeDatabase(path, mode="immutable")
    try:
        tables = [
            name
            for (name,) in file.execute_sql(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
            ).fetchall()
            if name not in ("key_copy", "change", "chain_link", "present")
        ]
        rows = {
            name: sorted(map(repr, file.execute_sql(f'SELECT * FROM "{name}"').fetchall())) for name in tables
        }
        return rows, sorted(
            file.execute_sql("SELECT type, name, sql FROM sqlite_master").fetchall(), key=repr
        )
    finally:
        file.close()


def in_clear(folder):
    """Return the files of a folder in which the person can be read."""
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and any(text in path.read_bytes() for text in CLEAR)
    ]


def test_there_and_back_nothing_is_lost_and_nothing_stays_in_clear(plain):
    before = content(plain)
    assert in_clear(plain.parent) == ["office.openday"]

    Protection(plain).protect(PASSWORD)

    assert in_clear(plain.parent) == []
    assert sorted(path.name for path in plain.parent.iterdir()) == ["office.openday", "office.openday.keys"]
    assert (plain.stat().st_mode & 0o777, key_file.beside(plain).stat().st_mode & 0o777) == (0o600, 0o600)
    assert content(plain) == before
    assert checking.faults_of(plain) == []

    Protection(plain).unprotect()

    forget()
    assert content(plain) == before
    assert [path.name for path in plain.parent.iterdir()] == ["office.openday"]
    assert desk_for_file(plain).offices.own().name == "中共肥西县委组织部"


def test_the_log_backups_and_what_is_set_aside_are_encrypted_too_and_open_by_the_same_password(
    locked, tmp_path
):
    desk = desk_for_file(locked, PASSWORD)
    for number in range(20):
        desk.books.save(Representative(full_name=NAME, unit=f"光大社区{number}", mobile="13955518000"))
    assert in_clear(tmp_path) == []
    copy = tmp_path / "copy.openday"
    backup.copy_to(database.obj, copy)
    office.close()
    aside, _ = backup.restore(locked, copy)

    assert in_clear(tmp_path) == []
    for path in (locked, copy, aside):
        forget()
        assert desk_for_file(path, PASSWORD).users.protected
        assert Representative.select().count() == 21
        office.close()


def test_what_a_restore_does_to_the_password_is_told_before(plain):
    desk = desk_for_file(plain)
    desk.books.save(Representative(full_name=NAME))
    bare = desk.backups.keep(Reason.BY_HAND)
    assert desk.backups.outlook(bare.path).warned() == ""
    office.close()
    Protection(plain).protect(PASSWORD)
    backups = desk_for_file(plain, PASSWORD).backups
    assert "也没有口令" in backups.outlook(bare.path).warned()
    locked = backups.keep(Reason.BY_HAND)
    assert "备份当时的" in backups.outlook(locked.path).warned()


def test_what_the_plain_file_lay_on_is_written_over(plain):
    blocks = plain.with_name("blocks")
    os.link(plain, blocks)

    Protection(plain).protect(PASSWORD)

    assert blocks.read_bytes() == b""


def test_without_the_password_it_stays_shut_and_as_it_is(locked):
    before = locked.read_bytes()
    for verb in (desk_for_file, checking.faults_of, backup.verified):
        with pytest.raises(LockedError, match="有口令"):
            verb(locked)
    with pytest.raises(LockedError, match="口令不对"):
        desk_for_file(locked, OTHER)
    assert locked.read_bytes() == before


def test_wrong_passwords_take_half_a_second_and_ever_longer_over_restarts_too(locked, quick, monkeypatch):
    now = [1_000_000.0]
    monkeypatch.setattr(attempts.time, "time", lambda: now[0])
    pauses = []
    for _ in range(6):
        quick.clear()
        with pytest.raises(LockedError):
            unlocking.unlock(locked, OTHER)
        before, after = quick
        pauses.append(before)
        assert after > 0.3, "the half second is filled up whatever the machine"
    assert pauses == [0, 0.5, 1, 2, 4, 8]

    now[0] -= 10_000_000  # a clock set back locks nobody out
    assert attempts.waiting(keyring.fingerprint_of(locked)) == 16
    unlocking.unlock(locked, PASSWORD)
    assert attempts.waiting(keyring.fingerprint_of(locked)) == 0


def test_a_password_is_stretched_as_recommended_unless_a_test_makes_it_quick(monkeypatch):
    monkeypatch.undo()
    key, slot = key_slots.new_key(), None
    user = key_slots.User(key_slots.new_id(), FIRST_NAME, Role.ADMIN)
    slot = key_slots.wrapped(key, user, PASSWORD)
    assert (slot.rounds, slot.memory) == (2, 64 << 20)
    assert key_slots.unwrapped(slot, "红军不怕远征难") == key
    assert key_slots.unwrapped(slot, "红军不怕远征难 ") is None


def test_lost_or_damaged_keys_are_told_and_cured_by_a_backup_or_the_recovery_code(locked, tmp_path):
    desk = desk_for_file(locked, PASSWORD)
    code = " ".join(desk.users.recovery_code()).lower()
    desk.users.add("李明", Role.CLERK, OTHER)
    folder = tmp_path / key_file.BACKUPS
    backup.copy_to(database.obj, folder / "office-1.openday")
    office.close()
    keys = key_file.beside(locked)
    good = keys.read_bytes()

    forget()
    keys.unlink()
    assert (
        desk_for_file(locked, OTHER, "李明").users.me.name == "李明"
    )  # found with the backups, laid down again
    office.close()
    assert keys.read_bytes() == good

    for broken in (None, b"", good[:-40], good.replace(b'"turn": 2', b'"turn": 9')):
        forget()
        key_file.beside(folder / "office-1.openday").unlink(missing_ok=True)
        keys.unlink(missing_ok=True)
        if broken is not None:
            keys.write_bytes(broken)
        with pytest.raises(LockedError, match="恢复码"):
            desk_for_file(locked, PASSWORD)
        assert desk_for_file(locked, code).users.me == unlocking.RECOVERER
        office.close()
        assert keys.read_bytes() == good, "made again from the copy inside"
    forget()
    assert desk_for_file(locked, PASSWORD, FIRST_NAME).users.me.role is Role.ADMIN


def test_every_changed_byte_of_the_keys_is_seen(locked):
    keys = key_file.beside(locked)
    good = keys.read_bytes()
    for place in random.sample(range(len(good)), 120):
        damaged = bytearray(good)
        damaged[place] ^= 1 << random.randrange(8)
        keys.write_bytes(bytes(damaged))
        assert key_file.read(keys) is None, place


def test_a_changed_list_of_users_is_refused(locked):
    """Whoever writes the keys anew, sum and all, but hasn't the key of the file can't make an administrator."""
    keys = key_file.read(key_file.beside(locked))
    stranger = key_slots.new_key()
    forged = key_slots.sealed(stranger, [key_slots.User(keys.slots[0].user, "我", Role.ADMIN)], keys.slots, 1)
    key_file.write(locked, key_file.KeyFile(keys.fingerprint, 1, keys.slots, forged.sealed))
    with pytest.raises(LockedError, match="改动过"):
        desk_for_file(locked, PASSWORD)


def test_keys_of_before_a_changed_password_let_nobody_in(locked):
    keys = key_file.beside(locked)
    old = keys.read_bytes()
    desk_for_file(locked, PASSWORD).users.change_own(None, OTHER)
    office.close()
    keys.write_bytes(old)
    forget()

    with pytest.raises(LockedError, match="已经改过"):
        desk_for_file(locked, PASSWORD)

    with pytest.raises(LockedError, match="口令不对"):
        desk_for_file(locked, PASSWORD)
    assert desk_for_file(locked, OTHER).users.me.name == FIRST_NAME


@pytest.mark.parametrize("lost", ["inside", "beside"])
def test_killed_between_both_copies_of_the_keys_the_newer_is_kept(locked, monkeypatch, lost):
    """The copy beside is written first: what is behind afterwards can only be the one inside."""
    desk = desk_for_file(locked, PASSWORD)

    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(*((opening, "keep_inside") if lost == "inside" else (key_file, "write")), killed)
    with pytest.raises(KeyboardInterrupt):
        desk.users.change_own(None, OTHER)
    monkeypatch.undo()
    monkeypatch.setattr(key_slots, "MEMORY", 1 << 16)
    office.close()
    forget()

    desk_for_file(locked, OTHER if lost == "inside" else PASSWORD)

    assert opening.kept_inside(database.obj) == key_file.read(key_file.beside(locked))


def test_stopping_it_by_hand_leaves_the_file_as_it_was(plain):
    before = content(plain)

    def stop(done, total):
        raise Cancelled

    with pytest.raises(Cancelled):
        Protection(plain).protect(PASSWORD, watch=stop)
    assert (keyring.fingerprint_of(plain), content(plain)) == (None, before)
    assert [path.name for path in plain.parent.iterdir()] == ["office.openday"]


def test_a_file_that_somebody_has_open_is_not_rewritten(plain, monkeypatch):
    monkeypatch.setattr(encrypting, "PATIENCE", 0)
    other = OfficeDatabase(plain, mode="rw")
    other.execute_sql("BEGIN IMMEDIATE")
    try:
        with pytest.raises(TroubleError, match="占用"):
            Protection(plain).protect(PASSWORD)
    finally:
        other.close()
    assert keyring.fingerprint_of(plain) is None


def test_a_damaged_header_is_damage_and_no_wrong_password(locked):
    whole = locked.read_bytes()
    for place in (12, 3):  # the fingerprint of its key, the mark before it
        data = bytearray(whole)
        data[place] ^= 1
        locked.write_bytes(bytes(data))
        assert "文件头已损坏" in checking.faults_of(locked)[0]
        with pytest.raises(DamagedError, match="文件头已损坏"):
            desk_for_file(locked, PASSWORD)
        forget()
    # where quite another key is told, the keys beside it are another file's
    locked.write_bytes(whole[:8] + bytes(8) + whole[16:])
    with pytest.raises(LockedError, match="开头已损坏"):
        desk_for_file(locked, PASSWORD)


# -- users


def test_users_open_with_their_own_passwords_and_keep_their_names_in_the_trail(locked):
    desk = desk_for_file(locked, PASSWORD)
    desk.users.add("李明", Role.CLERK, OTHER)
    with pytest.raises(UserError, match="已有"):
        desk.users.add("李　明", Role.CLERK, OTHER)
    office.close()
    forget()
    assert unlocking.needs_name(locked)
    clerk = desk_for_file(locked, OTHER, "李 明")
    clerk.books.save(Representative(full_name="单立新"))
    clerk.users.change_own(OTHER, "另一个口令 123")
    with pytest.raises(LockedError, match="口令不对"):
        clerk.users.check(OTHER)
    office.close()
    forget()
    with pytest.raises(LockedError, match="姓名或口令不对"):
        desk_for_file(locked, "另一个口令 123", FIRST_NAME)

    desk = desk_for_file(locked, PASSWORD, FIRST_NAME)
    desk.users.remove(desk.users.called("李明"))
    person = Representative.get(Representative.full_name == "单立新")
    assert [entry.who for entry in desk.changes.history(person)] == ["李明"]
    office.close()
    forget()
    with pytest.raises(LockedError):
        desk_for_file(locked, "另一个口令 123", "李明")


def test_what_a_user_left_unsaved_is_offered_to_that_user_alone(locked):
    def opened(password, name):
        office.close()
        forget()
        return desk_for_file(locked, password, name)

    desk = desk_for_file(locked, PASSWORD)
    desk.drafts.keep([Draft("representatives", "新的代表", {"form": {"full_name": "甲"}})])
    desk.users.add("李明", Role.CLERK, OTHER)
    clerk = opened(OTHER, "李明")
    assert clerk.drafts.left_behind() == []
    clerk.drafts.keep([Draft("representatives", "新的代表", {"form": {"full_name": "乙"}})])
    desk = opened(PASSWORD, FIRST_NAME)
    assert [draft.texts["form"]["full_name"] for draft in desk.drafts.left_behind()] == ["甲"]
    desk.users.remove(desk.users.called("李明"))
    assert [draft.texts["form"]["full_name"] for draft in desk.drafts.left_behind()] == ["乙", "甲"]


def test_an_administrator_always_remains(locked):
    desk = desk_for_file(locked, PASSWORD)
    me = desk.users.me
    with pytest.raises(UserError, match="至少要留一位管理员"):
        desk.users.change(me, name="甲", role=Role.CLERK)
    with pytest.raises(UserError, match="不能删除自己"):
        desk.users.remove(me)
    desk.users.add("乙", Role.ADMIN, OTHER)
    assert desk.users.change(me, name="甲", role=Role.CLERK).role is Role.CLERK


# -- the recovery code


@given(st.binary(min_size=20, max_size=20))
@settings(max_examples=60, deadline=None)
def test_a_recovery_code_is_read_back_however_it_is_typed(secret):
    key = keyring.DataKey(secret)
    groups = recovery_code.code_of(key)
    assert [len(group) for group in groups] == [4] * 9
    code = "-".join(groups)
    full_width = code.translate({ord(sign): ord(sign) + 0xFEE0 for sign in recovery_code.SIGNS})
    for typed in (code, code.lower(), " ".join(groups), code.replace("0", "o").replace("1", "l"), full_width):
        assert recovery_code.key_of(typed) == key


def test_one_sign_wrong_or_two_changed_over_is_never_taken():
    code = "".join(recovery_code.code_of(keyring.DataKey(bytes(range(20)))))
    for place, was in enumerate(code):
        for sign in recovery_code.SIGNS:
            if sign != was:
                assert recovery_code.key_of(code[:place] + sign + code[place + 1 :]) is None
        swapped = code[:place] + code[place : place + 2][::-1] + code[place + 2 :]
        assert swapped == code or recovery_code.key_of(swapped) is None
