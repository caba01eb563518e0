"""问题类别: the tree that tickets are sorted into."""

from __future__ import annotations

from desktop.errors import UserError
from desktop.records.base import Record
from desktop.records.kinds import Text, Whole

CATEGORIES = "问题类别"


class Category(Record):
    """问题类别: a word of the tree; first use makes it a branch of its own.

    Tickets keep the word, as they keep a unit's; `parent` is the name of the category above.
    """

    kind = "category"
    label = "问题类别"

    name = Text("类别", required=True, limit=40, index=True)
    parent = Text("上级类别", limit=40, hint="空着就是一级类别")
    position = Whole("排序", least=0, most=9999)

    def caption(self) -> str:
        return self.name

    def faults_across(self) -> list[UserError]:
        if self.parent and self.parent == self.name:
            return [UserError(f"上级类别不能是“{self.name}”自己", field="parent")]
        return []
