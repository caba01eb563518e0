"""The statutory clock, checked against the notices of the State Council."""

from __future__ import annotations

import datetime
import functools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import UserError
from desktop.records.holidays import Holiday
from desktop.services.calendar_years import (
    FIRST_NOTICE,
    LAST_NOTICE,
    ONE_DAY,
    Arrangement,
    Judged,
    by_law,
)
from desktop.services.deadlines import Count, deadline

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


def test_the_table_of_festivals_is_what_the_law_and_the_moon_give():
    from holidays.countries.china import China

    for year in (*range(1990, 2004), *range(2027, 2100)):
        assert set(by_law(year)) == set(China(years=year)), year
    assert {name for name, _ in by_law(2030).values()} == {
        "元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节",
    }  # fmt: skip


def test_the_years_with_a_notice_are_those_the_library_holds():
    import chinese_calendar

    years = {date.year for date in chinese_calendar.constants.holidays}
    assert (min(years), max(years)) == (FIRST_NOTICE, LAST_NOTICE)


NEAR = st.dates(day("2026-06-01"), day("2027-12-31"))


@settings(max_examples=60)
@given(off=st.sets(NEAR, max_size=40), worked=st.sets(NEAR, max_size=40), start=NEAR, days=st.integers(0, 60))
def test_any_table_of_the_offices_own_gives_what_counting_gives(off, worked, start, days):
    own = {date: Judged(date, False, "停") for date in off} | {
        date: Judged(date, True, "班") for date in worked
    }
    calendar = Arrangement(own)
    date, left = start, days
    while left:
        date += ONE_DAY
        left -= calendar.judge(date).counted
    made = deadline(calendar, start, Count(days))

    assert made.due == date
    assert made.presumed == any(judged.presumed for judged in made.days)
    back = date
    while not calendar.judge(back).counted:
        back -= ONE_DAY
    assert calendar.before(date) == back


@pytest.mark.parametrize("date", ["1900-01-01", "2100-01-01"])
def test_years_out_of_reach_are_refused(desk, date):
    with pytest.raises(UserError, match="无法推算"):
        desk.workdays.due(day(date), 7)


@functools.cache
def worked() -> dict[datetime.date, bool]:
    """Whether each day of the years with a notice is worked, by chinesecalendar alone."""
    import chinese_calendar

    first, last = day("2004-01-01"), day("2026-12-31")
    dates = [first + n * ONE_DAY for n in range((last - first).days + 1)]
    return {date: chinese_calendar.is_workday(date) for date in dates}


@pytest.mark.parametrize("year", range(2004, 2027))
def test_every_deadline_of_a_year_equals_a_count_by_hand(year):
    """Every day, n = 1…30, counted day by day; at the end of the years known, as far as they reach."""
    calendar = Arrangement({})
    rules = [Count(n) for n in range(31)]
    wrong, compared = [], 0
    for start in (date for date in worked() if date.year == year):
        further, left = start + ONE_DAY, 0
        while left < 30 and further in worked():
            if worked()[further]:
                left += 1
                made = deadline(calendar, start, rules[left])
                wrong += [(start, left, made.due)] if made.due != further or made.presumed else []
                compared += 1
            further += ONE_DAY
    assert wrong == []
    assert compared >= (10_950 if year < LAST_NOTICE else 10_300)


@settings(max_examples=100)
@given(start=st.dates(day("2004-01-01"), day("2027-10-01")), days=st.integers(1, 30))
def test_the_explanation_holds_every_date_and_counts_to_the_number(start, days):
    made = deadline(Arrangement({}), start, Count(days))

    assert [judged.date for judged in made.days] == [
        start + n * ONE_DAY for n in range(1, (made.due - start).days + 1)
    ]
    assert sum(judged.counted for judged in made.days) == days
    assert made.presumed == any(judged.presumed for judged in made.days)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "begins", "due", "nominal"),
    [
        # 民法典 201: the first day isn't counted; 203: a last day that is off goes over to the day after
        ("2026-09-01", 15, "日", "次日", "2026-09-16", "2026-09-16"),
        ("2026-09-29", 7, "日", "次日", "2026-10-08", "2026-10-06"),
        ("2026-09-25", 15, "日", "次日", "2026-10-10", "2026-10-10"),  # a Saturday that is worked
        ("2026-09-01", 15, "日", "当日", "2026-09-15", "2026-09-15"),
        # 202: the same day of the last month, or its end
        ("2026-01-31", 1, "月", "次日", "2026-02-28", "2026-02-28"),  # a worked Saturday
        ("2026-03-31", 3, "月", "次日", "2026-06-30", "2026-06-30"),
        ("2026-08-01", 2, "月", "次日", "2026-10-08", "2026-10-01"),
        ("2026-03-02", 1, "月", "当日", "2026-04-01", "2026-04-01"),
        ("2025-12-31", 2, "月", "次日", "2026-02-28", "2026-02-28"),
        ("2026-09-30", 1, "工作日", "当日", "2026-09-30", "2026-09-30"),
        ("2026-10-01", 1, "工作日", "当日", "2026-10-08", "2026-10-08"),
        ("2026-09-29", 7, "工作日", "活动日", "2026-10-14", "2026-10-14"),
    ],
)
def test_each_unit_and_start_as_the_law_counts(start, amount, unit, begins, due, nominal):
    made = deadline(Arrangement({}), day(start), Count(amount, unit, begins))

    assert (made.due, made.nominal, made.moved) == (day(due), day(nominal), due != nominal)
    assert made.days[-1].date == made.due


