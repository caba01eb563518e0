"""The backups of one office file: made with a label each, listed, thinned, rehearsed, and taken to a second place.

They lie in the folder 备份 beside the office file, so that who copies the folder has both. Thinning removes only
what this office labelled; a file that somebody copied there stays.
"""

from __future__ import annotations

import contextlib
import datetime
import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from desktop.errors import TroubleError, UserError
from desktop.files import folder_for, is_there, trouble
from desktop.records.backups import Backup, Drill, Holding, Outlook, Reason
from desktop.records.base import DATABASE_ERRORS, database
from desktop.records.papers import Watch
from desktop.storage import backup as copies
from desktop.storage import checking, gate, key_file, labels, schema, thinning
from desktop.storage.database import OfficeDatabase

FOLDER = key_file.BACKUPS
CHANGED = (
    "备份“{name}”与它的标签不符：做好之后内容变过，可能是存放的磁盘有损坏。请换一份备份"
    "（确实要用它时，先移走旁边的 {label}）"
)

RECENT = 20_000
"""Changes whose chain is followed at each backup: half a second; `openday check` and a drill follow all."""


def _in_use() -> OfficeDatabase:
    assert isinstance(database.obj, OfficeDatabase)
    return database.obj


class Vault:
    """The backups of the office file at `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.folder = path.absolute().parent / FOLDER

    # -- what there is

    def listed(self, folder: Path | None = None) -> list[Backup]:
        """Return the backups in their folder (or another), the newest first; raises TroubleError."""
        folder = folder or self.folder
        if not is_there(folder):
            return []
        try:
            found = [labels.read(path) for path in folder.glob(f"*{self.path.suffix}") if path.is_file()]
        except OSError as cause:
            raise trouble(folder, cause, "读取") from cause
        return sorted(found, key=lambda backup: (backup.made_at, backup.path.name), reverse=True)

    def newest(self) -> Backup | None:
        """Return the newest backup with a label."""
        return next((backup for backup in self.listed() if backup.labelled), None)

    def newest_sound(self) -> Backup | None:
        """Return the newest backup that is whole, as labelled, and whose password is known here; None for none."""
        for backup in self.listed():
            try:
                holding = self.read_whole(backup.path)
            except (TroubleError, UserError, *DATABASE_ERRORS):
                continue
            return backup if backup.labelled else replace(backup, counts=holding.counts)
        return None

    def unchanged(self, file: OfficeDatabase | None = None) -> bool:
        """Say whether the newest backup holds all that the open office file holds."""
        file, newest = file or _in_use(), self.newest()
        return (
            newest is not None
            and newest.state == labels.state_of(file)
            and newest.office == labels.office_of(file)
            and newest.schema == schema.version_of(file)
        )

    def needed(self, file: OfficeDatabase | None = None) -> bool:
        """Say whether the open office file holds anything that no backup has."""
        file = file or _in_use()
        return not labels.is_untouched(file) and not self.unchanged(file)

    # -- making them

    def keep(
        self, reason: Reason, watch: Watch | None = None, file: OfficeDatabase | None = None
    ) -> Backup | None:
        """Make a backup of the open office file; None where the newest holds all that is there, or nothing was done yet.

        One by hand is always made.
        Raises TroubleError where it can't be written, and what `watch` raises; nothing is left behind then.
        """
        file = file or _in_use()
        if reason is Reason.UPGRADE and self.unchanged(file):
            return None
        if reason not in (Reason.BY_HAND, Reason.UPGRADE) and not self.needed(file):
            return None
        if not self.folder.exists():
            folder_for(self.folder)
            with contextlib.suppress(OSError):
                self.folder.chmod(0o700)
        made = self._make(file, self.folder, reason, watch)
        self.thin(labels.office_of(file))
        return made

    def keep_in(self, folder: Path, watch: Watch | None = None) -> Backup:
        """Make a backup in another place, an USB stick; raises UserError where that is the office file's own folder."""
        if not is_there(folder) or not folder.is_dir():
            raise UserError(f"找不到文件夹“{folder}”；U盘是否已插好？", field="folder")
        if folder.resolve() in (self.folder.resolve(), self.path.absolute().parent.resolve()):
            raise UserError("这就是数据文件所在的文件夹；请选U盘或另一块硬盘上的文件夹", field="folder")
        return self._make(_in_use(), folder, Reason.BY_HAND, watch)

    def save_as(self, target: Path, watch: Watch | None = None) -> Backup:
        """Make a backup under a name that somebody chose; raises UserError where that is the office file's."""
        if is_there(target) and target.samefile(self.path):
            raise UserError("这就是现在的数据文件，请换一个备份文件名", field="file")
        return self._labelled(_in_use(), target, Reason.BY_HAND, watch)

    def _make(self, file: OfficeDatabase, folder: Path, reason: Reason, watch: Watch | None) -> Backup:
        name = f"{self.path.stem}-{copies.stamp()}-{reason}{self.path.suffix}"
        return self._labelled(file, copies.free_name(folder / name), reason, watch)

    def _labelled(self, file: OfficeDatabase, target: Path, reason: Reason, watch: Watch | None) -> Backup:
        counts = copies.copy_to(file, target, watch=watch)
        copy = OfficeDatabase(target, mode="immutable")
        try:
            made = Backup(
                path=target,
                made_at=datetime.datetime.now().astimezone(),
                size=target.stat().st_size,
                reason=reason,
                sha256=labels.sum_of(target),
                counts=counts,
                last_change=labels.holding_of(copy, counts).last_change,
                state=labels.state_of(copy),
                office=labels.office_of(copy),
                schema=schema.version_of(copy),
                protected=copy.encrypted,
                labelled=True,
                trail_fault=checking.trail_fault(copy, RECENT),
            )
        finally:
            copy.close()
        labels.put_beside(made)
        return made

    def thin(self, office: str, now: datetime.datetime | None = None) -> list[Path]:
        """Remove the backups of this office that are no longer kept, and return where they lay.

        A file that can't be removed is left for the next time: thinning never stops work.
        """
        ours = [found for found in self.listed() if found.labelled and found.office == office]
        made = [found.made_at.replace(tzinfo=None) for found in ours]
        keep = thinning.kept(made, now or datetime.datetime.now())
        gone = []
        for place, found in enumerate(ours):
            if place in keep or found.reason == Reason.UPGRADE:
                continue
            try:
                for part in (found.path, labels.label_of(found.path), key_file.beside(found.path)):
                    part.unlink(missing_ok=True)
            except OSError:
                continue
            gone.append(found.path)
        return gone

    # -- before it comes to restoring

    def outlook(self, path: Path, watch: Watch | None = None) -> Outlook:
        """Return what restoring a backup would change; raises as `read_whole` does."""
        return Outlook(path, self._present(), self.read_whole(path, watch))

    def read_whole(self, path: Path, watch: Watch | None = None) -> Holding:
        """Check a backup from its first to its last byte, against its label too, and return what it holds.

        Raises UserError where there is none, TroubleError where it isn't sound or isn't as it was labelled.
        """
        if not is_there(path):
            raise UserError(f"找不到备份“{path}”，请检查位置和文件名", field="file")
        counts = copies.verified(path, watch=watch)
        label = labels.read(path)
        if label.labelled and label.sha256 != labels.sum_of(path, watch):
            raise TroubleError(CHANGED.format(name=path.name, label=labels.label_of(path).name))
        file = OfficeDatabase(path, mode="immutable")
        try:
            return labels.holding_of(file, counts)
        finally:
            file.close()

    def _present(self) -> Holding | None:
        """Return what the office file holds now, open or not; None where that can't be read.

        Where this process has it open, that connection is asked: to open and close the file once more beside it
        would take its locks away (POSIX).
        """
        own = database.obj
        if isinstance(own, OfficeDatabase) and not own.is_closed() and own.path == self.path:
            return labels.holding_of(own, copies.counts(own))
        if not self.path.is_file():
            return None
        try:
            file = gate.connected(self.path, "ro" if gate.has_log(self.path) else "immutable")
        except TroubleError:
            return None
        try:
            return labels.holding_of(file, copies.counts(file))
        except (TroubleError, *DATABASE_ERRORS):
            return None
        finally:
            file.close()

    def restore(self, backup: Path, watch: Watch | None = None) -> tuple[Path | None, dict[str, int]]:
        """Put a backup in the place of the office file, which nobody may have open; see `backup.restore`.

        What the present file holds is kept as a backup of its own first, where it can be read at all.
        """
        if is_there(self.path) and self.path.is_file() and not self.path.samefile(backup):
            self._keep_present(watch)
        return copies.restore(self.path, backup)

    def _keep_present(self, watch: Watch | None) -> None:
        try:
            gate.examine(self.path)
            file = gate.connected(self.path, gate.access(self.path))
            try:
                gate.verify(file, self.path, pages=False)
                self.keep(Reason.RESTORE, watch, file)
            finally:
                file.close()
        except (
            TroubleError,
            *DATABASE_ERRORS,
        ):  # it lies aside whole after the restore, whatever state it is in
            return

    def drill(self, path: Path, watch: Watch | None = None) -> Drill:
        """Restore a backup into a temporary place, open it as an office file is opened, compare it with its label.

        Raises UserError where there is no such backup, TroubleError where there is no room for the copy.
        """
        if not is_there(path):
            raise UserError(f"找不到备份“{path}”，请检查位置和文件名", field="file")
        started, label = time.monotonic(), labels.read(path)
        try:
            with tempfile.TemporaryDirectory(prefix=".drill-", dir=path.parent) as folder:
                place = Path(folder) / self.path.name
                shutil.copyfile(path, place)
                key_file.carry(path, place)
                counts, faults = self._tried(place, label, watch)
        except OSError as cause:
            raise trouble(path, cause, "演练") from cause
        return Drill(path, counts, tuple(faults), time.monotonic() - started)

    @staticmethod
    def _tried(place: Path, label: Backup, watch: Watch | None) -> tuple[dict[str, int], list[str]]:
        try:
            counts = copies.verified(place, watch=watch)
        except TroubleError as told:
            return {}, [told.message]
        faults = checking.faults_of(place)
        if label.labelled and labels.sum_of(place, watch) != label.sha256:
            faults.append(CHANGED.format(name=label.path.name, label=labels.label_of(label.path).name))
        if label.labelled and counts != {kind: label.counts.get(kind, 0) for kind in counts}:
            faults.append("各类记录的数目与标签上的不一样")
        return counts, faults
