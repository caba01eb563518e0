"""The tree of 问题类别: what keeps it a tree, and its words in use."""

from __future__ import annotations

from desktop.errors import UserError
from desktop.records.base import reading
from desktop.records.categories import Category
from desktop.records.tickets import Ticket


def check(category: Category) -> None:
    """Refuse a twin, a parent that isn't there, a ring, and a new name for what tickets are sorted into."""
    with reading():
        kept = Category.get_or_none(Category.id == category.id)
    named = {row.name: row for row in _live() if row.id != category.id}
    if category.name in named:
        raise UserError(f"已有类别“{category.name}”，请修改那一条", field="name")
    above = category.parent
    if above and above not in named and above != category.name:
        raise UserError(f"没有上级类别“{above}”，请先建立它", field="parent")
    while above:
        if above == category.name:
            raise UserError(f"“{category.parent}”在“{category.name}”之下，不能做它的上级", field="parent")
        above = named[above].parent if above in named else ""
    if kept is not None and kept.name != category.name:
        refuse_removing(kept)


def refuse_removing(category: Category) -> None:
    """Refuse to take away a category that tickets or categories below it still use."""
    with reading():
        used = Ticket.select().where((Ticket.category == category.name) & Ticket.deleted_at.is_null()).count()
    below = [row.name for row in _live() if row.parent == category.name]
    if used:
        raise UserError(
            f"类别“{category.name}”下还有 {used} 件，不能删除或改名；请先把它们改到别的类别", field="name"
        )
    if below:
        raise UserError(f"类别“{category.name}”下还有“{'、'.join(below[:5])}”，请先处理它们", field="name")


def _live() -> list[Category]:
    with reading():
        return list(Category.select().where(Category.deleted_at.is_null()))
