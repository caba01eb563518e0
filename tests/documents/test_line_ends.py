"""Ten thousand paragraphs: no forbidden mark at either end of a line, and both edges even."""

from __future__ import annotations

import random

import pytest

from desktop.documents.marks import BLANK_RIGHT, NOT_AT_END, NOT_AT_START
from desktop.documents.roles import Role
from desktop.documents.typeset import Line, lines

WIDTH, MM = 442.2, 72 / 25.4
HAN = "为深入学习贯彻党的二十大精神进一步推进组织工作公开透明我部定于举办主题开放日活动诚邀您拨冗出席"
AFTER = ("，", "。", "；", "：", "？", "！", "、", "，", "。", "！”", "？》", "……", "——", "）", "。）", "％")
BEFORE = ("“", "《", "（", "〔", "【", "《“")
NARROW = ("2026", "9:00", "50%", "Gate 3", "No.7", "0551-68841234", "A")


def _paragraph(chance: random.Random) -> str:
    """Return a paragraph as officials write them: words, figures and Latin with marks around."""
    parts = list[str]()
    for _ in range(chance.randrange(2, 16)):
        sort = chance.random()
        if sort < 0.7:
            start = chance.randrange(len(HAN) - 12)
            parts.append(HAN[start : start + chance.randrange(1, 12)])
        elif sort < 0.9:
            parts.append("于" + chance.choice(NARROW))
        else:
            parts.append(chance.choice(BEFORE) + HAN[: chance.randrange(1, 9)])
        parts.append(chance.choice(AFTER) if chance.random() < 0.6 else "")
    return "".join(parts)


@pytest.mark.parametrize("seed", range(4))
def test_no_forbidden_mark_at_a_line_end_in_thousands_of_paragraphs(seed):
    chance = random.Random(seed)
    for _ in range(2500):
        text = _paragraph(chance)
        found = lines(text, Role.FANG, 16, WIDTH, first_indent=32, pitch=WIDTH / 28)

        assert "".join(line.text for line in found).replace(" ", "") == text.replace(" ", "")
        for line in found[1:]:
            assert line.text[0] not in NOT_AT_START, text
        for line in found[:-1]:
            assert line.text[-1] not in NOT_AT_END, text
            assert _edge(line) == pytest.approx(WIDTH, abs=0.2 * MM), (line.text, text)


def _edge(line: Line) -> float:
    """Return where a line seems to end: a closing mark may stand with its blank half beyond the edge."""
    hangs = line.text[-1] in BLANK_RIGHT and line.width > WIDTH + 0.2 * MM
    return line.width - (0.5 * line.size if hangs else 0.0)
