"""Short texts on lines of about one length, parted where it hurts least: titles, units, what stands in a narrow cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from desktop.documents import typeset
from desktop.documents.marks import BREAKS, GAPS, HALF, Kind
from desktop.documents.roles import Chain, Role, chain, printable
from desktop.documents.typeset import Line
from desktop.documents.words import INSIDE_A_WORD, hurts

LONELY = 2.0
"""What a line of a single character costs: more than anything else."""
UNEVEN = 0.6
"""What a line costs that is twice as long as the mean."""
MOST_LINES = 4
"""Lines of a text beyond which it is prose: its lines are full, the last one only not left with a character or two."""


@dataclass(frozen=True, slots=True)
class Balanced:
    """The lines of a text, and whether a word had to be parted."""

    lines: list[Line]
    parts_words: bool


def balanced(text: str, role: Role, size: float, width: float) -> Balanced:
    """Return `text` on as few lines of `width` points as it needs, the lines as even as its words allow.

    A line ends after a pause, a quotation, a word or the name of an office rather than within a word,
    and no line is left with a single character. A newline begins a line in any case.
    """
    found, parted = list[Line](), False
    for part in printable(text).split("\n"):
        one = _paragraph(part.strip(" "), role, size, width)
        found += one.lines
        parted = parted or one.parts_words
    return Balanced(found, parted)


def _paragraph(text: str, role: Role, size: float, width: float) -> Balanced:
    plain = typeset.lines(text, role, size, width, justify=False)
    if len(plain) > MOST_LINES:
        closer = typeset.lines(text, role, size, width - size, justify=False)
        kept = closer if len(plain[-1].text) < 3 and len(closer) == len(plain) else plain
        return Balanced(kept, parts_words=False)
    if len(plain) < 2:
        return Balanced(plain, parts_words=False)
    stops, parted = _parted(text, chain(role), len(plain), width / size)
    if not stops:
        return Balanced(plain, parts_words=True)
    pieces = (text[start:stop].strip(" ") for start, stop in pairwise((0, *stops)))
    return Balanced([typeset.one_line(piece, role, size) for piece in pieces], parted)


@lru_cache(maxsize=1024)
def _parted(text: str, faces: Chain, count: int, room: float) -> tuple[tuple[int, ...], bool]:
    """Return where `count` lines of `room` em stop (nothing where that can't be), and whether a word is parted."""
    cost = hurts(text)
    stops = _Measured(text, faces).stops(count, room, cost)
    return stops, any(cost[stop] >= INSIDE_A_WORD for stop in stops[:-1])


class _Measured:
    """A text with the places of its characters on an endless line, in em."""

    def __init__(self, text: str, faces: Chain) -> None:
        self.kinds = [faces.kinds[character] for character in text]
        self.widths = [faces.advances[character] for character in text]
        gaps = [GAPS[before][here] for before, here in pairwise(self.kinds)]
        steps = (gap + width for gap, width in zip(gaps, self.widths[1:], strict=True))
        self.ends = list(accumulate(steps, initial=self.widths[0]))

    def width(self, start: int, stop: int) -> float:
        """Return how wide the characters from `start` to before `stop` are, blanks at their end left out."""
        while stop > start + 1 and self.kinds[stop - 1] is Kind.BLANK:
            stop -= 1
        tail = HALF if self.kinds[stop - 1] is Kind.CLOSER else 0.0
        return self.ends[stop - 1] - self.ends[start] + self.widths[start] - tail

    def stops(self, count: int, room: float, cost: list[float]) -> tuple[int, ...]:
        """Return where `count` lines stop that cost least, nothing where the text can't be parted so."""
        end = len(self.kinds)
        mean = self.width(0, end) / count
        best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
        for line in range(1, count + 1):
            reached: dict[int, tuple[float, tuple[int, ...]]] = {}
            for start, (spent, stops) in best.items():
                for stop in self._ahead(start, room):
                    if (line == count) != (stop == end):
                        continue
                    uneven = UNEVEN * ((self.width(start, stop) - mean) / mean) ** 2
                    price = spent + uneven + (LONELY if stop - start < 2 else 0.0)
                    price += cost[stop] if stop < end else 0.0
                    if stop not in reached or price < reached[stop][0]:
                        reached[stop] = price, (*stops, stop)
            best = reached
        return best[end][1] if end in best else ()

    def _ahead(self, start: int, room: float) -> Iterator[int]:
        """Yield where a line from `start` may stop."""
        kinds, end = self.kinds, len(self.kinds)
        for stop in range(start + 1, end + 1):
            if self.width(start, stop) > room + 1e-6:
                return
            if stop == end or (BREAKS[kinds[stop - 1]][kinds[stop]] and kinds[stop] is not Kind.BLANK):
                yield stop
