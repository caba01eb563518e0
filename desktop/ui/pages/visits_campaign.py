"""The dialogs of quotas: a campaign with its days and numbers, and the number of one person in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.errors import TroubleError, UserError
from desktop.records.visits import Campaign, OwnQuota
from desktop.services.quotas import Quota
from desktop.ui import buttons
from desktop.ui.form import FieldForm
from desktop.ui.frame import Frame
from desktop.ui.labels import Text
from desktop.ui.record_dialog import RecordDialog
from desktop.ui.sections import Section


class CampaignDialog(RecordDialog[Campaign]):
    """Name, days and quotas of a campaign; `kept` is called with its key."""

    def __init__(
        self, frame: Frame, parent: QWidget | None, campaign: Campaign | None, kept: Callable[[bytes], None]
    ) -> None:
        section = Section("", ("name", "since", "until", "leader_quota", "other_quota", "note"))
        super().__init__(
            frame,
            parent,
            "修改走访活动" if campaign else "新建走访活动",
            "campaign-dialog",
            FieldForm(Campaign, (section,), frame.desk.books, label=140),
            campaign or frame.desk.books.new(Campaign),
            lambda made: kept(made.id),
        )
        self.fit(560, 440)
        self.fields.focus_first()


class OwnQuotaDialog(RecordDialog[OwnQuota]):
    """How many households one person has to visit in a campaign, and why; or as everybody of their rank again."""

    def __init__(
        self, frame: Frame, parent: QWidget | None, campaign: Campaign, quota: Quota, kept: Callable[[], None]
    ) -> None:
        own = quota.own or frame.desk.books.new(OwnQuota)
        if quota.own is None:
            own.campaign, own.staff, own.households = campaign, quota.staff, quota.required
        super().__init__(
            frame,
            parent,
            f"单独定指标：{quota.staff.told_apart()}",
            "own-quota-dialog",
            FieldForm(OwnQuota, (Section("", ("households", "reason")),), frame.desk.books),
            own,
            lambda _: kept(),
        )
        usual = f"班子成员 {campaign.leader_quota} 户、其他 {campaign.other_quota} 户"
        told = f"只改这次活动里这一个人的应访户数；不单独定的，按{usual}。"
        self.body.insertWidget(0, Text(told, "muted", wrap=True))
        self.usual = buttons.plain("按一般规定", "usual-quota", "undo")
        self.usual.setVisible(quota.own is not None)
        self.usual.clicked.connect(self.drop)
        self.footer.insertWidget(0, self.usual)
        self.fit(520, 300)
        self.fields.focus_first()

    def drop(self) -> None:
        """Take the person's own number away."""
        try:
            self.frame.desk.books.remove(self._record, "按一般规定")
        except (UserError, TroubleError) as error:
            self.complain(error.message)
        else:
            self.accept()
            self._kept(self._record)
