"""Where letters end: the signature has company on its page, and no page before it is left half empty."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from desktop.documents.invitation import write_letters
from desktop.documents.preview import page_count
from desktop.records.letters import LetterForm, ProgrammeRow
from tests.documents.letter_samples import FORM, letter, marks, texts

FOOT = 262.0
"""Where the type area ends, in mm from the paper's upper edge."""
MOST_LEFT_FREE = 50.0
"""Signature with its least free height, two lines above it and the contact's: what can't be parted."""


def _form(paragraphs: int, rows: int, **changes: str) -> LetterForm:
    table = (
        ProgrammeRow("9:00—9:20", f"第{place}项：签到，领取活动手册", "一楼大厅") for place in range(rows)
    )
    return replace(FORM, body="\n".join(["汉" * 26] * paragraphs), programme=tuple(table), **changes)


@pytest.mark.parametrize("slip", [FORM.slip, ""], ids=["slip", "none"])
@pytest.mark.parametrize("rows", [0, 1, 2, 3, 9])
def test_no_page_has_a_hole_and_no_signature_stands_alone(tmp_path, rows, slip):
    target = tmp_path / "x.pdf"
    for paragraphs in range(max(2, 12 - rows), 19 - rows):
        write_letters(target, _form(paragraphs, rows, slip=slip), [letter(0)])
        if page_count(target) == 1:
            continue
        said = texts(target)
        lowest = max(mark.bottom for mark in marks(target) if mark.bottom < FOOT)
        assert FOOT - lowest < MOST_LEFT_FREE
        signed = said[1].find("中共肥西县委组织部")
        assert signed < 0 or signed >= 30 or "第" in said[1][:signed]
        assert ("附注" in said[1] or "联系人" in said[1]) <= (signed >= 0)


def test_a_short_table_breaks_between_its_rows_under_a_repeated_heading(tmp_path):
    target = tmp_path / "x.pdf"
    write_letters(target, _form(10, 3), [letter(0)])

    first, second = ("".join(text.split()) for text in texts(target))
    assert "第1项" in first
    assert second.startswith("时间内容地点")
    assert "第2项" in second


def test_lines_move_closer_where_that_saves_the_page(tmp_path):
    target = tmp_path / "x.pdf"
    for paragraphs in range(8, 18):
        write_letters(target, _form(paragraphs, 0, slip="", contact=""), [letter(0)])
        lines = sorted({round(mark.bottom, 1) for mark in marks(target) if mark.text == "汉"})
        steps = {round(below - above, 1) for above, below in pairwise(lines)}
        if steps <= {9.6, 9.7, 9.9, 10.0}:
            assert page_count(target) == 1
            break
        assert steps <= {10.2, 10.3}
    else:
        pytest.fail("no letter was set closer")
