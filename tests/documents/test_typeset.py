from __future__ import annotations

import re
from io import BytesIO

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.documents.chain_font import open_canvas
from desktop.documents.marks import NOT_AT_END, NOT_AT_START
from desktop.documents.roles import Role
from desktop.documents.typeset import Line, draw, lines

WIDTH = 442.2
HAN = "为深入学习贯彻党的二十大精神进一步推进组织工作公开透明"
PARAGRAPH = st.lists(
    st.one_of(
        st.text("为深入学习贯彻党的二十大精神组织工作公开透明", min_size=1, max_size=9),
        st.sampled_from(
            [*"、。，；：！？）》〉】」”（《〈【「“", "……", "——", "2026", "Gate 3", "9:00", "50%", " "]
        ),
    ),
    min_size=1,
    max_size=60,
).map("".join)


def _ends(found: list[Line]) -> list[tuple[str, str]]:
    return [(line.text[0], line.text[-1]) for line in found if line.text]


@settings(max_examples=150, deadline=None)
@given(text=PARAGRAPH, size=st.sampled_from([12.0, 16.0]))
def test_marks_stay_off_line_starts_and_ends(text, size):
    # a run of marks with no place to break is cut all the same: leave those aside
    for mark in NOT_AT_START + NOT_AT_END:
        while mark * 3 in text:
            text = text.replace(mark * 3, mark)
    found = lines(text, Role.FANG, size, WIDTH, first_indent=2 * size)
    if max(map(len, _marks(text)), default=0) > 20:
        return
    for first, _ in _ends(found)[1:]:
        assert first not in NOT_AT_START
    for _, last in _ends(found)[:-1]:
        assert last not in NOT_AT_END
    assert "".join(line.text for line in found).replace(" ", "") == text.replace(" ", "")


def test_a_blank_parts_no_mark_from_what_it_belongs_to():
    for text in ("为" * 26 + "大家 、看", "为" * 26 + "大（ 家）"):
        found = lines(text, Role.FANG, 12, 28 * 12 - 1)
        assert found[1].text[0] not in NOT_AT_START
        assert found[0].text[-1] not in NOT_AT_END


def _marks(text: str) -> list[str]:
    """Return the runs of marks of a text, which offer no place to break."""
    return re.findall(f"[{re.escape(NOT_AT_START + NOT_AT_END)} ]+", text)


@settings(max_examples=100, deadline=None)
@given(text=PARAGRAPH)
def test_no_line_but_the_last_is_wider_or_much_narrower_than_the_column(text):
    found = lines(text, Role.FANG, 16, WIDTH, pitch=WIDTH / 28)
    overlap = 16 - WIDTH / 28 + 0.01  # the last of 28 characters is as wide as its type, not as its cell
    for line in found[:-1]:
        tail = 8.0 if line.text[-1] in "、。，；：！？）》〉】」”" else 0.0
        assert line.width <= WIDTH + tail + overlap
    for line in found:
        assert line.width <= WIDTH + 8 + overlap


def test_both_edges_are_even():
    text = (HAN[:-2] + "，") * 11 + "Gate 3 在2026年9月29日（星期二）上午9:00" + HAN * 3
    data = BytesIO()
    canvas = open_canvas(data, title="测试", author="")
    found = lines(text, Role.FANG, 16, WIDTH, pitch=WIDTH / 28)
    for number, line in enumerate(found):
        draw(canvas, 79.37, 780 - 29 * number, line)
    canvas.save()
    page = pypdfium2.PdfDocument(data.getvalue())[0].get_textpage()
    rights = _rights(page)

    full = [
        right
        for right, line in zip(rights[:-1], found[:-1], strict=True)
        if line.text[-1] not in NOT_AT_START and not line.text[-1].isascii()
    ]
    assert len(full) >= 5
    # the em box of the last character reaches the right edge within 0.2 mm
    assert max(full) - min(full) < 0.2 * 72 / 25.4
    assert full[0] == pytest.approx(79.37 + WIDTH, abs=0.2 * 72 / 25.4)


def _rights(page: pypdfium2.PdfTextPage) -> list[float]:
    found: dict[int, float] = {}
    for place in range(page.count_chars()):
        left, bottom, right, _ = page.get_charbox(place, loose=True)
        if right > left:
            found[round((780 - bottom) / 29)] = right
    return [found[key] for key in sorted(found)]


def test_latin_words_and_numbers_stay_whole():
    text = "我部定于" + "组织工作" * 5 + "2026年Organization" + HAN
    starts = [line.text for line in lines(text, Role.FANG, 16, 400)]

    assert any("Organization" in line for line in starts)
    assert any("2026" in line for line in starts)


def test_a_run_longer_than_the_line_is_cut_where_the_line_is_full():
    found = lines("网址" + "x" * 300, Role.FANG, 16, 300)

    assert len(found) > 5
    assert found[0].text.startswith("网址x")
    assert all(line.width <= 300.01 for line in found)


def test_first_line_is_indented_and_others_are_not():
    first, second, *_ = lines(HAN * 3, Role.FANG, 16, WIDTH, first_indent=32)

    assert first.spans[0].x == pytest.approx(32)
    assert second.spans[0].x == 0


def test_neighbouring_marks_are_squeezed():
    loose = lines("中，国（人", Role.FANG, 16, WIDTH)[0].width
    tight = lines("中，（国人", Role.FANG, 16, WIDTH)[0].width

    assert tight == pytest.approx(loose - 8)


def test_newlines_begin_paragraphs_and_controls_go():
    found = lines("甲\n\n乙\x00\ud800", Role.SONG, 12, WIDTH)

    assert [line.text for line in found] == ["甲", "", "乙"]
    assert lines("", Role.SONG, 12, WIDTH) == []
    assert lines("\x00\ud800", Role.SONG, 12, WIDTH) == []
