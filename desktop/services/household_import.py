"""Bringing households in from a sheet: numbered, with their members; namesakes of a village told apart by what is known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from desktop.errors import UserError
from desktop.records import bulk, register, storing
from desktop.records.base import Record, kinds_of, parts_of, reading
from desktop.records.cleaning import comparable
from desktop.records.households import Household, Member
from desktop.records.papers import Watch
from desktop.services.helping import EVER, SERIES, WRITTEN

Values = Mapping[str, Any]
CALLED = re.compile(r"([^（(]+)(?:[（(]([^）)]*)[）)])?")
"""A member as rosters write one: 李明 or 李明（子）."""
OLD_NUMBER = "原户号 {}"
MOST_NAMES, CHUNK = 500, 2_000
"""Heads asked for at a time; households written at a time."""


class HouseholdImport:
    """Makes, compares and writes the households of one sheet; see `Importing`."""

    touched: tuple[type[Record], ...] = (Household, Member)

    @staticmethod
    def settled(values: Values) -> Values:
        """Return the values of a row as they are."""
        return values

    @staticmethod
    def complete(record: Record, values: Values) -> list[Member]:
        """Return the members that a row names; the number it tells serves to find the household again."""
        home = cast("Household", record)
        home.number = str(values.get("number") or "")
        return [_member(home, text) for text in values.get("members") or () if _name(text) != home.head]

    @staticmethod
    def kept_like(records: Sequence[Any]) -> list[Household]:
        """Return the kept households of the same heads."""
        heads = sorted({comparable(record.head) for record in records})
        found: list[Household] = []
        with reading():
            for start in range(0, len(heads), MOST_NAMES):
                same = Household.name_key.in_(heads[start : start + MOST_NAMES])  # pyright: ignore
                found += list(Household.select().where(same & Household.deleted_at.is_null()))
        return found

    @staticmethod
    def compared(record: Record, other: Record, course: Any) -> tuple[tuple[str, str, str], str]:
        """Return the members on both sides, and what speaks for or against its being the same household."""
        home, kept = cast("Household", record), cast("Household", other)
        mine = [member.full_name for member in course]
        theirs = [member.full_name for member in parts_of(Member, "household", kept)]
        return ("家庭成员", "、".join(mine), "、".join(theirs)), _evidence(home, kept, mine, theirs)

    def keep(self, records: Sequence[Any], courses: Mapping[bytes, Any], watch: Watch | None) -> None:
        """Number and write new households with their members, many at a time. Inside a change."""
        numbers = register.take_for(SERIES, EVER, [home.id for home in records], WRITTEN)
        for home, number in zip(records, numbers, strict=True):
            if home.number and home.number != number:
                home.note = "\n".join(filter(None, (home.note, OLD_NUMBER.format(home.number))))
            home.number = number
        with bulk.filling(self.touched, len(records)):
            for start in range(0, len(records), CHUNK):
                if watch:
                    watch(start, len(records))
                part = records[start : start + CHUNK]
                storing.insert_all(part)
                storing.insert_all([member for home in part for member in courses[home.id]])

    @staticmethod
    def update(kept: Record, record: Record, course: Any) -> None:
        """Write what a row says over a kept household, its empty cells left out; members not known yet are added."""
        for kind in kinds_of(Household):
            value = getattr(record, kind.name)
            if not kind.stepped and value not in (None, "", getattr(Household(), kind.name)):
                setattr(kept, kind.name, value)
        if faults := kept.faults():
            raise faults[0]
        storing.write(kept, is_new=False)
        known = {member.full_name for member in parts_of(Member, "household", kept)}
        new = [member for member in course if member.full_name not in known]
        for member in new:
            member.household = kept
        storing.insert_all(new)


def _name(text: str) -> str:
    called = CALLED.match(text)
    return Member.full_name.parse(called[1]) if called else ""


def _member(home: Household, text: str) -> Member:
    """Return a member as a cell names one; raises UserError at the column of members."""
    called = CALLED.fullmatch(text.strip())
    if called is None:
        raise UserError(f"家庭成员“{text[:20]}”认不出姓名，请写成“李明（子）、王芳（妻）”", field="members")
    member = Member(household=home, full_name=_name(text), relation=Member.relation.parse(called[2] or ""))
    if faults := member.faults():
        raise UserError(f"家庭成员“{text[:20]}”：{faults[0].message}", field="members")
    return member


def _evidence(home: Household, kept: Household, mine: Sequence[str], theirs: Sequence[str]) -> str:
    """Return what tells one household from another: house number, telephone, members; '' where nothing does."""
    same, other = list[str](), list[str]()
    for label, told, known in (("地址", home.address, kept.address), ("电话", home.mobile, kept.mobile)):
        if told and known:
            alike = bool(set(comparable(told).split("、")) & set(comparable(known).split("、")))
            (same if alike else other).append(f"{label}{'相同' if alike else '不同'}")
    if mine and theirs:
        both = len(set(mine) & set(theirs))
        (same if both else other).append(f"有 {both} 位成员相同" if both else "没有相同的成员")
    if not same and not other:
        return "地址、电话、成员都没有可比的，请核对后再定"
    verdict = "多半是同一户" if same and not other else "多半是另一户" if not same else "请核对后再定"
    return f"{'、'.join((*same, *other))}，{verdict}"
