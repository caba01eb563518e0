"""联系档案: what a card says of a person, from all the days (长丰). Restricted tags stay behind."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator

from desktop.records.base import reading
from desktop.records.handouts import ContactCard, ContactCards, HeldIdentity, PastContact, PastInvitation
from desktop.records.invitations import Invitation, InvitationState
from desktop.records.open_days import OpenDay
from desktop.records.representatives import Contact, Identity, Representative, identities_of
from desktop.services.orders import Plan

BATCH = 500
"""People asked for by one statement."""
PARTS = re.compile(r"[^、，,；;]+")


def contact_cards(plan: Plan) -> ContactCards:
    """Return one card for each person of a plan; numbers are masked unless the order says otherwise."""
    options = plan.order.options
    people = [row.representative for row in plan.invitations]
    cards = _cards(people, full=options.full_numbers)
    return ContactCards(options.size, plan.office.name, tuple(cards))


def _cards(people: list[Representative], *, full: bool) -> Iterator[ContactCard]:
    for start in range(0, len(people), BATCH):
        batch = people[start : start + BATCH]
        with reading():
            identities, past, contacts = identities_of(batch), _invitations(batch), _contacts(batch)
        for person in batch:
            key = person.id
            yield _card(person, identities.get(key, ()), past.get(key, ()), contacts.get(key, ()), full=full)


def _card(
    person: Representative,
    identities: Iterable[Identity],
    past: Iterable[PastInvitation],
    contacts: Iterable[PastContact],
    *,
    full: bool,
) -> ContactCard:
    mobile, number = Representative.mobile, Representative.id_number
    return ContactCard(
        name=person.full_name,
        sex=person.sex,
        born=born_words(person.born_on),
        ethnicity=person.ethnicity,
        party=person.party,
        source=person.source,
        mobile=person.mobile if full else mobile.masked_text(person.mobile),
        id_number=person.id_number if full else number.masked_text(person.id_number),
        unit=person.unit,
        post=person.post,
        address="　".join(filter(None, (person.address, person.postcode))),
        identities=tuple(_identity(row) for row in identities),
        invitations=tuple(past),
        contacts=tuple(contacts),
        note=_without_tags(person.note, person.restricted),
        record=person.id,
    )


def _identity(row: Identity) -> HeldIdentity:
    return HeldIdentity(row.caption(), row.electing_unit, row.term, period(row.since, row.until))


def period(since: datetime.date | None, until: datetime.date | None) -> str:
    """Return `2021.3—2026.3`, `2021.3起`, `至2026.3`, or '' where neither is known."""
    begins, ends = (f"{day.year}.{day.month}" if day else "" for day in (since, until))
    if begins and ends:
        return f"{begins}—{ends}"
    return f"{begins}起" if begins else f"至{ends}" if ends else ""


def born_words(known: str) -> str:
    """Return `1966年8月15日` for `1966-08-15`, with no more than is known."""
    return "".join(
        f"{int(part)}{unit}" for part, unit in zip(known.split("-"), "年月日", strict=False) if part
    )


def _invitations(people: list[Representative]) -> dict[bytes, list[PastInvitation]]:
    """Return every invitation of people to a day that is kept, the earliest day first; 作废 is told."""
    keys = [person.id for person in people]
    kept = (
        Invitation.representative.in_(keys) & Invitation.deleted_at.is_null() & OpenDay.deleted_at.is_null()
    )  # pyright: ignore
    rows = Invitation.select(Invitation, OpenDay).join(OpenDay).where(kept)
    found: dict[bytes, list[PastInvitation]] = {}
    for row in rows.order_by(OpenDay.held_on, Invitation.created_at):
        day, void = row.open_day, row.state == InvitationState.VOID
        past = PastInvitation(
            day.held_on.isoformat() if day.held_on else "",
            day.theme,
            row.number,
            "" if void else row.reply,
            "作废" if void else row.attendance,
        )
        found.setdefault(row.representative_id, []).append(past)  # pyright: ignore
    return found


def _contacts(people: list[Representative]) -> dict[bytes, list[PastContact]]:
    """Return the 联系记录 of people, the earliest first, so that new ones are written under them."""
    keys = [person.id for person in people]
    rows = Contact.select().where(Contact.representative.in_(keys) & Contact.deleted_at.is_null())  # pyright: ignore
    found: dict[bytes, list[PastContact]] = {}
    for row in rows.order_by(Contact.on, Contact.created_at):
        past = PastContact(row.on.isoformat() if row.on else "", row.way, row.text)
        found.setdefault(row.representative_id, []).append(past)  # pyright: ignore
    return found


def _without_tags(note: str, restricted: str) -> str:
    """Return a remark without the restricted tag: rosters often bring it there, and it is never printed."""
    if not restricted:
        return note
    lines = (
        PARTS.sub(lambda found: "" if found[0].strip() == restricted else found[0], line)
        for line in note.split("\n")
    )
    return "\n".join(line.strip("、，,；; ") for line in lines if line.strip("、，,；; "))
