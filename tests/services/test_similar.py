"""The same problem again: told while registering, by likeness of text and place."""

from __future__ import annotations

import datetime

import pytest

from desktop.records.tickets import Ticket
from desktop.services.similar import similar

SAID = {
    "店埠镇光大社区的路灯不亮，晚上走路很危险": "光大社区",
    "撮镇镇自来水断断续续，请尽快修复": "撮镇镇",
    "建议给每个村配一名专职党建指导员": "",
    "光大社区公交车班次太少": "光大社区",
}


@pytest.fixture
def tickets(desk):
    made = [
        Ticket(content=text, place=place, received_on=datetime.date(2026, 11, 2))
        for text, place in SAID.items()
    ]
    for ticket in made:
        desk.books.save(ticket)
    return made


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("光大社区路灯不亮，走路危险", 0),
        ("路灯不亮了，晚上走路很危险，在店埠镇", 0),
        ("撮镇镇的自来水总是断断续续", 1),
        ("希望村里配专职的党建指导员", 2),
    ],
)
def test_the_same_matter_in_other_words_comes_first(desk, tickets, text, like):
    assert similar(text)[0].ticket == tickets[like]


@pytest.mark.parametrize(
    "text", ["", "路灯", "食堂饭菜太咸", "，。！？", '" OR ""', "医保报销手续多，要跑三趟"]
)
def test_what_is_not_like_anything_finds_nothing(desk, tickets, text):
    assert similar(text) == []


def test_the_same_place_counts(desk, tickets):
    apart, there = similar("公交班次少", ""), similar("公交班次少", "光大社区")

    assert there[0].ticket == tickets[3]
    assert not apart or apart[0].share < there[0].share


def test_a_merged_ticket_is_left_out_for_its_main_one(desk, tickets):
    again = Ticket(content="光大社区路灯不亮，走路危险", received_on=datetime.date(2026, 11, 3))
    desk.books.save(again)
    desk.books.do(again, "merge", {"into": tickets[0].number})

    told = [one.ticket for one in similar("光大社区路灯不亮，走路危险")]
    assert told[0] == tickets[0]
    assert again not in told
    assert tickets[0] not in [one.ticket for one in similar(tickets[0].content, but=tickets[0].id)]
