"""慰问: what is brought to households, one by one or in a round to many; what is to come counts on its day."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from desktop.errors import UserError
from desktop.records import storing
from desktop.records.base import Record, reading
from desktop.records.households import Household
from desktop.records.pairings import Condolence
from desktop.services.changes import Changes
from desktop.services.household_presence import refuse_absent

MOST = 2000
"""Households of one round."""
SAME = ("on", "staff", "occasion", "goods", "amount", "signed", "note")
"""What all condolences of a round have alike."""


class Condoling:
    """Verbs on condolences."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes

    def save(self, gift: Condolence) -> None:
        """Check and keep a condolence; raises UserError where its household wasn't there on the day."""
        if faults := gift.faults():
            raise faults[0]
        if gift.on:
            refuse_absent(gift.household, gift.on, "慰问", "on")
        with reading():
            is_new = not Condolence.select().where(Condolence.id == gift.id).exists()
        verb = "登记" if is_new else "修改"
        with self._changes.change(f"{verb}慰问“{gift.caption()}”", Condolence):
            storing.write(gift, is_new=is_new)

    def save_round(self, alike: Condolence, homes: Sequence[Household]) -> list[Condolence]:
        """Keep one condolence a household, alike in all else, as one change; nothing is kept where one can't be.

        Raises UserError: no household or too many, the same twice, one that wasn't there, whatever `save` refuses.
        """
        if not homes:
            raise UserError("还没有选要慰问的户", field="household")
        if len(homes) > MOST:
            raise UserError(f"一次最多登记 {MOST:,} 户，现有 {len(homes):,} 户，请分几次", field="household")
        values = {name: alike.__data__.get(name) for name in SAME}
        gifts = Condolence.holding_each([{**values, "household": home.id} for home in homes])
        if faults := gifts[0].faults():
            raise faults[0]
        met: set[bytes] = set()
        for home in homes:
            if home.id in met:
                raise UserError(f"“{home.told_apart()}”选了两次", field="household")
            met.add(home.id)
            if alike.on:
                refuse_absent(home, alike.on, "慰问", "on")
        with self._changes.change(f"登记慰问 {len(gifts)} 户", Condolence):
            storing.insert_all(gifts)
        return gifts

    def sign(self, keys: Sequence[bytes]) -> int:
        """Note that condolences were signed for; return how many weren't before. Raises UserError for one to come."""
        with reading():
            found = [gift for gift in storing.kept(Condolence, keys) if not (gift.signed or gift.deleted_at)]
        for gift in found:
            gift.signed = True
            if faults := gift.faults():
                raise faults[0]
        if found:
            with self._changes.change(f"登记签收 {len(found)} 户次", Condolence):
                storing.update_all(found)
        return len(found)

    def questions(self, gift: Condolence) -> list[str]:
        """Return what may be so but should be asked about: the same household twice on a day."""
        if gift.on is None or gift.household is None:
            return []
        there = [other for other in self._on(gift.on, [gift.household]) if other.id != gift.id]
        if not there:
            return []
        told = "、".join(other.staff.full_name for other in there[:3])
        return [f"“{gift.household.head}”{gift.on} 已登记过慰问（{told}）"]

    def met_already(self, on: datetime.date, homes: Sequence[Household]) -> set[bytes]:
        """Return the keys of those households that have a condolence on a day."""
        return {gift.__data__["household"] for gift in self._on(on, homes)}

    @staticmethod
    def _on(on: datetime.date, homes: Sequence[Record]) -> list[Condolence]:
        keys = [home.id for home in homes]
        with reading():
            found: list[Condolence] = []
            for start in range(0, len(keys), storing.BATCH):
                mine = Condolence.household.in_(keys[start : start + storing.BATCH])  # pyright: ignore
                live = mine & Condolence.deleted_at.is_null()
                found.extend(Condolence.select().where((Condolence.on == on) & live))
            return found
