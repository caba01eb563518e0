"""For whom papers are and in which order: the same order on every paper of a day."""

from __future__ import annotations

import heapq
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, cast

from desktop.errors import UserError
from desktop.records import listing
from desktop.records.base import reading
from desktop.records.forms import Form
from desktop.records.invitations import Invitation, InvitationState, standing_names
from desktop.records.open_days import OpenDay
from desktop.records.pack import PeopleOrder
from desktop.records.register import PrintJob, number_key
from desktop.records.representatives import Representative
from desktop.records.staff import NameOrder, Office
from desktop.services import print_log, wording
from desktop.services.inviting import CLOSED, Inviting
from desktop.services.orders import Order
from desktop.services.papers import Paper, Whom
from desktop.services.stroke_order import stroke_key

DRAFT_NUMBER = "样稿"
MOST_PEOPLE = 1_000_000
MOST_COPIES = 10_000
FEW = 200
"""People of a draft up to whom their records are read one by one instead of the whole day's."""
NOBODY = "没有要印的代表；请先在开放日中邀请，或者选定代表"


def invitations_for(order: Order, paper: Paper, day: OpenDay, inviting: Inviting) -> list[Invitation]:
    """Return the invitations an order is for, by their numbers; new ones are not kept yet.

    Raises UserError where there is nobody.
    """
    few = order.draft and len(order.invitations) <= FEW
    standing = inviting.active(day, order.invitations if few else ())
    if order.invitations:
        places = {key: place for place, key in enumerate(order.invitations)}
        standing = [row for row in standing if row.id in places]
        if order.arranged is PeopleOrder.AS_GIVEN:
            standing.sort(key=lambda row: places[row.id])
    elif order.people is not None:
        there = {row.representative.id: row for row in standing}
        people = listing.page(order.people, 0, MOST_PEOPLE)
        chosen = [there.get(person.id) or _drafted(day, person) for person in people]
        places = {row.id: place for place, row in enumerate(standing)}
        standing = sorted(chosen, key=lambda row: places.get(row.id, len(places)))
    if order.unprinted:
        standing = unprinted(paper, day, standing)
    if not standing:
        raise UserError(
            f"开放日“{day.theme}”没有要印的邀请；请先邀请代表，或用 --all、--where、--id 选定代表",
            field="people",
        )
    return standing


def people_for(order: Order, paper: Paper, day: OpenDay | None, inviting: Inviting) -> list[Invitation]:
    """Return people as invitations that are never kept, without numbers: those chosen, else the day's.

    Raises UserError where there is nobody.
    """
    if order.people is None:
        return invitations_for(order, paper, day_for(day), inviting)
    people = listing.page(order.people, 0, MOST_PEOPLE)
    if order.arranged is PeopleOrder.AS_GIVEN:
        places = {key: place for place, key in enumerate(order.people.keys)}
        people = sorted(people, key=lambda person: places.get(person.id, len(places)))
    seats = {row.representative.id: row.seat for row in inviting.active(day)} if day else {}
    found = [
        Invitation(open_day=day, representative=person, seat=seats.get(person.id, "")) for person in people
    ]
    if order.unprinted:
        found = unprinted(paper, day, found)
    if not found:
        raise UserError(NOBODY, field="people")
    return found


def arranged(invitations: Sequence[Invitation], order: PeopleOrder, office: Office) -> list[Invitation]:
    """Return invitations in the order that papers are to have; where nothing tells, they stay as they are."""
    key = _arranging(order, office)
    return sorted(invitations, key=lambda row: key(row.representative.full_name, row.seat))


def _arranging(order: PeopleOrder, office: Office) -> Callable[[str, str], Any]:
    """Return what people sort by, of their name and seat."""
    match order:
        case PeopleOrder.STROKES:
            by = NameOrder(office.name_order or NameOrder.SHORT_FIRST)
            return lambda name, _seat: stroke_key(name, by)
        case PeopleOrder.SEAT:
            return lambda _name, seat: _seat_key(seat)
        case _:
            return lambda _name, _seat: 0


