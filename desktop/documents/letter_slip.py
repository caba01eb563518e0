"""The reply slip 回执: cut line, title, the lines to fill in, QR code and 编号."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from desktop.documents.ink import Inks
from desktop.documents.letter_head import PAGE_HEIGHT, PAGE_WIDTH
from desktop.documents.letter_rows import LEFT, MM, WIDTH, baseline
from desktop.documents.mould import Fields, Mould, Recent, mould
from desktop.documents.roles import Role
from desktop.documents.slip_code import MODULE, QUIET, SlipCodes
from desktop.documents.typeset import Line, lines, one_line
from desktop.records.letters import Letter, LetterForm

TITLE_SIZE, TEXT_SIZE, TEXT_LEADING, SMALL = 18.0, 14.0, 24.0, 9.0
CUT_ZONE = 7.5 * MM
TITLE_ZONE = 32.0
GUTTER = 5 * MM
OVERHANG = 9 * MM
"""How far a slip may reach below the type area: it ends 6 mm above the red rules of a letter's foot."""
CUT_WORDS = "请沿虚线裁下"

_names = count(1)


class SlipBlock:
    """The slip of a form, set for the shapes of the letters' values."""

    def __init__(self, form: LetterForm) -> None:
        self._form = form
        self._fields = Fields(((Role.TITLE, form.slip_title), (Role.FANG, form.slip.strip("\n"))))
        self._slips = Recent[tuple[object, ...], Slip]()

    def cast(self, values: Mapping[str, str], code_width: float) -> Slip:
        """Return the slip for the shape of these values and a code of this width (0 for none)."""
        key = (self._fields.shape(values), code_width)
        return self._slips.get(key) or self._slips.keep(key, self._set(key[0], code_width))

    def _set(self, shape: tuple[str, ...], code_width: float) -> Slip:
        filled = self._fields.filled
        title = " ".join(filled(Role.TITLE, self._form.slip_title, shape).split("\n"))
        text = filled(Role.FANG, self._form.slip.strip("\n"), shape)
        return Slip(title, text, code_width, self._fields)


class Slip:
    """One slip, set and measured; `code_width` is 0 where it has no code."""

    def __init__(self, title: str, text: str, code_width: float, fields: Fields) -> None:
        self.name = next(_names)
        self._code_width, self._fields = code_width, fields
        room = WIDTH - (code_width + GUTTER if code_width else 0.0)
        self._title = one_line(title, Role.TITLE, TITLE_SIZE)
        self._lines = lines(text, Role.FANG, TEXT_SIZE, room, justify=False)
        beside = code_width + SMALL - TITLE_ZONE if code_width else 0.0
        self._inner = max(len(self._lines) * TEXT_LEADING, beside)

    @property
    def height(self) -> float:
        """How much of the type area the slip takes."""
        return CUT_ZONE + TITLE_ZONE + self._inner

    def mould(self, drop: float, inks: Inks, *, cut: bool) -> Mould:
        """Return the mould of the slip (but its code) with its top `drop` below the paper's edge."""
        top = PAGE_HEIGHT - drop
        placed: list[tuple[Line, float, float]] = []
        drawn = _cut_line(top - 0.35 * CUT_ZONE, placed) if cut else ""
        top -= CUT_ZONE
        placed.append((self._title, LEFT + (WIDTH - self._title.width) / 2, top - baseline(TITLE_SIZE, 26)))
        first = top - TITLE_ZONE - baseline(TEXT_SIZE, TEXT_LEADING)
        placed.extend((line, LEFT, first - place * TEXT_LEADING) for place, line in enumerate(self._lines))
        return mould(drawn, placed, self._fields, inks)

    def code(self, letter: Letter, drop: float, codes: SlipCodes, inks: Inks) -> str:
        """Return the operators of the code, flush with the right margin, and of the number under it."""
        if not letter.code:
            return ""
        side, right = self._code_width - 2 * QUIET * MODULE, LEFT + WIDTH
        bottom = PAGE_HEIGHT - drop - CUT_ZONE - side - 4
        number = one_line(letter.number, Role.SONG, SMALL)
        x = min(right - (side + number.width) / 2, right - number.width)
        shown = inks.text([(number, x, bottom - QUIET * MODULE - 0.5 * SMALL)])
        return shown + codes.operators(letter.code, right - side, bottom)


def _cut_line(y: float, placed: list[tuple[Line, float, float]]) -> str:
    """Return the dashed line across the paper and place the words in its middle."""
    words = one_line(CUT_WORDS, Role.SONG, SMALL, pitch=1.3 * SMALL)
    middle, half = PAGE_WIDTH / 2, words.width / 2
    placed.append((words, middle - half, y - 0.38 * SMALL))
    ends = ((10 * MM, middle - half - 8), (middle + half + 8, PAGE_WIDTH - 10 * MM))
    dashes = "".join(f"{a:.2f} {y:.2f} m {b:.2f} {y:.2f} l S\n" for a, b in ends)
    return f"q 0.6 w 0.35 G [4 3] 0 d\n{dashes}Q\n"
