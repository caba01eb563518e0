"""A ledger of 问题 through the window: columns recognised, faults told, what is said again shown; then tickets."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from dialog_fixtures import away, rest
from PySide6.QtWidgets import QApplication

from desktop.records.tickets import SAME_MATTER, Ticket
from desktop.services.importing import OnDuplicate
from desktop.ui.import_dialog import COLUMNS, ROWS, ImportDialog

LEDGER = """\
序号,编号,反映日期,反映人,单位,意见建议内容,类别,来源,责任科室,责任人,时限,答复内容,答复日期,满意度,办结日期,是否采纳
1,问〔2025〕1号,2025年3月3日,周大姐,上派村,光大社区门口的路灯不亮三个月了,民生,走访,组织科,,2025-03-14,已换好,2025.3.10,满意,2025-03-12,
2,问〔2025〕2号,2025-03-03,匿名,,审批的环节太多,作风,来信,,,,,,,,
3,,2025-03-04,王芳,教育局,建议每季度办一次开放日,,开放日,组织科,,7个工作日,列入计划,20250301,,,采纳
4,,2025-03-04,王芳,教育局,食堂的菜价,,开放日,组织科,不认识的人,,,,,2025-03-09,
5,,2025-03-05,李大爷,,光大社区门口的路灯不亮三个月了,民生,走访,,,,,,,,
"""


@pytest.fixture
def dialog(qtbot, stage):
    made = ImportDialog(stage, Ticket)
    made.open()
    yield made
    if made in QApplication.topLevelWidgets():
        made._task = None
        made._leaving = False
        away(made)


def picture(dialog, name):
    if folder := os.environ.get("OPENDAY_TEST_PICTURES"):
        dialog.grab().save(str(Path(folder) / f"{name}.png"))


def test_a_ledger_becomes_tickets(qtbot, dialog, tmp_path):
    path = tmp_path / "2025年台账.csv"
    path.write_text(LEDGER, encoding="gb18030")
    dialog.read(path)
    rest(qtbot, dialog.frame.workroom)
    assert (dialog.step, dialog._columns.fault) == (COLUMNS, "")
    picture(dialog, "columns")
    fields = {column.heading: column.field for column in dialog._columns.mapping.columns}
    assert fields.pop("序号") is None
    assert None not in fields.values()

    dialog._go.click()
    rest(qtbot, dialog.frame.workroom)
    assert dialog.step == ROWS, dialog.banner.words.text()
    picture(dialog, "faults")
    faults = {(line.row, line.heading) for line in dialog._prepared.faults}
    assert faults == {(4, "答复日期"), (5, "责任人")}
    assert dialog._rows.decisions == {6: OnDuplicate.ADD}
    assert dialog._prepared.plan.duplicates[0].reason == SAME_MATTER
    dialog._rows.tabs.setCurrentIndex(1)
    picture(dialog, "duplicates")
    dialog._rows.tabs.setCurrentIndex(2)
    picture(dialog, "new")
    assert Ticket.select().count() == 0

    dialog._go.click()
    rest(qtbot, dialog.frame.workroom)
    told = [(row.number, row.state) for row in Ticket.select().order_by(Ticket.number)]
    assert told == [("2025-0001", "办结"), ("2025-0002", "登记"), ("2025-0003", "登记")]
