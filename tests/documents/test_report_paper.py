"""统计表 as a PDF: every figure beside its unit, formulas under the table, nothing outside the type area."""

from __future__ import annotations

from itertools import pairwise

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.units import mm

from desktop.documents.form_parts import Stroke, Words
from desktop.documents.marks import BLANK_RIGHT
from desktop.documents.report_paper import laid_out, page_number, paged, preflight, write_report
from desktop.documents.report_rows import EDGES, HEIGHT, LEFT, ROOMY, TOP, WIDTH, blocks
from desktop.errors import Cancelled, TroubleError, UserError
from desktop.records.report_values import ReportPaper, ReportRow, ReportTable

OFFICE = "中共肥西县委组织部"
FORMS = ReportTable(
    "",
    (ReportRow("发放", "28", "份"), ReportRow("收回", "26", "份"), ReportRow("回收率", "92.86", "%")),
    ("回收率 = 收回 26 份 ÷ 发放 28 份 = 92.86%",),
)


def paper(*tables, **changes):
    asked = {"title": "表单发放收回情况统计表", "office": OFFICE, "period": "全部开放日"}
    return ReportPaper(**asked | {"made_on": "2026年11月22日", "tables": tables or (FORMS,)} | changes)


def many(count, label="第{}类意见建议", notes=("采纳率 = 采纳 37 条 ÷ 征集 280 条 = 13.21%",)):
    return ReportTable("", tuple(ReportRow(label.format(n), f"{n:,}", "条") for n in range(count)), notes)


@pytest.fixture
def written(tmp_path):
    def write(of):
        made = write_report(tmp_path / "report.pdf", of)
        document = pypdfium2.PdfDocument(tmp_path / "report.pdf")
        assert made.pages == len(document)
        assert made.files == (str(tmp_path / "report.pdf"),)
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]

    return write


def test_figures_units_and_formulas_are_read_back(written):
    (text,) = written(paper())

    for words in ("表单发放收回情况统计表", "全部开放日", f"填报单位：{OFFICE}", "制表日期：2026年11月22日"):
        assert words in text
    assert "项目数量单位发放28份收回26份回收率92.86%" in text
    assert text.endswith("注：回收率=收回26份÷发放28份=92.86%—1—")


def test_several_formulas_are_numbered(written):
    (text,) = written(paper(ReportTable("", FORMS.rows, (*FORMS.notes, "有效率 = 有效 25 份 ÷ 收回 26 份"))))

    assert "注：1.回收率=收回26份÷发放28份=92.86%2.有效率=有效25份÷收回26份" in text


def test_two_tables_have_their_headings(written):
    people = ReportTable("代表参与", (ReportRow("到会", "43", "人次"),))
    (text,) = written(paper(people, ReportTable("表单发放和收回", FORMS.rows, FORMS.notes)))

    assert (
        text.index("代表参与")
        < text.index("到会43人次")
        < text.index("表单发放和收回")
        < text.index("发放28份")
    )


def test_a_long_table_runs_on_under_its_heading_row(written):
    pages = written(paper(many(60)))

    assert len(pages) == 4
    for number, text in enumerate(pages, start=1):
        assert text.count("项目数量单位") == 1
        assert text.endswith(f"—{number}—")
    assert "第59类意见建议59条注：采纳率" in pages[-1]


def test_rare_characters_and_markup_are_only_text(written):
    hostile = ("A&B<C", "<img src='/etc/passwd'/>", "于𬱖", "阿依古丽·买买提", "=1+1")
    (text,) = written(paper(ReportTable("", tuple(ReportRow(one, "1", "件") for one in hostile))))

    for one in hostile:
        assert "".join(one.split()) in text


def test_a_figure_is_never_cut(written):
    (text,) = written(paper(ReportTable("", (ReportRow("金额", "123,456,789,012,345.25", "人民币元"),))))

    assert "123,456,789,012,345.25" in text


def reached(words):
    """Where a line ends without the blank right half of a closing mark, which may hang over."""
    hanging = 0.5 * words.line.size / mm if words.text[-1:] in BLANK_RIGHT else 0.0
    return words.end - hanging


