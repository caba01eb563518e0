"""Several steps at once, and the story that is told of a ticket afterwards."""

from __future__ import annotations

import datetime

import pytest

from desktop.errors import UserError
from desktop.records.staff import Staff
from desktop.records.ticket_steps import Supervision
from desktop.records.tickets import Ticket
from desktop.services.ticket_gestures import accept_and_assign, merge_into
from desktop.services.ticket_moves import occurrences_of
from desktop.services.ticket_story import story

TODAY = datetime.date.today()


@pytest.fixture
def handler(desk):
    made = Staff(full_name="李明", section="组织科")
    desk.books.save(made)
    return made


def registered(desk, content="店埠路路灯不亮", **values):
    ticket = Ticket(content=content, **({"received_on": TODAY} | values))
    desk.books.save(ticket)
    return ticket


def test_accepting_and_assigning_is_one_change(desk, handler):
    ticket = registered(desk)
    accept_and_assign(desk.tickets, desk.changes, ticket, {"section": "组织科", "handler": "李明"})

    assert (ticket.state, ticket.section, ticket.handler) == ("交办", "组织科", handler)
    assert [step.verb for step in desk.tickets.history(ticket)] == ["register", "accept", "assign"]
    assert desk.changes.undo_last() == f"受理并交办 {ticket.number}"
    assert desk.books.get(Ticket, ticket.id).state == "登记"


def test_where_assigning_is_refused_nothing_is_accepted(desk):
    ticket = registered(desk)
    with pytest.raises(UserError) as refused:
        accept_and_assign(desk.tickets, desk.changes, ticket, {"section": "组织科", "handler": "没有这人"})

    assert refused.value.field == "handler"
    assert ticket.state == "登记"
    assert desk.books.get(Ticket, ticket.id).state == "登记"
    assert [step.verb for step in desk.tickets.history(ticket)] == ["register"]


def test_several_are_merged_at_once_with_their_raisers(desk):
    main, *others = [registered(desk, raised_by=who) for who in ("张三", "李四", "王五")]
    merge_into(desk.tickets, desk.changes, main, [main, *others], "同一盏灯")

    assert [one.raised_by for one in occurrences_of(main)] == ["张三", "李四", "王五"]
    assert {desk.books.get(Ticket, one.id).state for one in others} == {"并案"}
    desk.changes.undo_last()
    assert len(occurrences_of(main)) == 1


def test_merging_one_alone_is_refused(desk):
    ticket = registered(desk)
    with pytest.raises(UserError, match="两件以上"):
        merge_into(desk.tickets, desk.changes, ticket, [ticket])


def test_the_story_tells_every_round_in_sentences(desk, handler):
    ticket = registered(desk)
    accept_and_assign(desk.tickets, desk.changes, ticket, {"section": "组织科", "handler": "李明"})
    desk.books.save(Supervision(ticket=ticket, on=TODAY, by="曾国强", text="现场看过，还没有修"))
    for verb, values in (
        ("extend", {"days": "5", "reason": "等配件", "approver": "张部长"}),
        ("answer", {"text": "已换灯泡", "outcome": "已解决"}),
        ("evaluate", {"verdict": "不满意", "method": "电话", "by": "王芳", "words": "第二天又灭了"}),
        ("redo", {"reason": "线路老化"}),
        ("answer", {"text": "已换线路"}),
        ("evaluate", {"verdict": "满意", "method": "当面", "by": "王芳"}),
    ):
        desk.books.do(ticket, verb, values)
    first, second = story(ticket)

    assert [line.sort for line in first.lines] == [
        "register", "accept", "assign", "supervision", "extend", "answer", "evaluate",
    ]  # fmt: skip
    told = {line.sort: line for line in first.lines}
    assert told["assign"].words == "交办给 组织科 李明"
    assert told["extend"].words.startswith("延期 5 个工作日，张部长批准，期限由 ")
    assert (told["answer"].words, told["answer"].detail) == ("答复（已解决，答复人 李明）", "已换灯泡")
    assert told["evaluate"].words.startswith("电话回访：不满意（回访人 王芳），转入重新办理，新期限 ")
    assert told["evaluate"].detail == "第二天又灭了"
    assert (second.round, second.title) == (2, "第 2 轮")
    assert [line.sort for line in second.lines] == ["redo", "answer", "evaluate"]
    assert second.lines[1].detail == "已换线路"
