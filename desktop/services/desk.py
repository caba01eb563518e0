"""The services of one open office, built once and handed to whoever needs them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from desktop.services.announcer import Announcer
from desktop.services.changes import Changes
from desktop.services.offices import Offices
from desktop.services.rights import Rights

if TYPE_CHECKING:
    from desktop.services.appointing import Appointing
    from desktop.services.backups import Backups, Vault
    from desktop.services.condoling import Condoling
    from desktop.services.diaries import Diaries
    from desktop.services.disclosing import Disclosing
    from desktop.services.drafts import Drafts
    from desktop.services.forms import Forms, LayOut
    from desktop.services.helping import Helping
    from desktop.services.holiday_table import HolidayTable
    from desktop.services.household_import import HouseholdImport
    from desktop.services.importing import Importing
    from desktop.services.inviting import Inviting
    from desktop.services.moved import MovedDates
    from desktop.services.open_days import OpenDays
    from desktop.services.papers import Drawers
    from desktop.services.planning import Planning
    from desktop.services.press import Press
    from desktop.services.recycling import RecycleBin
    from desktop.services.reports import Reports
    from desktop.services.saving import Saving
    from desktop.services.ticket_import import TicketImport
    from desktop.services.ticket_views import TicketViews
    from desktop.services.tickets import Tickets
    from desktop.services.time_limits import TimeLimits
    from desktop.services.trail_reading import TrailReading
    from desktop.services.users import Protection, UserKeys, Users
    from desktop.services.visit_import import VisitImport
    from desktop.services.visiting import Visiting
    from desktop.services.workdays import Workdays


@dataclass(frozen=True)
class Desk:
    """Everything the office does; `read_only` where the file can't be written.

    Each service is built, and its module loaded, when it is first asked for: the first picture needs few of them.
    """

    announcer: Announcer
    changes: Changes
    offices: Offices
    drawers: Callable[[], Drawers]
    lay_out: LayOut
    who: str = ""
    read_only: bool = False
    notice: str = ""
    """Why nothing can be saved to the file, as one sentence."""
    rights: Rights = field(default_factory=Rights)
    """What the user at this desk may do."""

    vault: Callable[[], Vault] | None = None
    """What keeps the backups of the file, made when it is first asked for."""
    keys: UserKeys | None = None
    """The users of an encrypted file."""
    protection: Protection | None = None
    """What encrypts the file, and makes it plain again."""

    @functools.cached_property
    def users(self) -> Users:
        """Who may open the file, and as what."""
        from desktop.services.users import Users

        return Users(self.keys, self.rights, self.changes)

    @functools.cached_property
    def backups(self) -> Backups:
        """What makes backups, and tells of those there are."""
        from desktop.services.backups import Backups

        return Backups(
            self.vault() if self.vault else None,
            read_only=self.read_only,
            rights=self.rights,
            note=lambda made: self.disclosing.note_backup(made),
        )

    @functools.cached_property
    def books(self) -> Saving:
        """The generic verbs on records, each kept by the service of its kind."""
        from desktop.services.saving import Saving

        return Saving(self)

    @functools.cached_property
    def drafts(self) -> Drafts:
        """What keeps text that is typed and not saved."""
        from desktop.services.drafts import Drafts

        return Drafts(self.users)

    @functools.cached_property
    def workdays(self) -> Workdays:
        """What counts working days; it hears of changes of the holiday table."""
        from desktop.services.workdays import Workdays

        made = Workdays()
        self.announcer.subscribe(made.heard)
        return made

    @functools.cached_property
    def open_days(self) -> OpenDays:
        """What takes open days through their steps."""
        from desktop.services.open_days import OpenDays

        return OpenDays(self.changes, self.workdays)

    @functools.cached_property
    def inviting(self) -> Inviting:
        """What invites, and keeps what came of it."""
        from desktop.services.inviting import Inviting

        return Inviting(self.changes)

    @functools.cached_property
    def forms(self) -> Forms:
        """What issues forms and takes them back."""
        from desktop.services.forms import Forms

        return Forms(self.changes, self.lay_out)

    @functools.cached_property
    def limits(self) -> TimeLimits:
        """The office's time limits."""
        from desktop.services.time_limits import TimeLimits

        return TimeLimits(self.changes)

    @functools.cached_property
    def visiting(self) -> Visiting:
        """What keeps visits and the problems found on them."""
        from desktop.services.visiting import Visiting

        return Visiting(self.changes, self.tickets)

    @functools.cached_property
    def planning(self) -> Planning:
        """What plans visits, and takes plans to visits."""
        from desktop.services.planning import Planning

        return Planning(self.changes, self.visiting, self.workdays)

    @functools.cached_property
    def helping(self) -> Helping:
        """What keeps households and pairings through their steps."""
        from desktop.services.helping import Helping

        return Helping(self.changes)

    @functools.cached_property
    def diaries(self) -> Diaries:
        """What keeps diaries, their visits and where they were published."""
        from desktop.services.diaries import Diaries

        return Diaries(self.changes)

    @functools.cached_property
    def appointing(self) -> Appointing:
        """What keeps talks that were arranged through their steps."""
        from desktop.services.appointing import Appointing

        return Appointing(self.changes, self.visiting)

    @functools.cached_property
    def condoling(self) -> Condoling:
        """What keeps condolences, one by one or a round."""
        from desktop.services.condoling import Condoling

        return Condoling(self.changes)

    @functools.cached_property
    def tickets(self) -> Tickets:
        """What takes tickets through their steps."""
        from desktop.services.tickets import Tickets

        return Tickets(self.changes, self.workdays, self.limits, self.who)

    @functools.cached_property
    def moved(self) -> MovedDates:
        """What moves dates after the holiday table changed."""
        from desktop.services.moved import MovedDates
        from desktop.services.open_day_dates import OpenDayDates
        from desktop.services.ticket_dates import TicketDates

        days = OpenDayDates(self.open_days, self.workdays)
        return MovedDates(self.changes, [days, TicketDates(self.tickets.clock, self.workdays, self.who)])

    @functools.cached_property
    def importing(self) -> Importing:
        """What brings sheets in."""
        from desktop.records.households import Household
        from desktop.records.tickets import Ticket
        from desktop.records.visits import Visit
        from desktop.services.importing import Importing

        ways = {Household: self._household_import, Ticket: self._ticket_import, Visit: self._visit_import}
        return Importing(self.changes, self.books, ways)

    @staticmethod
    def _household_import(rows: Sequence[Mapping[str, Any]]) -> HouseholdImport:
        from desktop.services.household_import import HouseholdImport

        del rows  # each tells of its own household only
        return HouseholdImport()

    def _ticket_import(self, rows: Sequence[Mapping[str, Any]]) -> TicketImport:
        from desktop.services.ticket_import import TicketImport

        return TicketImport(self.changes, self.workdays, self.limits, self.who, rows)

    def _visit_import(self, rows: Sequence[Mapping[str, Any]]) -> VisitImport:
        from desktop.services.visit_import import VisitImport

        return VisitImport(self.visiting, rows)

    @functools.cached_property
    def disclosing(self) -> Disclosing:
        """What notes the personal data that leaves the file."""
        from desktop.services.disclosing import Disclosing

        return Disclosing(self.who, self.rights, read_only=self.read_only)

    @functools.cached_property
    def recycle_bin(self) -> RecycleBin:
        """What was removed, brought back or cleared for good."""
        from desktop.services.recycling import RecycleBin

        return RecycleBin(self)

    @functools.cached_property
    def trail(self) -> TrailReading:
        """What looks back at every change."""
        from desktop.services.trail_reading import TrailReading

        return TrailReading()

    @functools.cached_property
    def holidays(self) -> HolidayTable:
        """The table of 放假安排, and what takes notices in."""
        from desktop.services.holiday_table import HolidayTable

        return HolidayTable(self.changes, self.workdays, self.moved)

    @functools.cached_property
    def ticket_views(self) -> TicketViews:
        """What shows tickets by what is due, late and waiting."""
        from desktop.services.ticket_views import TicketViews

        return TicketViews(self.workdays, self.limits)

    @functools.cached_property
    def press(self) -> Press:
        """What takes an order to paper."""
        from desktop.services.press import Press
        from desktop.services.ticket_orders import TicketOrders

        tickets = TicketOrders(self.workdays, self.tickets.clock, self.ticket_views, self.who)
        return Press(
            self.changes, self.offices, self.inviting, self.forms, tickets, self.drawers, self.who, self.rights
        )  # fmt: skip

    @functools.cached_property
    def reports(self) -> Reports:
        """What counts."""
        from desktop.services.reports import Reports

        return Reports(self.offices, self.drawers)


def build_desk(
    drawers: Callable[[], Drawers],
    lay_out: LayOut,
    *,
    who: str = "",
    read_only: bool = False,
    notice: str = "",
    rights: Rights | None = None,
    keys: UserKeys | None = None,
    protection: Protection | None = None,
    vault: Callable[[], Vault] | None = None,
) -> Desk:
    """Connect the services; the office file must be open."""
    announcer = Announcer()
    rights = rights or Rights()
    changes = Changes(announcer, who, rights)
    offices = Offices(changes)
    desk = Desk(
        announcer, changes, offices, drawers, lay_out, who, read_only, notice, rights, vault, keys, protection
    )
    changes.before = lambda reason, watch: desk.backups.before(reason, watch)
    return desk
