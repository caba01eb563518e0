"""The left half of the print dialog for tickets: which papers, of which tickets, how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QRadioButton, QWidget

from desktop.records.forms import Form
from desktop.records.listing import Query
from desktop.records.meetings import Meeting
from desktop.records.open_days import OpenDay
from desktop.records.pack import PeopleOrder
from desktop.records.tickets import Ticket
from desktop.services.desk import Desk
from desktop.services.orders import Order
from desktop.services.papers import OF_TICKETS, PAPERS, Paper, Whom
from desktop.ui import buttons
from desktop.ui.boxes import ChoiceBox
from desktop.ui.labels import StatusLabel, Text
from desktop.ui.layouts import column, hairline, row
from desktop.ui.naming import name
from desktop.ui.print_options import OptionsRow

LETTERS = "reply-letters"
CHOSEN, LISTED = "选中的", "列表里的全部"
ACROSS = 2
ORDERS = {"列表的顺序": PeopleOrder.NUMBER, "经办人姓氏笔画": PeopleOrder.STROKES}


@dataclass(frozen=True, slots=True)
class Tickets:
    """The tickets that may be printed of: those chosen, and all that the list shows with how many that are."""

    chosen: tuple[bytes, ...]
    listed: Query | None = None
    count: int = 0
    meeting: Meeting | None = None
    """The meeting before which all the chosen ones are."""


class TicketChoices(QWidget):
    """Check boxes of papers, the tickets, options; `changed` says that the order is another."""

    changed = Signal()
    wording_asked = Signal()
    day: OpenDay | None = None
    forms: Sequence[Form] = ()

    def __init__(self, desk: Desk, memory: QSettings, documents: Sequence[str], tickets: Tickets) -> None:
        super().__init__()
        name(self, "print-choices", "印什么，哪些问题")
        self._desk, self._memory, self._tickets = desk, memory, tickets
        self._by_hand = False
        self.boxes: dict[str, QCheckBox] = {}
        self._options: dict[str, OptionsRow] = {}
        self._heads: dict[str, Text] = {}
        for paper in PAPERS.values():
            if paper.whom in OF_TICKETS and (paper.whom is not Whom.MEETING or tickets.meeting):
                self._add(paper, checked=paper.name in documents)
        self.which = self._which()
        self.unprinted = self._box("print-unprinted", "只印没有印过的")
        self.unprinted.setToolTip("每一轮办理算一次；台账和销号表不用勾")
        self.separate = self._box("print-separate", "每件一个文件")
        self.separate.setToolTip("存为 PDF 时，交办单、催办单每件、答复函每人各成一个文件")
        self.order_box = name(ChoiceBox(list(ORDERS)), "print-order", "顺序")
        self.order_box.setMinimumContentsLength(14)
        self.order_box.activated.connect(self._told)
        self.wording = buttons.quiet("改答复函文稿…", "print-wording", "edit")
        self.wording.clicked.connect(self.wording_asked)
        self.note = StatusLabel("print-note", "说明", "caption", wrap=True)
        self._lay_out()
        self._told()

    def _add(self, paper: Paper, *, checked: bool) -> None:
        box = self.boxes[paper.name] = self._box(f"print-{paper.name}", paper.label)
        box.setChecked(checked)

    def _box(self, identifier: str, words: str) -> QCheckBox:
        box = name(QCheckBox(words), identifier, words)
        box.toggled.connect(self._told)
        return box

    def _which(self) -> dict[str, QRadioButton]:
        """Return the two ways to say which tickets, with their counts; the chosen ones where there are any."""
        tickets, group = self._tickets, QButtonGroup(self)
        counts = {CHOSEN: len(tickets.chosen), LISTED: tickets.count if tickets.listed else 0}
        found: dict[str, QRadioButton] = {}
        for word, count in counts.items():
            button = found[word] = name(QRadioButton(f"{word}（{count:,} 件）"), f"print-which-{word}", word)
            button.setVisible(count > 0)
            group.addButton(button)
        found[CHOSEN if counts[CHOSEN] else LISTED].setChecked(True)
        found[CHOSEN].toggled.connect(self._told)
        return found

    def _lay_out(self) -> None:
        what = QGridLayout()
        what.setHorizontalSpacing(16)
        what.setVerticalSpacing(4)
        for place, box in enumerate(self.boxes.values()):
            what.addWidget(box, place // ACROSS, place % ACROSS)
        what.setColumnStretch(ACROSS, 1)
        self._how = QGridLayout()
        self._how.setHorizontalSpacing(12)
        self._how.setVerticalSpacing(4)
        self._how.setColumnStretch(1, 1)
        parts = (
            Text("印什么", "heading"), what, hairline(), Text("哪些问题", "heading"),
            row(*self.which.values(), None, gap=16), row(self.unprinted, None),
            row(Text("顺序"), self.order_box, None), self.note, hairline(),
            row(Text("怎么印", "heading"), None, self.separate), self._how, row(self.wording, None),
        )  # fmt: skip
        self.setLayout(column(*parts, gap=8))

    # -- what is chosen

    @property
    def documents(self) -> list[str]:
        """The documents to print, in order."""
        return [document for document, box in self.boxes.items() if box.isChecked()]

    def apart(self, document: str) -> bool:
        """Say whether a document is to be one file a ticket."""
        return PAPERS[document].separate and self.separate.isChecked()

    def count(self, document: str) -> int:
        """How many tickets a document may be of; those it isn't for are told by its check."""
        if PAPERS[document].whom is Whom.MEETING:
            return 1
        return len(self._tickets.chosen) if self._of_chosen else self._tickets.count

    @property
    def _of_chosen(self) -> bool:
        return self.which[CHOSEN].isChecked()

    def hindrance(self, document: str) -> str:
        """Return why a document can't be printed at all, '' where it can."""
        return "" if self.count(document) else "列表里没有问题，没有可以印的"

    def orders(self, targets: dict[str, Path]) -> list[Order]:
        """Return the orders for what is chosen, each to its target."""
        return [self._order(document, targets[document]) for document in self.documents]

    def _order(self, document: str, target: Path) -> Order:
        tickets = self._tickets
        of_meeting = PAPERS[document].whom is Whom.MEETING
        query = Query(Ticket, keys=tickets.chosen, sort="number") if self._of_chosen else tickets.listed
        return Order(
            document,
            target,
            tickets=None if of_meeting else query,
            meeting=tickets.meeting if of_meeting else None,
            passing=not (self._of_chosen and len(tickets.chosen) == 1),
            unprinted=self.unprinted.isChecked() and bool(PAPERS[document].whom is Whom.TICKET),
            arranged=ORDERS[self.order_box.currentText()],
            options=replace(self._options_of(document).options(), by_hand=self._by_hand),
            separate=self.apart(document),
        )

    def remember(self) -> None:
        """Keep how each of the papers is printed for the next time."""
        for document in self.documents:
            self._options_of(document).remember()

    def leave_for_the_pen(self, leave: bool) -> None:
        """Leave characters that no face draws blank, to be written by hand; or don't."""
        self._by_hand = leave
        self.changed.emit()

    # -- what is shown

    def _options_of(self, document: str) -> OptionsRow:
        """Return a document's options, made when it is first chosen."""
        if document not in self._options:
            options = self._options[document] = OptionsRow(PAPERS[document], self._memory)
            options.changed.connect(self._told)
            head = self._heads[document] = Text(PAPERS[document].label, "muted")
            place = list(self.boxes).index(document)
            self._how.addWidget(head, place, 0)
            self._how.addWidget(options, place, 1)
        return self._options[document]

    def _told(self) -> None:
        if not hasattr(self, "note"):
            return  # boxes are ticked while they are made
        for document in self.boxes:
            options = self._options_of(document)
            for part in (self._heads[document], options):
                part.setVisible(self.boxes[document].isChecked() and not options.is_empty)
        self.separate.setEnabled(any(PAPERS[document].separate for document in self.documents))
        self.wording.setVisible(LETTERS in self.documents)
        self.note.say(self._words())
        self.changed.emit()

    def _words(self) -> str:
        """Return what the papers chosen do beyond being printed."""
        slips = [document for document in self.documents if PAPERS[document].whom is Whom.TICKET]
        words = "交办单、催办单、督办单、答复函印制时编号，记入办理过程；重印不另编号。" if slips else ""
        if LETTERS in self.documents:
            words += "答复函印给反映这件事的每一个人，匿名的没有。"
        if self._of_chosen and "ticket-ledger" in self.documents and self._tickets.listed:
            words += "台账只列选中的，要印整份请选“列表里的全部”。"
        return words
