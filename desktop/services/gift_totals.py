"""慰问合计: 户, 户次 and money by occasion, by who brought it, by village or sort; each figure opens its rows."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from desktop.records import gift_counts

ALL, OPEN = "合计", "（未填）"
HOMES, TIMES, MONEY, UNSIGNED = "户", "户次", "慰问金", "未签收"
UNITS = (HOMES, TIMES, MONEY, UNSIGNED)
BY = {"时机": "occasion", "慰问人": "staff", "村": "village", "户类别": "sort"}
"""What the totals may be told by."""
NARROWED = {MONEY: "money", UNSIGNED: "unsigned"}


@dataclass(frozen=True, slots=True)
class GiftTotal:
    """A group of a period: distinct households, condolences, money in 元, and those not signed for."""

    first: datetime.date | None
    last: datetime.date | None
    by: str
    told: gift_counts.Sum

    @property
    def label(self) -> str:
        """Return the words for the group."""
        return self.told.label or (OPEN if self.by else ALL)

    def value(self, unit: str) -> int:
        """Return the figure of a unit."""
        found = self.told
        return {HOMES: found.homes, TIMES: found.times, MONEY: found.money, UNSIGNED: found.unsigned}[unit]

    def gifts(self, unit: str) -> list[bytes]:
        """Return the keys of the condolences behind a figure, the latest first."""
        return gift_counts.gifts_of(self.first, self.last, self.by, self.told.label, NARROWED.get(unit, ""))

    def homes(self) -> dict[bytes, int]:
        """Return the keys of the households behind 户, with what each was given."""
        return gift_counts.homes_of(self.first, self.last, self.by, self.told.label)


def gift_totals(first: datetime.date | None, last: datetime.date | None, by: str) -> list[GiftTotal]:
    """Return the totals of a period: of all first, then of each group, the one with most 户次 first."""
    whole = [GiftTotal(first, last, "", told) for told in gift_counts.sums(first, last)]
    return whole + [GiftTotal(first, last, BY[by], told) for told in gift_counts.sums(first, last, BY[by])]
