"""The dialogs of quotas: a campaign with its days and numbers, and the number of one person in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.errors import TroubleError, UserError
from desktop.records.visits import Campaign, OwnQuota
from desktop.services.quotas import Quota
from desktop.ui import buttons
from desktop.ui.dialogs import Dialog
from desktop.ui.form import FieldForm
from desktop.ui.frame import Frame
from desktop.ui.labels import Text
from desktop.ui.sections import Section


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


class OwnQuotaDialog(Dialog):
    """How many households one person has to visit in a campaign, and why; or as everybody of their rank again."""

    def __init__(
        self, frame: Frame, parent: QWidget | None, campaign: Campaign, quota: Quota, kept: Callable[[], None]
    ) -> None:
        super().__init__(parent, f"单独定指标：{quota.staff.told_apart()}", "own-quota-dialog")
        self._frame, self._kept, self._kind = frame, kept, quota.own
        self._own = quota.own or frame.desk.books.new(OwnQuota)
        if quota.own is None:
            self._own.campaign, self._own.staff, self._own.households = campaign, quota.staff, quota.required
        usual = f"班子成员 {campaign.leader_quota} 户、其他 {campaign.other_quota} 户"
        told = f"只改这次活动里这一个人的应访户数；不单独定的，按{usual}。"
        self.body.addWidget(Text(told, "muted", wrap=True))
        self.fields = FieldForm(OwnQuota, (Section("", ("households", "reason")),), frame.desk.books)
        self.fields.load(self._own)
        self.body.addWidget(self.fields)
        go = self.add_buttons("保存")
        go.clicked.connect(self.keep)
        self.usual = buttons.plain("按一般规定", "usual-quota", "undo")
        self.usual.setVisible(quota.own is not None)
        self.usual.clicked.connect(self.drop)
        self.footer.insertWidget(0, self.usual)
        self.fields.finished.connect(go.setFocus)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            buttons.action(self, "保存", keys).triggered.connect(self.keep)
        self.fit(520, 300)
        self.fields.focus_first()

    def keep(self) -> None:
        """Save the number; a fault stands beside its field."""
        if self.fields.store(self._own):
            self._done(lambda: self._frame.desk.books.save(self._own))

    def drop(self) -> None:
        """Take the person's own number away."""
        self._done(lambda: self._frame.desk.books.remove(self._own, "按一般规定"))

    def _done(self, work: Callable[[], None]) -> None:
        try:
            work()
        except UserError as fault:
            self.fields.show_fault(fault)
        except TroubleError as trouble:
            self.complain(trouble.message)
        else:
            self.accept()
            self._kept()
