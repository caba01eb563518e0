"""代表: the stories a clerk lives through on the page."""

from __future__ import annotations

import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from ui_hands import commit, type_in

from desktop.records.listing import Query
from desktop.records.representatives import Contact, Identity, Representative
from desktop.ui.clash import DROP, GO_ON, KEEP
from desktop.ui.labels import StatusLabel


def names(page):
    return [page.table.index(row, 0).data() for row in range(page.table.rowCount())]


def go_to(qtbot, page, name):
    page.view.go_to(names(page).index(name))
    qtbot.waitUntil(lambda: page.record is not None and page.record.full_name == name)


def test_new_person_is_saved_and_found_in_the_list(page, qtbot, desk, window):
    page.new.trigger()
    type_in(page.form, "姓名", "曾国强")
    page.save.trigger()

    assert names(page) == ["曾国强"]
    assert page.count.text() == "1 人"
    assert desk.books.count(Query(Representative)) == 1
    assert not page.form.dirty
    assert window.toast.isVisible()


def test_missing_name_is_told_beside_the_box_and_focused(page, qtbot, desk):
    page.new.trigger()
    type_in(page.form, "手机", "12345678901234")
    page.save.trigger()

    assert page.form.faults["full_name"] == "姓名不能为空"
    assert "不是电话号码" in page.form.faults["mobile"]
    assert page.focusWidget() is page.form.box("姓名").widget
    assert desk.books.count(Query(Representative)) == 0


def test_fault_goes_as_soon_as_the_box_is_edited(page, qtbot):
    page.new.trigger()
    page.save.trigger()
    assert page.form.faults
    type_in(page.form, "姓名", "王")
    assert not page.form.faults


def test_filter_finds_by_pinyin_initials_phone_tail_and_unit(people, page, qtbot):
    for typed, found in (
        ("zgq", {"曾国强"}),
        ("zengguoqiang", {"曾国强"}),
        ("国强", {"曾国强"}),
        ("8000", {"曾国强"}),
        ("农业", {"王伟", "李明"}),
        ("nobody", set()),
    ):
        page.filter.search.setText(typed)
        qtbot.waitUntil(lambda found=found: set(names(page)) == found)
    assert page.count.text() == "0 人"


def test_filter_by_value_is_combined_with_the_search(people, page, qtbot):
    page.filter.search.setText("ww")
    qtbot.waitUntil(lambda: len(names(page)) == 2)
    box = page.filter._boxes["sex"]
    box.setCurrentIndex(box.findData("女"))
    assert names(page) == ["王伟"]
    page.filter.clear()
    assert len(names(page)) == 6


def test_saved_filter_comes_back(people, page, ask, memory):
    page.filter.search.setText("单")
    ask.answers = ["姓单的"]
    page.filter._fill_menu()
    entries = {entry.text(): entry for entry in page.filter._menu.actions()}
    page.filter._take(entries["保存当前筛选…"])
    page.filter.clear()
    page.filter._fill_menu()
    entries = {entry.text(): entry for entry in page.filter._menu.actions()}
    page.filter._take(entries["姓单的"])
    assert page.filter.search.text() == "单"


def test_selecting_a_row_loads_it_without_counting_as_an_edit(people, page, qtbot, desk):
    before = desk.changes.history(people[0])
    go_to(qtbot, page, "曾国强")

    assert page.form.box("工作单位").value() == "店埠镇光大社区"
    assert not page.form.dirty
    assert desk.changes.history(people[0]) == before


def test_phone_is_masked_until_edited(people, page, qtbot):
    go_to(qtbot, page, "曾国强")
    box = page.form.box("手机")
    page.view.setFocus()
    assert box.widget.text() == "138****8000"
    box.widget.setFocus()
    assert box.widget.text() == "13812348000"
    page.view.setFocus()
    assert box.value() == "13812348000"
    assert not page.form.dirty
    assert "138****8000" in [page.table.index(0, c).data() for c in range(page.table.columnCount())] + [
        page.table.index(r, c).data() for r in range(6) for c in range(page.table.columnCount())
    ]


def test_unsaved_edits_are_asked_about_when_another_row_is_chosen(people, page, qtbot, ask, desk):
    go_to(qtbot, page, "李明")
    type_in(page.form, "职务", "科长")
    ask.answers = ["继续编辑"]
    page.view.go_to(names(page).index("曾国强"))
    qtbot.waitUntil(lambda: not ask.answers)
    assert page.record.full_name == "李明"
    assert page.form.dirty

    ask.answers = ["保存"]
    page.view.go_to(names(page).index("曾国强"))
    qtbot.waitUntil(lambda: page.record.full_name == "曾国强")
    assert desk.books.get(Representative, people[4].id).post == "科长"


