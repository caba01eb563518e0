"""Editors: every kind has one; what is loaded is stored again; typing is read as the kind reads it."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import Qt
from ui_hands import commit, compose

from desktop.errors import UserError
from desktop.records.base import kinds_of
from desktop.records.catalogue import records
from desktop.records.invitations import Invitation
from desktop.records.kinds import Link
from desktop.records.open_days import OpenDay
from desktop.records.representatives import Contact, Identity, Representative
from desktop.records.staff import Office, Staff
from desktop.records.visits import Visit
from desktop.ui.editors import ChoiceEditor, LineEditor, SegmentEditor, editor_for

VALUES = {
    "Text": "组织部", "Name": "阿依古丽·买买提", "Prose": "第一行\n第二行", "Listed": "中共党员",
    "Phone": "13812348000", "IdCard": "11010519491231002X", "Day": datetime.date(2026, 9, 29),
    "PartialDay": "1967-03", "Clock": "09:30", "Whole": 7, "Flag": True,
}  # fmt: skip


@pytest.fixture
def edit(desk, qtbot):
    def made(model, field):
        kind = next(kind for kind in kinds_of(model) if kind.name == field)
        editor = editor_for(kind, desk.books)
        qtbot.addWidget(editor.widget)
        return editor

    return made


@pytest.mark.parametrize("model", records(), ids=lambda model: model.kind)
def test_every_field_has_an_editor_with_its_label_that_gives_back_what_it_was_given(model, edit):
    for kind in kinds_of(model):
        editor = edit(model, kind.name)
        assert editor.widget.accessibleName() == kind.label
        assert editor.widget.objectName() == kind.name
        options = [option for option in getattr(kind, "options", ()) if option]
        value = options[-1] if options else VALUES.get(type(kind).__name__)
        if isinstance(kind, Link) or value is None:
            continue
        heard = []
        editor.edited.connect(lambda heard=heard: heard.append(1))
        editor.load(value)
        assert kind.parse(editor.value()) == value
        assert heard == []


def test_few_options_stand_side_by_side_and_many_in_a_list(edit):
    assert isinstance(edit(Representative, "sex"), SegmentEditor)
    assert isinstance(edit(Invitation, "attendance"), ChoiceEditor)


def test_segment_is_cleared_by_delete_where_it_may_be_empty(edit, qtbot):
    editor = edit(Representative, "sex")
    editor.load("女")
    qtbot.keyClick(editor.strip.buttons["女"], Qt.Key.Key_Delete)
    assert editor.store() == ""


@pytest.mark.parametrize(("arrow", "chosen"), [(Qt.Key.Key_Left, "男"), (Qt.Key.Key_Right, "女")])
def test_an_arrow_chooses_where_nothing_is_chosen_yet(edit, qtbot, arrow, chosen):
    editor = edit(Representative, "sex")
    with qtbot.waitSignal(editor.edited, timeout=1_000):
        qtbot.keyClick(editor.strip.buttons["男"], arrow)
    assert editor.store() == chosen


def test_second_click_clears_a_segment(edit, qtbot):
    editor = edit(Representative, "sex")
    editor.widget.show()
    qtbot.mouseClick(editor.strip.buttons["男"], Qt.MouseButton.LeftButton)
    assert editor.store() == "男"
    qtbot.mouseClick(editor.strip.buttons["男"], Qt.MouseButton.LeftButton)
    assert editor.store() == ""


@pytest.mark.parametrize("typed", ["2026-9-29", "2026年9月29日", "2026.9.29", "20260929", "2026-09-29 周二"])
def test_day_is_read_in_any_usual_way_and_shown_with_its_weekday(edit, typed):
    editor = edit(Identity, "since")
    commit(editor.widget, typed)
    editor.box.editingFinished.emit()
    assert editor.widget.text() == "2026-09-29 周二"
    assert editor.store() == datetime.date(2026, 9, 29)


def test_day_is_picked_from_the_calendar(edit, qtbot):
    editor = edit(Contact, "on")
    with qtbot.waitSignal(editor.edited):
        editor.box.picked.emit(datetime.date(2026, 10, 20))
    assert editor.store() == datetime.date(2026, 10, 20)


def test_calendar_opens_at_the_day_typed_and_is_gone_when_closed(edit, qtbot):
    from PySide6.QtWidgets import QCalendarWidget

    editor = edit(Contact, "on")
    editor.widget.show()
    commit(editor.widget, "2026-10-20")
    editor.box.open_calendar()
    sheet = editor.widget.findChild(QCalendarWidget)
    assert sheet.selectedDate().toPython() == datetime.date(2026, 10, 20)
    sheet.clicked.emit(sheet.selectedDate().addDays(1))
    qtbot.waitUntil(lambda: editor.widget.findChild(QCalendarWidget) is None)
    assert editor.store() == datetime.date(2026, 10, 21)


@pytest.mark.parametrize(
    ("model", "field", "typed", "told"),
    [
        (Representative, "mobile", "12345678901", "不是电话号码"),
        (Representative, "id_number", "110105194912310021", "校验位不对"),
        (Identity, "since", "2026年2月30日", "没有 30 日"),
        (Representative, "born_on", "67.3.5", "年份只有两位"),
        (OpenDay, "starts_at", "25点", "不是一天中的时间"),
        (Office, "reply_days", "七", "不是整数"),
        (Office, "reply_days", "0", "应在 1 到 365 之间"),
    ],
)
def test_fault_names_the_field_and_the_reason(edit, model, field, typed, told):
    editor = edit(model, field)
    editor.load(None if field in ("since", "reply_days") else "")
    commit(editor.widget, typed)
    with pytest.raises(UserError, match=told) as caught:
        editor.store()
    assert caught.value.field == field


def test_clock_is_settled_once_left(edit):
    editor = edit(OpenDay, "starts_at")
    editor.load("")
    commit(editor.widget, "下午2点半")
    editor.box.editingFinished.emit()
    assert editor.widget.text() == "14:30"


def test_text_being_composed_is_neither_checked_nor_counted_as_typed(edit):
    editor = edit(Representative, "mobile")
    heard = []
    editor.edited.connect(lambda: heard.append(1))
    compose(editor.widget, "zhong")
    assert editor.value() == ""
    assert heard == []
    assert not editor.widget.property("fault")
    commit(editor.widget, "13812348000")
    assert editor.store() == "13812348000"
    assert heard


def test_listed_word_is_offered_by_its_characters_and_its_initials(edit):
    editor = edit(Representative, "party")
    assert [word for word, _ in editor._suggest("团")] == ["共青团员"]
    assert "中共党员" in [word for word, _ in editor._suggest("zgdy")]
    assert len(editor._suggest("")) >= 13


def test_link_finds_by_initials_tells_namesakes_apart_and_stores_the_one_chosen(edit, people):
    editor = edit(Identity, "representative")
    offered = editor._suggest("ww")
    assert len(offered) == 2
    assert offered[0][0] != offered[1][0]
    commit(editor.widget, "王伟")
    with pytest.raises(UserError, match="有 2 个"):
        editor.store()
    editor.box.chosen.emit(offered[1][1])
    assert editor.store().id == offered[1][1].id


def test_link_takes_an_exact_name_that_only_one_has(edit, people):
    editor = edit(Identity, "representative")
    commit(editor.widget, "曾国强")
    assert editor.store().id == people[0].id


def test_a_colleague_is_found_by_initials_and_settled_when_the_box_is_left(edit, desk):
    for who in ("周建国", "曾国强", "郑建国"):
        desk.books.save(Staff(full_name=who))
    editor = edit(Visit, "staff")
    assert [told for told, _ in editor._suggest("zengguo")] == ["曾国强"]
    assert [told for told, _ in editor._suggest("zjg")] == ["周建国", "郑建国"]
    for typed, shown in (("z", "z"), ("zjg", "zjg"), ("zgq", "曾国强")):
        editor.box.fill(typed)
        editor.box.editingFinished.emit()
        assert editor.value() == shown


def test_link_that_nobody_answers_to_is_a_fault(edit, people):
    editor = edit(Identity, "representative")
    commit(editor.widget, "没有此人")
    with pytest.raises(UserError, match="没有“没有此人”"):
        editor.store()
    editor.load(None)
    with pytest.raises(UserError, match="不能为空"):
        editor.store()


def test_prose_grows_with_its_text_and_tab_leaves_it(edit, qtbot):
    editor = edit(Representative, "note")
    editor.widget.resize(300, 60)
    editor.widget.show()
    before = editor.widget.height()
    editor.widget.setPlainText("\n".join(["一行"] * 8))
    assert editor.widget.height() > before
    assert editor.widget.tabChangesFocus()


def test_wheel_over_a_list_of_options_changes_nothing(edit, qtbot):
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent

    editor = edit(Invitation, "attendance")
    editor.load("出席")
    turn = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    editor.box.wheelEvent(turn)
    assert editor.value() == "出席"


def test_step_only_fields_can_be_read_but_not_edited(edit):
    editor = edit(Invitation, "number")
    assert isinstance(editor, LineEditor)
    editor.lock(True)
    assert editor.box.isReadOnly()
