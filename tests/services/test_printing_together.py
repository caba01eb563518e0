"""Numbers, invitations, log and paper stand or fall together, whatever fails and whenever the power goes."""

from __future__ import annotations

import datetime
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import peewee
import pytest

from desktop.errors import TroubleError
from desktop.records.invitations import Invitation
from desktop.records.listing import Query
from desktop.records.open_days import OpenDay
from desktop.records.register import PrintJob, RegisterEntry
from desktop.records.representatives import Representative
from desktop.services.orders import Order
from desktop.storage.database import OfficeDatabase

ROOT = Path(__file__).parent.parent.parent
OLD = b"%PDF-1.5 an older paper"


@pytest.fixture
def day(desk):
    made = OpenDay(theme="走进组织部", held_on=datetime.date(2026, 9, 29), venue="三楼会议室")
    desk.books.save(made)
    for name in ("甲", "乙"):
        desk.books.save(Representative(full_name=name))
    return made


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "文书"
    made.mkdir()
    return made


def everyone(day, target, **more):
    return Order(
        document="invitation-letters", target=target, open_day=day, people=Query(Representative), **more
    )


def nothing_was_registered():
    return not (
        RegisterEntry.select().where(RegisterEntry.series == "邀请函").exists()
        or Invitation.select().exists()
        or PrintJob.select().exists()
    )


def full(*_):
    raise peewee.OperationalError("database or disk is full")


@pytest.mark.parametrize("separate", [False, True])
def test_a_commit_that_fails_leaves_the_older_papers_as_they_were(desk, day, folder, monkeypatch, separate):
    target = folder if separate else folder / "邀请函.pdf"
    name = "邀请函-邀〔2026〕1号-甲.pdf" if separate else "邀请函.pdf"
    (folder / name).write_bytes(OLD)
    monkeypatch.setattr(OfficeDatabase, "commit", full)
    with pytest.raises(TroubleError, match="磁盘已满"):
        desk.press.print(everyone(day, target, separate=separate))

    monkeypatch.undo()
    assert nothing_was_registered()
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {name: OLD}
    assert desk.press.print(everyone(day, target, separate=separate)).register == (
        "邀〔2026〕1号", "邀〔2026〕2号",
    )  # fmt: skip
    assert (folder / name).read_bytes().startswith(b"%PDF-1.5\n")
    assert not list(folder.glob(".*"))


def test_a_folder_made_for_papers_that_came_to_nothing_goes_again(desk, day, tmp_path, monkeypatch):
    monkeypatch.setattr(OfficeDatabase, "commit", full)
    with pytest.raises(TroubleError):
        desk.press.print(everyone(day, tmp_path / "甲" / "乙", separate=True))
    assert not (tmp_path / "甲").exists()


def test_a_paper_that_cannot_have_its_name_registers_nothing(desk, day, folder):
    (folder / "邀请函.pdf").mkdir()
    with pytest.raises(TroubleError, match="已经是一个文件夹"):
        desk.press.print(everyone(day, folder / "邀请函.pdf"))
    assert nothing_was_registered()
    assert [path.name for path in folder.iterdir()] == ["邀请函.pdf"]


def test_a_name_refused_after_the_commit_says_that_the_numbers_stand(desk, day, folder, monkeypatch):
    def refused(self, target):
        raise PermissionError(13, "held by another program")

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(TroubleError, match="已经登记，排除后请再印一次"):
        desk.press.print(everyone(day, folder / "邀请函.pdf"))
    monkeypatch.undo()
    assert not list(folder.iterdir())
    assert desk.press.print(everyone(day, folder / "邀请函.pdf")).register == (
        "邀〔2026〕1号", "邀〔2026〕2号",
    )  # fmt: skip


def test_the_log_holds_the_hash_of_what_lies_there(desk, day, folder):
    desk.press.print(everyone(day, folder / "邀请函.pdf"))
    paper = (folder / "邀请函.pdf").read_bytes()
    assert PrintJob.get().sha256 == hashlib.sha256(hashlib.sha256(paper).digest()).hexdigest()


KILLED = """
import os, sys
from pathlib import Path
from desktop import cli
from desktop.app import carry_out
from desktop.storage.database import OfficeDatabase
if sys.argv[1] == "before the commit":
    OfficeDatabase.commit = lambda self: os._exit(9)
else:
    Path.replace = lambda self, target: os._exit(9)
cli.run(sys.argv[2:], carry_out)
"""


@pytest.mark.parametrize(("moment", "registered"), [("before the commit", 0), ("before the name", 2)])
def test_killed_at_any_moment_no_paper_has_a_number_that_is_not_registered(
    desk, day, office_file, folder, moment, registered
):
    target = folder / "邀请函.pdf"
    target.write_bytes(OLD)
    order = ["--data", office_file, "print", "invitation-letters", "--all", "--out", target]
    done = subprocess.run(
        [sys.executable, "-c", KILLED, moment, *map(str, order)], env=dict(os.environ, PYTHONPATH=str(ROOT))
    )

    assert done.returncode == 9
    assert RegisterEntry.select().where(RegisterEntry.series == "邀请函").count() == registered
    assert target.read_bytes() == OLD
    assert desk.press.print(everyone(day, target)).register == ("邀〔2026〕1号", "邀〔2026〕2号")
