from __future__ import annotations

from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.exchange.book import Book, Row, Sheet
from desktop.exchange.headings import fitting, letter, match, plain
from desktop.exchange.scan import Sort
from desktop.exchange.sheet_xml import column_of
from desktop.exchange.synonyms import EXTRAS
from desktop.records.base import kinds_of
from desktop.records.representatives import Representative
from desktop.records.staff import Staff

KINDS = kinds_of(Representative)
EXTRA = EXTRAS["representative"]


def sheet(*rows):
    return Sheet("名册", False, [Row(number, tuple(cells)) for number, cells in enumerate(rows, start=1)])


def fields(*headings, kinds=KINDS, extra=EXTRA):
    mapping = match(sheet(headings, ["x"] * len(headings)), kinds, extra=extra)
    return [column.field for column in mapping.columns]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("姓名", "full_name"), ("姓　名", "full_name"), (" 姓\n名*", "full_name"), ("full_name", "full_name"),
        ("出生年月", "born_on"), ("出生日期", "born_on"), ("生日", "born_on"), ("出生年月（19××.××）", "born_on"),
        ("单位", "unit"), ("所在单位", "unit"), ("工作单位", "unit"), ("单位职务", "post"), ("职 务", "post"),
        ("联系电话（手机）", "mobile"), ("手机号", "mobile"), ("联系方式", "mobile"), ("电话：", "mobile"),
        ("身份证号码", "id_number"), ("公民身份号码", "id_number"), ("身份证号", "id_number"),
        ("产生方式", "source"), ("来源", "source"), ("政治面貌", "party"), ("代表类别", "identities"),
        ("身份", "identities"), ("备注", "note"), ("称谓", "honorific"), ("内部标记", "restricted"),
        ("民族", "ethnicity"), ("选举单位", "electing_unit"), ("序号", None), ("邀请日期", None), ("（）", None),
    ],
)  # fmt: skip
def test_headings_are_matched_however_they_are_written(heading, field):
    other = "性别" if field == "full_name" else "姓名"

    assert fields(other, heading)[-1] == field


def test_every_label_and_every_id_is_its_own_heading():
    for model in (Representative, Staff):
        kinds = kinds_of(model)
        assert fields(*(kind.label for kind in kinds), kinds=kinds, extra=()) == [kind.name for kind in kinds]
        assert fields(*(kind.name for kind in kinds), kinds=kinds, extra=()) == [kind.name for kind in kinds]


def test_the_heading_is_found_under_titles_and_notes():
    mapping = match(
        sheet(
            ["开放日代表花名册", None, None],
            ["填报单位：县委组织部", None, "2026年9月1日"],
            ["序号", "姓 名", "性别"],
            [1.0, "张三", "男"],
        ),
        KINDS,
    )

    assert mapping.heading_row == 3
    assert [(column.letter, column.field) for column in mapping.columns] == [
        ("A", None), ("B", "full_name"), ("C", "sex"),
    ]  # fmt: skip
    assert mapping.fault() is None


def test_of_two_heading_rows_the_lower_one_names_the_columns():
    mapping = match(
        sheet(
            ["姓名", "性别", "联系方式", None], ["姓名", "性别", "手机", "通信地址"], ["张三", "男", "1", "x"]
        ),
        KINDS,
    )

    assert mapping.heading_row == 2
    assert [column.field for column in mapping.columns] == ["full_name", "sex", "mobile", "address"]


def test_the_sheet_that_has_the_names_is_taken_not_the_notes_before_it():
    notes = Sheet("填表说明", False, [Row(1, ("一、请认真填写",)), Row(2, ("二、手机必填",))])
    hidden = Sheet("底稿", True, sheet(["姓名"], ["张三"]).rows)
    roster = sheet(["姓名", "性别"], ["张三", "男"])

    assert fitting(Book(Path("a.xlsx"), Sort.XLSX, (notes, hidden, roster)), KINDS) is roster
    assert fitting(Book(Path("a.xlsx"), Sort.XLSX, (notes, hidden)), KINDS) is notes


def test_a_missing_required_column_and_a_doubled_one_are_told():
    missing = match(sheet(["性别", "单位"], ["男", "x"]), KINDS)
    doubled = match(sheet(["姓名", "性别", "姓 名"], ["张三", "男", "李四"]), KINDS)

    assert missing.missing_required == ("姓名",)
    assert "没有找到“姓名”列，请检查第 1 行" in str(missing.fault())
    assert [column.letter for column in doubled.ambiguous[0].columns] == ["A", "C"]
    assert doubled.fault().field == "full_name"


def test_what_the_clerk_chooses_goes_before_what_was_guessed():
    page = sheet(["姓名", "性别", "姓 名", "人员"], ["张三", "男", "李四", "王五"])

    settled = match(page, KINDS, overrides={2: None})
    other = match(page, KINDS, overrides={3: "full_name"})

    assert settled.fault() is None
    assert [column.field for column in settled.columns] == ["full_name", "sex", None, None]
    assert [column.field for column in other.columns] == [None, "sex", None, "full_name"]
    assert match(page, KINDS, heading_row=2).missing_required == ("姓名",)
    with pytest.raises(UserError, match="没有“shoe_size”这个字段"):
        match(page, KINDS, overrides={0: "shoe_size"})
    with pytest.raises(UserError, match="第 9 行是空行"):
        match(page, KINDS, heading_row=9)


def test_a_sheet_without_any_known_heading_shows_its_columns():
    mapping = match(sheet(["标题"], ["甲", "乙"], ["1", "2"]), KINDS)

    assert mapping.heading_row == 2
    assert [column.heading for column in mapping.columns] == ["甲", "乙"]
    with pytest.raises(UserError, match="没有数据"):
        match(sheet(), KINDS)


def test_letters_are_those_of_excel():
    assert [letter(index) for index in (0, 25, 26, 51, 701, 702, 16383)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "ZZ",
        "AAA",
        "XFD",
    ]
    assert all(column_of(letter(index)) == index for index in range(0, 16384, 7))


def test_plain_headings():
    assert plain("　姓\n 名（*）：") == "姓名"
