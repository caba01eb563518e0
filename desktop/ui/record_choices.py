"""The left half of the print dialog for households, visits, pairings and diaries: which papers, of which of them, how."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from desktop.errors import UserError
from desktop.records import listing
from desktop.records.base import Record
from desktop.records.catalogue import record_type
from desktop.records.hanging import hanging_on
from desktop.records.kinds import Day
from desktop.records.listing import Query
from desktop.records.pack import PeopleOrder
from desktop.records.visits import Campaign
from desktop.services.desk import Desk
from desktop.services.orders import Order
from desktop.services.papers import PAPERS, Whom
from desktop.ui.boxes import ChoiceBox
from desktop.ui.editors import Editor, editor_for
from desktop.ui.labels import Text
from desktop.ui.layouts import Part, holding, row
from desktop.ui.listed_choices import Listed, ListedChoices
from desktop.ui.naming import name
from desktop.ui.print_options import number_box
from desktop.ui.segments import Segments

SHEETS, BULLETIN, BRIEFING = "visit-sheets", "quota-bulletin", "briefing"
FILLED, BLANK = "填好的", "空白的"
OFFERED = {
    "visit": ("visit-ledger", "visit-plan", SHEETS, "diary-booklet", BULLETIN, BRIEFING),
    "household": (SHEETS, "pairing-cards", "link-cards", "pocket-cards", "condolence-list", "visit-ledger"),
    "pairing": ("pairing-cards", "link-cards", "pocket-cards", SHEETS, "condolence-list"),
    "condolence": ("condolence-list",),
    "diary": ("diary-booklet",),
}
"""The papers that a list of each kind offers, the usual one first."""
UNITS = {"visit": "次", "household": "户", "pairing": "对", "condolence": "户次", "diary": "篇"}
HANGING = {
    "household": "涉及的户",
    "pairing": "现有的结对",
    "condolence": "的慰问",
    "visit": "的走访",
    "diary": "写进的日记",
}
"""What a paper is of where its list is of something else."""
MOST_CAMPAIGNS, MOST_BLANKS, MOST_COUNTED = 50, 500, 2_000


class RecordChoices(ListedChoices):
    """The papers that may be printed of a list of households, visits, pairings, 慰问 or diaries."""

    orders_by: ClassVar = {"户号、日期先后": PeopleOrder.NUMBER, "列表的顺序": PeopleOrder.AS_GIVEN}

    def __init__(
        self, desk: Desk, memory: QSettings, model: type[Record], documents: Sequence[str], listed: Listed
    ) -> None:
        self._model, self._counted = model, dict[tuple[str, bool], int]()
        self.which_words, self.unit = f"哪些{model.label}", UNITS[model.kind]
        self._campaigns = _campaigns(desk)
        self.campaign = name(ChoiceBox([one.name for one in self._campaigns]), "print-campaign", "走访活动")
        self.sort = Segments("走访登记表", (FILLED, BLANK), clearable=False)
        self.blanks = number_box("print-blanks", "空白登记表份数", MOST_BLANKS)
        self.since, self.until = (_day(word, desk) for word in ("起始日期", "截止日期"))
        self._period = holding(row(Text("起止日期"), self.since.widget, Text("至"), self.until.widget, None))
        self._pieces = Text("份")
        lines: dict[str, QWidget] = {
            SHEETS: holding(row(self.sort, self.blanks, self._pieces, None)),
            BULLETIN: holding(row(self.campaign, None)),
        }
        papers = [PAPERS[document] for document in OFFERED[model.kind]]
        self._begin(listed)
        super().__init__(
            memory,
            papers,
            documents or [papers[0].name],
            listed,
            {paper.name: lines[paper.name] for paper in papers if paper.name in lines},
        )
        self.unprinted.setVisible(any(paper.whom is Whom.RECORD for paper in papers))
        self.separate.setVisible(any(paper.separate for paper in papers))
        self.unprinted.setToolTip("每一种文书分别记；台账、签收表、通报不用勾")
        self.separate.setToolTip("存为 PDF 时，登记表、帮扶卡、连心卡每户各成一个文件")
        for told in (self.campaign.activated, self.sort.picked, self.blanks.textChanged):
            told.connect(self.tell)
        for editor in (self.since, self.until):
            editor.edited.connect(self.tell)

    def _begin(self, listed: Listed) -> None:
        """Choose what is usual; where there is no household yet, a blank sheet is all that can be printed."""
        self.sort.pick(FILLED if listed.chosen or listed.count else BLANK)
        self.blanks.fill("1")
        self.campaign.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.campaign.setMinimumContentsLength(18)

    def more_parts(self) -> Sequence[Part]:
        return (self._period,)

    # -- what is chosen

    @property
    def is_blank(self) -> bool:
        """Whether 走访登记表 are blank ones with numbers."""
        return self.sort.value() == BLANK

    @property
    def copies(self) -> int:
        """How many blank sheets."""
        return max(int(self.blanks.typed() or 1), 1)

    def count(self, document: str) -> int:
        if document == SHEETS and self.is_blank:
            return self.copies
        if document in (BULLETIN, BRIEFING):
            return 1
        if PAPERS[document].of == self._model.kind:
            return super().count(document)
        hanging = self._hanging(PAPERS[document].of)
        return super().count(document) if hanging is None else hanging

    def total(self, document: str) -> int | None:
        others = PAPERS[document].of not in ("", "campaign", self._model.kind)
        if others and not (document == SHEETS and self.is_blank):
            return self._hanging(PAPERS[document].of)
        return super().total(document)

    def _hanging(self, kind: str) -> int | None:
        """Return how many records of another kind hang on those chosen or listed, counted once; None of a long list."""
        if super().count("") > MOST_COUNTED:
            return None
        asked = (kind, self.of_chosen)
        if asked not in self._counted:
            self._counted[asked] = listing.count(hanging_on(self._named(), record_type(kind)))
        return self._counted[asked]

    def hindrance(self, document: str) -> str:
        if document == BULLETIN and not self._campaigns:
            return "还没有走访活动，请先在“走访指标”里新建"
        try:
            self._days()
        except UserError as fault:
            return fault.message
        if self.count(document):
            return ""
        if not super().count(document):
            return f"列表里没有{self._model.label}，没有可以印的"
        label = record_type(PAPERS[document].of).label
        return f"{'选中' if self.of_chosen else '列表里'}的{self._model.label}没有{label}，没有可以印的"

    def order(self, document: str, target: Path) -> Order:
        paper = PAPERS[document]
        try:
            since, until = self._days() if paper.dated else (None, None)
        except UserError:
            since = until = None  # the hindrance tells of it, and nothing is printed
        blank = document == SHEETS and self.is_blank
        return Order(
            document,
            target,
            records=self._records(document, blank=blank),
            since=since,
            until=until,
            unprinted=self.unprinted.isChecked() and paper.whom is Whom.RECORD and not blank,
            arranged=self.arranged,
            options=self.options(document),
            copies=self.copies if blank else None,
            separate=self.apart(document),
        )

    def _records(self, document: str, *, blank: bool) -> Query | None:
        """Return what a paper is of: the campaign, the records chosen or listed; None where it is of none."""
        if blank or document == BRIEFING:
            return None
        if document == BULLETIN:
            at = max(self.campaign.currentIndex(), 0)
            return Query(Campaign, keys=(self._campaigns[at].id,)) if self._campaigns else None
        listed = self._named()
        if self.arranged is PeopleOrder.AS_GIVEN:
            return listed
        return replace(listed, sort="", descending=False)

    def _named(self) -> Query:
        """Return the records chosen, or all listed."""
        if self.of_chosen:
            return Query(self._model, keys=self.listed.chosen)
        return self.listed.listed or Query(self._model)

    def _days(self) -> tuple[datetime.date | None, datetime.date | None]:
        return self.since.store(), self.until.store()

    def follow(self) -> None:
        documents = self.documents
        self._period.setVisible(any(PAPERS[document].dated for document in documents))
        each = any(PAPERS[document].whom is Whom.RECORD for document in documents)
        self.unprinted.setEnabled(each and not (documents == [SHEETS] and self.is_blank))
        for part in (self.blanks, self._pieces):
            part.setVisible(self.is_blank)

    def words(self) -> str:
        told = []
        if SHEETS in self.documents:
            told.append(
                "空白登记表印制时编号，扫码登记时对得上；重印不另编号。"
                if self.is_blank
                else "填好的登记表印上户情和上次走访，带去当场写。"
            )
        of_others: dict[str, list[str]] = {}
        for document in self.documents:
            paper = PAPERS[document]
            if paper.of not in ("", "campaign", self._model.kind) and not (
                document == SHEETS and self.is_blank
            ):
                of_others.setdefault(paper.of, []).append(paper.label)
        told += [
            f"{'、'.join(labels)}印这些{self._model.label}{HANGING[kind]}。"
            for kind, labels in of_others.items()
        ]
        if any(PAPERS[document].dated for document in self.documents):
            told.append("起止日期不填就不限。")
        return "".join(told)


def _campaigns(desk: Desk) -> list[Campaign]:
    found = desk.books.page(Query(Campaign, sort="since", descending=True), 0, MOST_CAMPAIGNS)
    return [one for one in found if isinstance(one, Campaign)]


def _day(word: str, desk: Desk) -> Editor:
    """Return a box for a day that may stay empty."""
    kind: Any = copy.copy(Campaign.since)
    kind.name = "print-since" if word == "起始日期" else "print-until"
    kind.label, kind.required, kind.hint = word, False, ""
    assert isinstance(kind, Day)
    return editor_for(kind, desk.books)
