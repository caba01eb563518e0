"""Everything the office file holds, in the order in which its tables are made; loaded when it is first asked for."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from desktop.errors import UserError
from desktop.records.base import Record

if TYPE_CHECKING:
    import peewee


@functools.cache
def records() -> tuple[type[Record], ...]:
    """Return every type of record; a start needs few of them, so they are loaded here and not with this module."""
    from desktop.records.appointments import Appointment
    from desktop.records.categories import Category
    from desktop.records.diaries import Diary, DiaryCorrection, DiaryVisit, Publication
    from desktop.records.forms import Form, FormEdition, FormIssue, FormReturn
    from desktop.records.holidays import Holiday
    from desktop.records.households import Household, Member
    from desktop.records.invitations import Invitation
    from desktop.records.leaflets import Leaflet
    from desktop.records.meetings import Meeting
    from desktop.records.notices import Notice
    from desktop.records.open_days import LetterWording, Milestone, OpenDay, ProgrammeItem, Site
    from desktop.records.pairings import Condolence, Pairing, PairingProgress
    from desktop.records.places import Place
    from desktop.records.representatives import Contact, Identity, Representative
    from desktop.records.staff import Office, Staff, Term, Unit
    from desktop.records.ticket_steps import Answer, Evaluation, Slip, Supervision, TicketStep
    from desktop.records.tickets import Occurrence, Ticket
    from desktop.records.time_limits import LeftDate, TimeLimit
    from desktop.records.visits import Campaign, OwnQuota, Visit, VisitStaff
    from desktop.records.work_lines import (
        LiaisonReport,
        LinkPoint,
        Topic,
        TopicProgress,
        WorkLine,
        WorkProgress,
    )

    return (
        Office,
        Unit,
        Term,
        Staff,
        Representative,
        Identity,
        Contact,
        LetterWording,
        OpenDay,
        ProgrammeItem,
        Site,
        Milestone,
        Notice,
        Leaflet,
        Invitation,
        Form,
        FormEdition,
        FormIssue,
        FormReturn,
        Holiday,
        TimeLimit,
        LeftDate,
        Category,
        Meeting,
        Place,
        Household,
        Member,
        Campaign,
        OwnQuota,
        Visit,
        VisitStaff,
        Ticket,
        Occurrence,
        TicketStep,
        Answer,
        Evaluation,
        Slip,
        Supervision,
        Diary,
        DiaryVisit,
        DiaryCorrection,
        Publication,
        Pairing,
        PairingProgress,
        Condolence,
        Topic,
        TopicProgress,
        WorkLine,
        WorkProgress,
        LinkPoint,
        LiaisonReport,
        Appointment,
    )


@functools.cache
def tables() -> tuple[type[peewee.Model], ...]:
    """Return every table in the order in which it is made."""
    from desktop.records.chain import ChainLink
    from desktop.records.disclosures import Disclosure, Purged
    from desktop.records.drafts import KeptDraft
    from desktop.records.key_copy import KeyCopy
    from desktop.records.register import PrintedContent, PrintJob, RegisterEntry
    from desktop.records.search import SearchKey
    from desktop.records.trail import Change, Present, Trail
    from desktop.records.visit_tally import VisitTally

    own = (Change, Present, Trail, ChainLink, Disclosure, Purged, SearchKey, RegisterEntry)
    own = (*own, PrintJob, PrintedContent, VisitTally, KeptDraft, KeyCopy)
    return (*own, *records())


@functools.cache
def by_kind() -> dict[str, type[Record]]:
    """Return the types of records by what they are called on the command line."""
    return {record.kind: record for record in records()}


def record_type(kind: str) -> type[Record]:
    """Return the record type called `kind` on the command line; raises UserError with those there are."""
    if kind in by_kind():
        return by_kind()[kind]
    raise UserError(f"没有“{kind[:40]}”这一类记录，可用的有：{'、'.join(by_kind())}", field="kind")
