"""代表: everybody who is, was or may be invited, with identities, contacts and history."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.records import readings
from desktop.records.base import Record, kinds_of
from desktop.records.invitations import Invitation, standing_keys
from desktop.records.listing import Query
from desktop.records.representatives import SORTED_BY, Contact, Identity, Representative, alike, identities_of
from desktop.ui import buttons
from desktop.ui.frame import Frame
from desktop.ui.labels import Text
from desktop.ui.list_layout import ListLayout
from desktop.ui.list_page import RecordPage
from desktop.ui.naming import set_property
from desktop.ui.page_tools import add_sheets
from desktop.ui.plain_table import PlainTable
from desktop.ui.sections import Section
from desktop.ui.tables import Column, column_of

if TYPE_CHECKING:
    from desktop.ui.parts_panel import PartsPanel
    from desktop.ui.record_form import RecordForm

SECTIONS = (
    Section("", ("full_name", "sex", "born_on", "ethnicity", "party", "unit", "post", "source")),
    Section("联系方式", ("mobile", "id_number", "address", "postcode")),
    Section("称呼与备注", ("honorific", "reading", "restricted", "note")),
)
NAMESAKE_PAUSE = 300
WIDTHS = {"full_name": 148, "sex": 56, "unit": 168, "post": 96, "mobile": 120}


def _aged(person: Representative) -> str:
    """Return `1967-03 (59岁)`; a year alone gives no age to the day, so the age is the year's."""
    if not person.born_on:
        return ""
    today = datetime.date.today()
    month, day = int(person.born_on[5:7] or 1), int(person.born_on[8:10] or 1)
    age = today.year - int(person.born_on[:4]) - ((today.month, today.day) < (month, day))
    return f"{person.born_on}  {age}岁"


def _identities(people: list[Record]) -> dict[bytes, str]:
    found = identities_of(cast("list[Representative]", people))
    return {key: "、".join(identity.caption() for identity in rows) for key, rows in found.items()}


def _columns() -> tuple[Column, ...]:
    sortable = {"full_name" if column == "reading_key" else column for column in SORTED_BY}
    made: list[Column] = []
    for kind in kinds_of(Representative):
        column = column_of(kind, sortable=kind.name in sortable)
        if kind.name in WIDTHS:
            column = replace(column, width=WIDTHS[kind.name])
        if kind.name == "born_on":
            column = Column("born_on", kind.label, _aged, width=142, sort="born_on")
        made.append(column)
        if kind.name == "sex":
            made.append(Column("identities", "身份", str, width=124, batch=_identities, grows=True))
    return tuple(made)


