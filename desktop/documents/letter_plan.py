"""Where the rows of a letter go: page by page, what belongs together kept together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.documents.letter_rows import Row

Flow = Sequence[tuple[int, int, Row]]
"""The rows of a letter in order as (block, number in the block, row)."""


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


def bound(flow: Flow, closing: int) -> Flow:
    """Bind the last two set rows before block `closing` to it: a signature never stands alone on a page."""
    start = next(at for at, (block, _, _) in enumerate(flow) if block == closing)
    set_rows = [at for at in range(start) if flow[at][2].placed][-2:]
    first = set_rows[0] if set_rows else start
    return [
        (block, number, replace(row, keep=row.keep or first <= at < start))
        for at, (block, number, row) in enumerate(flow)
    ]


def tightened(flow: Flow, closing: int, gap: float) -> Flow:
    """Return the flow with the first row of block `closing`, an empty one, only `gap` high."""
    return [
        (block, number, replace(row, height=gap) if (block, number) == (closing, 0) else row)
        for block, number, row in flow
    ]


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
