"""What a rescue of a damaged office file brought back, and what is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Lost:
    """One record that isn't in the new file: its kind, what is still known of it, and why."""

    kind: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Rescued:
    """The new file, its live records by kind, the records that are known to be lost, and what can't be told."""

    file: Path
    report: Path
    counts: Mapping[str, int]
    lost: tuple[Lost, ...]
    unread: int
    """Rows that lie in the file and can't be read; some of them are among the lost."""
    loosened: int
    """Records kept without a link of theirs, because what it led to is lost."""

    @property
    def total(self) -> int:
        """Return how many live records were brought back."""
        return sum(self.counts.values())
