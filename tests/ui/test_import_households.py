"""A roster with namesakes through the window: what tells them apart is shown, 1 2 3 decide, one undo takes all back."""

from __future__ import annotations

import pytest
from dialog_fixtures import away, part, rest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.records.base import parts_of
from desktop.records.households import Household, Member
from desktop.services.importing import OnDuplicate
from desktop.ui.import_dialog import ROWS, ImportDialog

ROSTER = """\
户主姓名,村,组,家庭住址,联系电话,家庭成员
王伟,木兰村,3组,木兰村3组12号,,陶桂英（妻）、王小明（子）
王伟,木兰村,3组,木兰村3组35号,13955109999,李芳（妻）
孙五,木兰村,2组,,,
赵大有,龙城村,1组,,,（妻）
钱七,龙城村,1组,,,
"""


@pytest.fixture
def home(desk):
    kept = Household(head="王伟", village="木兰村", group="3组", address="木兰村3组12号")
    desk.books.save(kept)
    desk.books.save(Member(household=kept, full_name="陶桂英", relation="妻"))
    return kept


@pytest.fixture
def dialog(qtbot, stage, home):
    made = ImportDialog(stage, Household)
    made.open()
    yield made
    if made in QApplication.topLevelWidgets():
        made._task = None
        made._leaving = False
        away(made)


def test_namesakes_are_shown_side_by_side_and_decided(qtbot, dialog, desk, home, told, tmp_path):
    path = tmp_path / "户册.csv"
    path.write_text(ROSTER, encoding="gb18030")
    dialog.read(path)
    rest(qtbot, dialog.frame.workroom)
    assert dialog._columns.fault == ""
    dialog._go.click()
    rest(qtbot, dialog.frame.workroom)
    assert dialog.step == ROWS, dialog.banner.words.text()
    assert [(line.row, line.heading) for line in dialog._prepared.faults] == [(5, "家庭成员")]

    side = part(dialog, "import-duplicates")
    assert "地址相同、有 1 位成员相同，多半是同一户" in side._reason.text()
    assert ("家庭成员", "陶桂英、王小明", "陶桂英", True) in side._comparison.lines
    qtbot.keyClick(side.list, Qt.Key.Key_2)
    assert "地址不同、没有相同的成员，多半是另一户" in side._reason.text()
    qtbot.keyClick(side.list, Qt.Key.Key_3)
    assert dialog._rows.decisions == {2: OnDuplicate.UPDATE, 3: OnDuplicate.ADD}
    dialog._go.click()
    rest(qtbot, dialog.frame.workroom)
    assert told.toasts == ["已导入户：新增 3 条，更新 1 条"]
    assert {one.full_name for one in parts_of(Member, "household", home)} == {"陶桂英", "王小明"}
    assert Household.select().count() == 4

    desk.changes.undo_last()
    assert (Household.select().count(), Member.select().count()) == (1, 1)
