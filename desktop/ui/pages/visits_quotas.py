"""走访指标: how many households each has to visit in a campaign and has visited, and which they are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import TroubleError, UserError
from desktop.records import visit_counts, visit_rows
from desktop.records.base import Record
from desktop.records.households import Household
from desktop.records.listing import Query
from desktop.records.visits import Campaign, Visit
from desktop.services.quotas import HOMES, TIMES, Quota, quotas
from desktop.services.visiting import TEAMS
from desktop.ui import buttons
from desktop.ui.boxes import ChoiceBox
from desktop.ui.dialogs import Dialog
from desktop.ui.form import FieldForm
from desktop.ui.frame import Frame
from desktop.ui.labels import StatusLabel, Text, Tone
from desktop.ui.layouts import column, hairline, row
from desktop.ui.marks import Mark
from desktop.ui.naming import name, set_property
from desktop.ui.plain_table import PlainTable
from desktop.ui.sections import Section
from desktop.ui.segments import Segments

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
        self.quotas: list[Quota] = []
        self._rows: list[Record] = []
        self.choice = name(ChoiceBox([]), "campaign", "走访活动")
        self.told = StatusLabel("quota-told", "完成情况", "muted")
        self.people = PlainTable(
            "quota-people", "每个人的指标", ("姓名", "完成", "应访", HOMES, TIMES, "职务类别"), wide=0
        )
        self.crowded = PlainTable("quota-crowded", "过于集中的村", ("那一周的周一", "村", "组", "次"), wide=1)
        self.none_crowded = StatusLabel("quota-none-crowded", "过于集中", "muted")
        self.unit = Segments("看户还是户次", (HOMES, TIMES), clearable=False)
        self.unit.pick(HOMES)
        self.whose = StatusLabel("quota-whose", "所选的人", "strong")
        self.rows = PlainTable(
            "quota-rows", "走访了哪些", ("户号或日期", "户主", "村组", "最近走访或形式"), wide=2
        )
        self._lay_out()
        self.choice.activated.connect(self._show)
        self.people.row_chosen.connect(self._show_rows)
        self.unit.picked.connect(self._show_rows)
        self.rows.activated.connect(lambda index: self.open_row(index.row()))
        buttons.action(self, "回到走访", "Esc").triggered.connect(self.left)

    def _lay_out(self) -> None:
        self.new = buttons.plain("新建活动", "new-campaign", "plus")
        self.change = buttons.plain("修改", "change-campaign", "edit")
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
        people.addLayout(
            row(Text(f"过于集中（一周内 {TEAMS} 个组以上去同一个村）", "muted"), margins=(16, 8, 16, 4))
        )
        people.addWidget(self.crowded)
        self.none_crowded.setContentsMargins(16, 0, 16, 8)
        people.addWidget(self.none_crowded)
        people.setStretch(0, 3)
        people.setStretch(2, 1)
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
        layout.addLayout(row(self.told, margins=(16, 0, 16, 8)))
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
        campaign, at = self.campaign, self.people.row()
        self.quotas = quotas(campaign) if campaign else []
        self.people.fill([_cells(quota) for quota in self.quotas])
        done = sum(quota.is_done for quota in self.quotas if quota.required)
        asked = sum(bool(quota.required) for quota in self.quotas)
        self.told.say(
            f"应完成 {asked} 人，已完成 {done} 人；户按不重复的户算，户次每去一次算一次"
            if campaign
            else PURPOSE
        )
        close = _crowded(campaign) if campaign else []
        self.crowded.fill([(one.monday, one.village, str(one.teams), str(one.visits)) for one in close])
        self.crowded.setVisible(bool(close))
        self.none_crowded.say("" if close else "没有过于集中的村")
        self.none_crowded.setVisible(not close)
        if self.quotas:
            self.people.selectRow(at if 0 <= at < len(self.quotas) else 0)
        self._show_rows()

    def _show_rows(self) -> None:
        """Show which households, or which visits, make the figure of the one chosen."""
        campaign, at = self.campaign, self.people.row()
        if campaign is None or not 0 <= at < len(self.quotas):
            self._rows = []
            self.whose.say("")
            self.rows.fill([])
            return
        quota, unit = self.quotas[at], self.unit.value()
        found = _keys(quota.staff.id, campaign, unit)
        model = Household if unit == HOMES else Visit
        query = Query(model, keys=tuple(found[:MOST]), sort="" if unit == HOMES else "visited_on")
        self._rows = self._frame.desk.books.page(query, 0, MOST) if found else []
        more = f"，列出前 {MOST} {unit}" if len(found) > MOST else ""
        self.whose.say(f"{quota.staff.full_name}：{len(found)} {unit}{more}")
        self.rows.fill(_lines(self._rows))

    def open_row(self, at: int) -> None:
        """Open the household or the visit of a row."""
        if 0 <= at < len(self._rows):
            record = self._rows[at]
            self._frame.go("households" if isinstance(record, Household) else "visits", record.id)

    def edit(self, campaign: Campaign | None) -> None:
        """Open the dialog of a campaign, a new one where none is given."""
        if not self._frame.read_only:
            CampaignDialog(self._frame, self.window(), campaign, self.refresh).open()


def _crowded(campaign: Campaign) -> list[visit_counts.Crowded]:
    if campaign.since is None or campaign.until is None:
        return []
    return visit_counts.crowded(campaign.since, campaign.until, TEAMS)


def _keys(staff: bytes, campaign: Campaign, unit: str) -> list[bytes]:
    found = next(
        (one for one in visit_counts.visited(campaign.since, campaign.until) if one.staff == staff), None
    )
    if found is None:
        return []
    return [bytes(key) for key in (found.households if unit == HOMES else found.visits)]


def _cells(quota: Quota) -> tuple[str | Mark, ...]:
    lacking = quota.required - quota.households
    state = Mark("完成", Tone.DONE) if quota.is_done else Mark(f"还差 {lacking} 户", Tone.WARN)
    figures = (str(quota.required), str(quota.households), str(quota.visits))
    return (quota.staff.full_name, state if quota.required else "", *figures, quota.staff.role)


def _lines(records: list[Record]) -> list[tuple[str, ...]]:
    if records and isinstance(records[0], Household):
        last = visit_rows.last_visits(records)
        homes = [one for one in records if isinstance(one, Household)]
        return [(one.number, one.head, f"{one.village}{one.group}", last.get(one.id, "")) for one in homes]
    faces = visit_rows.faces(records)
    visits = [one for one in records if isinstance(one, Visit)]
    return [(str(one.visited_on), faces[one.id].whom, faces[one.id].village, one.purpose) for one in visits]


class CampaignDialog(Dialog):
    """Name, days and quotas of a campaign; `kept` is called with its key."""

    def __init__(
        self, frame: Frame, parent: QWidget | None, campaign: Campaign | None, kept: Callable[[bytes], None]
    ) -> None:
        super().__init__(parent, "修改走访活动" if campaign else "新建走访活动", "campaign-dialog")
        self._frame, self._kept = frame, kept
        self._campaign = campaign or frame.desk.books.new(Campaign)
        section = Section("", ("name", "since", "until", "leader_quota", "other_quota", "note"))
        self.fields = FieldForm(Campaign, (section,), frame.desk.books, label=140)
        self.fields.load(self._campaign)
        self.body.addWidget(self.fields)
        go = self.add_buttons("保存")
        go.clicked.connect(self.keep)
        self.fields.finished.connect(go.setFocus)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            buttons.action(self, "保存", keys).triggered.connect(self.keep)
        self.fit(560, 440)
        self.fields.focus_first()

    def keep(self) -> None:
        """Save the campaign; a fault stands beside its field."""
        if not self.fields.store(self._campaign):
            return
        try:
            self._frame.desk.books.save(self._campaign)
        except UserError as fault:
            self.fields.show_fault(fault)
        except TroubleError as trouble:
            self.complain(trouble.message)
        else:
            self.accept()
            self._kept(self._campaign.id)
