"""邀请: who is asked to which open day, under which 编号, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from desktop.records import finding, rows, search
from desktop.records.base import Record, database, meta_of, reading
from desktop.records.kinds import Choice, Day, Link, Prose, Text
from desktop.records.open_days import OpenDay
from desktop.records.representatives import Representative


class Reply(StrEnum):
    """回执."""

    NONE = "未回复"
    COMING = "参加"
    DECLINED = "不参加"
    SUBSTITUTE = "代替"


class Attendance(StrEnum):
    """出席情况."""

    UNKNOWN = ""
    PRESENT = "出席"
    ABSENT = "缺席"
    EXCUSED = "请假"
    SUBSTITUTE = "代替"
    WALKED_IN = "临时到会"


CAME = (Attendance.PRESENT, Attendance.SUBSTITUTE, Attendance.WALKED_IN)
"""What counts as 到会."""


class InvitationState(StrEnum):
    """待印 → 已印 → 已寄; 作废 at any time."""

    WAITING = "待印"
    PRINTED = "已印"
    SENT = "已寄"
    VOID = "作废"


class Invitation(Record):
    """邀请: one active invitation per open day and person."""

    kind = "invitation"
    label = "邀请"
    counted_by = ("number",)

    open_day = Link("开放日", OpenDay, required=True, backref="invitations")
    representative = Link("代表", Representative, required=True, backref="invitations")
    number = Text("编号", limit=30, stepped=True)
    salutation = Text("称呼", limit=60, hint="印在信首，如“曾国强同志”")
    reply = Choice("回执", Reply, default=Reply.NONE)
    reply_note = Text("回执备注", limit=200)
    delivery = Choice("送达方式", ("寄发", "送达", "电话"), default="寄发")
    printed_on = Day("印制日期", stepped=True)
    sent_on = Day("寄发日期", stepped=True)
    seat = Text("座位", limit=20, hint="如“3排5座”；名单和席卡可按座位排")
    attendance = Choice("出席", tuple(Attendance), default=Attendance.UNKNOWN)
    note = Prose("备注")
    state = Choice("状态", InvitationState, default=InvitationState.WAITING, stepped=True)
    void_because = Text("作废原因", limit=200, stepped=True)

    def caption(self) -> str:
        return f"{self.number} {self.salutation}"


Invitation.add_index(
    Invitation.index(
        Invitation.open_day,
        Invitation.representative,
        unique=True,
        name="invitation_one_active",
        where=(Invitation.state != InvitationState.VOID.value) & Invitation.deleted_at.is_null(),
    )
)


def standing(
    day: OpenDay, most: int = -1, keys: Sequence[bytes] = (), *, but: str = InvitationState.VOID
) -> list[Invitation]:
    """Return the invitations of a day that stand, with their people, in the order they were made.

    `most` of them, and only those of `keys` (up to a few hundred) where there are any; with `but` '' the void too.
    """
    only = f"AND i.id IN ({', '.join('?' * len(keys))}) " if keys else ""
    sql = (
        f"SELECT {rows.columns_of(Invitation, 'i')}, {rows.columns_of(Representative, 't')} {_standing()} {only}"
        "ORDER BY i.created_at, i.id LIMIT ?"
    )
    with reading():
        found = database.execute_sql(sql, (day.id, but, *keys, most)).fetchall()
    return rows.joined(found, Invitation, "representative", Representative)


def standing_keys(day: OpenDay) -> list[tuple[bytes, bytes, str]]:
    """Return (invitation, person, state) of what stands for a day, in the order made: 1,000 in 3 ms, records in 40."""
    sql = f"SELECT i.id, t.id, i.state {_standing()} ORDER BY i.created_at, i.id"
    with reading():
        found = database.execute_sql(sql, (day.id, InvitationState.VOID)).fetchall()
    return [(bytes(invitation), bytes(person), state) for invitation, person, state in found]


def standing_names(day: OpenDay) -> list[tuple[bytes, str, str, str]]:
    """Return (invitation, number, name, seat) of what stands for a day: enough to put papers in order."""
    sql = f"SELECT i.id, i.number, t.full_name, i.seat {_standing()}"
    with reading():
        found = database.execute_sql(sql, (day.id, InvitationState.VOID)).fetchall()
    return [(bytes(key), *told) for key, *told in found]


def more_than(most: int, day: OpenDay) -> bool:
    """Say whether more than so many invitations, the void too, stand for a day; looks no further than that."""
    sql = "SELECT 1 FROM invitation WHERE open_day_id = ? AND deleted_at IS NULL LIMIT 1 OFFSET ?"
    with reading():
        return database.execute_sql(sql, (day.id, most)).fetchone() is not None


class Mark(NamedTuple):
    """An invitation as a list counts it: its key, and how it stands."""

    key: bytes
    state: str
    reply: str
    attendance: str


RUNNING = "CAST(substr(i.number, instr(i.number, '〕') + 1) AS INTEGER)"
"""The running number of `邀〔2026〕17号` for SQLite, whose CAST stops where the digits do."""


def marks(day: OpenDay) -> list[Mark]:
    """Return how everything stands for a day, the void too, in the order of the running numbers: 1,000 in 4 ms."""
    sql = f"SELECT i.id, i.state, i.reply, i.attendance {_standing()} ORDER BY {RUNNING}, i.number"
    with reading():
        found = database.execute_sql(sql, (day.id, "")).fetchall()
    return list(map(Mark._make, found))


def found(day: OpenDay, typed: str, *, but: str = InvitationState.VOID) -> list[bytes]:
    """Return the invitations that typed characters mean, by number: whose number it is first.

    Else they mean a person, by name, pinyin, initials, end of the phone number, or unit. With `but` '' the void too.
    """
    numbered = f"(i.number = ? OR CAST({RUNNING} AS TEXT) = ?)"
    person, values = "1", list[Any]()
    if search.words_of(typed):
        person, values = finding.meant_by(Representative, typed).condition()
    sql = (
        f"SELECT i.id {_standing()} AND ({numbered} OR {person}) "
        f"ORDER BY {numbered} DESC, {RUNNING}, i.number"
    )
    asked = (day.id, but, typed, typed, *values, typed, typed)
    with reading():
        return [bytes(key) for (key,) in database.execute_sql(sql, asked).fetchall()]


def _standing() -> str:
    """Return FROM and WHERE of what stands for a day (its key, the state left out: 作废 or ''), people as `t`."""
    return (
        f'FROM "{meta_of(Invitation).table_name}" AS i '
        f'JOIN "{meta_of(Representative).table_name}" AS t ON t.id = i.representative_id '
        "WHERE i.open_day_id = ? AND i.state <> ? AND i.deleted_at IS NULL AND t.deleted_at IS NULL"
    )
