"""Figures of tickets: 件 and 件次 apart, rates with their formulas, totals equal to the records behind them."""

from __future__ import annotations

import datetime

import pytest

from desktop.records.staff import Staff
from desktop.records.tickets import Occurrence, Ticket

TODAY = datetime.date.today()
CHARGED = ("accept", ("assign", {"section": "组织科", "handler": "李明"}))
ANSWERED = (*CHARGED, ("answer", {"text": "已办"}))


def evaluated(verdict):
    return (*ANSWERED, ("evaluate", {"verdict": verdict, "method": "电话", "by": "王芳"}))


@pytest.fixture
def taken(desk):
    desk.books.save(Staff(full_name="李明", section="组织科"))

    def made(*steps, **values):
        ticket = Ticket(**({"content": "路灯不亮", "received_on": TODAY} | values))
        desk.books.save(ticket)
        for step in steps:
            verb, told = step if isinstance(step, tuple) else (step, {})
            desk.books.do(ticket, verb, told)
        return ticket

    return made


def figure(report, label, unit):
    found = [one for one in report.figures if (one.label, one.unit) == (label, unit)]
    assert len(found) == 1, (label, unit)
    return found[0]


def test_one_matter_of_four_is_one_ticket_and_four_times(desk, taken):
    main = taken()
    for _ in range(3):
        taken(("merge", {"into": main.number}))

    report = desk.reports.report("tickets")

    assert figure(report, "登记", "件").records == (main.id,)
    assert figure(report, "反映", "件次").value == 4


def test_rates_are_within_one_unit_and_say_how_they_are_reckoned(desk, taken):
    taken(*evaluated("满意"), "close")
    taken(*evaluated("不满意"))
    taken(*evaluated("未联系上"))
    taken(("refuse", {"reason": "不属本部职责"}))
    taken("suspend")
    taken()

    report = desk.reports.report("tickets")

    assert [
        figure(report, label, "件").value for label in ("登记", "受理", "不予受理", "已答复", "办结")
    ] == [6, 4, 1, 2, 1]
    assert figure(report, "办结率", "%").worked == "办结率 = 办结 1 件 ÷ 受理 4 件 = 25.00%"
    assert figure(report, "满意率", "%").worked == "满意率 = 满意和基本满意 1 件 ÷ 已评价 2 件 = 50.00%"
    assert figure(report, "重新办理", "件").value == 1


def test_every_total_is_the_sum_of_its_parts(desk, taken):
    for place, sort in enumerate(("问题", "意见建议", "咨询", "问题", "金点子")):
        taken(sort=sort, category=("民生", "党建")[place % 2], source=("走访", "来信")[place % 2])

    report = desk.reports.report("tickets")

    total = figure(report, "登记", "件")
    for heading in ("按类型", "按来源", "按类别", "按承办科室"):
        parts = next(figures for called, figures in report.groups if called == heading)
        assert sum(part.value for part in parts) == total.value, heading
        assert sorted(key for part in parts for key in part.records) == sorted(total.records)
    assert all(len(one.records) == one.value for one in report.figures if not one.parts)


def test_suggestions_are_counted_by_their_decision(desk, taken):
    for decision in ("采纳", "采纳", "不采纳"):
        taken(("decide", {"decision": decision, "reason": "部长办公会研究"}), sort="意见建议")
    taken("carry_out", ("feed_back", {}), sort="意见建议")
    taken(sort="问题")

    report = desk.reports.report("suggestions")

    assert figure(report, "意见建议", "条").value == 4
    assert figure(report, "采纳率", "%").worked == "采纳率 = 采纳 2 条 ÷ 意见建议 4 条 = 50.00%"
    assert figure(report, "尚未决定", "条").value == 1
    assert figure(report, "已反馈", "条").value == 1


def test_a_report_covers_what_was_raised_in_its_period(desk, taken):
    early = taken(received_on=datetime.date(2026, 3, 2))
    taken()
    desk.books.save(Occurrence(ticket=early, raised_by="老李", received_on=TODAY))

    report = desk.reports.report("tickets", "2026-03-01", "2026-03-31")

    assert report.period == "2026年3月1日至2026年3月31日的问题"
    assert figure(report, "登记", "件").records == (early.id,)
    assert figure(report, "反映", "件次").value == 1
