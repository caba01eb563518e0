"""Households in need: lifted, moved, merged; who is paired with them, until when."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from desktop.errors import UserError
from desktop.records import register, storing
from desktop.records.appointments import Appointment
from desktop.records.backups import Reason
from desktop.records.base import reading
from desktop.records.households import Household, HouseholdState, Member
from desktop.records.pairings import Condolence, Pairing, PairingState
from desktop.records.tickets import Ticket
from desktop.records.visits import Visit, VisitStaff
from desktop.services.changes import Changes
from desktop.services.lookup import resolve
from desktop.services.steps import check_step, day_told

SERIES, WRITTEN, EVER = "户", "户{number:04}", 0
"""Numbers of households run on over the years."""
MOST_PAIRED = 2
"""宜秀: each helps one or two households."""
HOUSEHOLD_STEPS = {
    "lift": ("on",),
    "sink": ("reason",),
    "move": ("on", "reason"),
    "leave": ("on", "reason"),
    "come_back": ("reason",),
    "merge": ("into", "reason"),
}
PAIRING_STEPS = {"end": ("reason", "approver", "on")}


MOVED_ALONG: tuple[Any, ...] = (Visit, VisitStaff, Member, Ticket, Pairing, Condolence, Appointment)
"""What hangs on a household, and goes over with it where it becomes part of another."""


class Helping:
    """Verbs on households and pairings."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes

    def save_household(self, home: Household) -> None:
        """Check and keep a household; a new one takes the next 户号."""
        with reading():
            is_new = not Household.select().where(Household.id == home.id).exists()
        if faults := home.faults():
            raise faults[0]
        verb = "新建" if is_new else "修改"
        with self._changes.change(f"{verb}户“{home.head}”", Household):
            if is_new:
                home.number = register.take(SERIES, EVER, home.id, WRITTEN)
            storing.write(home, is_new=is_new)

    def save_pairing(self, pairing: Pairing) -> None:
        """Check and keep a pairing; the household must be there, and not be paired with the same person twice."""
        if faults := pairing.faults():
            raise faults[0]
        if pairing.since and pairing.since > datetime.date.today():
            raise UserError(f"结对日期 {pairing.since} 还没有到，请核对", field="since")
        with reading():
            kept = Pairing.get_or_none(Pairing.id == pairing.id)
        if pairing.state == PairingState.RUNNING and (kept is None or _pair(kept) != _pair(pairing)):
            self._refuse_pair(pairing)
        verb = "新建" if kept is None else "修改"
        with self._changes.change(f"{verb}结对“{pairing.caption()}”", Pairing):
            storing.write(pairing, is_new=kept is None)

    def _refuse_pair(self, pairing: Pairing) -> None:
        """Raise UserError for a household that isn't there any more, or is paired with the same person already."""
        home = pairing.household
        if home.state == HouseholdState.MERGED and home.merged_into is not None:
            raise UserError(
                f"“{home.told_apart()}”已并入“{home.merged_into.told_apart()}”，请改选并入的那一户",
                field="household",
            )
        if home.state != HouseholdState.HERE:
            raise UserError(f"“{home.told_apart()}”已{home.state}，不能结对", field="household")
        if any(other.household == home for other in self.running(pairing)):
            raise UserError(f"{pairing.staff.full_name} 已与“{home.told_apart()}”结对", field="household")

    @staticmethod
    def running(pairing: Pairing) -> list[Pairing]:
        """Return the other running pairings of the same person."""
        with reading():
            return list(
                Pairing.select().where(
                    (Pairing.staff == pairing.staff)
                    & (Pairing.state == PairingState.RUNNING)
                    & (Pairing.id != pairing.id)
                    & Pairing.deleted_at.is_null()
                )
            )

    def questions(self, pairing: Pairing) -> list[str]:
        """Return what may be so but should be asked about: a third household, one that is out of need."""
        asked: list[str] = []
        others = self.running(pairing)
        if len(others) >= MOST_PAIRED:
            homes = "、".join(other.household.head for other in others[:4])
            asked.append(
                f"{pairing.staff.full_name} 已结对 {len(others)} 户（{homes}），按规定每人帮扶 1—2 户"
            )
        if pairing.household.lifted_on:
            asked.append(f"“{pairing.household.head}”已于 {pairing.household.lifted_on} 脱困")
        return asked

    @staticmethod
    def warnings(home: Household, verb: str) -> list[str]:
        """Return what a step of a household leaves to be done: pairings that go on with nobody there."""
        if verb not in ("move", "leave") or not (pairings := _paired(home)):
            return []
        helpers = "、".join(pairing.staff.full_name for pairing in pairings[:4])
        return [f"“{home.head}”还在结对中（{helpers}），办完这一步请再解除结对"]

    def do_household(self, home: Household, verb: str, values: Mapping[str, str]) -> None:
        """Take a step of a household: lift (on), sink, move, leave, come_back, merge (into); the reason is kept."""
        check_step(home, verb, values, HOUSEHOLD_STEPS)
        on = day_told(values)
        home.because = Household.because.parse(values.get("reason", ""))
        if verb != "come_back" and home.state != HouseholdState.HERE:
            raise UserError(f"“{home.told_apart()}”已{home.state}，不能再办这一步", field="state")
        match verb:
            case "lift":
                if home.lifted_on:
                    raise UserError(f"“{home.head}”已于 {home.lifted_on} 脱困", field="on")
                home.lifted_on = on
            case "sink":
                if not home.lifted_on:
                    raise UserError(f"“{home.head}”没有登记过脱困", field="state")
                home.lifted_on = None
            case "move" | "leave":
                home.state = HouseholdState.MOVED if verb == "move" else HouseholdState.GONE
                home.left_on = on
            case "come_back":
                if home.state not in (HouseholdState.MOVED, HouseholdState.GONE):
                    raise UserError(f"“{home.told_apart()}”没有迁出或销户", field="state")
                home.state, home.left_on = HouseholdState.HERE, None
            case _:
                self._merge(home, resolve(Household, values.get("into", ""), field="into"))
                return
        if faults := home.faults():
            raise faults[0]
        with self._changes.change(f"{HOUSEHOLD_NAMES[verb]}“{home.head}”", Household):
            storing.write(home, is_new=False)

    def _merge(self, home: Household, into: Household) -> None:
        """Make a household part of another: all that hangs on it goes over.

        Raises UserError where somebody is paired with both: one of the two has to be ended first.
        """
        if into == home:
            raise UserError(f"“{home.head}”不能并入它自己", field="into")
        if into.state != HouseholdState.HERE:
            raise UserError(f"“{into.told_apart()}”已{into.state}，不能并入", field="into")
        helpers = {pairing.staff for pairing in _paired(into)}
        if both := next((pairing.staff for pairing in _paired(home) if pairing.staff in helpers), None):
            raise UserError(f"{both.full_name} 与这两户都有结对，请先解除其中一个", field="into")
        called = f"并户“{home.head}”入“{into.head}”"
        with self._changes.change(called, Household, *MOVED_ALONG, after_backup=Reason.MERGE):
            for model in MOVED_ALONG:
                rows = list(model.select().where((model.household == home) & model.deleted_at.is_null()))
                for row in rows:
                    row.household = into
                storing.update_all(rows)
            home.state, home.merged_into = HouseholdState.MERGED, into
            storing.write(home, is_new=False)

    def do_pairing(self, pairing: Pairing, verb: str, values: Mapping[str, str]) -> None:
        """End a pairing: of a household that was lifted, or with a reason and who approved it (不脱困不脱钩)."""
        check_step(pairing, verb, values, PAIRING_STEPS)
        if pairing.state != PairingState.RUNNING:
            raise UserError(f"“{pairing.caption()}”已于 {pairing.until} 解除", field="state")
        on, home = day_told(values), pairing.household
        reason = Pairing.end_reason.parse(values.get("reason", ""))
        approver = Pairing.approver.parse(values.get("approver", ""))
        if pairing.since and on < pairing.since:
            raise UserError(f"解除日期 {on} 早于结对日期 {pairing.since}，请核对", field="on")
        lifted = home.lifted_on is not None and home.lifted_on <= on
        if not lifted and not (reason and approver):
            raise UserError(
                f"“{home.head}”还没有脱困，不脱困不脱钩；确需解除的，请写明理由（reason）和批准人（approver）",
                field="approver" if reason else "reason",
            )
        pairing.state = PairingState.LIFTED if lifted else PairingState.ENDED
        pairing.until, pairing.end_reason, pairing.approver = on, reason, approver
        if faults := pairing.faults():
            raise faults[0]
        with self._changes.change(f"解除结对“{pairing.caption()}”", Pairing):
            storing.write(pairing, is_new=False)


HOUSEHOLD_NAMES = {
    "lift": "登记脱困",
    "sink": "登记返困",
    "move": "登记迁出",
    "leave": "登记销户",
    "come_back": "登记迁回",
}


def _pair(pairing: Pairing) -> tuple[Any, Any]:
    return pairing.__data__["staff"], pairing.__data__["household"]


def _paired(home: Household) -> list[Pairing]:
    """Return the running pairings of a household."""
    running = (Pairing.state == PairingState.RUNNING) & Pairing.deleted_at.is_null()
    with reading():
        return list(Pairing.select().where((Pairing.household == home) & running))
