"""统计: 人 and 人次 apart, shares within one unit, coming and cancelled days left out of what was held."""

from __future__ import annotations

import datetime

import pytest

from desktop.errors import UserError
from desktop.records.open_days import OpenDay
from desktop.records.representatives import Representative
from desktop.services.figures import Figure, percent, share


@pytest.fixture
def people(desk):
    made = [Representative(full_name=f"代表{word}", sex="男") for word in "甲乙丙丁"]
    for one in made:
        desk.books.save(one)
    return made


@pytest.fixture
def day(desk):
    def made(held_on, theme="开放日"):
        one = OpenDay(theme=theme, held_on=held_on)
        desk.books.save(one)
        return one

    return made


def came(desk, row, word="出席"):
    row.attendance = word
    desk.books.save(row)


def by_unit(report):
    return {(figure.label, figure.unit): figure for figure in report.figures}


def test_a_person_at_two_days_is_one_person_and_two_visits(desk, people, day):
    for held_on in (datetime.date(2026, 3, 10), datetime.date(2026, 9, 29)):
        rows = desk.inviting.invite(day(held_on), people[:3])
        came(desk, rows[0])
        came(desk, rows[1], "代替")
    found = by_unit(desk.reports.report("participants"))

    assert found["举办开放日", "次"].value == 2
    assert found["邀请代表", "人次"].value == 6
    assert found["邀请代表人数", "人"].value == 3
    assert (found["到会", "人次"].value, found["到会人数", "人"].value) == (4, 2)
    assert found["到会率", "%"].worked == "到会率 = 到会 4 人次 ÷ 邀请代表 6 人次 = 66.67%"
    assert len(found["到会", "人次"].records) == 4


def test_who_is_asked_to_a_coming_day_is_not_absent_from_it(desk, people, day):
    came(desk, desk.inviting.invite(day(datetime.date(2026, 3, 10)), people[:2])[0])
    desk.inviting.invite(day(datetime.date.today() + datetime.timedelta(days=30)), people)
    found = by_unit(desk.reports.report("participants"))

    assert found["举办开放日", "次"].value == 1
    assert (found["邀请代表", "人次"].value, found["已举行的开放日邀请", "人次"].value) == (6, 2)
    assert found["到会率", "%"].worked == "到会率 = 到会 1 人次 ÷ 已举行的开放日邀请 2 人次 = 50.00%"


def test_no_two_figures_of_a_report_are_called_alike(desk, people, day):
    first = day(datetime.date(2026, 3, 10))
    desk.inviting.invite(first, people[:2])
    desk.inviting.invite(day(datetime.date.today() + datetime.timedelta(days=30)), people)
    for report in (*map(desk.reports.report, ("participants", "forms")), desk.reports.day_report(first)):
        labels = [figure.label for figure in report.figures]
        assert len(set(labels)) == len(labels)


def test_a_cancelled_day_counts_nowhere(desk, people, day):
    cancelled = day(datetime.date(2026, 3, 10))
    desk.inviting.invite(cancelled, people)
    desk.books.do(cancelled, "cancel", {"reason": "汛情"})
    found = by_unit(desk.reports.report("participants"))

    assert {figure.value for figure in found.values()} == {0}
    assert ("到会率", "%") not in found


def test_a_period_is_inclusive_and_said_in_words(desk, people, day):
    desk.inviting.invite(day(datetime.date(2026, 3, 10)), people)
    desk.inviting.invite(day(datetime.date(2026, 9, 29)), people)
    report = desk.reports.report("participants", "2026年3月10日", "2026.9.28")

    assert by_unit(report)["举办开放日", "次"].value == 1
    assert report.period == "2026年3月10日至2026年9月28日的开放日"
    assert desk.reports.report("forms").period == "全部开放日"
    assert desk.reports.report("forms", since="2026-03-10").period == "2026年3月10日以来的开放日"
    assert desk.reports.report("forms", until="2026-03-10").period == "截至2026年3月10日的开放日"


@pytest.mark.parametrize(
    ("name", "since", "until", "field"),
    [
        ("天气", None, None, "name"),
        ("forms", "昨天", None, "from"),
        ("forms", None, "2026-13-01", "to"),
        ("forms", "2026-09-29", "2026-03-10", "from"),
    ],
)
def test_what_cannot_be_reported_is_told_at_its_field(desk, name, since, until, field):
    with pytest.raises(UserError) as told:
        desk.reports.report(name, since, until)
    assert told.value.field == field


@pytest.mark.parametrize(
    ("part", "whole", "right"),
    [(2, 17, 11.76), (14, 49, 28.57), (37, 280, 13.21), (1, 800, 0.13), (1, 1, 100.0), (0, 7, 0.0)],
)
def test_shares_are_those_of_a_clerks_calculator(part, whole, right):
    assert percent(part, whole) == right


def test_a_share_across_units_is_refused():
    with pytest.raises(ValueError, match="人次"):
        share("到会率", Figure("到会", 4, "人次"), Figure("邀请", 6, "人"))


def test_a_share_of_nothing_is_left_out():
    assert share("回收率", Figure("收回", 0, "份"), Figure("发放", 0, "份")) == []
