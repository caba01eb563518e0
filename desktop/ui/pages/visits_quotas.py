"""走访指标: how many households each has to visit in a campaign and has visited, and which they are."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.records import visit_counts, visit_rows
from desktop.records.base import Record
from desktop.records.households import Household
from desktop.records.listing import Query
from desktop.records.visit_counts import Crowded
from desktop.records.visits import Campaign, Visit
from desktop.services.quotas import HOMES, TIMES, Quota, quotas
from desktop.ui import buttons
from desktop.ui.boxes import ChoiceBox
from desktop.ui.frame import Frame
from desktop.ui.labels import StatusLabel, Text, Tone
from desktop.ui.layouts import column, hairline, row
from desktop.ui.marks import Mark
from desktop.ui.naming import name, set_property
from desktop.ui.pages.visits_campaign import CampaignDialog, OwnQuotaDialog
from desktop.ui.pages.visits_crowds import CrowdedVillages, going
from desktop.ui.plain_table import PlainTable
from desktop.ui.segments import Segments

EVERYBODY, LACKING, DONE = "全部", "没完成", "已完成"
MOST = 500
"""Rows shown of one figure."""
PURPOSE = (
    "还没有走访活动。新建一个，写上起止日期和班子成员、其他人员应访的户数，就能看每个人走访了几户、还差几户。"
)


class QuotaPanel(QWidget):
    """People at the left, under them where visits are too close; at the right the rows behind a figure."""

    left = Signal()

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        set_property(self, "role", "surface")
        self._frame = frame
        self._campaigns: list[Campaign] = []
        self._all: list[Quota] = []
        self.quotas: list[Quota] = []
        """Those in the list: everybody, who has reached the quota, or who hasn't."""
        self._rows: list[Record] = []
        self.choice = name(ChoiceBox([]), "campaign", "走访活动")
        self.told = StatusLabel("quota-told", "完成情况", "muted", wrap=True)
        self.people = PlainTable(
            "quota-people", "每个人的指标", ("姓名", "完成", "应访", HOMES, TIMES, "职务类别"), wide=0
        )
        self.crowds = CrowdedVillages(frame)
        self.crowded = self.crowds.table
        self.who = Segments("列出哪些人", (EVERYBODY, LACKING, DONE), clearable=False)
        self.who.pick(EVERYBODY)
        self.unit = Segments("看户还是户次", (HOMES, TIMES), clearable=False)
        self.unit.pick(HOMES)
        self.whose = StatusLabel("quota-whose", "所选的人", "strong")
        self.rows = PlainTable("quota-rows", "走访了哪些", ("户号或日期", "户主", "村组", "说明"), wide=2)
        self._lay_out()
        self.choice.activated.connect(self._show)
        self.people.row_chosen.connect(self._show_rows)
        self.crowds.chosen.connect(self._show_crowd)
        self.who.picked.connect(lambda _: self._fill_people())
        self.unit.picked.connect(self._show_rows)
        self.rows.activated.connect(lambda index: self.open_row(index.row()))
        buttons.action(self, "回到走访", "Esc").triggered.connect(self.left)

    def _lay_out(self) -> None:
        self.new = buttons.plain("新建活动", "new-campaign", "plus")
        self.change = buttons.plain("修改", "change-campaign", "edit")
        apart = buttons.action(self.people, "单独定指标", "F2")
        apart.triggered.connect(self.set_apart)
        apart.setEnabled(not self._frame.read_only)
        self.apart = buttons.does(buttons.quiet("单独定指标", "own-quota", "edit"), apart)
        done = buttons.plain("回到走访", "quota-done", "check")
        done.setToolTip("Esc")
        done.clicked.connect(self.left)
        self.new.clicked.connect(lambda: self.edit(None))
        self.change.clicked.connect(lambda: self.edit(self.campaign))
        top = row(
            Text("走访指标", "heading"),
            self.choice,
            self.new,
            self.change,
            None,
            done,
            margins=(16, 8, 16, 8),
        )
        people = column(self.people, gap=0)
        people.addWidget(self.crowds)
        people.setStretch(0, 3)
        people.setStretch(1, 1)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(row(self.whose, None, self.unit, margins=(16, 8, 16, 8)))
        right.addWidget(self.rows, 1)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addLayout(people, 1)
        body.addWidget(hairline(upright=True))
        body.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        told = row(self.told, self.apart, self.who, margins=(16, 0, 16, 8))
        told.setStretch(0, 1)
        layout.addLayout(told)
        layout.addWidget(hairline())
        layout.addLayout(body, 1)

    @property
    def campaign(self) -> Campaign | None:
        """Return the campaign shown."""
        at = self.choice.currentIndex()
        return self._campaigns[at] if 0 <= at < len(self._campaigns) else None

    def refresh(self, chosen: bytes = b"") -> None:
        """Read campaigns and figures again; without a choice the one shown stays, at first the latest."""
        kept = chosen or (self.campaign.id if self.campaign else b"")
        query = Query(Campaign, sort="since", descending=True)
        self._campaigns = [
            one for one in self._frame.desk.books.page(query, 0, 50) if isinstance(one, Campaign)
        ]
        self.choice.clear()
        for one in self._campaigns:
            self.choice.addItem(f"{one.name}（{one.since} 至 {one.until}）", one.id.hex())
        keys = [one.id for one in self._campaigns]
        self.choice.setCurrentIndex(keys.index(kept) if kept in keys else 0)
        self.choice.setVisible(bool(keys))
        self.change.setVisible(bool(keys))
        for button in (self.new, self.change):
            button.setEnabled(not self._frame.read_only)
        self._show()

    def _show(self) -> None:
        campaign = self.campaign
        self._all = quotas(campaign) if campaign else []
        asked = [quota for quota in self._all if quota.required]
        done = sum(quota.is_done for quota in asked)
        self.told.say(
            f"应完成 {len(asked)} 人，已完成 {done} 人；户不重复算，户次每去一次算一次"
            if campaign
            else PURPOSE
        )
        self.crowds.look_for(campaign)
        for part in (self.who, self.apart):
            part.setVisible(campaign is not None)
        self._fill_people()

    def _fill_people(self) -> None:
        """List everybody, or those who have reached their quota or haven't."""
        at, wanted = self.people.row(), self.who.value()
        self.quotas = [
            quota
            for quota in self._all
            if wanted == EVERYBODY or (quota.required and quota.is_done == (wanted == DONE))
        ]
        self.people.fill([_cells(quota) for quota in self.quotas])
        if self.quotas:
            self.people.selectRow(at if 0 <= at < len(self.quotas) else 0)
        self._show_rows()

    def _show_rows(self) -> None:
        """Show which households, or which visits, make the figure of the one chosen."""
        campaign, at = self.campaign, self.people.row()
        self.unit.setEnabled(True)
        if campaign is None or not 0 <= at < len(self.quotas):
            self._put("", [])
            return
        _leave(self.crowded)
        quota, unit = self.quotas[at], self.unit.value()
        visited = visit_counts.visited_by(quota.staff.id, campaign.since, campaign.until)
        found = visited.households if unit == HOMES else visited.visits
        model = Household if unit == HOMES else Visit
        keys = tuple(map(bytes, found[:MOST]))
        query = Query(model, keys=keys, sort="" if unit == HOMES else "visited_on")
        more = f"，列出前 {MOST} {unit}" if len(found) > MOST else ""
        rows = self._frame.desk.books.page(query, 0, MOST) if keys else []
        self._put(f"{quota.staff.full_name}：{len(found)} {unit}{more}", rows)

    def _show_crowd(self, crowd: Crowded) -> None:
        """Show who goes to a village in a week in which too many do."""
        _leave(self.people)
        words = f"{crowd.village} {crowd.monday} 起一周：{crowd.teams} 个组，{crowd.visits} 次"
        self._put(words, self._frame.desk.books.page(going(crowd), 0, MOST), staff=True)
        self.unit.setEnabled(False)  # of a village there are visits only

    def _put(self, words: str, rows: list[Record], *, staff: bool = False) -> None:
        self._rows = rows
        self.whose.say(words)
        self.rows.fill(_lines(rows, staff=staff))

    def set_apart(self) -> None:
        """Give the person gone to a number of their own, or the usual one again."""
        campaign, at = self.campaign, self.people.row()
        if campaign is not None and 0 <= at < len(self.quotas):
            OwnQuotaDialog(self._frame, self.window(), campaign, self.quotas[at], self._show).open()

    def open_row(self, at: int) -> None:
        """Open the household or the visit of a row."""
        if 0 <= at < len(self._rows):
            record = self._rows[at]
            self._frame.go("households" if isinstance(record, Household) else "visits", record.id)

    def edit(self, campaign: Campaign | None) -> None:
        """Open the dialog of a campaign, a new one where none is given."""
        if not self._frame.read_only:
            CampaignDialog(self._frame, self.window(), campaign, self.refresh).open()


