from __future__ import annotations

import re
from pathlib import Path

import pytest
import python_calamine
import xlsxwriter
from dialog_fixtures import add_person, away, nameless, part, rest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.records.listing import Query
from desktop.records.representatives import Identity, Representative
from desktop.ui.export_records import export_records
from desktop.ui.import_dialog import COLUMNS, FILE, ROWS, ImportDialog

DATA = Path(__file__).parents[1] / "data" / "badinput"
HEADINGS = ("序号", "姓名", "性别", "出生年月", "单位及职务", "联系电话", "代表类别")


def workbook(path, rows, headings=HEADINGS, sheet="名单"):
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet(sheet)
    page.write_string(0, 0, "开放日代表花名册")
    for column, word in enumerate(headings):
        page.write_string(1, column, word)
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row):
            page.write_string(number, column, str(value))
    book.close()
    return path


@pytest.fixture
def roster(tmp_path):
    rows = [
        ("1", "曾国强", "男", "1967.03", "光大社区", "13805510001", "党代表"),
        ("2", "王伟", "女", "1980年5月", "农业农村局", "13805510002", "人大代表、党代表"),
        ("3", "李明", "男", "1990年13月45日", "县委办", "13805510004", "党代表"),
        ("4", "王伟", "女", "1980年5月", "农业农村局", "13805510002", "人大代表"),
        ("5", "赵敏", "外星", "1988.02", "县妇联", "13805510006", "党代表"),
    ]
    return workbook(tmp_path / "名单.xlsx", rows)


@pytest.fixture
def dialog(qtbot, stage):
    made = ImportDialog(stage, Representative)
    made.open()
    yield made
    if made in QApplication.topLevelWidgets():
        made._task = None
        made._leaving = False
        away(made)


def read(qtbot, dialog, path):
    dialog.read(path)
    rest(qtbot, dialog.frame.workroom)


def to_rows(qtbot, dialog, path):
    read(qtbot, dialog, path)
    assert dialog.step == COLUMNS, dialog.banner.words.text()
    dialog._go.click()
    rest(qtbot, dialog.frame.workroom)
    assert dialog.step == ROWS, dialog.banner.words.text()


def people(desk):
    return desk.books.page(Query(Representative), 0, 1000)


def test_a_roster_is_imported_and_taken_back_by_the_toast(qtbot, dialog, desk, roster, told):
    kept = add_person(desk, "曾国强", mobile="13805510001", born_on="1967")
    to_rows(qtbot, dialog, roster)
    assert dialog._rows.words() == "5 行：1 新增，2 重复待定，2 有误"
    assert dialog._rows.tabs.currentIndex() == 0
    assert len(people(desk)) == 1

    dialog._go.click()
    rest(qtbot, dialog.frame.workroom)
    assert told.toasts == ["已导入代表：新增 1 条，跳过重复 2 条"]
    assert {person.full_name for person in people(desk)} == {"曾国强", "王伟"}
    assert {row.sort for row in desk.books.page(Query(Identity))} == {"人大代表", "党代表"}

    words, undo = told.actions[0]
    assert words == "撤销"
    undo()
    rest(qtbot, dialog.frame.workroom)
    assert [person.id for person in people(desk)] == [kept.id]
    assert told.toasts[-1] == "已撤销导入，移去 1 条"


def test_faults_say_row_column_value_and_reason(qtbot, dialog, roster):
    to_rows(qtbot, dialog, roster)
    assert dialog._rows.faults.rows.rows == [
        ("5", "D", "出生年月", "1990年13月45日", "没有 13 月"),
        ("7", "C", "性别", "外星", "没有“外星”这一项，可填：男、女"),
    ]


def test_faulty_rows_are_saved_corrected_and_imported(qtbot, dialog, desk, ask, roster, tmp_path):
    to_rows(qtbot, dialog, roster)
    target = tmp_path / "有误.xlsx"
    ask.answers.append(target)
    part(dialog, "import-save-faults").click()
    with python_calamine.load_workbook(str(target)) as book:
        rows = book.get_sheet_by_name("有误的行").to_python()
    assert rows[0][:7] == list(HEADINGS)
    assert [row[1] for row in rows[1:]] == ["李明", "赵敏"]
    assert rows[1][-2:] == [5.0, "D 列：没有 13 月"]
    assert str(target) in dialog.banner.words.text()

    dialog.complain("")
    dialog._back.click()
    dialog._back.click()
    to_rows(qtbot, dialog, target)
    assert dialog._rows.words() == "2 行：0 新增，2 有误"
    assert not dialog._go.isEnabled()


