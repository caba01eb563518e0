"""走访户: a household found by its head, initials or number, or made on the spot."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.records.cleaning import one_line
from desktop.records.households import Household, HouseholdState
from desktop.ui.boxes import SuggestingBox
from desktop.ui.editors import LinkEditor, Lookup
from desktop.ui.form import FieldForm
from desktop.ui.frame import Frame
from desktop.ui.record_dialog import RecordDialog
from desktop.ui.sections import Section

MOST = 20
FIELDS = ("head", "village", "group", "sort", "mobile", "address")


def told(home: Household) -> str:
    """Return what tells a household apart, and that it isn't there any more."""
    return home.told_apart() if home.state == HouseholdState.HERE else f"{home.told_apart()} {home.state}"


class HouseholdEditor(LinkEditor):
    """The box of a household. `new_asked` carries the name of one to be made, `settled` says that Enter chose one.

    `village` tells where to look first: namesakes elsewhere then don't come into question.
    """

    new_asked = Signal(str)
    settled = Signal()

    def __init__(self, kind: Any, books: Lookup) -> None:
        super().__init__(kind, books)
        self.village: Callable[[], str] = str
        self._list = cast("SuggestingBox", self.box)
        self._list.setPlaceholderText("户主姓名、首字母或户号")
        self._list.returnPressed.connect(self._returned)

    @property
    def home(self) -> Household | None:
        """Return the household chosen."""
        return cast("Household | None", self._chosen)

    def enter(self) -> bool:
        """Take the one household that is meant; False where one of several is to be chosen, or a new one made."""
        text = one_line(self.value())
        if self._chosen is not None or not text:
            return True
        self._list.put_away()
        meant = self._meant(text)
        if len(meant) == 1:
            self.take(meant[0])
            return True
        if meant:
            self._list.offer(text)
        else:
            self.new_asked.emit(text)
        return False

    def take(self, home: Household) -> None:
        """Show a household as the one chosen, as an edit."""
        self.load(home)
        self.edited.emit()

    def store(self) -> Household | None:
        text = one_line(self.value())
        if self._chosen is None and text:
            meant = self._meant(text)
            if not meant:
                raise self.kind.wrong(f"中没有“{text[:20]}”；请从列表里选，或选“新建户”")
            if len(meant) > 1:
                some = "、".join(map(told, meant[:3]))
                raise self.kind.wrong(f"“{text[:20]}”有 {len(meant)} 户：{some}，请从列表里选一户")
            self._chosen = meant[0]
        return self.home

    def _meant(self, text: str) -> list[Household]:
        near = self._near(text)
        return [
            home for home in near if text in (home.head, home.number, told(home), home.told_apart())
        ] or near

    def _near(self, text: str) -> list[Household]:
        """Return the households that a text may mean: those of the village told, where there are any."""
        found = cast("list[Household]", self._find(Household, text, MOST))
        village = one_line(self.village())
        return [home for home in found if home.village == village] or found

    def _suggest(self, text: str) -> list[tuple[str, Any]]:
        offered: list[tuple[str, Any]] = [(told(home), home) for home in self._near(text)]
        asked = one_line(text)
        return [*offered, (f"新建户“{asked}”", asked)] if asked else offered

    def _took(self, record: Household | str) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        if isinstance(record, str):
            self.box.fill(record)
            self.new_asked.emit(record)
        else:
            self.take(record)
            self.settled.emit()

    def _returned(self) -> None:
        """Enter while the list below is open: take the row gone to, which Qt tells of by itself, or what is meant."""
        if not self._list.on_offer and self.enter():
            self.settled.emit()

    def _left(self) -> None:
        text = one_line(self.value())
        if self._chosen is None and text and len(meant := self._meant(text)) == 1:
            self.take(meant[0])


class HouseholdDialog(RecordDialog[Household]):
    """A new household while a visit is written down: name and village, the rest may follow later."""

    def __init__(
        self,
        frame: Frame,
        parent: QWidget | None,
        head: str,
        village: str,
        made: Callable[[Household], None],
    ) -> None:
        home = frame.desk.books.new(Household)
        home.head, home.village = ("" if head.isascii() else head), village
        fields = FieldForm(Household, (Section("", FIELDS),), frame.desk.books)
        super().__init__(frame, parent, "新建户", "new-household", fields, home, made, "建立这一户")
        self.fit(520, 420)
        first = "head" if not home.head else "group" if village else "village"
        fields.box(first).widget.setFocus()

    def sure(self, record: Household) -> bool:
        """Ask about one of the same name in the same village."""
        found = self.frame.desk.books.find(Household, record.head, MOST)
        same = [
            one
            for one in found
            if isinstance(one, Household) and (one.head, one.village) == (record.head, record.village)
        ]
        asked = f"{record.village}已有“{'、'.join(map(told, same[:3]))}”"
        return not same or self.frame.ask.confirm(asked, yes="是另一户，新建", no="回去改")


def makes_households(frame: Frame, editor: HouseholdEditor) -> None:
    """Let a box of a household open the dialog for one that isn't there yet."""

    def made(home: Household) -> None:
        editor.take(home)
        editor.settled.emit()

    def ask(head: str) -> None:
        if not frame.read_only:
            HouseholdDialog(frame, editor.widget.window(), head, editor.village(), made).open()

    editor.new_asked.connect(ask)
