"""Where things stand on a letter, in millimetres, after GB/T 9704-2012."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest
from PIL import Image

from desktop.documents.invitation import write_letters
from desktop.documents.preview import page_image
from desktop.records.papers import Head
from tests.documents.letter_samples import FORM, Mark, letters, marks

WIDTH, HEIGHT, LEFT, TOP = 156, 225, 28, 37
"""The type area (5.2.1): 156 × 225 mm, 28 mm from the binding edge, 37 mm from the head."""
EM, PITCH, LINE = 16 * 25.4 / 72, WIDTH / 28, HEIGHT / 22
SCALE = 4
HAN = "为深入学习贯彻党的二十大精神进一步推进组织工作公开透明我部定于举办主题开放日活动"


@pytest.fixture
def long_letter(tmp_path):
    """A letter of Han characters alone, several pages long."""
    form = replace(FORM, head=Head.PLAIN, body="\n".join([HAN * 9] * 5), slip="", contact="")
    write_letters(tmp_path / "函.pdf", form, letters(1))
    return tmp_path / "函.pdf"


def _lines(found: list[Mark]) -> list[list[Mark]]:
    """Return the marks of Han characters by line, top down (ink of one line lies within 4 mm)."""
    rows: dict[int, list[Mark]] = defaultdict(list)
    for mark in found:
        middle = (mark.top + mark.bottom) / 2
        key = next((row for row in rows if abs(rows[row][0].top - mark.top) < 4), round(middle * 100))
        rows[key].append(mark)
    return [rows[key] for key in sorted(rows)]


def test_a_full_page_has_22_lines_of_28_characters(long_letter):
    found = [line for line in _lines(marks(long_letter, 1)) if len(line) > 5]

    assert len(found) == 22
    full = [line for line in found if len(line) == 28]
    assert len(full) >= 16
    assert max(map(len, found)) == 28


def test_characters_stand_on_the_grid_of_the_type_area(long_letter):
    for line in _lines(marks(long_letter, 1)):
        if len(line) != 28:
            continue
        for place, mark in enumerate(line):
            middle = (mark.left + mark.right) / 2
            # ink isn't in the middle of every character, but never leaves its cell
            assert LEFT + place * PITCH - 0.3 <= mark.left, mark
            assert mark.right <= LEFT + place * PITCH + EM + 0.3, mark
            assert middle == pytest.approx(LEFT + place * PITCH + EM / 2, abs=1.2)


def test_lines_follow_each_other_by_a_22nd_of_the_height(long_letter):
    found = [line for line in _lines(marks(long_letter, 1)) if len(line) > 5]
    tops = [min(mark.top for mark in line) for line in found]
    bottoms = [max(mark.bottom for mark in line) for line in found]

    assert tops[0] == pytest.approx(TOP + (LINE - EM) / 2, abs=0.6)
    assert bottoms[-1] == pytest.approx(TOP + HEIGHT - (LINE - EM) / 2, abs=0.8)
    for place, top in enumerate(tops):
        assert top - tops[0] == pytest.approx(place * LINE, abs=0.5)


@pytest.mark.parametrize("page", [0, 1, 2])
def test_nothing_but_the_page_number_leaves_the_type_area(long_letter, page):
    for mark in marks(long_letter, page)[:-3]:
        assert LEFT - 0.3 <= mark.left <= mark.right <= LEFT + WIDTH + 0.3
        assert TOP - 0.3 <= mark.top <= mark.bottom <= TOP + HEIGHT + 0.3


def test_page_numbers_stand_7_mm_below_outside_right_and_left(long_letter):
    for page, number in enumerate("123"):
        left, digit, right = marks(long_letter, page)[-3:]

        assert (left.text, digit.text, right.text) == ("—", number, "—")
        assert left.top == pytest.approx(TOP + HEIGHT + 7, abs=0.7)
        if page % 2:
            assert left.left == pytest.approx(LEFT + PITCH, abs=0.4)
        else:
            assert right.right == pytest.approx(LEFT + WIDTH - PITCH, abs=0.4)


def test_paragraphs_begin_two_characters_in(long_letter):
    # "为深入" begins each paragraph, and now and then a line in its middle
    indents = {round((line[0].left - LEFT) / PITCH, 1) for line in _lines(marks(long_letter, 1))[:-1]}

    assert min(indents) == pytest.approx(0, abs=0.15)
    assert max(indents) == pytest.approx(2, abs=0.15)


def test_red_rules_of_a_letter_are_170_mm_long_and_in_their_places(tmp_path):
    """GB/T 9704-2012 10.1: name 30 mm below the edge, a double rule 4 mm below it, another 20 mm above the foot."""
    write_letters(tmp_path / "函.pdf", FORM, letters(1))
    shown = page_image(tmp_path / "函.pdf", 0, scale=SCALE)
    picture = Image.frombytes("RGB", (shown.width, shown.height), shown.pixels, "raw", "BGRX")
    mm = SCALE * 72 / 25.4
    red = picture.getchannel("R").point([255 if level > 150 else 0 for level in range(256)])
    green = picture.getchannel("G").point([255 if level < 100 else 0 for level in range(256)])
    both = Image.composite(red, Image.new("L", red.size), green)
    rows = [
        y
        for y in range(both.height)
        if sum(both.crop((0, y, both.width, y + 1)).histogram()[255:]) > 165 * mm
    ]
    heads, feet = ([y / mm for y in rows if (y < both.height / 2) == upper] for upper in (True, False))

    name = marks(tmp_path / "函.pdf")[: len(FORM.letterhead)]
    assert min(mark.top for mark in name) == pytest.approx(30, abs=1.5)
    assert min(heads) - max(mark.bottom for mark in name) == pytest.approx(4, abs=0.8)
    assert heads[-1] - heads[0] == pytest.approx(1.8, abs=0.6)
    assert max(feet) == pytest.approx(297 - 20, abs=0.4)
    left, _, right, _ = both.crop((0, rows[0], both.width, rows[0] + 2)).getbbox() or (0, 0, 0, 0)
    assert (left / mm, right / mm) == (pytest.approx(20, abs=0.2), pytest.approx(190, abs=0.2))