def _leave(table: PlainTable) -> None:
    """Let no row of a table be gone to: what is shown is of the other table."""
    table.selectionModel().blockSignals(True)
    table.setCurrentIndex(QModelIndex())
    table.clearSelection()
    table.selectionModel().blockSignals(False)
    table.viewport().update()


def _cells(quota: Quota) -> tuple[str | Mark, ...]:
    lacking = quota.required - quota.households
    state = Mark("完成", Tone.DONE) if quota.is_done else Mark(f"还差 {lacking} 户", Tone.WARN)
    required = str(quota.required) if quota.own is None else f"{quota.required}（单独定）"
    figures = (required, str(quota.households), str(quota.visits))
    return (quota.staff.full_name, state if quota.required else "", *figures, quota.staff.role)


def _lines(records: list[Record], *, staff: bool) -> list[tuple[str, ...]]:
    """Return households with their last visit; visits with how they were, or who went."""
    if records and isinstance(records[0], Household):
        last = visit_rows.last_visits(records)
        homes = [one for one in records if isinstance(one, Household)]
        return [(one.number, one.head, f"{one.village}{one.group}", last.get(one.id, "")) for one in homes]
    faces = visit_rows.faces(records)
    return [
        (
            str(one.visited_on),
            faces[one.id].whom,
            faces[one.id].village,
            faces[one.id].staff if staff else one.purpose,
        )
        for one in records
        if isinstance(one, Visit)
    ]
