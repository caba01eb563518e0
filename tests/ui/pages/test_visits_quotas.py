"""走访指标: 38 of 40 households is amber, 户 and 户次 are apart, each figure opens its rows, crowded villages."""

from __future__ import annotations

import datetime

import pytest
from ui_hands import commit

from desktop.errors import UserError
from desktop.records.households import Household
from desktop.records.staff import Staff
from desktop.records.visits import Campaign, OwnQuota, Visit
from desktop.ui.pages.visits_campaign import CampaignDialog, OwnQuotaDialog

TODAY = datetime.date.today()
SINCE = TODAY - datetime.timedelta(days=60)


@pytest.fixture
def page(go, desk):
    leader, other = Staff(full_name="周建国", role="班子成员"), Staff(full_name="李明")
    third = Staff(full_name="赵文静")
    for person in (leader, other, third):
        desk.books.save(person)
    homes = [Household(head=head, village="木兰村") for head in ("王大爷", "李大妈", "曾国强")]
    for home in homes:
        desk.books.save(home)
    for person, home, days in ((leader, 0, 9), (leader, 0, 40), (leader, 1, 9), (other, 2, 9), (third, 2, 9)):
        on = TODAY - datetime.timedelta(days=days)
        desk.books.save(Visit(visited_on=on, staff=person, household=homes[home]))
    desk.books.save(Campaign(name="进万家", since=SINCE, until=TODAY, leader_quota=3, other_quota=1))
    made = go("visits")
    made.show_quotas()
    return made


def shown(table):
    return [tuple(getattr(cell, "text", cell) for cell in cells) for cells in table.rows.rows]


def test_households_and_times_are_apart(page):
    assert shown(page.faces.quotas.people) == [
        ("周建国", "还差 1 户", "3", "2", "3", "班子成员"),
        ("李明", "完成", "1", "1", "1", "其他"),
        ("赵文静", "完成", "1", "1", "1", "其他"),
    ]
    assert page.faces.quotas.told.text().startswith("应完成 3 人，已完成 2 人")


def test_each_figure_opens_its_rows(page, window):
    panel = page.faces.quotas
    assert panel.whose.text() == "周建国：2 户"
    assert {line[1] for line in shown(panel.rows)} == {"王大爷", "李大妈"}
    panel.unit.buttons["户次"].click()
    assert panel.whose.text() == "周建国：3 户次"
    assert shown(panel.rows)[0][1] == "王大爷"
    panel.open_row(0)
    assert not page.faces.counting
    assert page.record.visited_on == TODAY - datetime.timedelta(days=40)
    page.show_quotas()
    panel.unit.buttons["户"].click()
    panel.open_row(0)
    assert window.page.key == "households"


def test_a_village_where_three_go_within_a_week_is_crowded_and_its_figures_open_their_rows(page, qtbot):
    panel = page.faces.quotas
    qtbot.waitUntil(lambda: bool(shown(panel.crowded)))
    assert [line[1:] for line in shown(panel.crowded)] == [("木兰村", "3", "4")]
    panel.crowded.selectRow(0)
    assert panel.whose.text().startswith("木兰村 ")
    assert panel.whose.text().endswith("起一周：3 个组，4 次")
    lines = shown(panel.rows)
    assert len(lines) == 4
    assert {line[3] for line in lines} == {"周建国", "李明", "赵文静"}
    panel.people.selectRow(1)
    assert panel.whose.text().startswith("李明")


def test_the_count_of_who_is_done_opens_who_they_are(page):
    panel = page.faces.quotas
    panel.who.buttons["已完成"].click()
    assert [line[0] for line in shown(panel.people)] == ["李明", "赵文静"]
    panel.who.buttons["没完成"].click()
    assert [line[0] for line in shown(panel.people)] == ["周建国"]
    panel.who.buttons["全部"].click()
    assert len(shown(panel.people)) == 3


def test_one_person_has_a_number_of_their_own(page, window, desk):
    panel = page.faces.quotas
    panel.apart.click()
    dialog = window.findChild(OwnQuotaDialog)
    dialog.fields.box("households").load(2)
    dialog.fields.box("reason").load("驻村第一书记")
    dialog.keep()
    assert shown(panel.people)[0][:3] == ("周建国", "完成", "2（单独定）")
    twin = OwnQuota(campaign=panel.campaign, staff=panel.quotas[0].staff, households=5)
    with pytest.raises(UserError, match="单独定过"):
        desk.books.save(twin)
    panel.set_apart()
    window.findChild(OwnQuotaDialog).drop()
    assert shown(panel.people)[0][:3] == ("周建国", "还差 1 户", "3")


def test_38_of_40_opens_38_distinct_households(go, desk):
    leader, other = Staff(full_name="周建国", role="班子成员"), Staff(full_name="李明")
    homes = [Household(head=f"户主{place}", village=f"村{place % 7}") for place in range(38)]
    with desk.changes.change("登记", Visit):
        for record in (leader, other, *homes):
            desk.books.save(record)
        for place, home in enumerate([*homes, *homes[:5]]):
            on = TODAY - datetime.timedelta(days=1 + place % 30)
            with_him = "李明" if place < 15 else ""
            desk.books.save(Visit(visited_on=on, staff=leader, household=home, companions=with_him))
    desk.books.save(Campaign(name="进万家", since=SINCE, until=TODAY))
    page = go("visits")
    page.show_quotas()
    panel = page.faces.quotas
    assert [line[:5] for line in shown(panel.people)] == [
        ("周建国", "还差 2 户", "40", "38", "43"),
        ("李明", "完成", "15", "15", "15"),
    ]
    assert panel.whose.text() == "周建国：38 户"
    assert len({line[0] for line in shown(panel.rows)}) == len(shown(panel.rows)) == 38


def test_a_campaign_is_made_and_changed(page, window, desk):
    panel = page.faces.quotas
    panel.new.click()
    dialog = window.findChild(CampaignDialog)
    dialog.keep()
    assert "name" in dialog.fields.faults
    commit(dialog.fields.box("name").widget, "明年的活动")
    dialog.fields.box("since").load(TODAY + datetime.timedelta(days=1))
    dialog.fields.box("until").load(TODAY + datetime.timedelta(days=90))
    dialog.keep()
    assert panel.campaign.name == "明年的活动"
    assert shown(panel.people)[0][2:5] == ("40", "0", "0")


def test_a_new_visit_is_counted_at_once(page, desk):
    home = Household(head="新来的", village="木兰村")
    desk.books.save(home)
    leader = page.faces.quotas.quotas[0].staff
    desk.books.save(Visit(visited_on=TODAY, staff=leader, household=home))
    assert shown(page.faces.quotas.people)[0][1] == "完成"
