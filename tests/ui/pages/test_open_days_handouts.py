"""材料: notices and leaflets, written on the day's tab, printed from there."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLabel, QPushButton
from ui_hands import type_in

from desktop.documents.preview import page_text
from desktop.records.base import parts_of
from desktop.records.leaflets import Leaflet
from desktop.records.notices import Notice
from desktop.records.open_days import OpenDay, ProgrammeItem
from desktop.records.representatives import Representative


@pytest.fixture
def day(desk):
    made = OpenDay(theme="走进组织部", held_on=datetime.date(2026, 12, 17), venue="三楼会议室")
    desk.books.save(made)
    return made


@pytest.fixture
def tab(go, day, window):
    return go("open-days", day, "材料").tabs["材料"]


def kept(model, day):
    return parts_of(model, "open_day", day)


def test_a_notice_begins_with_the_usual_text_and_refuses_a_field_nobody_knows_at_its_place(tab, day, window):
    assert "印出来是统一的文字" in tab.words.text()
    tab.notices.start()
    assert "特此公告" in tab.notices.fields.box("正文").widget.toPlainText()
    type_in(tab.notices.fields, "发布渠道", "电视")
    type_in(tab.notices.fields, "正文", "我部定于{日期}在{地址}举办")
    assert not tab.notices.save()
    assert "第1行第10个字：没有“地址”这个字段" in tab.notices.fields.faults["body"]
    assert kept(Notice, day) == []

    type_in(tab.notices.fields, "正文", "我部定于{日期}在{地点}举办")
    assert tab.notices.save()
    (notice,) = kept(Notice, day)
    assert (notice.medium, notice.body) == ("电视", "我部定于{日期}在{地点}举办")
    assert "已写 1 条公告，发布渠道：电视" in tab.words.text()


def test_a_chip_puts_its_field_at_the_cursor_of_the_text(tab, window):
    panel = tab.notices
    panel.start()
    type_in(panel.fields, "正文", "地点：")
    panel.fields.box("正文").widget.moveCursor(QTextCursor.MoveOperation.End)
    panel.findChild(QPushButton, "notice-chip-地点").click()
    assert panel.fields.box("正文").value() == "地点：{地点}"
    panel.fields.box("标题").widget.setFocus()
    panel.fields.box("标题").widget.end(False)
    panel.findChild(QPushButton, "notice-chip-主题").click()
    assert panel.fields.box("标题").value() == "公告{主题}"
    assert panel.fields.dirty


def test_the_page_beside_follows_what_is_written(tab, window, qtbot, tmp_path):
    panel = tab.notices
    assert not panel.look.isEnabled()
    panel.start()
    panel.look.click()

    def shown(words):
        (tmp_path / "a.pdf").write_bytes(panel.preview.pdf)
        return words in "".join(page_text(tmp_path / "a.pdf", 0).split())

    qtbot.waitUntil(lambda: bool(panel.preview.pdf) and shown("在三楼会议室举办“走进组织部”"), timeout=8000)
    type_in(panel.fields, "标题", "开放日公告")
    type_in(panel.fields, "发布日期", "2026-12-9")
    qtbot.waitUntil(lambda: shown("开放日公告") and shown("2026年12月9日"), timeout=8000)

    type_in(panel.fields, "正文", "在{地址}举办")
    qtbot.waitUntil(
        lambda: "没有“地址”这个字段" in panel.findChild(QLabel, "notice-preview-words").text(), timeout=8000
    )
    panel.leave()
    assert not panel.preview.isVisible()
    assert panel.table.isVisible() or not panel.rows


def test_leaflets_of_the_day_and_of_every_day_are_shown_and_undone(tab, day, desk, window):
    desk.books.save(Leaflet(section="干部科", text="任前公示。", position=2))
    tab.which.buttons["明白纸"].click()
    tab.refresh()
    assert [row.section for row in tab.leaflets.rows] == ["干部科"]
    tab.leaflets.start()
    type_in(tab.leaflets.fields, "科室", "组织科")
    type_in(tab.leaflets.fields, "正文", "发展党员。")
    assert tab.leaflets.save()
    assert [(row.section, row.open_day) for row in tab.leaflets.rows] == [("组织科", day), ("干部科", None)]
    assert "这次发 2 张明白纸" in tab.words.text()

    desk.changes.undo_last()
    tab.refresh()
    assert [row.section for row in tab.leaflets.rows] == ["干部科"]


def test_a_section_s_own_leaflet_stands_for_its_general_one(tab, day, desk, window):
    desk.books.save(Leaflet(section="组织科", text="平时的话。"))
    desk.books.save(Leaflet(section="组织科", text="这次的话。", open_day=day))
    tab.refresh()
    assert [row.text for row in tab.leaflets.rows] == ["这次的话。"]


def test_what_is_written_is_saved_before_the_other_list_comes_to_the_front(tab, day, window):
    tab.notices.start()
    type_in(tab.notices.fields, "标题", "")
    tab.which.buttons["明白纸"].click()
    assert tab.which.value() == "公告"
    assert tab.notices.isVisible()
    type_in(tab.notices.fields, "标题", "开放日公告")
    tab.which.buttons["明白纸"].click()
    assert tab.leaflets.isVisible()
    assert [notice.title for notice in kept(Notice, day)] == ["开放日公告"]


def test_the_page_saves_what_is_open_on_the_tab(tab, day, window):
    tab.notices.start()
    type_in(tab.notices.fields, "备注", "县报第二版")
    assert window.page.form.dirty
    assert window.page.form.save_parts()
    assert [notice.note for notice in kept(Notice, day)] == ["县报第二版"]


def test_printing_opens_the_dialog_with_what_is_in_front(tab, day, window, qapp):
    from desktop.ui.print_dialog import PrintDialog

    tab.take_next()
    dialog = window.findChildren(PrintDialog)[-1]
    assert dialog.choices.documents == ["notice"]
    assert dialog.choices.count("notice") == 1
    assert dialog.choices.hindrance("notice") == ""
    dialog.reject()


def test_the_day_s_papers_are_checked_and_drawn_in_the_dialog(tab, day, desk, window, qtbot):
    from desktop.ui.pages.open_days_tab import open_print

    desk.books.save(Leaflet(section="组织科", text="发展党员。"))
    desk.books.save(ProgrammeItem(open_day=day, item="签到"))
    desk.inviting.invite(day, [_saved(desk, Representative(full_name="曾国强", mobile="13905518000"))])
    dialog = open_print(window.page, window.frame, ["notice", "programme", "leaflets", "contact-cards"], day)
    qtbot.waitUntil(lambda: dialog._checked and dialog.preview.ready, timeout=8000)
    assert not dialog._check.blocking
    dialog.reject()


def _saved(desk, record):
    desk.books.save(record)
    return record
