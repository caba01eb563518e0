"""An office with people, a coming day and a form, and pages found by going to them."""

from __future__ import annotations

import datetime

import pytest

from desktop.records.forms import Form
from desktop.records.open_days import OpenDay
from desktop.records.questions import Questions


@pytest.fixture
def day(desk):
    """A day six weeks ahead, its schedule made by the service."""
    made = OpenDay(
        theme="听民声 解民忧",
        held_on=datetime.date.today() + datetime.timedelta(days=42),
        venue="一号楼会议室",
        capacity=60,
    )
    desk.books.save(made)
    return made


@pytest.fixture
def past_day(desk):
    """A day held ten weeks ago."""
    made = OpenDay(theme="走进组织部", held_on=datetime.date.today() - datetime.timedelta(days=70))
    desk.books.save(made)
    desk.books.do(made, "hold", {})
    return made


TWELVE = "\n".join(
    ["单选* 您的身份 [党代表|人大代表|群众]", "多选 您关心什么 [干部|人才|党建]"]
    + [f"五级* 您对第 {number} 项工作的评价" for number in range(1, 9)]
    + ["数字 您参加过几次", "文字 您的意见建议"]
)


@pytest.fixture
def form(desk):
    """A form of twelve questions of every sort."""
    made = Form(title="组织工作满意度测评表", sort="满意度测评表", questions=Questions("题目").parse(TWELVE))
    desk.books.save(made)
    return made


@pytest.fixture
def go(window):
    """Go to a page, at a record and a tab."""

    def gone(key, record=None, tab=""):
        window.go(key, record.id if record is not None else b"")
        if tab:
            window.page.turn_to(tab)
        return window.page

    return gone
