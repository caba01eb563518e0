"""Whom papers are for and in which order: all, the chosen, or those whom a paper was never printed for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from desktop.records.invitations import InvitationState, standing_keys
from desktop.records.open_days import OpenDay
from desktop.records.pack import PeopleOrder
from desktop.services.desk import Desk
from desktop.services.papers import PAPERS, Paper, Whom
from desktop.ui.boxes import ChoiceBox
from desktop.ui.labels import StatusLabel, Text
from desktop.ui.layouts import column, row
from desktop.ui.naming import name

ALL, CHOSEN, WAITING = "全部", "选中", "未印过"
STANDING = (InvitationState.WAITING, InvitationState.PRINTED, InvitationState.SENT)
ORDERS = (PeopleOrder.NUMBER, PeopleOrder.STROKES, PeopleOrder.SEAT)


@dataclass(frozen=True, slots=True)
class People:
    """Whom a day's papers may be for: keys of invitations, and of people chosen who have none yet.

    `waiting` are, by document, those whom it was never printed for.
    """

    everyone: tuple[bytes, ...] = ()
    waiting: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict)
    chosen: tuple[bytes, ...] = ()
    representatives: tuple[bytes, ...] = ()
    uninvited: int = 0
    done: frozenset[str] = frozenset()
    """The papers for nobody (公告) that were printed for the day."""

    def keys(self, document: str, picked: str) -> tuple[bytes, ...]:
        """Return the invitations a document would be printed for; a list always has all or the chosen."""
        if picked == CHOSEN:
            return self.chosen
        return self.waiting.get(document, self.everyone) if picked == WAITING else self.everyone

    def count(self, document: str, picked: str) -> int:
        """Return how many people a document would be printed for."""
        if picked == CHOSEN and not self.chosen:
            return len(self.representatives)
        return len(self.keys(document, picked))

    def left(self, documents: Iterable[str]) -> int:
        """Return for how many people at least one of the documents was never printed."""
        return len({key for document in documents for key in self.waiting.get(document, ())})


def people_of(desk: Desk, day: OpenDay | None, chosen: Sequence[bytes]) -> People:
    """Read whom papers may be for; `chosen` are keys of invitations or of representatives."""
    if day is None:
        return People(representatives=tuple(chosen), uninvited=len(chosen))
    there = standing_keys(day)
    by_state: dict[str, list[bytes]] = {state: [] for state in STANDING}
    for key, _, stands in there:
        if stands in by_state:
            by_state[stands].append(key)
    everyone = tuple(chain.from_iterable(by_state.values()))
    printed = desk.press.printed(day)
    person_of = {key: person for key, person, _ in there}
    waiting = {
        paper.name: tuple(by_state[InvitationState.WAITING])
        if paper.marks
        else _waiting(paper, everyone, printed.get(paper.name, set()), person_of)
        for paper in PAPERS.values()
        if paper.whom in (Whom.EACH, Whom.PERSON)
    }
    invited_keys = set(everyone)
    standing = tuple(key for key in chosen if key in invited_keys)
    done = frozenset(name for name in printed if PAPERS[name].whom is Whom.DAY)
    if standing or not chosen:
        return People(everyone, waiting, standing, done=done)
    invited = set(person_of.values())
    uninvited = sum(key not in invited for key in chosen)
    return People(everyone, waiting, (), tuple(chosen), uninvited, done)


def _waiting(
    paper: Paper, everyone: tuple[bytes, ...], printed: set[bytes], person_of: Mapping[bytes, bytes]
) -> tuple[bytes, ...]:
    """Return the invitations of those whom a paper was never printed for."""
    if not printed:
        return everyone
    if paper.whom is Whom.PERSON:
        return tuple([key for key in everyone if person_of.get(key) not in printed])
    return tuple([key for key in everyone if key not in printed])


class PeopleChoice(QWidget):
    """给谁: three ways to say it with their counts, the order, and what choosing so means."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        name(self, "print-people", "给谁，按什么顺序")
        self.people = People()
        self._group = QButtonGroup(self)
        self.whom: dict[str, QRadioButton] = {}
        for word in (ALL, CHOSEN, WAITING):
            button = name(QRadioButton(word), f"print-whom-{word}", f"给谁：{word}")
            button.toggled.connect(self._told)
            self._group.addButton(button)
            self.whom[word] = button
        self.order_box = name(ChoiceBox([order.value for order in ORDERS]), "print-order", "顺序")
        self.order_box.setMinimumContentsLength(11)
        self.order_box.setToolTip("所有文书按同一个顺序，便于装封、摆放")
        self.order_box.activated.connect(self.changed)
        self.note = StatusLabel("print-note", "说明", "caption", wrap=True)
        whom = row(*self.whom.values(), None, gap=16)
        order = row(Text("顺序"), self.order_box, None)
        self.setLayout(column(Text("给谁", "heading"), whom, order, self.note, gap=4))

    @property
    def picked(self) -> str:
        """Which of the three ways is chosen."""
        return next((word for word, button in self.whom.items() if button.isChecked()), ALL)

    @property
    def order(self) -> PeopleOrder:
        """In which order people come on all the papers."""
        return ORDERS[max(self.order_box.currentIndex(), 0)]

    def show_people(self, people: People, documents: Sequence[str]) -> None:
        """Count other people, and choose the nearest to what was asked."""
        self.people = people
        counts = self._count(documents)
        self._pick(CHOSEN if counts[CHOSEN] else WAITING if counts[WAITING] else ALL)

    def count_for(self, documents: Sequence[str]) -> None:
        """Count anew for the documents chosen; a way that finds nobody any more gives way to all."""
        counts = self._count(documents)
        if not counts[self.picked]:
            self._pick(ALL)

    def _count(self, documents: Sequence[str]) -> dict[str, int]:
        people = self.people
        counts = {
            ALL: len(people.everyone),
            CHOSEN: len(people.chosen) or len(people.representatives),
            WAITING: people.left(documents),
        }
        for word, button in self.whom.items():
            button.setText(f"{word}（{counts[word]:,} 人）")
            button.setEnabled(counts[word] > 0)
            button.setVisible(counts[word] > 0 or word == ALL)
        return counts

    def _pick(self, word: str) -> None:
        for button in self.whom.values():
            button.blockSignals(True)
        self.whom[word].setChecked(True)
        for button in self.whom.values():
            button.blockSignals(False)

    def _told(self, checked: bool) -> None:
        if checked:
            self.changed.emit()
