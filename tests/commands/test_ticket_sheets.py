"""Ledgers of 问题 by the command line: brought in, taken back, put out; whatever sheet is handed over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import python_calamine

from desktop import cli
from desktop.app import carry_out
from desktop.records.tickets import Ticket

BAD = Path(__file__).parents[1] / "data" / "badinput"
HEAD = "序号,反映日期,反映人,意见建议内容,责任科室,答复内容,答复日期,办结日期"
ROWS = (
    "1,2025-03-03,周大姐,路灯不亮,组织科,已换,2025-03-05,2025-03-06",
    "2,2025-03-03,匿名,=1+1,,,,",
    "3,2025-03-04,周大姐,审批太慢,组织科,,,2025-03-06",
)


@pytest.fixture
def openday(desk, office_file, capsys):
    def call(*words):
        code = cli.run(["--data", str(office_file), "--json", *map(str, words)], carry_out)
        out, told = capsys.readouterr()
        return code, json.loads(out), told

    return call


@pytest.fixture
def ledger(tmp_path):
    path = tmp_path / "台账.csv"
    path.write_text("\n".join((HEAD, *ROWS)), encoding="utf-8")
    return path


def test_in_by_one_batch_out_again_and_back(openday, ledger, tmp_path):
    code, tried, _ = openday("import", "ticket", ledger, "--dry-run")
    assert (code, tried["added"], tried["batch"]) == (0, 2, None)
    assert openday("list", "ticket")[1] == []
    code, done, told = openday("import", "ticket", ledger)
    assert (code, done["read"], done["added"]) == (0, 3, 2), told
    assert [(fault["row"], fault["message"]) for fault in done["faults"]] == [
        (4, "第 4 行 F 列：“办结”的要有答复内容；没有答复就不能办结")
    ]
    again = openday("import", "ticket", ledger)[1]
    assert (again["added"], again["skipped"]) == (0, 2)
    assert [found["reason"] for found in again["duplicates"]] == ["内容、反映人和日期相同"] * 2

    out = tmp_path / "out.xlsx"
    code, written, _ = openday("export", "ticket", out, "--where", "state=办结")
    assert (code, written["rows"]) == (0, 1)
    with python_calamine.load_workbook(str(out)) as book:
        head, row = book.get_sheet_by_index(0).to_python()
    told = dict(zip(head, row, strict=True))
    assert (told["内容"], told["状态"], told["答复内容"], told["办结日期"]) == (
        "路灯不亮",
        "办结",
        "已换",
        "2025-03-06",
    )

    code, removed, _ = openday("undo", done["batch"])
    assert (code, removed["removed"]) == (0, 2)
    assert openday("list", "ticket")[1] == []


def test_a_footer_is_left_out_and_a_matter_that_begins_like_one_is_not(openday, tmp_path):
    path = tmp_path / "a.csv"
    head = "序号,反映日期,反映人,意见建议内容,类别,来源,责任科室,责任人,地点,备注,答复内容,办结日期"
    path.write_text(
        f"{head}\n,2025-03-03,,审批太慢{',' * 8}\n合计,,,1件{',' * 8}\n填表人：张三,,,,,,,,,,,\n",
        encoding="utf-8",
    )
    code, done, told = openday("import", "ticket", path)
    assert (code, done["added"], len(done["ignored"])) == (0, 1, 2), told
    assert Ticket.get().content == "审批太慢"


@pytest.mark.parametrize("file", sorted(path.name for path in BAD.rglob("*") if path.is_file()))
def test_a_hostile_sheet_is_read_or_refused_in_words(openday, file):
    path = next(BAD.rglob(file))
    before = Ticket.select().count()
    code, answer, told = openday("import", "ticket", path)
    assert code in (0, 1, 3), told
    assert "意料之外" not in told
    assert "Traceback" not in told
    if code:
        assert answer["error"]["message"]
        assert Ticket.select().count() == before
