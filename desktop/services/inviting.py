"""Inviting: who is asked to a day, under which number, and what came of it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from desktop.errors import UserError
from desktop.records import listing, register, storing
from desktop.records.base import reading
from desktop.records.invitations import (
    Attendance,
    Invitation,
    InvitationState,
    Reply,
    standing,
    standing_keys,
)
from desktop.records.open_days import DayState, OpenDay
from desktop.records.papers import Watch
from desktop.records.representatives import Representative
from desktop.records.staff import Office
from desktop.services import wording
from desktop.services.changes import Changes
from desktop.services.lookup import refuse_unknown

SERIES = "邀请函"
NO_REASON = "未写明原因"
PART = 500
"""Invitations read and written between two reports of progress."""
CLOSED = (DayState.CANCELLED, DayState.ARCHIVED)
STEPS = {"send": ("on",), "reply": ("reply", "note"), "attend": ("attendance",), "void": ("reason",)}
"""Verb → what may be told with it."""


class Inviting:
    """Verbs on invitations."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes

    def save(self, invitation: Invitation) -> None:
        """Check and keep one invitation; a new one takes the next number of its year."""
        for link in (Invitation.open_day, Invitation.representative):  # what all that follows asks of
            link.check(invitation.__data__.get(link.name))
        with reading():
            kept = Invitation.get_or_none(Invitation.id == invitation.id)
        is_new = kept is None
        if kept is not None:
            self._refuse_moved(kept, invitation)
        else:
            self._refuse_closed(invitation.open_day)
            self._refuse_twice(invitation)
        if not invitation.salutation:
            invitation.salutation = wording.called(invitation.representative)
        if faults := invitation.faults():
            raise faults[0]
        verb = "邀请" if is_new else "修改邀请"
        with self._changes.change(f"{verb}“{invitation.representative.full_name}”", Invitation):
            if is_new:
                self._number(invitation.open_day, [invitation], self._pattern())
            storing.write(invitation, is_new=is_new)

    def invite(
        self, day: OpenDay, people: Sequence[Representative], watch: Watch | None = None
    ) -> list[Invitation]:
        """Invite those of `people` who have no active invitation to the day yet; returns the new ones in order."""
        there = {person for _, person, _ in standing_keys(day)}
        new = [person for person in people if person.id not in there]
        if not new:
            return []
        self._refuse_closed(day)
        pattern = self._pattern()
        with self._changes.change(f"邀请 {len(new)} 人参加“{day.theme}”", Invitation):
            made = [
                Invitation(open_day=day, representative=person, salutation=wording.called(person))
                for person in new
            ]
            self._number(day, made, pattern)
            for start in range(0, len(made), PART):
                if watch:
                    watch(start, len(made))
                storing.insert_all(made[start : start + PART])
        return made

    @staticmethod
    def _pattern() -> str:
        with reading():
            office = Office.select().first()
        return f"{office.number_mark if office else '邀'}〔{{year}}〕{{number}}号"

    @staticmethod
    def _number(day: OpenDay, invitations: Sequence[Invitation], pattern: str) -> None:
        year = day.held_on.year if day.held_on else datetime.date.today().year
        keys = [invitation.id for invitation in invitations]
        for invitation, number in zip(
            invitations, register.take_for(SERIES, year, keys, pattern), strict=True
        ):
            invitation.number = number

    @staticmethod
    def _refuse_closed(day: OpenDay) -> None:
        if day.state in CLOSED:
            raise UserError(f"开放日“{day.theme}”已{day.state}，不能再邀请代表", field="open_day")

    @staticmethod
    def _refuse_moved(kept: Invitation, invitation: Invitation) -> None:
        """A number once given belongs to one person and one day."""
        for name, called in (("open_day", "开放日"), ("representative", "代表")):
            if getattr(kept, name) != getattr(invitation, name):
                raise UserError(
                    f"邀请 {kept.number} 已编号，不能改换{called}；请作废后重新邀请（do … void）", field=name
                )

    @staticmethod
    def _refuse_twice(invitation: Invitation) -> None:
        with reading():
            there = Invitation.get_or_none(
                (Invitation.open_day == invitation.open_day)
                & (Invitation.representative == invitation.representative)
                & (Invitation.state != InvitationState.VOID)
                & Invitation.deleted_at.is_null()
            )
        if there:
            name = invitation.representative.full_name
            raise UserError(
                f"“{name}”已经邀请过（{there.number}）；要重发请先作废原邀请", field="representative"
            )

    def active(self, day: OpenDay, keys: Sequence[bytes] = ()) -> list[Invitation]:
        """Return the invitations of a day that stand, or of these only `keys`, in the order of their numbers."""
        return sorted(standing(day, keys=keys), key=lambda row: register.number_key(row.number))

    def do(self, invitation: Invitation, verb: str, values: Mapping[str, str]) -> None:
        """Take a step: send (on), reply (reply, note), attend (attendance), void (reason)."""
        self._step(invitation, verb, values)
        with self._changes.change(f"办理邀请 {invitation.number}", Invitation):
            if invitation.state == InvitationState.VOID:
                register.void(invitation.id, invitation.void_because)
            storing.write(invitation, is_new=False)

    def do_several(
        self,
        what: str,
        keys: Sequence[bytes],
        verb: str,
        values: Mapping[str, str],
        watch: Watch | None = None,
    ) -> None:
        """Take the same step with many invitations as one change that one undo brings back; `what` names it."""
        with self._changes.change(what, Invitation):
            for start in range(0, len(keys), PART):
                if watch:
                    watch(start, len(keys))
                part = self._kept(keys[start : start + PART])
                for invitation in part:
                    self._step(invitation, verb, values)
                    if invitation.state == InvitationState.VOID:
                        register.void(invitation.id, invitation.void_because)
                storing.update_all(part)

    @staticmethod
    def _kept(keys: Sequence[bytes]) -> list[Invitation]:
        """Return invitations as they are now, in the order of their keys."""
        found = cast(
            "list[Invitation]", listing.page(listing.Query(Invitation, keys=tuple(keys)), 0, len(keys))
        )
        there = {invitation.id: invitation for invitation in found}
        return [there[key] for key in keys if key in there]

    def _step(self, invitation: Invitation, verb: str, values: Mapping[str, str]) -> None:
        """Let an invitation take a step, checked and not written yet."""
        if verb not in STEPS:
            raise UserError(f"邀请没有“{verb[:20]}”这一步，可用的有：{'、'.join(STEPS)}", field="verb")
        refuse_unknown(verb, values, STEPS[verb])
        if invitation.state == InvitationState.VOID:
            raise UserError(
                f"邀请 {invitation.number} 已作废（{invitation.void_because}），不能再办理", field="state"
            )
        match verb:
            case "send":
                invitation.sent_on = Invitation.sent_on.parse(values.get("on", "")) or datetime.date.today()
                invitation.state = InvitationState.SENT
            case "reply":
                invitation.reply = Invitation.reply.parse(values.get("reply", Reply.COMING))
                invitation.reply_note = Invitation.reply_note.parse(values.get("note", ""))
            case "attend":
                invitation.attendance = Invitation.attendance.parse(
                    values.get("attendance", Attendance.PRESENT)
                )
            case _:
                self._void(invitation, values.get("reason", ""))
        if faults := invitation.faults():
            raise faults[0]

    @staticmethod
    def _void(invitation: Invitation, reason: str) -> None:
        """Void an invitation; the register keeps the reason for good.

        The window asks for it; the command line's contract names none for this step, so that a script may
        leave it out, and the register says so.
        """
        invitation.void_because = Invitation.void_because.parse(reason) or NO_REASON
        invitation.state = InvitationState.VOID

    def mark_printed(self, invitations: Iterable[Invitation]) -> None:
        """Note the first printing of letters; a reprint changes nothing."""
        waiting = [row for row in invitations if row.state == InvitationState.WAITING]
        if not waiting:
            return
        with self._changes.change(f"印制 {len(waiting)} 封邀请函", Invitation):
            for invitation in waiting:
                invitation.state, invitation.printed_on = InvitationState.PRINTED, datetime.date.today()
            storing.update_all(waiting)

    def seat(self, keys: Sequence[bytes], first: str, watch: Watch | None = None) -> None:
        """Give seats to guests in the order given: the first gets `first`, each further one the next number.

        `first` is 3排5座, or any text with a number; an empty one takes the seats away. Raises UserError
        where several are to sit on a seat without a number.
        """
        seats = dict(zip(keys, seats_from(Invitation.seat.parse(first), len(keys)), strict=True))
        with self._changes.change(f"排座位 {len(keys)} 人", Invitation):
            for start in range(0, len(keys), PART):
                if watch:
                    watch(start, len(keys))
                part = self._kept(keys[start : start + PART])
                for invitation in part:
                    invitation.seat = seats[invitation.id]
                    if faults := invitation.faults():
                        raise faults[0]
                storing.update_all(part)


def seats_from(first: str, count: int) -> list[str]:
    """Return `count` seats from `first` on, its last number growing: 3排5座, 3排6座."""
    if not first or count == 1:
        return [first] * count
    found = list(re.finditer(r"\d+", first))
    if not found:
        raise UserError(f"座位“{first}”里没有数字，不能依次往下排；请写成“3排5座”这样", field="seat")
    start, end = found[-1].span()
    return [f"{first[:start]}{int(first[start:end]) + place}{first[end:]}" for place in range(count)]
