"""签到表 as a PDF: every person once, names plain to read, nothing out of its cell."""

from __future__ import annotations

from dataclasses import fields, replace

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.units import mm

from desktop.documents import form_text
from desktop.documents.marks import BLANK_RIGHT
from desktop.documents.sign_in_rows import ACROSS, PADDING, UPRIGHT, fitted_row, ruling_for
from desktop.documents.sign_in_sheet import BOTTOM, paged, preflight, table_top, write_sheet
from desktop.errors import Cancelled, TroubleError, UserError
from desktop.records.letters import SignInRow, SignInSheet

TITLE, LINE = "开放日签到表", "2026年9月29日　县行政中心三楼会议室"
PEOPLE = (
    SignInRow("李明", "县委组织部", "科员", "机关干部"),
    SignInRow("曾国强", "店埠镇光大社区党委", "党委书记、居委会主任", "党代表"),
    SignInRow("阿依古丽·买买提", "紫蓬山管委会", "", "人大代表"),
    SignInRow("嘉木样·洛桑久美·图丹却吉尼玛", "上派镇", "", "两新组织书记"),
    SignInRow("于𬱖", "桃花镇", "大学生村官", "大学生村官"),
)


def sheet(rows=PEOPLE, **changes):
    return SignInSheet(**{"title": TITLE, "subtitle": LINE, "rows": tuple(rows), "blank_rows": 5} | changes)


@pytest.fixture
def written(tmp_path):
    def write(of):
        made = write_sheet(tmp_path / "sheet.pdf", of)
        document = pypdfium2.PdfDocument(tmp_path / "sheet.pdf")
        assert made.pages == len(document)
        return document

    return write


def text_of(page):
    return page.get_textpage().get_text_range()


def compact(text):
    return "".join(text.split())


def test_every_person_is_on_the_sheet_with_a_plain_name(written):
    text = text_of(written(sheet())[0])

    assert "李明" in text
    for row in PEOPLE:
        assert all(compact(value) in compact(text) for value in (row.name, row.unit, row.post, row.sort))
    assert TITLE in text
    assert compact(LINE) in compact(text)


def test_a_name_of_two_is_drawn_as_wide_as_one_of_three():
    two, three = (fitted_row(1, row, UPRIGHT).cells[1].lines[0] for row in PEOPLE[:2])

    assert two.width == pytest.approx(three.width)
    assert two.text == "李明"


def test_a_long_name_breaks_after_its_dots():
    lines = [line.text for line in fitted_row(1, PEOPLE[2], UPRIGHT).cells[1].lines]

    assert lines == ["阿依古丽·", "买买提"]


def test_sorts_part_after_their_marks():
    sorts = "县级党代表、人大代表、机关干部"
    cell = fitted_row(1, SignInRow("李明", "", "", sorts), UPRIGHT).cells[4]

    assert [line.text for line in cell.lines] == ["县级党代表、", "人大代表、", "机关干部"]


def test_seats_have_a_column_where_anybody_has_one(written):
    seated = [replace(row, seat=f"{place}排5座") for place, row in enumerate(PEOPLE[:-1], start=1)]
    page = written(sheet([*seated, PEOPLE[-1]]))[0]
    text = compact(text_of(page))

    assert "代表类别座位签名" in text
    assert all(f"{place}排5座" in text for place in range(1, 5))
    assert "座位" not in text_of(written(sheet())[0])


def test_headings_and_page_numbers_stand_on_every_page(written):
    document = written(sheet(PEOPLE * 20))

    assert len(document) > 3
    for number, page in enumerate(document, start=1):
        text = compact(text_of(page))
        assert compact("".join(UPRIGHT.headings)) in text
        assert f"第{number}页共{len(document)}页" in text
        assert TITLE in text


def test_numbers_run_on_through_the_blank_rows(written):
    text = text_of(written(sheet())[0])

    numbers = [line for line in text.splitlines() if line.strip().isdigit()]
    assert [int(number) for number in numbers][-5:] == [6, 7, 8, 9, 10]


