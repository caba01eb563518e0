"""过于集中: the villages to which too many teams go within a week, plans included; each opens who goes."""

from __future__ import annotations

import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.records import visit_counts
from desktop.records.listing import Query
from desktop.records.visit_counts import Crowded, between
from desktop.records.visit_plans import Where, visits_in
from desktop.records.visits import Campaign, Visit, VisitState
from desktop.services.visiting import TEAMS
from desktop.ui.frame import Frame
from desktop.ui.labels import StatusLabel, Text
from desktop.ui.layouts import column, row
from desktop.ui.plain_table import PlainTable
from desktop.ui.workroom import Task


class CrowdedVillages(QWidget):
    """Looked for beside the window, since three years take seconds; `chosen` carries the one gone to."""

    chosen = Signal(object)

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self._found: list[Crowded] = []
        self._looking: Task | None = None
        self.table = PlainTable("quota-crowded", "过于集中的村", ("那一周的周一", "村", "组", "次"), wide=1)
        self.none = StatusLabel("quota-none-crowded", "过于集中", "muted")
        self.none.setContentsMargins(16, 0, 16, 8)
        layout = column(gap=0)
        title = f"过于集中（一周内 {TEAMS} 个组以上去同一个村）"
        layout.addLayout(row(Text(title, "muted"), margins=(16, 8, 16, 4)))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.none)
        self.setLayout(layout)
        self.table.row_chosen.connect(self._gone)

    def look_for(self, campaign: Campaign | None) -> None:
        """Show the crowded villages of a campaign, what is coming first."""
        if self._looking is not None:
            self._looking.cancel()
        self._fill([])
        if campaign is not None and campaign.since is not None and campaign.until is not None:
            self.none.say("正在看哪些村过于集中……")
            work = partial(visit_counts.crowded, campaign.since, campaign.until, TEAMS)
            self._looking = self._frame.workroom.look(self, work, done=self._fill)

    def _fill(self, found: list[Crowded]) -> None:
        self._found = found[::-1]
        self.table.fill([(one.monday, one.village, str(one.teams), str(one.visits)) for one in self._found])
        self.table.setVisible(bool(found))
        self.none.say("" if found else "没有过于集中的村")
        self.none.setVisible(not found)

    def _gone(self, at: int) -> None:
        if 0 <= at < len(self._found):
            self.chosen.emit(self._found[at])


def going(crowd: Crowded) -> Query:
    """Return the visits and plans of a village in its crowded week."""
    monday = datetime.date.fromisoformat(crowd.monday)
    week = between("visited_on", monday, monday + datetime.timedelta(days=6))
    both = ("t.state IN (?, ?)", (VisitState.PLANNED.value, VisitState.DONE.value))
    return Query(Visit, sort="visited_on", narrowed=(*week, *visits_in(Where((crowd.village,))), both))
