"""The head and foot of a letter: red letterhead and rules, 编号, page number."""

from __future__ import annotations

from desktop.documents.ink import Inks
from desktop.documents.letter_rows import BASELINE, HEIGHT, LEADING, LEFT, MM, PITCH, SIZE, TOP, WIDTH
from desktop.documents.roles import Role
from desktop.documents.typeset import Line, one_line
from desktop.records.papers import Head

PAGE_WIDTH, PAGE_HEIGHT = 595.276, 841.89
RED = "0.86 0.05 0.07"
RULES_AT, RULES_GAP, RULE_WIDTH = 45.3 * MM, 4 * MM, 170 * MM
FOOT_RULES_AT = 277 * MM
"""GB/T 9704-2012 10.1, the form of a letter: name 30 mm below the edge, double rule 4 mm below it,
another 20 mm above the foot, both 170 mm long and in the middle."""
HEAD_SIZE, LEAST_HEAD = 32.0, 18.0
NUMBER_DROP = RULES_AT + 4.5 + SIZE * 7 / 8 + BASELINE * SIZE
"""The number's baseline: 7/8 of a character below the first double rule (same clause)."""
FLOW_AT = NUMBER_DROP + 16
PAGE_NUMBER_SIZE = 14.0


def letterhead(text: str) -> Line:
    """Return the letterhead at the size that fits the type area, spaced out where it is short."""
    natural = one_line(text, Role.TITLE, HEAD_SIZE).width
    size = min(HEAD_SIZE, HEAD_SIZE * WIDTH / natural) if natural else HEAD_SIZE
    gaps = max(1, len(text) - 1)
    extra = min(0.3 * size, max(0.0, (0.86 * WIDTH - natural * size / HEAD_SIZE) / gaps))
    return one_line(text, Role.TITLE, round(size, 1), pitch=round(size, 1) + extra)


def head(text: str, kind: Head, inks: Inks) -> str:
    """Return the operators of the red head, none on plain and on pre-printed paper."""
    if kind is not Head.RED:
        return ""
    line = letterhead(text)
    left, right = (PAGE_WIDTH - RULE_WIDTH) / 2, (PAGE_WIDTH + RULE_WIDTH) / 2

    def rule(drop: float, weight: float) -> str:
        y = PAGE_HEIGHT - drop
        return f"{weight} w {left:.2f} {y:.2f} m {right:.2f} {y:.2f} l S\n"

    x = LEFT + WIDTH / 2 - line.width / 2
    written = inks.text([(line, x, PAGE_HEIGHT - RULES_AT + RULES_GAP + 0.1 * line.size)])
    rules = rule(RULES_AT + 1.1, 2.2) + rule(RULES_AT + 4.1, 0.8)
    feet = rule(FOOT_RULES_AT - 3.4, 0.8) + rule(FOOT_RULES_AT - 0.4, 2.2)
    return f"q {RED} rg {RED} RG\n{written}{rules}{feet}Q\n"


def flow_top(kind: Head) -> float:
    """Return how far below the paper's edge the title's row begins; the same with and without red ink."""
    return TOP + 1.3 * LEADING if kind is Head.PLAIN else FLOW_AT


def number(text: str, kind: Head, inks: Inks) -> str:
    """Return the operators of 编号, at the right under the first rule.

    It is set for each letter: digits aren't of one width, so hardly two numbers have one shape.
    """
    if not text:
        return ""
    drop = TOP + BASELINE * SIZE if kind is Head.PLAIN else NUMBER_DROP
    placed, right = list[tuple[Line, float, float]](), LEFT + WIDTH
    for line in reversed(_number_lines(text)):
        right -= line.width
        placed.insert(0, (line, right, PAGE_HEIGHT - drop))
    return inks.text(placed)


def number_width(text: str) -> float:
    """Return the width of 编号 with its label."""
    return sum(line.width for line in _number_lines(text))


def _number_lines(text: str) -> list[Line]:
    """Return label and number; there is no label where the number says 号 itself (县委函〔2026〕3号)."""
    pieces = (text,) if text.endswith("号") else ("编号：", text)
    return [one_line(piece, Role.FANG, SIZE) for piece in pieces]


def page_number(page: int, inks: Inks) -> str:
    """Return the operators of "— 1 —": 7 mm below the type area, odd right, even left (7.5)."""
    line = one_line(f"— {page} —", Role.SONG, PAGE_NUMBER_SIZE)
    x = LEFT + PITCH if page % 2 == 0 else LEFT + WIDTH - PITCH - line.width
    return inks.text([(line, x, PAGE_HEIGHT - TOP - HEIGHT - 7 * MM - 0.38 * PAGE_NUMBER_SIZE)])
