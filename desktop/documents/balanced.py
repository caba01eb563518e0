"""Short texts on lines of about one length, parted where it hurts least: titles, units, what stands in a narrow cell."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from desktop.documents import typeset
from desktop.documents.marks import GAPS, HALF, Kind, may_break
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


def balanced(text: str, role: Role, size: float, width: float, *, spare: bool = False) -> Balanced:
    """Return `text` on as few lines of `width` points as it needs, the lines as even as its words allow.

    A line ends after a pause, a quotation, a word or the name of an office rather than within a word,
    and no line is left with a single character. A newline begins a line in any case. With `spare` one line
    more is taken where that keeps the words whole.
    """
    found, parted = list[Line](), False
    for part in printable(text).split("\n"):
        one = _paragraph(part.strip(" "), role, size, width, spare)
        found += one.lines
        parted = parted or one.parts_words
    return Balanced(found, parted)


def _paragraph(text: str, role: Role, size: float, width: float, spare: bool) -> Balanced:
    plain = typeset.lines(text, role, size, width, justify=False)
    if len(plain) > MOST_LINES:
        closer = typeset.lines(text, role, size, width - size, justify=False)
        kept = closer if len(plain[-1].text) < 3 and len(closer) == len(plain) else plain
        return Balanced(kept, parts_words=False)
    if len(plain) < 2:
        return Balanced(plain, parts_words=False)
    stops, parted = _parted(text, chain(role), len(plain), width / size)
    if spare and (parted or not stops):
        more, still = _parted(text, chain(role), len(plain) + 1, width / size)
        stops, parted = (more, still) if more and not still else (stops, parted)
    if not stops:
        return Balanced(plain, parts_words=True)
    pieces = (text[start:stop].strip(" ") for start, stop in pairwise((0, *stops)))
    return Balanced([typeset.one_line(piece, role, size) for piece in pieces], parted)


@lru_cache(maxsize=8192)
def _parted(text: str, faces: Chain, count: int, room: float) -> tuple[tuple[int, ...], bool]:
    """Return where `count` lines of `room` em stop (nothing where that can't be), and whether a word is parted."""
    cost = hurts(text)
    stops = _Measured(text, faces).parted(count, room, cost)
    return stops, any(cost[stop] >= INSIDE_A_WORD for stop in stops[:-1])


class _Measured:
    """A text with the places of its characters on an endless line, in em, and where its lines may stop."""

    def __init__(self, text: str, faces: Chain) -> None:
        kinds = [faces.kinds[character] for character in text]
        widths = [faces.advances[character] for character in text]
        gaps = [GAPS[before][here] for before, here in pairwise(kinds)]
        steps = (gap + width for gap, width in zip(gaps, widths[1:], strict=True))
        ends = list(accumulate(steps, initial=widths[0]))
        self.starts = [end - width for end, width in zip(ends, widths, strict=True)]
        self.stops = [
            at for at in range(1, len(text)) if kinds[at] is not Kind.BLANK and may_break(kinds, at)
        ]
        self.stops.append(len(text))
        self.reach = {stop: _reach(kinds, ends, stop) for stop in self.stops}

    def parted(self, count: int, room: float, cost: list[float]) -> tuple[int, ...]:
        """Return where `count` lines stop that cost least, nothing where the text can't be parted so."""
        last = self.stops[-1]
        mean = self.reach[last] / count
        best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
        for left in reversed(range(count)):
            reached: dict[int, tuple[float, tuple[int, ...]]] = {}
            for start, (spent, stops) in best.items():
                begin = self.starts[start]
                for stop in self.stops[bisect_right(self.stops, start) : -1] if left else (last,):
                    width = self.reach[stop] - begin
                    if width > room + 1e-6:
                        break
                    price = spent + UNEVEN * (width / mean - 1) ** 2 + (LONELY if stop - start < 2 else 0.0)
                    price += cost[stop] if left else 0.0
                    if stop not in reached or price < reached[stop][0]:
                        reached[stop] = price, (*stops, stop)
            # what is left has to fit into the lines that are left
            best = {
                stop: found
                for stop, found in reached.items()
                if (stop < last and self.reach[last] - self.starts[stop] <= left * room + 1) or not left
            }
        return best[last][1] if last in best else ()


def _reach(kinds: list[Kind], ends: list[float], stop: int) -> float:
    """Return where the ink of the characters before `stop` ends: without blanks, and the blank half of a mark."""
    while stop > 1 and kinds[stop - 1] is Kind.BLANK:
        stop -= 1
    return ends[stop - 1] - (HALF if kinds[stop - 1] is Kind.CLOSER else 0.0)
