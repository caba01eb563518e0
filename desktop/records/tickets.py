"""问题和意见建议: what was said, who answers for it, by when, and where it stands."""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection
from enum import StrEnum

import peewee

from desktop.errors import UserError
from desktop.records import cleaning
from desktop.records.base import Record, reading
from desktop.records.categories import CATEGORIES
from desktop.records.dates import EARLIEST
from desktop.records.households import Household
from desktop.records.kinds import Choice, Day, Link, Listed, Prose, Text, Whole
from desktop.records.meetings import Meeting
from desktop.records.open_days import OpenDay
from desktop.records.representatives import Representative
from desktop.records.staff import Staff
from desktop.records.time_limits import TimeLimit
from desktop.records.visits import Visit


class TicketSort(StrEnum):
    """What it is: a problem to be solved, or an opinion to be weighed."""

    PROBLEM = "问题"
    SUGGESTION = "意见建议"
    CONSULTATION = "咨询"
    IDEA = "金点子"


WEIGHED = (TicketSort.SUGGESTION, TicketSort.IDEA)
"""What a meeting decides on: adopted or not."""


class TicketSource(StrEnum):
    """Where it came from."""

    OPEN_DAY = "开放日"
    VISIT = "走访"
    LETTER = "来信"
    ONLINE = "网上"
    PAIRING = "结对"


class Raiser(StrEnum):
    """Who said it; nothing leads from an anonymous ticket to a person."""

    REPRESENTATIVE = "代表"
    HOUSEHOLD = "群众"
    UNIT = "单位"
    ANONYMOUS = "匿名"


class Urgency(StrEnum):
    """How pressing it is."""

    USUAL = "一般"
    URGENT = "紧急"
    VERY_URGENT = "特急"


class TicketState(StrEnum):
    """The life of a ticket (design: 登记→受理→交办→签收→办理中→答复→回访→办结→归档)."""

    REGISTERED = "登记"
    ACCEPTED = "受理"
    REFUSED = "不予受理"
    ASSIGNED = "交办"
    SIGNED = "签收"
    WORKING = "办理中"
    RETURNED = "退回"
    REDOING = "重新办理"
    SUSPENDED = "挂起"
    ANSWERED = "答复"
    EVALUATED = "回访"
    CLOSED = "办结"
    ARCHIVED = "归档"
    MERGED = "并案"


UNANSWERED = (
    TicketState.REGISTERED,
    TicketState.ACCEPTED,
    TicketState.ASSIGNED,
    TicketState.SIGNED,
    TicketState.WORKING,
    TicketState.RETURNED,
    TicketState.REDOING,
)
"""States in which an answer is owed and the clock runs."""


class Decision(StrEnum):
    """What a meeting made of a suggestion."""

    ADOPTED = "采纳"
    PARTLY = "部分采纳"
    KEPT = "留作参考"
    DECLINED = "不采纳"


class Outcome(StrEnum):
    """办理结果, by class A to D."""

    SOLVED = "已解决"
    PLANNED = "列入计划"
    EXPLAINED = "解释说明"
    KEPT = "留作参考"


class Verdict(StrEnum):
    """What the one who raised it says of the answer."""

    CONTENT = "满意"
    FAIRLY = "基本满意"
    DISCONTENT = "不满意"
    UNREACHED = "未联系上"


SAME_MATTER = "内容相同，反映人或日期不同"
"""What makes a row of a ledger another 件次 of the same matter, not the same row again."""


