"""Tickets: number and deadline at registration, steps in order, rounds, extensions, 件 and 件次."""

from __future__ import annotations

import datetime

import pytest

from desktop.errors import UserError
from desktop.records.open_days import OpenDay
from desktop.records.register import RegisterEntry
from desktop.records.representatives import Representative
from desktop.records.staff import Staff
from desktop.records.storing import Conflict
from desktop.records.tickets import Occurrence, Ticket, TicketState
from desktop.services.ticket_moves import occurrences_of

TODAY = datetime.date.today()
EVENING = {"verdict": "满意", "method": "电话", "by": "王芳"}


@pytest.fixture
def day(desk):
    made = OpenDay(theme="走进组织部", held_on=datetime.date(2026, 9, 29))
    desk.books.save(made)
    return made


@pytest.fixture
def handler(desk):
    made = Staff(full_name="李明", section="组织科")
    desk.books.save(made)
    return made


def registered(desk, content="店埠路路灯不亮", **values):
    ticket = Ticket(content=content, **({"received_on": TODAY} | values))
    desk.books.save(ticket)
    return ticket


def take(desk, ticket, *steps):
    """Take steps written as on the command line; a step alone needs nothing told."""
    for step in steps:
        verb, values = step if isinstance(step, tuple) else (step, {})
        desk.books.do(ticket, verb, values)
    return ticket


ASSIGN = ("assign", {"section": "组织科", "handler": "李明"})
ANSWER = ("answer", {"text": "已换灯泡", "outcome": "已解决"})


def test_a_ticket_of_an_open_day_is_due_as_the_day_promised(desk, day):
    ticket = registered(desk, open_day=day, received_on=datetime.date(2026, 10, 9))

    # 2026-10-01 to 07 are off and Saturday the 10th is worked: seven working days after the day of 2026-09-29
    assert ticket.due_on == datetime.date(2026, 10, 14)
    assert ticket.counted_from == datetime.date(2026, 9, 29)
    assert ticket.number == "2026-0001"
    assert ticket.state == TicketState.REGISTERED


def test_every_step_to_the_archive_is_kept_with_its_states(desk, handler):
    course = ("accept", ASSIGN, "sign_for", "start", ANSWER, ("evaluate", EVENING), "close", "archive")
    ticket = take(desk, registered(desk), *course)

    steps = desk.tickets.history(ticket)
    assert [step.after for step in steps] == [
        "登记",
        "受理",
        "交办",
        "签收",
        "办理中",
        "答复",
        "回访",
        "办结",
        "归档",
    ]
    assert (steps[2].section, steps[2].handler) == ("组织科", "李明")
    assert ticket.closed_on == TODAY


@pytest.mark.parametrize(
    ("steps", "illegal", "told"),
    [
        ((), ASSIGN, "现在是“登记”，不能交办"),
        ((), "close", "现在是“登记”，不能办结"),
        ((), ANSWER, "还没有交办"),
        ((), "refuse", "要写明理由"),
        (("accept",), ("assign", {"section": "组织科"}), "要写明经办人"),
        (("accept", ASSIGN), "close", "不能办结"),
        (("accept", ASSIGN, "sign_for"), ("evaluate", EVENING), "不能回访"),
        (("accept", ASSIGN, ANSWER), "close", "没有回访"),
        (("accept", ASSIGN, ANSWER), ANSWER, "不能答复"),
        (("accept", ASSIGN, ANSWER, ("evaluate", EVENING)), ("evaluate", EVENING), "一轮只评价一次"),
        (("suspend",), "accept", "现在是“挂起”"),
    ],
)
def test_an_illegal_step_is_refused_and_changes_nothing(desk, handler, steps, illegal, told):
    ticket = take(desk, registered(desk), *steps)
    before = (ticket.state, ticket.revision, len(desk.tickets.history(ticket)))

    with pytest.raises(UserError, match=told):
        take(desk, ticket, illegal)

    kept = desk.books.get(Ticket, ticket.id)
    assert (kept.state, kept.revision, len(desk.tickets.history(kept))) == before


