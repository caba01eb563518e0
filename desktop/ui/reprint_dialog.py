"""照原样再印: the pages of a job of the log as they were, to a printer or a PDF once more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop import files
from desktop.errors import Cancelled
from desktop.files import passing
from desktop.records.base import own_connection
from desktop.records.papers import Watch
from desktop.records.register import PrintJob, told_numbers
from desktop.services.orders import Order
from desktop.services.papers import PAPERS
from desktop.services.press import Press
from desktop.services.print_log import order_of, title_of
from desktop.ui.frame import Frame, sentence
from desktop.ui.labels import Banner, Text, Tone
from desktop.ui.layouts import column, hairline, row
from desktop.ui.print_targets import PDF, save_made
from desktop.ui.printers import Device, Printers
from desktop.ui.printing import Result, send
from desktop.ui.sending_dialog import SendingDialog

SIZE = (960, 640)
ASIDE = 280
"""Pixels of the words beside the pages."""


class ReprintDialog(SendingDialog):
    """What was printed when and for how many, its pages, and the ways to have them again; nothing is numbered."""

    def __init__(
        self,
        frame: Frame,
        job: PrintJob,
        parent: QWidget | None = None,
        *,
        printers: Printers | None = None,
    ) -> None:
        super().__init__(frame, parent, "照原样再印", "reprint-dialog", printers)
        self._job, self._order = job, order_of(job, self._folder / f"{job.document}.pdf")
        self.about = Text(_about(job), wrap=True)
        self.void = Banner("reprint-void", "已作废的编号")
        self._lay_out()
        self.fit(*SIZE)
        self.preview.clear("正在准备这一次印的各页…")
        self.preview.settled.connect(self.tell_buttons)
        drawing = partial(_drawn, frame.desk.press, job, self._order)
        frame.workroom.run(self, drawing, done=self._show, failed=self._not_drawn, stoppable=True)
        self.tell_buttons()

    def _lay_out(self) -> None:
        promise = "照那一次的内容印：同样的人、文字、顺序和编号，不另编号。后来的改动不影响。"
        title = Text(title_of(self._job), "heading", wrap=True)
        left = column(title, self.about, hairline(), Text(promise, "muted", wrap=True), self.void, None)
        side = QWidget()
        side.setLayout(left)
        side.setFixedWidth(ASIDE)
        halves = row(side, hairline(upright=True), self.preview, gap=16)
        halves.setStretch(2, 1)
        self.body.addLayout(halves, 1)
        self.body.addWidget(self._progress)

    def _show(self, drawn: tuple[bytes, tuple[str, ...]]) -> None:
        pdf, voided = drawn
        self.preview.show_pdf(pdf)
        words = f"{told_numbers(voided)} 已经作废，这里仍会印出，不要再发出去。" if voided else ""
        self.void.say(words, Tone.WARN)

    def _not_drawn(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            return
        words = sentence(error)
        if words is None:
            raise error
        self.preview.clear("没有可以再印的内容")
        self.complain(words)

    def is_sound(self) -> bool:
        return self.preview.count > 0

    def shown_document(self) -> str:
        return self._job.document

    def has_whole_numbers(self) -> bool:
        return self._order.options.full_numbers

    def printing(self, device: Device) -> Callable:
        order = replace(self._order, separate=False, printer=device.called)
        return partial(_again_and_send, self.frame.desk.press, self._job, order, device)

    def saving(self) -> Callable | None:
        title = f"再印{title_of(self._job)}"
        if self._order.separate and self._made is None:
            target = self.frame.ask.choose_folder("存到哪个文件夹")
        else:
            called = files.safe_name(Path(self._job.target).stem if self._job.target else title)
            target = self.frame.ask.save_as(title, f"{called}.pdf", PDF)
        if target is None:
            return None
        press = self.frame.desk.press
        if self._made is not None:
            return partial(save_made, press, self._made, {self._job.document: target})
        return partial(_again, press, self._job, replace(self._order, target=target))


def _about(job: PrintJob) -> str:
    paper = PAPERS[job.document]
    return f"{job.at[:16].replace('T', ' ')} 印\n{job.items:,} {paper.measure}，{job.pages:,} 页\n{job.where}"


def _drawn(press: Press, job: PrintJob, order: Order, watch: Watch) -> tuple[bytes, tuple[str, ...]]:
    """Return all pages of a job as a PDF, and which of their numbers are void by now; nothing is noted."""
    with own_connection(), passing():
        outcome = press.print_again(job, replace(order, separate=False, draft=True), watch)
    return Path(outcome.files[0]).read_bytes(), outcome.voided


def _again(press: Press, job: PrintJob, order: Order, watch: Watch) -> Result:
    """Print a job into its file or files again."""
    with own_connection():
        return Result((press.print_again(job, order, watch),))


def _again_and_send(press: Press, job: PrintJob, order: Order, device: Device, watch: Watch) -> Result:
    """Print a job again and send it to a printer; it is printed when that has taken it."""
    made = _again(press, job, order, watch)
    return send(press, replace(made, waiting=made.outcomes), device, watch)
