"""Roles by deeds: every command and every service for 管理员, 经办 and 查看; nothing a role may not do leaks through.

A command without a row here fails the test, and so does a service: say who may do it, then let it in.
"""

from __future__ import annotations

import functools
import io
import shutil
from contextlib import redirect_stderr, redirect_stdout

import pytest

from desktop import app, cli
from desktop.app import carry_out, desk_for_file, make_office
from desktop.errors import UserError
from desktop.records.backups import Reason
from desktop.records.base import database
from desktop.records.representatives import Representative
from desktop.records.staff import Office
from desktop.records.users import Role, User
from desktop.services import rights
from desktop.services.desk import Desk
from desktop.services.rights import Deed, Rights
from desktop.storage import key_slots, keyring, office, opening

ALL, KEEPERS, ADMINS = set(Role), {Role.ADMIN, Role.CLERK}, {Role.ADMIN}
GESTURES = [  # the words of a command, and who may give it
    ("kinds", ALL),
    ("check", ALL),
    ("show representative 曾国强", ALL),
    ("show representative 曾国强 --full", ALL),
    ("list representative", ALL),
    ("trail", ALL),
    ("bin", ALL),
    ("backups", ALL),
    ("print-log", ALL),
    ("export-log", ALL),
    ("due --from 2026-09-29", ALL),
    ("report participants", ALL),
    ("moved", ALL),
    ("print sign-in-sheet --open-day 2026-1 --all --draft --out {folder}/draft.pdf", ALL),
    ("print sign-in-sheet --open-day 2026-1 --all --out {folder}/paper.pdf", KEEPERS),
    ("print contact-cards --id 曾国强 --draft --full-numbers --out {folder}/whole.pdf", KEEPERS),
    ("reprint 01 --out {folder}/again.pdf", KEEPERS),
    ("notice {folder}/notice.txt", KEEPERS),
    ("add staff full_name=李明", KEEPERS),
    ("set representative 曾国强 post=主任", KEEPERS),
    ("remove representative 曾国强 --reason 试", KEEPERS),
    ("recover representative 01", KEEPERS),
    ("do open-day 2026-1 cancel reason=试", KEEPERS),
    ("import representative {folder}/roster.csv", KEEPERS),
    ("undo representative/1", KEEPERS),
    ("backup {folder}/copy.openday", KEEPERS),
    ("drill", KEEPERS),
    ("export representative {folder}/masked.xlsx", KEEPERS),
    ("export representative {folder}/full.xlsx --full", ADMINS),
    ("export representative {folder}/full2.xlsx --json", ADMINS),
    ("purge representative 01 --confirm 彻底删除", ADMINS),
    ("restore {folder}/other.openday", ADMINS),
    ("restore {folder}/other.openday --dry-run", ADMINS),
    ("password --remove", ADMINS),
    ("password --new-key --new-password-file {folder}/password.txt", ADMINS),
    ("recovery-sheet --out {folder}/sheet.pdf", ADMINS),
    ("users", ADMINS),
    ("users add 王五 --new-password-file {folder}/password.txt", ADMINS),
    ("users set 经办 --role 管理员", ADMINS),
    ("users remove 查看", ADMINS),
]
ON_NO_OFFICE = {"new", "demo", "rescue"}
"""Commands that make a file of their own, or look at one that has no password."""
OWN = {"password"}
"""What everybody may do for themselves is asked further in."""
SERVICES = {  # each service of the desk, and the deed that it asks of the role
    Deed.LOOK: {"workdays", "ticket_views", "reports", "trail"},
    Deed.KEEP: {
        "books", "drafts", "open_days", "inviting", "forms", "limits", "visiting", "planning", "helping", "diaries",
        "appointing", "condoling", "tickets", "moved", "importing", "holidays", "press",
    },
    Deed.EXPORT: {"disclosing"},
    Deed.PURGE: {"recycle_bin"},
    Deed.USERS: {"users"},
    Deed.RESTORE: {"backups"},
}  # fmt: skip
REFUSED = "的身份是“{role}”，不能"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """An encrypted office with a person and an open day, and the files that commands are given."""
    root = tmp_path_factory.mktemp("roles")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(root / "home"))
        patch.setattr(key_slots, "MEMORY", 1 << 16)
        desk = make_office(root / "office.openday", "红军不怕远征难")
        desk.offices.set_up(Office(name="中共肥西县委组织部"))
        desk.books.save(Representative(full_name="曾国强", mobile="13955518000"))
        desk.users.add("经办", Role.CLERK, "secret-1")
        desk.users.add("查看", Role.VIEWER, "secret-2")
        office.close()
        assert run("add open-day theme=组织工作 held_on=2026-10-20", root, Role.ADMIN)[0] == 0
        shutil.copyfile(root / "office.openday", root / "other.openday")
        (root / "roster.csv").write_text("姓名,手机\n张三,13900008000\n", encoding="utf-8")
        (root / "notice.txt").write_text(
            "2027年放假安排。一、元旦：1月1日至3日放假，共3天。", encoding="utf-8"
        )
        (root / "password.txt").write_text("another-password\n", encoding="utf-8")
    yield root
    keyring.let_go()
    opening._opened_by.clear()


def sit_down(root, role):
    """Let somebody of a role have opened the office; nobody types a password here."""
    fingerprint = keyring.fingerprint_of(root / "office.openday")
    opening.remember(
        fingerprint, User("f" * 16, role.value, role), opening.key_file.read(root / "office.openday.keys")
    )


