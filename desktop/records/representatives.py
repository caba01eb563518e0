"""代表: the people who are invited to an Open Day, with their dated 身份 and contacts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

import peewee

from desktop.errors import UserError
from desktop.records import readings
from desktop.records.base import Record, reading
from desktop.records.cleaning import comparable, person_name
from desktop.records.kinds import (
    Choice,
    Day,
    IdCard,
    Link,
    Listed,
    Name,
    Nation,
    PartialDay,
    Phone,
    Prose,
    Text,
)


class Sex(StrEnum):
    """性别 (GB/T 2261.1)."""

    MALE = "男"
    FEMALE = "女"


class Source(StrEnum):
    """产生方式: how a representative came to the office (肥东: 76 代表, 21 自主报名)."""

    INVITED = "邀请"
    RECOMMENDED = "推荐"
    VOLUNTEERED = "自主报名"


SORTED_BY = ("reading_key", "sex", "born_on", "unit", "post", "mobile", "party", "source", "changed_at")
"""The columns a list of representatives sorts by: each has an index, so that no list reads the whole table."""


class Representative(Record):
    """代表: a person invited to an Open Day."""

    kind = "representative"
    label = "代表"
    searchable = True

    full_name = Name("姓名", required=True)
    sex = Choice("性别", Sex)
    born_on = PartialDay("出生年月", limit=10)
    ethnicity = Nation("民族", terms="民族", limit=20)
    party = Listed("政治面貌", terms="政治面貌", limit=20)
    unit = Listed("工作单位", terms="单位", limit=100)
    post = Text("职务", limit=60)
    mobile = Phone("手机", limit=80)
    id_number = IdCard("身份证号", limit=18)
    address = Text("通信地址", limit=120)
    postcode = Text("邮政编码", limit=6)
    source = Choice("产生方式", Source)
    restricted = Text("内部标记", limit=40, hint="如“信访户”；从不印在会场的任何名单上")
    honorific = Text("称谓", limit=10, default="同志", hint="印在姓名之后，如“同志”“教授”")
    reading = Text("姓名拼音", limit=200, hint="读音不对时在此改正，如 zeng guoqiang")
    note = Prose("备注")
    reading_key = peewee.TextField(default="")
    name_key = peewee.TextField(default="")

    def caption(self) -> str:
        return self.full_name

    def told_apart(self) -> str:
        born = f"{self.born_on[:4]}年生" if self.born_on else ""
        tail = f"尾号{self.mobile[-4:]}" if self.mobile else ""
        marks = [mark for mark in (self.sex, born, self.unit, tail) if mark]
        return f"{self.full_name}（{'，'.join(marks)}）" if marks else self.full_name

    def prepare(self) -> None:
        held = self.__data__
        name = held["full_name"]
        held["reading_key"] = readings.sort_key(name, held["reading"])
        held["name_key"] = comparable(name)

    def likenesses(self) -> list[tuple[str, ...]]:
        found: list[tuple[str, ...]] = []
        held = self.__data__
        name = comparable(held["full_name"])
        if number := held["id_number"]:
            found.append(("身份证号相同", number))
        if mobile := held["mobile"]:
            found += [("姓名和手机相同", name, number) for number in mobile.split("、")]
        if (born := held["born_on"]) and (unit := held["unit"]):
            found.append(("姓名、出生年月和单位相同", name, born, comparable(unit)))
        if not found and not born and (unit := held["unit"]):  # nothing more to tell two people apart by
            found.append(("姓名和单位相同", name, comparable(unit)))
        return found

    def search_keys(self) -> set[str]:
        held = self.__data__
        name, mobile = held["full_name"], held["mobile"]
        keys = readings.name_keys(name, held["reading"])
        keys -= readings.shown_keys(held["reading_key"].removesuffix(f" {name}"))
        keys.discard(held["name_key"])
        if mobile and "、" not in mobile:
            keys.add("<" + mobile[::-1])
        elif mobile:
            first, *others = mobile.split("、")
            keys |= {"<" + first[::-1], *others, *("<" + number[::-1] for number in others)}
        return keys

    def faults_across(self) -> list[UserError]:
        """Return what an 18-digit ID number contradicts: digits 7-14 are the birth, an odd 17th is a man's (GB 11643)."""
        if len(self.__data__["id_number"]) != 18:
            return []
        found = []
        birth = f"{self.id_number[6:10]}-{self.id_number[10:12]}-{self.id_number[12:14]}"
        if self.born_on and not birth.startswith(self.born_on):
            found.append(
                UserError(f"出生年月 {self.born_on} 与身份证号中的 {birth} 不一致，请核对", field="born_on")
            )
        sex = Sex.MALE if int(self.id_number[16]) % 2 else Sex.FEMALE
        if self.sex and self.sex != sex:
            found.append(UserError(f"性别 {self.sex} 与身份证号表示的 {sex} 不一致，请核对", field="sex"))
        return found


