"""new, demo, backup, restore, check: the verbs on the office file itself."""

from __future__ import annotations

import errno
import sys
from argparse import Namespace
from pathlib import Path

from desktop.commands.answer import Answer
from desktop.errors import TroubleError, UserError
from desktop.files import is_there, trouble
from desktop.records.base import database
from desktop.records.staff import Office
from desktop.services.desk import Desk
from desktop.storage import backup, checking, office


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


def save_copy(_desk: Desk, asked: Namespace) -> Answer:
    """Write a verified copy of the office file."""
    source = Path(asked.data)
    default = source.parent / "备份" / f"{source.stem}-{backup.stamp()}{source.suffix}"
    target = Path(asked.file) if asked.file else backup.free_name(default)
    if is_there(target) and (target.is_dir() or target.samefile(source)):
        raise UserError(f"“{target}”是文件夹或现在的数据文件，请换一个备份文件名", field="file")
    if asked.file and not target.parent.is_dir():  # only our own folder 备份 is made, never one mistyped
        raise trouble(target, FileNotFoundError(errno.ENOENT, "no such folder"))
    counts = backup.copy_to(database.obj, target)
    total = sum(counts.values())
    return Answer(
        {"file": str(target), "counts": counts}, f"已备份到 {target}，共 {total} 条记录，已核对完好"
    )


def restore(_desk: Desk | None, asked: Namespace) -> Answer:
    """Replace the office file by a backup, keeping the present one aside."""
    target, source = Path(asked.data), Path(asked.file)
    office.close()
    aside, counts = backup.restore(target, source)
    kept = f"；原来的文件留在 {aside}" if aside else ""
    told = f"已从 {source} 恢复，共 {sum(counts.values())} 条记录{kept}"
    value = {"file": str(target), "counts": counts, "aside": str(aside) if aside else None}
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

    def __init__(self, faults: list[str]) -> None:
        super().__init__(f"数据文件有 {len(faults)} 处问题，请停止录入，用最近的备份恢复")
        self.answer = {"ok": False, "faults": faults}
