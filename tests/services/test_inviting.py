"""Invitations: one active a person, numbers from the register, steps."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from desktop.errors import Cancelled, UserError
from desktop.records.invitations import Invitation, InvitationState, Reply
from desktop.records.listing import Query
from desktop.records.open_days import OpenDay
from desktop.records.register import RegisterEntry
from desktop.records.representatives import Identity, Representative
from desktop.records.storing import Conflict
from desktop.records.trail import Trail
from desktop.services import gathering
from desktop.services.orders import Order, Plan
from desktop.services.roll import Roll


@pytest.fixture
def day(desk):
    made = OpenDay(theme="走进组织部", held_on=datetime.date(2026, 9, 29), venue="三楼会议室")
    desk.books.save(made)
    return made


@pytest.fixture
def people(desk):
    made = [
        Representative(full_name=name, restricted=tag)
        for name, tag in (("甲", ""), ("乙", "信访户"), ("丙", ""))
    ]
    for person in made:
        desk.books.save(person)
    return made


def test_numbers_are_consecutive_and_people_are_invited_once(desk, day, people):
    first = desk.inviting.invite(day, people[:2])
    second = desk.inviting.invite(day, people)

    assert [row.number for row in first] == ["邀〔2026〕1号", "邀〔2026〕2号"]
    assert [row.number for row in second] == ["邀〔2026〕3号"]
    with pytest.raises(UserError, match="已经邀请过"):
        desk.books.save(Invitation(open_day=day, representative=people[0]))


def test_a_void_number_is_kept_with_its_reason_and_never_used_again(desk, day, people):
    invitation = desk.inviting.invite(day, people[:1])[0]
    desk.books.do(invitation, "void", {"reason": "写错姓名"})

    again = desk.inviting.invite(day, people[:1])[0]

    assert again.number == "邀〔2026〕2号"
    entry = RegisterEntry.get(RegisterEntry.text == "邀〔2026〕1号")
    assert entry.void_because == "写错姓名"
    with pytest.raises(UserError, match="已作废"):
        desk.books.do(invitation, "reply", {"reply": "参加"})


def test_steps_record_what_came_of_it(desk, day, people):
    invitation = desk.inviting.invite(day, people[:1])[0]
    desk.books.do(invitation, "send", {"on": "2026年9月14日"})
    desk.books.do(invitation, "reply", {"reply": "代替", "note": "请副主任来"})
    desk.books.do(invitation, "attend", {"attendance": "代替"})

    kept = desk.books.get(Invitation, invitation.id)
    assert (kept.state, kept.sent_on, kept.reply, kept.attendance) == (
        "已寄", datetime.date(2026, 9, 14), "代替", "代替",
    )  # fmt: skip
    with pytest.raises(UserError, match="没有“也许”"):
        desk.books.do(invitation, "reply", {"reply": "也许"})


def test_the_sign_in_sheet_never_shows_the_restricted_tag(desk, day, people):
    desk.books.save(Identity(representative=people[1], sort="群众代表"))
    plan = Plan(
        Order("sign-in-sheet", Path()), desk.offices.own(), day, tuple(desk.inviting.invite(day, people))
    )
    sheet = gathering.sign_in_sheet(plan)

    assert [row.name for row in sheet.rows] == ["甲", "乙", "丙"]
    assert sheet.rows[1].sort == "群众代表"
    assert "信访" not in repr(sheet)


def test_a_cancelled_day_invites_nobody(desk, day, people):
    desk.books.do(day, "cancel", {"reason": "改期"})
    with pytest.raises(UserError, match="已取消"):
        desk.inviting.invite(day, people)


def test_printing_marks_all_letters_in_one_change_that_undo_takes_back(desk, day, people):
    invitations = desk.inviting.invite(day, people)

    desk.inviting.mark_printed(invitations)

    assert {(row.state, row.printed_on, row.revision) for row in desk.inviting.active(day)} == {
        ("已印", datetime.date.today(), 2)
    }
    assert Trail.select().where((Trail.place == "invitation") & (Trail.did == "update")).count() == 3
    desk.changes.undo_last()
    assert {(row.state, row.printed_on, row.revision) for row in desk.inviting.active(day)} == {
        ("待印", None, 3)
    }


def test_a_letter_changed_elsewhere_leaves_all_unmarked(desk, day, people):
    invitations = desk.inviting.invite(day, people)
    desk.books.do(desk.books.get(Invitation, invitations[2].id), "reply", {"reply": "参加"})

    with pytest.raises(Conflict, match="回执为“参加”"):
        desk.inviting.mark_printed(invitations)

    assert {row.state for row in desk.inviting.active(day)} == {"待印"}


def test_voiding_takes_a_reason_that_the_register_keeps(desk, day, people):
    first, second, third = desk.inviting.invite(day, people)
    desk.books.do(third, "void", {})
    desk.books.do(desk.books.get(Invitation, first.id), "void", {"reason": "本人来电不能参加"})
    desk.books.remove(second, "登记错了")

    reasons = [
        entry.void_because
        for entry in RegisterEntry.select().order_by(RegisterEntry.number)
        if entry.series == "邀请函"
    ]
    assert reasons == ["本人来电不能参加", "登记错了", "未写明原因"]


def test_the_void_come_last_where_they_are_wanted_and_count_nowhere(desk, day, people):
    invited = desk.inviting.invite(day, people)
    desk.inviting.do(invited[0], "void", {"reason": "来电"})
    roll, plain = Roll(with_void=True), Roll()
    for one in (roll, plain):
        one.read(day)
        assert len(one.marks) == len(invited) - 1
    keys = [row.id for row in invited]
    assert roll.found("") == [*keys[1:], keys[0]]
    assert plain.found("") == keys[1:]
    assert roll.found(invited[0].number)[-1] == keys[0]
    assert keys[0] not in plain.found(invited[0].number)
    assert [row.void_because for row in roll.records([keys[0]])] == ["来电"]
    assert plain.records([keys[0]]) == []


def test_somebody_removed_gets_no_letter(desk, day, people):
    desk.inviting.invite(day, people)
    desk.books.remove(people[1], "去世")
    assert [row.representative.full_name for row in desk.inviting.active(day)] == ["甲", "丙"]


def test_invitations_read_at_once_are_what_peewee_reads(desk):
    day = OpenDay(theme="走进组织部", held_on=datetime.date(2026, 9, 29))
    desk.books.save(day)
    people = [
        Representative(full_name="曾国强", born_on="1967-03", mobile="13812348000"),
        Representative(full_name="王伟"),
    ]
    for person in people:
        desk.books.save(person)
    made = desk.inviting.invite(day, people)
    desk.inviting.do(made[0], "attend", {"attendance": "出席"})
    for row in desk.inviting.active(day):
        kept, person = Invitation.get_by_id(row.id), Representative.get_by_id(row.representative.id)
        assert row.__data__ == kept.__data__
        assert row.representative.__data__ == person.__data__
        assert row.open_day == day
        assert not row.dirty_fields


def test_stopped_inviting_gives_no_number(desk):
    day = OpenDay(theme="走进组织部", held_on=datetime.date(2026, 9, 29))
    desk.books.save(day)
    person = Representative(full_name="曾国强")
    desk.books.save(person)

    def stop(done, total):
        raise Cancelled

    with pytest.raises(Cancelled):
        desk.inviting.invite(day, [person], stop)
    assert desk.inviting.active(day) == []
    assert [row.number for row in desk.inviting.invite(day, [person])] == ["邀〔2026〕1号"]


def test_seats_go_on_from_the_first_one_and_back_by_undo(desk, day, people):
    keys = [row.id for row in desk.inviting.invite(day, people)]
    desk.inviting.seat(keys, "3排9座")
    assert [row.seat for row in desk.inviting.active(day)] == ["3排9座", "3排10座", "3排11座"]
    with pytest.raises(UserError, match="没有数字"):
        desk.inviting.seat(keys, "主席台")
    desk.inviting.seat(keys[:1], "主席台")
    desk.changes.undo_last()
    desk.changes.undo_last()
    assert {row.seat for row in desk.inviting.active(day)} == {""}


def test_a_step_of_many_is_one_change_and_written_whole_or_not_at_all(desk, day, people):
    keys = [row.id for row in desk.inviting.invite(day, people)]
    desk.inviting.do_several("作废 2 封", keys[:2], "void", {"reason": "调离"})
    assert [row.id for row in desk.inviting.active(day)] == keys[2:]
    with pytest.raises(UserError, match="已作废"):
        desk.inviting.do_several("登记", keys[::-1], "reply", {"reply": Reply.COMING})
    assert {row.reply for row in desk.inviting.active(day)} == {Reply.NONE}
    desk.changes.undo_last()
    assert [row.id for row in desk.inviting.active(day)] == keys


def test_the_roll_is_in_the_order_of_the_running_numbers(desk, day):
    people = [Representative(full_name=f"王{word}") for word in "一二三四五六七八九十百千"]
    for person in people:
        desk.books.save(person)
    made = desk.inviting.invite(day, people)
    roll = Roll()
    roll.read(day)
    assert [mark.key for mark in roll.marks] == [row.id for row in desk.inviting.active(day)]
    assert roll.found("12") == [made[11].id]
    assert roll.found("邀〔2026〕2号") == [made[1].id]
    assert roll.found("wang") == [row.id for row in made]
    assert roll.found("无此人") == []
    assert roll.counted("state") == {InvitationState.WAITING: 12}


def test_the_roll_reads_as_a_table_asks_and_leaves_out_whom_it_lost(desk, day, people):
    made = desk.inviting.invite(day, people)
    roll, query = Roll(), Query(Invitation)
    roll.read(day)
    assert roll.count(query) == 3
    desk.books.remove(made[1].representative, "重复")
    assert [row.id for row in roll.page(query, 1, 2)] == [made[2].id]
    assert roll.ids(query, 0, 2) == [made[0].id, made[1].id]
    roll.read(day)
    assert roll.count(query) == 2


def test_numbers_are_listed_as_numbers(desk, day):
    guests = [Representative(full_name=f"客人{place}") for place in range(11)]
    for person in guests:
        desk.books.save(person)
    made = desk.inviting.invite(day, guests)

    listed = desk.books.page(Query(Invitation, sort="number"))
    assert [row.number for row in listed] == [row.number for row in made]
