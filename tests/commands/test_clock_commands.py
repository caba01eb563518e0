"""due, notice, moved as scripts use them."""

from __future__ import annotations

import json

import pytest

from desktop import app

NOTICE = """国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕9号
一、元旦：1月1日（周五）至4日（周一）放假调休，共4天。1月9日（周六）上班。"""


@pytest.fixture
def office(tmp_path, capsys):
    """Run the program in this process; returns (exit code, JSON)."""

    def call(*words):
        capsys.readouterr()
        code = app.main(["--data", str(tmp_path / "office.openday"), "--json", *map(str, words)])
        return code, json.loads(capsys.readouterr().out)

    assert call("new", "--name", "肥西县委组织部")[0] == 0
    return call


@pytest.fixture
def notice(tmp_path):
    path = tmp_path / "通知.txt"
    path.write_text(NOTICE, encoding="gb18030")
    return path


def test_each_unit_is_explained(office):
    _, days = office("due", "--from", "2026-09-29", "--days", "7", "--unit", "day")
    assert (days["due"], days["nominal"], days["presumed"]) == ("2026-10-08", "2026-10-06", False)
    assert [day["date"] for day in days["days"]][-1] == "2026-10-08"
    assert sum(day["counted"] for day in days["days"]) == 7
    assert days["days"][1]["source"] == "国务院2026年放假通知"
    _, months = office("due", "--from", "2026-01-31", "--days", "1", "--unit", "month")
    assert months["due"] == "2026-02-28"
    _, hours = office("due", "--from", "2026-09-30", "--days", "24", "--unit", "hour")
    assert (hours["due"], hours["at"]) == ("2026-10-01", "2026-10-02T00:00")


def test_a_limit_of_the_office_is_counted_by(office):
    _, told = office("due", "--from", "2026-08-01", "--limit", "2 个月")
    assert (told["due"], told["nominal"]) == ("2026-10-08", "2026-10-01")
    code, told = office("due", "--from", "2026-08-01", "--limit", "没有的")
    assert (code, told["error"]["field"]) == (1, "limit")


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("--from", "1900-01-01"), "from"),
        (("--from", "2099-12-30"), "from"),
        (("--from", "2099-12-30", "--unit", "month", "--days", "2"), "from"),
        (("--from", "2026-01-01", "--days", "-1"), "days"),
        (("--from", "2026-01-01", "--days", "99999999", "--unit", "hour"), "days"),
    ],
)
def test_what_can_not_be_counted_is_refused(office, words, field):
    code, told = office("due", *words)
    assert (code, told["error"]["field"]) == (1, field)


def test_a_notice_is_tried_kept_and_taken_back(office, notice):
    office("add", "open-day", "theme=年底", "held_on=2026-12-24")
    _, tried = office("notice", notice, "--dry-run")
    assert (tried["year"], tried["source"], tried["added"], len(tried["days"])) == (
        2027,
        "国办发明电〔2026〕9号",
        0,
        5,
    )
    assert office("list", "holiday")[1] == []

    _, kept = office("notice", notice)
    assert (kept["added"], kept["faults"]) == (5, [])
    moved = kept["moved"]
    assert [(one["what"], one["old"], one["new"]) for one in moved] == [
        ("答复代表", "2027-01-05", "2027-01-06")
    ]
    assert office("moved")[1]["moved"] == moved

    _, left = office("moved", "--leave", moved[0]["id"])
    assert (left["moved"], len(left["left"])) == ([], 1)
    assert len(office("list", "left-date")[1]) == 1
    assert office("undo", kept["batch"])[1] == {"removed": 5}


def test_moved_dates_are_accepted(office, notice):
    office("add", "open-day", "theme=年底", "held_on=2026-12-24")
    office("notice", notice)
    _, done = office("moved", "--accept", "all")
    assert (done["moved"], len(done["accepted"])) == ([], 1)
    due = {row["name"]: row["due_on"] for row in office("list", "milestone")[1]}
    assert due["答复代表"] == "2027-01-06"
    assert office("moved", "--accept", "all")[1]["accepted"] == []
    assert office("moved", "--accept", "ffff")[0] == 1


def test_a_notice_that_disagrees_is_refused_until_the_clerk_says_which(office, notice):
    office("add", "holiday", "date=2027-01-04", "sort=补班")
    code, told = office("notice", notice)
    assert (code, told["error"]["field"]) == (1, "on_conflict")
    assert len(office("list", "holiday")[1]) == 1
    assert office("notice", notice, "--on-conflict", "keep")[1]["changed"] == 0
    assert office("notice", notice, "--on-conflict", "replace")[1]["changed"] == 1


def test_a_notice_with_faults_is_refused_until_it_is_meant(office, tmp_path):
    path = tmp_path / "n.txt"
    path.write_text("2027年 一、元旦：1月1日（周四）放假。", encoding="utf-8")
    code, told = office("notice", path)
    assert (code, "对不上" in told["error"]["message"]) == (1, True)
    assert office("notice", path, "--anyway")[1]["added"] == 1
    assert office("notice", tmp_path / "none.txt")[0] == 3


def test_limits_are_records(office):
    _, limits = office("list", "time-limit")
    assert [limit["name"] for limit in limits if limit["is_default"]] == ["7 个工作日"]
    _, made = office("add", "time-limit", "name=10 个工作日", "amount=10", "unit=工作日")
    assert (made["start"], made["warn_before"], made["late_by"]) == ("次日", 2, 5)
    assert office("set", "time-limit", "10 个工作日", "is_default=是")[0] == 0
    assert [one["name"] for one in office("list", "time-limit")[1] if one["is_default"]] == ["10 个工作日"]
    assert office("remove", "time-limit", "10 个工作日")[0] == 1
    assert office("remove", "time-limit", "3 个工作日")[0] == 0


def test_a_sheet_of_the_notice_is_imported_with_its_ranges(office, tmp_path):
    path = tmp_path / "放假.csv"
    path.write_text(
        "放假日期,类别,节日,依据\n2027-01-01至2027-01-03,放假,元旦,国办发明电\n2027-01-09,上班,元旦,\n"
        "2027-01-09,休,元旦,\n2027-13-01,放假,元旦,\n",
        encoding="utf-8-sig",
    )
    _, tried = office("import", "holiday", path, "--dry-run")
    assert (tried["new"], len(tried["duplicates"])) == (4, 1)
    assert [(fault["row"], fault["column"]) for fault in tried["faults"]] == [(5, "A")]
    _, done = office("import", "holiday", path)
    assert (done["added"], done["skipped"]) == (4, 1)
    days = {row["date"]: row["sort"] for row in office("list", "holiday")[1]}
    assert days == {"2027-01-01": "放假", "2027-01-02": "放假", "2027-01-03": "放假", "2027-01-09": "补班"}


def test_what_is_no_text_is_refused(office, tmp_path):
    for content in (b"PK\x03\x04" + bytes(40), b"%PDF-1.7 \xff", bytes(2_000_000)):
        path = tmp_path / "n.txt"
        path.write_bytes(content)
        code, told = office("notice", path)
        assert code == 1, told
    assert office("notice", tmp_path)[0] == 1
    assert office("notice", "/dev/zero")[0] == 1
