"""reportlab printing the letters of the benchmark: what is alike in forms, the rest drawn per letter.

A strong peer: it has our fonts, line breaking and codes (`chain_font.py`, `typeset.py`, `slip_code.py`),
and the places of everything are found once.
"""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from benchmarks._letter_order import BODY, FORM, SIGNATURE, letters
from desktop.documents.chain_font import open_canvas
from desktop.documents.letter_head import NUMBER_DROP, PAGE_HEIGHT, letterhead
from desktop.documents.letter_rows import LEADING, LEFT, MM, PITCH, SIZE, TOP, WIDTH, drawn
from desktop.documents.letter_setting import COMMON, LetterSetting
from desktop.documents.roles import Role
from desktop.documents.slip_code import SlipCodes
from desktop.documents.typeset import draw, lines, one_line
from desktop.records.letters import Letter
from desktop.records.template import fill

SALUTATION, INVITED = 1, 3
"""The blocks of the form that hold fields: 称呼, and the second paragraph of the body."""


def reportlab(count: int, folder: Path) -> None:
    """Print the letters to one file."""
    canvas = open_canvas(folder / "reportlab.pdf", title="邀请函", author=SIGNATURE)
    order = letters(count)
    pages = _Pages(canvas, LetterSetting(FORM), order[0])
    for letter in order:
        pages.letter(letter)
    canvas.save()


class _Pages:
    """The two pages of the letter: a form each, and where what differs is drawn."""

    def __init__(self, canvas: Canvas, setting: LetterSetting, sample: Letter) -> None:
        self._canvas, self._codes = canvas, SlipCodes()
        self._tops: dict[int, float] = {}
        found = setting.set(sample)
        for page, pieces in enumerate(found.layout.pages):
            canvas.beginForm(f"page{page}")
            if page == 0:
                self._head()
            top = PAGE_HEIGHT - (TOP if page else setting.first_top)
            for piece in pieces:
                rows = [(found.casts[spot.block].rows[spot.number], top - spot.drop) for spot in piece.spots]
                if piece.block == COMMON:
                    self._alike(*drawn(rows))
                else:
                    self._tops[piece.block] = drawn(rows)[1][0][2]
            self._slip_top = top - found.layout.plan.slip_drop
            if page == found.layout.plan.slip_page:
                self._slip()
            canvas.endForm()

    def _head(self) -> None:
        canvas, line = self._canvas, letterhead(SIGNATURE)
        canvas.setFillColorRGB(0.86, 0.05, 0.07)
        canvas.setStrokeColorRGB(0.86, 0.05, 0.07)
        draw(canvas, LEFT + (WIDTH - line.width) / 2, PAGE_HEIGHT - 120, line)
        for drop, weight in ((45.7, 2.2), (46.7, 0.8), (275.8, 0.8), (276.9, 2.2)):
            canvas.setLineWidth(weight)
            canvas.line(20 * MM, PAGE_HEIGHT - drop * MM, 190 * MM, PAGE_HEIGHT - drop * MM)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.setStrokeColorRGB(0, 0, 0)

    def _alike(self, rules: str, placed: list) -> None:
        self._canvas.addLiteral(rules)
        for line, x, y in placed:
            draw(self._canvas, x, y, line)

    def _slip(self) -> None:
        canvas, title = self._canvas, one_line("回执", Role.TITLE, 18)
        canvas.setDash(4, 3)
        canvas.line(10 * MM, self._slip_top - 8, 200 * MM, self._slip_top - 8)
        canvas.setDash()
        draw(canvas, LEFT + (WIDTH - title.width) / 2, self._slip_top - 42, title)
        for place, line in enumerate(lines(FORM.slip, Role.FANG, 14, 0.8 * WIDTH, justify=False)[1:]):
            draw(canvas, LEFT, self._slip_top - 95 - 24 * place, line)

    def letter(self, letter: Letter) -> None:
        """Draw one letter of two pages."""
        canvas, fields = self._canvas, letter.fields
        canvas.doForm("page0")
        number = one_line(f"编号：{letter.number}", Role.FANG, SIZE)
        draw(canvas, LEFT + WIDTH - number.width, PAGE_HEIGHT - NUMBER_DROP, number)
        self._text(fill(FORM.salutation, letter.fields), SALUTATION, 0)
        self._text(fill(BODY.split("\n")[1], letter.fields), INVITED, 2 * PITCH)
        canvas.showPage()
        canvas.doForm("page1")
        draw(
            canvas, LEFT, self._slip_top - 71, one_line(fill(FORM.slip.split("\n")[0], fields), Role.FANG, 14)
        )
        below = one_line(letter.number, Role.SONG, 9)
        draw(canvas, LEFT + WIDTH - below.width, self._slip_top - 105, below)
        canvas.addLiteral(self._codes.operators(letter.code, LEFT + WIDTH - 62, self._slip_top - 90))
        canvas.showPage()

    def _text(self, text: str, block: int, indent: float) -> None:
        found = lines(text, Role.FANG, SIZE, WIDTH, first_indent=indent, pitch=PITCH)
        for place, line in enumerate(found):
            draw(self._canvas, LEFT, self._tops[block] - place * LEADING, line)