def alike(people: Sequence[Representative]) -> list[Representative]:
    """Return the kept representatives who share a name or an ID number with any of `people`."""
    live = Representative.deleted_at.is_null()
    if not Representative.select().where(live).exists():
        return []  # the first roster of an office
    names = sorted({comparable(person.full_name) for person in people})
    numbers = sorted({person.id_number for person in people if person.id_number})
    found: dict[bytes, Representative] = {}
    # what a partial index leaves out must be left out by the statement too, or SQLite doesn't take it
    numbered = live & (Representative.id_number != "")
    for column, values, kept in (
        (Representative.name_key, names, live),
        (Representative.id_number, numbers, numbered),
    ):
        several = peewee.SQL("(SELECT value FROM json_each(?))", [json.dumps(values, ensure_ascii=False)])
        rows = Representative.select().where(column.in_(several) & kept)  # pyright: ignore
        found |= {row.id: row for row in rows}
    return list(found.values())


def named(words: Iterable[str]) -> dict[str, list[Representative]]:
    """Return the live representatives called by any of `words`, by the name as it is compared."""
    names = sorted({comparable(person_name(word)) for word in words if word})
    several = peewee.SQL("(SELECT value FROM json_each(?))", [json.dumps(names, ensure_ascii=False)])
    found: dict[str, list[Representative]] = {}
    with reading():
        for row in Representative.select().where(
            Representative.name_key.in_(several) & Representative.deleted_at.is_null()  # pyright: ignore
        ):
            found.setdefault(row.name_key, []).append(row)
    return found


SEARCHED_BY = ("unit", "mobile")
"""The sorted columns a search looks into: their index holds what its hits are sorted by."""


def _index(name: str, *columns: Any, where: Any = None) -> None:
    """Declare an index of the live people, covering: no page, count or search by it touches the table itself."""
    live = Representative.deleted_at.is_null()
    Representative.add_index(
        Representative.index(
            *columns, name=f"representative_{name}", where=live if where is None else live & where
        )
    )


for _column in SORTED_BY:
    _more = (Representative.reading_key,) if _column in SEARCHED_BY else ()
    _index(f"by_{_column}", getattr(Representative, _column), Representative.id, *_more)
_index("by_name_key", Representative.name_key, Representative.id, Representative.reading_key)
_index("by_id_number", Representative.id_number, where=Representative.id_number != "")  # pyright: ignore


class Identity(Record):
    """代表身份: one dated capacity of a person; a person may hold several at once."""

    kind = "identity"
    label = "代表身份"

    representative = Link("代表", Representative, required=True, backref="identities", on_delete="CASCADE")
    sort = Listed("身份", terms="代表身份", required=True, limit=30)
    level = Listed("层级", terms="层级", limit=20)
    electing_unit = Text("选举单位", limit=100)
    term = Text("届次", limit=30)
    since = Day("任职起")
    until = Day("任职止")

    def caption(self) -> str:
        return f"{self.level}{self.sort}"

    def faults_across(self) -> list[UserError]:
        if self.since and self.until and self.until < self.since:
            return [UserError(f"任职止 {self.until} 早于任职起 {self.since}", field="until")]
        return []


class Contact(Record):
    """联系记录 of the 联系档案: one call, letter or talk with a representative."""

    kind = "contact"
    label = "联系记录"

    representative = Link("代表", Representative, required=True, backref="contacts", on_delete="CASCADE")
    on = Day("日期", required=True)
    way = Choice("方式", ("电话", "信函", "当面", "短信", "其他"), default="电话")
    text = Prose("内容", required=True)

    def caption(self) -> str:
        return f"{self.on} {self.way}"


def identities_of(people: Sequence[Representative]) -> dict[bytes, list[Identity]]:
    """Return the live identities of people by their key, the latest first (one query for a page of a list)."""
    keys = [person.id for person in people]
    rows = Identity.select().where(Identity.representative.in_(keys) & Identity.deleted_at.is_null())  # pyright: ignore
    found: dict[bytes, list[Identity]] = {}
    for identity in rows.order_by(Identity.since.desc(nulls="LAST"), Identity.created_at.desc()):  # pyright: ignore
        found.setdefault(identity.representative_id, []).append(identity)  # pyright: ignore
    return found


def sorts_held(people: Sequence[bytes]) -> list[tuple[bytes, str]]:
    """Return (person, 身份) for the live identities of people, as they were entered."""
    rows = Identity.select(Identity.representative, Identity.sort)
    live = rows.where(Identity.representative.in_(people) & Identity.deleted_at.is_null())  # pyright: ignore
    with reading():
        return [(bytes(person), sort) for person, sort in live.order_by(Identity.created_at).tuples()]  # pyright: ignore
