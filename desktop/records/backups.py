"""What is told of a backup: why it was made, what it holds, and what restoring it would change."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Reason(StrEnum):
    """Why a backup was made; the words stand in its name and in the list."""

    BY_HAND = "手工"
    START = "启动"
    END = "退出"
    HOURLY = "每小时"
    IMPORT = "导入前"
    MERGE = "合并前"
    REMOVAL = "批量删除前"
    UPGRADE = "升级前"
    RESTORE = "恢复前"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup: where it lies and what its label says.

    `counts` are the live records by kind, `last_change` when the last change before it was made ('' for none),
    `state` tells whether the office file has changed since. Without a label (somebody copied a file there)
    `labelled` is False and only place, time and size are known.
    """

    path: Path
    made_at: datetime.datetime
    size: int
    reason: str = ""
    sha256: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    last_change: str = ""
    state: str = ""
    office: str = ""
    schema: int = 0
    protected: bool = False
    labelled: bool = False
    trail_fault: str = ""
    """What is wrong with the chain over its last changes; '' where it holds."""

    @property
    def total(self) -> int:
        """Return how many records it holds."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Holding:
    """What a file holds: its live records by kind, and when it was changed last ('' for never)."""

    counts: Mapping[str, int]
    last_change: str
    protected: bool = False
    office: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What restoring a backup would change: the office file as it is, and as it would be.

    `now` is None where the present file can't be read.
    """

    backup: Path
    now: Holding | None
    then: Holding

    def changed(self) -> list[tuple[str, int, int]]:
        """Return the kinds whose count would change as (kind, now, then)."""
        before = self.now.counts if self.now else {}
        kinds = dict.fromkeys((*before, *self.then.counts))
        pairs = ((kind, before.get(kind, 0), self.then.counts.get(kind, 0)) for kind in kinds)
        return [(kind, had, has) for kind, had, has in pairs if had != has]

    def warned(self) -> str:
        """Return in sentences whose backup it is, if another office's, and what becomes of the password; '' for nothing."""
        strange = self.now and self.now.office and self.then.office not in ("", self.now.office)
        return ("这份备份是另一个数据文件的，不是现在这个的。" if strange else "") + self._protection()

    def _protection(self) -> str:
        if self.then.protected:
            return "口令和用户也回到这份备份当时的。"
        if self.now and self.now.protected:
            return "这份备份没有口令：恢复后数据文件也没有口令，谁都能打开，请马上重新设置。"
        return ""


@dataclass(frozen=True, slots=True)
class Drill:
    """How a rehearsed restore went: what was wrong, empty where the backup would serve."""

    backup: Path
    counts: Mapping[str, int]
    faults: tuple[str, ...]
    seconds: float
