"""登记一摞, what may be the same, the board, merging, and the tickets of an open day."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from ui_hands import commit

from desktop.records.listing import Query
from desktop.records.staff import Staff
from desktop.records.tickets import Occurrence, Ticket
from desktop.services.ticket_moves import occurrences_of
from desktop.ui.pages.tickets_cards import CARD
from desktop.ui.pages.tickets_merge import MergeDialog
from desktop.ui.pages.tickets_step_dialog import StepDialog
from desktop.ui.theme import Size

TODAY = datetime.date.today()
LIGHTS = "店埠路从光大社区到老街的路灯有七盏不亮"


@pytest.fixture
def page(go):
    return go("tickets")


@pytest.fixture
def pile(page, qtbot):
    page.start_pile()
    return page.faces.pile


def write(pile, field, text):
    box = pile.fields.box(field).widget
    box.setFocus()
    box.selectAll()
    commit(box, text)


def registered(desk, content, **values):
    ticket = Ticket(content=content, **({"received_on": TODAY} | values))
    desk.books.save(ticket)
    return ticket


def test_what_is_pinned_stays_and_the_rest_is_filled_anew(pile, desk, memory):
    write(pile, "section", "组织科")
    write(pile, "content", "第一张纸")
    write(pile, "place", "上派镇")
    assert pile.register()
    assert pile.fields.text("section") == "组织科"
    assert (pile.fields.text("content"), pile.fields.text("place")) == ("", "")
    assert pile.fields.box("content").widget.hasFocus()

    pile.fields.rows["place"].pin.setChecked(True)
    write(pile, "content", "第二张纸")
    write(pile, "place", "桃花镇")
    assert pile.register()
    assert pile.fields.text("place") == "桃花镇"
    assert "place" in memory.value("tickets/pinned").split(",")
    assert [row.section for row in desk.books.page(Query(Ticket, sort="number"))] == ["组织科", "组织科"]
    assert pile.last.text().startswith(f"刚登记 {TODAY.year}-0002，期限 ")


@pytest.mark.parametrize("size", Size)
def test_no_label_of_the_pile_is_cut_in_large_type(page, theme, qtbot, size):
    theme.choose(size=size)
    page.window().resize(1366, 768)
    page.start_pile()
    for pinned in page.faces.pile.fields.rows.values():
        label = pinned.row.label
        assert label.width() >= label.fontMetrics().horizontalAdvance(label.text()), label.text()
    staying = page.faces.pile._staying
    qtbot.waitUntil(lambda: staying.widget().width() <= staying.viewport().width())
    theme.choose(size=Size.STANDARD)


def test_the_pile_fits_a_small_screen_at_one_and_a_half(page, qtbot):
    window = page.window()
    page.start_pile()
    window.resize(911, 512)
    assert window.width() == 911


def test_an_empty_paper_is_refused_beside_its_field(pile, desk):
    assert not pile.register()
    assert pile.fields.rows["content"].row.fault == "内容不能为空"
    assert desk.books.count(Query(Ticket)) == 0


def test_undo_takes_the_last_one_back_and_puts_its_text_in_again(pile, desk, qtbot):
    write(pile, "content", "写错了的一张")
    pile.register()
    pile.undo.click()
    assert desk.books.count(Query(Ticket)) == 0
    assert pile.fields.text("content") == "写错了的一张"
    assert pile.count.text() == ""


def test_an_open_day_fills_the_day_it_was_said(pile, page, past_day):
    pile.begin(past_day)
    assert pile.fields.text("received_on").startswith(past_day.held_on.isoformat())
    assert pile.due.text().startswith("期限 ")


def test_leaving_asks_about_a_paper_half_written_down(pile, page, ask, desk):
    write(pile, "content", "还没有登记的一张")
    ask.answers = ["继续填"]
    pile.done.click()
    assert page.faces.piling
    ask.answers = ["登记"]
    pile.done.click()
    assert not page.faces.piling
    assert desk.books.count(Query(Ticket)) == 1


def test_the_same_problem_is_one_more_occurrence(pile, page, desk, qtbot):
    first = registered(desk, LIGHTS, place="店埠镇")
    write(pile, "content", "光大社区到老街的路灯七盏不亮，孩子放学看不见")
    write(pile, "raised_by", "李四")
    qtbot.waitUntil(lambda: pile.hints.isVisible())
    assert [hint.number for hint in pile.hints.hints] == [first.number]
    assert "1 件次" in pile.hints.hints[0].told
    button = pile.hints.findChild(object, f"same-{first.number}")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)

    assert desk.books.count(Query(Ticket)) == 1
    assert [one.raised_by for one in occurrences_of(first)] == ["", "李四"]
    assert pile.last.text() == f"已给 {first.number} 加一件次"
    assert not pile.hints.isVisible()
    assert pile.fields.text("content") == ""
    page.undo()
    assert desk.books.count(Query(Occurrence)) == 1


def test_a_single_new_ticket_is_told_of_its_like_too(page, desk, qtbot):
    first = registered(desk, LIGHTS)
    page.new.trigger()
    box = page.form.box("content").widget
    commit(box, "光大社区到老街的路灯七盏不亮")
    hints = page.side.hints
    qtbot.waitUntil(lambda: hints.isVisible())
    hints.findChild(object, f"same-{first.number}").click()
    assert desk.books.count(Query(Ticket)) == 1
    assert len(occurrences_of(first)) == 2
    assert page.record.id == first.id
    assert not page.form.dirty
    assert not hints.isVisible()


# -- the board


@pytest.fixture
def board(page, desk, qtbot):
    desk.books.save(Staff(full_name="李明", section="组织科"))
    ticket = registered(desk, "登记的一件")
    second = registered(desk, "受理的一件")
    desk.books.do(second, "accept", {})
    page.views.show_face("看板")
    board = page.faces.board
    qtbot.waitUntil(lambda: [len(one.cards.cards) for one in board.lists] == [1, 1, 0, 0, 0])
    board.ticket = ticket
    return board


def test_the_board_shows_stages_and_arrows_go_between_them(board, qtbot):
    assert [count.text() for count in board.counts[:3]] == ["1 件", "1 件", "0 件"]
    board.focus_first()
    assert board.lists[0].chosen == board.ticket.id
    qtbot.keyClick(board.lists[0], Qt.Key.Key_Right)
    assert board.lists[1].hasFocus()
    qtbot.keyClick(board.lists[1], Qt.Key.Key_Right)
    assert board.lists[1].hasFocus()  # the stages beyond hold nothing


def test_moving_a_card_asks_the_step_and_nothing_moves_by_itself(board, qtbot, window, desk):
    board.focus_first()
    data = QMimeData()
    data.setData(CARD, board.ticket.id)
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    board.lists[2].dropEvent(event)
    dialog = window.findChild(StepDialog)
    assert dialog.windowTitle().startswith("受理并交办")
    assert desk.books.get(Ticket, board.ticket.id).state == "登记"
    dialog.box("handler")._took(desk.books.page(Query(Staff), 0, 1)[0])
    dialog.take()
    qtbot.waitUntil(lambda: [len(one.cards.cards) for one in board.lists] == [0, 1, 1, 0, 0])


def test_a_stage_that_no_step_leads_to_says_what_can_be_done(board, qtbot, window):
    board._move(3, board.ticket.id)
    assert "不能直接到“待回访”；可以先：受理并交办" in window.bar.words.text()


def test_enter_opens_the_card_in_list_and_form(board, qtbot, page):
    board.focus_first()
    qtbot.keyClick(board.lists[0], Qt.Key.Key_Return)
    assert not page.faces.boarding
    assert page.record.id == board.ticket.id


# -- merging, and the open day


def test_several_selected_become_one_and_one_undo_parts_them(page, desk, window, qtbot):
    tickets = [registered(desk, f"{LIGHTS}，第{number}次", raised_by=f"代表{number}") for number in "一二三"]
    page.view.selectAll()
    assert page.merge.isEnabled()
    page.merge.click()
    dialog = window.findChild(MergeDialog)
    assert dialog.go.text() == f"其余 2 件并入 {tickets[0].number}"
    dialog.take()
    assert len(occurrences_of(tickets[0])) == 3
    page.undo()
    assert len(occurrences_of(tickets[0])) == 1


def test_a_day_lists_its_tickets_and_registers_more(go, desk, past_day, window, qtbot):
    mine = registered(desk, LIGHTS, open_day=past_day, received_on=past_day.held_on)
    registered(desk, "别的来源的一件")
    page = go("open-days", past_day, "意见与问题")
    tab = page.tabs["意见与问题"]
    assert tab.table.rowCount() == 1
    assert tab.table.record(0).id == mine.id
    qtbot.waitUntil(lambda: tab.words.text() == "登记 1 件，已了结 0 件，在办 1 件")
    tab.next.click()
    assert window.page.key == "tickets"
    pile = window.page.faces.pile
    assert pile.fields.box("open_day").store().id == past_day.id


def test_the_navigation_counts_what_is_late(window, desk, qtbot):
    window.get_ready()
    registered(desk, LIGHTS, received_on=TODAY - datetime.timedelta(days=40))
    button = window.navigation._buttons["tickets"]
    qtbot.waitUntil(lambda: button.accessibleName() == "问题，逾期 1 件")
