"""Where the rows of a letter go: page by page, what belongs together kept together."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.documents.letter_rows import Row

Flow = Sequence[tuple[int, int, Row]]
"""The rows of a letter in order as (block, number in the block, row)."""
CLOSER = (0.97, 0.94)
"""How high lines are in a letter set closer: 28.1 and 27.3 pt, where 28.99 are usual."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One row on a page: block, number in it, and how far its top is below the page's first row."""

    block: int
    number: int
    drop: float


@dataclass(frozen=True, slots=True)
class Plan:
    """The pages of a letter, and the page and drop of its slip (page -1 where it has none)."""

    pages: tuple[tuple[Spot, ...], ...]
    slip_page: int = -1
    slip_drop: float = 0.0


def bound(flow: Flow, closing: int, tables: Collection[int] = ()) -> Flow:
    """Bind block `closing` and what follows it together, and to what stands before: it is never alone on a page.

    Before it stay two lines of text, or one row of a table: a page that a table goes on to repeats its heading.
    """
    start = next(at for at, (block, _, _) in enumerate(flow) if block == closing)
    set_rows = [at for at in range(start) if flow[at][2].placed][-2:]
    if set_rows and flow[set_rows[-1]][0] in tables:
        del set_rows[:-1]
    first = set_rows[0] if set_rows else start
    return [
        (block, number, replace(row, keep=row.keep or first <= at < len(flow) - 1))
        for at, (block, number, row) in enumerate(flow)
    ]


def tightened(flow: Flow, closing: int, gap: float, pitch: float = 1.0) -> Flow:
    """Return the flow with the first row of block `closing`, an empty one, only `gap` high, and lines `pitch` as high."""
    found = list[tuple[int, int, Row]]()
    for block, number, row in flow:
        height = gap if (block, number) == (closing, 0) else row.height * (1.0 if row.rules else pitch)
        found.append((block, number, replace(row, height=height)))
    return found


def signed(
    flow: Flow, closing: int, gap: float, tables: Collection[int], made: Callable[[Flow], Plan]
) -> Plan:
    """Return the plan with the fewest pages on which the signature, block `closing`, stands on the earliest page.

    For that the free height above it shrinks to `gap`, then the lines move a little closer, which GB/T 9704-2012
    wants where the place left can't hold the signature (5.2.3 and 7.3.5.5).
    """
    flow = bound(flow, closing, tables)
    variants = [flow, *(tightened(flow, closing, gap, pitch) for pitch in (1.0, *CLOSER))]

    def rank(planned: Plan) -> tuple[int, int]:
        held = (at for at, page in enumerate(planned.pages) if any(spot.block == closing for spot in page))
        return len(planned.pages), max(held, default=0)

    return min(map(made, variants), key=rank)


def plan(
    flow: Flow, *, first: float, later: float, slip: float, overhang: float, heads: Mapping[int, Row]
) -> Plan:
    """Return the plan of a letter whose first page has `first` points of room and the others `later`.

    `heads` names the blocks whose row 1 is repeated at the top of each page they reach. A slip `slip`
    points high (0 for none) stands at the foot of the last page, or at the head of one more; where there
    is one page only, and so no page number, it may reach `overhang` points into the foot margin.
    """
    pages, used = _pages(flow, first, later, heads)
    if not slip:
        return Plan(tuple(map(tuple, pages)))
    room = first + overhang if len(pages) == 1 else later
    if used + slip <= room:
        return Plan(tuple(map(tuple, pages)), len(pages) - 1, room - slip)
    return Plan((*map(tuple, pages), ()), len(pages), 0.0)


def _pages(
    flow: Flow, first: float, later: float, heads: Mapping[int, Row]
) -> tuple[list[list[Spot]], float]:
    pages, used, at = [list[Spot]()], 0.0, 0

    def turn(block: int, number: int) -> float:
        """Begin a page and return the height its repeated head takes."""
        pages.append([])
        if block not in heads or number <= 1:
            return 0.0
        pages[-1].append(Spot(block, 1, 0.0))
        return heads[block].height

    while at < len(flow):
        end = at
        while flow[end][2].keep and end + 1 < len(flow):
            end += 1
        group = flow[at : end + 1]
        height = sum(row.height for _, _, row in group)
        if pages[-1] and used + height > (first if len(pages) == 1 else later) + 0.01 and height <= later:
            used = turn(*group[0][:2])
        for block, number, row in group:
            if pages[-1] and used + row.height > (first if len(pages) == 1 else later) + 0.01:
                used = turn(block, number)
            if pages[-1] or row.placed:  # a page never begins with a gap
                pages[-1].append(Spot(block, number, used))
                used += row.height
        at = end + 1
    return pages, used
