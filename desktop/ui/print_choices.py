"""The left half of the print dialog: what is printed, how, for whom and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.records.forms import Form
from desktop.records.listing import Query
from desktop.records.open_days import DayState, OpenDay
from desktop.records.representatives import Representative
from desktop.services.desk import Desk
from desktop.services.orders import Order
from desktop.services.papers import DAY_PAPERS, PAPERS, Whom
from desktop.services.print_hints import ENVELOPES, hints
from desktop.ui.boxes import ChoiceBox
from desktop.ui.labels import Text
from desktop.ui.layouts import column, hairline, holding, row
from desktop.ui.naming import name
from desktop.ui.paper_boxes import PaperBoxes
from desktop.ui.print_options import number_box
from desktop.ui.print_people import CHOSEN, WAITING, People, PeopleChoice, people_of

LETTERS, FORMS, SHEET = "invitation-letters", "feedback-forms", "sign-in-sheet"
DAYS = 200
MOST_COPIES = 10_000


class PrintChoices(QWidget):
    """Check boxes with counts, their options, and whom for; `changed` says that the order is another."""

    changed = Signal()

    def __init__(
        self,
        desk: Desk,
        memory: QSettings,
        documents: Sequence[str],
        day: OpenDay | None,
        chosen: Sequence[bytes],
    ) -> None:
        super().__init__()
        name(self, "print-choices", "印什么，给谁")
        self._desk, self._chosen_keys = desk, tuple(chosen)
        self.day, self._by_hand = day, False
        self.forms = cast("list[Form]", desk.books.page(Query(Form), 0, DAYS))
        self._days = cast("list[OpenDay]", []) if day else _days(desk)
        self._day_box = name(ChoiceBox([row.told_apart() for row in self._days]), "print-day", "开放日")
        if day is None and self._days:
            self.day = self._days[0]
        self._day_box.activated.connect(self._day_picked)
        self._make_form_boxes()
        self._papers = PaperBoxes(DAY_PAPERS, documents, memory, {FORMS: self._form_row})
        self._papers.changed.connect(self._told)
        self.boxes = self._papers.boxes
        self.boxes[FORMS].setEnabled(bool(self.forms))
        self._who = PeopleChoice()
        self._who.changed.connect(self._told)
        self.whom, self.note, self.order_box = self._who.whom, self._who.note, self._who.order_box
        self._lay_out(day)
        self._read_people()
        self._told()

    def _make_form_boxes(self) -> None:
        self.form_box = name(ChoiceBox([form.title for form in self.forms]), "print-form", "哪一种表单")
        self.form_box.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.form_box.setMinimumContentsLength(12)
        self.form_box.activated.connect(self._told)
        self._copies = number_box("print-copies", "表单份数", MOST_COPIES, columns=6)
        self._copies.textChanged.connect(self._told)
        self._form_row = holding(row(self.form_box, Text("份数"), self._copies, None))
        self.separate = name(QCheckBox("每人一个文件"), "print-separate", "每人一个文件")
        able = "、".join(paper.label for paper in DAY_PAPERS if paper.separate)
        self.separate.setToolTip(f"存为 PDF 时，{able}每人各成一个文件")
        self.separate.toggled.connect(self._told)

    def _lay_out(self, day: OpenDay | None) -> None:
        top = holding(row(Text("开放日"), self._day_box, None))
        parts = (
            *(() if day is not None else (top,)),
            Text("印什么", "heading"), self._papers, hairline(), self._who, hairline(),
            row(Text("怎么印", "heading"), None, self.separate), self._papers.how,
        )  # fmt: skip
        self.setLayout(column(*parts, gap=8))

    # -- people

    def _day_picked(self) -> None:
        self.day = self._days[self._day_box.currentIndex()]
        self._read_people()
        self._told()

    def _read_people(self) -> None:
        """Count whom the papers may be for."""
        self._who.show_people(people_of(self._desk, self.day, self._chosen_keys), self._papers.checked)
        self._copies.blockSignals(True)
        people = max(self.people.count(document, self.picked) for document in (LETTERS, SHEET))
        self._copies.fill(str(max(people, 1)))
        self._copies.blockSignals(False)

    @property
    def people(self) -> People:
        """Whom the day's papers may be for."""
        return self._who.people

    @property
    def picked(self) -> str:
        """Which of 全部, 选中 and 未印过 is chosen."""
        return self._who.picked

    @property
    def documents(self) -> list[str]:
        """The documents to print, in order; of 未印过 those that were not printed for everybody yet."""
        waiting = self.picked == WAITING
        return [document for document in self._papers.checked if not waiting or self.count(document)]

    @property
    def copies(self) -> int:
        """How many copies of the form."""
        return min(max(int(self._copies.typed() or 1), 1), MOST_COPIES)

    def apart(self, document: str) -> bool:
        """Say whether a document is to be one file a person."""
        return PAPERS[document].separate and self.separate.isChecked()

    def count(self, document: str) -> int:
        """How many letters, sheets of a form or lines a document would have; a paper of the day itself is one."""
        if document == FORMS:
            return self.copies
        if PAPERS[document].whom is Whom.DAY:
            return int(self.day is not None and not (self.picked == WAITING and document in self.people.done))
        return self.people.count(document, self.picked)

    def total(self, document: str) -> int | None:
        """Return how many there are in all; None where that isn't known yet."""
        return self.count(document)

    def hindrance(self, document: str) -> str:
        """Return why a document can't be printed at all, before anybody looks at its people; '' where it can."""
        if PAPERS[document].whom is Whom.COPIES or self.count(document):
            return ""
        if self.day is None:
            return "还没有开放日，请先在“开放日”中新建"
        return "这个开放日还没有邀请代表，请先在名单中邀请"

    # -- orders

    def orders(self, targets: dict[str, Path]) -> list[Order]:
        """Return the orders for what is chosen, each to its target."""
        return [self._order(document, targets[document]) for document in self.documents]

    def _order(self, document: str, target: Path) -> Order:
        if document == FORMS:
            form = self.forms[self.form_box.currentIndex()]
            return Order(document, target, self.day, form=form, copies=self.copies)
        people, picked = self.people, self.picked
        chosen = picked == CHOSEN and not people.chosen
        return Order(
            document,
            target,
            self.day,
            people=Query(Representative, keys=people.representatives) if chosen else None,
            invitations=() if chosen else people.keys(document, picked),
            arranged=self._who.order,
            options=replace(self._papers.chosen(document), by_hand=self._by_hand),
            separate=self.apart(document),
        )

    def remember(self) -> None:
        """Keep how each of the papers is printed for the next time."""
        self._papers.remember(self.documents)

    def leave_for_the_pen(self, leave: bool) -> None:
        """Leave characters that no face draws blank, to be written by hand; or don't."""
        self._by_hand = leave
        self.changed.emit()

    def _told(self) -> None:
        self._who.count_for(self._papers.checked)
        for document, box in self.boxes.items():
            paper = PAPERS[document]
            told = f"{self.count(document):,} {paper.measure}" if box.isEnabled() else "还没有表单"
            box.setText(f"{paper.label}（{told}）")
        self._papers.show_lines()
        self.separate.setEnabled(any(PAPERS[document].separate for document in self.documents))
        self.note.say(self._words())
        self.changed.emit()

    def _words(self) -> str:
        """Return what choosing so means beyond the counts."""
        if self.day is None:
            return "还没有开放日，请先在“开放日”中新建。"
        words = []
        inviting = any(PAPERS[document].whom in (Whom.EACH, Whom.LIST) for document in self.documents)
        if self.picked == CHOSEN and self.people.uninvited and inviting:
            words.append(f"其中 {self.people.uninvited} 人还没有邀请，印制时一并邀请、编号。")
        if self.picked == WAITING and SHEET in self.documents:
            words.append("签到表列出全部受邀的人。")
        if not self.people.everyone and not self.people.representatives:
            words.append("这个开放日还没有邀请代表。")
        sender = ENVELOPES in self.documents and self._papers.chosen(ENVELOPES).sender
        words += hints(self.documents, self._desk.offices.own(), sender=sender)
        return "".join(words)


def _days(desk: Desk) -> list[OpenDay]:
    """Return the days that papers can be printed for, the nearest first."""
    found = cast("list[OpenDay]", desk.books.page(Query(OpenDay, sort="held_on", descending=True), 0, DAYS))
    return [day for day in found if day.state not in (DayState.CANCELLED, DayState.ARCHIVED)]
