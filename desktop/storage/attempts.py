"""Slowing down who guesses: each wrong password makes the next try wait longer, over restarts of the program too.

A try is counted before it is made, so that ending the program in the middle of one gains nothing. This guards the
desk; against somebody who took the files away stands argon2id alone.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

from desktop import paths
from desktop.errors import TroubleError
from desktop.files import make_folder, passing, written

SHORTEST = 0.5
"""Seconds that a wrong try takes at least."""
LONGEST = 30.0
MOST = 50
"""Files that are remembered."""


def pause_after(failures: int) -> float:
    """Return the seconds to wait after so many wrong tries in a row: 0.5, 1, 2, 4, … and at most half a minute."""
    return min(LONGEST, SHORTEST * 2 ** min(failures - 1, 10)) if failures > 0 else 0.0


def waiting(fingerprint: bytes) -> float:
    """Return how many seconds the next try has to wait yet."""
    failures, last = _known().get(fingerprint.hex(), (0, 0.0))
    pause = pause_after(int(failures))
    return min(pause, max(0.0, last + pause - time.time()))  # a clock set back must not lock anybody out


def begin(fingerprint: bytes) -> int:
    """Count a try as a failed one and return how many there were in a row."""
    known = _known()
    failures = int(known.pop(fingerprint.hex(), (0, 0.0))[0]) + 1
    known[fingerprint.hex()] = (failures, time.time())
    _keep(known)
    return failures


def succeeded(fingerprint: bytes) -> None:
    """Forget the failed tries of a file."""
    known = _known()
    if known.pop(fingerprint.hex(), None):
        _keep(known)


def _book() -> Path:
    return paths.user_folder() / "tries.json"


def _known() -> dict[str, tuple[float, float]]:
    try:
        kept = json.loads(_book().read_text(encoding="utf-8"))
        return {str(name): (int(failures), float(last)) for name, (failures, last) in kept.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _keep(known: dict[str, tuple[float, float]]) -> None:
    """Write the counts; where the user's folder can't be written each wrong try still takes its half second."""
    try:
        make_folder(_book().parent)
        with passing(), written(_book()) as temporary:  # the disk need not be waited for at each opening
            temporary.write_text(json.dumps(dict(list(known.items())[-MOST:])), encoding="utf-8")
    except (OSError, TroubleError):
        return
