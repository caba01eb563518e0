"""Arguments nobody would type but a script may pass: each is done or refused in one sentence, nothing hangs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop import cli
from desktop.app import carry_out
from desktop.records.invitations import Invitation

ROOT = Path(__file__).parent.parent.parent
WORDS = ("", "x" * 10_000, "张\0三", "\udcff", "\n", "\u202e", "\x1b[2J", "9" * 400, "1e400", "--", "=1", "[")
PLACES = (
    "add # full_name=甲", "add representative #", "add representative full_name=#",
    "add invitation open_day=# representative=曾国强", "add invitation open_day=2026-1 representative=#",
    "add open-day theme=甲 held_on=# venue=乙", "add form title=甲 questions=#", "add form-return issue=# serial=1",
    "set representative # post=1", "show representative #", "list representative --search #",
    "list representative --where full_name=#", "list representative --where #", "list representative --sort #",
    "list representative --limit #", "remove staff #", "do open-day 2026-1 #", "do open-day 2026-1 cancel #",
    "import representative #", "undo #", "export # a.xlsx", "print # --out a.pdf",
    "print invitation-letters --id # --out a.pdf", "print feedback-forms --form # --out a.pdf",
    "print feedback-forms --copies # --out a.pdf", "due --from #", "due --from 2026-09-29 --days #",
    "report #", "report participants --from #", "backup no/#", "restore #", "demo a/office.openday/#",
)  # fmt: skip


@pytest.fixture
def call(desk, office_file, capsys, tmp_path, monkeypatch):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "office.openday").touch()
    monkeypatch.chdir(tmp_path)

    def run(*words):
        code = cli.run(["--data", str(office_file), "--json", *words], carry_out)
        out, told = capsys.readouterr()
        return code, json.loads(out), told

    run("add", "open-day", "theme=甲", "held_on=2026-09-29", "venue=三楼")
    run("add", "representative", "full_name=曾国强")
    return run


@pytest.mark.parametrize("place", PLACES)
def test_a_hostile_word_is_done_or_refused_in_one_sentence(call, place):
    for hostile in WORDS:
        code, answer, told = call(*(word.replace("#", hostile) for word in place.split()))
        assert code in (0, 1, 2, 3), hostile[:20]
        if code:
            assert "意料之外" not in told, hostile[:20]
            assert told.count("\n") == 1, hostile[:20]
            assert len(told) < 1_100
            assert "\x1b" not in told
            assert answer["error"]["message"] == told.strip()


def test_an_invitation_without_its_day_or_person_is_refused_at_the_field(call):
    for field, words in (("open_day", "representative=曾国强"), ("representative", "open_day=2026-1")):
        code, answer, _ = call("add", "invitation", words)
        assert (code, answer["error"]["field"]) == (1, field)
    assert not Invitation.select().exists()


@pytest.fixture
def pipe(tmp_path):
    if os.name == "nt":
        pytest.skip("Windows keeps pipes elsewhere")
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


@pytest.mark.parametrize(
    "words",
    ["--data # list staff", "--data # check", "--data # backup b.openday", "restore #", "import representative #",
     "print sign-in-sheet --all --out #", "export representative #", "backup #", "report participants --out #"],
)  # fmt: skip
def test_a_pipe_is_neither_waited_for_nor_replaced(call, pipe, office_file, words):
    """A pipe made every command wait for ever, and a print put its file in the place of a device."""
    suffixed = pipe.with_suffix(".xlsx")
    pipe.rename(suffixed)
    command = [sys.executable, "-m", "desktop", "--data", str(office_file)]
    done = subprocess.run(
        [*command, *(word.replace("#", str(suffixed)) for word in words.split())],
        capture_output=True, text=True, timeout=20, env=dict(os.environ, PYTHONPATH=str(ROOT)),
    )  # fmt: skip
    assert done.returncode in (1, 3), done.stderr
    assert "设备或管道" in done.stderr
    assert suffixed.is_fifo()


def test_a_paper_marked_read_only_is_not_overwritten(call, tmp_path):
    paper = tmp_path / "签到表.pdf"
    paper.write_bytes(b"%PDF signed")
    paper.chmod(0o444)
    code, _, told = call("print", "sign-in-sheet", "--all", "--out", str(paper))
    assert (code, "只读" in told) == (3, True)
    assert paper.read_bytes() == b"%PDF signed"
    paper.chmod(0o644)
    assert call("print", "sign-in-sheet", "--all", "--out", str(paper))[0] == 0
