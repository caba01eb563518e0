"""慰问: what was brought to whom; one by one, or a round to many households; what is not signed for yet."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QVBoxLayout

from desktop.errors import TroubleError, UserError
from desktop.records import pairing_rows
from desktop.records.base import Record, kinds_of
from desktop.records.households import Household
from desktop.records.pairings import Condolence
from desktop.ui import buttons, unsaved
from desktop.ui.frame import Frame
from desktop.ui.labels import Tone
from desktop.ui.list_layout import ListLayout
from desktop.ui.list_page import RecordPage
from desktop.ui.marks import Mark
from desktop.ui.page_tools import add_papers
from desktop.ui.pages.condolences_faces import GiftFaces, add_tools
from desktop.ui.sections import Section
from desktop.ui.tables import Column, column_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.services.drafts import Texts
    from desktop.ui.editors import EditorMaker
    from desktop.ui.record_form import RecordForm

SECTIONS = (
    Section("", ("household", "on", "staff", "occasion", "goods", "amount", "signed", "note")),
)  # fmt: skip
SHOWN = ("on", "head", "place", "staff_name", "occasion", "goods", "amount", "stands")
PILE = f"{unsaved.PILE}condolence"
"""The part of a draft that is a round."""
SIGNED, UNSIGNED, AHEAD = "已签收", "待签收", "待慰问"
TONES = {SIGNED: Tone.DONE, UNSIGNED: Tone.WARN, AHEAD: Tone.PRESUMED}
ASKED_AGAIN = {"household", "on"}
"""The fields whose edits make what should be asked about another thing."""
FORM_LEAST = 480
"""Pixels that the form gets where the window is narrow."""


def _faces(place: int, gifts: list[Record]) -> dict[bytes, str]:
    return {key: face[place] for key, face in pairing_rows.faces(gifts).items()}


def stands(gift: Condolence) -> str:
    """Return whether a condolence was signed for, or is still to come."""
    if gift.is_ahead:
        return AHEAD
    return SIGNED if gift.signed else UNSIGNED


def columns() -> tuple[Column, ...]:
    """Return the columns of the list: those of a condolence, and what it shows of others."""
    own = {
        kind.name: column_of(kind, sortable=kind.name in ("on", "occasion", "amount"))
        for kind in kinds_of(Condolence)
    }
    own["on"] = replace(own["on"], width=100)
    own["occasion"] = replace(own["occasion"], label="时机", width=76)
    own["goods"] = replace(own["goods"], width=110, grows=True)
    own["amount"] = replace(own["amount"], label="慰问金", width=64)
    faces = [
        Column(key, label, str, width=width, batch=lambda rows, place=place: _faces(place, rows))
        for place, (key, label, width) in enumerate(
            (("staff_name", "慰问人", 72), ("head", "户主", 72), ("place", "村组", 96))
        )
    ]
    state = Column(
        "stands", "签收", stands, width=84, marks=lambda text: [Mark(text, TONES[text])] if text else []
    )
    rest = [column for key, column in own.items() if key not in ("staff", "household", "signed")]
    return (*rest, *faces, state)


def _editors() -> Mapping[str, EditorMaker]:
    from desktop.ui.pages.visits_household import HouseholdEditor

    return {"household": HouseholdEditor}


class CondolencePage(RecordPage):
    """The list of condolences and the form of one; a round and the totals take its place."""

    key, label, icon = "condolences", "慰问", "handshake"

    def __init__(self, frame: Frame) -> None:
        self._last: Condolence | None = None
        super().__init__(
            frame,
            ListLayout(
                model=Condolence,
                sections=SECTIONS,
                unit="户次",
                purpose="春节、七一等时候慰问了哪些户、带了什么、慰问金多少、签收没有。一批慰问许多户的，用“登记一批”。",
                first_step="登记第一次慰问",
                hint="户主、村、慰问人、慰问品",
                filters=("occasion",),
                shown=SHOWN,
                columns=columns(),
                first_tab="慰问",
                sort="on",
                form_least=FORM_LEAST,
                editors=_editors,
            ),
        )
        self.faces = GiftFaces(self, self.splitter)
        cast("QVBoxLayout", self.layout()).addWidget(self.faces, 1)
        add_tools(self)
        self.signed = buttons.quiet("已签收", "sign-gifts", "check-check")
        self.signed.setToolTip("选中的都记为已签收")
        self.signed.clicked.connect(self.sign)
        self.add_below(self.signed)
        add_papers(self, "印慰问签收表")
        self._selected()

    # -- what takes the place of the list

    def start_round(self) -> None:
        """Write down a round: what is brought, and the households it is brought to."""
        if not self.frame.read_only and self.may_leave():
            self.faces.start_round()

    def show_totals(self) -> None:
        """Show 户, 户次 and money."""
        if self.may_leave():
            self.faces.show_totals()

    def may_leave(self) -> bool:
        return self.faces.may_leave_face() if self.faces.away else super().may_leave()

    def _chosen(self, key: bytes) -> None:
        if not self.faces.away:  # the list behind moves on with every round
            super()._chosen(key)

    def open_record(self, key: bytes) -> None:
        if self.faces.leave():
            super().open_record(key)

    def start_new(self) -> None:
        if self.faces.leave():
            super().start_new()

    def typed(self) -> dict[str, dict[str, str]]:
        if self.faces.rounding:
            return {PILE: self.faces.round.typed()} if self.faces.round.dirty else {}
        return super().typed()

    def type_in(self, texts: Texts) -> None:
        if unsaved.piled(texts):
            self.start_round()
            self.faces.round.type_in(texts[PILE])
        else:
            super().type_in(texts)

    def drop_edits(self) -> None:
        self.faces.drop_round()
        super().drop_edits()

    def ready(self) -> Iterator[None]:
        yield from super().ready()
        yield from self.faces.made_ahead()

    # -- the form

    def furnish(self, form: RecordForm) -> None:
        from desktop.ui.pages.visits_household import HouseholdEditor, makes_households

        home = cast("HouseholdEditor", form.box("household"))
        makes_households(self.frame, home)
        home.settled.connect(form.box("on").widget.setFocus)

    def blank(self) -> Record:
        """Return a condolence of today, or one like the one that was kept last."""
        gift, last = self.books.new(Condolence), self._last
        gift.on = datetime.date.today()
        if last is not None:
            gift.on, gift.staff, gift.occasion = last.on, last.staff, last.occasion
            gift.goods, gift.amount = last.goods, last.amount
        return gift

    def before_save(self, record: Record) -> bool:
        """Ask about a household that has something of the day, where day or household was edited."""
        if not self.fresh and not ASKED_AGAIN & set(self.form.fields.edits):
            return True
        asked = self.books.questions(record)
        return not asked or self.frame.ask.confirm("；".join(asked), yes="仍然登记，户次照计", no="回去改")

    def keep(self, record: Record) -> None:
        super().keep(record)
        self._last = cast("Condolence", record)

    def sign(self) -> None:
        """Note that those selected were signed for, as one change."""
        if self.frame.read_only or not (chosen := self.view.chosen_ids()) or not self.may_leave():
            return
        try:
            count = self.frame.desk.condoling.sign(chosen)
        except (UserError, TroubleError) as error:
            self.frame.tell(error)
            return
        self.frame.toast(f"已签收 {count} 户次" if count else "选中的都已签收", undo=bool(count))

    def _selected(self) -> None:
        super()._selected()
        if hasattr(self, "signed"):  # the first count comes while the page is still being made
            self.signed.setEnabled(bool(self.view.chosen_count) and not self.frame.read_only)

    def heard(self, models: frozenset[type[Record]]) -> None:
        super().heard(models)
        if Household in models and Condolence not in models:
            self.table.refresh()
            self._keep_row()
        if models & {Condolence, Household}:
            self.faces.look_again()
