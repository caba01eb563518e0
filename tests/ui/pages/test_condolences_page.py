"""慰问: a round to eight households by keyboard alone, signed for at one go, with totals that open their rows."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import Qt
from ui_hands import commit, press

from desktop.records.households import Household
from desktop.records.listing import Query
from desktop.records.pairings import Condolence
from desktop.records.staff import Staff
from desktop.services.help_figures import help_figures
from desktop.ui.pages.households_picking import HouseholdPicker
from desktop.ui.record_printing import RecordPrintDialog

TODAY = datetime.date.today()
CONTROL, ENTER = Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Return
HEADS = ("赵大爷", "钱大妈", "孙国强", "李守田", "周永发", "吴明礼", "郑玉梅", "王成山")


@pytest.fixture
def homes(desk):
    desk.books.save(Staff(full_name="周建国"))
    desk.books.save(Staff(full_name="李明"))
    made = [
        Household(
            head=head, village="木兰村" if at % 2 else "启明村", sort="困难党员" if at < 5 else "一般户"
        )
        for at, head in enumerate(HEADS)
    ]
    for home in made:
        desk.books.save(home)
    return made


@pytest.fixture
def page(window, go, homes):
    go("pairings")
    return window.page.turn_to(1)


def gifts(desk):
    return desk.books.page(Query(Condolence, sort="on"), 0, 99)


def begun(page, amount="500", **more):
    page.start_round()
    panel = page.faces.round
    for field, words in {"staff": "周建国", "goods": "大米一袋", "amount": amount, **more}.items():
        box = panel.fields.box(field).widget
        box.setFocus()
        box.selectAll()
        commit(box, words)
    return panel


def test_a_round_to_eight_households_by_keyboard_alone(page, desk, homes, window, qtbot):
    window.page.tabs.setFocus()
    press((CONTROL | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_N))
    panel = page.faces.round
    press(ENTER, "周建国", ENTER, "春节", ENTER, "大米一袋", ENTER, "500", ENTER, ENTER)
    assert panel.to.home.widget.hasFocus()
    press("zdy", ENTER, "钱大妈", ENTER, "户0003", ENTER)
    assert [home.head for home in panel.to.homes] == ["赵大爷", "钱大妈", "孙国强"]
    press((CONTROL, Qt.Key.Key_L))
    picker = window.findChild(HouseholdPicker)
    qtbot.waitUntil(picker.isActiveWindow)
    picker.filter.search.setFocus()
    press(ENTER, (CONTROL, Qt.Key.Key_A), ENTER)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert [home.id for home in panel.to.homes[:3]] == [home.id for home in homes[:3]]
    assert panel.told.text() == "已选 8 户，慰问金共 4,000 元"
    press(ENTER)
    assert panel.go.hasFocus()
    press(ENTER)

    assert not page.faces.away
    kept = gifts(desk)
    assert {gift.household.id for gift in kept} == {home.id for home in homes}
    assert {(gift.staff.full_name, gift.occasion, gift.goods, gift.amount) for gift in kept} == {
        ("周建国", "春节", "大米一袋", 500)
    }
    told = {(one.label, one.unit): one.value for one in help_figures(None, None)}
    assert (told["慰问", "户"], told["慰问", "户次"], told["慰问金", "元"]) == (8, 8, 4000)
    assert page.count.text() == "8 户次"
    assert window.toast.isVisible()
    press((CONTROL, Qt.Key.Key_Z))
    assert gifts(desk) == []


def test_households_are_picked_by_sort(page, desk, window):
    panel = begun(page)
    panel.to.pick_several()
    picker = window.findChild(HouseholdPicker)
    picker.filter._boxes["sort"].pick("困难党员")
    picker._search()
    picker.view.selectAll()
    assert picker.go.text() == "加入 5 户"
    picker.take()
    assert {home.sort for home in panel.to.homes} == {"困难党员"}
    panel.to.table.selectRow(0)
    panel.to.take_off()
    assert len(panel.to.homes) == 4
    assert panel.register()
    assert len(gifts(desk)) == 4


def test_what_is_wrong_stands_beside_its_field_and_keeps_nothing(page, desk, homes):
    panel = begun(page, amount="五百块")
    assert not panel.register()
    assert "还没有选户" in panel.to.line.fault
    panel.to.add(homes[:2])
    assert not panel.register()
    assert "不是整数" in panel.fields.faults["amount"]
    panel.fields.box("amount").load(500)
    panel.fields.box("on").load(TODAY + datetime.timedelta(days=400))
    assert not panel.register()
    assert "请核对年份" in panel.fields.faults["on"]
    panel.fields.box("on").load(TODAY)
    desk.books.do(homes[2], "move", {"on": (TODAY - datetime.timedelta(days=9)).isoformat()})
    assert not panel.to.add([desk.books.get(Household, homes[2].id)])
    assert "迁出" in panel.to.line.fault
    panel.to.add([homes[0]])
    assert "已在这一批里" in panel.to.line.fault
    assert [home.head for home in panel.to.homes] == ["赵大爷", "钱大妈"]
    assert gifts(desk) == []
    assert panel.register()
    assert len(gifts(desk)) == 2


def test_who_has_something_of_the_day_is_shown_and_asked_about(page, desk, homes, ask):
    begun(page).to.add(homes[:2])
    assert page.faces.round.register()
    panel = begun(page)
    panel.to.add(homes[:3])
    marks = [row[-1].text if row[-1] else "" for row in panel.to.table.rows.rows]
    assert marks == ["已慰问", "已慰问", ""]
    ask.answers = ["回去改"]
    assert not panel.register()
    assert "其中 2 户（赵大爷、钱大妈）" in ask.asked[-1]
    ask.answers = ["继续填"]
    panel.done.click()
    assert page.faces.rounding
    ask.answers = ["仍然登记，户次照计"]
    assert panel.register()
    assert len(gifts(desk)) == 5


def test_one_form_begins_as_the_last_and_asks_the_same(page, desk, homes, ask):
    page.start_new()
    page.form.box("household").take(homes[0])
    for field, words in (("staff", "李明"), ("goods", "棉被"), ("amount", "300")):
        commit(page.form.box(field).widget, words)
    assert page.save_record()
    page.start_new()
    assert page.form.box("goods").value() == "棉被"
    page.form.box("household").take(homes[0])
    ask.answers = ["回去改"]
    assert not page.save_record()
    assert "已登记过慰问（李明）" in ask.asked[-1]
    page.drop_edits()


def test_a_round_comes_back_from_its_draft_and_is_printed_and_signed_for(page, desk, homes, window):
    begun(page, amount="300").to.add(homes[:2])
    draft = window.page.draft()
    page.drop_edits()
    assert not page.faces.round.to.homes
    window.page.take_up(draft)
    panel = page.faces.round
    assert [home.head for home in panel.to.homes] == ["赵大爷", "钱大妈"]
    assert panel.told.text() == "已选 2 户，慰问金共 600 元"
    assert panel.register()

    window.toast.findChild(object, "toast-action").click()
    dialog = window.findChild(RecordPrintDialog)
    assert dialog.choices.count("condolence-list") == 2
    dialog.reject()
    page.view.selectAll()
    page.signed.click()
    assert all(gift.signed for gift in gifts(desk))
    at = [column.key for column in page.table.columns].index("stands")
    assert {page.table.index(row, at).data() for row in range(2)} == {"已签收"}
    page.undo()
    assert not any(gift.signed for gift in gifts(desk))


def test_every_figure_of_the_totals_opens_its_rows(page, desk, homes, window):
    begun(page).to.add(homes)
    page.faces.round.register()
    begun(page, amount="0", on=(TODAY - datetime.timedelta(days=1)).isoformat()).to.add(homes[:3])
    page.faces.round.register()
    page.show_totals()
    panel = page.faces.totals
    panel.year.pick("")
    panel.by.pick("户类别")
    panel._show()
    assert panel.groups.rows.rows[:2] == [
        ("合计", "8", "11", "4,000", "11"),
        ("困难党员", "5", "8", "2,500", "8"),
    ]
    panel.groups.selectRow(1)
    assert panel.whose.text() == "困难党员：5 户"
    assert len(panel.rows.rows.rows) == 5
    panel.unit.pick("户次")
    panel._show_rows()
    assert len(panel.rows.rows.rows) == 8
    panel.open_row(0)
    assert not page.faces.away
    assert page.record.household.head in HEADS
