"""慰问合计: 户, 户次 and money by occasion, by who brought it, by village or sort; each figure with its rows."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from desktop.records.gift_counts import Gift, gifts
from desktop.services.figures import Figure

ALL, OPEN = "合计", "（未填）"
HOMES, TIMES, MONEY, UNSIGNED = "户", "户次", "元", "未签收"
GROUPS: dict[str, Callable[[Gift], str]] = {
    "时机": lambda gift: gift.occasion,
    "慰问人": lambda gift: gift.staff,
    "村": lambda gift: gift.village,
    "户类别": lambda gift: gift.sort,
}
"""What the totals may be told by."""


@dataclass(frozen=True, slots=True)
class GiftTotal:
    """A group: distinct households, condolences, money in 元, and those not signed for; each opens its rows."""

    label: str
    homes: Figure
    times: Figure
    money: Figure
    unsigned: Figure
    by_home: Mapping[bytes, int]
    """The money of each household."""

    def figure(self, unit: str) -> Figure:
        """Return the figure of a unit."""
        return {HOMES: self.homes, TIMES: self.times, MONEY: self.money, UNSIGNED: self.unsigned}[unit]


def gift_totals(first: datetime.date | None, last: datetime.date | None, by: str) -> list[GiftTotal]:
    """Return the totals of a period: of all first, then of each group, the one with most 户次 first."""
    found, key = gifts(first, last), GROUPS[by]
    groups: dict[str, list[Gift]] = {}
    for gift in found:
        groups.setdefault(key(gift) or OPEN, []).append(gift)
    told = [_total(label, rows) for label, rows in groups.items()]
    return [_total(ALL, found), *sorted(told, key=lambda total: -total.times.value)]


def _total(label: str, rows: Sequence[Gift]) -> GiftTotal:
    by_home: dict[bytes, int] = {}
    for row in rows:
        by_home[row.home] = by_home.get(row.home, 0) + row.amount
    homes = tuple(by_home)
    paid = tuple(row.key for row in rows if row.amount)
    unsigned = tuple(row.key for row in rows if not row.signed)
    return GiftTotal(
        label,
        Figure(label, len(homes), HOMES, homes),
        Figure(label, len(rows), TIMES, tuple(row.key for row in rows)),
        Figure(label, sum(row.amount for row in rows), MONEY, paid),
        Figure(label, len(unsigned), UNSIGNED, unsigned),
        by_home,
    )
