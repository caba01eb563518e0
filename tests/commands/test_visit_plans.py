"""Plans on the command line: their steps and questions, the 走访安排表; what can't be is one clear sentence."""

from __future__ import annotations

import datetime
import json
import shutil

import pytest

from desktop import app
from desktop.app import new_desk
from desktop.records.households import Household
from desktop.records.staff import Office, Staff
from desktop.storage import office as office_file
from tests.commands.test_contract import text_of

TODAY = datetime.date.today()
DAY = datetime.timedelta(days=1)
MONDAY = TODAY - TODAY.weekday() * DAY + 14 * DAY


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return an office file with three staff and three households of one village."""
    path = tmp_path_factory.mktemp("plans") / "office.openday"
    desk = new_desk(path, Office(name="肥西县委组织部"))
    for name in ("周建国", "李明", "赵文静"):
        desk.books.save(Staff(full_name=name))
    for head in ("王大爷", "李大妈", "曾国强"):
        desk.books.save(Household(head=head, village="木兰村", group="1组", mobile="13905518000"))
    office_file.close()
    return path


@pytest.fixture
def visits(made, tmp_path, monkeypatch, capsys):
    """Run a command on a copy; returns (exit code, JSON, what was told on standard error)."""
    path = tmp_path / "office.openday"
    shutil.copyfile(made, path)
    monkeypatch.chdir(tmp_path)

    def call(*words):
        code = app.main(["--data", str(path), "--json", *map(str, words)])
        out, told = capsys.readouterr()
        return code, json.loads(out) if out.strip() else None, told

    return call


def planned(office, on, staff, home, *more):
    return office("add", "visit", f"visited_on={on}", f"staff={staff}", f"household={home}", *more)


def test_three_teams_in_a_week_are_warned_of_moved_and_printed(visits, tmp_path):
    for place, staff in enumerate(("周建国", "李明", "赵文静"), 1):
        code, visit, told = planned(visits, MONDAY, staff, f"户000{place}", "state=计划")
        assert code == 0
    assert "请注意：“木兰村”一周内已有 3 个组" in told
    assert visits("print", "visit-plan", "--out", "crowded.pdf")[0] == 0
    text = "".join(text_of(tmp_path / "crowded.pdf"))
    assert "过于集中：木兰村" in text
    assert "13905518000" not in text

    code, _, told = visits("do", "visit", visit["id"], "move", f"on={MONDAY + DAY}")
    assert (code, "请注意：可以改到 " in told) == (0, True)
    code, moved, told = visits("do", "visit", visit["id"], "move", f"on={MONDAY + 7 * DAY}")
    assert (code, told, moved["visited_on"]) == (0, "", f"{MONDAY + 7 * DAY}")
    code, printed, _ = visits("print", "visit-plan", "--where", "state=计划", "--out", "p.pdf")
    assert (code, printed["pages"]) == (0, 1)
    text = "".join(text_of(tmp_path / "p.pdf"))
    assert "没有过于集中的村" in text
    assert "合计 3 次，3 户，1 个村，3 人带队" in text


def test_a_plan_is_carried_out_or_called_off_once(visits):
    _, first, _ = planned(visits, TODAY, "李明", "户0001", "state=计划")
    code, done, told = visits("do", "visit", first["id"], "done", "found=身体好", "companions=赵文静")
    assert (code, done["state"], done["companions"]) == (0, "已访", "赵文静"), told
    code, _, told = visits("do", "visit", first["id"], "cancel")
    assert code == 1
    assert "是已访的走访，不是计划" in told
    _, second, _ = planned(visits, TODAY + DAY, "李明", "户0002", "state=计划")
    code, _, told = visits("do", "visit", second["id"], "done", f"on={TODAY + DAY}")
    assert (code, "还没有到" in told) == (1, True)
    assert visits("do", "visit", second["id"], "cancel", "reason=防汛")[1]["note"] == "取消：防汛"
    assert visits("print", "visit-plan", "--out", "none.pdf")[0] == 1


@pytest.mark.parametrize(
    ("step", "on", "told"),
    [
        ((), TODAY + DAY, "还没有到；准备去的请把状态填为“计划”"),
        (("set", "household", "户0001", f"since={TODAY}"), TODAY - DAY, "立户日期"),
        (
            ("do", "household", "户0001", "move", f"on={TODAY - 9 * DAY}"),
            TODAY - DAY,
            "迁出，不能登记其后的走访",
        ),
        (("do", "household", "户0001", "merge", "into=户0002"), TODAY - DAY, "请改选并入的那一户"),
    ],
    ids=["in the future", "before the household", "moved away", "merged"],
)
def test_what_cannot_be_is_one_clear_sentence(visits, step, on, told):
    if step:
        assert visits(*step)[0] == 0
    code, _, said = planned(visits, on, "李明", "户0001")
    assert (code, told in said) == (1, True), said


def test_twice_the_same_day_by_the_same_person_is_asked_not_refused(visits):
    assert planned(visits, TODAY - DAY, "李明", "户0001")[2] == ""
    code, _, told = planned(visits, TODAY - DAY, "李明", "户0001")
    assert code == 0
    assert f"请注意：李明 {TODAY - DAY} 已有一次对“王大爷”的走访" in told
    code, report, _ = visits("report", "visits")
    rows = {(row["label"], row["unit"]): row["value"] for row in report["rows"]}
    assert (rows["李明", "户"], rows["李明", "户次"]) == (1, 2)
    code, _, told = visits("remove", "staff", "李明")
    assert (code, "不能删除" in told) == (1, True)


def test_one_person_has_a_quota_of_their_own(visits):
    visits("add", "campaign", "name=进万家", f"since={TODAY - 9 * DAY}", f"until={TODAY + 9 * DAY}")
    own = ("add", "own-quota", "campaign=进万家", "staff=李明", "households=20", "reason=驻村")
    assert visits(*own)[0] == 0
    code, _, told = visits(*own)
    assert (code, "单独定过指标" in told) == (1, True)
