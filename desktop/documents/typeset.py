"""The small Chinese paragraph: plain text to lines with both edges even.

Rules (design, after GB/T 9704-2012 and GB/T 15834-2011): closing marks never begin a line and opening
marks never end one, Latin words and numbers stay whole, a little space stands between Han and Latin,
neighbouring marks are squeezed, and a line is stretched only between characters that aren't both Latin.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from operator import add
from typing import TYPE_CHECKING

from desktop.documents.marks import (
    CLOSERS,
    GAPS,
    HALF,
    OPENERS,
    SQUEEZES,
    STRETCHES,
    TRACKED,
    Kind,
    Stretch,
    may_break,
)
from desktop.documents.roles import Chain, Role, chain, printable

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

LOOK_AHEAD = 3
"""How many characters beyond the line a squeeze may pull in."""
MOST_SQUEEZED = 0.25
"""What a squeeze takes from one mark at most, in em."""
_LATIN = frozenset({Kind.LATIN})


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
    parts = text.split("\n") if text else []
    metrics = _metrics(chain(role), size, (pitch or size) - size)
    return [
        line for part in parts for line in _paragraph(part.rstrip(" "), metrics, width, first_indent, justify)
    ]


def one_line(text: str, role: Role, size: float, *, pitch: float | None = None) -> Line:
    """Return `text` as one line of its natural width, however long."""
    if text.isascii() and text.isprintable():
        faces = chain(role)
        if _LATIN.issuperset(map(faces.kinds.__getitem__, text)):  # nothing stands between the letters
            natural = size * sum(map(faces.advances.__getitem__, text))
            return Line((Span(0.0, text, 0.0),) if text else (), text, natural, role, size)
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


class _Metrics:
    """What paragraphs of one role, size and tracking share."""

    def __init__(self, faces: Chain, size: float, tracking: float) -> None:
        self.role, self.size = faces.role, size
        self.advances, self.kinds = faces.advances, faces.kinds
        # set closer than its size, a line of 28 cells is as wide as its column only without the last overlap
        self.overlap = max(0.0, -tracking)
        self.gaps = [
            [size * gap + (tracking if tracked else 0.0) for gap, tracked in zip(*rows, strict=True)]
            for rows in zip(GAPS, TRACKED, strict=True)
        ]


_metrics = lru_cache(maxsize=64)(_Metrics)


@lru_cache(maxsize=1024)
def _paragraph(text: str, metrics: _Metrics, width: float, indent: float, justify: bool) -> tuple[Line, ...]:
    """Return the lines of one paragraph; remembered, since most of a batch of letters is alike."""
    if not text:
        return (Line((), "", 0, metrics.role, metrics.size),)
    run = _Run(text, metrics)
    width += metrics.overlap
    found, start = list[Line](), 0
    while start < len(text):
        # an indented line keeps the blank half of its opening mark, others begin with the ink
        shift = -run.lead(start) if found else indent
        stop, following = run.break_after(start, width - shift)
        even = justify and following < len(text)
        found.append(run.line(start, stop, shift, width, even=even))
        start = following
    return tuple(found)


class _Run:
    """One paragraph's characters with their natural places on an endless line."""

    def __init__(self, text: str, metrics: _Metrics) -> None:
        self.text, self.metrics, self.size = text, metrics, metrics.size
        self.kinds = list(map(metrics.kinds.__getitem__, text))
        self.widths = [metrics.size * advance for advance in map(metrics.advances.__getitem__, text)]
        gaps = metrics.gaps
        self.gaps = [gaps[before][here] for before, here in pairwise(self.kinds)]
        steps = [gap + width for gap, width in zip(self.gaps, self.widths[1:], strict=True)]
        self.ends = list(accumulate(steps, initial=self.widths[0]))

    def start(self, at: int) -> float:
        """Return where the character at `at` begins."""
        return self.ends[at] - self.widths[at]

    def lead(self, at: int) -> float:
        """Return the blank left half of an opening mark, 0 for others."""
        return HALF * self.size if self.kinds[at] is Kind.OPENER else 0.0

    def tail(self, at: int) -> float:
        """Return the blank right half of a closing mark, 0 for others."""
        return HALF * self.size if self.kinds[at] is Kind.CLOSER else 0.0

    def break_after(self, start: int, room: float) -> tuple[int, int]:
        """Return where the line from `start` stops and where the next one starts.

        The line stops at the last permitted place within `room`, or a little beyond it where squeezing
        its marks disturbs less than stretching; a run longer than a line is cut where the line is full.
        """
        limit, count = self.start(start) + room + 1e-6, len(self.text)
        full = bisect_right(self.ends, limit, start)
        if full < count and self.ends[full] - self.tail(full) <= limit:
            full += 1
        full = max(full, start + 1)
        if full >= count:
            return count, count
        stop = next((at for at in range(full, start, -1) if self._breaks(at)), start)
        if stop == start or self._endless(stop, full, room):
            stop = self._cut(start, full)
        elif further := self._pulled_in(start, stop, full, limit):
            stop = further
        following = stop
        while following < count and self.kinds[following] is Kind.BLANK:
            following += 1
        while stop > start + 1 and self.kinds[stop - 1] is Kind.BLANK:
            stop -= 1
        return stop, following

    def _breaks(self, at: int) -> bool:
        return may_break(self.kinds, at)

    def _endless(self, stop: int, full: int, room: float) -> bool:
        """Tell whether what would go to the next line whole is longer than a line."""
        if stop == full:
            return False
        end = next((at for at in range(full, len(self.text)) if self._breaks(at)), len(self.text))
        return self.ends[end - 1] - self.start(stop) > room

    def _cut(self, start: int, full: int) -> int:
        """Return where to cut a run that is longer than a line: not between a mark and what it holds."""
        for at in range(full, start, -1):
            if self.kinds[at] not in CLOSERS and self.kinds[at - 1] not in OPENERS:
                return at
        return full

    def _pulled_in(self, start: int, stop: int, full: int, limit: float) -> int:
        """Return a later stop reached by squeezing marks a little each, else 0."""
        slack = limit - self.ends[stop - 1]
        for at in range(max(full, stop + 1), min(full + LOOK_AHEAD, len(self.text)) + 1):
            if at == len(self.text) or self._breaks(at):
                need = self.ends[at - 1] - self.tail(at - 1) - limit
                marks = len(self._between(SQUEEZES, start, at))
                return at if 0 <= need <= min(slack, marks * MOST_SQUEEZED * self.size) else 0
        return 0

    def _between(self, rules: list[list[bool]] | list[list[Stretch]], start: int, stop: int) -> list[int]:
        """Return the places (from `start`) after which the line may be squeezed or stretched."""
        kinds = self.kinds[start:stop]
        pairs = enumerate(pairwise(kinds))
        return [at for at, (before, here) in pairs if rules[before][here] == 1]

    def line(self, start: int, stop: int, shift: float, width: float, *, even: bool) -> Line:
        """Return the line of the characters from `start` to before `stop`, begun `shift` from its left."""
        gaps = self.gaps[start : stop - 1]
        slack = width - shift - (self.ends[stop - 1] - self.start(start))
        if even or slack < -1e-6:
            self._even(start, stop, slack, gaps)
        steps = map(add, self.widths[start : stop - 1], gaps)
        places = list(accumulate(steps, initial=shift))
        spans, first, spread = list[Span](), 0, gaps[0] if gaps else 0.0
        for at, gap in enumerate(gaps):
            if gap != spread:
                spans.append(Span(places[first], self.text[start + first : start + at + 1], spread))
                first = at + 1
                spread = gaps[first] if first < len(gaps) else 0.0
        spans.append(Span(places[first], self.text[start + first : stop], spread))
        reach = places[-1] + self.widths[stop - 1]
        return Line(tuple(spans), self.text[start:stop], reach, self.metrics.role, self.size)

    def _even(self, start: int, stop: int, slack: float, gaps: list[float]) -> None:
        """Spread `slack` over the gaps, or squeeze marks where it is negative."""
        if slack < 0:
            slack += self.tail(stop - 1)
        places = self._between(STRETCHES if slack >= -1e-6 else SQUEEZES, start, stop)
        if not places and slack > 0:
            kinds = self.kinds[start:stop]
            pairs = enumerate(pairwise(kinds))
            places = [at for at, pair in pairs if STRETCHES[pair[0]][pair[1]] is Stretch.AT_NEED]
        if places and slack / len(places) <= self.size:
            for at in places:
                gaps[at] += slack / len(places)
