"""The tree of places with what is planned and was visited there: the office's 区划, the villages, their groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.records import visit_plans
from desktop.records.base import reading
from desktop.records.places import Place
from desktop.records.visit_plans import PlaceCount, Where
from desktop.services.planning import Period

CHINESE = "一二三四五六七八九十"
EVERYWHERE, NO_GROUP = "全部", "（没写组）"


@dataclass(slots=True)
class Branch:
    """A place with its figures (户, plans, 户 visited, the last visit) and the places below it."""

    name: str
    where: Where
    homes: int = 0
    planned: int = 0
    done: int = 0
    last: str = ""
    below: list[Branch] = field(default_factory=list)

    def take_in(self, branch: Branch) -> None:
        """Put a branch below, and count what it has."""
        self.below.append(branch)
        self.count(branch.homes, branch.planned, branch.done, branch.last)

    def count(self, homes: int, planned: int, done: int, last: str) -> None:
        """Add to the figures."""
        self.homes, self.planned, self.done = self.homes + homes, self.planned + planned, self.done + done
        self.last = max(self.last, last)


def place_tree(period: Period) -> Branch:
    """Return everywhere, with all places under it in the office's order; 已访 is of a period, 最近走访 ever."""
    return grown(_places(), visit_plans.by_place(period.since, period.until))


def _places() -> list[Place]:
    with reading():
        live = Place.select().where(Place.deleted_at.is_null())
        return list(live.order_by(Place.position.is_null(), Place.position, Place.name))  # pyright: ignore


def grown(places: Sequence[Place], counts: Sequence[PlaceCount]) -> Branch:
    """Return the tree of places with the counts of their groups; a village of one nameless group has none below."""
    of_village: dict[str, list[PlaceCount]] = {}
    for count in counts:
        of_village.setdefault(count.village, []).append(count)
    parents = {place.name: place.parent for place in places} | {
        village: "" for village in of_village if village not in {place.name for place in places}
    }
    below: dict[str, list[str]] = {}
    for name, above in parents.items():
        below.setdefault(above if above in parents else "", []).append(name)

    def branch(name: str) -> Branch:
        made = Branch(name or EVERYWHERE, Where())
        _count_groups(made, of_village.get(name, []) if name else [])
        for child in below.get(name, []):
            made.take_in(branch(child))
        made.where = Where(tuple(_villages(made)) or (name,)) if name else Where()
        return made

    return branch("")


def _count_groups(made: Branch, counts: list[PlaceCount]) -> None:
    if [count.group for count in counts] == [""]:
        made.count(*counts[0][2:])
        return
    for count in sorted(counts, key=lambda one: _order(one.group)):
        group = Branch(count.group or NO_GROUP, Where((count.village,), count.group))
        group.count(*count[2:])
        made.take_in(group)


def _villages(branch: Branch) -> list[str]:
    """Return the villages below a branch, once each."""
    found = dict.fromkeys(name for child in branch.below for name in child.where.villages)
    return list(found)


def _order(group: str) -> tuple[int, str]:
    """Sort groups by their number where they begin with one (2组 before 10组, 二组 before 三组)."""
    digits = group[: len(group) - len(group.lstrip("0123456789"))]
    chinese = CHINESE.find(group[:1]) + 1 if group else 0
    return (int(digits) if digits else chinese or 10_000, group)
