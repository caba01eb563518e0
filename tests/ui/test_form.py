"""The form: loads without saving, stores all or nothing, two columns from 900 px."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from ui_hands import type_in

from desktop.errors import UserError
from desktop.records.invitations import Invitation
from desktop.records.representatives import Identity, Representative
from desktop.ui.form import FieldForm
from desktop.ui.sections import Section

SECTIONS = (
    Section("基本", ("full_name", "sex", "unit", "note")),
    Section("联系", ("mobile", "id_number", "born_on")),
)


@pytest.fixture
def form(desk, qtbot, theme):
    made = FieldForm(Representative, SECTIONS, desk.books)
    qtbot.addWidget(made)
    made.resize(600, 700)
    made.show()
    made.load(Representative(full_name="李明", mobile="13812348000"))
    return made


def test_loading_changes_nothing_and_says_nothing(desk, qtbot):
    form = FieldForm(Representative, SECTIONS, desk.books)
    qtbot.addWidget(form)
    heard = []
    form.changed.connect(heard.append)
    for name in ("李明", "王伟"):
        form.load(Representative(full_name=name, note="甲\n乙"))
    assert heard == []
    assert not form.dirty


def test_typing_and_taking_back_is_no_change(form):
    heard = []
    form.changed.connect(heard.append)
    type_in(form, "姓名", "李明明")
    type_in(form, "姓名", "李明")
    assert heard == [True, False]


def test_faults_leave_the_record_as_it_was(form):
    person = Representative(full_name="李明", mobile="13812348000")
    type_in(form, "姓名", "李小明")
    type_in(form, "手机", "12345678")
    type_in(form, "身份证号", "110")
    assert not form.store(person) or form.faults
    assert set(form.faults) >= {"id_number"}
    assert (person.full_name, person.mobile) == ("李明", "13812348000")
    assert form.focusWidget() is form.box(next(iter(form.faults))).widget


def test_fault_across_fields_stands_at_its_field(form):
    person = Representative()
    type_in(form, "身份证号", "11010519491231002X")
    type_in(form, "出生年月", "1950-01")
    assert not form.store(person)
    assert "不一致" in form.faults["born_on"]


def test_fault_of_no_field_stands_on_top(form):
    form.show_fault(UserError("这条记录已被删除"))
    assert form._banner.isVisible()
    assert form._banner.words.accessibleName().endswith("这条记录已被删除")


def test_fault_is_read_to_a_screen_reader(form):
    form.show_fault(UserError("姓名不能为空", field="full_name"))
    words = form.rows["full_name"]._words
    assert words.isVisible()
    assert words.accessibleName() == "姓名的问题:姓名不能为空"


def test_two_columns_from_900_pixels(form, qtbot):
    def columns():
        rows = [form.rows["full_name"], form.rows["sex"]]
        return 2 if rows[0].y() == rows[1].y() else 1

    assert columns() == 1
    form.resize(1000, 700)
    qtbot.waitUntil(lambda: columns() == 2)
    form.resize(700, 700)
    qtbot.waitUntil(lambda: columns() == 1)


def test_enter_in_prose_is_a_new_line(form, qtbot):
    box = form.box("备注").widget
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.toPlainText() == "\n"


def test_last_box_announces_that_the_form_is_finished(form, qtbot):
    last = form.box("出生年月").widget
    last.setFocus()
    with qtbot.waitSignal(form.finished):
        qtbot.keyClick(last, Qt.Key.Key_Return)


def test_new_record_with_an_open_link_loads_empty(desk, qtbot):
    form = FieldForm(Identity, (Section("", ("representative", "sort")),), desk.books)
    qtbot.addWidget(form)
    form.load(Identity())
    assert form.box("代表").value() == ""
    assert not form.store(Identity())
    assert set(form.faults) == {"representative", "sort"}


def test_fields_of_steps_are_shown_but_never_stored(desk, qtbot):
    form = FieldForm(Invitation, (Section("", ("number", "salutation")),), desk.books)
    qtbot.addWidget(form)
    form.load(Invitation(number="邀〔2026〕1号"))
    assert form.box("编号").box.isReadOnly()
    assert form.box("编号").value() == "邀〔2026〕1号"
