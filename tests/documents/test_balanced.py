"""Titles, units and cells on several lines: even, parted between words, no line of one character."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.documents import typeset
from desktop.documents.balanced import MOST_LINES, balanced
from desktop.documents.marks import NOT_AT_END, NOT_AT_START
from desktop.documents.roles import Role

UNIT = "安徽省合肥市肥西县经济开发区管理委员会社会事业发展局党政综合办公室信访接待中心一科"
TEXTS = (
    ("县级党代表、人大代表、机关干部", 6, ["县级党代表、", "人大代表、", "机关干部"]),
    ("“听民声 解民忧”开放日日程与参观路线", 12, ["“听民声 解民忧”开放日", "日程与参观路线"]),
    ("中共肥西县委组织部办公室主任", 8, ["中共肥西县委", "组织部办公室主任"]),
    ("肥西县上派镇人民路128号桃花社区", 12, ["肥西县上派镇人民路", "128号桃花社区"]),
    ("县农业农村局", 8, ["县农业农村局"]),
    ("李明\n王伟", 8, ["李明", "王伟"]),
)


def said(text: str, em: float) -> list[str]:
    return [line.text for line in balanced(text, Role.SONG, 10, 10 * em).lines]


@pytest.mark.parametrize(("text", "em", "lines"), TEXTS)
def test_lines_end_where_the_words_do(text, em, lines):
    assert said(text, em) == lines


@pytest.mark.parametrize("em", range(10, 40))
def test_a_long_unit_keeps_its_words_on_every_width(em):
    assert not balanced(UNIT, Role.SONG, 10, 10 * em).parts_words


def test_a_word_is_parted_only_where_no_line_could_hold_it():
    assert balanced("开放日委员会", Role.SONG, 10, 20).parts_words
    assert said("开放日委员会", 3) == ["开放日", "委员会"]


def test_a_line_may_be_spared_for_whole_words():
    text = "一站式便民服务大厅、党员活动室；看村务公开和党员积分管理"
    assert balanced(text, Role.SONG, 10, 140).parts_words
    kept = balanced(text, Role.SONG, 10, 140, spare=True)
    assert not kept.parts_words
    assert len(kept.lines) == 3


texts = st.text("开放日委员会代表上派镇，、。：“”《》（）李明 12a·", min_size=1, max_size=60)


@settings(max_examples=200, deadline=None)
@given(text=texts, em=st.integers(4, 30))
def test_whatever_the_text_the_lines_hold_it_and_keep_the_rules(text, em):
    found = balanced(text, Role.SONG, 10, 10 * em).lines
    plain = typeset.lines(text.strip(" "), Role.SONG, 10, 10 * em, justify=False)

    assert len(found) == len(plain)
    assert "".join(line.text for line in found).replace(" ", "") == text.replace(" ", "")
    if found == plain:
        return
    assert all(line.width <= 10 * em + 5.01 for line in found)  # the blank half of a last mark may hang
    for line in found[1:]:
        assert line.text[0] not in NOT_AT_START
    for line in found[:-1]:
        assert line.text[-1] not in NOT_AT_END


@pytest.mark.parametrize("count", range(2, 60))
def test_no_line_has_a_single_character(count):
    for em in (4, 5.5, 9):
        lines = said("汉" * count, em)
        assert len(lines) == 1 or len(lines) > MOST_LINES or min(map(len, lines)) > 1
