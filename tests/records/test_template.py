from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import UserError
from desktop.records.template import fields_of, fill, unknown


def test_fields_are_named_once_in_order():
    assert fields_of("尊敬的{姓名}{ 称谓 }：{姓名} {{不是字段}}") == ("姓名", "称谓")


def test_values_go_in_literally():
    assert fill("{姓名}{{x}}", {"姓名": "{单位}<b>张三</b>%s\\1"}) == "{单位}<b>张三</b>%s\\1{x}"


@given(st.text(), st.text())
def test_any_value_survives(before, value):
    template = before.replace("{", "{{").replace("}", "}}") + "{名}"

    assert fill(template, {"名": value}) == before + value


def test_an_unknown_field_is_told_at_its_place():
    (fault,) = unknown("第一行\n请{性名}参加", {"姓名", "称谓"})

    assert (fault.name, fault.line, fault.column) == ("性名", 2, 2)
    assert "性名" in fault.message
    assert "第2行第2个字" in fault.message


@pytest.mark.parametrize("text", ["{姓名", "姓名}", "{姓{名}", "{姓\n名}", "{}"])
def test_an_unmatched_brace_is_told(text):
    assert unknown(text, {"姓名"})
    with pytest.raises(UserError, match="第1行"):
        fill(text, {"姓名": "张三", "名": "三"})
