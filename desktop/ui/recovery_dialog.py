"""恢复单: printed or written at once; the code is on the screen only where it is asked for, and is kept nowhere."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.documents.recovery_sheet import KIND, RecoverySheet, write_sheet
from desktop.files import safe_name
from desktop.records.papers import Watch
from desktop.records.printers import Ticket
from desktop.ui import buttons
from desktop.ui.dialogs import Dialog
from desktop.ui.file_work import FileWork
from desktop.ui.frame import Frame
from desktop.ui.labels import Banner, Text, Tone
from desktop.ui.layouts import column, row
from desktop.ui.printers import Device, Printers, SystemPrinters
from desktop.ui.printing import hand_over
from desktop.ui.quiet_work import QuietWork

PDF = (("PDF 文件", "*.pdf"),)
WORDS = (
    "恢复单上有恢复码。大家都忘了口令，或密钥文件丢了、坏了时，用它打开数据文件。",
    "请印一张，密封后放进保险柜，和电脑、U盘分开存放。谁有恢复单和数据文件，谁就能看到全部内容。",
)
SAVED = "PDF 印好后请删除它"


class RecoveryDialog(Dialog):
    """Says what the sheet is for; prints it, or writes it to a PDF."""

    keeps_drafts = False

    def __init__(self, frame: Frame, parent: QWidget | None, printers: Printers | None = None) -> None:
        super().__init__(parent, "印恢复单", "recovery-dialog")
        self.frame, self._printers = frame, printers or SystemPrinters(self)
        show = buttons.primary("打印…", "recovery-print", "printer")
        show.clicked.connect(self._print)
        save = buttons.plain("存为 PDF…", "recovery-save", "file-down")
        save.clicked.connect(self._save)
        warned = Banner("recovery-warning")
        warned.say("直接打印最好；存为 PDF 的，印好后请删除它。", Tone.WARN)
        self.body.addLayout(
            column(*(Text(words, wrap=True) for words in WORDS), warned, row(show, save, None), gap=16)
        )
        close = buttons.plain("关闭", "recovery-close")
        close.clicked.connect(self.reject)
        self.footer.addWidget(close)
        self.setMinimumWidth(520)

    def _sheet(self) -> RecoverySheet:
        desk = self.frame.desk
        file = desk.protection.path.name if desk.protection else ""
        return RecoverySheet(desk.offices.own().name, file, desk.users.recovery_code())

    def _print(self) -> None:
        self._printers.ask(self, Ticket(""), self._send)

    def _send(self, device: Device) -> None:
        work = partial(print_sheet, self._sheet(), device)
        done: Callable[[object], None] = lambda _: self.frame.toast(f"恢复单已送到“{device.called}”")  # noqa: E731
        QuietWork(self.frame, self, "印恢复单", "recovery-work", "正在送往打印机", work, done)

    def _save(self) -> None:
        target = self.frame.ask.save_as(
            "恢复单存为 PDF", safe_name(f"恢复单-{self._sheet().office}") + ".pdf", PDF
        )
        if target is not None:
            work = partial(_written, target, self._sheet())
            FileWork(self.frame, KIND, target, work, lambda _: f"已存 {target.name}；{SAVED}", parent=self)


def print_sheet(sheet: RecoverySheet, device: Device, watch: Watch) -> None:
    """Print the sheet (on the worker's thread); its file is gone when this returns."""
    with tempfile.TemporaryDirectory(prefix="openday-recovery-") as folder:
        page = Path(folder) / f"{KIND}.pdf"
        write_sheet(page, sheet)
        hand_over(page, device, watch)


def _written(target: Path, sheet: RecoverySheet, _watch: Watch) -> None:
    write_sheet(target, sheet)
