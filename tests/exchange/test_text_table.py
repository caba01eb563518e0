from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import UserError
from desktop.exchange.book import CellError
from desktop.exchange.text_table import decoded, looks_like_big5, read_text
from tests.exchange.table_files import BAD

ROSTER = "姓名,工作单位,职务\n张国强,店埠镇中心学校,教师\n李燚,县人民医院,医生\n"


def rows(path, content, encoding="utf-8"):
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return [(row.number, row.cells) for row in read_text(path).sheet().rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_the_encoding_is_found(tmp_path, encoding):
    told = rows(tmp_path / "a.csv", ROSTER, encoding)

    assert told[2] == (3, ("李燚", "县人民医院", "医生"))


def test_a_traditional_file_is_asked_for_and_read_as_chosen(tmp_path):
    text = "姓名,單位,職務\n張國強,縣人民醫院,醫生\n"
    with pytest.raises(UserError, match="选择编码"):
        rows(tmp_path / "a.csv", text, "cp950")

    assert read_text(tmp_path / "a.csv", encoding="big5").sheet().rows[1].cells == (
        "張國強",
        "縣人民醫院",
        "醫生",
    )
    with pytest.raises(UserError, match="没有“latin-1”这种编码"):
        decoded(b"x", "latin-1")


@pytest.mark.parametrize(
    "text",
    [
        "姓名,职务\n陈喆堃,主任\n赵龑,书记\n",
        "姓名\n镕\n",
        "阿依古丽·买买提,中共党员\n",
        "序号,姓名\n1,王𠅤\n",
        "党员",
        "備註,說明\n",  # traditional words in GBK: said in a mainland encoding, and Big5 can't be it
    ],
)
def test_rosters_in_gb_are_never_taken_for_big5(text):
    assert not looks_like_big5(text.encode("gb18030"))


LEVEL_ONE = [
    character
    for lead in range(0xB0, 0xD8)
    for trail in range(0xA1, 0xFF)
    if len(character := bytes((lead, trail)).decode("gb2312", "ignore")) == 1
]
"""The 3,755 usual characters of GB2312."""


@given(st.text(st.sampled_from(LEVEL_ONE), min_size=1, max_size=80))
def test_simplified_texts_are_never_taken_for_big5(text):
    assert not looks_like_big5(text.encode("gb18030"))


def test_traditional_texts_are_suspected():
    for text in ("姓名,電話\n張三,1", "縣委組織部開放日活動代表花名冊", "黨代表,人大代表,政協委員\n"):
        assert looks_like_big5(text.encode("cp950"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(tmp_path, delimiter):
    text = ROSTER.replace(",", delimiter).replace("教师", '"教师,兼;任\t"')

    assert rows(tmp_path / "a.csv", text)[1][1] == ("张国强", "店埠镇中心学校", "教师,兼;任\t")


def test_the_sep_line_is_no_row_and_lines_count_on(tmp_path):
    assert rows(tmp_path / "a.csv", f"sep=;\r\n{ROSTER.replace(',', ';')}")[0] == (
        1,
        ("姓名", "工作单位", "职务"),
    )
    assert rows(tmp_path / "a.csv", f"sep=\t\n{ROSTER.replace(',', chr(9))}")[1][1][0] == "张国强"
    with pytest.raises(UserError, match="第 4 行的双引号") as told:
        rows(tmp_path / "a.csv", 'sep=,\na,b\n1,2\n"3,4\n')
    assert told.value.row == 4


def test_quotes_keep_commas_and_lines_and_blank_rows_count(tmp_path):
    told = rows(tmp_path / "a.csv", '姓名,备注\n\n"张三","一\n二,三""四"""\n,,\n李四,\n')

    assert told == [(1, ("姓名", "备注")), (3, ("张三", '一\n二,三"四"')), (5, ("李四", None))]


def test_a_quote_that_swallows_many_lines_is_told(tmp_path):
    with pytest.raises(UserError, match="第 2 行的双引号"):
        rows(tmp_path / "a.csv", 'a,b\n"x,1\n' + "y,2\n" * 150 + 'z,"3\n')


def test_numbers_stay_texts(tmp_path):
    assert rows(tmp_path / "a.csv", "姓名,身份证号\n张三,00123\n")[1][1] == ("张三", "00123")


def test_nul_bytes_mark_their_row_only(tmp_path):
    told = rows(tmp_path / "a.csv", b"a,b\n1,\0\n2,3\n")

    assert told[1][1] == (CellError("1", "所在行含有空字符（NUL）"), CellError("", "所在行含有空字符（NUL）"))
    assert told[2][1] == ("2", "3")


def test_one_column_of_names_needs_no_delimiter(tmp_path):
    assert rows(tmp_path / "a.csv", "姓名\n张三\n李四\n") == [(1, ("姓名",)), (2, ("张三",)), (3, ("李四",))]


def test_too_many_lines_are_refused_with_their_number(tmp_path):
    with pytest.raises(UserError, match="有 100021 行，超过上限 100000 行"):
        rows(tmp_path / "a.csv", "姓名\n" + "张三\n" * 100_020)


def test_bad_bytes_in_the_sample_name_the_encoding():
    with pytest.raises(UserError, match="GB18030") as told:
        decoded((BAD / "csv/gbk_with_one_bad_byte.csv").read_bytes())
    assert told.value.row == 7


def test_a_table_of_blanks_of_any_sort_is_told_as_empty(tmp_path):
    for number, blanks in enumerate(("\x0b", "\n\x0c\n", "\u3000\n\u2003")):
        place = tmp_path / f"{number}.csv"
        place.write_text(blanks, encoding="utf-8")
        with pytest.raises(UserError):
            read_text(place)
