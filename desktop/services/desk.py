"""The services of one open office, built once and handed to whoever needs them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.services.announcer import Announcer
from desktop.services.changes import Changes
from desktop.services.forms import Forms, LayOut
from desktop.services.inviting import Inviting
from desktop.services.moved import MovedDates
from desktop.services.offices import Offices
from desktop.services.open_day_dates import OpenDayDates
from desktop.services.open_days import OpenDays
from desktop.services.saving import Saving
from desktop.services.ticket_dates import TicketDates
from desktop.services.tickets import Tickets
from desktop.services.time_limits import TimeLimits
from desktop.services.workdays import Workdays

if TYPE_CHECKING:
    from desktop.services.holiday_table import HolidayTable
    from desktop.services.importing import Importing
    from desktop.services.papers import Drawers
    from desktop.services.press import Press
    from desktop.services.reports import Reports
    from desktop.services.ticket_views import TicketViews


@dataclass(frozen=True)
class Desk:
    """Everything the office does; `read_only` where the file can't be written.

    What a start doesn't need (sheets, papers, reports) is built, and loaded, when it is first asked for.
    """

    announcer: Announcer
    changes: Changes
    books: Saving
    offices: Offices
    workdays: Workdays
    open_days: OpenDays
    inviting: Inviting
    forms: Forms
    limits: TimeLimits
    moved: MovedDates
    tickets: Tickets
    drawers: Callable[[], Drawers]
    who: str = ""
    read_only: bool = False
    notice: str = ""
    """Why nothing can be saved to the file, as one sentence."""

    @functools.cached_property
    def importing(self) -> Importing:
        """What brings sheets in."""
        from desktop.services.importing import Importing

        return Importing(self.changes, self.books)

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
        return Press(self.changes, self.offices, self.inviting, self.forms, tickets, self.drawers, self.who)

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
) -> Desk:
    """Connect the services; the office file must be open."""
    announcer = Announcer()
    changes = Changes(announcer, who)
    offices, workdays = Offices(changes), Workdays()
    open_days, inviting, forms = OpenDays(changes, workdays), Inviting(changes), Forms(changes, lay_out)
    limits = TimeLimits(changes)
    tickets = Tickets(changes, workdays, limits, who)
    moved = MovedDates(
        changes, [OpenDayDates(open_days, workdays), TicketDates(tickets.clock, workdays, who)]
    )
    announcer.subscribe(workdays.heard)
    return Desk(
        announcer=announcer,
        changes=changes,
        books=Saving(changes, offices, workdays, open_days, inviting, forms, limits, tickets, moved),
        offices=offices,
        workdays=workdays,
        open_days=open_days,
        inviting=inviting,
        forms=forms,
        limits=limits,
        moved=moved,
        tickets=tickets,
        drawers=drawers,
        who=who,
        read_only=read_only,
        notice=notice,
    )
