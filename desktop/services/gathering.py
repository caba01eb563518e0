"""From records to the plain values that papers are drawn from: one function a paper."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from desktop.errors import UserError
from desktop.records.base import parts_of, reading
from desktop.records.cleaning import quoted
from desktop.records.dates import chinese_day
from desktop.records.invitations import Invitation
from desktop.records.letters import Letter, LetterForm, ProgrammeRow, SignInRow, SignInSheet
from desktop.records.open_days import LetterUse, LetterWording, Milestone, OpenDay, ProgrammeItem
from desktop.records.pack import (
    AddressLabels,
    Envelopes,
    FormCopies,
    Guest,
    Letters,
    NameBadges,
    PlaceCards,
)
from desktop.records.representatives import sorts_held
from desktop.records.staff import Office
from desktop.services import wording
from desktop.services.orders import Plan

POSTED = "寄发"
BATCH = 2_000
"""People asked for by one statement."""


def day_of(plan: Plan) -> OpenDay:
    """Return the day of a plan that has one."""
    if plan.day is None:
        raise UserError("请先选定开放日", field="open_day")
    return plan.day


# -- letters


def letters(plan: Plan) -> Letters:
    """Return the letters of a plan, in its order."""
    day = day_of(plan)
    return Letters(letter_form(plan.office, day), tuple(letters_for(plan.office, day, plan.invitations)))


def letter_form(office: Office, day: OpenDay) -> LetterForm:
    """Return what all letters of a day share."""
    programme = [
        ProgrammeRow(row.time, row.item, row.place) for row in parts_of(ProgrammeItem, "open_day", day)
    ]
    sent = _planned(day).get("寄发邀请函") or datetime.date.today()
    return wording.letter_form(office, wording_of(day), sent, programme)


def letters_for(office: Office, day: OpenDay, invitations: Iterable[Invitation]) -> list[Letter]:
    """Return one letter for each invitation, in the order given."""
    rows = list(invitations)
    by = _planned(day).get("核对名单和会务")
    reply_by = f"{by.month}月{by.day}日" if by else "活动前三天"
    sorts = sorts_of(rows)
    made = []
    for row in rows:
        fields = wording.fields_for(office, day, row, sorts.get(row.representative.id, ""), reply_by)
        code = f"OD1:{day.number}:{row.number}"
        person = row.representative
        made.append(Letter(row.number, person.full_name, fields, code, person.id))
    return made


def wording_of(day: OpenDay) -> LetterWording:
    """Return the wording chosen for a day, else the office's first one."""
    with reading():
        invites = LetterWording.use.in_(("", LetterUse.INVITATION))
        live = LetterWording.select().where(LetterWording.deleted_at.is_null() & invites)
        return day.letter or live.order_by(LetterWording.created_at).first() or wording.first_wording()


def _planned(day: OpenDay) -> dict[str, datetime.date | None]:
    return {row.name: row.advised_on for row in parts_of(Milestone, "open_day", day)}


# -- around the letter


def envelopes(plan: Plan) -> Envelopes:
    """Return one envelope for each invitation."""
    office, options = plan.office, plan.order.options
    return Envelopes(
        size=options.size,
        guests=guests(plan),
        sender=(office.signature or office.name) if options.sender else "",
        sender_address=office.address if options.sender else "",
        sender_postcode=office.postcode if options.sender else "",
        postcode=options.postcode,
    )


def labels(plan: Plan) -> AddressLabels:
    """Return one address label for each invitation."""
    return AddressLabels(plan.order.options.size, guests(plan), plan.order.options.start)


def place_cards(plan: Plan) -> PlaceCards:
    """Return one place card for each invitation."""
    return PlaceCards(plan.order.options.size, guests(plan))


def name_badges(plan: Plan) -> NameBadges:
    """Return one badge for each invitation."""
    day = day_of(plan)
    held = chinese_day(day.held_on) if day.held_on else ""
    return NameBadges(plan.order.options.size, guests(plan), plan.office.name, day.theme, held)


def guests(plan: Plan) -> tuple[Guest, ...]:
    """Return the people of a plan as papers name them; what is restricted stays behind."""
    sorts = sorts_of(plan.invitations)
    return tuple(_guest(row, sorts.get(row.representative.id, "")) for row in plan.invitations)


def _guest(invitation: Invitation, sort: str) -> Guest:
    person = invitation.representative
    return Guest(
        name=person.full_name,
        honorific=person.honorific,
        unit=person.unit,
        post=person.post,
        sort=sort,
        number=invitation.number,
        address=person.address,
        postcode=person.postcode,
        is_posted=invitation.delivery == POSTED,
        record=person.id,
    )


# -- lists and forms


def sign_in_sheet(plan: Plan) -> SignInSheet:
    """Return the sign-in sheet 签到表; restricted tags, phones and ID numbers never get onto it."""
    day = day_of(plan)
    rows = tuple(
        SignInRow(guest.name, guest.unit, guest.post, guest.sort, guest.record, invitation.seat)
        for guest, invitation in zip(guests(plan), plan.invitations, strict=True)
    )
    held = chinese_day(day.held_on, weekday=True) if day.held_on else ""
    place = f"　{day.venue}" if day.venue else ""
    title = f"{plan.office.name}{quoted(day.theme)}开放日签到表"
    return SignInSheet(title, f"{held}{place}", rows, plan.order.options.blank_rows)


def form_copies(plan: Plan) -> FormCopies:
    """Return the copies of a form."""
    if plan.paper is None:
        raise UserError("请先选定表单", field="form")
    return FormCopies(plan.paper, plan.serials, plan.layout)


def sorts_of(invitations: Iterable[Invitation]) -> dict[bytes, str]:
    """Return the 身份 of the people invited, by their keys."""
    found: dict[bytes, list[str]] = {}
    people = [row.representative.id for row in invitations]
    for start in range(0, len(people), BATCH):
        for person, sort in sorts_held(people[start : start + BATCH]):
            found.setdefault(person, []).append(sort)
    return {person: "、".join(dict.fromkeys(sorts)) for person, sorts in found.items()}
