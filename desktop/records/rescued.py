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
    unsure: bool = False
    """Whether more may be lost than is known, since the trail may be damaged too."""

    @property
    def total(self) -> int:
        """Return how many live records were brought back."""
        return sum(self.counts.values())

    def told_loss(self) -> str:
        """Say how much is lost; nothing known isn't told as nothing lost."""
        if not self.unsure:
            return "没有发现丢失"
        return f"已知丢失 {len(self.lost):,} 条，可能还有没列出的"
