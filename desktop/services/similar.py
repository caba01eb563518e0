"""The same problem again: tickets whose text is like what is being registered."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.records import fulltext
from desktop.records.base import reading
from desktop.records.tickets import Ticket, TicketState

ALIKE = 0.34
"""From this share of common pairs on, two texts may be one matter (texts of 路灯不亮 in other words reach it)."""
SAME_PLACE = 0.12
"""What the same place adds."""
SHORTEST = 4
"""Characters from which a text says enough to be compared."""
LOOKED_AT = 60
BEGINNING = 600
"""Characters of a long text that are compared: its matter is told at its start."""


@dataclass(frozen=True, slots=True)
class Similar:
    """One ticket like a text, and how like, from 0 to 1."""

    ticket: Ticket
    share: float


def similar(text: str, place: str = "", *, but: bytes | None = None, most: int = 5) -> list[Similar]:
    """Return the live tickets most like a text, the likest first; `but` leaves the ticket itself out.

    Likeness is the share of common pairs of characters (Dice), and a little for the same place. Tickets merged
    into another are left out: theirs is the main one.
    """
    pairs = _pairs(text)
    if len(pairs) < SHORTEST - 1:
        return []
    with reading():
        keys = [key for key in fulltext.nearest(Ticket, sorted(pairs), LOOKED_AT) if key != but]
        rows = Ticket.select().where(
            Ticket.id.in_(keys) & Ticket.deleted_at.is_null() & (Ticket.state != TicketState.MERGED)  # pyright: ignore
        )
        found = [Similar(ticket, _likeness(pairs, place, ticket)) for ticket in rows]
    alike = [one for one in found if one.share >= ALIKE]
    return sorted(alike, key=lambda one: (-one.share, one.ticket.number))[:most]


def _pairs(text: str) -> frozenset[str]:
    """Return the pairs of characters and whole Latin words of a text's beginning."""
    return frozenset(token for token in fulltext.tokens(text[:BEGINNING]) if len(token) > 1)


def _likeness(pairs: frozenset[str], place: str, ticket: Ticket) -> float:
    theirs = _pairs(ticket.content)
    if not theirs:
        return 0.0
    share = 2 * len(pairs & theirs) / (len(pairs) + len(theirs))
    same = bool(place) and fulltext.folded(place) == fulltext.folded(ticket.place)
    return min(1.0, share + SAME_PLACE * same)