def test_there_is_no_field_for_what_must_not_lie_open():
    assert {field.name for field in fields(SignInRow)} == {"name", "unit", "post", "sort", "seat", "record"}


def test_long_units_turn_the_paper():
    long = SignInRow(
        "王芳", "安徽省合肥市肥西县经济开发区管理委员会社会事业发展局党政综合办公室信访接待中心", "", ""
    )

    assert ruling_for(PEOPLE) is UPRIGHT
    assert ruling_for((*PEOPLE, long)) is ACROSS


@pytest.mark.parametrize("rows", [PEOPLE, (*PEOPLE, SignInRow("张三", "某" * 60, "职" * 40, "类"))])
def test_the_paper_is_a4_either_way(written, rows):
    page = written(sheet(rows))[0]

    assert sorted(round(side / 72 * 25.4) for side in page.get_size()) == [210, 297]


texts = st.text(st.sampled_from("县委组织部党代表的A1b（）、·&<>  "), max_size=400)


def ink(line):
    """How far a line reaches without the blank right half of a closing mark, which may hang over."""
    hanging = 0.5 * line.size / mm if line.text[-1:] in BLANK_RIGHT else 0.0
    return form_text.reach(line) - hanging


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.builds(SignInRow, name=texts, unit=texts, post=texts, sort=texts, seat=texts), max_size=12),
    st.integers(0, 6),
)
def test_nothing_overflows_its_cell_or_its_page(rows, blank):
    of = sheet(rows, blank_rows=blank)
    ruling = ruling_for(of.rows)
    pages = paged(of, ruling, None)

    assert sum(map(len, pages)) == len(rows) + blank
    for number, page in enumerate(pages):
        bottom = table_top(first=number == 0) + sum(row.height for row in page)
        assert bottom <= ruling.height - BOTTOM + 1e-6
        for row in page:
            for cell, width in zip(row.cells, ruling.columns, strict=False):
                assert len(cell.lines) * cell.pitch <= row.height
                assert all(ink(line) <= width - 2 * PADDING + 0.01 for line in cell.lines)


def test_a_few_rows_too_many_dont_take_a_page_of_their_own():
    full = paged(sheet(PEOPLE[:2] * 7, blank_rows=0), UPRIGHT, None)
    fuller = paged(sheet(PEOPLE[:2] * 9, blank_rows=0), UPRIGHT, None)

    assert [len(page) for page in (*full, *fuller)] == [14, 18]
    assert (full[0][0].height, fuller[0][0].height) == (12.0, 11.0)


def test_markup_is_only_text(written):
    hostile = ("A&B<C", "<img src='/etc/passwd'/>", "张</para>三", "=1+1")
    text = compact(text_of(written(sheet([SignInRow(one, one, one, "") for one in hostile]))[0]))

    for one in hostile:
        assert text.count(compact(one)) == 3


def test_a_name_no_font_draws_is_told_with_the_person(tmp_path):
    of = sheet([SignInRow("王\U000e0fff", "上派镇", "", "")])
    fault = preflight(of)[0]

    assert (fault.person, fault.character) == ("王\U000e0fff", "\U000e0fff")
    assert "姓名" in fault.message
    assert "U+E0FFF" in fault.message
    with pytest.raises(UserError, match="U\\+E0FFF"):
        write_sheet(tmp_path / "sheet.pdf", of)
    assert list(tmp_path.iterdir()) == []


def test_a_sheet_with_nothing_on_it_is_refused(tmp_path):
    with pytest.raises(UserError, match="没有人员"):
        write_sheet(tmp_path / "sheet.pdf", sheet([], blank_rows=0))
    assert write_sheet(tmp_path / "sheet.pdf", sheet([], blank_rows=15)).pages == 1


def test_a_sheet_can_be_stopped(tmp_path):
    def stop(done: int, total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_sheet(tmp_path / "sheet.pdf", sheet(PEOPLE * 30), watch=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(TroubleError, match="文件夹不存在"):
        write_sheet(tmp_path / "none" / "sheet.pdf", sheet())
