"""The workbench tells of tickets on working days; every line opens the view that it counts."""

from __future__ import annotations

import datetime

import pytest

from desktop.records.staff import Staff
from desktop.records.tickets import Ticket
from desktop.ui.pages import workbench_tickets

MONDAY = datetime.date(2026, 11, 16)


@pytest.fixture
def late_and_due(desk):
    desk.books.save(Staff(full_name="李明", section="组织科"))
    for received in ("2026-11-02", "2026-11-05", "2026-10-20", "2026-11-16"):
        desk.books.save(Ticket(content="路灯不亮", received_on=datetime.date.fromisoformat(received)))


def test_late_ones_come_first_and_say_when_they_must_be_supervised(desk, late_and_due):
    told = [(task.view, task.what, task.about) for task in workbench_tickets.tasks(desk, MONDAY)]

    assert told == [
        ("late", "2 件逾期没有答复", "其中 1 件逾期满 5 个工作日，应当督办"),
        ("today", "1 件今天到期", ""),
        ("to_accept", "4 件等待受理", ""),
    ]


def test_on_a_day_off_one_line_says_when_they_come_again(desk, late_and_due):
    (line,) = workbench_tickets.tasks(desk, datetime.date(2026, 11, 15))

    assert line.about == "今天休息，不催办；11月16日上班后再提醒"


def test_an_office_without_tickets_is_told_nothing(desk):
    assert workbench_tickets.tasks(desk, MONDAY) == []
    assert workbench_tickets.tasks(desk, datetime.date(2026, 11, 15)) == []
