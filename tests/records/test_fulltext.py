"""Full text: any part of what was said is found, exactly those that a scan finds, through undo and removal."""

from __future__ import annotations

import datetime
import itertools
import random

import pytest

from desktop.records import fulltext, listing
from desktop.records.fulltext import folded
from desktop.records.listing import Query
from desktop.records.representatives import Representative
from desktop.records.tickets import Ticket
from desktop.storage import checking, office

SAID = (
    "店埠镇光大社区路灯不亮，晚上走路危险", "路边灯箱太亮，影响休息", "建议给村医配电脑Thinkpad", "𬱖巷口井盖缺失",
    "自来水断断续续，3组尤其严重", "党员活动室漏雨", "请公布2026年低保名单", "灯", "路灯 亮了又灭",
)  # fmt: skip


@pytest.fixture
def tickets(desk):
    made = [Ticket(content=text, received_on=datetime.date(2026, 11, 2)) for text in SAID]
    for ticket in made:
        desk.books.save(ticket)
    return made


def found(desk, words):
    query = Query(Ticket, words)
    told = {ticket.content for ticket in desk.books.page(query)}
    assert desk.books.count(query) == len(told)
    return told


def scanned(words):
    return {text for text in SAID if all(word in folded(text) for word in folded(words).split())}


@pytest.mark.parametrize(
    "words",
    [
        "路灯",
        "路灯不亮",
        "灯",
        "路",
        "不亮",
        "亮",
        "𬱖",
        "𬱖巷",
        "thinkpad",
        "Think",
        "2026年低保",
        "漏雨",
        "社区 走路",
        "尤其严重",
        "没有这样的话",
    ],
)
def test_a_part_of_a_text_finds_it(desk, tickets, words):
    assert found(desk, words) == scanned(words)


def test_every_piece_of_every_text_is_found_as_by_a_scan(desk, tickets):
    chance = random.Random(3)
    runs = [
        run
        for text in SAID
        for run in fulltext.RUNS.findall(folded(text))
        if not fulltext.LATIN.fullmatch(run)
    ]
    pieces = {run[a:b] for run in runs for a, b in itertools.combinations(range(len(run) + 1), 2)}
    for piece in chance.sample(sorted(pieces), 120):
        assert found(desk, piece) == scanned(piece), piece


def test_words_that_most_hold_are_found_by_walking_the_list(desk, tickets, monkeypatch):
    monkeypatch.setattr(fulltext, "DENSE", 2)

    assert fulltext.meant_by(Ticket, "路灯").is_dense
    assert found(desk, "路灯") == scanned("路灯")
    assert len(listing.ids(Query(Ticket, "路灯", descending=True), 0, 1)) == 1


def test_marks_of_the_query_language_are_only_text(desk, tickets):
    for words in ('"', "路灯 OR", "a*", "NEAR(路", "text:灯", "^路", "--", "''", '路灯" OR "党员'):
        found(desk, words)


def test_undo_and_removal_keep_the_index(desk, office_file, tickets):
    desk.books.remove(tickets[0], "重复")
    assert found(desk, "光大社区") == set()
    desk.changes.undo_last()
    assert found(desk, "光大社区") == {SAID[0]}
    tickets[1] = desk.books.get(Ticket, tickets[1].id)
    tickets[1].summary = "灯箱扰民"
    desk.books.save(tickets[1])
    assert found(desk, "扰民") == {SAID[1]}
    office.close()
    assert checking.faults_of(office_file) == []


def test_a_missing_line_is_told_by_the_check(desk, office_file, tickets):
    from desktop.records.base import database

    database.execute_sql('DELETE FROM "ticket_line" WHERE line = 1')
    office.close()

    assert checking.faults_of(office_file) == ["问题的全文检索缺少 1 条"]


def test_who_raised_it_is_found_by_reading(desk):
    desk.books.save(Representative(full_name="曾国强"))
    desk.books.save(Ticket(content="井盖缺失", raised_by="曾国强", received_on=datetime.date(2026, 11, 2)))

    for words in ("zgq", "zengguoqiang", "国强", "zgq 井盖"):
        assert found(desk, words) == {"井盖缺失"}, words
