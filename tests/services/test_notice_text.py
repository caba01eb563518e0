"""The text of a notice, read literally and checked by its own weekdays and totals."""

from __future__ import annotations

import datetime

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import UserError
from desktop.services.notice_text import read_notice

day = datetime.date.fromisoformat
NOTICE_2026 = """国务院办公厅关于2026年部分节假日安排的通知
国办发明电〔2025〕7号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
　　经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
　　一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
　　二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
　　三、清明节：4月4日（周六）至6日（周一）放假，共3天。
　　四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
　　五、端午节：6月19日（周五）至21日（周日）放假，共3天。
　　六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
　　七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
　　节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。
　　国务院办公厅
　　2025年11月4日"""
NOTICE_2024 = """国务院办公厅关于2024年部分节假日安排的通知
国办发明电〔2023〕7号
一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。"""
NOTICE_2023 = """2023年部分节假日安排
一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。
二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。
三、清明节：4月5日放假，共1天。
四、劳动节：4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。
五、端午节：6月22日至24日放假调休，共3天。6月25日（星期日）上班。
六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。"""
NOTICE_2008 = """国务院办公厅关于2008年部分节假日安排的通知 国办发明电〔2007〕62号
（一）元旦：2007年12月30日－2008年1月1日放假，共3天。其中，1月1日(星期二)为法定节假日，12月30日(星期日)为公休日，12月29日(星期六)公休日调至12月31日(星期一)，12月29日(星期六)上班。
（二）春节：2月6日－12日(农历除夕至正月初六)放假，共7天。其中，2月9日(星期六)、2月10日(星期日)照常公休，2月2日(星期六)、2月3日(星期日)两个公休日调至2月11日(星期一)、2月12日(星期二)，2月2日(星期六)、2月3日(星期日)上班。"""
CHANGED_2019 = """国务院办公厅关于调整2019年劳动节假期安排的通知
国办发明电〔2019〕3号
经国务院批准，将2019年劳动节放假安排调整为：2019年5月1日至4日放假调休，共4天。4月28日（星期日）、5月5日（星期日）上班。"""


@pytest.mark.parametrize(
    ("text", "year", "number", "whole_year"),
    [
        (NOTICE_2026, 2026, "国办发明电〔2025〕7号", True),
        (NOTICE_2024, 2024, "国办发明电〔2023〕7号", True),
        (NOTICE_2023, 2023, "2023年放假通知", True),
        (NOTICE_2008, 2008, "国办发明电〔2007〕62号", False),
        (CHANGED_2019, 2019, "国办发明电〔2019〕3号", False),
    ],
)
def test_real_notices_are_read_as_they_were_meant(text, year, number, whole_year):
    notice = read_notice(text)

    assert (notice.year, notice.source, notice.faults) == (year, number, [])
    for line in notice.days:
        assert chinese_calendar.is_workday(line.date) == (line.sort == "补班"), line
    if whole_year:
        told = {line.date for line in notice.days}
        days = [datetime.date(year, 1, 1) + datetime.timedelta(n) for n in range(365)]
        moved = {one for one in days if chinese_calendar.is_workday(one) != (one.weekday() < 5)}
        assert moved <= told


def test_every_line_has_its_festival():
    by_date = {line.date: line for line in read_notice(NOTICE_2026).days}

    assert by_date[day("2026-10-10")].name == "国庆节"
    assert by_date[day("2026-10-10")].sort == "补班"
    assert read_notice(NOTICE_2023).days[-1].name == "中秋节、国庆节"


def test_what_is_only_encouraged_is_told_and_not_kept():
    notice = read_notice(NOTICE_2024)

    assert day("2024-02-09") not in {line.date for line in notice.days}
    assert "提倡" in notice.notes[0]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("一、元旦：1月1日（周四）至3日放假，共3天。", "是周五，通知写作“周四”"),
        ("一、元旦：1月1日至3日放假，共4天。", "共 4 天，读到 3 天"),
        ("一、元旦：1月1日放假。1月4日上班。", "2027-01-04 是周一，本来就上班"),
        ("一、清明节：4月31日放假。4月5日放假。", "没有“4月31日”"),
        ("一、元旦：13月1日放假。1月1日放假。", "没有这个月"),
        ("一、元旦：1月1日放假。1月1日上班。1月2日放假。", "一处写放假、一处写上班"),
        ("一、元旦：1月1日放假。1月3日另行通知。", "没有看懂"),
        ("一、元旦：1日至3日放假。2月1日放假。", "没有写月份"),
        ("一、国庆节：10月1日至12月1日放假。10月1日放假。", "不像一个假期"),
        ("一、国庆节：2037年10月1日放假。10月1日放假。", "请核对年份"),
    ],
)
def test_what_does_not_agree_is_told(line, told):
    assert any(told in fault for fault in read_notice(line, year=2027).faults)


def test_lines_may_wrap_and_lack_their_full_stops():
    notice = read_notice(
        "2027年放假安排\n元旦：1月1日至\n3日放假\n共3天\n春节：2月5日至11日放假2月14日（周日）上班", None
    )

    assert [line.date.isoformat()[5:] for line in notice.days[:3]] == ["01-01", "01-02", "01-03"]
    assert [line.sort for line in notice.days][-2:] == ["放假", "补班"]


def test_a_new_year_begun_in_december_is_the_year_befores():
    notice = read_notice("一、元旦：12月30日至1月1日放假，共3天。12月29日（周六）上班。", year=2019)

    assert [line.date for line in notice.days] == [
        day("2018-12-29"), day("2018-12-30"), day("2018-12-31"), day("2019-01-01"),
    ]  # fmt: skip
    assert notice.faults == []


@pytest.mark.parametrize(
    ("text", "year", "told"),
    [
        ("", None, "没有读到放假安排"),
        ("今天天气很好", None, "没有读到放假安排"),
        ("一、元旦：1月1日放假。", None, "没有写明是哪一年"),
        ("1900年放假安排 一、元旦：1月1日放假。", 1900, "不在 1990"),
        ("一、元旦：放假一天。", 2027, "没有读到放假或上班的日期"),
        ("字" * 30_000, 2027, "只粘贴通知正文"),
    ],
)
def test_what_is_no_notice_is_refused_with_a_sentence(text, year, told):
    with pytest.raises(UserError, match=told):
        read_notice(text, year)


@given(st.text(alphabet="一二、元旦春节：:月日年放假上班，。()（）至-123 02027\n周四共天", max_size=80))
def test_no_text_is_too_strange(text):
    try:
        notice = read_notice(text, 2027)
    except UserError:
        return
    assert notice.days
