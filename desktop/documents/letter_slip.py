"""The reply slip 回执: cut line, title, the lines to fill in, QR code and 编号."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.documents.ink import Inks
from desktop.documents.letter_head import PAGE_HEIGHT, PAGE_WIDTH
from desktop.documents.letter_rows import LEFT, MM, WIDTH, baseline
from desktop.documents.roles import Role
from desktop.documents.slip_code import MODULE, QUIET, SlipCodes
from desktop.documents.template import fill
from desktop.documents.typeset import Line, lines, one_line
from desktop.records.papers import Letter, LetterForm

TITLE_SIZE, TEXT_SIZE, TEXT_LEADING, SMALL = 18.0, 14.0, 24.0, 9.0
CUT_ZONE = 7.5 * MM
TITLE_ZONE = 32.0
GUTTER = 5 * MM
OVERHANG = 9 * MM
"""How far a slip may reach below the type area: it ends 6 mm above the red rules of a letter's foot."""
CUT_WORDS = "请沿虚线裁下"


class Slip:
    """The slip of one letter, set and measured."""

    def __init__(self, form: LetterForm, letter: Letter, codes: SlipCodes) -> None:
        values: Mapping[str, str] = letter.fields
        self._letter, self._codes = letter, codes
        self._code_width = codes.width(letter.code) if letter.code else 0.0
        room = WIDTH - (self._code_width + GUTTER if letter.code else 0.0)
        title = " ".join(fill(form.slip_title, values).split("\n"))
        self._title = one_line(title, Role.TITLE, TITLE_SIZE)
        text = fill(form.slip, values).strip("\n")
        self._lines = lines(text, Role.FANG, TEXT_SIZE, room, justify=False)
        beside = self._code_width + SMALL - TITLE_ZONE if letter.code else 0.0
        self._inner = max(len(self._lines) * TEXT_LEADING, beside)

    @property
    def height(self) -> float:
        """How much of the type area the slip takes."""
        return CUT_ZONE + TITLE_ZONE + self._inner

    def operators(self, drop: float, inks: Inks, *, cut: bool) -> str:
        """Return the operators that draw the slip with its top `drop` below the paper's edge."""
        top = PAGE_HEIGHT - drop
        placed: list[tuple[Line, float, float]] = []
        drawn = self._cut_line(top - 0.35 * CUT_ZONE, placed) if cut else ""
        top -= CUT_ZONE
        placed.append((self._title, LEFT + (WIDTH - self._title.width) / 2, top - baseline(TITLE_SIZE, 26)))
        first = top - TITLE_ZONE - baseline(TEXT_SIZE, TEXT_LEADING)
        placed.extend((line, LEFT, first - place * TEXT_LEADING) for place, line in enumerate(self._lines))
        if self._letter.code:
            drawn += self._code(top, placed)
        return drawn + inks.text(placed)

    def _cut_line(self, y: float, placed: list[tuple[Line, float, float]]) -> str:
        """Draw the dashed line across the paper, with words in its middle."""
        words = one_line(CUT_WORDS, Role.SONG, SMALL, pitch=1.3 * SMALL)
        middle, half = PAGE_WIDTH / 2, words.width / 2
        placed.append((words, middle - half, y - 0.38 * SMALL))
        ends = ((10 * MM, middle - half - 8), (middle + half + 8, PAGE_WIDTH - 10 * MM))
        dashes = "".join(f"{a:.2f} {y:.2f} m {b:.2f} {y:.2f} l S\n" for a, b in ends)
        return f"q 0.6 w 0.35 G [4 3] 0 d\n{dashes}Q\n"

    def _code(self, top: float, placed: list[tuple[Line, float, float]]) -> str:
        """Draw the QR code flush with the right margin and the number under it."""
        side = self._code_width - 2 * QUIET * MODULE
        left, bottom = LEFT + WIDTH - side, top - side - 4
        if self._letter.number:
            words = one_line(self._letter.number, Role.SONG, SMALL)
            x = min(left + (side - words.width) / 2, LEFT + WIDTH - words.width)
            placed.append((words, x, bottom - QUIET * MODULE - 0.5 * SMALL))
        return self._codes.operators(self._letter.code, left, bottom)
