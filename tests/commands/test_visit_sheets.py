"""Households and visits from sheets: headings as clerks write them, namesakes told apart, faults by row."""

from __future__ import annotations

import pytest

HOMES = """户主姓名,村(社区),村民组,家庭类别,联系电话,家庭人口
王守义,木兰村,3组,困难党员,13800000001,3
王守义,木兰村,5组,一般户,,2
王守义,木兰村,3组,一般户,,4
孔令友,小井庄村,大塘组,,,1
"""
VISITS = """走访时间,走访干部,户主,村,组,户号,走访情况,走访方式
2026年3月2日,李明、赵文静,王守义,木兰村,5组,,都好,入户走访
2026-03-03,李明,孔令友,,,,身体好,节日慰问
2026-03-03,李明,,,,户0001,身体好,
2026-03-04,李明,王守义,木兰村,,,说不清是哪一户,
2026-03-04,李明,查无此户,木兰村,,,,
2026-03-04,钱学,孔令友,,,,,
2126-03-04,李明,孔令友,,,,,
2026-03-05,李明,孔令友,,,户0001,户号和户主不符,
"""


@pytest.fixture
def filled(office, tmp_path):
    for name in ("李明", "赵文静"):
        office("add", "staff", f"full_name={name}")
    (tmp_path / "户.csv").write_text(HOMES, encoding="utf-8")
    (tmp_path / "走访.csv").write_text(VISITS, encoding="utf-8")
    code, done, told = office("import", "household", "户.csv")
    assert code == 0, told
    assert (done["added"], [row["row"] for row in done["duplicates"]]) == (3, [4])
    return office


def test_households_keep_their_rules(filled):
    homes = filled("list", "household")[1]
    told = sorted(
        (home["number"], home["head"], home["group"], home["sort"], home["people"]) for home in homes
    )
    assert told == [
        ("户0001", "王守义", "3组", "困难党员", 3),
        ("户0002", "王守义", "5组", "一般户", 2),
        ("户0003", "孔令友", "大塘组", "一般户", 1),
    ]


def test_visits_find_their_household_or_say_why_not(filled):
    code, done, told = filled("import", "visit", "走访.csv")
    assert code == 0, told
    assert (done["added"], [fault["row"] for fault in done["faults"]]) == (3, [5, 6, 7, 8, 9])
    messages = [fault["message"] for fault in done["faults"]]
    assert "户0001" in messages[0]
    assert "户0002" in messages[0]
    assert "木兰村 查无此户" in messages[1]
    assert "钱学" in messages[2]
    rows = filled("report", "visits")[1]["rows"]
    counts = {(row["label"], row["unit"]): row["value"] for row in rows}
    assert (counts["全部走访", "户"], counts["李明", "户次"], counts["赵文静", "户次"]) == (3, 3, 1)
    assert {visit["purpose"] for visit in filled("list", "visit")[1]} == {"走访", "慰问"}
    assert filled("undo", done["batch"])[0] == 0
    assert filled("list", "visit")[1] == []


def test_an_export_of_visits_comes_in_again_as_duplicates(filled):
    filled("import", "visit", "走访.csv")
    code, written, _ = filled("export", "visit", "v.xlsx")
    assert (code, written["rows"]) == (0, 3)
    again = filled("import", "visit", "v.xlsx", "--dry-run")[1]
    assert (again["added"], len(again["duplicates"]), again["faults"]) == (0, 3, [])
    filled("export", "household", "h.xlsx")
    again = filled("import", "household", "h.xlsx", "--dry-run")[1]
    assert (again["added"], len(again["duplicates"]), again["faults"]) == (0, 3, [])
