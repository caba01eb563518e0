"""打印: what, for whom, how it looks, what stands in its way; then a printer or a PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QTabBar, QWidget

from desktop.errors import Cancelled, UserError
from desktop.records.open_days import OpenDay
from desktop.records.papers import Watch
from desktop.services.orders import Order
from desktop.services.papers import DOCUMENTS, PAPERS, Whom
from desktop.ui.frame import Frame, sentence
from desktop.ui.labels import StatusLabel
from desktop.ui.layouts import column, hairline, row
from desktop.ui.naming import name
from desktop.ui.print_choices import FORMS, LETTERS, PrintChoices
from desktop.ui.print_faults import FaultPanel
from desktop.ui.print_targets import ask_targets, save_made
from desktop.ui.printers import Device, Printers
from desktop.ui.printing import (
    SHOWN,
    Fault,
    check,
    draft,
    make,
    make_and_send,
    whole_list,
)
from desktop.ui.scrolled import Scrolled
from desktop.ui.sending_dialog import SendingDialog
from desktop.ui.wording_dialog import WordingDialog
from desktop.ui.workroom import Task

if TYPE_CHECKING:
    from desktop.ui.listed_choices import ListedChoices

PAUSE = 0
"""Milliseconds after a change before the preview is drawn anew: several changes of one turn are one."""
SIZE = (1120, 680)
T = TypeVar("T")


class PrintDialog(SendingDialog):
    """One dialog for all papers of an open day, of tickets or of visits. Nothing is numbered or noted before 打印 or 存为 PDF."""

    def __init__(
        self,
        frame: Frame,
        documents: Sequence[str],
        open_day: OpenDay | None,
        chosen: Sequence[bytes] = (),
        *,
        choices: ListedChoices | None = None,
        printers: Printers | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(frame, parent, "打印", "print-dialog", printers)
        self._looking, self._checked = 0, False
        self._looks: tuple[Task, ...] = ()
        self._then: Callable[[], None] | None = None
        self._rest: Callable[[], None] | None = None
        self.choices = choices or PrintChoices(frame.desk, frame.memory, documents, open_day, chosen)
        self._tabs = name(QTabBar(), "print-tabs", "看哪一种")
        self._caption = StatusLabel("print-caption", "预览说明", "caption")
        self._check = FaultPanel()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._lay_out()
        self._connect()
        self.fit(*SIZE)
        self.changed()

    def _lay_out(self) -> None:
        what = Scrolled(self.choices, "print-choices-scroll", "印什么、给谁", self, least=130, snug=True)
        left = column(what, hairline(), self._check, gap=12)
        left.setStretch(2, 1)
        right = column(row(self._tabs, None, self._caption), self.preview, gap=4)
        right.setStretch(1, 1)
        halves = row(left, hairline(upright=True), right, gap=16)
        halves.setStretch(0, 5)
        halves.setStretch(2, 7)
        self.body.addLayout(halves, 1)
        self.body.addWidget(self._progress)
        self._tabs.setDrawBase(False)

    def _connect(self) -> None:
        self.choices.changed.connect(self.changed)
        self._tabs.currentChanged.connect(self._look)
        self._pause.timeout.connect(self._look)
        self.preview.settled.connect(self._seen)
        self.preview.failed.connect(self._seen)
        self._check.fix_asked.connect(self.jump)
        self._check.by_hand_asked.connect(self.choices.leave_for_the_pen)

    # -- looking

    def changed(self) -> None:
        """Take notice that the order is another: what was made before belongs to the old one."""
        super().changed()
        self._show_tabs()
        self._pause.start()
        self.tell_buttons()

    def _show_tabs(self) -> None:
        documents = self.choices.documents
        if [self._tabs.tabData(place) for place in range(self._tabs.count())] == documents:
            return
        shown = self.shown_document()
        self._tabs.blockSignals(True)
        while self._tabs.count():
            self._tabs.removeTab(0)
        for document in documents:
            self._tabs.setTabData(self._tabs.addTab(DOCUMENTS[document]), document)
        if shown in documents:
            self._tabs.setCurrentIndex(documents.index(shown))
        self._tabs.blockSignals(False)

    def shown_document(self) -> str:
        return str(self._tabs.tabData(self._tabs.currentIndex()) or "")

    def has_whole_numbers(self) -> bool:
        return any(order.options.full_numbers for order in self._orders() if self._is_shown(order))

    def _orders(self) -> list[Order]:
        """Return what would be made of what is chosen now, all to a file that only the preview sees."""
        return self.choices.orders(dict.fromkeys(DOCUMENTS, self._folder / "order.pdf"))

    def _is_shown(self, order: Order) -> bool:
        return order.document == self.shown_document()

    def _look(self) -> None:
        """Have the preview and the check made for what is chosen now."""
        self._pause.stop()
        if not self.choices.documents:
            self._check.show_faults((), "")
            self.preview.clear("请在左边选择印什么")
            self._caption.say("")
            return
        self._looking += 1
        self._checked = False
        hindered = [
            Fault(document, "", words)
            for document in self.choices.documents
            if (words := self.choices.hindrance(document))
        ]
        if hindered:
            self._was_checked((self._looking, tuple(hindered)))
            self.preview.clear(hindered[0].message)
            self._caption.say("")
            return
        self._check.wait()
        self.tell_buttons()
        turn, press = self._looking, self.frame.desk.press
        orders = self._orders()
        shown = next(filter(self._is_shown, orders))
        for task in self._looks:
            task.cancel()
        drawing = partial(_numbered, turn, partial(draft, press, shown, self._folder))
        drawn, not_drawn = self._drawn, self._not_drawn
        self._looks = (self.frame.workroom.look(self, drawing, done=drawn, failed=not_drawn),)
        self._then, self._rest = None, partial(self._go_on, turn, orders, shown)

    def _drawn(self, drawn: tuple[int, bytes]) -> None:
        turn, pdf = drawn
        if turn != self._looking:
            return
        self.preview.show_pdf(pdf)
        self._then, self._rest = self._rest, None
        count = self.choices.count(self.shown_document())
        paper = PAPERS[self.shown_document()]
        part = paper.whom in (Whom.EACH, Whom.TICKET, Whom.RECORD) and count > SHOWN
        total = self.choices.total(self.shown_document())
        of = f"，共 {total:,} {paper.measure}" if total is not None else ""
        self._caption.say(f"预览前 {SHOWN} {paper.measure}{of}" if part else "")

    @Slot()
    def _seen(self) -> None:
        """Go on with what takes longer, now that there is a page to be looked at."""
        then, self._then = self._then, None
        if then is not None:
            then()

    def _go_on(self, turn: int, orders: Sequence[Order], shown: Order) -> None:
        """Check all the papers for everybody; draw the rest of a long list."""
        run, press = self.frame.workroom.run, self.frame.desk.press
        checking = partial(_watched, turn, partial(check, press, orders))
        # the next change isn't to be drawn beside a check that nobody wants any more
        self._looks += (run(self, checking, done=self._was_checked, stoppable=True),)
        if (
            PAPERS[shown.document].whom in (Whom.LIST, Whom.TICKETS, Whom.RECORDS)
            and self.choices.count(shown.document) > SHOWN
        ):
            drawing = partial(_watched, turn, partial(whole_list, press, shown, self._folder))
            drawn, not_drawn = self._drawn, self._not_drawn
            self._looks += (run(self, drawing, done=drawn, failed=not_drawn, stoppable=True),)

    def _was_checked(self, checked: tuple[int, tuple[Fault, ...]]) -> None:
        turn, faults = checked
        if turn == self._looking:
            self._checked = True
            self._check.show_faults(faults, "可以印制")
            self.tell_buttons()

    def _not_drawn(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            return
        words = sentence(error)
        if words is None:
            raise error
        fault = isinstance(error, UserError)
        self.preview.clear("印前检查没有通过，改好左边列出的问题后再预览" if fault else words)
        self._caption.say("")
        self._then, self._rest = self._rest, None
        self._seen()

    def jump(self, fault: Fault) -> None:
        """Leave for the record that a fault is about."""
        assert isinstance(self.choices, PrintChoices)
        day = self.choices.day
        self.reject()
        if fault.document == FORMS:
            self.frame.go("forms", self.choices.forms[self.choices.form_box.currentIndex()].id)
        elif fault.record:
            self.frame.go("representatives", fault.record)
        elif fault.document == LETTERS and day is not None and not self.choices.hindrance(LETTERS):
            WordingDialog(self.frame, day).open()
        else:
            self.frame.go("open-days", day.id if day is not None else b"")

    # -- printing

    def tell_buttons(self) -> None:
        self.choices.setEnabled(self._task is None)  # first: what can't be ticked isn't chosen
        super().tell_buttons()

    def is_sound(self) -> bool:
        checked = self._checked and not self._check.blocking and not self._pause.isActive()
        return checked and bool(self.choices.documents)

    def printing(self, device: Device) -> Callable:
        self.choices.remember()
        targets = {document: self._folder / f"{document}.pdf" for document in DOCUMENTS}
        orders = [replace(order, separate=False) for order in self.choices.orders(targets)]
        return partial(make_and_send, self.frame.desk.press, orders, device)

    def saving(self) -> Callable | None:
        targets = ask_targets(self.frame.ask, self.choices, apart=self._made is None)
        if targets is None:
            return None
        self.choices.remember()
        if self._made is not None:
            return partial(save_made, self.frame.desk.press, self._made, targets)
        return partial(make, self.frame.desk.press, self.choices.orders(targets))


def _watched(turn: int, work: Callable[[Watch], T], watch: Watch) -> tuple[int, T]:
    """Do work that can be stopped, and say for which look it was."""
    return turn, work(watch)


def _numbered(turn: int, work: Callable[[], T]) -> tuple[int, T]:
    """Do work and say for which look it was: a later one makes an earlier one worthless."""
    return turn, work()
