"""登记一批慰问: what is brought stands at the left once, the households it is brought to at the right."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import cast

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import TroubleError, UserError
from desktop.records.pairings import Condolence
from desktop.ui import buttons
from desktop.ui.form import FieldForm
from desktop.ui.frame import Frame
from desktop.ui.labels import Banner, OneLine, StatusLabel, Text, Tone
from desktop.ui.layouts import hairline, row
from desktop.ui.naming import set_property
from desktop.ui.pages.condolences_homes import RoundHomes
from desktop.ui.sections import Section

ALIKE = ("on", "staff", "occasion", "goods", "amount", "note")
HOMES = "homes"
"""Under what a draft keeps the households of a round."""
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
        self.kept: list[Condolence] = []
        """What was registered last."""
        self.fields = FieldForm(Condolence, (Section("", ALIKE),), frame.desk.books, later=True)
        self.fields.setObjectName("round-fields")
        self.to = RoundHomes(frame, self._day)
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
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.fields)
        body.addWidget(hairline(upright=True))
        body.addWidget(self.to, 1)
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
        self.to.finished.connect(self.go.setFocus)
        self.to.changed.connect(self._tell)
        self.fields.finished.connect(self.to.focus)
        self.fields.changed.connect(self._tell)
        self.remove.clicked.connect(self.to.take_off)
        self.go.clicked.connect(self.register)
        self.done.clicked.connect(self.left)
        buttons.action(self, "从户中挑选", "Ctrl+L").triggered.connect(self.to.pick_several)
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
            self.fields.box("on").edited.connect(self.to.show_all)
        self.clear()
        self.fields.focus_first()

    @property
    def dirty(self) -> bool:
        """Tell whether households wait to be registered."""
        return bool(self.to.homes)

    def clear(self) -> None:
        """Forget the households; what is brought stays."""
        self.banner.say("")
        self.to.clear()

    def typed(self) -> dict[str, str]:
        """Return what isn't registered, as texts: what is brought, and the keys of the households."""
        return {**self.fields.typed(), HOMES: " ".join(home.id.hex() for home in self.to.homes)}

    def type_in(self, texts: Mapping[str, str]) -> None:
        """Put a round typed before back, as it was."""
        self.fields.type_in(texts)
        self.to.add_keys([bytes.fromhex(key) for key in texts.get(HOMES, "").split()])

    def _day(self) -> datetime.date:
        try:
            return cast("datetime.date | None", self.fields.box("on").store()) or datetime.date.today()
        except UserError:
            return datetime.date.today()

    def _tell(self) -> None:
        """Say how many households and how much money it comes to."""
        many = len(self.to.homes)
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
        if not self.to.homes:
            self.to.complain("还没有选户：输入户主或首字母后按 Enter，或从户中挑选")
            self.to.focus()
            return False
        alike = self._frame.desk.books.new(Condolence)
        alike.household = self.to.homes[0]
        return self.fields.store(alike) and self._sure(alike) and self._keep(alike)

    def _sure(self, alike: Condolence) -> bool:
        """Ask about households that have something of the day."""
        assert alike.on is not None
        met = self._frame.desk.condoling.met_already(alike.on, self.to.homes)
        heads = [home.head for home in self.to.homes if home.id in met]
        told = "、".join(heads[:4]) + (" 等" if len(heads) > 4 else "")
        return not heads or self._frame.ask.confirm(
            f"其中 {len(heads)} 户（{told}）{alike.on} 已登记过慰问", yes="仍然登记，户次照计", no="回去改"
        )

    def _keep(self, alike: Condolence) -> bool:
        try:
            kept = self.kept = self._frame.desk.condoling.save_round(alike, self.to.homes)
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
