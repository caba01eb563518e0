"""Two windows on one ticket: the second is told what the first changed, and nothing is overwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.records.base import Record, kinds_of, show
from desktop.records.storing import Conflict
from desktop.ui.ask import Ask

KEEP, DROP, GO_ON = "把我的修改放到新内容上", "放弃我的修改", "继续编辑"
LONGEST = 30


def shown_values(record: Record) -> dict[str, str]:
    """Return every field of a record as text, by its label."""
    return {kind.label: show(record, kind) for kind in kinds_of(type(record))}


def changed_elsewhere(read: Mapping[str, str], theirs: Record) -> list[str]:
    """Return what was changed since a record was read: `承办科室：（空）→ 组织科`."""
    return [
        f"{label}：{_short(read.get(label, ''))} → {_short(now)}"
        for label, now in shown_values(theirs).items()
        if now != read.get(label, "")
    ]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return (f"{line[:LONGEST]}…" if len(line) > LONGEST else line) or "（空）"


def ask_about(ask: Ask, conflict: Conflict, read: Mapping[str, str], mine: Sequence[str]) -> str:
    """Tell what was changed elsewhere and what here, and return KEEP, DROP or GO_ON."""
    assert conflict.theirs is not None
    told = "\n".join(changed_elsewhere(read, conflict.theirs)) or "内容没有变，只是重新保存过"
    here = f"\n\n您改的（还没有保存）：{'、'.join(mine)}" if mine else ""
    question = f"“{conflict.theirs.caption()}”刚才在别处被修改，您的修改没有保存"
    return ask.choose(question, (KEEP, DROP, GO_ON), detail=f"别处改了：\n{told}{here}")