def test_dropping_edits_shows_the_record_as_kept(people, page, qtbot):
    go_to(qtbot, page, "李明")
    type_in(page.form, "职务", "科长")
    page.form.drop.click()
    assert page.form.box("职务").value() == ""
    assert not page.form.dirty


def test_undo_takes_the_last_save_back(people, page, qtbot, desk):
    go_to(qtbot, page, "李明")
    type_in(page.form, "职务", "科长")
    page.save.trigger()
    page.undo_last.trigger()
    assert desk.books.get(Representative, people[4].id).post == ""
    assert page.form.box("职务").value() == ""


def test_ctrl_z_in_the_box_just_saved_takes_the_save_back(people, page, qtbot, desk):
    go_to(qtbot, page, "曾国强")
    was = page.record.post
    type_in(page.form, "post", "站长")
    box = page.form.box("post").widget
    qtbot.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.form.box("post").value() == was  # first what was typed
    type_in(page.form, "post", "站长")
    assert page.save_record()
    qtbot.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert desk.books.get(Representative, page.record.id).post == was  # then what was saved


def test_down_keeps_the_focus_where_nothing_was_found_and_nothing_can_be_removed_unchosen(
    people, page, qtbot
):
    assert not page.remove_button.isEnabled()
    page.filter.search.setFocus()
    page.filter.search.setText("没有这个人")
    qtbot.waitUntil(lambda: page.table.rowCount() == 0)
    qtbot.keyClick(page.filter.search, Qt.Key.Key_Return)
    assert page.filter.search.hasFocus()


def test_remove_asks_why_and_can_be_undone(people, page, qtbot, ask, desk):
    go_to(qtbot, page, "李明")
    ask.answers = ["调离"]
    page.remove.trigger()
    assert not ask.answers, (page.view.chosen_ids(), page.record, page.remove.isEnabled())
    assert "李明" not in names(page)
    page.undo_last.trigger()
    assert "李明" in names(page)