class Ticket(Record):
    """问题/意见建议: one 件; those who raised it are its 件次 (`Occurrence`)."""

    kind = "ticket"
    label = "问题"
    text_columns = ("number", "content", "summary", "place", "raised_by", "source_document")
    text_person = "representative"

    number = Text("编号", limit=30, stepped=True)
    sort = Choice("类型", TicketSort, required=True, default=TicketSort.PROBLEM)
    content = Prose("内容", required=True, hint="照原话登记，保存后不再改写")
    summary = Text("摘要", limit=60, hint="列表和台账上用；空着就用内容的开头")
    category = Listed("类别", terms=CATEGORIES, limit=40)
    source = Choice("来源", TicketSource, default=TicketSource.OPEN_DAY)
    open_day = Link("开放日", OpenDay, backref="tickets")
    received_on = Day("反映日期", required=True)
    raised_by = Text("反映人", limit=60, hint="代表、群众或单位；不愿留名的写“匿名”")
    raiser = Choice("反映人身份", ("", *Raiser))
    representative = Link("代表", Representative, backref="tickets", stepped=True)
    household = Link("反映户", Household, backref="tickets")
    visit = Link("走访", Visit, backref="tickets", stepped=True)
    source_document = Text("原始材料", limit=100, hint="如“金点子征集表第12号”“来信”")
    place = Text("地点", limit=80)
    urgency = Choice("紧急程度", Urgency, default=Urgency.USUAL)
    section = Listed("承办科室", terms="科室", limit=40)
    handler = Link("经办人", Staff, backref="tickets")
    limit = Link("办理时限", TimeLimit, hint="空着就用开放日的或默认的时限")
    note = Prose("备注")
    state = Choice("状态", TicketState, default=TicketState.REGISTERED, stepped=True)
    round = Whole("办理轮次", least=1, most=99, default=1, stepped=True)
    counted_from = Day("起算日", stepped=True)
    due_on = Day("办理期限", stepped=True)
    presumed = Text("推定", limit=10, stepped=True)
    asked_days = Whole("申请延期（工作日）", least=0, most=999, stepped=True)
    suspended_from = Text("挂起前状态", limit=10, stepped=True)
    answered_on = Day("答复日期", stepped=True)
    outcome = Choice("办理结果", ("", *Outcome), stepped=True)
    verdict = Choice("评价", ("", *Verdict), stepped=True)
    meeting = Link("会议", Meeting, backref="tickets", stepped=True)
    decision = Choice("采纳情况", ("", *Decision), stepped=True)
    decision_reason = Prose("采纳理由", limit=2000, stepped=True)
    carried_out_on = Day("落实日期", stepped=True)
    fed_back_on = Day("反馈日期", stepped=True)
    next_feedback_on = Day("下次反馈", stepped=True)
    closed_on = Day("办结日期", stepped=True)
    main = Link("主件", "self", stepped=True)  # pyright: ignore[reportArgumentType] - peewee's word for its own table
    running = peewee.BooleanField(default=True)
    """Whether an answer is owed: what lists and counts of deadlines look at."""

    def caption(self) -> str:
        return f"{self.number} {self.shown_summary}".strip()

    @property
    def shown_summary(self) -> str:
        """The summary, or else how the text begins."""
        return self.summary or " ".join(self.content.split())[:30]

    def likenesses(self) -> list[tuple[str, ...]]:
        held = self.__data__
        said = (held["content"], cleaning.comparable(held["raised_by"] or ""), str(held["received_on"]))
        return [("内容、反映人和日期相同", *said), (SAME_MATTER, held["content"])]

    def prepare(self) -> None:
        self.running = self.state in UNANSWERED

    def faults_across(self) -> list[UserError]:
        if self.received_on and not EARLIEST <= self.received_on <= datetime.date.today():
            told = "还没有到" if self.received_on > EARLIEST else f"早于 {EARLIEST.year} 年"
            return [UserError(f"反映日期 {self.received_on} {told}，请核对", field="received_on")]
        return []


Ticket.main.target = Ticket  # pyright: ignore


def _index(name: str, *columns: str, where: str = "") -> None:
    """Declare an index over the live tickets; `where` narrows it further."""
    told = f"deleted_at IS NULL{f' AND {where}' if where else ''}"
    columns_told = ", ".join(f'"{column}"' for column in columns)
    Ticket.add_index(
        peewee.SQL(f'CREATE INDEX IF NOT EXISTS "ticket_{name}" ON "ticket" ({columns_told}) WHERE {told}')
    )


for _column in ("received_on", "due_on", "section", "category", "changed_at", "number"):
    _index(f"by_{_column}", _column, "id")
_index("by_state", "state", "due_on", "id")
_index("answered", "state", "answered_on", "id")
_index("owed", "due_on", "id", where="running = 1")
_index("owed_by_handler", "handler_id", "due_on", "id", where="running = 1")
_index("of_day", "open_day_id", "state", "id")
_index(
    "to_carry_out", "received_on", "id", where="decision IN ('采纳', '部分采纳') AND carried_out_on IS NULL"
)
_index("of_visit", "visit_id", "id", where="visit_id IS NOT NULL")
_index("of_meeting", "meeting_id", "id", where="meeting_id IS NOT NULL")
_index("closed", "closed_on", "id", where="closed_on IS NOT NULL")
_index("fed_back", "next_feedback_on", "id", where="next_feedback_on IS NOT NULL")
_index("merged", "main_id", "id", where="main_id IS NOT NULL")


def saying(texts: Collection[str]) -> list[Ticket]:
    """Return the live tickets whose text is one of `texts`, to the letter: one look through the table."""
    several = peewee.SQL("(SELECT value FROM json_each(?))", [json.dumps(sorted(texts), ensure_ascii=False)])
    with reading():
        return list(Ticket.select().where(Ticket.content.in_(several) & Ticket.deleted_at.is_null()))  # pyright: ignore


class Occurrence(Record):
    """反映件次: one time that somebody raised the matter; a ticket has at least its own."""

    kind = "occurrence"
    label = "反映件次"

    ticket = Link("问题", Ticket, required=True, backref="occurrences")
    first_ticket = Link("登记时的件", Ticket, required=True, stepped=True)
    raised_by = Text("反映人", limit=60)
    raiser = Choice("反映人身份", ("", *Raiser))
    representative = Link("代表", Representative, backref="raised", stepped=True)
    received_on = Day("反映日期", required=True)
    source = Choice("来源", TicketSource, default=TicketSource.OPEN_DAY)
    content = Prose("原话")
    told_on = Day("已答复", stepped=True)

    def caption(self) -> str:
        return f"{self.raised_by or '未留名'} {self.received_on}"
