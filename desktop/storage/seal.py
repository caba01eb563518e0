"""The seal: a note in the user's folder that a file was closed whole, so that its pages need not be read again.

Reading every page of 100,000 people takes half a second of each start. A file that has the same size, time
and place as when this program closed it, and no log beside it, is not read again; one that was copied,
touched by another program, or left behind by a crash is.

The note has a sum of the file too. SQLite finds a flipped bit only where it breaks its own order; a sum that differs while
nothing of ours wrote finds it in the middle of a text as well (the thorough check asks for it). For copies that lie
elsewhere the sum stands in the file itself, with the state it was closed in: in the 20 bytes of the header that
SQLite keeps for later and carries along as they are (offset 72). A file with a password needs none: each page is sealed.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from pathlib import Path
from typing import Any

from desktop import paths
from desktop.errors import TroubleError
from desktop.files import make_folder, written
from desktop.records.base import DATABASE_ERRORS
from desktop.storage import gate, keyring, labels
from desktop.storage.database import OfficeDatabase

MOST = 20
CHUNK = 1 << 20
PLACE, SIZE = 72, 20
"""Where the sum of a plain file stands in it, and how long: MARK, CRC-32, and what tells its state."""
MARK = b"sum1"
COUNTED = ((18, 20), (24, 28), (PLACE, PLACE + SIZE), (92, 100))
"""Bytes of a plain header that say nothing of the content: the sort of journal, SQLite's count of changes, our sum."""
TOLD = (
    "SELECT (SELECT coalesce(max(rowid), 0) FROM disclosure), (SELECT count(*) FROM kept_draft), "
    "(SELECT coalesce(max(at), '') FROM kept_draft)"
)
"""What is written beside what the label of a backup speaks of."""


def _book() -> Path:
    return paths.user_folder() / "closed.json"


def _known() -> dict[str, list[Any]]:
    try:
        kept = json.loads(_book().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _look(path: Path) -> list[int]:
    state = path.stat()
    return [state.st_size, state.st_mtime_ns, state.st_ino]


def holds(path: Path) -> bool:
    """Say whether the file is as this program closed it."""
    if gate.has_log(path):
        return False
    return _known().get(str(path.absolute()), [])[:3] == _look(path)


def altered(path: Path) -> bytes | None:
    """Return what tells the state in which the file was closed, where it has other bytes than then; None elsewhere.

    Other bytes in the same state are damage; in another, somebody went on with the file from another account.
    """
    if gate.has_log(path):
        return None
    kept = _known().get(str(path.absolute()), [])
    size, _, place = _look(path)
    there = _sum_within(path)
    if len(kept) > 4 and [size, place] == [kept[0], kept[2]]:
        same = _sum(path) == kept[3] and (there is None or there == _within(*kept[3:5]))
        return None if same else told(str(kept[4]))
    if there is None:
        return None
    return None if _sum(path) == int.from_bytes(there[4:8], "big") else there[8:]


def told(state: str) -> bytes:
    """Return the 12 bytes that tell a state from others."""
    return hashlib.blake2b(state.encode(), digest_size=SIZE - 8).digest()


def _within(total: int, state: str) -> bytes:
    return MARK + total.to_bytes(4, "big") + told(state)


def _sum_within(path: Path) -> bytes | None:
    """Return the sum that stands in a plain file; None where there is none."""
    with path.open("rb") as file:
        head = file.read(PLACE + SIZE)
    found = head[PLACE:]
    return found if head.startswith(keyring.PLAIN) and found.startswith(MARK) else None


def _sum(path: Path) -> int:
    """Return the CRC-32 of a file, as if no sum stood in it and nothing were counted in its header."""
    with path.open("rb") as file:
        head = bytearray(file.read(gate.HEADER))
        if head.startswith(keyring.PLAIN):
            for start, end in COUNTED:
                head[start:end] = bytes(end - start)
        found = zlib.crc32(head)
        while part := file.read(CHUNK):
            found = zlib.crc32(part, found)
    return found


def _put_within(path: Path, within: bytes) -> None:
    """Write the sum into a plain file that is closed; it isn't waited for, since a lost one only tells nothing."""
    if not keyring.is_plain(path) or _sum_within(path) == within:
        return
    with path.open("rb+") as file:
        file.seek(PLACE)
        file.write(within)


def state_of(file: OfficeDatabase) -> str:
    """Return what is another after anything was written to an open file; '' where that can't be told."""
    try:
        told = file.execute_sql(TOLD).fetchone()
        return "-".join((labels.state_of(file), *map(str, told)))
    except DATABASE_ERRORS:
        return ""


def put_on(path: Path, state: str) -> None:
    """Note that the file is closed whole, and in which state; a folder that can't be written goes without."""
    try:
        if gate.has_log(path):
            return
        kept = _known()
        before = kept.pop(str(path.absolute()), [])
        if before[:3] != _look(path) or len(before) < 5:
            total = _sum(path)
            _put_within(path, _within(total, state))
            before = [*_look(path), total, state]
        kept[str(path.absolute())] = before
        make_folder(_book().parent)
        with written(_book()) as temporary:
            temporary.write_text(json.dumps(dict(list(kept.items())[-MOST:])), encoding="utf-8")
    except (OSError, TroubleError):
        return
