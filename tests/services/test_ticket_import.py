"""Ledgers of 问题 come in: with number, deadline, 件次 and the steps that they tell of; they go out as they came."""

from __future__ import annotations

import csv
import datetime

import pytest

from desktop.app import new_desk
from desktop.errors import Cancelled
from desktop.exchange.export import write_table
from desktop.exchange.headings import match
from desktop.exchange.reader import open_book
from desktop.exchange.roster import extras, headings, importable, lines
from desktop.exchange.rows import read_rows
from desktop.records.listing import Query
from desktop.records.meetings import Meeting
from desktop.records.register import RegisterEntry
from desktop.records.representatives import Representative
from desktop.records.staff import Office, Staff
from desktop.records.ticket_steps import Answer, Evaluation, TicketStep
from desktop.records.tickets import SAME_MATTER, Occurrence, Ticket
from desktop.services.importing import OnDuplicate
from desktop.storage import office

LEDGER = (
    "序号", "编号", "反映日期", "提出人", "单位", "意见建议内容", "类别", "来源", "责任科室", "责任人", "办结时限",
    "状态", "办理情况", "答复内容", "答复日期", "办理结果", "满意度", "办结日期", "是否采纳",
)  # fmt: skip
OLD = {
    "序号": "1", "编号": "问〔2025〕17号", "反映日期": "2025年3月3日", "提出人": "周大姐", "意见建议内容": "路灯不亮三个月了",
    "类别": "民生", "来源": "走访", "责任科室": "组织科", "办结时限": "2025-03-14", "答复内容": "已换灯泡",
    "答复日期": "2025.3.10", "办理结果": "已解决", "满意度": "非常满意", "办结日期": "20250312",
}  # fmt: skip


def parsed(path):
    sheet = open_book(path).sheet(None)
    mapping = match(sheet, importable(Ticket), extra=extras(Ticket))
    return read_rows(sheet, mapping, importable(Ticket), extra=extras(Ticket))


@pytest.fixture
def planned(desk, tmp_path):
    """Plan the import of rows given by their headings; `desk` may be another one."""

    def plan(*rows, on=desk):
        path = tmp_path / "台账.csv"
        with path.open("w", newline="", encoding="gb18030") as file:
            out = csv.DictWriter(file, sorted({*LEDGER, *(name for row in rows for name in row)}))
            out.writeheader()
            out.writerows(rows)
        read = parsed(path)
        assert [fault.message for fault in read.faults] == []
        return on.importing.plan(Ticket, read.rows)

    return plan


def brought(desk, plan, **options):
    outcome = desk.importing.apply(plan, **options)
    return outcome, list(Ticket.select().where(Ticket.deleted_at.is_null()).order_by(Ticket.number))


def steps(ticket):
    rows = (
        TicketStep.select().where(TicketStep.ticket == ticket).order_by(TicketStep.created_at, TicketStep.id)
    )
    return [(row.verb, str(row.on), row.before, row.after) for row in rows]


def test_a_past_matter_comes_with_its_course(desk, planned):
    plan = planned(OLD)
    assert [fault.message for fault in plan.faults] == []
    assert Ticket.select().count() == 0
    _, (ticket,) = brought(desk, plan)
    assert (ticket.number, ticket.source_document) == ("2025-0001", "原编号 问〔2025〕17号")
    assert (ticket.state, ticket.answered_on, ticket.closed_on) == (
        "办结", datetime.date(2025, 3, 10), datetime.date(2025, 3, 12)
    )  # fmt: skip
    assert (ticket.outcome, ticket.verdict, ticket.due_on) == ("已解决", "满意", datetime.date(2025, 3, 14))
    assert not ticket.running
    assert steps(ticket) == [
        ("register", "2025-03-03", "", "登记"),
        ("accept", "2025-03-03", "登记", "受理"),
        ("assign", "2025-03-03", "受理", "交办"),
        ("answer", "2025-03-10", "交办", "答复"),
        ("evaluate", "2025-03-12", "答复", "回访"),
        ("close", "2025-03-12", "回访", "办结"),
    ]
    assert [(row.text, row.outcome) for row in Answer.select()] == [("已换灯泡", "已解决")]
    assert [(row.verdict, row.method, row.asker) for row in Evaluation.select()] == [("满意", "", "")]
    assert [row.told_on for row in Occurrence.select()] == [datetime.date(2025, 3, 10)]
    first = TicketStep.get((TicketStep.ticket == ticket) & (TicketStep.verb == "register"))
    assert "期限按原台账" in first.reason


