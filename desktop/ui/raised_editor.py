"""反映人: a name typed freely, a representative taken from the roster with namesakes told apart, or 匿名."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QObject

from desktop.records.kinds import Kind
from desktop.records.representatives import Representative
from desktop.records.tickets import Raiser
from desktop.ui.boxes import SuggestingBox
from desktop.ui.editors import Editor, LineEditor, Lookup

NAMELESS = Raiser.ANONYMOUS.value


class RaisedEditor(LineEditor):
    """Who raised it: `linked` is the representative chosen; the box then shows what tells them apart."""

    def __init__(self, kind: Kind, books: Lookup) -> None:
        self._find = books.find
        self.linked: Representative | None = None
        box = SuggestingBox(36, self._suggest)
        super().__init__(kind, box, "姓名、拼音或首字母；不愿留名的填“匿名”")
        box.textEdited.connect(self._forget)
        box.chosen.connect(self._took)

    def load(self, value: Any) -> None:
        self.linked = None
        super().load(value)

    def link(self, person: Representative | None) -> None:
        """Show a representative as the one who raised it."""
        self.linked = person
        if person is not None:
            self.box.fill(person.told_apart())

    def type_in(self, text: str) -> None:
        super().type_in(text)
        near = self._find(Representative, text.partition("（")[0], 20) if "（" in text else []
        meant = next((person for person in near if person.told_apart() == text), None)
        self.link(cast("Representative | None", meant))

    def store(self) -> str:
        if self.linked is not None:
            return self.linked.full_name
        return super().store()

    def _suggest(self, text: str) -> list[tuple[str, Any]]:
        people = self._find(Representative, text, 20) if text.strip() else []
        return [*((person.told_apart(), person) for person in people), (NAMELESS, NAMELESS)]

    def _forget(self) -> None:
        self.linked = None

    def _took(self, chosen: Representative | str) -> None:
        if isinstance(chosen, str):
            self.load(chosen)
        else:
            self.link(chosen)
        self.edited.emit()


class RaisedPair(QObject):
    """Lets 反映人 and 反映人身份 agree while they are filled in: 匿名 in one is 匿名 in the other."""

    def __init__(self, who: Editor, what: Editor) -> None:
        super().__init__(who.widget)
        assert isinstance(who, RaisedEditor)
        self._who, self._what = who, what
        who.edited.connect(self._named)
        what.edited.connect(self._classed)

    def _named(self) -> None:
        if self._who.linked is not None:
            self._what.load(Raiser.REPRESENTATIVE)
        elif self._who.value() == NAMELESS:
            self._what.load(NAMELESS)
        elif self._what.value() == NAMELESS:
            self._what.load("")

    def _classed(self) -> None:
        if self._what.value() == NAMELESS:
            self._who.load(NAMELESS)
        elif self._who.value() == NAMELESS:
            self._who.load("")
        elif self._what.value() not in ("", Raiser.REPRESENTATIVE) and self._who.linked is not None:
            self._who.load(self._who.linked.full_name)  # the same name, but not the one on the roster
