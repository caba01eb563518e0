"""Views of tickets: what is due, late and waiting on a day, each count the length of its list; clocks in words."""

from __future__ import annotations

import datetime

import pytest

from desktop.records.staff import Staff
from desktop.records.tickets import Ticket
from desktop.services.ticket_views import VIEWS, Pace

MONDAY = datetime.date(2026, 11, 16)


@pytest.fixture
def due(desk):
    """A ticket a deadline: received seven working days before it."""

    def made(day: datetime.date) -> Ticket:
        ticket = Ticket(content=f"{day} 到期", received_on=desk.workdays.moved_by(day, -7))
        desk.books.save(ticket)
        assert ticket.due_on == day
        return ticket

    return made


def numbers(desk, name, **asked):
    query = desk.ticket_views.query(name, today=MONDAY, **asked)
    return [ticket.due_on for ticket in desk.books.page(query)]


def test_views_show_what_is_due_soon_today_and_late(desk, due):
    days = [datetime.date(2026, 11, day) for day in (6, 9, 13, 16, 17, 18, 19, 20)]
    for day in days:
        due(day)

    assert numbers(desk, "today") == [MONDAY]
    assert numbers(desk, "warning") == days[4:6]  # two working days ahead: the 17th and 18th
    assert numbers(desk, "late") == days[:3]
    assert numbers(desk, "very_late") == days[:2]  # five working days before the 16th is the 9th
    assert numbers(desk, "week") == days[3:]


def test_clocks_count_working_days_in_words(desk, due):
    days = [datetime.date(2026, 11, day) for day in (9, 13, 16, 18, 23)]
    clocks = desk.ticket_views.clocks([due(day) for day in days], MONDAY)

    assert [clock.words for clock in clocks] == [
        "逾期 5 个工作日", "逾期 1 个工作日", "今天到期", "还剩 2 个工作日", "还剩 5 个工作日",
    ]  # fmt: skip
    assert [clock.pace for clock in clocks] == [Pace.LATE, Pace.LATE, Pace.TODAY, Pace.WARNING, Pace.AHEAD]


def test_nobody_is_urged_on_a_day_off(desk, due):
    due(datetime.date(2026, 9, 24))

    holiday = desk.ticket_views.reminders(datetime.date(2026, 10, 3))
    worked_saturday = desk.ticket_views.reminders(datetime.date(2026, 10, 10))

    assert (holiday.counts, holiday.next_workday) == ({}, datetime.date(2026, 10, 8))
    assert worked_saturday.counts["late"] == 1


def test_every_count_is_the_length_of_its_list(desk):
    person = Staff(full_name="李明", section="组织科")
    desk.books.save(person)
    steps = ("accept", ("assign", {"section": "组织科", "handler": "李明"}), ("answer", {"text": "已办"}))
    for place in range(8):
        ticket = Ticket(content=f"第{place}件", received_on=datetime.date(2026, 11, 2))
        desk.books.save(ticket)
        for step in steps[: place % 4]:
            verb, values = step if isinstance(step, tuple) else (step, {})
            desk.books.do(ticket, verb, values)
    desk.books.do(ticket, "close", {"reason": "已当面说明"})

    for name in VIEWS:
        listed = desk.books.page(desk.ticket_views.query(name, handler=person.id))
        assert len(listed) == desk.ticket_views.count(name, handler=person.id), name
    assert desk.ticket_views.count("mine", handler=person.id) == 2
    assert desk.ticket_views.count("closed") == 1


def test_what_is_adopted_stays_in_view_until_it_is_carried_out(desk):
    ticket = Ticket(content="公示期延长到七个工作日", sort="意见建议", received_on=datetime.date(2026, 11, 2))
    desk.books.save(ticket)
    seen = []
    for verb, values in (
        ("table", {"meeting": "第9次部长办公会"}),
        ("decide", {"decision": "采纳", "reason": "同意"}),
        ("carry_out", {}),
    ):
        desk.books.do(ticket, verb, values)
        seen.append([name for name in ("to_decide", "to_carry_out") if desk.ticket_views.count(name)])

    assert seen == [["to_decide"], ["to_carry_out"], []]
