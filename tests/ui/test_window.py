"""The window as a whole: names for every part, Chinese on every part, memory, messages, nothing left behind."""

from __future__ import annotations

import gc
import re

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QWidget,
)
from ui_hands import type_in

from desktop.errors import TroubleError, UserError
from desktop.records.listing import Query
from desktop.records.representatives import Representative
from desktop.ui.labels import StatusLabel
from desktop.ui.main_window import MainWindow
from desktop.ui.pages import PLACES
from desktop.ui.row_delegate import RowTable
from desktop.ui.theme import Appearance, Size

INPUTS = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QAbstractItemView, StatusLabel)
PLUMBING = re.compile(r"^qt_|^$")
LATIN_ALLOWED = re.compile(r"Excel|PDF|Ctrl|Alt|openday|\.openday|^[A-Z]$|^(OK)?$")
HAN = re.compile(r"[㐀-鿿\U00020000-\U0003ffff]")


@pytest.fixture
def places(window, people):
    """Every place, visited, with every tab of it opened once."""
    for place in PLACES:
        window.go(place.key)
        for tabs in window.page.findChildren(QWidget, "settings-tabs"):
            for tab in range(tabs.count()):
                tabs.setCurrentIndex(tab)
        QApplication.processEvents()
    return window


def is_ours(widget):
    """Say whether a widget is one that a user meets: not the inside of one of Qt's own."""
    inside = widget.parentWidget()
    if isinstance(inside, QComboBox) or widget.objectName().startswith("qt_"):
        return False
    if inside is not None and inside.inherits("QComboBoxPrivateContainer") and not widget.objectName():
        return False  # Qt's own list, which gives way to ours when the box is opened
    while inside is not None:
        if isinstance(inside, QLineEdit | QAbstractItemView) or inside.inherits("QTabBar"):
            return False
        inside = inside.parentWidget()
    return True


def test_every_input_button_and_status_has_a_name_for_screen_readers_and_tests(places):
    nameless = [
        f"{type(widget).__name__} in {widget.parentWidget().objectName() or type(widget.parentWidget()).__name__}"
        for widget in places.findChildren(QWidget)
        if isinstance(widget, INPUTS)
        and is_ours(widget)
        and not (widget.accessibleName() and widget.objectName())
    ]
    assert nameless == []


def test_the_buttons_inside_boxes_and_the_row_numbers_have_names_too(places):
    places.go("open-days")
    places.page.start_new()
    places.page.drop_edits()
    places.go("representatives")
    places.page.start_new()
    boxes = places.findChildren(QLineEdit)
    inside = [button for box in boxes for button in box.findChildren(QToolButton)]
    inside += [table.verticalHeader() for table in places.findChildren(RowTable)]
    assert {"clear", "eye", "calendar", "offer"} <= {widget.objectName() for widget in inside}
    assert [
        f"{widget.objectName()} in {widget.parentWidget().objectName()}"
        for widget in inside
        if not (widget.objectName() and widget.accessibleName())
    ] == []


def test_every_status_label_speaks_its_own_text(places):
    labels = [label for label in places.findChildren(StatusLabel) if label.text()]
    assert labels
    assert [label.objectName() for label in labels if label.text() not in label.accessibleName()] == []


def test_no_visible_text_is_latin_only(places):
    shown = [
        (widget, widget.text()) for kind in (QLabel, QAbstractButton) for widget in places.findChildren(kind)
    ]
    latin = [
        text
        for widget, text in shown
        if is_ours(widget)
        and re.search("[A-Za-z]{2}", text)
        and not HAN.search(text)
        and not LATIN_ALLOWED.search(text)
    ]
    assert latin == []


def test_labels_never_take_data_for_markup(places):
    assert [
        label.text()
        for label in places.findChildren(QLabel)
        if is_ours(label) and label.text() and label.textFormat() != Qt.TextFormat.PlainText
    ] == []


def test_pages_are_made_on_the_first_visit(desk, ask, workroom, memory, theme, qtbot):
    window = MainWindow(desk, ask=ask, workroom=workroom, memory=memory, theme=theme)
    qtbot.addWidget(window)
    assert len(window._pages) == 1
    window.go("settings")
    assert set(window._pages) == {PLACES[0].key, "settings"}


def share(splitter):
    """Return what of a page its list has."""
    return splitter.sizes()[0] / sum(splitter.sizes())


