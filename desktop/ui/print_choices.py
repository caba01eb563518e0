"""The left half of the print dialog: what is printed, and for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QWidget

from desktop.records.forms import Form
from desktop.records.invitations import Invitation, InvitationState
from desktop.records.listing import Query
from desktop.records.open_days import DayState, OpenDay
from desktop.records.representatives import Representative
from desktop.services.desk import Desk
from desktop.services.orders import Order
from desktop.services.papers import DOCUMENTS
from desktop.ui.boxes import ChoiceBox, LineBox
from desktop.ui.labels import StatusLabel, Text
from desktop.ui.layouts import column, holding, row
from desktop.ui.naming import name

LETTERS, FORMS, SHEET = "invitation-letters", "feedback-forms", "sign-in-sheet"
ALL, CHOSEN, WAITING = "全部", "选中", "未印过"
STANDING = (InvitationState.WAITING, InvitationState.PRINTED, InvitationState.SENT)
DAYS = 200
MOST_COPIES = 10_000


@dataclass(frozen=True, slots=True)
class People:
    """Whom a day's papers may be for: keys of invitations, and of people chosen who have none yet."""

    everyone: tuple[bytes, ...] = ()
    waiting: tuple[bytes, ...] = ()
    chosen: tuple[bytes, ...] = ()
    representatives: tuple[bytes, ...] = ()
    uninvited: int = 0


def people_of(desk: Desk, day: OpenDay | None, chosen: Sequence[bytes]) -> People:
    """Read whom papers may be for; `chosen` are keys of invitations or of representatives."""
    if day is None:
        return People(representatives=tuple(chosen), uninvited=len(chosen))
    by_state = {
        state: tuple(desk.books.ids(Query(Invitation, where=(("open_day", day), ("state", state)))))
        for state in STANDING
    }
    everyone = tuple(key for keys in by_state.values() for key in keys)
    standing = tuple(key for key in chosen if key in set(everyone))
    if standing or not chosen:
        return People(everyone, by_state[InvitationState.WAITING], standing)
    invited = {row.representative.id for row in desk.inviting.active(day)}
    uninvited = sum(key not in invited for key in chosen)
    return People(everyone, by_state[InvitationState.WAITING], (), tuple(chosen), uninvited)


