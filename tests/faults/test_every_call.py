"""A failure at the n-th write, sync and rename of each job: nothing acknowledged is lost, what was there stays whole."""

from __future__ import annotations

import errno
import functools
import random
import shutil

import pytest
from disk import Disk, possible, watched
from jobs import JOBS, OFFICE, REGISTERED, command, content, fresh, kept, let_in, whole

from desktop.storage import keyring

pytestmark = [
    pytest.mark.skipif(not possible(), reason="needs Linux with glibc on x86_64 or aarch64"),
    pytest.mark.usefixtures("cheap"),
]
GROWING = ("write", "make", "folder", "name", "second")
"""What a full disk and a read-only one refuse."""
REMOVING = ("unname", "unfolder")
"""What is refused when something we made for a moment has to stay."""
SOME = 1
"""Calls refused of each job in the short run."""


def once(at, why):
    """Refuse one call; those after it are done."""
    return lambda number, call: why if number == at else 0


def from_then_on(at, why):
    """Refuse every call that needs room from one on."""
    return lambda number, call: why if number >= at and call.do in GROWING else 0


FAILURES = {
    "once": (once, errno.EIO),
    "full": (from_then_on, errno.ENOSPC),
    "read-only": (from_then_on, errno.EROFS),
}


class Trial:
    """One job under one failure, and whether what it left is what it told."""

    def __init__(self, base, work, job, refuse=None):
        fresh(base, work, job)
        let_in(work / OFFICE)
        there = {path.name for path in work.iterdir()}
        old = (work / job.writes).read_bytes() if job.writes else b""
        with watched(Disk(work.parent, refuse)) as disk:
            self.code, self.told = command(work, *job.words)
        self.count, self.done = disk.count, self.code == 0
        assert keyring.fingerprint_of(work / OFFICE) == keyring.fingerprint_of(base / OFFICE)
        self._look_at_office(work / OFFICE, job, before(base / OFFICE))
        if job.writes:
            new = (work / job.writes).read_bytes()
            # where only the name could not be made safe, the new file is there, whole, and nobody was told so
            assert new != old if self.done else (new == old or whole(work / job.writes))
        left = {path.name for path in work.iterdir()} - there
        mine = {name for name in left if not name.endswith(("-wal", "-shm", ".openday.json"))}
        assert not mine or any(call.do in REMOVING for call in disk.refused)

    def _look_at_office(self, office, job, was):
        now = content(office)  # which checks it from its first page to its last
        assert self.code in (0, 3)
        if self.done:
            assert not job.keeps or kept(office, job)
            return
        assert now == was or REGISTERED in self.told, self.told
        assert "意料之外" not in self.told
        assert any("\u4e00" <= letter <= "\u9fff" for letter in self.told)


@functools.cache
def before(office):
    let_in(office)
    return content(office)


@pytest.fixture
def tried(office_folder, locked_folder, tmp_path, monkeypatch):
    root = tmp_path.resolve()
    monkeypatch.setenv("XDG_DATA_HOME", str(root / "home"))

    def one(job, refuse=None, *, locked=False):
        shutil.rmtree(root / "home", ignore_errors=True)  # what is noted there is of the file before
        (root / "home").mkdir()
        return Trial(locked_folder if locked else office_folder, root / "work", job, refuse)

    return one


@pytest.mark.parametrize("sort", ["plain", "locked"])
@pytest.mark.parametrize("name", JOBS)
@pytest.mark.timeout(7200)
def test_what_is_told_is_what_is_there(tried, name, sort, long):
    job, locked = JOBS[name], sort == "locked"
    total = tried(job, locked=locked).count
    every = [(number, failure) for failure in FAILURES for number in range(1, total + 1)]
    told = dict.fromkeys(FAILURES, 0)
    for number, failure in every if long else random.sample(every, SOME):
        refusing, why = FAILURES[failure]
        told[failure] += not tried(job, refusing(number, why), locked=locked).done
    print(f"{name}, {sort}: {total} calls, refusals told {told}")
    assert not long or all(told.values())
