"""How the columns of a list share the room that is left beside them."""

from __future__ import annotations

from collections.abc import Sequence

MOST = 1.75
"""Times its usual width that a column grows to at most: further on a line is hard to follow with the eye."""


def shared_out(room: int, columns: Sequence[tuple[int, bool]]) -> list[int]:
    """Return the widths of columns in `room` pixels, each given as its usual width and whether it may grow.

    What the usual widths leave over goes to those that may grow, in proportion; nothing is ever narrower
    than usual.
    """
    spare = max(room - sum(width for width, _ in columns), 0)
    growing = sum(width for width, grows in columns if grows)
    times = min(spare / growing, MOST - 1) if growing else 0
    return [width + int(width * times) if grows else width for width, grows in columns]