def run(words, root, role, out=None):
    sit_down(root, role)
    told, out = io.StringIO(), out or io.StringIO()
    given = [word.format(folder=root) for word in words.split()]
    with redirect_stdout(out), redirect_stderr(told):
        code = cli.run(["--data", str(root / "office.openday"), *given], carry_out)
    return code, told.getvalue()


def state(root):
    """Return what lies in the folder, byte for byte, but for what SQLite lays beside an open file."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not path.name.endswith(("-shm", "-wal")) and "home" not in path.parts
    }


def test_every_command_has_a_row_and_an_entry():
    assert {words.split()[0] for words, _ in GESTURES} | ON_NO_OFFICE == set(app.COMMANDS)
    assert set(rights.COMMANDS) == set(app.COMMANDS)
    for words, able in GESTURES:
        command = words.split()[0]
        allowed = {role for role in Role if rights.COMMANDS[command] in rights.ALLOWED[role]}
        assert able <= allowed, words


@pytest.mark.parametrize("role", [Role.CLERK, Role.VIEWER], ids=["clerk", "viewer"])
def test_no_command_does_what_the_role_may_not(folder, role):
    before, leaks = state(folder), []
    for words, able in GESTURES:
        if role not in able:
            code, told = run(words, folder, role)
            if (code, REFUSED.format(role=role) in told) != (1, True):
                leaks.append((words, code, told))
    assert leaks == []
    assert state(folder) == before


def test_a_list_for_scripts_has_whole_numbers_only_for_who_may_export_them(folder):
    for role in Role:
        out = io.StringIO()
        assert run("list representative --json", folder, role, out)[0] == 0
        assert ("13955518000" in out.getvalue(), "139****8000" in out.getvalue()) == (
            role is Role.ADMIN, role is not Role.ADMIN,
        )  # fmt: skip


def test_who_looks_only_looks_at_everything_and_leaves_the_file_as_it_is(folder):
    before = state(folder)["office.openday"]
    for words, able in GESTURES:
        if Role.VIEWER in able:
            code, told = run(words, folder, Role.VIEWER)
            assert (code, "的身份是“查看”，不能" in told) == (0, False), (words, told)
    assert state(folder)["office.openday"] == before


def test_no_statement_at_all_writes_for_who_looks_only(folder):
    sit_down(folder, Role.VIEWER)
    desk = desk_for_file(folder / "office.openday")
    try:
        assert desk.read_only
        tables = database.get_tables()
        assert len(tables) > 50
        for table in tables:
            with pytest.raises(Exception, match=r"readonly|read-only|query_only"):
                database.execute_sql(f'DELETE FROM "{table}"')
        with pytest.raises(UserError, match="不能保存改动"), desk.changes.change("试"):
            pass
    finally:
        office.close()


def gestures_of(desk, folder):
    """Return what asks for each deed beyond the commands: the window's own calls."""
    other = User("e" * 16, "管理员", Role.ADMIN)
    return {
        Deed.USERS: [
            lambda: desk.users.add("丙", Role.ADMIN, "long-enough"),
            lambda: desk.users.change(other, name="丁", role=Role.VIEWER),
            lambda: desk.users.remove(other),
            lambda: desk.users.set_password(other, "long-enough"),
            desk.users.require_users,
        ],
        Deed.PASSWORD: [
            desk.users.recovery_code,
            lambda: desk.protection.protect("long-enough"),
            lambda: desk.protection.unprotect(),
        ],
        Deed.PURGE: [lambda: desk.recycle_bin.purge(Representative, [], confirmed="彻底删除")],
        Deed.RESTORE: [
            lambda: desk.backups.restore(folder / "other.openday"),
            lambda: desk.backups.outlook(folder / "other.openday"),
        ],
        Deed.BACK_UP: [lambda: desk.backups.keep(Reason.BY_HAND), lambda: desk.backups.keep_in(folder)],
        Deed.EXPORT: [lambda: desk.disclosing.require(full=False)],
        Deed.EXPORT_FULL: [lambda: desk.disclosing.require(full=True)],
        Deed.PRINT_FULL: [desk.disclosing.drafting("联系档案卡", "样稿.pdf").__enter__],
        Deed.KEEP: [lambda: desk.books.save(Representative(full_name="张三")), desk.changes.undo_last],
    }


@pytest.mark.parametrize("role", [Role.CLERK, Role.VIEWER], ids=["clerk", "viewer"])
def test_every_service_is_known_and_asks_the_role(folder, role):
    made = {name for name, part in vars(Desk).items() if isinstance(part, functools.cached_property)}
    assert made == set().union(*SERVICES.values())
    sit_down(folder, role)
    desk = desk_for_file(folder / "office.openday")
    gestures = gestures_of(desk, folder)
    assert {*gestures, Deed.LOOK, Deed.OWN_PASSWORD} == set(Deed)
    try:
        for deed in set(gestures) - rights.ALLOWED[role]:
            for gesture in gestures[deed]:
                with pytest.raises(UserError, match=REFUSED.format(role=role)):
                    gesture()
    finally:
        office.close()


def test_without_users_everything_is_allowed():
    for deed in Deed:
        Rights().require(deed)
    assert rights.ALLOWED[Role.VIEWER] < rights.ALLOWED[Role.CLERK] < rights.ALLOWED[Role.ADMIN] == set(Deed)
