"""The services of one open office, built once and handed to whoever needs them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.services.announcer import Announcer
from desktop.services.changes import Changes
from desktop.services.forms import Forms, LayOut
from desktop.services.importing import Importing
from desktop.services.inviting import Inviting
from desktop.services.offices import Offices
from desktop.services.open_days import OpenDays
from desktop.services.papers import Drawers
from desktop.services.press import Press
from desktop.services.reports import Reports
from desktop.services.saving import Saving
from desktop.services.workdays import Workdays


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything the office does; `read_only` where the file can't be written."""

    announcer: Announcer
    changes: Changes
    books: Saving
    offices: Offices
    workdays: Workdays
    open_days: OpenDays
    inviting: Inviting
    forms: Forms
    importing: Importing
    press: Press
    reports: Reports
    read_only: bool = False
    notice: str = ""
    """Why nothing can be saved to the file, as one sentence."""


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
    books = Saving(changes, offices, workdays, open_days, inviting, forms)
    return Desk(
        announcer=announcer,
        changes=changes,
        books=books,
        offices=offices,
        workdays=workdays,
        open_days=open_days,
        inviting=inviting,
        forms=forms,
        importing=Importing(changes, books),
        press=Press(changes, offices, inviting, forms, drawers, who),
        reports=Reports(offices, drawers),
        read_only=read_only,
        notice=notice,
    )
