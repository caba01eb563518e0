"""print and reprint --printer: papers that go to a queue, and what is said where there is none."""

from __future__ import annotations

import datetime
import json

import pytest

from desktop import app
from desktop.documents.preview import page_count, page_text
from desktop.records.base import own_connection
from desktop.records.invitations import Invitation
from desktop.records.open_days import OpenDay
from desktop.records.register import PrintJob
from desktop.records.representatives import Representative
from desktop.storage import office
from tests.print_system import needs_cups, running


@pytest.fixture(scope="module")
def system():
    with running() as started:
        yield started


@pytest.fixture
def queue(system, monkeypatch):
    monkeypatch.setenv("CUPS_SERVER", str(system.socket))
    return system


@pytest.fixture
def openday(desk, office_file, capsys):
    """Run a command in this process; returns (exit code, JSON, what was told)."""
    day = OpenDay(theme="走进组织部", held_on=datetime.date(2026, 9, 29), venue="三楼会议室")
    desk.books.save(day)
    for name in ("曾国强", "王伟", "李娜"):
        desk.books.save(Representative(full_name=name, address="肥西县上派镇"))
    office.close()

    def call(*words):
        code = app.main(["--data", str(office_file), "--json", *map(str, words)])
        told = capsys.readouterr()
        return code, json.loads(told.out) if told.out.strip() else None, told.err

    return call


def jobs(office_file):
    office.open_office(office_file)
    try:
        with own_connection():
            return list(PrintJob.select()), {row.state for row in Invitation.select()}
    finally:
        office.close()


@needs_cups
def test_letters_go_to_a_queue_and_are_printed_when_it_took_them(queue, openday, office_file):
    printed = queue.queue("letters")
    code, made, _ = openday("print", "invitation-letters", "--all", "--printer", "letters", "--copies", 2)
    queue.finish()
    assert (code, made["files"], made["printer"], len(made["register"])) == (0, [], "letters", 3)
    assert page_count(printed) == 2 * made["pages"]
    assert "李娜同志" in page_text(printed, 0)
    (job,), states = jobs(office_file)
    assert job.sent
    assert states == {"已印"}

    code, again, _ = openday("reprint", made["job"][:12], "--printer", "letters")
    queue.finish()
    assert (code, again["register"], page_count(printed)) == (0, made["register"], made["pages"])


@needs_cups
def test_a_printer_that_is_not_there_is_refused_before_anything_is_numbered(queue, openday, office_file):
    queue.queue("there")
    code, answer, told = openday("print", "envelopes", "--all", "--printer", "gone")
    assert code == 3
    assert "没有找到名为“gone”的打印机，没有打印，也没有登记；现有：" in told
    assert "there" in answer["error"]["message"]
    assert jobs(office_file) == ([], set())


@needs_cups
def test_what_the_queue_does_not_take_can_be_sent_again(queue, openday, office_file):
    printed = queue.queue("closed")
    queue.admin("cupsreject", "closed")
    code, _, told = openday("print", "invitation-letters", "--all", "--printer", "closed")
    assert code == 3
    (job,), states = jobs(office_file)
    assert f"openday reprint {job.id.hex()[:12]} --printer closed" in told
    assert (job.sent, states) == ("", {"待印"})
    queue.admin("cupsaccept", "closed")
    code, made, _ = openday("reprint", job.id.hex()[:12], "--printer", "closed")
    queue.finish()
    assert (code, page_count(printed)) == (0, made["pages"])
    assert jobs(office_file)[1] == {"已印"}


@needs_cups
def test_a_trial_on_a_printer_registers_nothing(queue, openday, office_file):
    printed = queue.queue("trial")
    assert openday("print", "envelopes", "--all", "--draft", "--printer", "trial")[0] == 0
    assert openday("print", "calibration", "--printer", "trial")[0] == 0
    queue.finish()
    assert "校准" in page_text(printed, 0)
    assert jobs(office_file) == ([], set())


def test_without_a_print_system_a_sentence_says_so(openday, office_file, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    code, _, told = openday("print", "envelopes", "--all", "--printer", "any")
    assert code == 3
    assert "没有打印命令 lp" in told
    assert jobs(office_file) == ([], set())


def test_where_to_has_to_be_said_and_only_once(openday):
    assert openday("print", "envelopes", "--all")[2].startswith(
        "用法不对：要写明 --out（存为 PDF）或 --printer"
    )
    code, _, told = openday("print", "envelopes", "--all", "--out", "x.pdf", "--printer", "any")
    assert code == 2
    assert "--printer 不能同时用 --out" in told.replace("参数 ", "")
    code, _, told = openday("print", "envelopes", "--all", "--separate", "--printer", "any")
    assert (code, "请去掉 --separate" in told) == (1, True)
    code, _, told = openday("print", "envelopes", "--all", "--copies", "2", "--out", "x.pdf")
    assert (code, "--copies" in told) == (1, True)
    assert openday("print", "envelopes", "--all", "--copies", "0", "--printer", "any")[0] == 1
