from __future__ import annotations

import pytest
from dialog_fixtures import NAMES, away, nameless, part, rest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.records.listing import Query
from desktop.records.open_days import LetterWording, OpenDay
from desktop.ui.wording_dialog import WordingDialog


@pytest.fixture
def dialog(qtbot, stage, day):
    made = WordingDialog(stage, day)
    made.open()
    settle(qtbot, made)
    yield made
    if made in QApplication.topLevelWidgets():
        made.dirty = False
        made._clean_up()
        away(made)


def settle(qtbot, dialog):
    qtbot.waitUntil(lambda: not dialog._pause.isActive(), timeout=5_000)
    rest(qtbot, dialog.frame.workroom)


def body(dialog):
    return dialog.editor.prose["body"]


def preview(dialog):
    return dialog.preview.canvas.accessibleDescription().replace("\n", "")


def wordings(desk):
    query = Query(LetterWording, where=(("use", "邀请函"),))
    return {row.name: row for row in desk.books.page(query)}


def test_the_preview_is_a_letter_to_somebody_invited(dialog):
    assert "曾国强同志" in preview(dialog)
    assert [dialog._people.itemText(place) for place in range(dialog._people.count())] == list(NAMES)


def test_the_preview_follows_what_is_typed(qtbot, dialog, desk):
    body(dialog).setPlainText("请{姓名}到{地点}。")
    settle(qtbot, dialog)
    assert "请曾国强到县委一楼会议室。" in preview(dialog)
    assert "请{姓名}" not in next(iter(wordings(desk).values())).body


def test_another_person_can_be_the_example(qtbot, dialog):
    dialog._people.setCurrentIndex(2)
    dialog._people.activated.emit(2)
    settle(qtbot, dialog)
    assert "嘉木样·洛桑久美·图丹却吉尼玛同志" in preview(dialog)


def test_unknown_fields_are_listed_underlined_and_keep_it_from_being_saved(qtbot, dialog, desk):
    body(dialog).setPlainText("第一行\n请到{地址}来,𬭚{")
    settle(qtbot, dialog)
    faults = [(fault.label, fault.line, fault.column) for fault in dialog.editor.faults]
    assert faults == [("正文", 2, 3), ("正文", 2, 10)]
    assert "没有“地址”这个字段" in dialog.editor._list.rows.rows[0][1]
    block = body(dialog).document().findBlockByNumber(1)
    spans = [span for span in block.layout().formats() if span.format.underlineStyle()]
    marked = [(span.start, span.length) for span in spans]
    assert marked == [(2, 4), (10, 1)]
    assert not dialog._save.isEnabled()
    assert dialog.save() is False
    assert "曾国强同志" in preview(dialog)

    dialog.editor._list.setCurrentIndex(dialog.editor._list.model().index(1, 0))
    dialog.editor.go_to_fault()
    assert body(dialog).textCursor().positionInBlock() == 10
    assert body(dialog).hasFocus()


def test_chips_and_menu_insert_fields_at_the_cursor(qtbot, dialog):
    area = body(dialog)
    area.setPlainText("尊敬的:")
    area.setFocus()
    cursor = area.textCursor()
    cursor.setPosition(3)
    area.setTextCursor(cursor)
    part(dialog, "chip-姓名").click()
    assert area.toPlainText() == "尊敬的{姓名}:"
    line = dialog.editor.lines["title"]
    line.setFocus()
    line.selectAll()
    menu = dialog.editor._menu
    next(action for action in menu.actions() if action.text() == "主题").trigger()
    assert line.text() == "{主题}"


def test_saving_keeps_the_wording_and_one_undo_takes_it_back(qtbot, dialog, desk, day, told):
    before = next(iter(wordings(desk).values())).body
    body(dialog).setPlainText("敬请{称呼}光临。")
    qtbot.keyClick(body(dialog), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert told.toasts == ["已保存文稿“开放日邀请函”"]
    assert next(iter(wordings(desk).values())).body == "敬请{称呼}光临。"
    assert desk.books.get(OpenDay, day.id).letter.name == "开放日邀请函"
    desk.changes.undo_last()
    assert next(iter(wordings(desk).values())).body == before
    assert desk.books.get(OpenDay, day.id).letter is None


def test_a_copy_leaves_the_first_wording_as_it_was(qtbot, dialog, desk, day):
    before = next(iter(wordings(desk).values())).body
    part(dialog, "wording-copy").click()
    body(dialog).setPlainText("另一份{姓名}")
    assert dialog.save()
    kept = wordings(desk)
    assert kept["开放日邀请函"].body == before
    assert kept["开放日邀请函（副本）"].body == "另一份{姓名}"
    assert desk.books.get(OpenDay, day.id).letter.name == "开放日邀请函（副本）"


def test_leaving_with_unsaved_text_asks(qtbot, dialog, ask, desk):
    body(dialog).setPlainText("改过{姓名}")
    ask.answers += ["继续编辑", "放弃修改"]
    dialog.reject()
    assert dialog.isVisible()
    dialog.reject()
    assert not dialog.isVisible()
    assert "改过" not in next(iter(wordings(desk).values())).body


def test_markup_in_a_wording_is_printed_as_it_stands(qtbot, dialog):
    body(dialog).setPlainText('<b>请</b>{姓名}<img src="file:///etc/hostname"/> A&B<C')
    settle(qtbot, dialog)
    assert "<b>请</b>曾国强<img" in preview(dialog).replace(" ", "")
    assert "A&B<C" in preview(dialog).replace(" ", "")


def test_an_empty_required_text_is_a_fault(dialog):
    dialog.editor.lines["title"].clear()
    assert [fault.label for fault in dialog.editor.faults] == ["标题"]


def test_a_day_without_anybody_shows_a_sample_person(qtbot, stage, desk, workroom):
    empty = OpenDay(theme="无人", held_on=OpenDay.held_on.parse("2026-10-20"), venue="会议室")
    desk.books.save(empty)
    made = WordingDialog(stage, empty)
    made.open()
    settle(qtbot, made)
    assert "张三同志" in preview(made)
    made.reject()
    away(made)


def test_everything_has_a_name(dialog):
    assert nameless(dialog) == []


def test_first_fault_is_named_above_the_buttons(dialog):
    dialog.editor.prose["body"].appendPlainText("请到{地址}")
    assert dialog.banner.isVisible()
    assert dialog.banner.words.text().startswith("正文 第 ")
    assert "没有“地址”这个字段" in dialog.banner.words.text()
    dialog.editor.prose["body"].undo()
    dialog.dirty = False
    assert not dialog.banner.isVisible()
