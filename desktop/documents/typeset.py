"""The small Chinese paragraph: plain text to lines with both edges even.

Rules (design, after GB/T 9704-2012 and GB/T 15834-2011): closing marks never begin a line and opening
marks never end one, Latin words and numbers stay whole, a little space stands between Han and Latin,
neighbouring marks are squeezed, and a line is stretched only between characters that aren't both Latin.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.documents.marks import BLANK_LEFT, BLANK_RIGHT, JOINED, KINDS, Kind
from desktop.documents.roles import Role, chain, printable

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

HALF, QUARTER = 0.5, 0.25
BETWEEN_SCRIPTS = 0.16
"""The space between Han and Latin in em: "at most a quarter", and below the sixth of an em from which
readers (pdfium, pdftotext) take a gap for a blank: a copied or searched 2026年 must not read 2026 年."""
LOOK_AHEAD = 3
"""How many characters beyond the line a squeeze may pull in."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line: where it starts (points from the line's left), text, space after each character."""

    x: float
    text: str
    spread: float


@dataclass(frozen=True, slots=True)
class Line:
    """One set line: its spans, its text as it reads, and how far it reaches (points)."""

    spans: tuple[Span, ...]
    text: str
    width: float
    role: Role
    size: float


def lines(
    text: str,
    role: Role,
    size: float,
    width: float,
    *,
    first_indent: float = 0,
    pitch: float | None = None,
    justify: bool = True,
) -> list[Line]:
    """Return the lines of `text` in a column `width` points wide; a newline begins a new paragraph.

    `pitch` is the distance from Han character to Han character where it isn't `size` (the 28 characters
    of a GB/T 9704 line stand 15.79 pt apart). Text is literal: nothing in it is markup. Controls and
    lone surrogates are dropped. An empty text has no lines, an empty paragraph one empty line.
    """
    text = printable(text)
    setter = _Setter(role, size, width, (pitch or size) - size, justify=justify)
    parts = text.split("\n") if text else []
    return [line for part in parts for line in setter.paragraph(part.rstrip(" "), first_indent)]


def one_line(text: str, role: Role, size: float, *, pitch: float | None = None) -> Line:
    """Return `text` as one line of its natural width, however long."""
    found = lines(text.replace("\n", " "), role, size, 1e9, pitch=pitch)
    return found[0] if found else Line((), "", 0, role, size)


def draw(canvas: Canvas, x: float, y: float, line: Line) -> None:
    """Draw a line with its left edge at `x` and its baseline at `y` in the canvas's present colour."""
    from desktop.documents.chain_font import font_name  # here: a letter needs no reportlab, which takes 0.1 s

    written = canvas.beginText(x, y)
    written.setFont(font_name(line.role), line.size)
    for span in line.spans:
        written.setTextOrigin(x + span.x, y)
        written.setCharSpace(span.spread)
        written.textOut(span.text)
    canvas.drawText(written)


class _Setter:
    """Breaks and spaces paragraphs of one role, size and column width."""

    def __init__(self, role: Role, size: float, width: float, tracking: float, *, justify: bool) -> None:
        self.role, self.size, self.width = role, size, width
        self.tracking, self.justify = tracking, justify
        self._advances = chain(role).advances

    def paragraph(self, text: str, indent: float) -> list[Line]:
        if not text:
            return [Line((), "", 0, self.role, self.size)]
        run = _Run(
            text, [self._advances[character] * self.size for character in text], self.size, self.tracking
        )
        found, start = list[Line](), 0
        while start < len(text):
            room = self.width - (0 if found else indent) + (run.lead(start) if found else 0)
            stop, following = run.break_after(start, room)
            found.append(self._line(run, start, stop, 0 if found else indent, last=following >= len(text)))
            start = following
        return found

    def _line(self, run: _Run, start: int, stop: int, indent: float, *, last: bool) -> Line:
        """Return the line of the characters from `start` to before `stop`."""
        shift = indent - (run.lead(start) if not indent else 0) if start else indent
        extra = [run.starts[at + 1] - run.starts[at] - run.widths[at] for at in range(start, stop - 1)]
        natural = run.ends[stop - 1] - run.starts[start]
        slack = self.width - shift - natural
        if slack < -1e-6 or (self.justify and not last):
            self._even(run, start, stop, slack, extra)
        spans, x, first, begun = list[Span](), shift, start, shift
        for at in range(start, stop - 1):
            step = extra[at - start]
            x += run.widths[at] + step
            if abs(step - extra[first - start]) > 1e-4:
                spans.append(Span(begun, run.text[first : at + 1], extra[first - start]))
                first, begun = at + 1, x
        spread = extra[first - start] if first < stop - 1 else 0.0
        spans.append(Span(begun, run.text[first:stop], spread))
        text = run.text[start:stop]
        return Line(tuple(spans), text, x + run.widths[stop - 1], self.role, self.size)

    def _even(self, run: _Run, start: int, stop: int, slack: float, extra: list[float]) -> None:
        """Spread `slack` over the gaps, or squeeze marks where it is negative."""
        if slack < 0:
            slack += run.tail(stop - 1)
        if slack < -1e-6:
            marks = run.squeezable(start, stop)
            for at in marks:
                extra[at - start] += slack / len(marks)
            return
        gaps = [at for at in range(start, stop - 1) if run.stretches(at)]
        gaps = [at for at in gaps if not run.changes_script(at)] or gaps
        if gaps and slack / len(gaps) <= self.size:
            for at in gaps:
                extra[at - start] += slack / len(gaps)