class PrintChoices(QWidget):
    """Check boxes with counts, and three ways to say for whom; `changed` says that the order is another."""

    changed = Signal()

    def __init__(
        self, desk: Desk, documents: Sequence[str], day: OpenDay | None, chosen: Sequence[bytes]
    ) -> None:
        super().__init__()
        name(self, "print-choices", "印什么,给谁")
        self._desk, self._chosen_keys = desk, tuple(chosen)
        self.day = day
        self.forms = cast("list[Form]", desk.books.page(Query(Form), 0, DAYS))
        self._days = cast("list[OpenDay]", []) if day else _days(desk)
        self._day_box = name(ChoiceBox([row.told_apart() for row in self._days]), "print-day", "开放日")
        if day is None and self._days:
            self.day = self._days[0]
        self._day_box.activated.connect(self._day_picked)
        self.boxes: dict[str, QCheckBox] = {}
        for document, label in DOCUMENTS.items():
            box = name(QCheckBox(label), f"print-{document}", label)
            box.setChecked(document in documents)
            box.toggled.connect(self._told)
            self.boxes[document] = box
        self._make_form_boxes()
        self._make_people_boxes()
        self.note = StatusLabel("print-note", "说明", "caption", wrap=True)
        self._lay_out(day)
        self._read_people()
        self._told()

    def _make_form_boxes(self) -> None:
        self.form_box = name(ChoiceBox([form.title for form in self.forms]), "print-form", "哪一种表单")
        self.form_box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.form_box.setMinimumContentsLength(12)
        self.form_box.activated.connect(self._told)
        self._copies = name(LineBox(6), "print-copies", "表单份数")
        self._copies.setValidator(QIntValidator(1, MOST_COPIES, self._copies))
        self._copies.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._copies.textChanged.connect(self._told)
        self.boxes[FORMS].setEnabled(bool(self.forms))
        self.separate = name(QCheckBox("每人一个文件"), "print-separate", "邀请函每人一个文件")
        self.separate.setToolTip("存为 PDF 时,每封邀请函各成一个文件")
        self.separate.toggled.connect(self._told)

    def _make_people_boxes(self) -> None:
        self._group = QButtonGroup(self)
        self.whom: dict[str, QRadioButton] = {}
        for word in (ALL, CHOSEN, WAITING):
            button = name(QRadioButton(word), f"print-whom-{word}", f"给谁:{word}")
            button.toggled.connect(self._told)
            self._group.addButton(button)
            self.whom[word] = button

    def _lay_out(self, day: OpenDay | None) -> None:
        indent = (25, 0, 0, 4)
        what = column(
            Text("印什么", "heading"),
            self.boxes[LETTERS], row(self.separate, None, margins=indent),
            self.boxes[FORMS], row(self.form_box, margins=indent),
            row(Text("份数"), self._copies, None, margins=indent),
            self.boxes[SHEET], None, gap=4,
        )  # fmt: skip
        whom = column(Text("给谁", "heading"), *self.whom.values(), self.note, None, gap=4)
        halves = row(what, whom, gap=24)
        halves.setStretch(0, 6)
        halves.setStretch(1, 5)
        top = row(Text("开放日"), self._day_box, None)
        parts = (halves,) if day is not None else (holding(top), halves)
        self.setLayout(column(*parts, gap=12))

    # -- people

    def _day_picked(self) -> None:
        self.day = self._days[self._day_box.currentIndex()]
        self._read_people()
        self._told()

    def _read_people(self) -> None:
        """Count whom the papers may be for, and choose the nearest to what was asked."""
        people = self.people = people_of(self._desk, self.day, self._chosen_keys)
        counts = {
            ALL: len(people.everyone),
            CHOSEN: len(people.chosen) or len(people.representatives),
            WAITING: len(people.waiting),
        }
        for word, button in self.whom.items():
            button.setText(f"{word}({counts[word]:,} 人)")
            button.setEnabled(counts[word] > 0)
            button.setVisible(counts[word] > 0 or word == ALL)
        first = CHOSEN if counts[CHOSEN] else WAITING if counts[WAITING] else ALL
        for button in self.whom.values():
            button.blockSignals(True)
        self.whom[first].setChecked(True)
        for button in self.whom.values():
            button.blockSignals(False)
        self._copies.blockSignals(True)
        self._copies.fill(str(max(counts[first], 1)))
        self._copies.blockSignals(False)

    @property
    def picked(self) -> str:
        """Which of the three ways is chosen."""
        return next(word for word, button in self.whom.items() if button.isChecked())

    @property
    def documents(self) -> list[str]:
        """The documents to print, in order."""
        return [document for document, box in self.boxes.items() if box.isChecked() and box.isEnabled()]

    @property
    def copies(self) -> int:
        """How many copies of the form."""
        return min(max(int(self._copies.typed() or 1), 1), MOST_COPIES)

    def count(self, document: str) -> int:
        """How many letters, sheets of a form or lines a document would have."""
        if document == FORMS:
            return self.copies
        people = self.people
        chosen = len(people.chosen) or len(people.representatives)
        waiting = len(people.waiting) if document == LETTERS else len(people.everyone)
        return {ALL: len(people.everyone), CHOSEN: chosen, WAITING: waiting}[self.picked]

    def hindrance(self, document: str) -> str:
        """Return why a document can't be printed at all, before anybody looks at its people; '' where it can."""
        if document == FORMS or self.count(document):
            return ""
        if self.day is None:
            return "还没有开放日,请先在“开放日”中新建"
        return "这个开放日还没有邀请代表,请先在名单中邀请"

    # -- orders

    def orders(self, targets: dict[str, Path]) -> list[Order]:
        """Return the orders for what is chosen, each to its target."""
        return [self._order(document, targets[document]) for document in self.documents]

    def _order(self, document: str, target: Path) -> Order:
        if document == FORMS:
            form = self.forms[self.form_box.currentIndex()]
            return Order(document, target, self.day, form=form, copies=self.copies)
        people, picked = self.people, self.picked
        separate = document == LETTERS and self.separate.isChecked()
        if picked == CHOSEN and not people.chosen:
            query = Query(Representative, keys=people.representatives)
            return Order(document, target, self.day, people=query, separate=separate)
        waiting = people.waiting if document == LETTERS else people.everyone
        keys = {ALL: people.everyone, CHOSEN: people.chosen, WAITING: waiting}[picked]
        return Order(document, target, self.day, invitations=keys, separate=separate)

    def _told(self) -> None:
        for document, label in DOCUMENTS.items():
            measure = "封" if document == LETTERS else "份" if document == FORMS else "人"
            box = self.boxes[document]
            box.setText(
                f"{label}({self.count(document):,} {measure})" if box.isEnabled() else f"{label}(还没有表单)"
            )
        for widget in (self.form_box, self._copies):
            widget.setEnabled(FORMS in self.documents)
        self.separate.setEnabled(LETTERS in self.documents)
        self.note.say(self._words())
        self.changed.emit()

    def _words(self) -> str:
        """Return what choosing so means beyond the counts."""
        if self.day is None:
            return "还没有开放日,请先在“开放日”中新建。"
        words = []
        if self.picked == CHOSEN and self.people.uninvited:
            words.append(f"其中 {self.people.uninvited} 人还没有邀请,印制时一并邀请、编号。")
        if self.picked == WAITING and SHEET in self.documents:
            words.append("签到表列出全部受邀的人。")
        if not self.people.everyone and not self.people.representatives:
            words.append("这个开放日还没有邀请代表。")
        return "".join(words)


def _days(desk: Desk) -> list[OpenDay]:
    """Return the days that papers can be printed for, the nearest first."""
    found = cast("list[OpenDay]", desk.books.page(Query(OpenDay, sort="held_on", descending=True), 0, DAYS))
    return [day for day in found if day.state not in (DayState.CANCELLED, DayState.ARCHIVED)]
