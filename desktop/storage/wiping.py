"""What lay on the disk in clear before a file was encrypted: written over, not only unlinked.

The plain file and its log get a second name before they are replaced, so that their blocks can be reached
afterwards; a program killed in between leaves the second name, and the next start finishes. A drive that moves
blocks by itself (flash) or a snapshot may keep older copies: that is said in the manual.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from desktop.files import is_there
from desktop.storage import keyring

PART = 1 << 20


def second_name(path: Path) -> Path:
    """Return the name by which the plain blocks of a file stay in reach."""
    return path.with_name(f".{path.name}.before")


def keep_in_reach(path: Path) -> None:
    """Give a plain file, where it exists, its second name; a disk without links (FAT) goes without."""
    forget(path)
    with contextlib.suppress(OSError):
        os.link(path, second_name(path))


def forget(path: Path) -> None:
    """Take a second name away that an attempt left, the file itself being as it was."""
    with contextlib.suppress(OSError):
        second_name(path).unlink()


def write_over(path: Path) -> None:
    """Write over what the second name of a file leads to and remove it; the file itself must be another by now."""
    other = second_name(path)
    if path.exists() and other.exists() and path.samefile(other):
        return
    try:
        with other.open("rb+") as file:
            for start in range(0, other.stat().st_size, PART):
                file.seek(start)
                file.write(bytes(min(PART, other.stat().st_size - start)))
            file.flush()
            os.fsync(file.fileno())
            file.truncate(0)
        other.unlink()
    except OSError:
        return


def finish(path: Path) -> None:
    """Do what a program killed while it encrypted a file left to do."""
    for part in (path, path.with_name(path.name + "-wal")):
        if not is_there(second_name(part)):
            continue
        if keyring.fingerprint_of(path) is None:
            forget(part)
        else:
            write_over(part)
