"""设置 → 留痕: looking back, bringing back, clearing for good, by keyboard as well."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from ui_hands import commit

from desktop.records.representatives import Representative
from desktop.ui.frame import Frame
from desktop.ui.history_dialog import HistoryDialog
from desktop.ui.pages.traces import TracesPanel


@pytest.fixture
def traces(desk, people, ask, workroom, memory, theme, said, qtbot):
    frame = Frame(
        desk=desk, ask=ask, workroom=workroom, memory=memory, theme=theme,
        toast=lambda text, undo=False, action=None: said.append(("toast", text)),
        tell=lambda error: said.append(("tell", error.message)),
        go=lambda key, record_id=b"": said.append((key, record_id)),
    )  # fmt: skip
    panel = TracesPanel(frame)
    qtbot.addWidget(panel)
    panel.resize(1200, 600)
    panel.show()
    panel.shown()
    return panel


def cells(table):
    return [tuple(cell for cell in row) for row in table.rows.rows]


def found(qtbot, panel):
    qtbot.waitUntil(lambda: panel.told.text().endswith(("次", "为止")) and not panel._wait.isActive())


def test_a_change_is_found_by_what_was_before_and_taken_back(traces, people, desk, ask, said, qtbot):
    person = people[0]
    person.post = "村党总支部书记"
    desk.books.save(person)
    person.post = "县人大代表"
    desk.books.save(person)
    panel = traces.front
    commit(panel.word, "村党总支部")
    found(qtbot, panel)
    assert [row[2] for row in cells(panel.changes)] == ["修改代表“曾国强”"]
    assert ("代表 曾国强", "修改", "职务", "村党总支部书记", "县人大代表") in cells(panel.fields)

    panel.opens.click()
    assert said[-1] == ("representatives", person.id)
    ask.answers.append("撤销")
    panel.take_back.click()

    assert desk.books.get(Representative, person.id).post == "村党总支部书记"
    assert said[-1] == ("toast", "已撤销：修改代表“曾国强”")
    panel.word.clear()
    found(qtbot, panel)
    qtbot.waitUntil(lambda: len(cells(panel.changes)) > 5)
    assert cells(panel.changes)[0][2] == "撤销：修改代表“曾国强”"
    assert cells(panel.changes)[1][2].endswith("（已撤销）")


def test_numbers_stay_masked_in_what_a_change_did(traces, people, desk, qtbot):
    people[0].mobile = "13899990000"
    desk.books.save(people[0])
    panel = traces.front
    panel.refresh()
    found(qtbot, panel)
    qtbot.waitUntil(lambda: len(cells(panel.fields)) > 0)
    assert cells(panel.fields) == [("代表 曾国强", "修改", "手机", "138****8000", "138****0000")]


def test_the_bin_brings_back_and_clears_for_good(traces, people, desk, ask, said, qtbot):
    for person in people[:2]:
        desk.books.remove(person, "登记重复")
    panel = traces.turn_to("回收站")
    assert [row[:2] for row in cells(panel.rows)] == [("代表", "王伟"), ("代表", "曾国强")]
    assert ("手机", "139****2222") in cells(panel.held)

    panel.recover.click()
    assert said[-1] == ("toast", "已恢复 王伟")
    assert [row[1] for row in cells(panel.rows)] == ["曾国强"]

    ask.answers.append("删除")
    panel.purge.click()
    qtbot.waitUntil(lambda: said[-1] == ("tell", "没有彻底删除：输入的不是“彻底删除”四个字"))
    ask.answers.append("彻底删除")
    panel.purge.click()
    qtbot.waitUntil(lambda: any("以前的备份" in asked for asked in ask.asked))
    assert cells(panel.rows) == []
    assert desk.recycle_bin.counts() == {}


def test_everything_taken_out_is_listed(traces, desk):
    desk.disclosing.note("导出", "代表", 120, "代表名单.xlsx", full=True)
    panel = traces.turn_to("带出记录")
    assert cells(panel.rows)[0][2:] == ("导出", "代表", "120", "代表名单.xlsx", "完整")
    panel.word.setText("没有这个")
    assert panel.told.text() == "0 条"


def test_whole_numbers_are_shown_for_a_while_and_noted(window, people, desk, qtbot):
    page = window.page
    page.show_all()
    columns = [column.key for column in page.table.columns]
    row = next(row for row in range(page.table.rowCount()) if page.table.record(row).full_name == "曾国强")
    cell = lambda: page.table.index(row, columns.index("mobile")).data()  # noqa: E731
    assert cell() == "138****8000"

    qtbot.keyClick(
        page, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert cell() == "13812348000"
    page.view.go_to(row)
    page.view.copy()
    assert "13812348000" in QGuiApplication.clipboard().text()
    page.unmasking._time.timeout.emit()
    assert cell() == "138****8000"
    page.view.copy()
    assert "13812348000" not in QGuiApplication.clipboard().text()

    noted = [(row.how, row.what, row.items, row.full) for row in desk.disclosing.latest()]
    assert sorted(noted) == [("复制", "代表", 1, True), ("显示号码", "代表", 6, True)]
    page.unmasking.eye.click()
    window.go("settings")
    assert cell() == "138****8000"


def test_a_record_tells_its_history_with_the_value_before(window, people, desk, qtbot):
    people[0].mobile = "13899990000"
    desk.books.save(people[0])
    page = window.page
    page.open_record(people[0].id)
    qtbot.keyClick(page, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)

    dialog = window.findChild(HistoryDialog)
    assert cells(dialog.rows)[0][1:5] == ("修改代表“曾国强”", "手机", "138****8000", "138****0000")
    dialog.reject()


def test_the_last_reason_is_offered_again(window, people, desk, ask, qtbot):
    offered = []
    ask.text = lambda question, label, value="": offered.append(value) or "登记重复"
    for person in people[:2]:
        window.page.view.go_to(window.page.table.row_of(person.id))
        qtbot.waitUntil(lambda key=person.id: window.page.record is not None and window.page.record.id == key)
        window.page.remove_chosen()

    assert offered == ["", "登记重复"]
    assert {row.because for row in desk.recycle_bin.page()} == {"登记重复"}
