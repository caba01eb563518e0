"""The table of records: lazy, masked, safe, and remembered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop.records.base import kinds_of
from desktop.records.listing import Query
from desktop.records.representatives import Representative
from desktop.ui.record_view import RecordView
from desktop.ui.tables import KEPT, PAGE, RecordTable, column_of, columns_of


class Many:
    """Books of a great many people, that keep count of what is read."""

    def __init__(self, count):
        self.size, self.reads = count, []

    def count(self, query):
        return self.size

    def page(self, query, offset=0, limit=100):
        self.reads.append(offset)
        return [
            Representative(id=number.to_bytes(16, "big"), full_name=f"第{number}人")
            for number in range(offset, min(offset + limit, self.size))
        ]


def column(name):
    return column_of(next(kind for kind in kinds_of(Representative) if kind.name == name))


def view_of(table, memory, qtbot):
    view = RecordView(table, memory, "test", "测试列表")
    qtbot.addWidget(view)
    view.resize(700, 400)
    view.show()
    return view


def test_model_is_well_behaved(people, desk, qtmodeltester):
    qtmodeltester.check(RecordTable(desk.books, Query(Representative), columns_of(Representative)))


def test_only_painted_pages_are_read(qtbot, memory):
    books = Many(1_000_000)
    view = view_of(RecordTable(books, Query(Representative), [column("full_name")]), memory, qtbot)
    view.grab()
    assert books.reads == [0]
    view.scrollTo(view.table.index(500_000, 0))
    view.grab()
    assert len(books.reads) <= 3
    assert view.table.index(500_000, 0).data() == "第500000人"


def test_pages_looked_at_last_are_kept_and_no_more_than_so_many():
    books = Many(100_000)
    table = RecordTable(books, Query(Representative), [column("full_name")])
    for row in range(0, 100 * PAGE, PAGE):
        table.record(row)
    assert len(table._pages) == KEPT
    table.record(99 * PAGE + 5)
    assert len(books.reads) == 100


def test_numbers_are_masked_and_ids_ride_along(people, desk):
    table = RecordTable(
        desk.books, Query(Representative, search="zgq"), [column("full_name"), column("mobile")]
    )
    assert table.index(0, 1).data() == "138****8000"
    assert table.index(0, 1).data(Qt.ItemDataRole.UserRole) == people[0].id
    assert "13812348000" not in table.index(0, 1).data(Qt.ItemDataRole.ToolTipRole)


def test_tooltip_shows_data_as_text_and_never_as_markup(desk):
    desk.books.save(Representative(full_name="王<b>伟</b>", unit="<img src=x>&局"))
    table = RecordTable(desk.books, Query(Representative), [column("unit")])
    assert "&lt;img" in table.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_sorting_is_done_by_the_service_and_remembered(people, desk, qtbot, memory):
    table = RecordTable(desk.books, Query(Representative), columns_of(Representative))
    view = view_of(table, memory, qtbot)
    unit = [entry.key for entry in table.columns].index("unit")
    view.horizontalHeader().sectionClicked.emit(unit)
    view.horizontalHeader().sectionClicked.emit(unit)
    units = [table.record(row).unit for row in range(6)]
    assert units == sorted(units, reverse=True)

    again = RecordTable(desk.books, Query(Representative), columns_of(Representative))
    view_of(again, memory, qtbot)
    assert (again.query.sort, again.query.descending) == ("unit", True)


def test_columns_keep_order_width_and_visibility(people, desk, qtbot, memory):
    table = RecordTable(desk.books, Query(Representative), columns_of(Representative))
    view = view_of(table, memory, qtbot)
    view.setColumnWidth(1, 77)
    view.setColumnHidden(2, True)
    view.horizontalHeader().moveSection(0, 3)
    view.remember()

    again = view_of(RecordTable(desk.books, Query(Representative), columns_of(Representative)), memory, qtbot)
    assert again.columnWidth(1) == 77
    assert again.isColumnHidden(2)
    assert again.horizontalHeader().logicalIndex(0) == 1


@pytest.mark.parametrize("kept", ["", "x", "full_name:abc,,:::", "gone:90,full_name:120"])
def test_a_spoiled_memory_does_not_spoil_the_table(people, desk, qtbot, memory, kept):
    memory.setValue("tables/test/columns", kept)
    view = view_of(RecordTable(desk.books, Query(Representative), columns_of(Representative)), memory, qtbot)
    assert not view.isColumnHidden(0)


def test_columns_menu_hides_and_brings_back(people, desk, qtbot, memory):
    view = view_of(RecordTable(desk.books, Query(Representative), columns_of(Representative)), memory, qtbot)
    menu = view.columns_menu()
    entry = next(action for action in menu.actions() if action.text() == "性别")
    entry.trigger()
    assert view.isColumnHidden(1)
    entry.trigger()
    assert not view.isColumnHidden(1)
    menu.close()


def test_copy_gives_tabbed_text_with_headings(people, desk, qtbot, memory):
    table = RecordTable(
        desk.books, Query(Representative, search="zgq"), [column("full_name"), column("mobile")]
    )
    view = view_of(table, memory, qtbot)
    view.selectAll()
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "姓名\t手机\n曾国强\t138****8000"


def test_row_of_a_record_is_found_again_after_a_refresh(people, desk):
    table = RecordTable(desk.books, Query(Representative), [column("full_name")])
    row = table.row_of(people[4].id)
    assert table.record(row).id == people[4].id
    desk.books.remove(people[4], "")
    table.refresh()
    assert table.row_of(people[4].id) == -1


def test_row_that_went_away_meanwhile_is_empty_and_no_error(people, desk):
    table = RecordTable(desk.books, Query(Representative), [column("full_name")])
    for person in people[:3]:
        desk.books.remove(person, "")
    assert table.rowCount() == 6
    assert table.index(5, 0).data() in (None, "")