def first_of(order: Order, paper: Paper, office: Office, count: int) -> Order:
    """Return the draft of an order for its first `count` people, without reading the records of the others."""
    draft = replace(order, draft=True, separate=False)
    if not order.invitations or order.open_day is None or paper.whom not in (Whom.EACH, Whom.LIST):
        return replace(draft, first=count)
    places = {key: place for place, key in enumerate(order.invitations)}
    there = [row for row in standing_names(order.open_day) if row[0] in places]
    as_given = order.arranged is PeopleOrder.AS_GIVEN
    key = _arranging(order.arranged, office)
    first = heapq.nsmallest(
        count,
        there,
        key=lambda row: (key(row[2], row[3]), places[row[0]] if as_given else number_key(row[1])),
    )
    keys = tuple(row[0] for row in first)
    return replace(draft, invitations=keys or order.invitations, arranged=PeopleOrder.AS_GIVEN)


def _seat_key(seat: str) -> tuple[bool, list[tuple[int, str]]]:
    """Return what seats sort by: 2排10座 after 2排9座, who has none last."""
    parts = re.findall(r"\d+|\D+", seat)
    return not seat, [(int(part), "") if part.isdecimal() else (0, part) for part in parts]


def unprinted(paper: Paper, day: OpenDay | None, invitations: Sequence[Invitation]) -> list[Invitation]:
    """Return those of `invitations` whom the paper was never printed for; of a person's card, on whatever day."""
    if paper.marks:
        return [row for row in invitations if row.state == InvitationState.WAITING]
    done = (print_log.printed_for(day) if day else print_log.people_printed()).get(paper.name, set())
    return [row for row in invitations if print_log.key_of(paper, row) not in done]


def invitations_of(job: PrintJob) -> list[Invitation]:
    """Return the invitations that a job of the print log was for, in its order, as they are now."""
    if not job.keys:
        return []
    found = cast("list[Invitation]", listing.page(listing.Query(Invitation, keys=job.keys), 0, MOST_PEOPLE))
    places = {key: place for place, key in enumerate(job.keys)}
    return sorted(found, key=lambda row: places[row.id])


def _drafted(day: OpenDay, person: object) -> Invitation:
    assert isinstance(person, Representative)
    salutation = wording.called(person)
    return Invitation(open_day=day, representative=person, number=DRAFT_NUMBER, salutation=salutation)


def open_days() -> list[OpenDay]:
    """Return the days that can still be printed for."""
    with reading():
        still_open = OpenDay.deleted_at.is_null() & OpenDay.state.not_in(CLOSED)  # pyright: ignore
        return list(OpenDay.select().where(still_open))


def day_for(chosen: OpenDay | None) -> OpenDay:
    """Return the day chosen, else the only one there is to print for; raises UserError where it isn't told."""
    if chosen is not None:
        return chosen
    days = open_days()
    if len(days) == 1:
        return days[0]
    told = (
        "、".join(f"{row.number}（{row.held_on}）" for row in days)
        or "没有还可以印的开放日（已归档、已取消的要写明编号）"
    )
    raise UserError(f"请用 --open-day 指明是哪一个开放日：{told}", field="open_day")


def form_for(chosen: Form | None) -> Form:
    """Return the form chosen, else the only one there is; raises UserError where it isn't told."""
    if chosen is not None:
        return chosen
    with reading():
        forms = list(Form.select().where(Form.deleted_at.is_null()))
    if len(forms) == 1:
        return forms[0]
    told = "、".join(f"{form.title}（id={form.id.hex()}）" for form in forms) or "还没有表单"
    raise UserError(f"请用 --form 指明是哪一种表单：{told}", field="form")


def copies_for(order: Order, day: OpenDay | None, inviting: Inviting) -> int:
    """Return how many copies: as told, else one for each person chosen or invited."""
    if order.copies is not None:
        if not 1 <= order.copies <= MOST_COPIES:
            raise UserError(f"份数应在 1 到 {MOST_COPIES} 之间，现为 {order.copies}", field="copies")
        return order.copies
    if order.people is not None:
        return max(1, listing.count(order.people))
    return max(1, len(inviting.active(day))) if day else 1
