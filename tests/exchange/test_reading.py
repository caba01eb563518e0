from __future__ import annotations

import datetime
import os
import pickle
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import Cancelled, TroubleError, UserError
from desktop.exchange import biff, limits, reader
from desktop.exchange.book import CellError
from desktop.exchange.reader import open_book
from tests.exchange.table_files import BAD, DATA, MAIN, cell, roster, sheet, xlsx


def no_children_left() -> bool:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return True
    return False


def test_rows_keep_the_numbers_and_columns_that_excel_shows(tmp_path):
    path = xlsx(
        tmp_path / "off.xlsx",
        sheet(f'<row r="5">{cell("C5", "甲")}</row><row r="9">{cell("B9", "乙")}</row>'),
    )

    rows = open_book(path).sheet().rows

    assert [(row.number, row.cells) for row in rows] == [(5, (None, None, "甲")), (9, (None, "乙", None))]


def test_a_merged_unit_stands_in_every_row_and_a_title_in_one():
    rows = {row.number: row.cells for row in open_book(BAD / "xlsx/merged_title_footer.xlsx").sheet().rows}

    assert [rows[number][2] for number in range(3, 9)] == ["南七街道丁香社区"] * 6
    assert rows[1][1:] == (None,) * 7
    assert rows[9][2] is None


def test_errors_and_uncalculated_formulas_are_seen_and_empty_results_are_not_faults(tmp_path):
    body = (
        '<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1"><f>A1+1</f></c>'
        '<c r="C1" t="str"><f>""</f><v></v></c><c r="D1"><f>1+1</f><v>2</v></c></row>'
        '<row r="3"><c r="A3"><f>B1</f><v></v></c></row>'
    )
    rows = open_book(xlsx(tmp_path / "formulas.xlsx", sheet(body))).sheet().rows

    assert rows[0].cells[0] == CellError("#N/A", "是表格里的错误值")
    assert rows[0].cells[1] == CellError("", "公式没有计算结果")
    assert rows[0].cells[2:4] == (None, 2.0)
    assert rows[1].number == 3
    assert isinstance(rows[1].cells[0], CellError)


@pytest.mark.parametrize("address", ["XFD1048576", "ZZ3", "C900000", "GS2000", "A1048576"])
def test_a_cell_far_away_is_left_out_with_a_note(tmp_path, address):
    number = int("".join(filter(str.isdigit, address)))
    body = f'{roster(3)}<row r="{number}">{cell(address, "x")}</row>'
    book = open_book(xlsx(tmp_path / "far.xlsx", sheet(body)))

    assert len(book.sheet().rows) == 4
    assert book.notes == (f"工作表“表1”中 {address} 远离名单，没有读入",)


def test_cells_written_in_unusual_ways_are_found_all_the_same(tmp_path):
    far = "<row r='1048576'><c s='0' r = 'XFD1048576' t='inlineStr'><is><t>x</t></is></c></row>"
    without_address = '<row><c t="inlineStr"><is><t>赵六</t></is></c></row>'
    book = open_book(xlsx(tmp_path / "odd.xlsx", sheet(roster(2) + without_address + far)))

    assert [row.number for row in book.sheet().rows] == [1, 2, 3, 4]
    assert book.sheet().rows[3].cells[0] == "赵六"
    assert book.notes


def test_a_table_of_more_than_200_columns_is_refused_with_their_number(tmp_path):
    path = tmp_path / "wide.csv"
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path.with_suffix(".xlsx")))
    book.add_worksheet().write_row(0, 0, [f"栏{index}" for index in range(230)])
    book.close()

    with pytest.raises(UserError, match="230 列，超过上限 200 列"):
        open_book(path.with_suffix(".xlsx"))


