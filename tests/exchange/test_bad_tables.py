from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.exchange import headings, rows
from desktop.exchange.book import Book
from desktop.exchange.reader import open_book
from desktop.exchange.synonyms import EXTRAS
from desktop.records.base import kinds_of
from desktop.records.representatives import Representative
from tests.exchange.table_files import BAD, DATA, sheet, xlsx

KINDS = kinds_of(Representative)
EXTRA = EXTRAS["representative"]
SECONDS = 5
MEGABYTES = 500
ROOT = Path(__file__).parents[2]


def read(path: Path) -> tuple[Book, rows.Parsed]:
    began = time.monotonic()
    try:
        book = open_book(path)
        first = book.sheet()
        mapping = headings.match(first, KINDS, extra=EXTRA)
        return book, rows.read_rows(first, mapping, KINDS, extra=EXTRA)
    finally:
        assert time.monotonic() - began < SECONDS


@pytest.mark.parametrize(
    ("file", "count", "faulty"),
    [
        ("xlsx/ok_20.xlsx", 20, []),
        ("xlsx/merged_title_footer.xlsx", 6, []),
        ("xlsx/hidden_rows_cols_sheet.xlsx", 4, []),
        ("xlsx/date1904.xlsx", 1, []),
        ("xlsx/phones_ids.xlsx", 7, [8, 9]),
        ("xlsx/formulas_errors.xlsx", 0, [2, 3, 4]),
        ("xlsx/far_cell_XFD1048576.xlsx", 1, []),
        ("xlsx/rows_1M_blank.xlsx", 1, []),
        ("xlsx/zip_slip.xlsx", 20, []),
        ("xls/real.xls", 5, []),
        ("xls/xls_renamed.xlsx", 5, []),
        ("xls/xlsx_renamed.xls", 20, []),
        ("csv/gbk.csv", 5, []),
        ("csv/utf8.csv", 5, []),
        ("csv/utf16le_bom.csv", 5, []),
        ("csv/mixed_newlines.csv", 3, []),
        ("csv/quoted_newline_comma.csv", 1, []),
        ("csv/excel_sep.csv", 5, []),
        ("csv/leading_zero_id.csv", 1, []),
    ],
)
def test_what_can_be_read_is_read(file, count, faulty):
    _, parsed = read(BAD / file)

    assert len(parsed.rows) == count
    assert sorted({fault.row for fault in parsed.faults}) == faulty


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("xlsx/empty_sheets.xlsx", "没有数据"),
        ("xlsx/header_only.xlsx", "只有标题行"),
        ("xlsx/headers_odd.xlsx", "A 列“姓 名”和J 列“姓 名”都像是“姓名”"),
        ("xlsx/bad_sheet_xml.xlsx", "已损坏"),
        ("xlsx/billion_laughs.xlsx", "自定义实体"),
        ("xlsx/bomb_300MB.xlsx", "314 MB，超过上限 200 MB"),
        ("xlsx/zero.xlsx", "文件是空的"),
        ("xlsx/random.xlsx", "不是表格文件"),
        ("xlsx/truncated.xlsx", "文件不完整"),
        ("xlsx/pdf_renamed.xlsx", "PDF"),
        ("xlsx/~$ok_20.xlsx", "去掉“~$”"),
        ("xls/html_as.xls", "网页格式"),
        ("csv/big5.csv", "选择编码"),
        ("csv/gbk_with_one_bad_byte.csv", "第 7 行"),
        ("csv/utf8_cut_mid_char.csv", "第 6 行"),
        ("csv/unclosed_quote.csv", "第 2 行的双引号"),
        ("csv/fullwidth_comma.csv", "全角逗号"),
        ("csv/zero.csv", "文件是空的"),
        ("csv/bom_only.csv", "文件是空的"),
        ("csv/nul_bytes.csv", "第 2 行起的内容含有空字符（NUL）"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(file, told):
    with pytest.raises(UserError) as refused:
        read(BAD / file)

    assert told in refused.value.message
    assert "\n" not in refused.value.message


def test_every_bad_file_is_judged_above():
    told = {
        Path(case[0]).name
        for marks in (test_what_can_be_read_is_read, test_what_cannot_be_read_is_refused_in_a_sentence)
        for case in marks.pytestmark[0].args[1]
    }
    others = {"hostile_strings.xlsx"}

    assert {
        path.name for folder in ("xlsx", "xls", "csv") for path in (BAD / folder).iterdir()
    } == told | others


def test_the_notes_name_what_was_hidden_or_left_out():
    hidden = open_book(BAD / "xlsx/hidden_rows_cols_sheet.xlsx")
    far = open_book(BAD / "xlsx/far_cell_XFD1048576.xlsx")

    assert "1 个隐藏行（第 3 行）" in hidden.notes[0]
    assert "F 列是隐藏的" in hidden.notes[1]
    assert "“隐藏”是隐藏的，不会自动导入" in hidden.notes[2]
    assert far.notes == ("工作表“Sheet”中 XFD1048576 远离名单，没有读入",)


def test_a_date_of_1904_is_the_day_typed():
    cells = open_book(BAD / "xlsx/date1904.xlsx").sheet().rows[1].cells

    assert str(cells[7]) == "2013-09-10"


def test_hostile_texts_come_in_as_they_are_or_are_refused_for_their_length():
    book, parsed = read(BAD / "xlsx/hostile_strings.xlsx")

    assert parsed.read == 49
    names = {row.number: row.values["full_name"] for row in parsed.rows}
    assert names[2] == "<b>张三</b>"
    assert names[6] == "A&B 公司"
    assert names[45] == "'; drop table person;--"
    assert {fault.row for fault in parsed.faults} == {10, 13, 14, 23, 33, 34, 35, 37, 38}
    assert all("最多 50 个字" in fault.message or "不能为空" in fault.message for fault in parsed.faults)
    assert book.notes == ()


def test_a_row_with_nul_bytes_is_refused(tmp_path):
    path = tmp_path / "nul.csv"
    path.write_bytes("姓名,职务\r\n张三,\0主任\r\n李四,书记\r\n".encode())

    _, parsed = read(path)

    assert [row.values["full_name"] for row in parsed.rows] == ["李四"]
    assert [fault.message for fault in parsed.faults] == ["第 2 行 A 列（姓名）“张三”所在行含有空字符（NUL）"]


def test_a_huge_field_is_told_with_its_line(tmp_path):
    path = tmp_path / "huge.csv"
    path.write_text(f"姓名,备注\n张三,{'x' * 2_000_000}\n", encoding="utf-8")

    with pytest.raises(UserError, match="第 2 行有一格超过 131072 字"):
        open_book(path)


@pytest.mark.parametrize(
    "file",
    [
        "far_cell_XFD1048576.xlsx",
        "bomb_300MB.xlsx",
        "rows_1M_blank.xlsx",
        "billion_laughs.xlsx",
        "ok_20.xlsx",
    ],
)
def test_the_reading_process_stays_small(file):
    """Asked in a process of its own: a child's peak counts that of the process it was forked from."""
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from desktop.errors import UserError; from desktop.exchange.reader import open_book\n"
        "try: open_book(Path(sys.argv[1]))\n"
        "except UserError: pass\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    found = BAD / "xlsx" / file
    done = subprocess.run(
        [sys.executable, "-c", code, str(found)], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert int(done.stdout) < MEGABYTES * 1024, done.stderr


def names(count: int) -> str:
    return sheet(
        "".join(f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>' for number in range(1, count + 2))
    )


def test_100_000_rows_are_read_and_more_are_refused_with_their_number(tmp_path):
    book = open_book(xlsx(tmp_path / "most.xlsx", names(100_000)))
    assert len(book.sheet().rows) == 100_001

    with pytest.raises(UserError, match="120001 行，超过上限 100000 行"):
        open_book(xlsx(tmp_path / "many.xlsx", names(120_000)))


def test_the_roster_of_feidong_comes_in_with_its_two_bad_rows():
    _, parsed = read(DATA / "samples/花名册.xlsx")

    assert (parsed.read, len(parsed.rows)) == (80, 78)
    assert [row for row, _ in parsed.ignored] == [45, 87]
    assert "（以下为第二批）" in parsed.ignored[0][1]
    assert [fault.message for fault in parsed.faults] == [
        "第 84 行 B 列（姓名）不能为空",
        "第 85 行 E 列（出生年月）“1990年13月45日”没有 13 月",
        "第 85 行 J 列（联系电话）“139000”不是电话号码，应为 11 位手机号或带区号的固定电话",
        "第 85 行 K 列（身份证号码）“340122199001011234”校验位不对，请核对证件",
    ]
    values = {row.number: row.values for row in parsed.rows}
    assert values[4] == {
        "full_name": "欧阳重庆", "sex": "男", "ethnicity": "汉族", "born_on": "1992-08-20", "party": "群众",
        "unit": "县人民医院", "post": "教师", "identities": ("村两委干部", "机关干部"),
        "mobile": "17593959835", "source": "邀请",
    }  # fmt: skip
    assert (values[5]["mobile"], values[5]["source"]) == ("15980360189", "推荐")
    assert (values[6]["mobile"], values[8]["born_on"]) == ("13682550793", "1970-12")
    assert (values[8]["mobile"], values[7]["born_on"]) == ("17872497886", "1965-07-14")
    assert (values[18]["full_name"], values[19]["full_name"]) == ("李明", "张平")
    assert (values[37]["note"], values[37]["restricted"]) == ("信访户", "信访户")
    assert "restricted" not in values[38]


@pytest.mark.parametrize(("sample", "count"), [("推荐人选.xlsx", 36), ("推荐人选-千人.xlsx", 1000)])
def test_the_nominations_come_in_whole(sample, count):
    _, parsed = read(DATA / "samples" / sample)

    assert (len(parsed.rows), parsed.faults, parsed.ignored) == (count, [], [])
    assert parsed.rows[0].values["electing_unit"] == "第1选举单位"
