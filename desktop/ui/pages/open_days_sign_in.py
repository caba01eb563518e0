"""签到: a few letters and Enter for each who comes in, with the counts in sight."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import TroubleError, UserError
from desktop.records.invitations import CAME, Attendance, Invitation, Mark, Reply
from desktop.records.listing import Query
from desktop.records.open_days import DayState, OpenDay
from desktop.records.representatives import Representative
from desktop.ui.boxes import search_line
from desktop.ui.frame import Frame
from desktop.ui.labels import StatusLabel, Text
from desktop.ui.naming import name
from desktop.ui.pages.open_days_invited import signed
from desktop.ui.pages.open_days_roll import RollTab
from desktop.ui.pages.open_days_steps import why_not
from desktop.ui.pages.open_days_tab import LOW
from desktop.ui.plain_table import PlainTable
from desktop.ui.segments import Segments
from desktop.ui.work_beside import at_once_or_beside

MOST = 50
"""How many of those found are shown; typing one letter more is faster than scrolling."""
AS = (Attendance.PRESENT, Attendance.SUBSTITUTE, Attendance.EXCUSED, Attendance.ABSENT)


def of_code(typed: str) -> str:
    """Return the invitation's number of a scanned letter `OD1:2026-1:邀〔2026〕17号`, else what was typed."""
    parts = typed.strip().split(":")
    return parts[2] if len(parts) == 3 and parts[0] == "OD1" else typed


