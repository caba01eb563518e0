"""Whether a household was there on a day: what is registered of it can't have happened before or after."""

from __future__ import annotations

import datetime

from desktop.errors import UserError
from desktop.records.households import Household, HouseholdState


def refuse_absent(home: Household, on: datetime.date, what: str, field: str) -> None:
    """Raise UserError for a day (in `field`) before a household was there or after it left, or a part of another.

    `what` is the word for what is registered: 走访, 慰问.
    """
    if home.since and on < home.since:
        raise UserError(f"{what}日期 {on} 早于“{home.head}”的立户日期 {home.since}，请核对", field=field)
    if home.state == HouseholdState.MERGED and home.merged_into is not None:
        raise UserError(
            f"“{home.told_apart()}”已并入“{home.merged_into.told_apart()}”，请改选并入的那一户",
            field="household",
        )
    if home.left_on and on > home.left_on:
        raise UserError(
            f"“{home.head}”已于 {home.left_on} {home.state}，不能登记其后的{what}；请核对日期和户",
            field=field,
        )
