"""Every noun of the visit loop as the command line keeps it: typed in, written to a sheet, known again, taken back."""

from __future__ import annotations

import csv
from argparse import Namespace

import pytest

from desktop.commands import records, sheets
from desktop.errors import UserError
from desktop.exchange.roster import headings, lines
from desktop.records.catalogue import record_type
from desktop.records.diaries import Diary, DiaryCorrection
from desktop.records.listing import Query
from desktop.records.work_lines import LiaisonReport

ADDED = (
    ("staff", "full_name=周建国", "role=班子成员"),
    ("household", "head=王大爷", "village=木兰村"),
    ("member", "household=户0001", "full_name=王小妹"),
    ("campaign", "name=大走访", "since=2026-01-01", "until=2026-12-31"),
    ("visit", "visited_on=2026-03-02", "staff=周建国", "household=户0001", "found=屋顶漏雨"),
    ("diary", "author=周建国", "written_on=2026-03-03", "title=一堵墙", "text=墙上的缝有两指宽。"),
    ("diary-visit", "diary=一堵墙", "visit=2026-03-02 王大爷"),
    ("publication", "diary=一堵墙", "medium=肥西组工", "level=县级", "on=2026-03-09"),
    ("pairing", "staff=周建国", "household=户0001", "since=2026-03-01"),
    ("pairing-progress", "pairing=周建国—王大爷", "on=2026-03-05", "text=送棉被"),
    ("condolence", "household=户0001", "on=2026-03-02", "staff=周建国", "goods=米油"),
    ("work-line", "name=基层党建", "section=组织科", "lead=周建国"),
    ("work-progress", "work_line=基层党建", "on=2026-03-31", "text=轮训第一期办完"),
    ("topic", "title=运转经费", "lead=周建国", "due_on=2026-12-01"),
    ("topic-progress", "topic=运转经费", "on=2026-03-31", "text=查账完毕"),
    ("link-point", "staff=周建国", "village=木兰村"),
    ("liaison-report", "title=三月小结", "due_on=2026-03-31", "staff=周建国"),
    ("meeting", "name=第3次部长办公会", "sort=部长办公会", "held_on=2026-03-20"),
    ("appointment", "on=2026-04-01", "at=9点半", "staff=周建国", "household=户0001", "about=补贴"),
)
KINDS = tuple(kind for kind, *_ in ADDED if kind not in ("staff", "household"))


def told(desk, verb, kind, *words, key=""):
    """Give a command as the parser does; return its JSON."""
    return verb(desk, Namespace(kind=kind, id=key, values=list(words))).value


@pytest.fixture
def filled(desk):
    for kind, *words in ADDED:
        told(desk, records.add, kind, *words)
    return desk


def sheet_of(desk, kind, path):
    """Write a kind's records to a sheet of text, as its export has them."""
    model = record_type(kind)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings(model), *lines(desk.books, Query(model))])
    return path


def bring_in(desk, kind, path, *, dry_run):
    asked = Namespace(kind=kind, file=path, sheet=None, encoding=None, dry_run=dry_run, on_duplicate="skip")
    return sheets.bring_in(desk, asked).value


def test_each_goes_to_a_sheet_and_is_known_again(filled, tmp_path):
    for kind in KINDS:
        done = bring_in(filled, kind, sheet_of(filled, kind, tmp_path / f"{kind}.csv"), dry_run=True)
        assert (done["read"], done["skipped"], done["faults"]) == (1, 1, []), kind


def test_a_sheet_of_new_ones_comes_in_and_goes_with_one_undo(filled, tmp_path):
    path = tmp_path / "上报.csv"
    rows = "材料名称,期限,报送人\n四月小结,2026-04-30,周建国\n三月小结,2026-04-30,周建国\n五月小结,五月底,周建国\n"
    path.write_text(rows, encoding="utf-8")
    done = bring_in(filled, "liaison-report", path, dry_run=False)
    assert (done["added"], [fault["row"] for fault in done["faults"]]) == (2, [4])
    filled.changes.undo_last()
    assert [row.title for row in filled.books.page(Query(LiaisonReport))] == ["三月小结"]


def test_steps_corrections_and_who_may_not_be_removed(filled):
    diary = filled.books.page(Query(Diary))[0].id.hex()
    with pytest.raises(UserError, match="更正"):
        told(filled, records.change, "diary", "text=改写", key=diary)
    values = ("text=缝有三指宽。", "reason=量错了")
    step = Namespace(kind="diary", id=diary, verb="correct", values=list(values))
    assert records.do(filled, step).value["text"] == "缝有三指宽。"
    assert [row.old_text for row in filled.books.page(Query(DiaryCorrection))] == ["墙上的缝有两指宽。"]
    with pytest.raises(UserError, match="不能删除"):
        records.remove(filled, Namespace(kind="staff", id="周建国", reason=""))
    with pytest.raises(UserError, match=r"打开日记“.*一堵墙”，在“走访”标签里移除"):
        records.remove(filled, Namespace(kind="visit", id="2026-03-02 王大爷", reason=""))
