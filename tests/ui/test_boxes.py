"""Boxes: their lists are made when they are first asked for, and work as if they had always been there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView
from ui_hands import commit

from desktop.ui.boxes import ChoiceBox, SuggestingBox


def test_a_choice_opens_its_list_named_and_picks_by_it(qtbot):
    box = ChoiceBox(["男", "女"])
    qtbot.addWidget(box)
    box.show()
    assert not box.findChildren(QListView, "options")

    box.showPopup()
    (popup,) = box.findChildren(QListView, "options")
    assert popup.isVisible()
    assert popup.accessibleName() == "可选项"
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)

    assert box.currentText() == "女"
    box.showPopup()
    assert box.findChildren(QListView, "options") == [popup]
    box.hidePopup()


def test_suggestions_are_made_when_the_box_is_gone_into_and_offered_by_the_first_character(qtbot):
    box = SuggestingBox(12, lambda typed: [(word, word) for word in ("党代表", "党员") if typed in word])
    qtbot.addWidget(box)
    box.show()
    assert box.completer() is None

    box.setFocus()
    commit(box, "党")

    popup = box.completer().popup()
    assert popup.objectName() == "suggestions"
    assert popup.isVisible()
    assert [popup.model().index(row, 0).data() for row in range(popup.model().rowCount())] == [
        "党代表",
        "党员",
    ]
    with qtbot.waitSignal(box.chosen) as told:
        qtbot.keyClick(popup, Qt.Key.Key_Down)
        qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert told.args == ["党代表"]
