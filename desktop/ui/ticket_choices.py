"""The left half of the print dialog for tickets: which papers, of which tickets, how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QSettings, Signal

from desktop.records.listing import Query
from desktop.records.meetings import Meeting
from desktop.records.pack import PeopleOrder
from desktop.records.tickets import Ticket
from desktop.services.orders import Order
from desktop.services.papers import OF_TICKETS, PAPERS, Whom
from desktop.ui import buttons
from desktop.ui.layouts import Part, row
from desktop.ui.listed_choices import Listed, ListedChoices

LETTERS = "reply-letters"


@dataclass(frozen=True, slots=True)
class Tickets(Listed):
    """The tickets that may be printed of."""

    meeting: Meeting | None = None
    """The meeting before which all the chosen ones are."""


class TicketChoices(ListedChoices):
    """The papers of tickets; `wording_asked` is for the text of the letters."""

    wording_asked = Signal()
    which_words, unit = "哪些问题", "件"
    orders_by: ClassVar = {"列表的顺序": PeopleOrder.NUMBER, "经办人姓氏笔画": PeopleOrder.STROKES}

    def __init__(self, memory: QSettings, documents: Sequence[str], tickets: Tickets) -> None:
        self._meeting = tickets.meeting
        self.wording = buttons.quiet("改答复函文稿…", "print-wording", "edit")
        papers = [
            paper
            for paper in PAPERS.values()
            if paper.whom in OF_TICKETS and (paper.whom is not Whom.MEETING or tickets.meeting)
        ]
        super().__init__(memory, papers, documents, tickets)
        self.wording.clicked.connect(self.wording_asked)
        self.unprinted.setToolTip("每一轮办理算一次；台账和销号表不用勾")
        self.separate.setToolTip("存为 PDF 时，交办单、催办单每件、答复函每人各成一个文件")

    def last_parts(self) -> Sequence[Part]:
        return (row(self.wording, None),)

    def count(self, document: str) -> int:
        return 1 if PAPERS[document].whom is Whom.MEETING else super().count(document)

    def hindrance(self, document: str) -> str:
        return "" if self.count(document) else "列表里没有问题，没有可以印的"

    def order(self, document: str, target: Path) -> Order:
        chosen = self.listed.chosen
        of_meeting = PAPERS[document].whom is Whom.MEETING
        query = Query(Ticket, keys=chosen, sort="number") if self.of_chosen else self.listed.listed
        return Order(
            document,
            target,
            tickets=None if of_meeting else query,
            meeting=self._meeting if of_meeting else None,
            passing=not (self.of_chosen and len(chosen) == 1),
            unprinted=self.unprinted.isChecked() and bool(PAPERS[document].whom is Whom.TICKET),
            arranged=self.arranged,
            options=self.options(document),
            separate=self.apart(document),
        )

    def follow(self) -> None:
        self.wording.setVisible(LETTERS in self.documents)

    def words(self) -> str:
        slips = [document for document in self.documents if PAPERS[document].whom is Whom.TICKET]
        words = "交办单、催办单、督办单、答复函印制时编号，记入办理过程；重印不另编号。" if slips else ""
        if LETTERS in self.documents:
            words += "答复函印给反映这件事的每一个人，匿名的没有。"
        if self.of_chosen and "ticket-ledger" in self.documents and self.listed.listed:
            words += "台账只列选中的，要印整份请选“列表里的全部”。"
        return words