def test_a_duplicate_is_compared_and_decided_by_key(qtbot, dialog, desk, roster):
    add_person(desk, "曾国强", mobile="13805510001", born_on="1967", post="书记")
    to_rows(qtbot, dialog, roster)
    dialog._rows.tabs.setCurrentIndex(1)
    side = dialog._rows.duplicates
    lines = {label: (mine, theirs, differs) for label, mine, theirs, differs in side._comparison.lines}
    assert lines["出生年月"] == ("1967-03", "1967", True)
    assert lines["手机"] == ("13805510001", "13805510001", False)
    side.list.setFocus()
    qtbot.keyClick(side.list, Qt.Key.Key_2)
    assert dialog._rows.words() == "5 行：1 新增，1 更新，1 重复待定，2 有误"
    qtbot.keyClick(side.list, Qt.Key.Key_3)
    assert dialog._rows.words() == "5 行：2 新增，1 更新，2 有误"
    assert dialog._go.text() == "导入 3 条"
    dialog._go.click()
    rest(qtbot, dialog.frame.workroom)
    found = {person.full_name: person for person in people(desk)}
    assert (found["曾国强"].born_on, found["曾国强"].post) == ("1967-03", "光大社区")
    assert len(people(desk)) == 3


def test_all_duplicates_are_skipped_at_once(qtbot, dialog, desk, roster):
    add_person(desk, "曾国强", mobile="13805510001")
    to_rows(qtbot, dialog, roster)
    dialog._rows.tabs.setCurrentIndex(1)
    part(dialog, "import-all-skip").click()
    assert dialog._rows.words() == "5 行：1 新增，2 跳过，2 有误"


def test_columns_can_be_changed_and_what_is_missing_is_told(qtbot, dialog, tmp_path):
    odd = workbook(tmp_path / "odd.xlsx", [("张三", "13805510009", "甲")], ("何人", "号码之一", "联系电话"))
    read(qtbot, dialog, odd)
    assert dialog.step == COLUMNS
    assert "没有找到“姓名”列" in dialog._columns.faults.words.text()
    assert not dialog._go.isEnabled()
    box = part(dialog, "import-column-A")
    box.setCurrentIndex(box.findData("full_name"))
    box.activated.emit(box.currentIndex())
    assert dialog._go.isEnabled()
    phone = part(dialog, "import-column-B")
    phone.setCurrentIndex(phone.findData("mobile"))
    phone.activated.emit(phone.currentIndex())
    assert dialog._columns.fault == ""
    assert part(dialog, "import-column-C").currentData() == ""
    dialog._go.click()
    rest(qtbot, dialog.frame.workroom)
    assert dialog._prepared.plan.new[0][1].mobile == "13805510009"


def test_two_columns_for_one_field_are_told(qtbot, dialog, tmp_path):
    both = workbook(tmp_path / "both.xlsx", [("张三", "1", "2")], ("姓名", "联系电话", "手机"))
    read(qtbot, dialog, both)
    assert "B 列“联系电话”和C 列“手机”都像是“手机”" in dialog._columns.fault
    assert [line.state for line in dialog._columns._lines.lines] == ["✓", "! 两列相同", "! 两列相同"]


def test_the_heading_row_can_be_changed(qtbot, dialog, roster):
    read(qtbot, dialog, roster)
    box = part(dialog, "import-heading-row")
    assert box.currentData() == 2
    box.setCurrentIndex(box.findData(1))
    box.activated.emit(box.currentIndex())
    assert "没有找到“姓名”列" in dialog._columns.fault


def test_a_csv_in_doubt_shows_the_encodings_with_their_first_lines(qtbot, dialog):
    read(qtbot, dialog, DATA / "csv" / "big5.csv")
    assert dialog.step == FILE
    assert "编码" in dialog.banner.words.text()
    assert part(dialog, "import-encodings").isVisibleTo(dialog)
    part(dialog, "encoding-big5").setChecked(True)
    part(dialog, "import-encode").click()
    rest(qtbot, dialog.frame.workroom)
    assert dialog.step == COLUMNS
    assert dialog._book.encoding == "big5"