@pytest.mark.parametrize(
    ("body", "extra", "told"),
    [
        (
            f"<worksheet><sheetData>{roster(2)}</sheetData><sheetData>{roster(9)}</sheetData></worksheet>",
            {},
            "已损坏",
        ),
        (f"<worksheet><sheetData>{roster(2)}", {}, "已损坏"),
        (sheet(roster(5)).replace("</is></c>", "</is>", 1), {}, "已损坏"),
        (sheet(roster(2) + "<!-- <c -->"), {}, "已损坏"),
        (sheet(roster(2)), {"xl/sharedStrings.xml": '<!DOCTYPE a [<!ENTITY b "c">]><sst/>'}, "自定义实体"),
        (sheet(roster(2)), {"xl/_rels/workbook.xml.rels": "<a>"}, "已损坏"),
        (sheet(f'<row r="1">{cell("A1", "长" * 1_500_000)}</row>'), {}, "内容过长"),
        (sheet(roster(2)), {"xl/workbook.bin": "x"}, "xlsb"),
    ],
)
def test_damaged_and_hostile_parts_are_refused_whole(tmp_path, body, extra, told):
    with pytest.raises(UserError, match=told):
        open_book(xlsx(tmp_path / "bad.xlsx", body, extra=extra))


def test_a_cell_far_away_within_the_limits_is_left_out_too(tmp_path):
    path = xlsx(tmp_path / "sparse.xlsx", sheet(f'{roster(1)}<row r="109000">{cell("GR109000", "x")}</row>'))

    assert open_book(path).notes == ("工作表“表1”中 GR109000 远离名单，没有读入",)


@pytest.mark.parametrize(
    "code", ["import os; os.abort()", "import sys; sys.exit(3)", "print('x' * 100)", "pass"]
)
def test_a_fall_of_the_reading_process_is_one_sentence(tmp_path, monkeypatch, code):
    monkeypatch.setattr(reader, "child_command", lambda: [sys.executable, "-c", code])
    path = xlsx(tmp_path / "fallen.xlsx", sheet(roster(1)))

    with pytest.raises(UserError, match=r"fallen\.xlsx”时出了问题"):
        open_book(path)
    assert no_children_left()


def test_a_workbook_that_needs_too_much_memory_is_refused(tmp_path):
    body = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 50_000))
    shared = f'<sst xmlns="{MAIN}"><si><t>{"长" * 20_000}</t></si></sst>'
    path = xlsx(tmp_path / "heavy.xlsx", sheet(body), extra={"xl/sharedStrings.xml": shared})

    with pytest.raises(UserError, match=r"heavy\.xlsx"):
        open_book(path)
    assert no_children_left()


def test_a_date_shown_as_a_month_or_a_year_is_no_whole_day(tmp_path):
    import xlsxwriter

    path = tmp_path / "months.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    formats = [
        'yyyy"年"m"月"',
        "yyyy.mm",
        "yyyy",
        "yyyy-mm-dd",
        'yyyy"年"m"月"d"日"',
        "mmm-yy",
        "[$-804]yyyy\\年m\\月;@",
    ]
    for column, code in enumerate(formats):
        page.write_datetime(0, column, datetime.datetime(1967, 3, 1), book.add_format({"num_format": code}))
    page.write_string(1, 0, "1967", book.add_format({"num_format": formats[0]}))
    page.write_datetime(2, 0, datetime.datetime(1967, 3, 1), book.add_format({"num_format": 57}))
    book.close()
    rows = open_book(path).sheet().rows

    day = datetime.date(1967, 3, 1)
    assert rows[0].cells == ("1967-03", "1967-03", "1967", day, day, "1967-03", "1967-03")
    assert rows[1].cells[0] == "1967"
    assert rows[2].cells[0] == "1967-03"


def test_a_reading_process_that_never_ends_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "CHILD_SECONDS", 0.3)
    monkeypatch.setattr(
        reader, "child_command", lambda: [sys.executable, "-c", "import time; time.sleep(60)"]
    )
    path = xlsx(tmp_path / "slow.xlsx", sheet(roster(1)))
    began = time.monotonic()

    with pytest.raises(UserError, match="超过 0 秒，已停止"):
        open_book(path)
    assert time.monotonic() - began < 5
    assert no_children_left()


def test_an_old_workbook_tells_its_errors_and_months_too():
    book = open_book(DATA / "errors_months.xls")
    first, hidden = book.sheets

    day = datetime.date(1967, 3, 1)
    error = CellError("#N/A", "是表格里的错误值")
    assert [row.cells for row in first.rows[1:]] == [
        ("张三", "1967-03", "主任", "男"),
        ("李四", day, error, "女"),
    ]
    assert hidden.rows[3].cells == ("王五", None, CellError("#REF!", "是表格里的错误值"), None)
    assert hidden.hidden
    assert book.notes == ("工作表“第二”是隐藏的，不会自动导入",)


