"""The part that all dialogs share whose papers go to a printer or into a file: the footer and what it does."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.errors import TroubleError, UserError
from desktop.records.printers import Sides, Ticket
from desktop.services.papers import DOCUMENTS
from desktop.ui import buttons
from desktop.ui.calibration_dialog import CalibrationDialog
from desktop.ui.file_work import show_folder
from desktop.ui.frame import Frame
from desktop.ui.pdf_view import PdfView
from desktop.ui.printer_line import PrinterLine
from desktop.ui.printers import Device, Printers, SystemPrinters
from desktop.ui.printing import Result, print_shown, send
from desktop.ui.working_dialog import Leaving, WorkingDialog


class SendingDialog(WorkingDialog):
    """A preview, the printer line, 存为 PDF and 打印; papers that no printer took can be sent once more."""

    stopped = "已停止，没有印出、也没有登记任何内容"

    def __init__(
        self, frame: Frame, parent: QWidget | None, title: str, identifier: str, printers: Printers | None
    ) -> None:
        super().__init__(frame, parent, title, identifier)
        short = identifier.removesuffix("-dialog")
        self._printers = printers or SystemPrinters(self)
        self._folder = Path(tempfile.mkdtemp(prefix="openday-print-"))
        self._made: Result | None = None
        self.preview = PdfView(frame.workroom, f"{short}-preview", "预览")
        self.line = PrinterLine(frame.memory)
        self.footer.insertWidget(0, self.line)
        leave = buttons.plain("关闭", f"{short}-cancel")
        leave.clicked.connect(self.reject)
        self._save = buttons.plain("存为 PDF…", f"{short}-save", "file-down")
        self._print = buttons.primary("打印", f"{short}-go", "printer")
        self._print.setToolTip("Ctrl+P")
        self._save.setToolTip("Ctrl+S")
        for button in (leave, self._save, self._print):
            self.footer.addWidget(button)
        self._save.clicked.connect(self._save_pdf)
        self._print.clicked.connect(self._print_now)
        self.line.system_asked.connect(self._ask_printer)
        self.line.calibrate_asked.connect(self._calibrate)
        self.line.page_asked.connect(self._print_page)
        # no default button: Enter in the box of pages or copies must never send papers to a printer
        for keys, button in (("Ctrl+P", self._print), ("Ctrl+S", self._save)):
            buttons.action(self, button.text(), keys).triggered.connect(button.click)
        self.finished.connect(self._clean_up)
        frame.workroom.ask_outside(self, self._printers.names, done=self._found, failed=frame.tell)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the first thing to choose: an Enter at once isn't to close the dialog."""
        super().showEvent(event)
        if box := next((box for box in self.findChildren(QCheckBox) if box.isVisible()), None):
            box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _found(self, printers: list[str]) -> None:
        self.line.show_printers(printers)
        self.tell_buttons()

    # -- what each dialog says of its papers

    def is_sound(self) -> bool:
        """Say whether the papers can be printed as they are."""
        raise NotImplementedError

    def shown_document(self) -> str:
        """Return the document that the preview shows."""
        raise NotImplementedError

    def has_whole_numbers(self) -> bool:
        """Say whether the document in front shows whole phones and identity numbers."""
        raise NotImplementedError

    def printing(self, device: Device) -> Callable:
        """Return the work that makes the papers and sends them to a printer; gives a Result."""
        raise NotImplementedError

    def saving(self) -> Callable | None:
        """Ask where to and return the work that makes the papers, or saves what was made; None where that was left."""
        raise NotImplementedError

    def changed(self) -> None:
        """Take notice that what was made before is worth nothing now."""
        self._made = None

    # -- printing

    def tell_buttons(self) -> None:
        resend = self._made is not None
        ready = self.is_sound() and self._task is None
        self._print.setText("再送一次" if resend else "打印")
        self._print.setAccessibleName(self._print.text())
        allowed = ready and (not self.frame.read_only or resend)
        self.line.allow(page=self.preview.count > 0 and self._task is None, papers=allowed)
        for button in (self._print, self._save):
            button.setEnabled(allowed)

    def _print_now(self) -> None:
        if self.line.names is None:
            self.complain("还在查找打印机，请稍等，或者先“存为 PDF”。")
            return
        if not self.line.names:
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
        target = self._folder / f"{self.shown_document()}.pdf"
        work = partial(print_shown, self.preview.pdf, target, device)
        self.complain("")
        if self.has_whole_numbers() and not self._noted(device):
            return
        self._begin("正在送往打印机", work, partial(self._page_sent, device, page))

    def _noted(self, device: Device) -> bool:
        """Note that a page with whole numbers leaves, which is no print for the log; False where it can't be."""
        try:
            self.frame.desk.disclosing.note_draft(DOCUMENTS[self.shown_document()], device.called)
        except (UserError, TroubleError) as refused:
            self.complain(refused.message)
            return False
        return True

    def _page_sent(self, device: Device, page: int, _none: None) -> None:
        self._end()
        self.frame.toast(f"第 {page} 页已送到“{device.called}”，没有登记")

    def _send(self, device: Device) -> None:
        self.complain("")
        self.line.remember()
        if self._made is not None:
            work: Callable = partial(send, self.frame.desk.press, self._made, device)
        else:
            work = self.printing(device)
        self._begin("正在印制", work, partial(self._sent, device))

    def _sent(self, device: Device, result: Result) -> None:
        self._end()
        if result.waiting:
            self._keep(result)
            return
        if result.trouble:
            self.changed()
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

    # -- saving

    def _save_pdf(self) -> None:
        words = "正在印制" if self._made is None else "正在保存"
        work = self.saving()
        if work is not None:
            self.complain("")
            self._begin(words, work, self._saved)

    def _saved(self, result: Result) -> None:
        self._end()
        if result.trouble:
            self.changed()
            self.complain(result.trouble)
            return
        first = result.files[0]
        where = first.name if len(result.files) == 1 else f"{len(result.files)} 个文件"
        words = f"已存 {where}，{result.pages:,} 页{result.told}"
        self.frame.toast(words, action=("打开所在文件夹", partial(show_folder, first)))
        self._finish()

    def _finish(self) -> None:
        self._leaving = True
        self.accept()

    def leaving(self) -> Leaving:
        return Leaving("正在印制，现在离开就停下来", "停止并离开", "继续印制")

    def _clean_up(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