@pytest.mark.parametrize(
    "name",
    [
        "xlsx/bad_sheet_xml.xlsx", "xlsx/billion_laughs.xlsx", "xlsx/bomb_300MB.xlsx", "xlsx/empty_sheets.xlsx",
        "xlsx/pdf_renamed.xlsx", "xlsx/random.xlsx", "xlsx/truncated.xlsx", "xlsx/zero.xlsx", "xlsx/~$ok_20.xlsx",
        "xls/html_as.xls", "csv/zero.csv", "csv/bom_only.csv", "csv/unclosed_quote.csv",
        "csv/gbk_with_one_bad_byte.csv", "csv/fullwidth_comma.csv", "no/such/file.xlsx",
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_a_sentence_and_another_can_be_chosen(qtbot, dialog, desk, roster, name):
    read(qtbot, dialog, DATA / name)
    assert dialog.step == FILE
    said = dialog.banner.words.text()
    assert re.search("[\u4e00-\u9fff]{4}", said)
    assert "Traceback" not in said
    assert not dialog._go.isEnabled()
    read(qtbot, dialog, roster)
    assert dialog.step == COLUMNS
    assert not dialog.banner.isVisibleTo(dialog)


@pytest.mark.parametrize(
    "name",
    [
        "xlsx/ok_20.xlsx", "xlsx/hidden_rows_cols_sheet.xlsx", "xlsx/headers_odd.xlsx", "xlsx/merged_title_footer.xlsx",
        "xlsx/phones_ids.xlsx", "xlsx/date1904.xlsx", "xlsx/formulas_errors.xlsx", "xlsx/hostile_strings.xlsx",
        "xls/real.xls", "xls/xlsx_renamed.xls", "csv/utf8.csv", "csv/gbk.csv", "csv/utf16le_bom.csv",
        "csv/quoted_newline_comma.csv", "csv/nul_bytes.csv", "csv/leading_zero_id.csv",
    ],
)  # fmt: skip
def test_an_odd_file_is_read_without_writing_anything(qtbot, dialog, desk, name):
    read(qtbot, dialog, DATA / name)
    if dialog.step == COLUMNS and dialog._go.isEnabled():
        dialog._go.click()
        rest(qtbot, dialog.frame.workroom)
    assert dialog.step in (COLUMNS, ROWS) or dialog.banner.words.text()
    assert people(desk) == []


def test_notes_about_hidden_parts_are_shown(qtbot, dialog):
    read(qtbot, dialog, DATA / "xlsx" / "hidden_rows_cols_sheet.xlsx")
    assert "隐藏" in dialog._columns.notes.words.text()


def many(path, count):
    rows = [(str(n), f"丁{n:05}", "男", "1970", "某单位", "", "") for n in range(count)]
    return workbook(path, rows)


def test_leaving_while_reading_asks_and_stops_the_reading(qtbot, dialog, desk, ask, tmp_path, workroom):
    dialog.read(many(tmp_path / "big.xlsx", 20_000))
    ask.answers += ["继续", "停止并离开"]
    dialog.reject()
    assert dialog._task is not None
    dialog.reject()
    rest(qtbot, workroom)
    assert ask.asked == ["文件还没有读完"] * 2
    assert people(desk) == []


def test_stopping_while_writing_leaves_nothing(qtbot, dialog, desk, tmp_path, workroom):
    to_rows(qtbot, dialog, many(tmp_path / "big.xlsx", 6_000))
    dialog._go.click()
    dialog._stop()
    rest(qtbot, workroom)
    assert desk.books.count(Query(Representative)) == 0
    assert "没有写入" in dialog.banner.words.text()
    dialog._go.click()
    rest(qtbot, workroom)
    assert desk.books.count(Query(Representative)) == 6_000


def test_markup_in_cells_stays_text(qtbot, dialog, desk, tmp_path):
    rows = [("1", "<b>张三", "男", "1970", "A&B <img src=x>公司", "", "")]
    to_rows(qtbot, dialog, workbook(tmp_path / "m.xlsx", rows))
    index = dialog._rows._new.index(0, 1)
    assert index.data() == "<b>张三"
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "<p>&lt;b&gt;张三</p>"


def test_everything_has_a_name_and_nothing_stays_behind(qtbot, dialog, roster):
    assert nameless(dialog) == []
    to_rows(qtbot, dialog, roster)
    assert nameless(dialog) == []


def test_what_a_list_shows_is_exported_and_read_back(qtbot, stage, desk, ask, tmp_path, told, workroom):
    add_person(desk, "=1+1", mobile="13805510001")
    add_person(desk, "曾国强", unit="光大社区")
    ask.answers += ["遮住号码", tmp_path / "out.xlsx"]
    export_records(stage, Query(Representative))
    rest(qtbot, workroom)
    assert told.toasts == ["已导出 2 条到 out.xlsx"]
    with python_calamine.load_workbook(str(tmp_path / "out.xlsx")) as book:
        rows = book.get_sheet_by_index(0).to_python()
    assert rows[0][0] == "姓名"
    assert {row[0] for row in rows[1:]} == {"=1+1", "曾国强"}
    assert "138****0001" in rows[1] + rows[2]
    assert [(row.how, row.items, row.whereto, row.full) for row in desk.disclosing.latest()] == [
        ("导出", 2, "out.xlsx", False)
    ]


def test_an_export_that_cannot_be_written_is_told(qtbot, stage, desk, ask, tmp_path, told, workroom):
    add_person(desk, "曾国强")
    ask.answers += ["遮住号码", tmp_path / "no" / "out.xlsx"]
    export_records(stage, Query(Representative))
    rest(qtbot, workroom)
    assert "文件夹不存在" in told.errors[0].message
    assert told.toasts == []
