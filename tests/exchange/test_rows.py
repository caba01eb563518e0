from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import Cancelled, UserError
from desktop.exchange.book import CellError, Row, Sheet
from desktop.exchange.cells import shown
from desktop.exchange.headings import match
from desktop.exchange.rows import read_rows
from desktop.exchange.synonyms import EXTRAS
from desktop.records.base import kinds_of
from desktop.records.representatives import Identity, Representative
from desktop.records.staff import Unit

KINDS = kinds_of(Representative)
EXTRA = EXTRAS["representative"]


def parse(*rows, kinds=KINDS, extra=EXTRA, wide=(), date1904=False, watch=None):
    page = Sheet(
        "名册",
        False,
        [Row(number, tuple(cells)) for number, cells in enumerate(rows, start=1)],
        frozenset(wide),
        date1904,
    )
    return read_rows(page, match(page, kinds, extra=extra), kinds, extra=extra, watch=watch)


def value(heading, cell, **options):
    """Return what one cell under `heading` becomes, or the sentence of its fault."""
    parsed = parse(["姓名", heading], ["张三", cell], **options)
    if parsed.faults:
        return parsed.faults[0].message
    values = {field: value for field, value in parsed.rows[0].values.items() if field != "full_name"}
    return next(iter(values.values()), None)


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        (datetime.date(1967, 3, 5), "1967-03-05"), (datetime.datetime(1967, 3, 5, 8, 0), "1967-03-05"),
        (41527.5, "2013-09-10"), (41527.0, "2013-09-10"), (20130910.0, "2013-09-10"), (1967.0, "1967"),
        (1967.03, "1967-03"), (1967.12, "1967-12"), ("1967.03", "1967-03"), ("1967年3月", "1967-03"),
        ("１９６７／３／５", "1967-03-05"), ("", None), (None, None),
        (1967.1, "第 2 行 B 列（出生年月）“1967.1”是数字格式，分不清是 1 月还是 10 月，请写成 1967-01 或 1967-10 这样的文字"),
        ("1990年13月45日", "第 2 行 B 列（出生年月）“1990年13月45日”没有 13 月"),
        (200000.0, "第 2 行 B 列（出生年月）“200000”年份只有两位，无法确定是哪一年，请写成 2013-09-10 或 2013年9月10日"),
    ],
)  # fmt: skip
def test_dates(cell, kept):
    assert value("出生年月", cell) == kept


def test_a_serial_of_a_1904_workbook_counts_from_1904():
    assert value("出生年月", 40065.0, date1904=True) == "2013-09-10"


@pytest.mark.parametrize(
    ("heading", "cell", "kept"),
    [
        ("手机", 13900000001.0, "13900000001"), ("手机", "+86 139 0000 0001", "13900000001"),
        ("手机", "１３９００００００01", "13900000001"), ("手机", "133-2890-7500", "13328907500"),
        ("手机", 139000.0, "第 2 行 B 列（手机）“139000”不是电话号码，应为 11 位手机号或带区号的固定电话"),
        ("身份证号", "34012219691101215x", "34012219691101215X"),
        ("邮政编码", 230001.0, "230001"), ("职务", 3.5, "3.5"), ("职务", True, "是"),
        ("备注", datetime.date(2026, 9, 29), "2026-09-29"), ("备注", datetime.time(9, 30), "09:30"),
        ("备注", datetime.datetime(2026, 9, 29, 9, 30), "2026-09-29 09:30"),
        ("备注", datetime.timedelta(hours=26, minutes=5), "26:05"),
        ("产生方式", "单位推荐", "推荐"), ("产生方式", "本人报名", "自主报名"), ("产生方式", "邀请", "邀请"),
        ("性别", "男性", "男"), ("性别", "M", "男"), ("代表类别", "人大代表、基层党员", ("人大代表", "基层党员")),
        ("代表类别", "党代表/党代表 ; 群众", ("党代表", "群众")), ("代表层级", "县级、市级", "县级、市级"),
        ("职务", CellError("#N/A", "是表格里的错误值"), "第 2 行 B 列（职务）“#N/A”是表格里的错误值"),
        ("职务", CellError("", "公式没有计算结果"), "第 2 行 B 列（职务）公式没有计算结果"),
        ("性 别", "难", "第 2 行 B 列（性别）“难”没有“难”这一项，可填：男、女"),
    ],
)  # fmt: skip
def test_cells(heading, cell, kept):
    assert value(heading, cell) == kept


def test_an_id_number_kept_as_a_number_has_lost_its_last_digits():
    told = value("身份证号", 3.4012219800101e17)

    assert told.startswith(
        "第 2 行 B 列（身份证号）“3.4012219800101e+17”是数字格式，表格软件只保留 15 位，末几位已丢失"
    )
    assert "设为文本" in told


