"""联系点: which village each staff member keeps in touch with, how often they were there, what was found there."""

from __future__ import annotations

from functools import cached_property
from typing import cast

from desktop.records import routine_rows, visit_rows
from desktop.records.base import Record
from desktop.records.listing import Query
from desktop.records.tickets import Ticket
from desktop.records.visits import Visit
from desktop.records.work_lines import LinkPoint
from desktop.ui.frame import Frame
from desktop.ui.hanging_tab import HangingTab, Row
from desktop.ui.list_layout import ListLayout
from desktop.ui.pages.simple_page import SimplePage, columns_told
from desktop.ui.record_form import RecordForm
from desktop.ui.sections import Section
from desktop.ui.tables import Column

SHOWN = ("staff", "village", "visits", "problems", "unsolved", "duty")
MOST = 500
FIGURES = (("visits", "走访", "次"), ("problems", "问题", "件"), ("unsolved", "未办结", "件"))


class _Figures:
    """What happened at the link points of a page, counted once for the three columns that show it."""

    def __init__(self) -> None:
        self._page: list[Record] = []
        self._counts: dict[bytes, tuple[int, ...]] = {}

    def shown(self, place: int, points: list[Record]) -> dict[bytes, str]:
        """Return one of the counts, by the keys of the points; a page read again is another list."""
        if points is not self._page:
            told = ((point.id, routine_rows.at_point(cast("LinkPoint", point))) for point in points)
            self._counts = {key: tuple(len(keys) for keys in found) for key, found in told}
            self._page = points
        return {key: str(counts[place]) for key, counts in self._counts.items()}


def columns() -> tuple[Column, ...]:
    """Return the columns of the list: those of a link point, and what happened there."""
    own = columns_told(LinkPoint, ("staff",), {"since": 100, "until": 100}, village={"width": 110})
    counted = _Figures()
    figures = [
        Column(
            key, label, str, width=60, right=True, batch=lambda rows, place=place: counted.shown(place, rows)
        )
        for place, (key, label, _) in enumerate(FIGURES)
    ]
    return (*own, *figures)


class LinkPointsPage(SimplePage):
    """The list of link points; visits there and problems of the village stand beside the form."""

    key, label, icon = "link-points", "联系点", "map-pin"

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            frame,
            ListLayout(
                model=LinkPoint,
                sections=(Section("", ("staff", "village", "since", "until", "duty")),),
                unit="个",
                purpose="每个人联系哪个村（社区）登记在这里；在那里走访了几次、那里的户反映了几件问题，自动数出来。",
                first_step="登记第一个联系点",
                hint="联系人、村（社区）、任务",
                filters=("village",),
                shown=SHOWN,
                columns=columns(),
                first_tab="联系点",
            ),
            sort="village",
            descending=False,
        )

    def furnish(self, form: RecordForm) -> None:
        form.add_tab("走访", lambda: self._shown(self.visits))
        form.add_tab("问题", lambda: self._shown(self.problems))

    def _shown(self, tab: HangingTab) -> HangingTab:
        tab.show_of(None if self.fresh else self.record)
        return tab

    @cached_property
    def visits(self) -> HangingTab:
        """Return the visits that the staff member made there."""
        return HangingTab(
            self.frame, "point-visits", "走访", ("走访日期", "户主", "村组", "形式"), self._visits, page="visits",
            unit="次走访", wide=2, empty="联系人在这个村（社区）登记的走访会排在这里，只数联系期间的。",
        )  # fmt: skip

    @cached_property
    def problems(self) -> HangingTab:
        """Return the problems of the households there."""
        return HangingTab(
            self.frame, "point-problems", "问题", ("反映日期", "编号", "摘要", "状态"), self._problems,
            page="tickets", unit="件问题", wide=2, empty="这个村（社区）的户反映的问题会排在这里，只数联系期间的。",
        )  # fmt: skip

    def _visits(self, point: Record) -> list[Row]:
        keys = routine_rows.at_point(cast("LinkPoint", point)).visits[:MOST]
        query = Query(Visit, keys=tuple(keys), sort="visited_on", descending=True)
        rows = cast("list[Visit]", self.books.page(query, 0, MOST) if keys else [])
        faces = visit_rows.faces(rows)
        return [
            (row, (str(row.visited_on), faces[row.id].whom, faces[row.id].village, row.purpose))
            for row in rows
        ]

    def _problems(self, point: Record) -> list[Row]:
        keys = routine_rows.at_point(cast("LinkPoint", point)).problems[:MOST]
        query = Query(Ticket, keys=tuple(keys), sort="received_on", descending=True)
        rows = cast("list[Ticket]", self.books.page(query, 0, MOST) if keys else [])
        return [(row, (str(row.received_on), row.number, row.shown_summary, row.state)) for row in rows]

    def opened(self, record: Record, *, fresh: bool) -> None:
        super().opened(record, fresh=fresh)
        for name in ("visits", "problems"):
            if tab := self.__dict__.get(name):
                tab.show_of(None if fresh else record)

    def heard(self, models: frozenset[type[Record]]) -> None:
        super().heard(models)
        if models & {Visit, Ticket}:
            if LinkPoint not in models:
                self.table.refresh()
                self._keep_row()
            for name in ("visits", "problems"):
                if tab := self.__dict__.get(name):
                    tab.refresh()
