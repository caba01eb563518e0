"""The left half of a print dialog opened over a list: which papers, of which of its records, how."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QWidget

from desktop.records.forms import Form
from desktop.records.listing import Query
from desktop.records.open_days import OpenDay
from desktop.records.pack import PaperOptions, PeopleOrder
from desktop.services.orders import Order
from desktop.services.papers import PAPERS, Paper
from desktop.ui.boxes import ChoiceBox
from desktop.ui.labels import StatusLabel, Text
from desktop.ui.layouts import Part, column, hairline, row
from desktop.ui.naming import name
from desktop.ui.paper_boxes import PaperBoxes

CHOSEN, LISTED = "选中的", "列表里的全部"


@dataclass(frozen=True, slots=True)
class Listed:
    """What may be printed of: the records chosen, and all that the list shows with how many that are."""

    chosen: tuple[bytes, ...]
    listed: Query | None = None
    count: int = 0


class ListedChoices(QWidget):
    """Check boxes of papers, the records, options; `changed` says that the order is another.

    Subclasses say what they print of in `which_words` and `unit`, how an order is made in `order`, and what
    follows from the choice in `words`; `more_parts` are what they ask beyond it.
    """

    changed = Signal()
    day: OpenDay | None = None
    forms: Sequence[Form] = ()
    which_words = ""
    unit = ""
    orders_by: ClassVar[Mapping[str, PeopleOrder]] = {}

    def __init__(
        self,
        memory: QSettings,
        papers: Iterable[Paper],
        documents: Sequence[str],
        listed: Listed,
        lines: Mapping[str, QWidget] | None = None,
    ) -> None:
        super().__init__()
        name(self, "print-choices", f"印什么，{self.which_words}")
        self.listed, self._by_hand = listed, False
        self.papers = PaperBoxes(papers, documents, memory, lines)
        self.papers.changed.connect(self.tell)
        self.boxes = self.papers.boxes
        self.which = self._which()
        self.unprinted = self._box("print-unprinted", "只印没有印过的")
        self.separate = self._box("print-separate", f"每{self.unit}一个文件")
        self.order_box = name(ChoiceBox(list(self.orders_by)), "print-order", "顺序")
        self.order_box.setMinimumContentsLength(14)
        self.order_box.activated.connect(self.tell)
        self.note = StatusLabel("print-note", "说明", "caption", wrap=True)
        parts = (
            Text("印什么", "heading"), self.papers, hairline(), Text(self.which_words, "heading"),
            row(*self.which.values(), None, gap=16), row(self.unprinted, None),
            row(Text("顺序"), self.order_box, None), *self.more_parts(), self.note, hairline(),
            row(Text("怎么印", "heading"), None, self.separate), self.papers.how, *self.last_parts(),
        )  # fmt: skip
        self.setLayout(column(*parts, gap=8))
        self.tell()

    def _box(self, identifier: str, words: str) -> QCheckBox:
        box = name(QCheckBox(words), identifier, words)
        box.toggled.connect(self.tell)
        return box

    def _which(self) -> dict[str, QRadioButton]:
        """Return the two ways to say which records, with their counts; the chosen ones where there are any."""
        listed, group = self.listed, QButtonGroup(self)
        counts = {CHOSEN: len(listed.chosen), LISTED: listed.count if listed.listed else 0}
        found: dict[str, QRadioButton] = {}
        for word, count in counts.items():
            told = f"{word}（{count:,} {self.unit}）"
            button = found[word] = name(QRadioButton(told), f"print-which-{word}", word)
            button.setVisible(count > 0)
            group.addButton(button)
        found[CHOSEN if counts[CHOSEN] else LISTED].setChecked(True)
        found[CHOSEN].toggled.connect(self.tell)
        return found

    # -- what subclasses say

    def more_parts(self) -> Sequence[Part]:
        """Return what is asked of the records beyond which they are."""
        return ()

    def last_parts(self) -> Sequence[Part]:
        """Return what stands under the options of the papers."""
        return ()

    def order(self, document: str, target: Path) -> Order:
        """Return the order of one document."""
        raise NotImplementedError

    def hindrance(self, document: str) -> str:
        """Return why a document can't be printed at all, '' where it can."""
        raise NotImplementedError

    def words(self) -> str:
        """Return what the papers chosen do beyond being printed."""
        return ""

    def follow(self) -> None:
        """Show what belongs to the papers chosen."""

    # -- what is chosen

    @property
    def documents(self) -> list[str]:
        """The documents to print, in order."""
        return self.papers.checked

    def apart(self, document: str) -> bool:
        """Say whether a document is to be one file a record."""
        return PAPERS[document].separate and self.separate.isChecked()

    def count(self, document: str) -> int:
        """How many records a document may be of; those it isn't for are told by its check."""
        del document
        return len(self.listed.chosen) if self.of_chosen else self.listed.count

    def total(self, document: str) -> int | None:
        """Return how many records there are in all; None where counting them takes too long."""
        return self.count(document)

    @property
    def of_chosen(self) -> bool:
        """Whether only the records chosen are printed."""
        return self.which[CHOSEN].isChecked()

    @property
    def arranged(self) -> PeopleOrder:
        """In which order they come."""
        return self.orders_by[self.order_box.currentText()]

    def options(self, document: str) -> PaperOptions:
        """Return how a document is printed."""
        return replace(self.papers.chosen(document), by_hand=self._by_hand)

    def orders(self, targets: dict[str, Path]) -> list[Order]:
        """Return the orders for what is chosen, each to its target."""
        return [self.order(document, targets[document]) for document in self.documents]

    def remember(self) -> None:
        """Keep how each of the papers is printed for the next time."""
        self.papers.remember(self.documents)

    def leave_for_the_pen(self, leave: bool) -> None:
        """Leave characters that no face draws blank, to be written by hand; or don't."""
        self._by_hand = leave
        self.changed.emit()

    def tell(self) -> None:
        """Follow what was chosen."""
        self.separate.setEnabled(any(PAPERS[document].separate for document in self.documents))
        self.follow()
        self.note.say(self.words())
        self.changed.emit()
