"""The seal: a note in the user's folder that a file was closed whole, so that its pages need not be read again.

Reading every page of 100,000 people takes half a second of each start. A file that has the same size, time
and place as when this program closed it, and no log beside it, is not read again; one that was copied,
touched by another program, or left behind by a crash is.

The note has a sum of the file too. SQLite finds a flipped bit only where it breaks its own order; a sum that differs while
nothing of ours wrote finds it in the middle of a text as well (the thorough check asks for it).
"""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

from desktop import paths
from desktop.errors import TroubleError
from desktop.files import make_folder, written
from desktop.records.base import DATABASE_ERRORS
from desktop.storage import gate, labels
from desktop.storage.database import OfficeDatabase

MOST = 20
CHUNK = 1 << 20
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


def altered(path: Path) -> str | None:
    """Return the state in which this program closed the file, where it has other bytes than then; None elsewhere.

    Other bytes in the same state are damage; in another, somebody went on with the file from another account.
    """
    kept = _known().get(str(path.absolute()), [])
    if len(kept) < 5 or gate.has_log(path):
        return None
    size, _, place = _look(path)
    return str(kept[4]) if [size, place] == [kept[0], kept[2]] and _sum(path) != kept[3] else None


def _sum(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        while part := file.read(CHUNK):
            found = zlib.crc32(part, found)
    return found


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
        before, now = kept.pop(str(path.absolute()), []), _look(path)
        summed = before[:3] == now and len(before) > 4
        kept[str(path.absolute())] = before if summed else [*now, _sum(path), state]
        make_folder(_book().parent)
        with written(_book()) as temporary:
            temporary.write_text(json.dumps(dict(list(kept.items())[-MOST:])), encoding="utf-8")
    except (OSError, TroubleError):
        return