def test_ctrl_enter_saves_and_starts_the_next(page, qtbot, desk):
    page.new.trigger()
    type_in(page.form, "姓名", "田大利")
    qtbot.keyClick(page.form.box("姓名").widget, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.fresh
    assert page.form.box("姓名").value() == ""
    assert desk.books.count(Query(Representative)) == 1


def test_enter_moves_on_through_every_box_to_save(page, qtbot):
    page.new.trigger()
    seen = []
    for _ in range(20):
        here = page.focusWidget()
        seen.append(here.objectName())
        if here is page.form.save or here.objectName() == "note":
            break
        qtbot.keyClick(here, Qt.Key.Key_Return)
    assert seen[0] == "full_name"
    assert "mobile" in seen
    assert seen[-1] == "note"


def test_namesake_is_warned_of_while_typing_but_can_be_saved(people, page, qtbot, desk):
    page.new.trigger()
    type_in(page.form, "姓名", "王伟")
    row = page.form.fields.rows["full_name"]
    qtbot.waitUntil(lambda: "已有同名" in row.note)
    assert not page.form.faults
    page.save.trigger()
    assert desk.books.count(Query(Representative)) == 7


def changed_elsewhere(qtbot, page, desk, person):
    """Edit one box here while another window writes 职务 and 工作单位."""
    go_to(qtbot, page, "李明")
    type_in(page.form, "职务", "科长")
    theirs = desk.books.get(Representative, person.id)
    theirs.post, theirs.unit = "主任", "县科技局"
    desk.books.save(theirs)


def test_edits_on_a_person_changed_elsewhere_are_put_on_what_is_new(people, page, qtbot, desk, ask):
    changed_elsewhere(qtbot, page, desk, people[4])
    ask.answers = [KEEP]
    page.save.trigger()
    assert "刚才在别处被修改" in ask.asked[-1]
    assert "职务：（空） → 主任" in ask.details[-1]
    assert "您改的（还没有保存）：职务" in ask.details[-1]
    assert desk.books.get(Representative, people[4].id).post == "主任"
    assert page.form.dirty

    page.save.trigger()
    kept = desk.books.get(Representative, people[4].id)
    assert (kept.post, kept.unit) == ("科长", "县科技局")


def test_saving_twice_overwrites_nothing_that_was_not_looked_at(people, page, qtbot, desk, ask):
    changed_elsewhere(qtbot, page, desk, people[4])
    ask.answers = [GO_ON, GO_ON, DROP]
    for _ in range(3):
        page.save.trigger()
        assert desk.books.get(Representative, people[4].id).post == "主任"
    assert len(ask.asked) == 3
    assert page.form.box("职务").value() == "主任"
    assert not page.form.dirty


def test_identities_are_added_and_removed_by_keyboard(people, page, qtbot, desk):
    go_to(qtbot, page, "李明")
    page.form.tabs.setCurrentIndex(1)
    panel = page.identities
    panel.start()
    commit(panel.fields.box("身份").widget, "党代表")
    commit(panel.fields.box("任职起").widget, "2021年11月1日")
    qtbot.keyClick(panel.fields.box("任职起").widget, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    kept = desk.books.page(Query(Identity), 0, 10)
    assert [(row.sort, row.since) for row in kept] == [("党代表", datetime.date(2021, 11, 1))]
    assert "党代表" in [page.table.index(r, c).data() for r in range(6) for c in range(8)]

    panel.leave()
    panel.table.selectRow(0)
    panel.take_off()
    assert desk.books.count(Query(Identity)) == 0


def test_unsaved_identity_counts_as_unsaved(people, page, qtbot, ask, desk):
    go_to(qtbot, page, "李明")
    page.form.tabs.setCurrentIndex(1)
    page.identities.start()
    commit(page.identities.fields.box("身份").widget, "人大代表")
    ask.answers = ["保存"]
    assert page.may_leave()
    assert desk.books.count(Query(Identity)) == 1


def test_contact_is_kept_in_the_contact_file(people, page, qtbot, desk):
    go_to(qtbot, page, "李明")
    page.form.tabs.setCurrentIndex(2)
    panel = page.contacts
    panel.start()
    commit(panel.fields.box("日期").widget, "2026-9-1")
    panel.fields.box("内容").widget.setPlainText("电话确认参加")
    panel.save()
    assert desk.books.page(Query(Contact), 0, 5)[0].text == "电话确认参加"


def test_history_says_who_changed_what(people, page, qtbot):
    go_to(qtbot, page, "李明")
    type_in(page.form, "职务", "科长")
    page.save.trigger()
    page.form.tabs.setCurrentIndex(3)
    assert any(row[2:5] == ("职务", "", "科长") for row in page.history.rows.rows)


def test_empty_office_says_what_the_page_is_for(page):
    assert page._left.currentIndex() == 1
    assert page.first.isVisible()
    page.first.click()
    assert page.fresh


def test_read_only_office_refuses_edits_in_words(people, desk, ask, workroom, memory, theme, qtbot):
    from dataclasses import replace

    from desktop.ui.main_window import MainWindow

    window = MainWindow(
        replace(desk, read_only=True, notice="数据文件是只读的"),
        ask=ask,
        workroom=workroom,
        memory=memory,
        theme=theme,
    )
    qtbot.addWidget(window)
    window.go("representatives")
    window.show()
    assert not window.page.new.isEnabled()
    assert "只读" in window._notice.words.text()
    window.close()


def test_import_opens_from_the_page_and_is_gone_when_closed(page, qtbot):
    from PySide6.QtWidgets import QDialog, QPushButton

    page.findChild(QPushButton, "import").click()
    dialog = page.findChild(QDialog, "import-dialog")
    assert dialog.isVisible()
    dialog.reject()
    qtbot.waitUntil(lambda: page.findChild(QDialog, "import-dialog") is None)


def test_several_are_removed_with_one_reason_and_one_undo(people, page, qtbot, ask, desk, window):
    page.view.selectAll()
    ask.answers = ["王伟已去世"]
    page.remove.trigger()

    assert desk.books.count(Query(Representative)) == 0
    page.frame.memory.sync()
    kept = Path(page.frame.memory.fileName())
    assert not kept.exists() or "王伟" not in kept.read_text(encoding="utf-8")
    assert window.toast.findChild(StatusLabel, "toast").text() == "已删除 这 6 人"
    window.toast.findChild(QPushButton, "toast-undo").click()
    assert desk.books.count(Query(Representative)) == 6


def test_turning_to_another_tab_keeps_the_focus_at_the_tabs(people, page, qtbot):
    go_to(qtbot, page, "曾国强")
    page.form.box("姓名").widget.setFocus()
    page.form.tabs.setCurrentIndex(3)
    assert page.focusWidget() is page.form.tabs


def test_cards_are_printed_from_the_contact_file_for_whoever_is_chosen(page, people, window, desk, qtbot):
    from desktop.ui.print_dialog import PrintDialog

    page.open_record(people[0].id)
    page.form.tabs.setCurrentIndex(2)
    page.contacts.findChild(QPushButton, "print-cards").click()
    dialog = window.findChildren(PrintDialog)[-1]
    assert dialog.choices.documents == ["contact-cards"]
    assert dialog.choices.count("contact-cards") == 1
    qtbot.waitUntil(lambda: dialog._checked and dialog.preview.ready, timeout=8000)
    assert not dialog._check.blocking
    assert "邀请" not in dialog.choices.note.text()
    dialog.reject()