def test_an_answer_on_the_spot_closes_at_once_and_stays(desk):
    ticket = take(desk, registered(desk), ("answer", {"text": "当场说明了政策", "on_the_spot": "是"}))

    assert ticket.state == TicketState.CLOSED
    assert [answer.text for answer in desk.tickets.answers(ticket)] == ["当场说明了政策"]


def test_discontent_opens_a_second_round_and_keeps_the_first(desk, handler):
    ticket = take(desk, registered(desk), "accept", ASSIGN, ANSWER)
    take(
        desk,
        ticket,
        ("evaluate", {"verdict": "不满意", "method": "当面", "by": "王芳", "words": "第二天又坏了"}),
    )

    assert (ticket.round, ticket.state) == (2, TicketState.REDOING)
    assert ticket.due_on == desk.workdays.due(TODAY, 7).due
    take(desk, ticket, "redo", ("answer", {"text": "换了整盏灯"}), ("evaluate", EVENING), "close")
    assert [(row.round, row.text) for row in desk.tickets.answers(ticket)] == [
        (1, "已换灯泡"),
        (2, "换了整盏灯"),
    ]
    assert [(row.round, row.verdict) for row in desk.tickets.evaluations(ticket)] == [
        (1, "不满意"),
        (2, "满意"),
    ]
    assert ticket.verdict == "满意"


def test_an_extension_is_asked_before_the_day_capped_and_approved(desk, handler):
    ticket = take(desk, registered(desk), "accept", ASSIGN)
    due = ticket.due_on
    with pytest.raises(UserError, match="1 到 15 个工作日"):
        take(desk, ticket, ("extend", {"days": "16", "reason": "要等配件", "approver": "张部长"}))
    with pytest.raises(UserError, match="要写明批准人"):
        take(desk, ticket, ("extend", {"days": "5", "reason": "要等配件"}))

    take(desk, ticket, ("ask_extension", {"days": "5", "reason": "要等配件"}))
    assert ticket.due_on == due
    take(desk, ticket, ("grant", {"approver": "张部长"}))

    assert ticket.due_on == desk.workdays.due(due, 5).due
    granted = desk.tickets.history(ticket)[-1]
    assert (granted.due_before, granted.due_after, granted.approver) == (due, ticket.due_on, "张部长")


def test_an_extension_after_the_day_is_refused(desk, handler):
    ticket = take(desk, registered(desk, received_on=datetime.date(2026, 3, 2)), "accept", ASSIGN)

    with pytest.raises(UserError, match="应在到期前申请"):
        take(desk, ticket, ("extend", {"days": "5", "reason": "忙", "approver": "张部长"}))


def test_what_was_said_is_never_rewritten(desk):
    ticket = registered(desk)
    ticket.content = "路灯都亮"

    with pytest.raises(UserError, match="不能改写"):
        desk.books.save(ticket)


def test_dates_the_clock_rests_on_are_fixed_when_accepted(desk):
    ticket = registered(desk)
    ticket.received_on = TODAY - datetime.timedelta(days=3)
    desk.books.save(ticket)
    assert ticket.due_on == desk.workdays.due(TODAY - datetime.timedelta(days=3), 7).due

    take(desk, ticket, "accept")
    ticket.received_on = TODAY
    with pytest.raises(UserError, match="受理后不能再改"):
        desk.books.save(ticket)


def test_one_matter_raised_by_four_is_one_ticket_and_four_times(desk, handler):
    people = [Representative(full_name=name) for name in ("曾国强", "单雄信", "解缙", "仇英")]
    for person in people:
        desk.books.save(person)
    main, *others = [registered(desk, raised_by=person.full_name) for person in people]
    for other in others:
        take(desk, other, ("merge", {"into": main.number}))

    take(desk, main, "accept", ASSIGN, ANSWER, ("evaluate", EVENING), "close")

    raised = occurrences_of(main)
    assert [row.representative for row in raised] == people
    assert {row.told_on for row in raised} == {TODAY}
    assert {desk.books.get(Ticket, other.id).state for other in others} == {TicketState.MERGED}
    with pytest.raises(UserError, match="不能再并入"):
        take(desk, registered(desk), ("merge", {"into": others[0].number}))


