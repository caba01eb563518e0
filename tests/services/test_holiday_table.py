"""放假安排: years with their badge, a notice compared and taken in, and what may not be kept."""

from __future__ import annotations

import datetime

import pytest

from desktop.errors import UserError
from desktop.records import storing
from desktop.records.holidays import Holiday
from desktop.records.open_days import OpenDay
from desktop.records.register import PrintJob
from desktop.records.ticket_steps import Slip, TicketStep
from desktop.records.tickets import Ticket
from desktop.records.time_limits import LeftDate
from desktop.services.calendar_years import ONE_DAY
from desktop.services.holiday_table import Origin, Standing
from desktop.services.importing import OnDuplicate
from desktop.services.notice_text import read_notice
from desktop.services.ticket_story import story

day = datetime.date.fromisoformat
NOTICE_2027 = """国务院办公厅关于2027年部分节假日安排的通知 国办发明电〔2026〕9号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假，共1天。
六、中秋节：9月15日（周三）放假，共1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。"""
OTHER_2027 = "2027年放假安排 一、元旦：1月1日（周五）至4日（周一）放假调休，共4天。1月9日（周六）上班。"


def lines(desk):
    return {line.year: line for line in desk.holidays.years(day("2026-11-22"))}


def test_years_say_whose_word_they_are(desk):
    before = lines(desk)
    assert (before[2026].origin, before[2004].origin) == (Origin.OFFICIAL, Origin.OFFICIAL)
    assert (before[2027].origin, before[2028].origin) == (Origin.PRESUMED, Origin.PRESUMED)
    assert "推定" in before[2027].told

    desk.holidays.take(read_notice(NOTICE_2027))

    assert lines(desk)[2027].origin is Origin.OWN
    assert lines(desk)[2027].missing == ()
    assert not desk.workdays.due(day("2027-01-25"), 30).presumed


def test_days_of_a_year_show_their_origin(desk):
    desk.books.save(Holiday(date=day("2026-10-16"), sort="放假", name="县庆", source="县政府办通知"))

    days = {one.date: one for one in desk.holidays.days(2026)}

    assert (days[day("2026-10-10")].sort, days[day("2026-10-10")].origin) == ("补班", Origin.OFFICIAL)
    assert days[day("2026-10-16")].origin is Origin.OWN
    assert days[day("2026-10-16")].source == "县政府办通知"
    assert {one.origin for one in desk.holidays.days(2027)} == {Origin.PRESUMED}
    assert day("2027-02-06") in {one.date for one in desk.holidays.days(2027)}


def test_a_notice_is_one_change_with_one_undo(desk):
    taken = desk.holidays.take(read_notice(NOTICE_2027))

    assert (taken.added, taken.changed, taken.left) == (32, 0, 0)
    assert desk.workdays.judge(day("2027-01-31")).source == "本单位录入（国办发明电〔2026〕9号）"
    assert desk.changes.undo_batch(taken.batch) == 32
    assert desk.workdays.judge(day("2027-02-10")).presumed
    again = desk.holidays.take(read_notice(NOTICE_2027))
    assert desk.holidays.take(read_notice(NOTICE_2027)) == type(again)(0, 0, 32, "")


def test_two_notices_that_disagree_are_told_and_the_clerk_chooses(desk):
    desk.holidays.take(read_notice(OTHER_2027))
    desk.books.save(Holiday(date=day("2027-02-05"), sort="补班", name="误登"))
    notice = read_notice(NOTICE_2027)

    differing = [one for one in desk.holidays.compare(notice) if one.standing is Standing.DIFFERS]
    assert [one.day.date for one in differing] == [day("2027-02-05")]
    assert "补班（误登）" in differing[0].before

    desk.holidays.take(notice)
    assert desk.workdays.judge(day("2027-02-05")).counted
    desk.holidays.take(notice, {day("2027-02-05")})
    assert not desk.workdays.judge(day("2027-02-05")).counted
    assert Holiday.select().where(Holiday.date == day("2027-02-05")).count() == 1


def test_a_notice_against_what_is_built_in_is_told(desk):
    notice = read_notice("2026年 一、国庆节：10月1日至8日放假，共8天。")

    differing = [one for one in desk.holidays.compare(notice) if one.standing is Standing.DIFFERS]
    assert [one.day.date for one in differing] == [day("2026-10-08")]
    assert desk.holidays.take(notice).batch == ""
    desk.holidays.take(notice, {day("2026-10-08")})
    assert not desk.workdays.judge(day("2026-10-08")).counted
    assert lines(desk)[2026].own == 1