class RepresentativesPage(RecordPage):
    """The list of representatives and the form of one."""

    key, label, icon = "representatives", "代表", "users"

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            frame,
            ListLayout(
                model=Representative,
                sections=SECTIONS,
                unit="人",
                purpose="这里放可以邀请参加开放日的人：两代表一委员、基层党员、群众代表。可以逐个新建，也可以从花名册导入。",
                first_step="新建第一位代表",
                hint="姓名、拼音、首字母、电话后四位、单位",
                filters=("sex", "party", "source"),
                shown=("full_name", "sex", "identities", "unit", "post", "mobile", "born_on"),
                columns=_columns(),
            ),
        )
        add_sheets(self, "导入花名册", "从 Excel 或 CSV 花名册导入代表")
        letters = buttons.plain("打印", "print", "printer")
        letters.setToolTip("印下一个开放日的邀请函和签到表 (Ctrl+P)")
        letters.setShortcut(QKeySequence.StandardKey.Print)
        letters.clicked.connect(self.print_letters)
        self.add_tool(letters)
        self._namesakes = QTimer(self, singleShot=True, interval=NAMESAKE_PAUSE)
        self._namesakes.timeout.connect(self._warn_of_namesakes)

    def ready(self) -> Iterator[None]:
        yield from super().ready()
        readings.get_ready()
        yield

    def print_letters(self) -> None:
        """Open the print dialog of the next open day, for the people chosen where several are."""
        from desktop.ui.print_dialog import PrintDialog

        desk = self.frame.desk
        try:
            day = desk.press.day(desk.open_days.next())
        except UserError as told:
            self.frame.tell(told)
            return
        people = set(self.view.chosen_ids()) if self.view.chosen_count > 1 else set()
        chosen = [key for key, person, _ in standing_keys(day) if person in people] if people else []
        PrintDialog(self.frame, ("invitation-letters", "sign-in-sheet"), day, chosen, parent=self).open()

    def print_cards(self) -> None:
        """Open the print dialog for the cards of the people chosen, invited or not, else of the one shown."""
        from desktop.ui.print_dialog import PrintDialog

        if self.record is None or self.fresh or not self.may_leave():
            return
        chosen = self.view.chosen_ids() if self.view.chosen_count > 1 else [self.record.id]
        PrintDialog(self.frame, ("contact-cards",), None, chosen, parent=self).open()

    def furnish(self, form: RecordForm) -> None:
        form.add_tab("身份", self._identities)
        form.add_tab("联系档案", self._contacts)
        form.add_tab("历史", self._past)
        form.tabs.currentChanged.connect(self._fill_past)
        form.box("full_name").edited.connect(self._namesakes.start)

    @cached_property
    def identities(self) -> PartsPanel:
        """Return the dated identities of the person shown."""
        from desktop.ui.parts_panel import PartsPanel

        return PartsPanel(
            self.frame, Identity, "representative", ("sort", "level", "electing_unit", "term", "since", "until"),
            sort="since", descending=True, wide=2,
            purpose="同一个人可以有几个身份，各有任期，例如市党代表、县政协委员。",
        )  # fmt: skip

    @cached_property
    def contacts(self) -> PartsPanel:
        """Return the contact file of the person shown."""
        from desktop.ui.parts_panel import PartsPanel

        return PartsPanel(
            self.frame, Contact, "representative", ("on", "way", "text"), sort="on", descending=True,
            purpose="每次打电话、寄信、当面谈话记一笔，就是这位代表的联系档案。",
        )  # fmt: skip

    def _identities(self) -> PartsPanel:
        self.identities.changed.connect(self.table.refresh)
        return self._at_owner(self.identities)

    def _contacts(self) -> PartsPanel:
        cards = buttons.quiet("印档案卡", "print-cards", "printer")
        cards.setToolTip("印这位代表的联系档案卡；列表里选中几位，就印几位的")
        cards.clicked.connect(self.print_cards)
        self.contacts.add_tool(cards)
        return self._at_owner(self.contacts)

    def _at_owner(self, panel: PartsPanel) -> PartsPanel:
        panel.show_parts_of(None if self.fresh else self.record)
        return panel

    def _past(self) -> QWidget:
        self.invitations = PlainTable(
            "invitation-history", "历次邀请", ("开放日", "编号", "回执", "出席", "状态"), wide=0
        )
        self.history = PlainTable(
            "history", "修改历史", ("时间", "做了什么", "项目", "原来", "改为", "经手人"), wide=4
        )
        side = QWidget()
        set_property(side, "role", "surface")
        layout = QVBoxLayout(side)
        layout.setContentsMargins(8, 12, 8, 8)
        layout.setSpacing(4)
        for title, table in (("历次邀请", self.invitations), ("修改历史", self.history)):
            heading = Text(title, "heading")
            heading.setContentsMargins(8, 0, 0, 0)
            layout.addWidget(heading)
            layout.addWidget(table, 1 if table is self.invitations else 2)
            layout.addSpacing(8)
        return side

    def opened(self, record: Record, *, fresh: bool) -> None:
        for panel in self.form.panels:
            self._at_owner(panel)
        self._fill_past()

    def heard(self, models: frozenset[type[Record]]) -> None:
        super().heard(models)
        if Identity in models and Representative not in models:
            self.table.refresh()
            self._keep_row()

    def _fill_past(self) -> None:
        """Read the past only when its tab is in front: it is long and seldom looked at."""
        if self.form.tabs.currentIndex() != 3 or self.record is None or self.fresh:
            return
        query = Query(
            Invitation, where=(("representative", self.record),), sort="created_at", descending=True
        )
        invited = cast("list[Invitation]", self.books.page(query, 0, 200))
        self.invitations.fill(
            [(row.open_day.told_apart(), row.number, row.reply, row.attendance, row.state) for row in invited]
        )
        from desktop.ui import history_dialog  # seldom looked at: a start needs none of it

        self.history.fill(history_dialog.lines(self.record, self.frame.desk.changes.history(self.record)))

    def _warn_of_namesakes(self) -> None:
        """Say while a name is typed that there is somebody of that name already."""
        if self.record is None:
            return
        box = self.form.box("full_name")
        typed = Representative(full_name=box.kind.parse(box.value()))
        others = (
            [person for person in alike([typed]) if person.id != self.record.id] if typed.full_name else []
        )
        row = self.form.fields.rows["full_name"]
        if not others:
            row.warn("")
            return
        more = f"等 {len(others)} 人" if len(others) > 2 else ""
        row.warn(f"已有同名：{'、'.join(person.told_apart() for person in others[:2])}{more}")
