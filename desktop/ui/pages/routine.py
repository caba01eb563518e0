"""日记与干线: what goes on beside visits and open days, part by part: diaries, talks, topics, lines, meetings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import cast

from desktop.records.catalogue import record_type
from desktop.records.listing import Query
from desktop.ui.frame import Frame, Page
from desktop.ui.list_page import RecordPage
from desktop.ui.tabbed_page import TabbedPage


def _part(module: str, page: str) -> Callable[[Frame], Page]:
    """Return what makes a part; its module is loaded at its first use."""

    def make(frame: Frame) -> Page:
        return getattr(import_module(f"desktop.ui.pages.{module}"), page)(frame)

    return make


class RoutinePage(TabbedPage):
    """Tabs of record pages; a record is opened on the tab of its kind."""

    key, label, icon = "diaries", "日记与干线", "book"
    TABS = (
        ("民情日记", _part("diaries", "DiariesPage")),
        ("约谈", _part("appointments", "AppointmentsPage")),
        ("干线", _part("work_lines", "WorkLinesPage")),
        ("课题", _part("work_lines", "TopicsPage")),
        ("联系点", _part("link_points", "LinkPointsPage")),
        ("上报", _part("liaison", "LiaisonPage")),
        ("会议", _part("meetings", "MeetingsPage")),
    )

    KINDS = ("diary", "appointment", "work-line", "topic", "link-point", "liaison-report", "meeting")
    """What the tabs hold, in their order."""

    def part(self, label: str) -> RecordPage:
        """Bring the part of a word to the front; another stays there where its edits keep the user."""
        return cast("RecordPage", self.turn_to([word for word, _ in self.TABS].index(label)))

    def open_record(self, key: bytes) -> None:
        """Open a record on the tab of its kind."""
        for tab, kind in enumerate(self.KINDS):
            if self.frame.desk.books.count(Query(record_type(kind), keys=(key,))):
                self.turn_to(tab).open_record(key)
                return

    def write_diary(self, visits: Sequence[bytes]) -> None:
        """Begin a diary that tells of some visits."""
        from desktop.ui.pages.diaries import DiariesPage

        page = self.part("民情日记")
        if isinstance(page, DiariesPage):
            page.write_about(visits)
