"""new, backup, backups, restore, drill, rescue, check: the verbs on the office file itself."""

from __future__ import annotations

import errno
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from desktop.commands.answer import Answer, table
from desktop.errors import TroubleError, UserError
from desktop.files import is_there, trouble
from desktop.records.backups import Backup, Outlook, Reason
from desktop.records.catalogue import records
from desktop.records.staff import Office
from desktop.services.desk import Desk
from desktop.storage import checking, office
from desktop.storage.vault import Vault


def new(desk: Desk, asked: Namespace) -> Answer:
    """Fill the office file just made with its name and what every office starts with."""
    settings = Office()
    settings.name = Office.name.parse(asked.name)
    try:
        desk.offices.set_up(settings)
    except BaseException:
        office.discard(asked.data)
        raise
    return Answer({"office": str(asked.data)}, f"已新建“{settings.name}”的数据文件：{asked.data}")


def save_copy(desk: Desk, asked: Namespace) -> Answer:
    """Write a verified copy of the office file, with its label."""
    vault = Vault(Path(asked.data))
    if asked.file is None:
        made = vault.keep(Reason.BY_HAND)
        assert made is not None
        return _told(made)
    target = Path(asked.file)
    if is_there(target) and (target.is_dir() or target.samefile(vault.path)):
        raise UserError(f"“{target}”是文件夹或现在的数据文件，请换一个备份文件名", field="file")
    if not target.parent.is_dir():  # only our own folder 备份 is made, never one mistyped
        raise trouble(target, FileNotFoundError(errno.ENOENT, "no such folder"))
    made = vault.save_as(target)
    desk.disclosing.note_backup(made)
    return _told(made)


def _told(made: Backup) -> Answer:
    locked = "，和数据文件用同样的口令" if made.protected else ""
    return Answer(_value(made), f"已备份到 {made.path}，共 {made.total} 条记录，已核对完好{locked}")


def _value(found: Backup) -> dict[str, Any]:
    return {
        "file": str(found.path),
        "made_at": found.made_at.isoformat(timespec="seconds"),
        "reason": found.reason,
        "size": found.size,
        "sha256": found.sha256,
        "last_change": found.last_change,
        "protected": found.protected,
        "counts": dict(found.counts),
    }


def backups(_desk: Desk | None, asked: Namespace) -> Answer:
    """List the backups of the office file, the newest first."""
    vault = Vault(Path(asked.data))
    found = vault.listed(Path(asked.folder) if asked.folder else None)
    rows = [
        (
            f"{one.made_at:%Y-%m-%d %H:%M}",
            one.reason or "（没有标签）",
            f"{one.size / 1e6:.1f} MB",
            str(one.total) if one.labelled else "",
            "有口令" if one.protected else "",
            one.path.name,
        )
        for one in found
    ]
    text = (
        table(("时间", "缘由", "大小", "记录", "保护", "文件"), rows)
        if rows
        else f"还没有备份（{vault.folder}）"
    )
    return Answer([_value(one) for one in found], text)


def restore(_desk: Desk | None, asked: Namespace) -> Answer:
    """Replace the office file by a backup, keeping the present one aside; or only tell what would change."""
    target, source = Path(asked.data), Path(asked.file)
    office.close()
    outlook = Vault(target).outlook(source)
    value = {
        "file": str(target),
        "counts": dict(outlook.then.counts),
        "last_change": outlook.then.last_change,
        "now": {"counts": dict(outlook.now.counts), "last_change": outlook.now.last_change}
        if outlook.now
        else None,
    }
    if asked.dry_run:
        return Answer(
            value | {"aside": None}, "\n".join(["没有恢复，只是看看恢复会怎样：", *_changes(outlook)])
        )
    aside, counts = Vault(target).restore(source)
    kept = f"；原来的文件留在 {aside}" if aside else ""
    told = [f"已从 {source} 恢复，共 {sum(counts.values())} 条记录{kept}", *_changes(outlook)]
    return Answer(value | {"aside": str(aside) if aside else None}, "\n".join(told))


def _changes(outlook: Outlook) -> list[str]:
    """Return in sentences what a restore changes."""
    labels = {record.kind: record.label for record in records()}
    changed = [f"{labels[kind]} {had} → {has}" for kind, had, has in outlook.changed()]
    now = outlook.now.last_change[:16].replace("T", " ") if outlook.now else "读不出"
    then = outlook.then.last_change[:16].replace("T", " ") or "没有改动过"
    told = [f"最后一次改动：现在 {now}，备份 {then}", f"各类记录：{'，'.join(changed) or '数目都一样'}"]
    return [*told, *filter(None, [outlook.warned()])]


def drill(_desk: Desk | None, asked: Namespace) -> Answer:
    """Rehearse a restore in a temporary place; nothing of the office file is touched."""
    vault = Vault(Path(asked.data))
    newest = vault.newest()
    if asked.file is None and newest is None:
        raise UserError("还没有备份；请先用 openday backup 做一份", field="file")
    chosen = Path(asked.file) if asked.file else newest.path if newest else vault.folder
    done = vault.drill(chosen)
    if done.faults:
        print("\n".join(done.faults), file=sys.stderr)
        raise CheckFailed(
            list(done.faults), f"备份“{chosen.name}”恢复不了，有 {len(done.faults)} 处问题；请另做一份备份"
        )
    value = {"ok": True, "faults": [], "file": str(chosen), "counts": dict(done.counts)}
    told = f"演练成功：“{chosen.name}”可以恢复，共 {sum(done.counts.values())} 条记录，与标签一致"
    return Answer(value, told)


def rescue(_desk: Desk | None, asked: Namespace) -> Answer:
    """Take what can be read of a damaged office file into a new one, with a report of what is lost."""
    from desktop.storage.rescue import rescue as take

    done = take(Path(asked.file), Path(asked.out))
    value = {
        "file": str(done.file),
        "report": str(done.report),
        "counts": dict(done.counts),
        "lost": [{"kind": lost.kind, "what": lost.what, "why": lost.why} for lost in done.lost],
        "unread": done.unread,
        "loosened": done.loosened,
    }
    told = f"救出 {done.total} 条记录，写入 {done.file}；{done.told_loss()}，见 {done.report}"
    return Answer(value, told)


def check(_desk: Desk | None, asked: Namespace) -> Answer:
    """Check the office file from its first to its last page."""
    faults = checking.faults_of(Path(asked.data))
    if faults:
        print("\n".join(faults), file=sys.stderr)
        raise CheckFailed(faults)
    return Answer({"ok": True, "faults": []}, "数据文件完好：结构、联系、检索都正确")


class CheckFailed(TroubleError):
    """The check found faults; they are the JSON answer as well as the reason for exit code 3."""

    def __init__(self, faults: list[str], told: str = "") -> None:
        super().__init__(told or f"数据文件有 {len(faults)} 处问题，请停止录入，用最近的备份恢复")
        self.answer = {"ok": False, "faults": faults}
