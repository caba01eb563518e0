"""户: the households that staff visit, who lives there, and whether they were lifted out of need."""

from __future__ import annotations

from enum import StrEnum

import peewee

from desktop.errors import UserError
from desktop.records import readings
from desktop.records.base import Record
from desktop.records.cleaning import comparable
from desktop.records.kinds import Choice, Day, Link, Listed, Name, PartialDay, Phone, Prose, Text, Whole
from desktop.records.places import PLACES
from desktop.records.representatives import Sex


class HouseholdState(StrEnum):
    """在户, moved away, no longer a household, or one with another."""

    HERE = "在户"
    MOVED = "迁出"
    GONE = "销户"
    MERGED = "并户"


class Household(Record):
    """户: one household by its head and place."""

    kind = "household"
    label = "户"
    searchable = True
    key_mark = "\x02"

    number = Text("户号", limit=20, stepped=True)
    head = Name("户主", required=True)
    village = Listed("村（社区）", terms=PLACES, required=True, limit=60)
    group = Text("组", limit=30, column_name="village_group")
    address = Text("地址", limit=120)
    sort = Listed("户类别", terms="户类别", limit=30, default="一般户")
    mobile = Phone("电话", limit=80)
    people = Whole("人口", least=0, most=99)
    since = Day("立户日期", hint="知道的才填；早于这一天的走访会被指出")
    needs = Prose("困难和需求", limit=2000)
    reading = Text("户主拼音", limit=200, hint="读音不对时在此改正，如 zeng guoqiang")
    note = Prose("备注")
    state = Choice("状态", HouseholdState, default=HouseholdState.HERE, stepped=True)
    left_on = Day("迁出日期", stepped=True)
    lifted_on = Day("脱困日期", stepped=True)
    because = Text("变动说明", limit=200, stepped=True)
    merged_into = Link("并入的户", "self", stepped=True)  # pyright: ignore[reportArgumentType] - peewee's own word
    reading_key = peewee.TextField(default="")
    name_key = peewee.TextField(default="")

    def caption(self) -> str:
        return self.head

    def told_apart(self) -> str:
        where = f"{self.village}{self.group}"
        return f"{self.head}（{'，'.join(filter(None, (where, self.number)))}）"

    def prepare(self) -> None:
        self.reading_key = readings.sort_key(self.head, self.reading)
        self.name_key = comparable(self.head)

    def likenesses(self) -> list[tuple[str, ...]]:
        head, village = comparable(self.head), comparable(self.village)
        found: list[tuple[str, ...]] = [("户号和户主相同", self.number, head)] if self.number else []
        if self.mobile:
            found += [("户主和电话相同", head, number) for number in self.mobile.split("、")]
        if self.address:
            found.append(("户主、村和地址相同", head, village, comparable(self.address)))
        found.append(("户主、村和组相同", head, village, comparable(self.group)))
        return found

    def search_keys(self) -> set[str]:
        keys = readings.name_keys(self.head, self.reading)
        keys -= readings.shown_keys(self.reading_key.removesuffix(f" {self.head}"))
        keys.discard(self.name_key)
        keys |= {"<" + number[::-1] for number in filter(None, self.mobile.split("、"))}
        keys.add(comparable(self.village))
        return keys | ({self.number.casefold(), "<" + self.number[::-1]} if self.number else set())


Household.merged_into.target = Household  # pyright: ignore


def _index(name: str, *columns: str) -> None:
    named = ", ".join(f'"{column}"' for column in columns)
    Household.add_index(
        peewee.SQL(
            f'CREATE INDEX IF NOT EXISTS "household_{name}" ON "household" ({named}) WHERE deleted_at IS NULL'
        )
    )


_index("by_reading_key", "reading_key", "id")
_index("by_name_key", "name_key", "id", "reading_key")
_index("by_mobile", "mobile", "id", "reading_key")
_index("by_village", "village", "village_group", "id")
_index("by_sort", "sort", "id")
_index("by_number", "number", "id")
_index("by_changed_at", "changed_at", "id")


class Member(Record):
    """家庭成员: one of a household's people."""

    kind = "member"
    label = "家庭成员"

    household = Link("户", Household, required=True, backref="members", on_delete="CASCADE")
    full_name = Name("姓名", required=True)
    relation = Listed("与户主关系", terms="与户主关系", limit=20)
    sex = Choice("性别", Sex)
    born_on = PartialDay("出生年月", limit=10)
    party = Listed("政治面貌", terms="政治面貌", limit=20)
    occupation = Text("职业和去向", limit=60)
    left_on = Day("迁出日期")
    died_on = Day("去世日期")
    note = Text("备注", limit=200)

    def caption(self) -> str:
        return self.full_name

    def faults_across(self) -> list[UserError]:
        if self.died_on and self.born_on and self.died_on.isoformat() < self.born_on:
            return [UserError(f"去世日期 {self.died_on} 早于出生年月 {self.born_on}", field="died_on")]
        return []
