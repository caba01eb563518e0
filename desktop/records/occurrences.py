"""件次 counted: how often each of a page of tickets was raised, read at once."""

from __future__ import annotations

import json
from collections.abc import Sequence

from desktop.records.base import database, reading
from desktop.records.tickets import Ticket


def times_raised(tickets: Sequence[Ticket]) -> dict[bytes, int]:
    """Return the 件次 of tickets by their keys, those merged into them included; 0 for one merged away."""
    counted = {ticket.id: 0 for ticket in tickets}
    keys = json.dumps([key.hex() for key in counted])
    with reading():
        found = database.execute_sql(
            "SELECT ticket_id, count(*) FROM occurrence WHERE deleted_at IS NULL "
            "AND ticket_id IN (SELECT unhex(value) FROM json_each(?)) GROUP BY ticket_id",
            (keys,),
        ).fetchall()
    return counted | {bytes(key): count for key, count in found}