@pytest.mark.parametrize("date", ["1900-01-01", "2100-01-01", "1989-12-31"])
def test_days_out_of_reach_are_refused(desk, date):
    with pytest.raises(UserError, match="请核对年份"):
        desk.books.save(Holiday(date=day(date), sort="放假"))


def save_all(desk, rows):
    with desk.changes.change("导入", Holiday):
        for row in rows:
            desk.books.save(row)


def test_a_year_whose_every_day_is_off_is_refused_whole(desk):
    rows = [Holiday(date=day("2028-01-01") + n * ONE_DAY, sort="放假") for n in range(366)]
    with pytest.raises(UserError, match="把 61 个工作日记成了放假"):
        save_all(desk, rows)

    assert Holiday.select().count() == 0
    assert desk.workdays.judge(day("2028-01-04")).counted


def test_a_sheet_that_disagrees_lists_the_day_as_a_duplicate(desk):
    desk.books.save(Holiday(date=day("2027-02-05"), sort="补班", name="误登"))

    class Row:
        number = 2
        values = {"date": day("2027-02-05"), "sort": "放假", "name": "春节"}  # noqa: RUF012

    plan = desk.importing.plan(Holiday, [Row()])
    assert [one.reason for one in plan.duplicates] == ["日期相同"]
    desk.importing.apply(plan, OnDuplicate.UPDATE)
    assert not desk.workdays.judge(day("2027-02-05")).counted


@pytest.fixture
def winter(desk):
    made = OpenDay(theme="走进组织部", held_on=day("2026-12-24"))
    desk.books.save(made)
    return made


def answer(desk, made):
    return next(row for row in desk.open_days.milestones(made) if row.name == "答复代表")


def test_a_notice_that_moves_nothing_lifts_the_badge(desk, winter):
    assert (answer(desk, winter).due_on, answer(desk, winter).presumed) == (day("2027-01-05"), "推定")

    desk.holidays.take(read_notice(NOTICE_2027))

    assert (answer(desk, winter).due_on, answer(desk, winter).presumed) == (day("2027-01-05"), "")
    assert desk.moved.pending() == []
    desk.changes.undo_last()
    assert answer(desk, winter).presumed == "推定"


def test_a_notice_that_moves_a_deadline_lists_it_and_changes_nothing_by_itself(desk, winter):
    desk.holidays.take(read_notice(OTHER_2027))

    moved = desk.moved.pending()
    assert [(one.what, one.old, one.new, one.presumed) for one in moved] == [
        ("答复代表", day("2027-01-05"), day("2027-01-06"), False)
    ]
    assert "1月4日元旦放假" in moved[0].reason
    assert answer(desk, winter).due_on == day("2027-01-05")


def test_accepting_moves_the_date_in_one_change(desk, winter):
    desk.holidays.take(read_notice(OTHER_2027))
    desk.moved.settle(desk.moved.pending())

    assert (answer(desk, winter).due_on, answer(desk, winter).presumed) == (day("2027-01-06"), "")
    assert desk.moved.pending() == []
    assert "按放假安排" in desk.changes.history(answer(desk, winter))[0].action
    desk.changes.undo_last()
    assert answer(desk, winter).due_on == day("2027-01-05")
    assert len(desk.moved.pending()) == 1


def test_what_is_left_stays_and_is_asked_again_only_for_another_date(desk, winter):
    desk.holidays.take(read_notice(OTHER_2027))
    desk.moved.settle([], desk.moved.pending())

    assert desk.moved.pending() == []
    assert answer(desk, winter).due_on == day("2027-01-05")
    assert LeftDate.get().computed_on == day("2027-01-06")

    desk.books.save(Holiday(date=day("2027-01-05"), sort="放假", name="停电"))
    assert [one.new for one in desk.moved.pending()] == [day("2027-01-07")]


def test_an_updating_sheet_lifts_the_badge_as_any_other_way_does(desk, winter):
    desk.books.save(Holiday(date=day("2027-01-02"), sort="补班", name="元旦"))
    made = answer(desk, winter)
    made.due_on, made.advised_on, made.presumed = day("2027-01-05"), day("2027-01-05"), "推定"
    storing.write(made, is_new=False)

    class Row:
        number = 2
        values = {"date": day("2027-01-02"), "sort": "放假"}  # noqa: RUF012

    desk.importing.apply(desk.importing.plan(Holiday, [Row()]), OnDuplicate.UPDATE)

    assert answer(desk, winter).presumed == ""


