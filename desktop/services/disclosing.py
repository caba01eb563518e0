"""带出记录: what personal data left the office file, noted with the deed that takes it out.

Noted is what goes to a file, to the clipboard or into plain sight by a gesture of its own: exports, whole numbers
copied, shown in a list or printed in drafts, backups to a place that somebody chose. Prints have the print log.
Who may see the office file may read it: what a form shows of one record isn't noted.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence

from desktop.errors import TroubleError, UserError
from desktop.files import held_back
from desktop.records import disclosures
from desktop.records.backups import Backup
from desktop.records.base import transaction
from desktop.records.disclosures import Disclosure
from desktop.services.rights import Deed, Rights

EXPORT, COPY, SHOW, DRAFT, BACK_UP = "导出", "复制", "显示号码", "样稿", "备份"
UNNOTED = "数据文件是只读的，不能登记带出记录，所以不给出完整的号码；请用遮住号码的导出，或在能保存时再做"

NOTED = "这次导出已经登记在带出记录里，文件没有写成时请再导出一次"


class Disclosing:
    """Notes what leaves; whole numbers leave only where that can be noted and the user may take them."""

    def __init__(self, who: str, rights: Rights, *, read_only: bool) -> None:
        self._who, self._rights, self._read_only = who, rights, read_only

    def require(self, *, full: bool) -> None:
        """Raise UserError where the user may not take lists out, or not with whole numbers."""
        self._rights.require(Deed.EXPORT_FULL if full else Deed.EXPORT)
        if full and self._read_only:
            raise UserError(UNNOTED, field="full")

    def note(self, how: str, what: str, items: int, whereto: str = "", *, full: bool = False) -> None:
        """Note that something left; on a file that can't be written what is masked leaves unnoted."""
        if self._read_only:
            return
        row = Disclosure(who=self._who, how=how, what=what, items=items, whereto=whereto, full=full)
        with transaction():
            row.save(force_insert=True)

    @contextlib.contextmanager
    def drafting(self, what: str, whereto: str) -> Iterator[None]:
        """Let a draft with whole numbers be written, which the print log won't have; it gets its name when noted."""
        self._require_draft()
        with held_back() as files:
            yield
            self.note(DRAFT, what, 1, whereto, full=True)
            files.finish()

    def note_draft(self, what: str, whereto: str) -> None:
        """Note a draft with whole numbers that leaves for a printer; raises UserError where it may not."""
        self._require_draft()
        self.note(DRAFT, what, 1, whereto, full=True)

    def _require_draft(self) -> None:
        self._rights.require(Deed.PRINT_FULL)
        if self._read_only:
            raise UserError(UNNOTED, field="full_numbers")

    def note_backup(self, made: Backup) -> None:
        """Note that the whole file was copied to a place that somebody chose."""
        self.note(BACK_UP, "整个数据文件", made.total, made.path.name, full=True)

    def export(self, what: str, whereto: str, write: Callable[[], int], *, full: bool) -> int:
        """Write a list by `write`, which returns its rows; the file gets its name when it is noted, not before.

        Raises UserError where it may not leave, TroubleError where it could not be written, or be given its name.
        """
        self.require(full=full)
        with held_back() as files:
            count = write()
            self.note(EXPORT, what, count, whereto, full=full)
            try:
                files.finish()
            except TroubleError as trouble:  # whether the file has its name is not known then: the note stays
                raise TroubleError(f"{trouble.message}；{NOTED}") from trouble
        return count

    @staticmethod
    def latest(limit: int = 500) -> Sequence[Disclosure]:
        """Return what left last, the latest first."""
        return disclosures.latest(limit)