@given(st.binary(max_size=200), st.integers(0, 5000))
def test_a_damaged_old_workbook_tells_nothing_or_something_but_never_fails(junk, at):
    content = (DATA / "errors_months.xls").read_bytes()

    assert isinstance(biff.told(content[:at] + junk + content[at + len(junk) :]), list)
    assert biff.told(junk) == []


def test_cancelling_ends_the_reading_process(tmp_path):
    path = xlsx(tmp_path / "long.xlsx", sheet(roster(20_000)))
    seen = []

    def stop(done: int, total: int) -> None:
        seen.append((done, total))
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        open_book(path, watch=stop)
    assert seen[-1][0] < 20_001 == seen[-1][1]
    assert no_children_left()


def test_progress_reaches_the_whole(tmp_path):
    seen = []
    open_book(
        xlsx(tmp_path / "a.xlsx", sheet(roster(2500))), watch=lambda done, total: seen.append((done, total))
    )

    assert seen[-1] == (2501, 2501)
    assert len([done for done, _ in seen if done]) == 3


def test_a_hidden_sheet_is_taken_only_by_name(tmp_path):
    import xlsxwriter

    path = tmp_path / "hidden.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("甲").hide()
    book.add_worksheet("乙").activate()
    book.worksheets()[0].write_string(0, 0, "藏")
    book.close()
    read = open_book(path)

    with pytest.raises(UserError, match="隐藏的工作表“甲”不会自动导入"):
        read.sheet()
    assert read.sheet("甲").rows[0].cells == ("藏",)
    with pytest.raises(UserError, match="没有名为“丙”的工作表，现有：甲、乙"):
        read.sheet("丙")


def test_dates_and_truth_values_cross_the_pipe(tmp_path):
    import xlsxwriter

    path = tmp_path / "types.xlsx"
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet()
    page.write_datetime(0, 0, datetime.datetime(2026, 9, 29), book.add_format({"num_format": "yyyy-mm-dd"}))
    page.write_datetime(0, 1, datetime.time(9, 30), book.add_format({"num_format": "hh:mm"}))
    page.write_boolean(0, 2, False)
    page.write_number(0, 3, 0)
    book.close()

    assert open_book(path).sheet().rows[0].cells == (
        datetime.date(2026, 9, 29),
        datetime.time(9, 30),
        False,
        0.0,
    )


def test_only_plain_values_are_taken_from_the_reading_process():
    import io

    assert reader._PlainUnpickler(io.BytesIO(pickle.dumps(datetime.date(2026, 9, 29)))).load().year == 2026
    with pytest.raises(pickle.UnpicklingError):
        reader._PlainUnpickler(io.BytesIO(pickle.dumps(Path("x")))).load()


def test_the_frozen_program_enters_itself(monkeypatch):
    assert reader.child_command()[1:] == ["-P", "-m", "desktop.exchange.child"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert reader.child_command() == [sys.executable, "--read-sheet"]


def test_the_reading_process_imports_nothing_heavy():
    import subprocess

    code = "import sys, desktop.exchange.child as c; print([m for m in ('peewee','PySide6','reportlab') if m in sys.modules])"
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=reader.ROOT
    )

    assert told.stdout.strip() == "[]"


def test_files_that_are_not_there_or_no_files_are_told(tmp_path):
    with pytest.raises(UserError, match="找不到文件"):
        open_book(tmp_path / "nothing.xlsx")
    with pytest.raises((UserError, TroubleError), match=r"文件夹|无法读取"):
        open_book(tmp_path)


@pytest.mark.parametrize(
    ("part", "told"), [("word/document.xml", "Word"), ("content.xml", "ods"), ("any.txt", "压缩包")]
)
def test_other_packages_are_told_apart(tmp_path, part, told):
    import zipfile

    path = tmp_path / "other.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(part, "x")

    with pytest.raises(UserError, match=told):
        open_book(path)


def test_an_encrypted_workbook_is_told(tmp_path):
    path = tmp_path / "locked.xlsx"
    path.write_bytes(
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    )

    with pytest.raises(UserError, match="打开密码"):
        open_book(path)