def test_papers_printed_before_are_named(desk, winter):
    PrintJob(
        document="invitation-letters", open_day=winter.id, items=30, pages=60, target="邀请函.pdf",
        at="2026-12-09T09:00:00+08:00",
    ).save(force_insert=True)  # fmt: skip
    desk.holidays.take(read_notice(OTHER_2027))

    assert desk.moved.pending()[0].printed == ("邀请函（2026-12-09 印）",)


def test_what_is_done_or_over_is_not_asked_for(desk, winter):
    done = answer(desk, winter)
    done.done_on = day("2026-12-30")
    desk.books.save(done)
    desk.holidays.take(read_notice(OTHER_2027))
    assert desk.moved.pending() == []


def test_advised_days_before_the_day_move_too(desk):
    desk.books.save(OpenDay(theme="春节前", held_on=day("2027-02-02"), letters_before=1))
    desk.holidays.take(read_notice(OTHER_2027))
    desk.books.save(Holiday(date=day("2027-02-01"), sort="放假", name="演练"))

    moved = [one for one in desk.moved.pending() if one.field == "advised_on"]
    assert [(one.what, one.new) for one in moved] == [("寄发邀请函（建议办理日）", day("2027-01-29"))]


def ticket(desk, received, **values):
    made = Ticket(content="路灯不亮", received_on=day(received), **values)
    made.counted_from, made.due_on = made.received_on, desk.workdays.due(made.received_on, 7).due
    made.presumed, made.number = "推定", "2026-0001"
    storing.write(made, is_new=True)  # received on a day still to come: no clerk could
    return made


def test_tickets_are_listed_and_moved_with_a_line_in_their_history(desk):
    made = ticket(desk, "2026-12-24")
    desk.holidays.take(read_notice(OTHER_2027))

    moved = desk.moved.pending()
    assert [(one.kind, one.old, one.new) for one in moved] == [
        ("ticket", day("2027-01-05"), day("2027-01-06"))
    ]
    desk.moved.settle(moved)

    after = desk.books.get(Ticket, made.id)
    assert (after.due_on, after.presumed) == (day("2027-01-06"), "")
    step = TicketStep.get(TicketStep.ticket == made)
    assert (step.name, step.due_before, step.due_after) == (
        "按放假安排调整", day("2027-01-05"), day("2027-01-06"),
    )  # fmt: skip
    assert story(after)[-1].lines[-1].words == ("按放假安排调整，期限由 2027-01-05 周二 改为 2027-01-06 周三")
    desk.changes.undo_last()
    assert desk.books.get(Ticket, made.id).due_on == day("2027-01-05")


def test_a_ticket_that_was_extended_or_answered_is_left_alone(desk):
    extended = ticket(desk, "2026-12-24")
    storing.write(TicketStep(ticket=extended, verb="extend", days=3), is_new=True)
    ticket(desk, "2026-12-24", state="答复")

    desk.holidays.take(read_notice(OTHER_2027))

    assert desk.moved.pending() == []


def test_a_ticket_whose_date_stands_loses_its_badge(desk):
    made = ticket(desk, "2026-12-24")
    desk.holidays.take(read_notice(NOTICE_2027))
    assert desk.books.get(Ticket, made.id).presumed == ""


def test_a_slip_that_names_the_old_date_is_flagged(desk):
    made = ticket(desk, "2026-12-24")
    slip = Slip(ticket=made, sort="交办单", number="交〔2026〕1号", on=day("2026-12-25"), due_on=made.due_on)
    storing.write(slip, is_new=True)
    desk.holidays.take(read_notice(OTHER_2027))

    assert desk.moved.pending()[0].printed == ("交办单交〔2026〕1号（2026-12-25 印，写明 2027-01-05）",)


def test_one_changed_meanwhile_stops_them_all(desk, winter):
    made = ticket(desk, "2026-12-24")
    desk.holidays.take(read_notice(OTHER_2027))
    moved = desk.moved.pending()
    made.due_on = day("2027-01-08")
    storing.write(made, is_new=False)

    with pytest.raises(UserError, match="已在别处被修改"):
        desk.moved.settle(moved)
    assert answer(desk, winter).due_on == day("2027-01-05")
