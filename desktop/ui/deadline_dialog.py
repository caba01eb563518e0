"""Why a date is what it is: every day between, counted or not, with the reason and whose word it is."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop.records.dates import show_day
from desktop.records.time_limits import LimitUnit
from desktop.services.calendar_years import FIRST_NOTICE, LAST_NOTICE, Judged
from desktop.services.deadlines import Deadline
from desktop.ui import buttons
from desktop.ui.dialogs import Dialog
from desktop.ui.labels import Banner, StatusLabel, Tone
from desktop.ui.marks import Mark
from desktop.ui.plain_table import Cell, PlainTable

PRESUMED = Mark("推定", Tone.PRESUMED, outlined=True)
NOT_YET = "国务院还没有公布放假安排的日子按法定节日推定；公布后在“设置 › 放假安排”里录入，会列出要改的期限。"


@dataclass(frozen=True, slots=True)
class Explained:
    """How a date came about: a sentence, its days with why they count, and whether any is presumed."""

    words: str
    rows: Sequence[tuple[Cell, ...]]
    presumed: bool


def explained(deadline: Deadline, start: datetime.date, *, what: str = "") -> Explained:
    """Return why a deadline counted from `start` is the day it is; `what` names the day counted from."""
    unit = {LimitUnit.WORKDAY: "个工作日", LimitUnit.MONTH: "个月"}.get(
        LimitUnit(deadline.unit), deadline.unit
    )
    begins = "当日" if deadline.since == start else "次日"
    from_day = f"从{what}（{show_day(start)}）" if what else f"从 {show_day(start)} "
    words = f"{from_day}的{begins}算起，"
    if deadline.moved:
        words += f"{deadline.amount} {unit}到 {show_day(deadline.nominal)} 期满，遇休假日，顺延到 {show_day(deadline.due)}。"
    elif deadline.at is not None:
        words += f"满 {deadline.amount} 小时是 {deadline.at:%Y-%m-%d %H:%M}。"
    elif deadline.unit == LimitUnit.WORKDAY:
        words += f"第 {deadline.amount} 个工作日是 {show_day(deadline.due)}。"
    else:
        words += f"{deadline.amount} {unit}期满是 {show_day(deadline.due)}。"
    return Explained(words, rows_of(deadline.days, deadline.unit), deadline.presumed)


def rows_of(days: Sequence[Judged], unit: str = LimitUnit.WORKDAY) -> list[tuple[Cell, ...]]:
    """Return a line a day: the day, its place in the count, why, and whose word that is."""
    counted = 0
    word = "个工作日" if unit == LimitUnit.WORKDAY else "天"
    rows: list[tuple[Cell, ...]] = []
    for day in days:
        counted += day.counted
        told = f"✓ 第 {counted} {word}" if day.counted else "✕ 不计"
        rows.append((show_day(day.date), told, day.reason, source_of(day)))
    return rows


def source_of(day: Judged) -> Cell:
    """Return whose word a day is: the notice's, the office's, or the mark 推定."""
    return PRESUMED if day.presumed else day.source


def years_told(days: Sequence[Judged]) -> str:
    """Return by which arrangement each year of some days was judged, in a sentence."""
    years: dict[int, bool] = {}
    for day in days:
        years[day.date.year] = years.get(day.date.year, False) or day.presumed
    told = []
    for year, presumed in years.items():
        announced = FIRST_NOTICE <= year <= LAST_NOTICE
        word = "按法定节日推定" if presumed else "按国务院通知" if announced else "按本单位录入的放假安排"
        told.append(f"{year} 年{word}")
    return "，".join(told) + "。" if told else ""


class DeadlineDialog(Dialog):
    """The days behind one date. `open()` it; Enter and Escape close."""

    def __init__(self, parent: QWidget | None, title: str, told: Explained, more: str = "") -> None:
        super().__init__(parent, title, "deadline")
        sentence = StatusLabel("deadline-words", "算法", wrap=True)
        sentence.say(told.words)
        notice = Banner("deadline-presumed", "推定")
        self.days = PlainTable("deadline-days", "逐日说明", ("日期", "是否计入", "理由", "依据"), wide=2)
        self.days.fill(told.rows)
        self.body.addWidget(sentence)
        self.body.addWidget(notice)
        self.body.addWidget(self.days, 1)
        if more:
            below = StatusLabel("deadline-years", "年份", "caption", wrap=True)
            below.say(more)
            self.body.addWidget(below)
        if told.presumed:
            notice.say(NOT_YET, Tone.PRESUMED)
        close = buttons.primary("知道了", "deadline-close")
        close.clicked.connect(self.accept)
        close.setDefault(True)
        self.footer.addWidget(close)
        self.fit(680, 500)
        self.days.setFocus()


def explain(
    parent: QWidget | None, title: str, deadline: Deadline, start: datetime.date, *, what: str = ""
) -> None:
    """Open the explanation of a deadline: what a page calls for any date that it shows."""
    DeadlineDialog(parent, title, explained(deadline, start, what=what), years_told(deadline.days)).open()