@pytest.mark.parametrize(
    ("told", "field", "words"),
    [
        ({"答复日期": "2025-03-01"}, "answered_on", "早于反映日期"),
        ({"答复内容": "", "办理结果": "", "答复日期": ""}, "text", "没有答复"),
        ({"办结日期": "2025-03-05"}, "closed_on", "早于"),
        ({"答复日期": "", "办结日期": "", "状态": "已答复"}, "answered_on", "答复日期"),
        ({"责任人": "不认识"}, "handler", "没有找到工作人员“不认识”"),
        ({"办结时限": "2024-03-01"}, "due_on", "早于反映日期"),
        ({"办结时限": "尽快"}, "limit", "没有找到"),
        ({"满意度": "不满意"}, "verdict", "重新办理"),
        ({"状态": "办理中"}, "state", "却有答复内容"),
        ({"状态": "并案"}, "state", "并案"),
        ({"反映日期": "2099-01-01"}, "received_on", "还没有到"),
        ({"类型": "问题", "是否采纳": "采纳"}, "decision", "上会"),
    ],
)
def test_what_breaks_a_rule_is_a_fault_at_its_field(desk, planned, told, field, words):
    plan = planned(OLD | told, OLD | {"意见建议内容": "另一件"})
    assert [(fault.row, fault.field) for fault in plan.faults] == [(2, field)]
    assert words in plan.faults[0].message
    assert [number for number, _ in plan.new] == [3]


@pytest.mark.parametrize(
    ("told", "state", "verbs"),
    [
        ({"反映日期": "2025-03-03"}, "登记", ["register"]),
        ({"状态": "在办", "责任科室": "组织科", "办理情况": "已到现场"}, "办理中", ["register", "accept", "assign", "start"]),
        ({"答复内容": "好", "答复日期": "2025-03-04"}, "答复", ["register", "accept", "start", "answer"]),
        ({"答复内容": "好", "办结日期": "2025-03-04"}, "办结", ["register", "accept", "start", "answer", "close"]),
        ({"答复内容": "好", "答复日期": "2025-03-04", "满意度": "不满意"}, "重新办理",
         ["register", "accept", "start", "answer", "evaluate"]),
        ({"当场答复": "是", "答复内容": "好", "答复日期": "2025-03-03"}, "办结", ["register", "answer"]),
        ({"状态": "不受理", "办理情况": "不归我们管"}, "不予受理", ["register", "accept", "refuse"]),
        ({"是否采纳": "部分采纳"}, "登记", ["register", "decide"]),
        ({"状态": "归档", "办理情况": "换了", "办结日期": "2025-03-09"}, "归档",
         ["register", "accept", "start", "answer", "close", "archive"]),
    ],
)  # fmt: skip
def test_as_much_is_brought_in_as_is_told(desk, planned, told, state, verbs):
    plan = planned({"反映日期": "2025-03-03", "意见建议内容": "路灯不亮"} | told)
    assert [fault.message for fault in plan.faults] == []
    _, (ticket,) = brought(desk, plan)
    assert ticket.state == state
    assert [verb for verb, *_ in steps(ticket)] == verbs


def test_a_known_handler_and_a_meeting_are_linked_once(desk, planned):
    desk.books.save(Staff(full_name="李工", section="组织科"))
    rows = [
        OLD
        | {"意见建议内容": f"建议{place}", "责任人": "李工", "是否采纳": "采纳", "会议": "第3次部长办公会"}
        for place in range(3)
    ]
    _, tickets = brought(desk, planned(*rows))
    assert {(row.sort, row.handler.full_name, row.decision) for row in tickets} == {
        ("意见建议", "李工", "采纳")
    }
    assert [meeting.name for meeting in Meeting.select()] == ["第3次部长办公会"]
    assert {row.meeting.name for row in tickets} == {"第3次部长办公会"}


def test_one_import_is_one_change_and_one_undo(desk, planned):
    plan = planned(OLD, OLD | {"反映日期": "2024-05-06", "答复日期": "2024-05-08", "办结日期": "2024-05-08",
                               "办结时限": "2024-05-20", "意见建议内容": "去年的"})  # fmt: skip
    outcome, tickets = brought(desk, plan)
    assert [row.number for row in tickets] == ["2024-0001", "2025-0001"]
    assert desk.changes.undo_batch(outcome.batch) == 2
    for model in (Ticket, Occurrence, TicketStep, Answer, Evaluation):
        assert model.select().count() == 0


def test_cancelled_means_nothing_written(desk, planned):
    plan = planned(OLD)

    def stop(done, total):
        raise Cancelled

    with pytest.raises(Cancelled):
        desk.importing.apply(plan, watch=stop)
    assert Ticket.select().count() == RegisterEntry.select().count() == 0


def test_the_same_row_is_a_duplicate_and_the_same_words_of_another_are_added(desk, planned):
    brought(desk, planned(OLD))
    plan = planned(OLD, OLD | {"提出人": "李大爷"}, OLD | {"意见建议内容": "别的"})
    assert [(found.row, found.reason, found.mild) for found in plan.duplicates] == [
        (2, "内容、反映人和日期相同", False), (3, SAME_MATTER, True)
    ]  # fmt: skip
    assert {found.other.number for found in plan.duplicates} == {"2025-0001"}
    outcome, tickets = brought(desk, plan)
    assert (outcome.added, outcome.skipped, len(tickets)) == (2, 1, 3)


