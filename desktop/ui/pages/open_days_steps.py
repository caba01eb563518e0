"""The steps of an open day's life as a menu: each says what follows, an illegal one says why it can't be taken."""

from __future__ import annotations

import datetime

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from desktop.errors import TroubleError, UserError
from desktop.records.dates import show_day
from desktop.records.open_days import OpenDay
from desktop.services.open_days import STEPS
from desktop.ui import icons
from desktop.ui.buttons import Button
from desktop.ui.frame import Frame
from desktop.ui.naming import name, shown_text
from desktop.ui.tints import Tint

CALLED = {
    "approve": ("审批", "check", "记下方案已经领导同意"),
    "plan": ("转入筹备", "list-checks", "开始寄函、公告、备会务"),
    "hold": ("记为已举行", "calendar-check", "开始签到统计和 7 个工作日答复"),
    "archive": ("归档", "archive", "名单不再增减"),
    "cancel": ("取消这个开放日", "x-circle", "要写原因；已印的函要另行通知"),
}


def why_not(day: OpenDay, verb: str, today: datetime.date | None = None) -> str:
    """Return why a step can't be taken now, or ''."""
    allowed, _, called = STEPS[verb]
    if day.state not in allowed:
        return f"现在是“{day.state}”，只有“{'、'.join(allowed)}”的可以{called}"
    if verb == "hold" and day.held_on and day.held_on > (today or datetime.date.today()):
        return f"开放日定在 {show_day(day.held_on)}，还没有到"
    return ""


class StepButton(Button):
    """`办理` with the menu of steps; takes them by the service and tells what was done."""

    def __init__(self, frame: Frame) -> None:
        super().__init__("办理")
        name(self, "steps", "办理：审批、筹备、举办、归档、取消")
        self._frame = frame
        self.setIcon(icons.icon("chevron-down", Tint.MUTED))
        self.setIconSize(icons.BESIDE_TEXT)
        self.day: OpenDay | None = None
        self.steps = QMenu(self)
        self.steps.setToolTipsVisible(True)
        self.steps.triggered.connect(self._chosen)
        self.actions_by_verb = {verb: self._entry(verb) for verb in CALLED}
        self.setMenu(self.steps)

    def _entry(self, verb: str) -> QAction:
        called, icon, follows = CALLED[verb]
        if verb == "cancel":
            self.steps.addSeparator()
        entry = QAction(icons.icon(icon, Tint.MUTED), shown_text(f"{called}  —  {follows}"), self.steps)
        entry.setObjectName(f"step-{verb}")
        entry.setData(verb)
        self.steps.addAction(entry)
        return entry

    def show_day(self, day: OpenDay | None) -> None:
        """Offer the steps of a day; None offers none."""
        self.day = day
        self.setEnabled(day is not None and not self._frame.read_only)
        self.setText(f"{day.state} · 办理" if day else "办理")
        for verb, entry in self.actions_by_verb.items():
            reason = why_not(day, verb) if day else ""
            entry.setEnabled(not reason)
            entry.setToolTip(reason or CALLED[verb][2])

    def _chosen(self, entry: QAction) -> None:
        self.take(entry.data())

    def take(self, verb: str) -> bool:
        """Take a step after asking what has to be asked; says whether it was taken."""
        day = self.day
        if day is None:
            return False
        values: dict[str, str] = {}
        if verb == "cancel":
            reason = self._frame.ask.text(f"取消“{day.theme}”", label="取消的原因（会留在记录里）：")
            if reason is None:
                return False
            values["reason"] = reason
        if verb == "archive" and not self._frame.ask.confirm(
            f"归档“{day.theme}”？",
            yes="归档",
            no="先不归档",
            detail="归档后不能再邀请代表；已有的记录都还能看、能统计。",
        ):
            return False
        try:
            self._frame.desk.books.do(day, verb, values)
        except (UserError, TroubleError) as error:
            self._frame.tell(error)
            return False
        self._frame.toast(f"“{day.theme}”{day.state}", undo=True)
        return True


def archive_confirmed(frame: Frame, day: OpenDay) -> bool:
    """Ask before a day is archived."""
    told = "归档后不能再邀请代表；已有的记录都还能看、能统计。"
    return frame.ask.confirm(f"归档“{day.theme}”？", yes="归档", no="先不归档", detail=told)
