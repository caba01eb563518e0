"""校准打印机: print a page with crosses, measure where they came, and keep how this printer is off."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.documents.calibration import MEASURES, write_calibration
from desktop.errors import UserError
from desktop.files import safe_name
from desktop.records.papers import Watch
from desktop.records.printers import Adjustment, Marks, adjustment_for
from desktop.services.printers import OwnPrinters
from desktop.ui import buttons
from desktop.ui.boxes import LineBox
from desktop.ui.file_work import FileWork
from desktop.ui.frame import Frame
from desktop.ui.labels import StatusLabel, Text
from desktop.ui.layouts import column, hairline, holding, row
from desktop.ui.naming import name
from desktop.ui.printers import Device
from desktop.ui.printing import hand_over
from desktop.ui.working_dialog import Leaving, WorkingDialog

FIELDS = ("right", "down", "wide", "high")
SETTINGS = (
    ("左右移动", "mm", "正数向右，负数向左"),
    ("上下移动", "mm", "正数向下，负数向上"),
    ("横向比例", "%", "100 是原大"),
    ("纵向比例", "%", "100 是原大"),
)
PDF = (("PDF 文件", "*.pdf"),)


class CalibrationDialog(WorkingDialog):
    """First the page, then what was measured on it, then what follows of it, which may be changed by hand."""

    stopped = "已停止，没有送出校准页"

    def __init__(
        self, frame: Frame, printer: str, device: Callable[[], Device], parent: QWidget | None = None
    ) -> None:
        super().__init__(frame, parent, f"校准打印机“{printer}”", "calibration-dialog")
        self._printer, self._device = printer, device
        self._own = OwnPrinters()
        self._measured = [_box(f"calibration-{field}", words) for field, (_, words, _) in _named(MEASURES)]
        self._set = [_box(f"adjust-{field}", words) for field, (words, _, _) in _named(SETTINGS)]
        self._told = StatusLabel("calibration-told", "校正值", "muted", wrap=True)
        self._lay_out()
        for box in self._measured:
            box.textEdited.connect(self._compute)
        for box in self._set:
            box.textEdited.connect(self._tell)
        self._show(self._own.adjustment(printer))
        self.fit(560, 620)

    def _lay_out(self) -> None:
        send = buttons.plain("印校准页", "calibration-print", "printer")
        check = buttons.plain("按校正值印一页核对", "calibration-check", "printer")
        save = buttons.quiet("校准页存为 PDF…", "calibration-save", "file-down")
        send.clicked.connect(lambda: self._send(Adjustment()))
        check.clicked.connect(self._check)
        save.clicked.connect(self._save_page)
        measured = _grid(
            [
                (f"{sign} {words}", box, f"mm（应为 {right:.1f}）")
                for (sign, words, right), box in zip(MEASURES, self._measured, strict=True)
            ]
        )
        settings = _grid(
            [
                (words, box, f"{unit}　{hint}")
                for (words, unit, hint), box in zip(SETTINGS, self._set, strict=True)
            ]
        )
        parts = (
            Text("一、印校准页", "heading"), row(send, save, None), hairline(),
            Text("二、填入量得的数", "heading"), measured, hairline(),
            Text("三、校正值", "heading"), settings, self._told, row(check, None), self._progress, None,
        )  # fmt: skip
        self.body.addLayout(column(*parts, gap=12))
        self.add_buttons("保存").clicked.connect(self._keep)

    # -- numbers

    def _compute(self) -> None:
        """Work the adjustment out as soon as all four are there."""
        if all(box.typed() for box in self._measured):
            try:
                found = Marks(*(self._number(box) for box in self._measured))
            except UserError:
                return
            if found.across > 0 and found.along > 0:
                self._show(adjustment_for(found))

    def _show(self, adjustment: Adjustment) -> None:
        for box, field in zip(self._set, FIELDS, strict=True):
            box.fill(f"{getattr(adjustment, field):g}")
        self._tell()

    def _tell(self) -> None:
        try:
            self._told.say(
                f"在这台电脑上用“{self._printer}”打印时：{self._adjustment().told()}。存为 PDF 的不变。"
            )
            self.complain("")
        except UserError as error:
            self._told.say(error.message)

    def _adjustment(self) -> Adjustment:
        return Adjustment(*(self._number(box) for box in self._set))

    @staticmethod
    def _number(box: LineBox) -> float:
        try:
            return float(box.typed().replace("，", ".").replace("。", "."))
        except ValueError:
            raise UserError(f"{box.accessibleName()}应填数字", field=box.objectName()) from None

    def _keep(self) -> None:
        try:
            self._own.keep(self._printer, self._adjustment())
        except UserError as error:
            self.complain(error.message)
            return
        self.frame.toast(f"已记下“{self._printer}”的校正值")
        self.accept()

    # -- paper

    def _check(self) -> None:
        try:
            self._send(self._adjustment())
        except UserError as error:
            self.complain(error.message)

    def _send(self, adjustment: Adjustment) -> None:
        self.complain("")
        work = partial(print_page, self._printer, self._device(), adjustment)
        self._begin("正在送往打印机", work, self._sent)

    def _sent(self, _none: None) -> None:
        self._end()
        self.frame.toast(f"校准页已送到“{self._printer}”")

    def _save_page(self) -> None:
        target = self.frame.ask.save_as("校准页存为 PDF", safe_name(f"校准页-{self._printer}") + ".pdf", PDF)
        if target is not None:
            work = partial(_write, target, self._printer)
            FileWork(self.frame, "校准页", target, work, lambda _: f"已存 {target.name}", parent=self)

    def leaving(self) -> Leaving:
        return Leaving("正在送出校准页，现在离开就停下来", "停止并离开", "等它印完")


def print_page(printer: str, device: Device, adjustment: Adjustment, watch: Watch) -> None:
    """Print the calibration page, adjusted as given and not as kept (on the worker's thread)."""
    with tempfile.TemporaryDirectory(prefix="openday-calibration-") as folder:
        page = Path(folder) / "打印校准页.pdf"
        write_calibration(page, printer=printer)
        hand_over(page, device, watch, adjustment)


def _write(target: Path, printer: str, _watch: Watch) -> None:
    write_calibration(target, printer=printer)


def _box(identifier: str, words: str) -> LineBox:
    box = name(LineBox(8), identifier, words)
    box.setValidator(QRegularExpressionValidator(QRegularExpression(r"-?\d{0,3}([.，。]\d{0,2})?"), box))
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    return box


def _named(rows: tuple) -> zip:
    return zip(FIELDS, rows, strict=True)


def _grid(rows: list[tuple[str, QWidget, str]]) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(8)
    for place, (words, box, unit) in enumerate(rows):
        grid.addWidget(Text(words), place, 0)
        grid.addWidget(box, place, 1)
        grid.addWidget(Text(unit, "muted"), place, 2)
    grid.setColumnStretch(2, 1)
    grid.setColumnMinimumWidth(0, 190)
    return holding(grid)
