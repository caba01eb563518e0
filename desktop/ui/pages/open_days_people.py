"""Inviting: people found by name or pinyin, one by one with Enter, or everybody a filter finds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.records.base import Record
from desktop.records.invitations import standing_keys
from desktop.records.kinds import Kind
from desktop.records.listing import Query, field_of
from desktop.records.open_days import OpenDay
from desktop.records.papers import Watch
from desktop.records.representatives import Representative, identities_of
from desktop.services.desk import Desk
from desktop.ui import buttons
from desktop.ui.counting import CountBeside
from desktop.ui.dialogs import Dialog
from desktop.ui.filters import FilterLine
from desktop.ui.frame import Frame, sentence
from desktop.ui.labels import StatusLabel
from desktop.ui.record_view import RecordView
from desktop.ui.tables import Column, RecordTable, column_of
from desktop.ui.work_beside import STOPPED, at_once_or_beside

LONG = 1_000
"""Found people from whom on the keys of all are read beside the window: 8,000 take 0.2 s."""
LOOKED = 200
"""Rows looked through for the next one to invite."""


class Made(NamedTuple):
    """Who was invited: the keys of the people, and the last one in words."""

    people: tuple[bytes, ...]
    last: str


def _invite(desk: Desk, day: bytes, wanted: Sequence[bytes], watch: Watch | None = None) -> Made:
    """Invite people to a day, on whatever thread."""
    found = desk.books.page(Query(Representative, keys=tuple(wanted)), 0, len(wanted))
    made = desk.inviting.invite(desk.books.get(OpenDay, day), cast("list[Representative]", found), watch)
    if not made:
        return Made((), "")
    last = f"{made[-1].representative.full_name}（{made[-1].number}）"
    return Made(tuple(row.__data__["representative"] for row in made), last)


def _column(field: str, width: int) -> Column:
    kind: Kind = field_of(Representative, field)
    made = column_of(kind, sortable=field in ("full_name", "unit"))
    return Column(made.key, made.label, made.show, width=width, middle=made.middle, sort=made.sort)


class PeopleDialog(Dialog):
    """Search line above, people below; stays open until everybody is there."""

    def __init__(self, frame: Frame, parent: QWidget | None, day: OpenDay) -> None:
        super().__init__(parent, f"邀请代表参加“{day.theme}”", "invite-people")
        self._frame, self.day = frame, day
        books = frame.desk.books
        self._there = {person for _, person, _ in standing_keys(day)}
        self.filter = FilterLine(
            Representative,
            ("party", "source"),
            books,
            frame.memory,
            frame.ask,
            "姓名、拼音首字母、电话或单位，回车邀请",
        )
        self.filter.fill_words()
        columns = (
            Column("there", "", str, width=76, batch=self._already),
            _column("full_name", 148),
            Column("identities", "身份", str, width=120, batch=self._identities),
            _column("unit", 220),
            _column("post", 110),
        )
        self.table = RecordTable(
            books, Query(Representative), columns, CountBeside(self, frame.workroom, books)
        )
        self.table.counted.connect(self._tell)
        self.view = RecordView(self.table, frame.memory, "invite-people", "可邀请的代表")
        self.view.copies_beside(frame)
        self.count = StatusLabel("invite-count", "人数", "muted")
        self._lay_out()
        self.filter.changed.connect(self.search)
        self.filter.left.connect(self._entered)
        self.view.opened.connect(self.invite_chosen)
        self.view.selectionModel().selectionChanged.connect(self._tell)
        self.resize(840, 560)
        if self.filter.query(self.table.query) == self.table.query:
            self._look()  # the table has read them already
        else:
            self.search()
        self.filter.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self.body.addWidget(self.filter)
        self.body.addWidget(self.view, 1)
        self.all = buttons.plain("邀请全部", "invite-all", "users")
        self.one = buttons.primary("邀请选中的", "invite-chosen", "user-plus")
        close = buttons.plain("完成", "invite-close")
        self.all.clicked.connect(self.invite_all)
        self.one.clicked.connect(self.invite_chosen)
        close.clicked.connect(self.accept)
        self.footer.insertWidget(0, self.count)
        for button in (close, self.all, self.one):
            self.footer.addWidget(button)

    def _already(self, rows: list[Record]) -> dict[bytes, str]:
        return {row.id: "✓ 已邀请" for row in rows if row.id in self._there}

    @staticmethod
    def _identities(rows: list[Record]) -> dict[bytes, str]:
        found = identities_of(cast("list[Representative]", rows))
        return {key: "、".join(identity.caption() for identity in held) for key, held in found.items()}

    def search(self) -> None:
        """Show whom the line finds, the first one not invited yet chosen, so that Enter invites."""
        self.table.search_for(self.filter.query(self.table.query))
        self._look()

    def _look(self) -> None:
        self.filter.mark()
        if self.table.rowCount():
            self.view.go_to(self._next(0))
        self._tell()

    def _next(self, row: int) -> int:
        """Return the first row from `row` on of somebody not invited yet, `row` itself where all near by are."""
        near = self.table.keys(range(row, min(row + LOOKED, self.table.rowCount())))
        return row + next((place for place, key in enumerate(near) if key not in self._there), 0)

    def _entered(self) -> None:
        """Enter in the line invites the first one found and is ready for the next name."""
        if not self.filter.search.text().strip():
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self.table.query.search != self.filter.search.text().strip():
            self.search()
        self.invite_chosen()
        self.filter.search.selectAll()

    def invite_chosen(self) -> None:
        """Invite the people selected."""
        self._invite(self.view.chosen_ids())

    def invite_all(self) -> None:
        """Invite everybody the filter finds, after the number was confirmed."""
        found = partial(self._frame.desk.books.ids, self.table.query)
        if self.table.rowCount() <= LONG:
            self._ask_for_all(found())
            return
        self.all.setEnabled(False)
        self._frame.workroom.look(self, found, done=self._ask_for_all, failed=self._refused)

    def _ask_for_all(self, found: Sequence[bytes]) -> None:
        self._tell()
        keys = [key for key in found if key not in self._there]
        if not keys:
            self.complain("筛选出的代表都已经邀请过了")
            return
        room = self.day.capacity
        over = len(self._there) + len(keys) - room if room else 0
        detail = (
            f"名额 {room} 人，邀请后共 {len(self._there) + len(keys)} 人，超出 {over} 人。"
            if over > 0
            else ""
        )
        if self._frame.ask.confirm(
            f"邀请筛选出的 {len(keys):,} 人？", yes=f"邀请这 {len(keys):,} 人", no="先不邀请", detail=detail
        ):
            self._invite(keys)

    def _invite(self, keys: Sequence[bytes]) -> None:
        wanted = tuple(key for key in keys if key not in self._there)
        if not wanted:
            self.complain("选中的代表已经邀请过了" if keys else "请先选中要邀请的代表")
            if keys:
                self.view.go_to(self._next(self.view.currentIndex().row()))
            return
        work = partial(_invite, self._frame.desk, self.day.id, wanted)
        words = f"正在邀请 {len(wanted):,} 人"
        at_once_or_beside(self._frame, self, words, len(wanted), work, self._invited, self._refused)

    def _refused(self, error: BaseException) -> None:
        words = sentence(error)
        if words is None:
            raise error
        self.complain(words or STOPPED)

    def _invited(self, made: Made) -> None:
        """Show who is invited now."""
        self.banner.say("")
        self._there |= set(made.people)
        count = len(made.people)
        self._frame.toast(f"已邀请 {made.last}" if count == 1 else f"已邀请 {count:,} 人", undo=True)
        row = self.view.currentIndex().row()
        self.table.refresh()
        self.view.go_to(self._next(row))
        self._tell()

    def _tell(self) -> None:
        found, chosen = self.table.rowCount(), self.view.chosen_count
        room = f" / 名额 {self.day.capacity}" if self.day.capacity else ""
        self.count.say(f"已邀请 {len(self._there)} 人{room}")
        self.all.setText(f"邀请全部 {found:,} 人" if self.table.complete else "邀请全部")
        self.one.setText(f"邀请选中的 {chosen} 人" if chosen > 1 else "邀请选中的")
        self.one.setEnabled(bool(chosen))
        self.all.setEnabled(found > 0 and self.table.complete)