def test_a_row_with_a_fault_gives_all_its_faults_and_no_values():
    parsed = parse(["姓名", "性别", "手机"], [None, "难", "1x"], ["李四", "女", None])

    assert [row.number for row in parsed.rows] == [3]
    assert [(fault.row, fault.column, fault.field) for fault in parsed.faults] == [
        (2, "A", "full_name"), (2, "B", "sex"), (2, "C", "mobile"),
    ]  # fmt: skip
    assert parsed.faults[0].message == "第 2 行 A 列（姓名）不能为空"
    assert parsed.read == 2


def test_empty_cells_leave_their_fields_out_and_texts_say_what_stood_there():
    row = parse(["姓名", "称谓", "产生方式", "职务"], ["李　明", None, "单位推荐", " "]).rows[0]

    assert row.values == {"full_name": "李明", "source": "推荐"}
    assert row.texts == {"full_name": "李　明", "source": "单位推荐"}


def test_a_tag_in_the_remarks_stays_there_and_marks_the_person():
    parsed = parse(
        ["姓名", "备注", "内部标记"],
        ["甲", "信访户", None],
        ["乙", "信访户", "重点"],
        ["丙", "反映信访户的事", None],
    )

    assert [row.values.get("restricted") for row in parsed.rows] == ["信访户", "重点", None]
    assert parsed.rows[0].values["note"] == "信访户"


def test_rows_that_are_no_people_are_left_out_with_the_reason():
    head = ["序号", "姓名", "性别", "单位", "职务"]
    parsed = parse(
        ["花名册"], head, [1.0, "合欢", "女", "县医院", "医生"], ["一、县直单位"], [2.0, "总明", "男", None, None],
        head, [None, "（以下为第二批）"], [3.0, "丁一"], [4.0], ["合计：3人", None, None, None, "制表：组织科"],
        [None, "填表人:王五"], [None, "镇代表团"],
        wide=[12],
    )  # fmt: skip

    assert [row.values["full_name"] for row in parsed.rows] == ["合欢", "总明", "丁一"]
    assert parsed.faults == []
    assert [number for number, _ in parsed.ignored] == [4, 6, 7, 9, 10, 11, 12]
    reasons = dict(parsed.ignored)
    assert "不在任何要导入的列里" in reasons[4]
    assert reasons[6] == "是重复的标题行"
    assert "分段标题" in reasons[7]
    assert reasons[9] == "除序号外没有内容"
    assert "汇总或落款" in reasons[10]


def test_a_row_of_sums_is_no_person_however_much_of_it_is_filled():
    parsed = parse(
        ["序号", "姓名", "性别", "单位", "职务"],
        [1.0, "计小合", "女", "县医院", "医生"],
        ["合计", "7人", "男4人", "女3人", None],
        [None, "总 计", "男4人", "5个单位", "7"],
    )

    assert [row.values["full_name"] for row in parsed.rows] == ["计小合"]
    assert parsed.faults == []
    assert [number for number, _ in parsed.ignored] == [3, 4]


def test_a_heading_alone_and_an_unsettled_mapping_are_refused():
    with pytest.raises(UserError, match="只有标题行"):
        parse(["姓名", "性别"])
    with pytest.raises(UserError, match="没有找到“姓名”列"):
        parse(["性别", "单位"], ["男", "x"])
    with pytest.raises(UserError, match="都像是“姓名”"):
        parse(["姓名", "性别", "姓名"], ["张三", "男", "李四"])


def test_reading_can_be_stopped_and_tells_how_far_it_is():
    seen = []
    rows = [["姓名"], *(["张三"] for _ in range(1200))]
    parse(*rows, watch=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 1200), (500, 1200), (1000, 1200), (1200, 1200)]

    def stop(done, total):
        raise Cancelled

    with pytest.raises(Cancelled):
        parse(*rows, watch=stop)


def test_other_kinds_go_the_same_way_and_links_bring_their_text():
    units = parse(["名称", "简称", "排序"], ["县人民医院", "县医院", 3.0], kinds=kinds_of(Unit), extra=())
    identity = parse(
        ["代表", "身份", "任职起"], ["张三", "党代表", 41527.0], kinds=kinds_of(Identity), extra=()
    )

    assert units.rows[0].values == {"name": "县人民医院", "short_name": "县医院", "position": 3}
    assert identity.rows[0].values == {
        "representative": "张三", "sort": "党代表", "since": datetime.date(2013, 9, 10),
    }  # fmt: skip


cells = st.one_of(
    st.none(), st.text(max_size=30), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.times(), st.timedeltas(),
    st.integers(), st.builds(CellError, st.text(max_size=5), st.just("是表格里的错误值")),
)  # fmt: skip


@given(st.lists(st.lists(cells, min_size=5, max_size=5), min_size=1, max_size=5))
def test_whatever_stands_in_a_cell_becomes_a_value_or_a_fault(rows):
    parsed = parse(["姓名", "出生年月", "手机", "身份证号", "性别"], *rows, ["张三"])
    places = [row.number for row in parsed.rows] + [fault.row for fault in parsed.faults]
    places += [number for number, _ in parsed.ignored]
    assert set(places) <= set(range(2, len(rows) + 3))
    for cell in (cell for row in rows for cell in row):
        assert isinstance(shown(cell), str)
