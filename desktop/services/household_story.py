"""The story of a household: everything that ever happened with it in one line of time, the latest first."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.records.appointments import Appointment, AppointmentState
from desktop.records.base import Record, parts_of, reading
from desktop.records.diaries import Diary, DiaryVisit
from desktop.records.households import Household, HouseholdState
from desktop.records.pairings import Condolence, Pairing, PairingProgress, PairingState
from desktop.records.tickets import Ticket
from desktop.records.visits import Visit, VisitState


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: its day, a sentence, the text behind it, and the record that tells it."""

    on: datetime.date
    words: str
    detail: str
    record: Record


def household_story(home: Household) -> list[Event]:
    """Return what happened with a household: visits, problems, diaries, help, gifts, moves; the latest first.

    What households that were merged into it brought along is part of it; plans are, misses too.
    """
    found = [*_visits(home), *_talks(home), *_tickets(home), *_helped(home), *_gifts(home), *_own(home)]
    return sorted(found, key=lambda event: event.on, reverse=True)


def _visits(home: Household) -> Iterator[Event]:
    visits = [visit for visit in parts_of(Visit, "household", home) if visit.visited_on]
    for visit in visits:
        state = "" if visit.state == VisitState.DONE else f"（{visit.state}）"
        others = f"、{visit.companions}" if visit.companions else ""
        said = (visit.found, _after("答应：", visit.promised), _after("下步：", visit.next_step))
        words = f"{visit.staff.full_name}{others}{visit.purpose}{state}"
        yield Event(visit.visited_on, words, "\n".join(filter(None, said)), visit)  # pyright: ignore[reportArgumentType]
    for diary in _diaries(visits):
        words = f"{diary.author.full_name}民情日记“{diary.caption()}”"
        yield Event(diary.written_on, words, diary.text, diary)  # pyright: ignore[reportArgumentType]


def _talks(home: Household) -> Iterator[Event]:
    """Yield the talks that were arranged but not held: those that were are visits."""
    for talk in parts_of(Appointment, "household", home):
        if talk.on and talk.state != AppointmentState.HELD:
            told = "\n".join(filter(None, (talk.about, _after("原因：", talk.because))))
            yield Event(talk.on, f"{talk.staff.full_name}约谈（{talk.state}）", told, talk)


def _diaries(visits: list[Visit]) -> list[Diary]:
    """Return the diaries that tell of any of some visits, each once."""
    with reading():
        told = DiaryVisit.select(DiaryVisit.diary).where(
            DiaryVisit.visit.in_(visits) & DiaryVisit.deleted_at.is_null()  # pyright: ignore
        )
        return list(Diary.select().where(Diary.id.in_(told) & Diary.deleted_at.is_null()))  # pyright: ignore


def _tickets(home: Household) -> Iterator[Event]:
    for ticket in parts_of(Ticket, "household", home):
        if ticket.received_on:
            yield Event(
                ticket.received_on, f"{ticket.sort} {ticket.number}（{ticket.state}）", ticket.content, ticket
            )


def _helped(home: Household) -> Iterator[Event]:
    for pairing in parts_of(Pairing, "household", home):
        name = pairing.staff.full_name
        if pairing.since:
            asked = (_after("需求：", pairing.need), _after("措施：", pairing.measures))
            yield Event(pairing.since, f"{name}结对帮扶", "\n".join(filter(None, asked)), pairing)
        if pairing.until and pairing.state != PairingState.RUNNING:
            approved = f"批准人：{pairing.approver}" if pairing.approver else ""
            why = "\n".join(filter(None, (_after("理由：", pairing.end_reason), approved)))
            yield Event(pairing.until, f"与{name}的结对{pairing.state}", why, pairing)
        for step in parts_of(PairingProgress, "pairing", pairing):
            if step.on:
                yield Event(step.on, f"帮扶进展（{name}）", step.text, step)


def _gifts(home: Household) -> Iterator[Event]:
    for gift in parts_of(Condolence, "household", home):
        if gift.on:
            told = "，".join(filter(None, (gift.goods, f"{gift.amount} 元" if gift.amount else "")))
            yield Event(gift.on, f"{gift.staff.full_name}{gift.occasion}慰问", told, gift)


def _own(home: Household) -> Iterator[Event]:
    """Yield what befell the household itself; those merged into it went on the day this was noted."""
    if home.since:
        yield Event(home.since, "立户", "", home)
    if home.lifted_on:
        yield Event(home.lifted_on, "脱困", "", home)
    if home.left_on:
        yield Event(home.left_on, home.state, "", home)
    for other in parts_of(Household, "merged_into", home):
        if other.state == HouseholdState.MERGED:
            on = datetime.date.fromisoformat(other.changed_at[:10])
            yield Event(on, f"“{other.told_apart()}”并入", "", other)


def _after(label: str, text: str) -> str:
    return f"{label}{text}" if text else ""
