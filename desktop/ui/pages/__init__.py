"""The places of the navigation. A page's module is imported, and its page made, on the first visit."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from desktop.ui.frame import Frame, Page


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation: key, word, icon, and where its page class is (module of this package, class)."""

    key: str
    label: str
    icon: str
    module: str
    page: str

    def make(self, frame: Frame) -> Page:
        """Import the module and make the page."""
        return getattr(import_module(f"{__name__}.{self.module}"), self.page)(frame)


PLACES = (
    Place("workbench", "工作台", "home", "workbench", "WorkbenchPage"),
    Place("open-days", "开放日", "calendar-days", "open_days", "OpenDaysPage"),
    Place("representatives", "代表", "users", "representatives", "RepresentativesPage"),
    Place("tickets", "问题", "message-square-warning", "tickets", "TicketsPage"),
    Place("visits", "走访", "footprints", "visits", "VisitsPage"),
    Place("households", "户", "map-pin", "households", "HouseholdsPage"),
    Place("pairings", "结对", "handshake", "pairings", "PairingsPage"),
    Place("diaries", "日记与干线", "book", "routine", "RoutinePage"),
    Place("forms", "表单", "clipboard-list", "forms", "FormsPage"),
    Place("settings", "设置", "settings", "settings", "SettingsPage"),
)
