"""Why a date is what it is: every day between, counted or not, with the reason."""

from __future__ import annotations

import datetime

from PySide6.QtWidgets import QWidget

from desktop.records.dates import show_day
from desktop.records.open_days import Milestone, OpenDay
from desktop.services.workdays import Judged, Workdays
from desktop.ui import buttons
from desktop.ui.dialogs import Dialog
from desktop.ui.labels import Banner, StatusLabel, Tone
from desktop.ui.pages.open_days_timeline import ANSWER
from desktop.ui.plain_table import PlainTable

ONE_DAY = datetime.timedelta(days=1)


def explained(
    workdays: Workdays, day: OpenDay, row: Milestone
) -> tuple[str, list[tuple[str, str, str]], bool]:
    """Return how a milestone's date came about: a sentence, the days with their reasons, presumed or not."""
    held, due = day.held_on, row.due_on
    if held is None or due is None:
        return "还没有定开放日的日期。", [], False
    if row.name == ANSWER:
        return _after(workdays, held, day.reply_days or 0)
    return _before(workdays, held, due)


def _after(
    workdays: Workdays, held: datetime.date, days: int
) -> tuple[str, list[tuple[str, str, str]], bool]:
    deadline = workdays.due(held, days)
    counted, rows = 0, []
    for judged in deadline.days:
        counted += judged.counted
        rows.append(
            (show_day(judged.date), f"✓ 第 {counted} 个工作日" if judged.counted else "✕ 不计", judged.reason)
        )
    words = f"从 {show_day(held)} 的次日算起，第 {days} 个工作日是 {show_day(deadline.due)}。"
    return words, rows, deadline.presumed


def _before(
    workdays: Workdays, held: datetime.date, due: datetime.date
) -> tuple[str, list[tuple[str, str, str]], bool]:
    passed: list[Judged] = [workdays.judge(due)]
    while not passed[-1].counted:
        passed.append(workdays.judge(passed[-1].date - ONE_DAY))
    away = (held - due).days
    words = (
        f"{show_day(held)} 往前 {away} 天是 {show_day(due)}。" if away else f"活动当天，{show_day(held)}。"
    )
    if len(passed) > 1:
        words += f"那天不上班，往前最近的工作日是 {show_day(passed[-1].date)}，建议在这一天办。"
    rows = [(show_day(one.date), "✓ 工作日" if one.counted else "✕ 不上班", one.reason) for one in passed]
    return words, rows, any(one.presumed for one in passed)


class DeadlineDialog(Dialog):
    """The days behind one milestone."""

    def __init__(self, parent: QWidget | None, workdays: Workdays, day: OpenDay, row: Milestone) -> None:
        super().__init__(parent, f"{row.name}的日期怎样算出", "deadline")
        words, rows, presumed = explained(workdays, day, row)
        sentence = StatusLabel("deadline-words", "算法", wrap=True)
        sentence.say(words)
        notice = Banner("deadline-presumed", "推定")
        self.days = PlainTable("deadline-days", "逐日说明", ("日期", "是否计入", "理由"), wide=2)
        self.days.fill(rows)
        self.body.addWidget(sentence)
        self.body.addWidget(notice)
        self.body.addWidget(self.days, 1)
        if presumed:
            notice.say(
                "其中有的日子国务院还没有公布放假安排，按法定节日推定；公布后在“设置”里登记，会重新推算。",
                Tone.PRESUMED,
            )
        close = buttons.primary("知道了", "deadline-close")
        close.clicked.connect(self.accept)
        close.setDefault(True)
        self.footer.addWidget(close)
        self.resize(560, 460)
