"""录入: sheets that came back, typed in without the mouse; generated from the questions that were printed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import TroubleError, UserError
from desktop.records.forms import Form, FormIssue, FormReturn, ReturnState
from desktop.records.papers import FormPaper
from desktop.services.forms import next_serial
from desktop.ui import buttons
from desktop.ui.boxes import LineBox
from desktop.ui.frame import Frame
from desktop.ui.labels import Banner, EmptyState, StatusLabel, Text, Tone
from desktop.ui.layouts import hairline, row
from desktop.ui.naming import name, set_property
from desktop.ui.pages.form_answers import AnswerRow
from desktop.ui.pages.form_sheets import issue_with, issues_of, serial_of, sheet_of

REASONS = ("空白", "无法辨认", "明显乱填", "其他…", "不作无效")
HELP = "数字键选项 · 回车下一题 · − 弃填 · ↑↓ 换题 · F8 记为无效 · Esc 放弃这一张 · 末题回车即保存"


class EntryTab(QWidget):
    """Serial first, then the questions; after the last one the sheet is saved and the next serial offered."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        set_property(self, "role", "surface")
        self.frame = frame
        self.form: Form | None = None
        self.issue: FormIssue | None = None
        self.sheet: FormReturn | None = None
        self.paper: FormPaper | None = None
        self.rows: list[AnswerRow] = []
        self.issues: list[FormIssue] = []
        self.serial = name(LineBox(18), "entry-serial", "编号，可扫角码")
        self.serial.setPlaceholderText("编号或扫角码")
        self.where = StatusLabel("entry-where", "这一张", "muted")
        self.counts = StatusLabel("entry-counts", "份数", "caption", wrap=True)
        self.counts.setMinimumWidth(160)
        self.banner = Banner("entry-banner", "录入提示")
        self.invalid = buttons.plain("记为无效", "entry-invalid", "x-circle")
        self.keep = buttons.primary("保存这一张", "entry-save", "check")
        self.invalid.setToolTip("整张作废，要写原因（F8）")
        self.keep.setToolTip("末题回车，或 F9")
        self._lay_out()
        self.serial.returnPressed.connect(self.begin)
        self.invalid.clicked.connect(self.mark_invalid)
        self.keep.clicked.connect(self.save)
        buttons.action(self, "记为无效", "F8").triggered.connect(self.mark_invalid)
        buttons.action(self, "保存这一张", "F9").triggered.connect(self.save)
        self._close_sheet()

    def _lay_out(self) -> None:
        line = row(Text("编号", "muted"), self.serial, self.where, None, margins=(16, 8, 16, 8))
        self._body = QWidget()
        set_property(self._body, "role", "surface")
        self._list = QVBoxLayout(self._body)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._list.addStretch(1)
        self._scroll = name(QScrollArea(), "entry-questions", "题目")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._body)
        self._sides = QStackedWidget()
        self._sides.addWidget(self._scroll)
        waiting = EmptyState(
            "keyboard",
            "输入编号开始",
            "编号印在每张表的右上角；有扫码枪时扫任一角上的二维码。一张录完，自动接下一个编号。",
        )
        self._sides.addWidget(waiting)
        nothing = EmptyState("printer", "还没有发放", "先在“发放”里印出来发下去，收回后在这里录入。")
        self._sides.addWidget(nothing)
        self._sides.setMinimumHeight(60)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        notice = row(self.banner, margins=(16, 0, 16, 0))
        layout.addLayout(notice)
        layout.addWidget(hairline())
        layout.addWidget(self._sides, 1)
        layout.addWidget(hairline())
        layout.addLayout(row(Text(HELP, "caption", wrap=True), margins=(16, 8, 16, 0)))
        bottom = row(self.counts, self.invalid, self.keep, margins=(16, 4, 24, 8))
        bottom.setStretchFactor(self.counts, 1)
        layout.addLayout(bottom)

    # -- the form

    def show_form(self, form: Form | None) -> None:
        """Show another form; the sheet under way is closed."""
        changed = form is None or self.form is None or form.id != self.form.id
        self.form = form
        if changed:
            self._drop_rows()
            self._close_sheet()
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read issues and counts again; the sheet under way stays."""
        if self.form is None:
            return
        self.issues = issues_of(self.frame.desk.books, self.form)
        self.counts.say(self.frame.desk.forms.tally(self.issues).words())
        self.serial.setEnabled(bool(self.issues) and not self.frame.read_only)
        if self.sheet is None:
            self._sides.setCurrentIndex(1 if self.issues else 2)
            if self.issues and not self.serial.text():
                self._offer_next((self.issues[0].first or 1) - 1)

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.refresh()
        if self.sheet is None:
            self.serial.setFocus(Qt.FocusReason.OtherFocusReason)
            self.serial.selectAll()

    @property
    def dirty(self) -> bool:
        """Tell whether a sheet under way has answers that aren't saved."""
        return self.sheet is not None and self._answers() != self._loaded

    def typed(self) -> dict[str, str]:
        """Return the answers of the sheet under way that aren't saved, with its serial."""
        if self.sheet is None or not self.dirty:
            return {}
        return {
            "serial": str(self.sheet.serial),
            "answers": json.dumps(self._answers(), ensure_ascii=False),
        }

    def type_in(self, texts: Mapping[str, str]) -> None:
        """Open a sheet again with answers that were not saved."""
        self.refresh()
        self.serial.setText(texts["serial"])
        self.begin()
        if self.sheet is not None and str(self.sheet.serial) == texts["serial"]:
            answers = json.loads(texts["answers"])
            for line in self.rows:
                line.load(answers.get(line.question.key))

    # -- one sheet

    def begin(self) -> None:
        """Open the sheet of the serial typed or scanned."""
        if self.form is None or not self.issues or not self.serial.text().strip():
            return
        books = self.frame.desk.books
        try:
            serial = serial_of(books, self.form, self.serial.text())
            issue = issue_with(self.issues, serial)
            kept = sheet_of(books, issue, serial)
        except UserError as fault:
            self.banner.say(fault.message, Tone.LATE)
            self.serial.selectAll()
            return
        self._open(issue, serial, kept)

    def _open(self, issue: FormIssue, serial: int, kept: FormReturn | None) -> None:
        self._questions_of(issue)
        self.issue = issue
        sheet = kept or self.frame.desk.books.new(FormReturn)
        sheet.issue, sheet.serial = issue, serial
        self.sheet = sheet
        answers = json.loads(sheet.answers) if sheet.answers else {}
        for line in self.rows:
            line.load(answers.get(line.question.key))
        self._loaded = self._answers()
        self.serial.setText(f"{serial:04d}")
        day = f" · {issue.open_day.theme}" if issue.open_day else ""
        self.where.say(f"{issue.caption()}{day} · 第 {issue.version} 版")
        told = ""
        if kept:
            invalid = f"（无效：{kept.invalid_because}）" if kept.state == ReturnState.INVALID else ""
            told = f"{serial} 号已经录过{invalid}；改后保存，就换成现在的"
        self.banner.say(told, Tone.WARN)
        self._sides.setCurrentIndex(0)
        self.keep.setEnabled(True)
        self.invalid.setEnabled(True)
        self._go(0)

    def _questions_of(self, issue: FormIssue) -> None:
        """Build the questions as this issue was printed; the same edition keeps its rows."""
        paper = self.frame.desk.forms.paper_of(issue)
        if paper == self.paper:
            return
        self._drop_rows()
        self.paper = paper
        for place, question in enumerate(paper.questions, 1):
            line = AnswerRow(place, question)
            line.moved.connect(self._moved)
            self._list.insertWidget(place - 1, line)
            self.rows.append(line)

    def _drop_rows(self) -> None:
        self.paper = None
        for line in self.rows:
            self._list.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.rows = []

    def _close_sheet(self) -> None:
        self.sheet = self.issue = None
        self._loaded: dict[str, Any] = {}
        self.where.say("")
        self.keep.setEnabled(False)
        self.invalid.setEnabled(False)
        self._sides.setCurrentIndex(1)

    def _answers(self) -> dict[str, Any]:
        return {line.question.key: said for line in self.rows if (said := line.answer()) not in (None, "")}

    def _moved(self, by: int) -> None:
        line = self.sender()
        if not isinstance(line, AnswerRow):
            return
        place = self.rows.index(line) + by
        if place >= len(self.rows):
            self.save()
        else:
            self._go(max(place, 0))

    def _go(self, place: int) -> None:
        if not 0 <= place < len(self.rows):
            return
        line = self.rows[place]
        line.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(line, 0, 90)

    def save(self) -> None:
        """Save the sheet as valid; a required question that is empty is gone to instead."""
        if self.sheet is None:
            return
        for place, line in enumerate(self.rows):
            if line.question.required and line.answer() in (None, ""):
                line.complain("必答题还空着；纸上没有填就按 − 记为弃填")
                self._go(place)
                return
        self._keep(ReturnState.VALID, "")

    def mark_invalid(self) -> None:
        """Save the sheet as invalid, with the reason."""
        if self.sheet is None:
            return
        reason: str | None = self.frame.ask.choose(f"{self.sheet.serial} 号为什么无效？", REASONS)
        if reason == "其他…":
            reason = self.frame.ask.text(f"{self.sheet.serial} 号记为无效", label="无效的原因：")
        if reason and reason != REASONS[-1]:
            self._keep(ReturnState.INVALID, reason)

    def _keep(self, state: ReturnState, reason: str) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        sheet.state, sheet.invalid_because = state, reason
        sheet.answers = json.dumps(self._answers(), ensure_ascii=False)
        try:
            self.frame.desk.books.save(sheet)
        except UserError as fault:
            self._blame(fault)
            return
        except TroubleError as error:
            self.frame.tell(error)
            return
        serial = sheet.serial or 0
        self._close_sheet()
        self.refresh()
        self.banner.say(f"{serial} 号已录入" + (f"，无效：{reason}" if reason else ""), Tone.DONE)
        self._offer_next(serial)

    def _blame(self, fault: UserError) -> None:
        """Show a fault at the question it names, else on top."""
        for place, line in enumerate(self.rows):
            if fault.message.startswith(f"{line.question.key}“"):
                line.complain(fault.message.partition("”")[2] or fault.message)
                self._go(place)
                return
        self.banner.say(fault.message, Tone.LATE)

    def _offer_next(self, after: int) -> None:
        """Put the next serial into the box, so that Enter or another number goes on at once."""
        serial = next_serial(self.issues, after)
        self.serial.setText(f"{serial:04d}" if serial else "")
        if self.isVisible():
            self.serial.setFocus(Qt.FocusReason.OtherFocusReason)
        self.serial.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.sheet is not None:
            self.leave()
        else:
            super().keyPressEvent(event)

    def leave(self) -> bool:
        """Close the sheet under way; answers already typed are asked about."""
        if self.sheet is None:
            return True
        question = f"{self.sheet.serial} 号还没有保存"
        if self.dirty and not self.frame.ask.confirm(question, yes="放弃这一张", no="继续录入"):
            return False
        serial = (self.sheet.serial or 1) - 1
        self._close_sheet()
        self.banner.say("")
        self._offer_next(serial)
        return True