class _Run:
    """One paragraph's characters with their natural places on an endless line."""

    def __init__(self, text: str, widths: list[float], size: float, tracking: float) -> None:
        self.text, self.widths, self.size = text, widths, size
        self.kinds = [KINDS[character] for character in text]
        self.starts, self.ends = list[float](), list[float]()
        x = 0.0
        for at, width in enumerate(widths):
            x += self._gap(at, tracking) if at else 0.0
            self.starts.append(x)
            x += width
            self.ends.append(x)

    def _gap(self, at: int, tracking: float) -> float:
        """Return the natural space between the character before `at` and the one at it."""
        before, here = self.kinds[at - 1], self.kinds[at]
        gap = 0.0 if before >= Kind.LATIN and here >= Kind.LATIN else tracking
        if (before is Kind.HAN and here is Kind.LATIN) or (before is Kind.LATIN and here is Kind.HAN):
            blank = "\u3000"
            return gap if blank in self.text[at - 1 : at + 1] else gap + BETWEEN_SCRIPTS * self.size
        if here is Kind.OPENER and self._wide(at) and self._mark(at - 1):
            return gap - HALF * self.size
        if here is Kind.CLOSER and self.tail(at - 1) and self.text[at] in BLANK_RIGHT:
            return gap - HALF * self.size
        return gap

    def _wide(self, at: int) -> bool:
        return self.widths[at] >= 0.9 * self.size

    def _mark(self, at: int) -> bool:
        return self._wide(at) and (self.text[at] in BLANK_RIGHT or self.text[at] in BLANK_LEFT)

    def lead(self, at: int) -> float:
        """Return the blank left half of an opening mark at a line's start, 0 for others."""
        return HALF * self.size if self.text[at] in BLANK_LEFT and self._wide(at) else 0.0

    def tail(self, at: int) -> float:
        """Return the blank right half of a closing mark, 0 for others."""
        return HALF * self.size if self.text[at] in BLANK_RIGHT and self._wide(at) else 0.0

    def stretches(self, at: int) -> bool:
        """Tell whether a line may be stretched after the character at `at`."""
        before, after = self.kinds[at], self.kinds[at + 1]
        if before is Kind.BLANK or (before >= Kind.LATIN and after >= Kind.LATIN):
            return False
        return not (self.text[at] in JOINED and self.text[at] == self.text[at + 1])

    def changes_script(self, at: int) -> bool:
        """Tell whether Han and Latin meet after the character at `at`."""
        return {self.kinds[at], self.kinds[at + 1]} == {Kind.HAN, Kind.LATIN}

    def squeezable(self, start: int, stop: int) -> list[int]:
        """Return where space between characters holds half of an unsqueezed mark."""
        return [
            at
            for at in range(start, stop - 1)
            if (self.tail(at) or self.lead(at + 1)) and not (self._mark(at) and self._mark(at + 1))
        ]

    def may_break(self, at: int) -> bool:
        """Tell whether a line may end before the character at `at`."""
        before, here = self.kinds[at - 1], self.kinds[at]
        if here is Kind.BLANK:
            return before is not Kind.OPENER
        if here in (Kind.CLOSER, Kind.NARROW_CLOSER) or before in (Kind.OPENER, Kind.NARROW_OPENER):
            return False
        return before < Kind.LATIN or here < Kind.LATIN

    def break_after(self, start: int, room: float) -> tuple[int, int]:
        """Return where the line from `start` stops and where the next one starts.

        The line stops at the last permitted place within `room`, or a little beyond it where squeezing
        its marks disturbs less than stretching; a run longer than a line is cut where the line is full.
        """
        limit = self.starts[start] + room + 1e-6
        full = bisect_right(self.ends, limit, start)
        if full < len(self.text) and self.ends[full] - self.tail(full) <= limit:
            full += 1
        full = max(full, start + 1)
        if full >= len(self.text):
            return len(self.text), len(self.text)
        stop = next((at for at in range(full, start, -1) if self.may_break(at)), start)
        if stop == start or self._endless(stop, full, room):
            stop = full
        elif further := self._pulled_in(start, stop, full, limit):
            stop = further
        following = stop
        while following < len(self.text) and self.kinds[following] is Kind.BLANK:
            following += 1
        while stop > start + 1 and self.kinds[stop - 1] is Kind.BLANK:
            stop -= 1
        return stop, following

    def _endless(self, stop: int, full: int, room: float) -> bool:
        """Tell whether what would go to the next line whole is longer than a line."""
        if stop == full:
            return False
        end = next((at for at in range(full, len(self.text)) if self.may_break(at)), len(self.text))
        return self.ends[end - 1] - self.starts[stop] > room

    def _pulled_in(self, start: int, stop: int, full: int, limit: float) -> int:
        """Return a later stop reached by squeezing marks by at most a quarter em each, else 0."""
        slack = limit - self.ends[stop - 1]
        for at in range(full, min(full + LOOK_AHEAD, len(self.text)) + 1):
            if at > stop and (at == len(self.text) or self.may_break(at)):
                need = self.ends[at - 1] - self.tail(at - 1) - limit
                marks = len(self.squeezable(start, at))
                return at if 0 <= need <= min(slack, marks * QUARTER * self.size) else 0
        return 0
