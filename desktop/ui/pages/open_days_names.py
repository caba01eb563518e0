"""名单: who is invited to the day, what they replied, who came; set by keyboard for many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QStackedWidget

from desktop.records.invitations import Attendance, InvitationState, Reply
from desktop.records.open_days import DayState, OpenDay
from desktop.ui import buttons
from desktop.ui.boxes import search_line
from desktop.ui.frame import Frame
from desktop.ui.labels import EmptyState
from desktop.ui.layouts import row
from desktop.ui.naming import name, shown_text
from desktop.ui.pages.open_days_invited import InvitedView
from desktop.ui.pages.open_days_people import PeopleDialog
from desktop.ui.pages.open_days_roll import RollTab
from desktop.ui.pages.open_days_tab import LOW, open_print
from desktop.ui.work_beside import at_once_or_beside

KEYS: dict[str, tuple[str, str, str]] = {
    "1": ("reply", "reply", Reply.COMING),
    "2": ("reply", "reply", Reply.DECLINED),
    "3": ("reply", "reply", Reply.SUBSTITUTE),
    "0": ("reply", "reply", Reply.NONE),
    "c": ("attend", "attendance", Attendance.PRESENT),
    "q": ("attend", "attendance", Attendance.ABSENT),
    "j": ("attend", "attendance", Attendance.EXCUSED),
    "t": ("attend", "attendance", Attendance.SUBSTITUTE),
}
"""Key → verb, field, value: digits for the reply, initials for the attendance (出席 c, 缺席 q, 请假 j, 替 t)."""


class NamesTab(RollTab):
    """The invitations of a day. Insert invites, Delete voids, 1 2 3 0 set replies, c q j t attendance."""

    key = "names"
    with_void = True

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.view = InvitedView(self.roll, frame.memory)
        self.view.copies_beside(frame)
        self.rows = self.view.table
        self.search = name(
            search_line("姓名、拼音、编号、单位"),
            "invited-search",
            "在名单中搜索",
        )
        self.search.setMinimumWidth(90)
        self._pause = QTimer(self, singleShot=True, interval=50)
        self._pause.timeout.connect(self._show_found)
        self.add = buttons.plain("邀请代表", "invite", "user-plus")
        self.replies = self._menu_button("回执", "set-reply", "reply")
        self.came = self._menu_button("出席", "set-attendance", "attend")
        self.void = buttons.tool("x-circle", "void", "作废选中的邀请，编号不再使用（Delete）")
        self.seats = buttons.tool("list-ordered", "set-seats", "给选中的人依次排座位")
        self._lay_out()
        self._connect()

    def _menu_button(self, text: str, identifier: str, verb: str) -> QPushButton:
        button = buttons.quiet(text, identifier, "chevron-down")
        menu = QMenu(button)
        for key, (step, _, value) in KEYS.items():
            if step == verb:
                entry = QAction(shown_text(f"{value}\t{key.upper()}"), menu)
                entry.setData(key)
                menu.addAction(entry)
        menu.triggered.connect(self._picked)
        button.setMenu(menu)
        button.setToolTip(f"给选中的邀请登记{text}；在名单里直接按键更快")
        return button

    def _lay_out(self) -> None:
        first = buttons.primary("邀请代表", "invite-first", "user-plus")
        first.clicked.connect(self.invite)
        nobody = EmptyState(
            "users", "还没有邀请代表", "从代表名册里选人，按姓名、拼音或单位查找；选好后自动编号。", first
        )
        self._lists = QStackedWidget()
        self._lists.addWidget(self.view)
        nobody.setMinimumHeight(LOW)
        self._lists.addWidget(nobody)
        tools = row(
            self.search, self.add, self.replies, self.came, self.seats, self.void, margins=(16, 8, 16, 8)
        )
        tools.setStretchFactor(self.search, 1)
        self.body.addLayout(tools)
        self.body.addWidget(self._lists, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._pause.start)
        self.search.returnPressed.connect(self._to_list)
        self.add.clicked.connect(self.invite)
        self.void.clicked.connect(self.void_chosen)
        self.seats.clicked.connect(self.seat_chosen)
        self.view.typed.connect(self.set_by_key)
        self.view.opened.connect(self._open_person)
        self.view.selectionModel().selectionChanged.connect(self._tell)
        buttons.action(self, "邀请代表", "Ins").triggered.connect(self.invite)
        buttons.action(self.view, "作废邀请", "Delete").triggered.connect(self.void_chosen)

    def show_roll(self, day: OpenDay) -> None:
        self._show_found()
        shown = bool(self.roll.marks or self.roll.void)
        self._lists.setCurrentIndex(0 if shown else 1)
        self.search.setEnabled(shown)
        closed = day.state in (DayState.CANCELLED, DayState.ARCHIVED)
        self.add.setEnabled(not closed and not self.frame.read_only)
        self._tell()

    def _show_found(self) -> None:
        self.view.show_found(self.search.text().strip())

    def _to_list(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self._show_found()
        if self.rows.rowCount():
            self.view.go_to(0)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, key: bytes) -> None:
        """Go to the row of an invitation, with the search cleared."""
        self.search.clear()
        self._pause.stop()
        self._show_found()
        self.view.go_to_key(key)

    def _tell(self) -> None:
        chosen, invited = self.view.chosen_count, len(self.roll.marks)
        for button in (self.replies, self.came, self.seats, self.void):
            button.setEnabled(chosen > 0 and not self.frame.read_only)
        replies = self.roll.counted("reply")
        waiting = self.roll.counted("state")[InvitationState.WAITING]
        counts = " · ".join(f"{word} {replies[word]}" for word in Reply if replies[word])
        picked = f"；已选 {chosen} 人" if chosen > 1 else ""
        picked = f"；另有作废 {len(self.roll.void)} 封{picked}" if self.roll.void else picked
        if not invited:
            self.offer("名单还是空的", "邀请代表", icon="user-plus")
        elif waiting:
            self.offer(f"{invited} 人：{counts}{picked}", f"印 {waiting} 封邀请函")
        else:
            self.offer(f"{invited} 人：{counts}{picked}", "去签到")

    def take_next(self) -> None:
        waiting = self.roll.keys(lambda mark: mark.state == InvitationState.WAITING)
        if not self.roll.marks:
            self.invite()
        elif waiting:
            open_print(self, self.frame, ["invitation-letters"], self.day, waiting)
        else:
            self.turned.emit("签到")

    def invite(self) -> None:
        """Open the list of people to invite."""
        if self.day is not None and self.add.isEnabled():
            PeopleDialog(self.frame, self.window(), self.day).open()

    def _picked(self, entry: QAction) -> None:
        self.set_by_key(entry.data())

    def set_by_key(self, key: str) -> None:
        """Set a reply or an attendance for everybody selected, as one change with one undo."""
        chosen = self._chosen()
        if not chosen:
            return
        verb, field, value = KEYS[key]
        words = f"{'回执' if verb == 'reply' else '出席'}：{value}"
        who = self._called(chosen)
        what = f"登记 {len(chosen)} 人{words}"
        work = partial(self.frame.desk.inviting.do_several, what, chosen, verb, {field: value})
        self._do(chosen, f"正在登记{words}", work, f"{who} {words}", go_on=len(chosen) == 1)

    def _chosen(self) -> list[bytes]:
        """Return the keys of those selected that stand, none where nothing may be changed."""
        chosen = [] if self.frame.read_only else self.standing_ids()
        if not chosen and self.view.chosen_count and not self.frame.read_only:
            self.frame.toast("选中的邀请已经作废，要再请这个人请点“邀请代表”")
        return chosen

    def standing_ids(self) -> list[bytes]:
        """Return the keys of those selected that aren't void."""
        return [key for key in self.view.chosen_ids() if key not in self.roll.void]

    def _called(self, keys: Sequence[bytes]) -> str:
        """Return the name of one, the number of several."""
        if len(keys) > 1:
            return f"{len(keys):,} 人"
        return next((row.representative.full_name for row in self.roll.records(keys)), "")

    def _do(
        self,
        keys: Sequence[bytes],
        words: str,
        work: Callable[..., Any],
        told: str,
        *,
        go_on: bool = False,
    ) -> None:
        """Change invitations, many beside the window, and tell it with an undo."""

        def done(_none: object) -> None:
            self.frame.toast(told, undo=True)
            if go_on:
                self._go_on()

        at_once_or_beside(self.frame, self.window(), words, len(keys), work, done, self._refused)

    def _refused(self, error: BaseException) -> None:
        """Tell what stood in the way, and show again how things stand."""
        self.frame.tell(error)
        self.refresh()

    def _go_on(self) -> None:
        """Step to the next row, so that a pile of slips is one key each."""
        below = self.view.currentIndex().row() + 1
        if below < self.rows.rowCount():
            self.view.go_to(below)

    def void_chosen(self) -> None:
        """Void the invitations selected, with a reason; their numbers are never used again."""
        chosen = self._chosen()
        if not chosen:
            return
        one = next(iter(self.roll.records(chosen[:1])), None)
        what = f"{one.number} {one.salutation}" if one and len(chosen) == 1 else f"这 {len(chosen):,} 封邀请"
        reason = self.frame.ask.text(f"作废 {what}", label="作废的原因（编号以后不再使用）：")
        if reason is None:
            return
        work = partial(
            self.frame.desk.inviting.do_several, f"作废 {what}", chosen, "void", {"reason": reason}
        )
        self._do(chosen, f"正在作废{what}", work, f"已作废 {what}")

    def seat_chosen(self) -> None:
        """Give the people selected seats one after another, from the one that is typed."""
        chosen = self._chosen()
        if not chosen:
            return
        who = self._called(chosen)
        first = self.frame.ask.text(f"给{who}排座位", label="从哪个座位起（如 3排5座），后面的人依次往下排：")
        if first is None:
            return
        work = partial(self.frame.desk.inviting.seat, chosen, first)
        self._do(chosen, "正在排座位", work, f"{who} 已排座位")

    def _open_person(self) -> None:
        if chosen := self.roll.records(self.view.chosen_ids()[:1]):
            self.frame.go("representatives", chosen[0].representative.id)
