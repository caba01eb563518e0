"""办理记录: every step of a ticket's life, its answers and what was said of them; none is ever rewritten."""

from __future__ import annotations

from desktop.records.base import Record
from desktop.records.kinds import Choice, Day, Flag, Link, Prose, Text, Whole
from desktop.records.staff import Staff
from desktop.records.tickets import Outcome, Ticket, Verdict


class TicketStep(Record):
    """办理记录: one step: when, from which state to which, who was charged, what it did to the deadline."""

    kind = "ticket-step"
    label = "办理记录"

    ticket = Link("问题", Ticket, required=True, backref="steps", stepped=True)
    round = Whole("轮次", least=1, most=99, default=1, stepped=True)
    verb = Text("步骤", limit=20, stepped=True)
    name = Text("办理事项", limit=20, stepped=True)
    on = Day("日期", stepped=True)
    who = Text("记录人", limit=40, stepped=True)
    before = Text("之前状态", limit=10, stepped=True)
    after = Text("之后状态", limit=10, stepped=True)
    section = Text("承办科室", limit=40, stepped=True)
    handler = Text("经办人", limit=50, stepped=True)
    days = Whole("天数", least=0, most=999, stepped=True)
    approver = Text("批准人", limit=40, stepped=True)
    reason = Prose("说明", limit=2000, stepped=True)
    due_before = Day("原期限", stepped=True)
    due_after = Day("新期限", stepped=True)

    def caption(self) -> str:
        return f"{self.on} {self.name}"


class Answer(Record):
    """答复: what was answered in one round; its 函号 is taken when its letter is printed."""

    kind = "answer"
    label = "答复"

    ticket = Link("问题", Ticket, required=True, backref="answers", stepped=True)
    round = Whole("轮次", least=1, most=99, default=1, stepped=True)
    number = Text("函号", limit=30, stepped=True)
    text = Prose("答复内容", required=True, stepped=True)
    on = Day("答复日期", required=True, stepped=True)
    outcome = Choice("办理结果", ("", *Outcome), stepped=True)
    by = Text("答复人", limit=50, stepped=True)
    on_the_spot = Flag("当场答复")

    def caption(self) -> str:
        return f"第{self.round}轮答复"


class Evaluation(Record):
    """评价: what the one who raised it says of a round's answer, asked by whom, how and when."""

    kind = "evaluation"
    label = "评价"

    ticket = Link("问题", Ticket, required=True, backref="evaluations", stepped=True)
    round = Whole("轮次", least=1, most=99, default=1, stepped=True)
    verdict = Choice("评价", Verdict, required=True, stepped=True)
    method = Choice("方式", ("电话", "当面", "回执"), required=True, stepped=True)
    by = Link("回访人", Staff, stepped=True)
    asker = Text("回访人姓名", limit=50, stepped=True)
    on = Day("回访日期", required=True, stepped=True)
    words = Prose("评价意见", limit=2000, stepped=True)

    def caption(self) -> str:
        return f"第{self.round}轮{self.verdict}"


Evaluation.add_index(
    Evaluation.index(
        Evaluation.ticket,
        Evaluation.round,
        unique=True,
        name="evaluation_one_a_round",
        where=(Evaluation.verdict != Verdict.UNREACHED.value) & Evaluation.deleted_at.is_null(),
    )
)
Answer.add_index(
    Answer.index(
        Answer.ticket,
        Answer.round,
        unique=True,
        name="answer_one_a_round",
        where=Answer.deleted_at.is_null(),
    )
)


class Slip(Record):
    """文书: a numbered paper that went out about a ticket; a 通报 has one number for all that it names."""

    kind = "slip"
    label = "办理文书"

    ticket = Link("问题", Ticket, required=True, backref="slips", stepped=True)
    round = Whole("轮次", least=1, most=99, default=1, stepped=True)
    sort = Choice("文书", ("交办单", "催办单", "督办单", "通报", "答复函"), required=True, stepped=True)
    number = Text("编号", limit=30, stepped=True)
    on = Day("日期", required=True, stepped=True)
    due_on = Day("所载期限", stepped=True)

    def caption(self) -> str:
        return f"{self.sort}{self.number}"


class Supervision(Record):
    """监督记录: what a representative found when looking after how a ticket is handled (肥西)."""

    kind = "supervision"
    label = "监督记录"

    ticket = Link("问题", Ticket, required=True, backref="supervisions")
    on = Day("日期", required=True)
    by = Text("监督人", required=True, limit=60, hint="代表姓名")
    text = Prose("情况", required=True, limit=2000)

    def caption(self) -> str:
        return f"{self.on} {self.by}"
