"""How list and form, and the columns of a list, share the room there is."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from desktop.ui.pages import PLACES
from desktop.ui.sections import TWO_COLUMNS
from desktop.ui.widths import MOST, shared_out


@pytest.mark.parametrize(
    ("room", "widths"),
    [
        (300, [100, 60, 200]),  # too little: nothing is narrower than usual, the list scrolls
        (360, [100, 60, 200]),
        (510, [150, 60, 300]),  # in proportion
        (2000, [int(100 * MOST), 60, int(200 * MOST)]),  # no deserts
    ],
)
def test_columns_that_may_grow_take_what_is_left(room, widths):
    assert shared_out(room, [(100, True), (60, False), (200, True)]) == widths


@pytest.fixture
def wide(window, people, qtbot):
    window.resize(1920, 1000)
    window.page.open_record(people[0].id)
    qtbot.waitUntil(lambda: window.page.form.width() > 0)
    return window.page


def test_form_has_two_columns_on_a_large_screen_and_the_list_keeps_its_own(wide):
    assert wide.form.fields.width() >= TWO_COLUMNS
    rows = wide.form.fields.rows
    assert rows["full_name"].y() == rows["sex"].y()
    assert not wide.view.horizontalScrollBar().isVisible()


def test_moved_by_hand_the_line_stays(wide, window, qtbot):
    wide.splitter.moveSplitter(700, 1)
    window.resize(1920, 900)
    assert abs(wide.splitter.sizes()[0] - 700) <= 1


def test_width_given_to_a_column_is_kept_beside_those_that_grow(wide, qtbot, memory):
    unit = [column.key for column in wide.table.columns].index("unit")
    wide.view.setColumnWidth(unit, 140)
    wide.splitter.moveSplitter(1100, 1)
    assert wide.view.columnWidth(unit) == 140
    wide.view.remember()
    assert "unit:140" in memory.value("tables/representative/columns")


@pytest.mark.parametrize("place", [place.key for place in PLACES])
def test_window_fits_a_laptop_at_150_percent(place, window, people):
    """1366×768 at 150 % is 911×512, less the taskbar and the window's title."""
    window.go(place)
    if place == "representatives":
        window.page.open_record(people[0].id)
    window.resize(911, 450)
    assert (window.width(), window.height()) == (911, 450)


def test_tools_keep_their_icons_and_say_their_words_in_a_narrow_window(window, qtbot):
    tool = window.page.findChild(QPushButton, "import")
    window.resize(1366, 700)
    qtbot.waitUntil(lambda: tool.text() == "导入")
    window.resize(911, 500)
    qtbot.waitUntil(lambda: tool.text() == "")
    assert tool.toolTip().startswith("导入")
    assert tool.accessibleName() == "导入"
