"""Passwords on the command line: how they come in, exit code 3 without them, and the recovery sheet."""

from __future__ import annotations

import io
import json
import re
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pypdfium2
import pytest

from desktop import cli
from desktop.app import carry_out
from desktop.storage import key_slots, keyring, opening, unlocking
from desktop.storage.database import OfficeDatabase

PASSWORD = "红军不怕远征难"


@pytest.fixture
def openday(tmp_path, monkeypatch):
    """Give one command; each begins as a process of its own would, with an empty ring. Returns code, JSON, words."""
    monkeypatch.setattr(key_slots, "MEMORY", 1 << 16)
    monkeypatch.setitem(unlocking.unlock.__kwdefaults__, "sleep", lambda _: None)

    def call(*words, secret=None):
        keyring.let_go()
        opening._opened_by.clear()
        out, told = io.StringIO(), io.StringIO()
        given = [*words, *(["--password-file", str(secret)] if secret else [])]
        with redirect_stdout(out), redirect_stderr(told):
            code = cli.run(["--data", str(tmp_path / "office.openday"), "--json", *given], carry_out)
        return code, json.loads(out.getvalue()), told.getvalue()

    yield call
    keyring.let_go()
    opening._opened_by.clear()


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "password.txt"
    path.write_text(f"{PASSWORD}\n", encoding="utf-8")
    return path


def test_every_way_in_and_exit_code_3_without(openday, secret, tmp_path, monkeypatch):
    assert openday("new", "--name", "肥西县委组织部", secret=secret)[0] == 0
    assert keyring.fingerprint_of(tmp_path / "office.openday") is not None

    code, value, told = openday("list", "staff")
    assert (code, told.strip()) == (3, value["error"]["message"])
    assert "--password-file" in told
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("红军不怕远征\n", encoding="utf-8")
    assert openday("list", "staff", secret=wrong)[::2] == (3, "口令不对，请看大小写和输入法后再输\n")
    assert openday("check")[0] == 3

    as_saved_elsewhere = {
        "notepad": b"\xef\xbb\xbf" + f"{PASSWORD}\r\n\r\n".encode(),
        "ansi": PASSWORD.encode("gb18030"),
        "bare": PASSWORD.encode(),
    }
    for name, content in as_saved_elsewhere.items():
        (tmp_path / name).write_bytes(content)
        assert openday("list", "staff", secret=tmp_path / name)[:2] == (0, [])
    monkeypatch.setenv("OPENDAY_PASSWORD_FILE", str(secret))
    assert openday("check")[:2] == (0, {"ok": True, "faults": []})
    assert openday("list", "staff", secret=wrong)[0] == 3, "what is said beats what the environment says"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "是空的"),
        (b"one\ntwo", "只有一行"),
        (b"x" * 5_000, "太大"),
        (b"12345", "太短"),
        (b"abc\x07def", "控制字符"),
    ],
)
def test_what_is_no_password_is_told_and_makes_no_file(openday, tmp_path, content, told):
    file = tmp_path / "password.txt"
    file.write_bytes(content)
    code, value, _ = openday("new", "--name", "甲", secret=file)
    assert (code, told in value["error"]["message"]) == (1, True)
    assert [path.name for path in tmp_path.iterdir()] == ["password.txt"]
    code, value, _ = openday("new", "--name", "甲", secret=tmp_path / "none")
    assert (code, "找不到" in value["error"]["message"]) == (3, True)


def test_the_recovery_sheet_opens_the_file_and_its_code_lies_nowhere_else(
    openday, secret, tmp_path, own_home
):
    openday("new", "--name", "肥西县委组织部", secret=secret)
    sheet = tmp_path / "sheet.pdf"
    assert openday("recovery-sheet", "--out", str(sheet), secret=secret)[0] == 0
    with pypdfium2.PdfDocument(sheet) as paper:
        text = paper[0].get_textpage().get_text_bounded()
    rows = re.findall(r"^\s*((?:\d(?:\s*[0-9A-Z]){4}\s*){3})$", text, re.MULTILINE)
    signs = ["".join(row.split()) for row in rows]
    groups = [part[at + 1 : at + 5] for part in signs for at in range(0, 15, 5)]
    assert len(groups) == 9, text
    code = tmp_path / "code.txt"
    code.write_text("-".join(groups).lower(), encoding="utf-8")
    sheet.unlink()

    key = opening.user_of(tmp_path / "office.openday") and keyring.key_of(tmp_path / "office.openday")
    places = [
        path for path in (*tmp_path.iterdir(), *Path(own_home).rglob("*")) if path.is_file() and path != code
    ]
    held = b"".join(path.read_bytes() for path in places)
    inside = OfficeDatabase(tmp_path / "office.openday", mode="ro")
    for (table,) in inside.execute_sql("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        held += repr(inside.execute_sql(f'SELECT * FROM "{table}"').fetchall()).encode()
    inside.close()
    for spelled in ("".join(groups), "-".join(groups), " ".join(groups), key.secret.hex()):
        assert spelled.encode() not in held
    assert key.secret not in held

    (tmp_path / "office.openday.keys").unlink()
    assert openday("list", "staff", secret=secret)[0] == 3
    assert openday("list", "staff", secret=code)[0] == 0
    assert openday("list", "staff", secret=secret)[0] == 0, "the keys are there again"
    assert openday("users", "add", "王五", "--new-password-file", str(secret), secret=secret)[0] == 0
    assert openday("users", secret=code)[0] == 0, "the code is nobody's, so no name is asked"


def test_a_password_is_set_changed_and_removed_and_users_come_and_go(openday, secret, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("correct horse battery", encoding="utf-8")
    openday("new", "--name", "肥西县委组织部")
    assert openday("users")[0] == 1, "a plain file has no users"

    code, value, _ = openday("password", "--new-password-file", str(secret), "--name", "李明")
    assert (code, value["encrypted"]) == (0, True)
    assert openday("password", "--new-password-file", str(other), secret=secret)[0] == 0
    assert openday("list", "staff", secret=secret)[0] == 3
    assert openday(
        "users", "add", "王五", "--role", "查看", "--new-password-file", str(secret), secret=other
    )[1] == {"users": [{"name": "李明", "role": "管理员"}, {"name": "王五", "role": "查看"}]}
    assert openday("list", "staff", secret=secret)[0] == 3, "whose password it is has to be said"
    assert openday("list", "staff", "--user", "王五", secret=secret)[0] == 0
    assert openday("users", "set", "王五", "--rename", "王伍", "--user", "李明", secret=other)[0] == 0
    assert openday("list", "staff", "--user", "王伍", secret=secret)[0] == 0
    assert openday("users", "remove", "王伍", "--user", "李明", secret=other)[0] == 0

    assert openday("password", "--remove", "--user", "李明", secret=other)[1]["encrypted"] is False
    assert openday("list", "staff")[0] == 0
    assert [entry["who"] for entry in openday("trail", "--search", "去除口令")[1]] != []
