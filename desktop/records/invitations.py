"""邀请: who is asked to which open day, under which 编号, and what came of it."""

from __future__ import annotations

from enum import StrEnum

from desktop.records.base import Record
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

    open_day = Link("开放日", OpenDay, required=True, backref="invitations")
    representative = Link("代表", Representative, required=True, backref="invitations")
    number = Text("编号", limit=30, stepped=True)
    salutation = Text("称呼", limit=60, hint="印在信首,如“曾国强同志”")
    reply = Choice("回执", Reply, default=Reply.NONE)
    reply_note = Text("回执备注", limit=200)
    delivery = Choice("送达方式", ("寄发", "送达", "电话"), default="寄发")
    printed_on = Day("印制日期", stepped=True)
    sent_on = Day("寄发日期", stepped=True)
    seat = Text("座位", limit=20, hint="如“3排5座”;名单和席卡可按座位排")
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
