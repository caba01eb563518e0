"""When backups are made, and what came of the last one. How they are made is the vault's business."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from desktop.errors import TroubleError, UserError
from desktop.records.backups import Backup, Drill, Outlook, Reason
from desktop.records.base import DATABASE_ERRORS, database, reading
from desktop.records.papers import Watch
from desktop.services.rights import Deed, Rights

SMALL = 8_000_000
"""Bytes of an office file up to which a backup takes no time that anybody notices."""


class Vault(Protocol):
    """What keeps the backups of one office file."""

    path: Path
    folder: Path

    def listed(self, folder: Path | None = None) -> list[Backup]: ...
    def needed(self) -> bool: ...
    def keep(self, reason: Reason, watch: Watch | None = None) -> Backup | None: ...
    def keep_in(self, folder: Path, watch: Watch | None = None) -> Backup: ...
    def save_as(self, target: Path, watch: Watch | None = None) -> Backup: ...
    def outlook(self, path: Path, watch: Watch | None = None) -> Outlook: ...
    def restore(self, backup: Path, watch: Watch | None = None) -> tuple[Path | None, dict[str, int]]: ...
    def drill(self, path: Path, watch: Watch | None = None) -> Drill: ...


class Backups:
    """The backups of the open office; `fault` is why the last one beside the work failed, '' where it didn't.

    `note` keeps that one was taken to another place.
    """

    def __init__(
        self,
        vault: Vault | None,
        *,
        read_only: bool = False,
        rights: Rights | None = None,
        note: Callable[[Backup], None] = lambda made: None,
    ) -> None:
        self._vault, self._rights = vault, rights or Rights()
        self._note = note
        self._read_only = read_only
        self._told: list[Callable[[], None]] = []
        self._one_at_a_time = threading.Lock()
        self.fault = ""

    @property
    def vault(self) -> Vault:
        """Return what keeps them; raises UserError where this office has no file that lasts."""
        if self._vault is None:
            raise UserError("这个单位没有保存在文件里，不能备份")
        return self._vault

    def subscribe(self, told: Callable[[], None]) -> None:
        """Call `told`, on whatever thread, when a backup was made or failed."""
        self._told.append(told)

    def unsubscribe(self, told: Callable[[], None]) -> None:
        """Stop calling `told`."""
        self._told.remove(told)

    @property
    def due(self) -> bool:
        """Say whether anything was done since the newest backup; False where that can't be found out."""
        if self._vault is None or self._read_only:
            return False
        try:
            with reading():
                return self._vault.needed()
        except TroubleError as told:
            self._tell(told.message)
            return False

    @property
    def is_long(self) -> bool:
        """Say whether a backup takes longer than a window may stand still."""
        try:
            return self._vault is not None and self._vault.path.stat().st_size > SMALL
        except OSError:
            return False

    def keep(self, reason: Reason, watch: Watch | None = None) -> Backup | None:
        """Make a backup; None where there is nothing new to keep. Raises TroubleError, which is kept in `fault`."""
        if reason is Reason.BY_HAND:
            self._rights.require(Deed.BACK_UP)
        return self._made(lambda: self.vault.keep(reason, watch))

    def keep_in(self, folder: Path, watch: Watch | None = None) -> Backup:
        """Make a backup in another place as well."""
        self._rights.require(Deed.BACK_UP)
        made = self._made(lambda: self.vault.keep_in(folder, watch), elsewhere=True)
        assert made is not None
        self._note(made)
        return made

    def restore(self, path: Path, watch: Watch | None = None) -> tuple[Path | None, dict[str, int]]:
        """Put a backup in the place of the office file, which is shut by now; raises OpenDayError."""
        self._rights.require(Deed.RESTORE)
        return self.vault.restore(path, watch)

    def outlook(self, path: Path, watch: Watch | None = None) -> Outlook:
        """Return what restoring a backup would change; raises where it isn't sound."""
        self._rights.require(Deed.RESTORE)
        with reading():
            return self.vault.outlook(path, watch)

    def before(self, reason: Reason, watch: Watch | None = None) -> None:
        """Make the backup that a great change is preceded by.

        It failing is told and kept in `fault`, but never stops the work; stopping it by `watch` stops both. Inside a
        transaction there is none: what began it made one.
        """
        if self._vault is None or self._read_only or database.in_transaction():
            return
        quiet = (lambda _done, _total: watch(0, 1)) if watch else None  # its own steps are of another work
        try:
            self.keep(reason, quiet)
        except TroubleError:
            return

    def _made(self, make: Callable[[], Backup | None], *, elsewhere: bool = False) -> Backup | None:
        try:
            with self._one_at_a_time, reading():
                made = make()
        except TroubleError as told:
            self._tell(self.fault if elsewhere else told.message)
            raise
        except DATABASE_ERRORS as error:
            told = TroubleError(f"没有备份成，系统报告：{error}")
            self._tell(self.fault if elsewhere else told.message)
            raise told from error
        # a stick that works mends nothing beside the work, nor the other way
        fine = self.fault if elsewhere else ""
        self._tell(f"备份已写好，但{made.trail_fault}" if made is not None and made.trail_fault else fine)
        return made

    def _tell(self, fault: str) -> None:
        self.fault = fault
        for told in tuple(self._told):
            told()