def test_window_remembers_size_page_and_splitter(window, people, desk, ask, workroom, memory, theme, qtbot):
    window.resize(1111, 666)
    window.page._right.show()
    window.page.splitter.moveSplitter(450, 1)
    left = share(window.page.splitter)
    window.go("diaries")
    part = window.page.turn_to(2)
    part._right.show()
    part.splitter.moveSplitter(380, 1)
    inside = share(part.splitter)
    window.go("settings")
    window.close()

    again = MainWindow(desk, ask=ask, workroom=workroom, memory=memory, theme=theme)
    qtbot.addWidget(again)
    again.show()
    assert again.height() == 666  # the width is cut to the 800 pixels of the offscreen screen
    assert again.page.key == "settings"
    again.go("representatives")
    assert abs(share(again.page.splitter) - left) < 0.05
    again.go("diaries")
    part = again.page.turn_to(2)
    assert part.splitter.moved
    part._right.show()
    QApplication.processEvents()
    assert abs(share(part.splitter) - inside) < 0.05


def test_unsaved_edits_keep_the_window_and_the_page(window, people, page, ask):
    page.start_new()
    type_in(page.form, "姓名", "田富")
    ask.answers = ["继续编辑"]
    window.go("settings")
    assert window.page is page
    assert window.navigation._buttons["representatives"].isChecked()
    ask.answers = ["继续编辑"]
    assert not window.close()
    ask.answers = ["放弃修改"]
    assert window.close()


def test_user_error_and_trouble_stand_in_the_message_bar(window):
    window.frame.toast("已备份")
    window.tell(UserError("名额已满"))
    assert not window.toast.isVisible(), "what went well before would contradict it"
    assert window.bar.isVisible()
    assert window.bar.words.text() == "名额已满"
    window.tell(TroubleError("磁盘已满"))
    assert window.bar.words.accessibleName() == "消息:磁盘已满"
    with pytest.raises(ZeroDivisionError):
        window.tell(ZeroDivisionError())


def test_change_made_on_another_thread_reaches_the_page_on_the_window_s(window, people, page, desk, qtbot):
    import threading

    desk.books.count(Query(Representative))
    thread = threading.Thread(target=desk.announcer.announce, args=(frozenset({Representative}),))
    heard = []
    window.heard.connect(lambda models: heard.append(threading.get_ident()))
    thread.start()
    qtbot.waitUntil(lambda: bool(heard))
    thread.join()
    assert heard == [threading.get_ident()]


@pytest.mark.parametrize("look", [Appearance.LIGHT, Appearance.DARK])
@pytest.mark.parametrize("size", list(Size))
def test_every_look_and_size_fits_1366_by_768(places, theme, look, size):
    theme.choose(appearance=look, size=size)
    QApplication.processEvents()
    for place in PLACES:
        places.go(place.key)
        QApplication.processEvents()
        least = places.minimumSizeHint()
        assert least.width() <= 1366
        assert least.height() <= 728
    theme.choose(appearance=Appearance.LIGHT, size=Size.STANDARD)


def test_a_thousand_saves_leave_no_widgets_behind(window, people, page, desk, qtbot):
    def one_round():
        page.open_record(people[4].id)
        page.form.box("职务").load("科长" if page.record.post != "科长" else "主任")
        page.save_record()

    for _ in range(5):
        one_round()
    gc.collect()
    before = len(QApplication.allWidgets())
    for _ in range(60):
        one_round()
    gc.collect()
    QApplication.processEvents()
    assert len(QApplication.allWidgets()) <= before


def test_closed_window_is_freed_and_no_longer_told(desk, ask, workroom, memory, theme, qtbot):
    import shiboken6

    window = MainWindow(desk, ask=ask, workroom=workroom, memory=memory, theme=theme)
    window.show()
    window.go("settings")
    window.close()
    assert not [heard for heard in desk.announcer._hearers if isinstance(heard.__self__, QObject)]
    window.deleteLater()
    QApplication.sendPostedEvents(None, 52)
    assert not shiboken6.isValid(window)


def test_the_way_back_goes_with_the_next_change(window, desk):
    person = Representative(full_name="曾国强")
    desk.books.save(person)
    window._toast_said("已保存“曾国强”", undo=True)
    undo = next(part for part in window.toast.findChildren(QWidget) if part.objectName() == "toast-undo")
    assert undo.isVisible()
    desk.books.save(Representative(full_name="王伟"))
    assert window.toast.isVisible()
    assert not undo.isVisible()
    window._toast_said("已保存“王伟”", undo=True)
    assert undo.isVisible()
    undo.click()
    assert [row.full_name for row in Representative.select().where(Representative.deleted_at.is_null())] == [
        "曾国强"
    ]