def test_nothing_leads_from_an_anonymous_ticket_to_a_person(desk):
    desk.books.save(Representative(full_name="匿名"))
    ticket = registered(desk, raised_by="匿名")

    assert (ticket.raiser, ticket.representative) == ("匿名", None)
    assert [row.representative for row in occurrences_of(ticket)] == [None]


def test_of_namesakes_the_one_is_asked_for(desk):
    for unit in ("店埠镇", "撮镇镇"):
        desk.books.save(Representative(full_name="王伟", unit=unit))

    with pytest.raises(UserError, match=r"有 2 条.*店埠镇.*撮镇镇"):
        registered(desk, raised_by="王伟")
    assert registered(desk, raised_by="王伟", raiser="群众").representative is None


def test_suggestions_are_decided_with_a_reason_and_a_meeting(desk):
    ticket = registered(desk, sort="意见建议")
    with pytest.raises(UserError, match="要写明理由"):
        take(desk, ticket, ("decide", {"decision": "采纳"}))

    take(
        desk,
        ticket,
        ("decide", {"decision": "部分采纳", "reason": "先试点", "meeting": "2026年第3次部长办公会"}),
    )

    assert (ticket.decision, ticket.meeting.name) == ("部分采纳", "2026年第3次部长办公会")
    with pytest.raises(UserError, match="上会决定的只有"):
        take(desk, registered(desk), ("decide", {"decision": "采纳", "reason": "好"}))


def test_the_second_of_two_windows_is_told_and_overwrites_nothing(desk):
    ticket = registered(desk)
    mine, theirs = desk.books.get(Ticket, ticket.id), desk.books.get(Ticket, ticket.id)
    theirs.summary = "路灯"
    desk.books.save(theirs)

    with pytest.raises(Conflict, match="摘要为“路灯”"):
        take(desk, mine, "accept")


def test_a_removed_ticket_leaves_its_number_void(desk):
    ticket = registered(desk)
    desk.books.remove(ticket, "重复登记")

    assert registered(desk).number == f"{TODAY.year}-0002"
    assert RegisterEntry.get(RegisterEntry.text == f"{TODAY.year}-0001").void_because == "重复登记"


def test_another_who_raised_it_is_one_more_time_of_the_same_ticket(desk):
    ticket = registered(desk, raised_by="老张")
    desk.books.save(Occurrence(ticket=ticket, raised_by="老李", received_on=TODAY))

    assert [row.raised_by for row in occurrences_of(ticket)] == ["老张", "老李"]
    ticket.raised_by = "张大爷"
    desk.books.save(ticket)
    assert [row.raised_by for row in occurrences_of(ticket)] == ["张大爷", "老李"]


@pytest.mark.parametrize("on", [datetime.date(1900, 1, 1), datetime.date(2099, 1, 1)])
def test_a_date_that_cannot_be_is_refused(desk, on):
    with pytest.raises(UserError, match="反映日期") as refused:
        registered(desk, received_on=on)
    assert refused.value.field == "received_on"


def test_a_text_of_ten_thousand_characters_is_kept_whole(desk):
    assert len(desk.books.get(Ticket, registered(desk, content="路" * 10_000).id).content) == 10_000


def test_who_handled_it_as_asker_is_warned_of(desk, handler):
    ticket = take(desk, registered(desk), "accept", ASSIGN, ANSWER)

    assert "自己回访自己" in desk.tickets.warnings(ticket, "evaluate", EVENING | {"by": "李明"})[0]
    assert desk.tickets.warnings(ticket, "evaluate", EVENING) == []


def test_a_main_ticket_stays_while_others_are_merged_into_it(desk):
    main, other = registered(desk), registered(desk)
    take(desk, other, ("merge", {"into": main.number}))

    with pytest.raises(UserError, match="还有 1 条问题，不能删除"):
        desk.books.remove(main)