texts = st.text(st.sampled_from("县委组织部意见建议A1b（）、·&<>%÷= "), max_size=300)
rows = st.builds(ReportRow, label=texts, value=st.integers(0, 10**15).map(str), unit=texts)
tables = st.builds(
    ReportTable,
    heading=texts,
    rows=st.lists(rows, max_size=25).map(tuple),
    notes=st.lists(texts, max_size=4).map(tuple),
)


@settings(max_examples=40, deadline=None)
@given(
    st.builds(
        ReportPaper,
        title=texts,
        office=texts,
        period=texts,
        made_on=st.just("2026年11月22日"),
        tables=st.lists(tables, max_size=3).map(tuple),
    )
)
def test_nothing_leaves_the_type_area_or_its_column(of):
    for parts in laid_out(of):
        lines = [part for part in parts if isinstance(part, Words)]
        for words in lines:
            assert words.x >= LEFT - 0.01
            assert reached(words) <= LEFT + WIDTH + 0.01
            assert TOP <= words.baseline <= TOP + HEIGHT
        for stroke in (part for part in parts if isinstance(part, Stroke)):
            assert TOP - 0.01 <= stroke.y1 <= stroke.y2 <= TOP + HEIGHT + 0.01
            if stroke.y1 == stroke.y2:
                assert (stroke.x1, stroke.x2) == (LEFT, LEFT + WIDTH)
            else:
                assert stroke.x1 in EDGES


def test_figures_stand_flush_right_and_cells_do_not_touch():
    (parts,) = laid_out(paper())
    cells = {part.text: part for part in parts if isinstance(part, Words)}

    assert cells["28"].end == pytest.approx(cells["92.86"].end) == pytest.approx(EDGES[2] - 3)
    for left, right in pairwise([cells["发放"], cells["28"], cells["份"]]):
        assert left.end < right.x


def test_the_last_row_and_its_formulas_share_a_page():
    for count in range(15, 30):
        pages = laid_out(paper(many(count)))
        last = [part.text for part in pages[-1] if isinstance(part, Words)]
        assert f"第{count - 1}类意见建议" in last
        assert any(text.startswith("注：采纳率") for text in last)


def test_a_small_table_is_not_torn():
    pages = laid_out(paper(many(9), ReportTable("表单", many(8).rows)))
    torn = [[part.text for part in page if isinstance(part, Words)] for page in pages]

    assert len(pages) == 2
    assert "表单" in torn[1]
    assert torn[1].count("条") == 8


def test_what_nearly_fits_a_page_is_set_closer():
    counts = [
        (len(paged(list(blocks(of, ROOMY)))), len(laid_out(of)))
        for of in map(paper, map(many, range(10, 60)))
    ]

    assert counts[0] == (1, 1)
    assert (2, 1) in counts
    assert counts[-1][0] == counts[-1][1] > 1
    assert (2, 2) in counts


def test_page_numbers_stand_outside_right_and_left():
    odd, even = page_number(1), page_number(2)

    assert odd.text == "— 1 —"
    assert odd.end == pytest.approx(LEFT + WIDTH - 14 / mm)
    assert even.x == pytest.approx(LEFT + 14 / mm)
    assert odd.baseline > TOP + HEIGHT + 7


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"title": "统计\U000e0fff表"}, "标题"),
        ({"office": "县委\U000e0fff"}, "填报单位"),
        ({"tables": (ReportTable("", (ReportRow("\U000e0fff村", "1", "户"),)),)}, "项目"),
        ({"tables": (ReportTable("", (), ("\U000e0fff",)),)}, "附注"),
    ],
)
def test_a_character_no_font_draws_is_told_with_its_place(tmp_path, change, where):
    of = paper(**change)

    assert [(fault.character, where in fault.message) for fault in preflight(of)] == [("\U000e0fff", True)]
    with pytest.raises(UserError, match="U\\+E0FFF"):
        write_report(tmp_path / "report.pdf", of)
    assert list(tmp_path.iterdir()) == []


def test_a_report_can_be_stopped(tmp_path):
    def stop(done: int, total: int) -> None:
        assert total == 200
        if done >= 100:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_report(tmp_path / "report.pdf", paper(many(200)), watch=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(TroubleError, match="文件夹不存在"):
        write_report(tmp_path / "none" / "report.pdf", paper())
