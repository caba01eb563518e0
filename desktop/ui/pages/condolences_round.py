"""登记一批慰问: what is brought stands at the left once, the households it is brought to at the right."""

from __future__ import annotations

import copy
import datetime
from typing import Any, cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import TroubleError, UserError
from desktop.records.households import Household
from desktop.records.listing import Query
from desktop.records.pairings import Condolence
from desktop.services.household_presence import refuse_absent
from desktop.ui import buttons
from desktop.ui.field_row import FieldRow
from desktop.ui.form import FieldForm
from desktop.ui.frame import Frame
from desktop.ui.labels import Banner, OneLine, StatusLabel, Text, Tone
from desktop.ui.layouts import hairline, row
from desktop.ui.marks import Mark
from desktop.ui.naming import set_property
from desktop.ui.pages.households_picking import HouseholdPicker
from desktop.ui.pages.visits_household import HouseholdEditor, makes_households
from desktop.ui.plain_table import PlainTable
from desktop.ui.sections import Section

ALIKE = ("on", "staff", "occasion", "goods", "amount", "note")
LEFT = 340
"""Pixels of what is brought."""


class RoundPanel(QWidget):
    """One form and a list of households. `left` leaves it, `registered` carries what was registered, in words."""

    left = Signal()
    registered = Signal(str)

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        set_property(self, "role", "surface")
        self._frame = frame
        self.homes: list[Household] = []
        self.kept: list[Condolence] = []
        """What was registered last."""
        self.fields = FieldForm(Condolence, (Section("", ALIKE),), frame.desk.books, later=True)
        self.fields.setObjectName("round-fields")
        kind: Any = copy.copy(cast("Any", Condolence.household))
        kind.label, kind.required = "加入", False
        self.home = HouseholdEditor(kind, frame.desk.books)
        self.home_row = FieldRow(self.home)
        self.pick = buttons.plain("从户中挑选…", "pick-households", "list-checks")
        self.pick.setToolTip("按类别、村列出户，一次选许多户（Ctrl+L）")
        self.table = PlainTable(
            "round-homes", "这一批慰问的户", ("户号", "户主", "村组", "类别", "当天"), wide=2
        )
        self.remove = buttons.quiet("移出", "round-remove", "trash")
        self.remove.setToolTip("移出选中的一户（Delete）")
        self.banner = Banner("round-banner", "提示")
        self.told = StatusLabel("round-told", "这一批", "strong")
        self.done = buttons.plain("回到慰问", "round-done", "check")
        self.done.setToolTip("Esc")
        self.go = buttons.primary("登记", "round-go")
        self._lay_out()
        self._connect()
        self._begun = False

    def _lay_out(self) -> None:
        self.fields.setFixedWidth(LEFT)
        self.home_row.align_by_type(48)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(row(self.home_row, self.pick, margins=(8, 12, 16, 8)))
        right.addWidget(self.table, 1)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.fields)
        body.addWidget(hairline(upright=True))
        body.addLayout(right, 1)
        rule = OneLine("左边填一次，右边一户一户加入；Enter 往下走", "caption")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(
            row(Text("登记一批慰问", "heading"), None, rule, 8, self.done, margins=(16, 8, 16, 8))
        )
        layout.addWidget(hairline())
        layout.addWidget(self.banner)
        layout.addLayout(body, 1)
        layout.addWidget(hairline())
        layout.addLayout(row(self.told, None, self.remove, self.go, margins=(16, 8, 24, 8)))

    def _connect(self) -> None:
        makes_households(self._frame, self.home)
        self.home.settled.connect(self._settled)
        self.home.edited.connect(lambda: self.home_row.complain(""))
        self.fields.finished.connect(self.home.widget.setFocus)
        self.fields.changed.connect(self._tell)
        self.pick.clicked.connect(self.pick_several)
        self.remove.clicked.connect(self.take_off)
        self.go.clicked.connect(self.register)
        self.done.clicked.connect(self.left)
        buttons.action(self, "从户中挑选", "Ctrl+L").triggered.connect(self.pick_several)
        buttons.action(self.table, "移出这一户", "Delete").triggered.connect(self.take_off)
        buttons.action(self, "回到慰问", "Esc").triggered.connect(self.left)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            buttons.action(self, "登记", keys).triggered.connect(self.register)

    def minimumSizeHint(self) -> QSize:
        """Return what it needs; the list of households gives way."""
        return QSize(LEFT + 300, super().minimumSizeHint().height())

    def begin(self) -> None:
        """Begin a round; what the last one was is kept where nothing is in it but the day."""
        if not self._begun:
            self._begun = True
            gift = self._frame.desk.books.new(Condolence)
            gift.on = datetime.date.today()
            self.fields.load(gift)
            for box in self.fields.rows.values():
                box.editor.edited.connect(self._tell)
        self.clear()
        self.fields.focus_first()

    @property
    def dirty(self) -> bool:
        """Tell whether households wait to be registered."""
        return bool(self.homes)

    # -- the households

    def _settled(self) -> None:
        """Take the household that Enter chose; Enter in the empty box goes on to the button."""
        home = self.home.home
        if home is None:
            self.go.setFocus(Qt.FocusReason.TabFocusReason)
            return
        if self.add([home]):
            self.home.load(None)
        self.home.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self, homes: list[Household]) -> bool:
        """Take households into the round; one that is in it, or isn't there any more, is told and left out."""
        there = {home.id for home in self.homes}
        fault = ""
        for home in homes:
            if home.id in there:
                fault = f"“{home.told_apart()}”已在这一批里" if len(homes) == 1 else fault
                continue
            try:
                refuse_absent(home, self._day(), "慰问", "household")
            except UserError as refused:
                fault = refused.message
                continue
            there.add(home.id)
            self.homes.append(home)
        self.home_row.complain(fault)
        self._show()
        return not fault

    def pick_several(self) -> None:
        """Choose households from their list, by sort and village."""
        HouseholdPicker(self._frame, self.window(), self._picked).open()

    def _picked(self, keys: list[bytes]) -> None:
        found = self._frame.desk.books.page(Query(Household, keys=tuple(keys)), 0, len(keys))
        self.add(cast("list[Household]", found))
        self.home.widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_off(self) -> None:
        """Take the household gone to out of the round."""
        at = self.table.row()
        if 0 <= at < len(self.homes):
            del self.homes[at]
            self._show()
            if self.homes:
                self.table.selectRow(min(at, len(self.homes) - 1))

    def clear(self) -> None:
        """Forget the households; what is brought stays."""
        self.homes = []
        self.home.load(None)
        self.home_row.complain("")
        self.banner.say("")
        self._show()

    def look_again(self) -> None:
        """Read the households again; those that are gone go."""
        if self.homes:
            keys = tuple(home.id for home in self.homes)
            found = {
                row.id: row for row in self._frame.desk.books.page(Query(Household, keys=keys), 0, len(keys))
            }
            self.homes = [cast("Household", found[key]) for key in keys if key in found]
        self._show()

    def _day(self) -> datetime.date:
        try:
            return cast("datetime.date | None", self.fields.box("on").store()) or datetime.date.today()
        except UserError:
            return datetime.date.today()

    def _show(self) -> None:
        met = self._frame.desk.condoling.met_already(self._day(), self.homes)
        self.table.fill(
            [
                (home.number, home.head, f"{home.village}{home.group}", home.sort,
                 Mark("已慰问", Tone.WARN) if home.id in met else "")
                for home in self.homes
            ]
        )  # fmt: skip
        self._tell()

    def _tell(self) -> None:
        """Say how many households and how much money it comes to."""
        many = len(self.homes)
        try:
            amount = cast("int | None", self.fields.box("amount").store()) or 0
        except UserError:
            amount = 0
        money = f"，慰问金共 {amount * many:,} 元" if amount and many else ""
        self.told.say(f"已选 {many} 户{money}" if many else "还没有选户")
        self.go.setText(f"登记 {many} 户的慰问" if many else "登记")
        self.remove.setEnabled(bool(many))

    # -- registering

    def register(self) -> bool:
        """Keep one condolence a household, all or none; a fault stands beside its field."""
        self.banner.say("")
        if self._frame.read_only:
            return False
        if not self.homes:
            self.home_row.complain("还没有选户：输入户主或首字母后按 Enter，或从户中挑选")
            self.home.widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        alike = self._frame.desk.books.new(Condolence)
        alike.household = self.homes[0]
        return self.fields.store(alike) and self._sure(alike) and self._keep(alike)

    def _sure(self, alike: Condolence) -> bool:
        """Ask about households that have something of the day."""
        assert alike.on is not None
        met = self._frame.desk.condoling.met_already(alike.on, self.homes)
        heads = [home.head for home in self.homes if home.id in met]
        told = "、".join(heads[:4]) + (" 等" if len(heads) > 4 else "")
        return not heads or self._frame.ask.confirm(
            f"其中 {len(heads)} 户（{told}）{alike.on} 已登记过慰问", yes="仍然登记，户次照计", no="回去改"
        )

    def _keep(self, alike: Condolence) -> bool:
        try:
            kept = self.kept = self._frame.desk.condoling.save_round(alike, self.homes)
        except UserError as fault:
            if fault.field in self.fields.rows:
                self.fields.show_fault(fault)
            else:
                self.banner.say(fault.message, Tone.LATE)
            return False
        except TroubleError as trouble:
            self._frame.tell(trouble)
            return False
        money = sum(gift.amount or 0 for gift in kept)
        later = f"，到 {alike.on} 才计入户次" if alike.is_ahead else ""
        self.clear()
        self.registered.emit(
            f"已登记 {len(kept)} 户的慰问" + (f"，慰问金共 {money:,} 元" if money else "") + later
        )
        return True
