"""The statutory clock, checked against the notices of the State Council."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import UserError
from desktop.records.holidays import Holiday
from desktop.services import workdays

day = datetime.date.fromisoformat


@pytest.mark.parametrize(
    ("event", "due", "presumed"),
    [
        ("2026-09-29", "2026-10-14", False),
        ("2013-09-10", "2013-09-22", False),
        ("2026-12-24", "2027-01-05", True),
    ],
)
def test_seven_working_days_after_the_day(desk, event, due, presumed):
    deadline = desk.workdays.due(day(event), 7)

    assert (deadline.due, deadline.presumed) == (day(due), presumed)
    assert sum(judged.counted for judged in deadline.days) == 7
    assert deadline.days[0].date == day(event) + datetime.timedelta(days=1)
    assert deadline.days[-1].counted


def test_a_worked_saturday_is_counted_and_said(desk):
    judged = desk.workdays.judge(day("2026-10-10"))

    assert judged.counted
    assert "补班" in judged.reason


def test_the_offices_own_notice_goes_first(desk):
    assert desk.workdays.due(day("2026-12-24"), 7).presumed
    desk.books.save(Holiday(date=day("2027-01-01"), sort="放假", name="元旦"))
    desk.books.save(Holiday(date=day("2027-01-02"), sort="放假", name="元旦"))
    desk.books.save(Holiday(date=day("2027-01-04"), sort="放假", name="元旦"))

    deadline = desk.workdays.due(day("2026-12-24"), 7)

    assert (deadline.due, deadline.presumed) == (day("2027-01-06"), False)


def test_lunar_festivals_of_later_years_are_off(desk):
    spring = desk.workdays.judge(day("2028-01-26"))

    assert not spring.counted
    assert "春节" in spring.reason


@pytest.mark.parametrize("date", ["1900-01-01", "2100-01-01"])
def test_years_out_of_reach_are_refused(desk, date):
    with pytest.raises(UserError, match="无法推算"):
        desk.workdays.due(day(date), 7)


@settings(max_examples=200)
@given(start=st.dates(day("2004-01-01"), day("2026-10-01")), days=st.integers(1, 30))
def test_deadlines_equal_a_count_by_hand(start, days):
    import chinese_calendar

    date, left = start, days
    while left:
        date += datetime.timedelta(days=1)
        left -= chinese_calendar.is_workday(date)
    calendar = workdays.Workdays()
    calendar._own = {}
    assert calendar.due(start, days).due == date
