"""办理时限: what an office starts with, one default, one name each, no slips of the pen."""

from __future__ import annotations

import pytest

from desktop.errors import UserError
from desktop.records.tickets import Ticket
from desktop.records.time_limits import LeftDate, TimeLimit


def test_a_new_office_starts_with_seven_working_days(desk):
    default = desk.limits.default()

    assert (default.amount, default.unit, default.start) == (7, "工作日", "次日")
    assert (default.warn_before, default.late_by) == (2, 5)
    assert default.in_words() == "自次日起 7 个工作日"
    assert {limit.unit for limit in desk.limits.all()} == {"小时", "日", "工作日", "月"}
    assert all(limit.faults() == [] for limit in desk.limits.all())


def test_there_is_always_exactly_one_default(desk):
    other = desk.limits.all()[3]
    other.is_default = True
    desk.books.save(other)
    assert [limit.name for limit in desk.limits.all() if limit.is_default] == [other.name]

    other = desk.limits.default()
    other.is_default = False
    with pytest.raises(UserError, match="总要有一条默认"):
        desk.books.save(other)
    with pytest.raises(UserError, match="不能删除"):
        desk.books.remove(desk.limits.default())


def test_a_name_stands_for_one_rule(desk):
    with pytest.raises(UserError, match="已有办理时限"):
        desk.books.save(TimeLimit(name="7 个工作日", amount=9))


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"amount": 0}, "应在 1"),
        ({"amount": 37, "unit": "月"}, "最多 36"),
        ({"unit": "年"}, "没有“年”"),
        ({"name": ""}, "不能为空"),
    ],
)
def test_a_rule_that_nobody_means_is_refused(desk, values, told):
    with pytest.raises(UserError, match=told):
        desk.books.save(TimeLimit(**{"name": "新", "amount": 5} | values))


def test_a_rule_that_is_not_the_default_can_go(desk):
    last = desk.limits.all()[-1]
    desk.books.remove(last, "不用")
    assert last.name not in {limit.name for limit in desk.limits.all()}


def test_what_was_left_is_no_ones_to_type(desk):
    with pytest.raises(UserError, match="不能直接改动"):
        desk.books.save(LeftDate(field="due_on"))


def test_a_rule_that_a_ticket_is_answered_by_stays(desk):
    rule = desk.limits.all()[2]
    desk.books.save(Ticket(content="路灯不亮", limit=rule))
    with pytest.raises(UserError, match="还有 1 条问题"):
        desk.books.remove(rule)
