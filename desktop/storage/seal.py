"""The seal: a note in the user's folder that a file was closed whole, so that its pages need not be read again.

Reading every page of 100,000 people takes half a second of each start. A file that has the same size, time
and place as when this program closed it, and no log beside it, is not read again; one that was copied,
touched by another program, or left behind by a crash is.
"""

from __future__ import annotations

import json
from pathlib import Path

from desktop import paths
from desktop.errors import TroubleError
from desktop.files import make_folder, written
from desktop.storage import gate

MOST = 20


def _book() -> Path:
    return paths.user_folder() / "closed.json"


def _known() -> dict[str, list[int]]:
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
    if gate.log_of(path).exists():
        return False
    return _known().get(str(path.absolute())) == _look(path)


def put_on(path: Path) -> None:
    """Note that the file is closed whole; a folder that can't be written goes without."""
    try:
        if gate.log_of(path).exists():
            return
        kept = _known()
        kept.pop(str(path.absolute()), None)
        kept[str(path.absolute())] = _look(path)
        make_folder(_book().parent)
        with written(_book()) as temporary:
            temporary.write_text(json.dumps(dict(list(kept.items())[-MOST:])), encoding="utf-8")
    except (OSError, TroubleError):
        return
