"""Papers of households and visits, and their report, on the command line."""

from __future__ import annotations

import zipfile

import pytest

from tests.commands.test_contract import text_of


@pytest.fixture
def visits(office):
    office("add", "staff", "full_name=周建国", "role=班子成员", "section=办公室", "phone=68841201")
    office("add", "staff", "full_name=李明", "section=组织科")
    for head, group in (("王大爷", "1组"), ("李大妈", "2组")):
        code, _, told = office(
            "add", "household", f"head={head}", "village=木兰村", f"group={group}", "mobile=13905518000"
        )
        assert code == 0, told
    for on, staff, home, more in (
        ("2026-03-02", "周建国", "户0001", "companions=李明"),
        ("2026-03-09", "周建国", "王大爷", "promised=月底前回话"),
        ("2026-04-01", "李明", "户0002", "found=身体好"),
    ):
        code, _, told = office(
            "add", "visit", f"visited_on={on}", f"staff={staff}", f"household={home}", more
        )
        assert code == 0, told
    return office


def test_the_report_has_a_row_for_each_and_unit(visits, tmp_path):
    code, report, _ = visits(
        "report", "visits", "--from", "2026-03-01", "--to", "2026-03-31", "--out", "v.xlsx"
    )
    assert code == 0
    rows = {(row["label"], row["unit"]): (row["value"], len(row["records"])) for row in report["rows"]}
    assert rows == {
        ("全部走访", "户"): (1, 1),
        ("全部走访", "户次"): (2, 2),
        ("周建国", "户"): (1, 1),
        ("周建国", "户次"): (2, 2),
        ("李明", "户"): (1, 1),
        ("李明", "户次"): (1, 1),
    }
    assert zipfile.ZipFile(tmp_path / "v.xlsx").testzip() is None
    assert visits("report", "visits", "--out", "v.pdf")[0] == 0
    assert "户次" in "".join(text_of(tmp_path / "v.pdf"))


def test_the_report_of_a_year_has_every_part(visits):
    code, report, _ = visits("report", "year", "--from", "2026-01-01", "--to", "2026-10-31")
    assert code == 0
    rows = {(row["label"], row["unit"]): row["value"] for row in report["rows"]}
    assert (rows["走访", "户"], rows["走访", "户次"]) == (2, 3)
    assert (
        rows["民情日记", "篇"] == rows["刊载日记", "篇次"] == rows["新结对", "对"] == rows["登记", "件"] == 0
    )


def test_visit_sheets_blank_with_numbers_and_filled(visits, tmp_path):
    code, blank, told = visits("print", "visit-sheets", "--copies", "2", "--out", "b.pdf")
    assert (code, blank["register"], blank["pages"]) == (0, ["访〔2026〕1号", "访〔2026〕2号"], 2), told
    code, draft, _ = visits("print", "visit-sheets", "--draft", "--out", "d.pdf")
    assert (code, draft["register"]) == (0, [])
    code, filled, _ = visits("print", "visit-sheets", "--id", "王大爷", "--out", "f.pdf")
    assert (code, filled["register"], filled["pages"]) == (0, [], 1)
    text = "".join(text_of(tmp_path / "f.pdf"))
    assert "月底前回话" in text
    assert "是否办到" in text
    assert "13905518000" not in text
    visits("print", "visit-sheets", "--id", "王大爷", "--full-numbers", "--out", "g.pdf")
    assert "13905518000" in "".join(text_of(tmp_path / "g.pdf"))

    job = next(job for job in visits("print-log")[1] if job["items"] == 2)
    code, again, _ = visits("reprint", job["id"], "--out", "again.pdf")
    assert (code, again["register"]) == (0, blank["register"])


def test_lists_cards_and_the_briefing(visits, tmp_path):
    assert (
        visits("print", "visit-ledger", "--from", "2026-03-01", "--to", "2026-03-31", "--out", "l.pdf")[0]
        == 0
    )
    assert "走访 1 户，2 户次" in "".join(text_of(tmp_path / "l.pdf"))
    assert visits("print", "pairing-cards", "--out", "none.pdf")[0] == 1
    visits("add", "pairing", "staff=周建国", "household=户0001", "since=2026-03-01", "measures=送医上门")
    for document in ("pairing-cards", "link-cards"):
        assert visits("print", document, "--out", f"{document}.pdf")[0] == 0
        assert "送医上门" in "".join(text_of(tmp_path / f"{document}.pdf"))
    visits("add", "condolence", "household=户0001", "on=2026-03-02", "staff=周建国", "amount=500")
    assert visits("print", "condolence-list", "--out", "c.pdf")[0] == 0
    assert "慰问金 500 元" in "".join(text_of(tmp_path / "c.pdf"))
    assert visits("print", "quota-bulletin", "--out", "q.pdf")[0] == 1
    visits("add", "campaign", "name=千名干部进万家", "since=2026-03-01", "until=2026-12-31")
    assert visits("print", "quota-bulletin", "--out", "q.pdf")[0] == 0
    assert "应完成 2 人，已完成 0 人" in "".join(text_of(tmp_path / "q.pdf"))
    assert visits("print", "briefing", "--from", "2026-01-01", "--to", "2026-06-30", "--out", "b.pdf")[0] == 0
    assert "走访2户、3户次" in "".join("".join(text_of(tmp_path / "b.pdf")).split())
    assert visits("print", "briefing", "--all", "--out", "x.pdf")[0] == 1
    assert visits("print", "link-cards", "--from", "2026-01-01", "--out", "x.pdf")[0] == 1
