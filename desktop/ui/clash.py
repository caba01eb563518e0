"""Two windows on one record: the second is told what the first changed, and nothing is overwritten."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.records.base import Record, kinds_of, show
from desktop.ui.ask import Ask

KEEP, DROP, GO_ON = "把我的修改放到新内容上", "放弃我的修改", "继续编辑"
LONGEST = 30


def as_read(record: Record) -> Record:
    """Return a copy that stays what was read while the record itself is edited."""
    read = type(record)()
    read.__data__, read.__rel__ = dict(record.__data__), dict(record.__rel__)
    return read


def changed_elsewhere(read: Record, theirs: Record) -> list[str]:
    """Return what was changed since a record was read: `承办科室：（空）→ 组织科`."""
    told = []
    for kind in kinds_of(type(theirs)):
        before, now = show(read, kind), show(theirs, kind)
        if now != before:
            told.append(f"{kind.label}：{_short(before)} → {_short(now)}")
    return told


def _short(text: str) -> str:
    line = " ".join(text.split())
    return (f"{line[:LONGEST]}…" if len(line) > LONGEST else line) or "（空）"


def ask_about(ask: Ask, theirs: Record, read: Record, mine: Sequence[str]) -> str:
    """Tell what was changed elsewhere and what here, and return KEEP, DROP or GO_ON."""
    told = "\n".join(changed_elsewhere(read, theirs)) or "内容没有变，只是重新保存过"
    here = f"\n\n您改的（还没有保存）：{'、'.join(mine)}" if mine else ""
    question = f"“{theirs.caption()}”刚才在别处被修改，您的修改没有保存"
    return ask.choose(question, (KEEP, DROP, GO_ON), detail=f"别处改了：\n{told}{here}")
