"""Trees of names, 问题类别 and 区划: what keeps each a tree, and its words in use."""

from __future__ import annotations

from typing import Any

from desktop.errors import UserError
from desktop.records.base import Record, reading
from desktop.records.catalogue import record_type

USED_BY = {
    "category": (("ticket", "category"),),
    "place": (("household", "village"), ("link-point", "village")),
}
"""Which fields of which kinds keep a name of the tree."""


def check(branch: Any) -> None:
    """Refuse a twin, a parent that isn't there, a ring, and a new name for what is used under the old one."""
    with reading():
        kept = type(branch).get_or_none(type(branch).id == branch.id)
    named = {row.name: row for row in _live(type(branch)) if row.id != branch.id}
    if branch.name in named:
        raise UserError(f"已有{branch.label}“{branch.name}”，请修改那一条", field="name")
    above = branch.parent
    if above and above not in named and above != branch.name:
        raise UserError(f"没有上级“{above}”，请先建立它", field="parent")
    while above:
        if above == branch.name:
            raise UserError(f"“{branch.parent}”在“{branch.name}”之下，不能做它的上级", field="parent")
        above = named[above].parent if above in named else ""
    if kept is not None and kept.name != branch.name:
        refuse_removing(kept)


def refuse_removing(branch: Any) -> None:
    """Refuse to take away a name that records or branches below it still use."""
    for kind, field in USED_BY[branch.kind]:
        user: Any = record_type(kind)
        with reading():
            used = (
                user.select().where((getattr(user, field) == branch.name) & user.deleted_at.is_null()).count()
            )
        if used:
            raise UserError(
                f"{branch.label}“{branch.name}”下还有 {used} 条{user.label}，不能删除或改名；请先改到别的{branch.label}",
                field="name",
            )
    if below := [row.name for row in _live(type(branch)) if row.parent == branch.name]:
        raise UserError(
            f"{branch.label}“{branch.name}”下还有“{'、'.join(below[:5])}”，请先处理它们", field="name"
        )


def _live(model: type[Record]) -> list[Any]:
    with reading():
        return list(model.select().where(model.deleted_at.is_null()))
