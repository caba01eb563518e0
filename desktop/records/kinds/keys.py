"""Keys that travel between desks, and references to other records by them."""

from __future__ import annotations

import os
import time
from typing import Any

from desktop.records import cleaning
from desktop.records.kinds.kind import KeyColumn, Kind, LinkColumn, Row

VARIANT = bytes(0x80 | byte & 0x3F for byte in range(256))


class Key(KeyColumn):
    """A UUIDv7 as 16 bytes (RFC 9562): rows made on two desks never collide, and sort by birth."""

    field_type = "BLOB"

    def db_value(self, value: bytes | str | None) -> bytes | None:
        return bytes.fromhex(value) if isinstance(value, str) else value

    def python_value(self, value: Any) -> bytes | None:
        return None if value is None else bytes(value)


class Link(Kind, LinkColumn[Row]):
    """A reference to another record; typed text is an id, a 编号 or an exact name (services/lookup.py)."""

    def __init__(
        self,
        label: str,
        model: type[Row],
        *,
        required: bool = False,
        stepped: bool = False,
        hint: str = "",
        **column: Any,
    ) -> None:
        column = {"on_delete": "RESTRICT", **column}
        # checked at the commit: a check at once makes SQLite copy every page a row touches (twice as slow)
        super().__init__(model, null=not required, deferrable="INITIALLY DEFERRED", **column)
        self.target = model
        self.declare(label, required=required, stepped=stepped, hint=hint)

    def parse(self, text: str) -> str:
        """Return the words by which the record is to be looked up."""
        return cleaning.one_line(text)

    def plain(self, value: Any) -> str | None:
        return None if value is None else value.id.hex()


def new_id() -> bytes:
    """Return a new UUIDv7 (RFC 9562 section 5.7): 48 bits of milliseconds, then random bits."""
    chance = os.urandom(10)
    head = (time.time_ns() // 1_000_000).to_bytes(6, "big")
    return head + bytes((0x70 | chance[0] & 0x0F, chance[1], 0x80 | chance[2] & 0x3F)) + chance[3:]


def new_ids(count: int) -> list[bytes]:
    """Return new UUIDv7s that rise: the 12 bits after the time count (RFC 9562 section 6.2, method 1).

    Rows of a sheet keep its order where a list falls back on the key, and go to the end of the tree of keys.
    """
    chance = os.urandom(8 * count)
    first = time.time_ns() // 1_000_000 << 12
    variants = chance[:count].translate(VARIANT)
    return [
        (first + turn >> 12 << 16 | 0x7000 | first + turn & 0xFFF).to_bytes(8, "big")
        + variants[turn : turn + 1]
        + chance[count + 7 * turn : count + 7 * turn + 7]
        for turn in range(count)
    ]