def test_an_update_fills_what_is_empty_and_nothing_else(desk, planned):
    bare = {
        "反映日期": OLD["反映日期"],
        "提出人": OLD["提出人"],
        "意见建议内容": OLD["意见建议内容"],
        "地点": "城南",
    }
    brought(desk, planned(bare))
    outcome, (ticket,) = brought(desk, planned(OLD | {"地点": "城北"}), on_duplicate=OnDuplicate.UPDATE)
    assert (outcome.added, outcome.updated) == (0, 1)
    assert (ticket.number, ticket.place, ticket.category, ticket.state) == (
        "2025-0001",
        "城南",
        "民生",
        "办结",
    )
    assert (ticket.source, ticket.section) == ("开放日", "组织科")
    assert [verb for verb, *_ in steps(ticket)] == [
        "register", "accept", "assign", "answer", "evaluate", "close"
    ]  # fmt: skip
    again, (same,) = brought(desk, planned(OLD), on_duplicate=OnDuplicate.UPDATE)
    assert (again.updated, len(steps(same))) == (1, 6)


def test_namesakes_are_told_apart_by_their_unit_or_not_at_all(desk, planned):
    people = [Representative(full_name="李明", unit=unit) for unit in ("肥西县医院", "第一中学")]
    for person in (*people, Representative(full_name="王芳", unit="教育局")):
        desk.books.save(person)
    said = {"反映日期": "2025-03-03"}
    plan = planned(
        said | {"意见建议内容": "甲", "提出人": "李明"},
        said | {"意见建议内容": "乙", "提出人": "李明", "单位": "县医院"},
        said | {"意见建议内容": "丙", "提出人": "王芳"},
        said | {"意见建议内容": "丁", "提出人": "王芳", "单位": "上派村"},
        said | {"意见建议内容": "戊", "提出人": "匿名", "单位": "县医院"},
        said | {"意见建议内容": "己", "提出人": "李明", "反映人身份": "群众"},
    )
    assert [(fault.row, fault.field) for fault in plan.faults] == [(2, "raised_by")]
    assert "2 位“李明”" in plan.faults[0].message
    assert "肥西县医院" in plan.faults[0].message
    _, tickets = brought(desk, plan)
    linked = {row.content: row.representative and row.representative.unit for row in tickets}
    assert linked == {"乙": "肥西县医院", "丙": "教育局", "丁": None, "戊": None, "己": None}
    nameless = next(row for row in tickets if row.content == "戊")
    assert (nameless.raised_by, nameless.raiser, nameless.note) == ("匿名", "匿名", "")
    assert next(row for row in tickets if row.content == "丁").note == "反映人单位：上派村"


def test_a_limit_may_be_a_name_a_date_or_working_days(desk, planned):
    said = {"反映日期": "2025-03-03", "状态": "受理"}
    plan = planned(
        said | {"意见建议内容": "甲", "办结时限": "15 个工作日"},
        said | {"意见建议内容": "乙", "办结时限": "10个工作日内"},
        said | {"意见建议内容": "丙", "办结时限": "2025年3月20日"},
        {"反映日期": "2025-03-03", "意见建议内容": "丁", "办结时限": "2025-03-20"},
    )
    assert [fault.message for fault in plan.faults] == []
    _, tickets = brought(desk, plan)
    due = {row.content: (row.limit and row.limit.name, str(row.due_on), row.note) for row in tickets}
    assert due == {
        "甲": ("15 个工作日", "2025-03-24", ""),
        "乙": (None, "2025-03-17", ""),
        "丙": (None, "2025-03-20", ""),
        "丁": (None, "2025-03-12", "原台账期限：2025-03-20"),
    }


def test_what_goes_out_comes_back_the_same(desk, planned, tmp_path):
    desk.books.save(Staff(full_name="李工", section="组织科"))
    hostile = "=1+1\n第二行 <b>@SUM(A1)</b>"
    brought(desk, planned(
        OLD, OLD | {"意见建议内容": hostile, "责任人": "李工", "答复内容": "+1\n好", "备注": "-2"},
        {"反映日期": "2025-04-01", "意见建议内容": "建议", "是否采纳": "部分采纳"},
        {"反映日期": "2025-04-02", "意见建议内容": "在办", "状态": "办理中", "责任科室": "干部科"},
        {"反映日期": "2025-04-02", "提出人": "匿名", "意见建议内容": "当场", "当场答复": "是", "答复内容": "好",
         "答复日期": "2025-04-02"},
    ))  # fmt: skip
    path = tmp_path / "out.xlsx"
    query = Query(Ticket, sort="number", descending=True)
    out = list(lines(desk.books, query))
    assert write_table(path, "问题", headings(Ticket), out) == 5
    assert [row[0] for row in out] == [f"2025-000{place}" for place in (5, 4, 3, 2, 1)]
    office.close()

    fresh = new_desk(tmp_path / "fresh.openday", Office(name="乙"))
    fresh.books.save(Staff(full_name="李工", section="组织科"))
    plan = fresh.importing.plan(Ticket, parsed(path).rows)
    assert [fault.message for fault in plan.faults] == []
    fresh.importing.apply(plan)
    assert list(lines(fresh.books, query)) == out