class SignInTab(RollTab):
    """Type initials, a name or a number; Enter marks the first one found, ↓ chooses another."""

    key = "sign-in"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._found: list[Invitation] = []
        self._strangers: list[Representative] = []
        self.box = name(
            search_line("拼音首字母、姓名、邀请函编号，或扫邀请函上的二维码；回车记为出席", "user-check"),
            "sign-in-box",
            "签到",
        )
        self.box.setMinimumWidth(160)
        self.box.installEventFilter(self)
        self.how = Segments("记为", AS, clearable=False)
        name(self.how, "sign-in-as", "记为")
        self.how.pick(Attendance.PRESENT)
        self.counts: dict[str, StatusLabel] = {}
        self.last = StatusLabel("sign-in-last", "刚才", "muted", wrap=True)
        self.last.setMinimumWidth(60)
        self.list = PlainTable("sign-in-found", "找到的人", ("姓名", "单位", "编号", "回执", "出席"), wide=1)
        self._pause = QTimer(self, singleShot=True, interval=40)
        self._pause.timeout.connect(self._look)
        self.box.textChanged.connect(self._pause.start)
        self.box.returnPressed.connect(self.mark)
        self.list.doubleClicked.connect(self.mark)
        self.list.installEventFilter(self)
        self.list.setMinimumHeight(LOW)
        self._lay_out()

    def _lay_out(self) -> None:
        counts = QHBoxLayout()
        counts.setSpacing(20)
        for label in ("应到", "实到", "请假", "缺席", "还没到"):
            counts.addLayout(self._count(label))
        counts.addStretch(1)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(Text("记为", "muted"))
        line.addWidget(self.how)
        line.addSpacing(8)
        line.addWidget(self.last, 1)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(16, 12, 24, 0)
        layout.setSpacing(8)
        layout.addLayout(counts)
        layout.addWidget(self.box)
        layout.addLayout(line)
        self.body.addWidget(inside)
        self.body.addSpacing(8)
        self.body.addWidget(self.list, 1)

    def _count(self, label: str) -> QVBoxLayout:
        figure = self.counts[label] = StatusLabel(f"sign-in-{label}", label, "title")
        part = QVBoxLayout()
        part.setSpacing(0)
        part.addWidget(figure)
        part.addWidget(Text(label, "caption"))
        return part

    def showEvent(self, event: QEvent) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        super().showEvent(event)  # pyright: ignore[reportArgumentType]
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.box and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self._go(max(0, self.list.row() + step))
                return True
            if watched is self.list and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.mark()
                return True
        return super().eventFilter(watched, event)

    def _go(self, row: int) -> None:
        if row < self.list.rows.rowCount():
            self.list.setCurrentIndex(self.list.rows.index(row, 0))

    def show_roll(self, day: OpenDay) -> None:
        marks = self.roll.marks
        came = self.roll.counted("attendance")
        here = sum(came[word] for word in CAME)
        open_ = sum(map(_awaited, marks))
        due = sum(mark.reply != Reply.DECLINED or mark.attendance in CAME for mark in marks)
        values = {
            "应到": due,
            "实到": here,
            "请假": came[Attendance.EXCUSED],
            "缺席": came[Attendance.ABSENT],
            "还没到": open_,
        }
        for label, value in values.items():
            self.counts[label].say(f"{value} 人")
        self.box.setEnabled(bool(marks) and not self.frame.read_only)
        self._look()
        self._tell_next(day, here, open_)

    def _tell_next(self, day: OpenDay, here: int, left: int) -> None:
        if not self.roll.marks:
            self.offer("名单还是空的", "去定名单")
        elif day.state not in (DayState.HELD, DayState.ARCHIVED) and not why_not(day, "hold") and here:
            self.offer(f"已到 {here} 人", "记为已举行")
        elif left and here and day.held_on and day.held_on <= datetime.date.today():
            self.offer(f"还有 {left} 人没有记", f"把这 {left} 人记为缺席")
        else:
            self.offer("签到用键盘最快：打字、回车、下一个", "看总结")

    def take_next(self) -> None:
        if not self.roll.marks:
            self.turned.emit("名单")
        elif self.next.text() == "记为已举行" and self.day is not None:
            try:
                self.frame.desk.books.do(self.day, "hold", {})
            except (UserError, TroubleError) as error:
                self.frame.tell(error)
        elif self.next.text() == "看总结":
            self.turned.emit("总结")
        else:
            self._rest_absent()

    def _rest_absent(self) -> None:
        left = self.roll.keys(_awaited)
        question = f"把还没有记的 {len(left)} 人都记为缺席？"
        if self.frame.ask.confirm(question, yes=f"记 {len(left)} 人缺席", no="先不记"):
            self._mark(left, Attendance.ABSENT)

    def _look(self) -> None:
        """Show who may be meant, those still awaited first."""
        typed = of_code(self.box.text())
        came = {mark.key for mark in self.roll.marks if mark.attendance}
        found = sorted(self.roll.found(typed), key=came.__contains__)
        self._found = self.roll.records(found[:MOST])
        self._strangers = self._others(typed) if typed.strip() and not found else []
        self.list.fill([_row(one) for one in self._found] + [_stranger(one) for one in self._strangers])
        if typed.strip():
            self._go(0)
        else:
            self.list.setCurrentIndex(self.list.rootIndex())

    def _others(self, typed: str) -> list[Representative]:
        found = self.frame.desk.books.find(Representative, typed, 8)
        return [one for one in found if isinstance(one, Representative)]

    def mark(self) -> None:
        """Mark the one chosen; with nothing typed Enter does nothing, so that a second Enter is harmless."""
        if self._pause.isActive():
            self._pause.stop()
            self._look()
        row = self.list.row()
        if row < 0:
            return
        if row < len(self._found):
            self._mark([self._found[row].id], self.how.value(), self._found[row].representative.full_name)
        elif self.day is not None and row - len(self._found) < len(self._strangers):
            self._walk_in(self._strangers[row - len(self._found)], self.day)
        self.how.pick(Attendance.PRESENT)
        self.box.clear()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark(self, keys: Sequence[bytes], value: str, who: str = "") -> None:
        """Mark people as come or not, many beside the window; `who` names one."""
        what, given = f"签到 {len(keys)} 人：{value}", {"attendance": value}
        work = partial(self.frame.desk.inviting.do_several, what, keys, "attend", given)
        who = who or f"{len(keys):,} 人"

        def done(_none: object) -> None:
            self._said(who, value)

        at_once_or_beside(self.frame, self.window(), f"正在记为{value}", len(keys), work, done, self._refused)

    def _refused(self, error: BaseException) -> None:
        """Tell what stood in the way, and show again how things stand."""
        self.frame.tell(error)
        self.refresh()

    def _walk_in(self, person: Representative, day: OpenDay) -> None:
        """Somebody of the roll who wasn't invited came: invited now, and marked 临时到会."""
        question = f"{person.told_apart()}不在名单上"
        if not self.frame.ask.confirm(
            question, yes="记为临时到会", no="不记", detail="会编一个邀请编号，并记为临时到会。"
        ):
            return
        desk = self.frame.desk
        try:
            with desk.changes.change(f"临时到会：{person.full_name}", Invitation):
                people = desk.books.page(Query(Representative, keys=(person.id,)), 0, 1)
                for made in desk.inviting.invite(
                    day, [one for one in people if isinstance(one, Representative)]
                ):
                    desk.inviting.do(made, "attend", {"attendance": Attendance.WALKED_IN})
        except (UserError, TroubleError) as error:
            self.frame.tell(error)
            return
        self._said(person.full_name, Attendance.WALKED_IN)

    def _said(self, who: str, value: str) -> None:
        self.last.say(f"{who} {value} {datetime.datetime.now():%H:%M}")
        self.frame.toast(f"{who} {value}", undo=True)


def _awaited(mark: Mark) -> bool:
    """Say whether somebody is still awaited: nothing was noted, and they didn't decline."""
    return mark.attendance == "" and mark.reply != Reply.DECLINED


def _row(row: Invitation) -> tuple[str, ...]:
    person = row.representative
    return (person.full_name, person.unit, row.number, signed(row.reply), signed(row.attendance))


def _stranger(person: Representative) -> tuple[str, ...]:
    return (person.full_name, person.unit, "不在名单上", "", "回车：临时到会")
