"""打印: what, for whom, how it looks, what stands in its way; then a printer or a PDF."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QTabBar, QWidget

from desktop.errors import Cancelled, UserError
from desktop.records.base import own_connection
from desktop.records.open_days import OpenDay
from desktop.records.papers import Watch
from desktop.records.printers import Sides, Ticket
from desktop.services.orders import Order
from desktop.services.papers import DOCUMENTS, PAPERS, Whom
from desktop.services.press import Press
from desktop.ui import buttons
from desktop.ui.calibration_dialog import CalibrationDialog
from desktop.ui.file_work import show_folder
from desktop.ui.frame import Frame, sentence
from desktop.ui.labels import StatusLabel
from desktop.ui.layouts import column, hairline, row
from desktop.ui.naming import name
from desktop.ui.pdf_view import PdfView
from desktop.ui.print_choices import FORMS, LETTERS, PrintChoices
from desktop.ui.print_faults import FaultPanel
from desktop.ui.print_targets import Targets, ask_targets, copied
from desktop.ui.printer_line import PrinterLine
from desktop.ui.printers import Device, Printers, SystemPrinters
from desktop.ui.printing import (
    SHOWN,
    Fault,
    Result,
    check,
    draft,
    make,
    make_and_send,
    print_shown,
    send,
    whole_list,
)
from desktop.ui.scrolled import Scrolled
from desktop.ui.wording_dialog import WordingDialog
from desktop.ui.working_dialog import Leaving, WorkingDialog
from desktop.ui.workroom import Task

PAUSE = 30
"""Milliseconds after the last change before the preview is drawn anew."""
SIZE = (1120, 680)
T = TypeVar("T")


class PrintDialog(WorkingDialog):
    """One dialog for all papers of an open day. Nothing is numbered or noted before 打印 or 存为 PDF."""

    stopped = "已停止，没有印出、也没有登记任何内容"

    def __init__(
        self,
        frame: Frame,
        documents: Sequence[str],
        open_day: OpenDay | None,
        chosen: Sequence[bytes] = (),
        *,
        printers: Printers | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(frame, parent, "打印", "print-dialog")
        self._printers = printers or SystemPrinters(self)
        self._folder = Path(tempfile.mkdtemp(prefix="openday-print-"))
        self._made: Result | None = None
        self._looking, self._checked = 0, False
        self._looks: tuple[Task, ...] = ()
        self._then: Callable[[], None] | None = None
        self._rest: Callable[[], None] | None = None
        self.choices = PrintChoices(frame.desk, documents, open_day, chosen)
        self.preview = PdfView(frame.workroom, "print-preview", "预览")
        self.line = PrinterLine(self._printers.names(), frame.memory)
        self._tabs = name(QTabBar(), "print-tabs", "看哪一种")
        self._caption = StatusLabel("print-caption", "预览说明", "caption")
        self._check = FaultPanel()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._lay_out()
        self._connect()
        self.fit(*SIZE)
        self._changed()

    def _lay_out(self) -> None:
        what = Scrolled(self.choices, "print-choices-scroll", "印什么、给谁", least=130, snug=True)
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
        self.footer.insertWidget(0, self.line)
        leave = buttons.plain("关闭", "print-cancel")
        leave.clicked.connect(self.reject)
        self._save = buttons.plain("存为 PDF…", "print-save", "file-down")
        self._print = buttons.primary("打印", "print-go", "printer")
        self._print.setToolTip("Ctrl+P")
        self._save.setToolTip("Ctrl+S")
        for button in (leave, self._save, self._print):
            self.footer.addWidget(button)

    def _connect(self) -> None:
        self.choices.changed.connect(self._changed)
        self._tabs.currentChanged.connect(self._look)
        self._pause.timeout.connect(self._look)
        self.preview.settled.connect(self._seen)
        self.preview.failed.connect(self._seen)
        self._check.fix_asked.connect(self._jump)
        self._check.by_hand_asked.connect(self.choices.leave_for_the_pen)
        self._save.clicked.connect(self._save_pdf)
        self._print.clicked.connect(self._print_now)
        self.line.system_asked.connect(self._ask_printer)
        self.line.calibrate_asked.connect(self._calibrate)
        self.line.page_asked.connect(self._print_page)
        # no default button: Enter in the box of pages or copies must never send papers to a printer
        for keys, button in (("Ctrl+P", self._print), ("Ctrl+S", self._save)):
            buttons.action(self, button.text(), keys).triggered.connect(button.click)
        self.finished.connect(self._clean_up)

    # -- looking

    def _changed(self) -> None:
        """Take notice that the order is another: what was made before belongs to the old one."""
        self._made = None
        self._show_tabs()
        self._pause.start()
        self.tell_buttons()

    def _show_tabs(self) -> None:
        documents = self.choices.documents
        if [self._tabs.tabData(place) for place in range(self._tabs.count())] == documents:
            return
        shown = self._shown()
        self._tabs.blockSignals(True)
        while self._tabs.count():
            self._tabs.removeTab(0)
        for document in documents:
            self._tabs.setTabData(self._tabs.addTab(DOCUMENTS[document]), document)
        if shown in documents:
            self._tabs.setCurrentIndex(documents.index(shown))
        self._tabs.blockSignals(False)

    def _shown(self) -> str:
        return str(self._tabs.tabData(self._tabs.currentIndex()) or "")

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
        orders = self.choices.orders(dict.fromkeys(DOCUMENTS, self._folder / "order.pdf"))
        shown = next(order for order in orders if order.document == self._shown())
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
        count = self.choices.count(self._shown())
        paper = PAPERS[self._shown()]
        part = paper.whom is Whom.EACH and count > SHOWN
        self._caption.say(f"预览前 {SHOWN} {paper.measure}，共 {count:,} {paper.measure}" if part else "")

    @Slot()
    def _seen(self) -> None:
        """Go on with what takes longer, now that there is a page to be looked at."""
        then, self._then = self._then, None
        if then is not None:
            then()

    def _go_on(self, turn: int, orders: Sequence[Order], shown: Order) -> None:
        """Check all the papers for everybody; draw the rest of a long list."""
        run, press = self.frame.workroom.run, self.frame.desk.press
        checking = partial(_numbered, turn, partial(check, press, orders))
        self._looks += (run(self, checking, done=self._was_checked),)
        if PAPERS[shown.document].whom is Whom.LIST and self.choices.count(shown.document) > SHOWN:
            drawing = partial(_whole, turn, press, shown, self._folder)
            watch = _unheard  # which makes it stoppable
            self._looks += (run(self, drawing, done=self._drawn, failed=self._not_drawn, progress=watch),)

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

    def _jump(self, fault: Fault) -> None:
        """Leave for the record that a fault is about."""
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
        sound = self._checked and not self._check.blocking and not self._pause.isActive()
        ready = bool(self.choices.documents) and sound and self._task is None
        resend = self._made is not None
        self._print.setText("再送一次" if resend else "打印")
        self._print.setAccessibleName(self._print.text())
        self.line.page.setEnabled(
            self.preview.count > 0 and self._task is None and bool(self._printers.names())
        )
        for button in (self._print, self._save, self.line.system):
            button.setEnabled(ready and (not self.frame.read_only or resend))

    def _print_now(self) -> None:
        if not self._printers.names():
            self.complain("这台电脑上没有打印机，请用“存为 PDF”，把文件拿到有打印机的电脑上打印。")
            self._save.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._send(self._printers.device(self.line.ticket()))

    def _ask_printer(self) -> None:
        """Leave printer, pages and whatever else it can do to the system's own dialog."""
        self._printers.ask(self, self.line.ticket(), self._send)

    def _calibrate(self) -> None:
        ticket = self.line.ticket()
        device = partial(self._printers.device, Ticket(ticket.printer, sides=Sides.ONE))
        CalibrationDialog(self.frame, ticket.printer, device, self).open()

    def _print_page(self) -> None:
        """Print the page in front as it is shown: in place of one that was spoilt, or as a trial."""
        page = self.preview.page
        device = self._printers.device(replace(self.line.ticket(), first=page, last=page))
        target = self._folder / f"{self._shown()}.pdf"
        work = partial(print_shown, self.preview.pdf, target, device)
        self.complain("")
        self._begin("正在送往打印机", work, partial(self._page_sent, device, page))

    def _page_sent(self, device: Device, page: int, _none: None) -> None:
        self._end()
        self.frame.toast(f"第 {page} 页已送到“{device.called}”，没有登记")

    def _send(self, device: Device) -> None:
        self.complain("")
        self.line.remember()
        done = partial(self._sent, device)
        if self._made is not None:
            work: Callable = partial(send, self.frame.desk.press, self._made, device)
        else:
            targets = {document: self._folder / f"{document}.pdf" for document in DOCUMENTS}
            orders = [replace(order, separate=False) for order in self.choices.orders(targets)]
            work = partial(make_and_send, self.frame.desk.press, orders, device)
        self._begin("正在印制", work, done)

    def _sent(self, device: Device, result: Result) -> None:
        self._end()
        if result.waiting:
            self._keep(result)
            return
        if result.trouble:
            self._made = None
            self._changed()
            self.complain(result.trouble)
            return
        halted = f"。{result.halted}" if result.halted else ""
        self.frame.toast(f"已送到“{device.called}”：{result.pages:,} 页{result.told}{halted}")
        self._finish()

    def _keep(self, result: Result) -> None:
        """Tell that papers are made and numbered but not printed, and let them be sent again."""
        self._made = result
        self.complain(
            f"{result.refused}。文件已经做好、编号已经登记，还没有记为已印；可以再送一次，或者存为 PDF。"
        )
        if self._leaving:
            self._leaving = False
        self.tell_buttons()

    def _save_pdf(self) -> None:
        targets = ask_targets(self.frame.ask, self.choices, apart=self._made is None)
        if targets is None:
            return
        self.complain("")
        if self._made is not None:
            self._begin("正在保存", partial(self._copied, self._made, targets), self._saved)
            return
        work = partial(make, self.frame.desk.press, self.choices.orders(targets))
        self._begin("正在印制", work, self._saved)

    def _saved(self, result: Result) -> None:
        self._end()
        if result.trouble:
            self._changed()
            self.complain(result.trouble)
            return
        first = result.files[0]
        where = first.name if len(result.files) == 1 else f"{len(result.files)} 个文件"
        words = f"已存 {where}，{result.pages:,} 页{result.told}"
        self.frame.toast(words, action=("打开所在文件夹", partial(show_folder, first)))
        self._finish()

    def _copied(self, made: Result, targets: Targets, watch: Watch) -> Result:
        """Copy what no printer took to where it is wanted; with that it is printed (on the worker's thread)."""
        saved = copied(made, targets, watch)
        with own_connection():
            for outcome in saved.outcomes:
                if outcome.job in {waiting.job for waiting in made.waiting}:
                    self.frame.desk.press.sent([outcome], "", Path(outcome.files[0]).name)
        return saved

    # -- work

    def _finish(self) -> None:
        self._leaving = True
        self.accept()

    def leaving(self) -> Leaving:
        return Leaving("正在印制，现在离开就停下来", "停止并离开", "继续印制")

    def _clean_up(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


def _whole(turn: int, press: Press, order: Order, folder: Path, watch: Watch) -> tuple[int, bytes]:
    """Draw a whole list and say for which look it was."""
    return turn, whole_list(press, order, folder, watch)


def _unheard(_done: int, _total: int) -> None:
    """Progress that nobody is told."""


def _numbered(turn: int, work: Callable[[], T]) -> tuple[int, T]:
    """Do work and say for which look it was: a later one makes an earlier one worthless."""
    return turn, work()
