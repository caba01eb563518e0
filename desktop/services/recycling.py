"""回收站: what was removed can be looked at, brought back, or cleared for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.errors import TroubleError, UserError
from desktop.records import purging, quoting, register, removed, storing
from desktop.records.base import Record, kinds_of, reading
from desktop.records.kinds import Link
from desktop.records.papers import Watch
from desktop.records.quoting import Past, Quotes
from desktop.records.removed import Removed
from desktop.records.trail import PURGING
from desktop.services.rights import Deed
from desktop.services.saving import NUMBERED

if TYPE_CHECKING:
    from desktop.services.desk import Desk

CONFIRM = "彻底删除"
"""What has to be typed before anything is cleared for good."""


@dataclass(frozen=True, slots=True)
class PurgeOutcome:
    """What a purge did: records cleared, whether the file's log could be emptied, what still holds them.

    `still` are the records whose texts say the same; `past` tells of the trail of other records, how many of its
    rows were cleared and how many still say it; `backups` counts those beside the office file.
    """

    count: int
    written_anew: bool
    still: Quotes
    past: Past
    backups: int

    def told(self) -> str:
        """Return it as sentences, with what is left to do."""
        parts = [f"已彻底删除 {self.count} 条记录及所属内容"]
        if not self.written_anew:
            parts.append("文件没能整个重写（别的窗口正在读，或磁盘已满），日志要等所有窗口关闭后才清空")
        if self.past.touched:
            parts.append(f"别的记录的修改记录里有 {len(self.past.touched)} 处提到，已清除")
        if still := self.still.told():
            parts.append(f"别的记录里仍有同样的姓名、号码或文字（没有改动它们）：{still}")
        if self.past.left:
            parts.append(
                f"修改记录里还留着 {self.past.left} 处：所在的记录现在仍这样写，或只是两个字的同名，没有动"
            )
        kept = f"“备份”文件夹里以前的 {self.backups} 份备份" if self.backups else "以前的备份"
        parts.append(f"{kept}和导出、印制的文件里还有这些内容，请另行清理")
        return "；".join(parts)


class RecycleBin:
    """The verbs on what was removed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def counts(self) -> dict[str, int]:
        """Return how many removed records there are of each kind that has any."""
        return removed.counts()

    def page(self, kind: str = "", offset: int = 0, limit: int = 100) -> list[Removed]:
        """Return removed records, of one kind or of all, the last removed first."""
        return removed.page(kind, offset, limit)

    def get(self, model: type[Record], key: bytes) -> Record:
        """Return a removed record; raises UserError where it isn't in the 回收站."""
        if found := removed.found(model, key):
            return found
        raise UserError(f"这条{model.label}不在回收站里，可能已经恢复或彻底删除；请刷新", field="id")

    def recover(self, model: type[Record], keys: Sequence[bytes]) -> list[str]:
        """Bring removed records back with the parts removed with them, all or none; returns what they are called.

        Raises UserError where something else has taken a record's place, or what it belongs to is removed too.
        """
        records = [self.get(model, key) for key in keys]
        told = records[0].caption() if len(records) == 1 else f"{len(records)} 条"
        with self._desk.changes.change(f"从回收站恢复{model.label}“{told}”", *_possible(model)):
            for record in records:
                for row in (record, *removed.removed_with(record)):
                    self._recover(row)
        return [record.caption() for record in records]

    def _recover(self, record: Any) -> None:
        _refuse_orphan(record)
        self._desk.books.refuse_taken(record)
        was = record.deleted_because or f"{record.label}已删除"
        record.deleted_at, record.deleted_because = None, ""
        try:
            with reading():
                storing.update_all([record])
        except UserError as fault:
            raise UserError(
                f"{record.label}“{record.caption()}”的位置已被另一条占用，不能恢复；请先处理那一条",
                field="id",
            ) from fault
        if record.kind in NUMBERED:
            register.revive(record.id, was)
        if record.kind == "publication":
            self._desk.diaries.settle(record.diary)
        if record.kind == "holiday":
            self._desk.workdays.forget()
            self._desk.moved.confirm()

    def quotes(self, model: type[Record], keys: Sequence[bytes]) -> Quotes:
        """Return the other records that say what some removed ones say, before those are cleared for good."""
        with reading():
            family = purging.family_of(self.get(model, key) for key in keys)
            return quoting.quotes(purging.spoken(family.values()), list(family))

    def purge(
        self, model: type[Record], keys: Sequence[bytes], *, confirmed: str, watch: Watch | None = None
    ) -> PurgeOutcome:
        """Clear removed records for good, from the row to the trail; nothing brings them back.

        Raises UserError where the user's role may not, or `confirmed` isn't the word; TroubleError where the trail
        isn't sound.
        """
        self._desk.rights.require(Deed.PURGE)
        if confirmed.strip() != CONFIRM:
            raise UserError(f"没有彻底删除：请照样输入“{CONFIRM}”四个字", field="confirm")
        records = [self.get(model, key) for key in keys]
        purging.refuse_unsound()
        family = purging.family_of(records)
        said = purging.spoken(family.values())
        if watch:
            watch(0, 3)
        action = f"{PURGING}{model.label} {len(records)} 条，所涉修改记录已清空并重新封存"
        with self._desk.changes.change(action, *_possible(model)):
            past = purging.purge(records)
        if watch:
            watch(1, 3)
        clean = purging.write_anew()
        if watch:
            watch(2, 3)
        with reading():
            still = quoting.quotes(said, list(family))
        return PurgeOutcome(len(records), clean, still, past, self._backups())

    def _backups(self) -> int:
        """Count the backups made before, which hold what was cleared."""
        try:
            return len(self._desk.backups.vault.listed())
        except (UserError, TroubleError):
            return 0


def _possible(model: type[Record]) -> tuple[type[Record], ...]:
    """Return the types that a change of one record may touch with its parts."""
    from desktop.records.catalogue import record_type

    found = [model]
    for kind, _ in removed.PARTS.get(model.kind, ()):
        found += _possible(record_type(kind))
    return tuple(found)


def _refuse_orphan(record: Record) -> None:
    """Raise UserError where what a record must belong to is removed itself."""
    for kind in kinds_of(type(record)):
        if isinstance(kind, Link) and kind.required:
            owner = getattr(record, kind.name)
            if owner is not None and owner.deleted_at:
                raise UserError(
                    f"它所属的{owner.label}“{owner.caption()}”也在回收站里，请先恢复{owner.label}",
                    field=kind.name,
                )
