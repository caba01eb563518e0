"""区划: the tree of places that households lie in; first use adds a 村（社区）."""

from __future__ import annotations

from desktop.errors import UserError
from desktop.records.base import Record
from desktop.records.kinds import Choice, Text, Whole

PLACES = "区划"
"""The name of the list of places among the editable lists."""


class Place(Record):
    """区划: one place by its name, and the place above it; households keep the name, as they keep a unit's."""

    kind = "place"
    label = "区划"

    name = Text(
        "名称", required=True, limit=60, index=True, hint="如“木兰村”；同名的写上镇名，如“三河镇木兰村”"
    )
    level = Choice("层级", ("区县", "镇街", "村（社区）"), default="村（社区）")
    parent = Text("上级", limit=60, hint="如“三河镇”")
    position = Whole("排序", least=0, most=9999)

    def caption(self) -> str:
        return self.name

    def faults_across(self) -> list[UserError]:
        if self.parent and self.parent == self.name:
            return [UserError(f"上级不能是“{self.name}”自己", field="parent")]
        return []
