"""An open day's number, backward schedule and steps."""

from __future__ import annotations

import datetime

import pytest

from desktop.errors import UserError
from desktop.records.open_days import OpenDay

day = datetime.date.fromisoformat


@pytest.fixture
def autumn(desk):
    made = OpenDay(theme="走进组织部", held_on=day("2026-10-20"))
    desk.books.save(made)
    return made


def test_numbers_run_by_year(desk, autumn):
    other = OpenDay(theme="第二次", held_on=day("2026-11-20"))
    desk.books.save(other)
    assert (autumn.number, other.number) == ("2026-1", "2026-2")


def test_letters_fifteen_days_before_are_advised_to_the_last_working_day(desk, autumn):
    plan = {row.name: row for row in desk.open_days.milestones(autumn)}

    assert (plan["寄发邀请函"].due_on, plan["寄发邀请函"].advised_on) == (
        day("2026-10-05"),
        day("2026-09-30"),
    )
    assert plan["发布公告"].due_on == day("2026-10-13")
    assert (plan["核对名单和会务"].due_on, plan["核对名单和会务"].advised_on) == (
        day("2026-10-17"),
        day("2026-10-16"),
    )
    assert plan["答复代表"].due_on == day("2026-10-29")


def test_a_moved_day_moves_its_schedule_and_keeps_what_was_done(desk, autumn):
    letters = desk.open_days.milestones(autumn)[0]
    letters.done_on = day("2026-09-29")
    desk.books.save(letters)

    autumn.held_on = day("2026-11-10")
    desk.books.save(autumn)

    moved = {row.name: row for row in desk.open_days.milestones(autumn)}
    assert moved["寄发邀请函"].due_on == day("2026-10-26")
    assert moved["寄发邀请函"].done_on == day("2026-09-29")


def test_steps_follow_the_life_of_a_day(desk, autumn):
    desk.books.do(autumn, "approve", {})
    assert autumn.state == "已审批"
    desk.books.do(autumn, "plan", {})
    desk.books.do(autumn, "hold", {})
    desk.books.do(autumn, "archive", {})
    assert autumn.state == "已归档"


@pytest.mark.parametrize(("verb", "told"), [("archive", "不能归档"), ("fly", "没有“fly”")])
def test_an_illegal_step_is_refused_with_the_reason(desk, autumn, verb, told):
    with pytest.raises(UserError, match=told):
        desk.books.do(autumn, verb, {})
    assert desk.books.get(OpenDay, autumn.id).state == "策划"


def test_a_day_that_has_not_come_cannot_have_been_held(desk):
    coming = OpenDay(theme="将来", held_on=datetime.date.today() + datetime.timedelta(days=30))
    desk.books.save(coming)
    with pytest.raises(UserError, match="还没有到"):
        desk.books.do(coming, "hold", {})


def test_a_new_day_starts_with_the_offices_own_limits(desk):
    office = desk.offices.own()
    office.reply_days, office.letters_before, office.notice_before = 5, 10, 3
    desk.books.save(office)

    made = desk.books.new(OpenDay)

    assert (made.reply_days, made.letters_before, made.notice_before) == (5, 10, 3)


@pytest.mark.parametrize("held", ["1900-01-01", "2099-12-31"])
def test_a_day_beyond_the_years_known_is_refused_at_its_date(desk, held):
    with pytest.raises(UserError, match="请核对") as refused:
        desk.books.save(OpenDay(theme="太远", held_on=day(held)))
    assert refused.value.field == "held_on"
    assert OpenDay.select().count() == 0
