"""What the storage can do for an office file that won't open; kept apart, since a start seldom needs more of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.records.backups import Backup
    from desktop.records.papers import Watch
    from desktop.records.rescued import Rescued
    from desktop.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Mending:
    """Its doors; all of them may take long."""

    look: Callable[[Path], Desk]
    """Open a file for reading only."""
    is_older: Callable[[Path], bool]
    """Say whether opening a file means upgrading it, which takes a while."""
    good_backup: Callable[[Path], Backup | None]
    """Find the newest backup that is sound."""
    restore: Callable[[Path, Path], object]
    rescue: Callable[[Path, Path, Watch | None], Rescued]