def test_a_last_day_that_is_off_is_explained():
    days = deadline(Arrangement({}), day("2026-09-29"), Count(7, "日")).days

    assert [(judged.date.day, judged.counted) for judged in days[-3:]] == [(6, True), (7, False), (8, False)]
    assert "顺延" in days[-3].reason
    assert "休假日结束的次日" in days[-1].reason


def test_hours_run_on_over_holidays_from_the_moment():
    moment = datetime.datetime(2026, 9, 30, 15, 30)
    made = deadline(Arrangement({}), moment, Count(24, "小时", "当日"))
    assert (made.due, made.at) == (day("2026-10-01"), datetime.datetime(2026, 10, 1, 15, 30))

    for begins in ("当日", "次日"):  # of a day whose hour isn't known, the last one counts
        whole = deadline(Arrangement({}), day("2026-09-30"), Count(24, "小时", begins))
        assert (whole.due, whole.at) == (day("2026-10-01"), datetime.datetime(2026, 10, 2))


def test_a_year_whose_every_day_is_off_ends_in_the_next_and_never_hangs():
    whole = {
        day("2027-01-01") + n * ONE_DAY: Judged(day("2027-01-01") + n * ONE_DAY, False, "停")
        for n in range(365)
    }
    calendar = Arrangement(whole)

    assert deadline(calendar, day("2026-12-31"), Count(1)).due == day("2028-01-04")  # 元旦 is a Saturday
    assert calendar.before(day("2027-12-31")) == day("2026-12-31")


@pytest.mark.parametrize(
    ("start", "amount", "unit"),
    [
        ("1900-01-01", 7, "工作日"),
        ("2099-12-30", 7, "工作日"),
        ("2099-12-30", 7, "日"),
        ("2099-11-30", 2, "月"),
    ],
)
def test_deadlines_out_of_reach_are_refused_with_a_sentence(start, amount, unit):
    with pytest.raises(UserError, match="请核对"):
        deadline(Arrangement({}), day(start), Count(amount, unit))


def test_an_undone_line_of_the_table_counts_no_more(desk):
    desk.books.save(Holiday(date=day("2026-11-23"), sort="放假", name="县庆"))
    assert not desk.workdays.judge(day("2026-11-23")).counted
    desk.changes.undo_last()
    assert desk.workdays.judge(day("2026-11-23")).counted


def test_a_table_that_is_silent_on_a_festival_leaves_it_presumed(desk):
    desk.books.save(Holiday(date=day("2027-01-01"), sort="放假", name="元旦"))

    assert not desk.workdays.due(day("2027-01-03"), 7).presumed
    assert desk.workdays.due(day("2027-01-25"), 7).presumed
    assert desk.workdays.arrangement.missing(2027)[:2] == ("春节", "清明节")


def test_a_day_in_place_of_a_weekends_is_the_notices_to_name(desk):
    """By the law alone 2028-01-03 is off, since 元旦 is a Saturday; a notice for 元旦 may name another day."""
    assert not desk.workdays.judge(day("2028-01-03")).counted
    desk.books.save(Holiday(date=day("2028-01-01"), sort="放假", name="元旦"))

    assert desk.workdays.judge(day("2028-01-03")).counted
    assert not desk.workdays.judge(day("2028-01-26")).counted


def test_steps_of_working_days_both_ways(desk):
    assert desk.workdays.moved_by(day("2026-10-14"), -2) == day("2026-10-12")
    assert desk.workdays.moved_by(day("2026-10-08"), -1) == day("2026-09-30")
    assert desk.workdays.moved_by(day("2026-09-30"), 5) == day("2026-10-13")
