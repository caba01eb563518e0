"""Every kind: what is shown can be typed again, and what can't be kept is told in Chinese."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import UserError
from desktop.records import cleaning
from desktop.records.base import kinds_of
from desktop.records.catalogue import by_kind
from desktop.records.open_days import OpenDay
from desktop.records.representatives import Representative

CORPUS = json.loads((Path(__file__).parent.parent / "data" / "badinput" / "manifest.json").read_text("utf-8"))
DATES = {entry["value"]: entry["right"] for entry in CORPUS if entry["cls"] == "date"}
IDENTIFIERS = {entry["id"]: entry for entry in CORPUS if entry["cls"] == "identifier"}


def kept(kind, text):
    value = kind.parse(text)
    kind.check(value)
    return value


@pytest.mark.parametrize(("typed", "right"), DATES.items())
def test_a_date_is_read_in_one_way_or_asked_about(typed, right):
    kind = OpenDay.held_on
    if right[:4].isdigit():
        assert kept(kind, typed) == datetime.date.fromisoformat(right[:10])
    elif right.startswith("accept"):
        assert kept(kind, typed) == datetime.date(2027, 1, 4)
    else:
        with pytest.raises(UserError) as told:
            kept(kind, typed)
        assert told.value.field == "held_on"
        assert "日期" in told.value.message


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("1967年3月", "1967-03"),
        ("1967", "1967"),
        ("1967.3", "1967-03"),
        ("二〇一三年九月十日", "2013-09-10"),
        ("", ""),
    ],
)
def test_a_birth_date_keeps_the_precision_it_is_known_to(typed, known):
    assert kept(Representative.born_on, typed) == known


@pytest.mark.parametrize(
    ("entry", "number"),
    [
        ("phone_0086", "13900000001"),
        ("phone_hyphen", "13900000001"),
        ("phone_fullwidth", "13900000001"),
        ("phone_float", "13900000001"),
        ("phone_landline", "0551-6123456转801"),
        ("phone_two", "13900000001、13900000002"),
        ("phone_sci", None),
        ("phone_10", None),
        ("phone_kou", None),
        ("phone_arabic", None),
    ],
)
def test_a_telephone_number_is_normalized_or_refused(entry, number):
    typed = IDENTIFIERS[entry]["value"]
    if number:
        assert kept(Representative.mobile, typed) == number
    else:
        with pytest.raises(UserError, match="手机"):
            kept(Representative.mobile, typed)


@pytest.mark.parametrize("entry", [name for name in IDENTIFIERS if name.startswith("id_")])
def test_an_id_number_is_verified(entry):
    typed, right = IDENTIFIERS[entry]["value"], IDENTIFIERS[entry]["right"]
    if right.startswith("strip"):
        assert Representative.id_number.parse(typed) == typed.replace(" ", "")
    elif right.startswith(("accept", "upper")):
        number = kept(Representative.id_number, typed)
        assert len(number) == 18
        assert number == number.upper()
    else:
        with pytest.raises(UserError, match="身份证号"):
            kept(Representative.id_number, typed)


def test_numbers_are_masked_in_lists():
    assert Representative.mobile.masked_text("13905518000") == "139****8000"
    assert Representative.id_number.masked_text("340122197702254413") == "3****13"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("李　明", "李明"),
        (" 张\u00a0三 ", "张三"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("于U+2CC56", "于𬱖"),
        ("ｕ＋２ＣＣ５６伟", "𬱖伟"),
        ("U+E863", "䶮"),
        ("王U+0041", "王U+0041"),
        ("U+D842U+FFFFF", "U+D842U+FFFFF"),
        ("张\u200b三\ufeff", "张三"),
        ("张\x00三", "张三"),
        ("张\ud800三", "张三"),
        ("\ue863", "䶮"),
        ("⼀", "一"),
        ("Ａnna  Ｌee", "Anna Lee"),
        ("<b>张三", "<b>张三"),
        ("'; drop table person;--", "'; drop table person;--"),
    ],
)
def test_a_name_is_kept_as_typed_but_for_what_cannot_be_seen(typed, stored):
    assert kept(Representative.full_name, typed) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("汉", "汉族"), (" 维吾尔 ", "维吾尔族"), ("汉族", "汉族"), ("穿青人", "穿青人"), ("", "")],
)
def test_a_nation_has_its_whole_name(typed, stored):
    assert kept(Representative.ethnicity, typed) == stored


def test_a_name_beyond_the_limit_is_refused_with_the_limit():
    with pytest.raises(UserError, match="最多 50 个字，现有 10000 个字"):
        kept(Representative.full_name, "张" * 10_000)


@pytest.mark.parametrize(
    ("typed", "time"), [("9点", "09:00"), ("下午2点半", "14:30"), ("９：５", "09:05"), ("", "")]
)
def test_a_time_of_day(typed, time):
    assert kept(OpenDay.starts_at, typed) == time


@pytest.mark.parametrize("typed", ["25:00", "九点", "9:75"])
def test_what_is_no_time_of_day_is_refused(typed):
    with pytest.raises(UserError, match="时间"):
        kept(OpenDay.starts_at, typed)


SHOWABLE = [
    (model.kind, kind.name)
    for model in by_kind().values()
    for kind in kinds_of(model)
    if type(kind).__name__ in ("Text", "Name", "Prose", "Listed")
]


@pytest.mark.parametrize(("record", "field"), SHOWABLE)
@given(text=st.text(max_size=60))
def test_what_is_shown_can_be_typed_again(record, field, text):
    kind = getattr(by_kind()[record], field)
    once = kind.parse(text)
    assert kind.parse(kind.show(once)) == once


@given(day=st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31)))
def test_every_day_shown_can_be_typed_again(day):
    assert OpenDay.held_on.parse(OpenDay.held_on.show(day)) == day


def test_marks_inside_quotation_marks_become_inner_ones():
    assert cleaning.quoted("共话“家门口”的组织工作") == "“共话‘家门口’的组织工作”"


@pytest.mark.parametrize(
    "code", [0xFDD0, 0xFDEF, *(plane << 16 | 0xFFFE | at for plane in range(17) for at in (0, 1))]
)
def test_a_noncharacter_is_dropped(code):
    text = f"王{chr(code)}五"
    assert cleaning.person_name(text) == cleaning.one_line(text) == cleaning.many_lines(text) == "王五"
