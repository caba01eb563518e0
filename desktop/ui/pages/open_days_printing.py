"""印制: what is printed for the day and what isn't yet, with the way to print it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.records.invitations import Invitation
from desktop.records.open_days import Milestone, OpenDay
from desktop.records.papers import Watch
from desktop.records.register import PrintJob
from desktop.services.day_papers import Papers, papers_of, read
from desktop.services.desk import Desk
from desktop.services.papers import DOCUMENTS
from desktop.services.print_log import is_repeatable, title_of
from desktop.services.roll import is_long
from desktop.ui import buttons
from desktop.ui.frame import Frame
from desktop.ui.labels import IconLabel, StatusLabel, Text
from desktop.ui.layouts import column, hairline, row
from desktop.ui.naming import name, set_property, shown_text
from desktop.ui.pages.open_days_tab import DayTab, open_print, open_reprint, open_wording
from desktop.ui.plain_table import PlainTable
from desktop.ui.tints import Tint
from desktop.ui.work_beside import at_once_or_beside
from desktop.ui.workroom import Task


class PaperRow(QWidget):
    """One kind of paper: sign, name, how it stands in words and as a bar, its buttons."""

    def __init__(self, key: str, title: str, verbs: Sequence[QPushButton]) -> None:
        super().__init__()
        self.sign = IconLabel("printer", Tint.MUTED)
        self.words = StatusLabel(f"paper-{key}", title, "muted", wrap=True)
        self.bar = name(QProgressBar(), f"paper-{key}-bar", f"{title}印好的份额")
        self.bar.setTextVisible(False)
        self.bar.setMinimumWidth(80)
        self.bar.setMaximumWidth(240)
        bar = row(self.bar, None)
        bar.setStretchFactor(self.bar, 100)
        middle = column(Text(title, "heading"), self.words, bar, gap=4)
        line = row(self.sign, middle, *verbs, gap=12, margins=(0, 12, 0, 12))
        line.setStretchFactor(middle, 1)
        for part in (self.sign, *verbs):
            line.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        whole = column(line, hairline(), gap=0)
        self.setLayout(whole)

    def say(self, words: str, *, done: int = 0, of: int = 0, whole: bool = False) -> None:
        """Say how the paper stands; the sign says it without the bar."""
        self.words.say(words)
        self.bar.setVisible(of > 0)
        self.bar.setRange(0, max(of, 1))
        self.bar.setValue(done)
        self.sign.show_icon("check-circle" if whole else "printer", Tint.DONE if whole else Tint.MUTED)


class PrintingTab(DayTab):
    """Letters, forms, sign-in sheet; below them every print that was made."""

    key = "printing"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.letters = buttons.plain("印邀请函", "print-letters", "printer")
        self.wording = buttons.quiet("改文稿", "edit-wording", "edit")
        self.pack = buttons.plain("印信封、席卡…", "print-pack", "printer")
        self.again = buttons.quiet("照原样再印…", "print-again", "refresh")
        self.again.setToolTip("照那一次的内容、顺序和编号再印一次，不另编号")
        self.forms = buttons.plain("印表单", "print-forms", "printer")
        self.sheet = buttons.plain("印签到表", "print-sheet", "printer")
        self.jobs = PlainTable(
            "print-jobs", "打印记录", ("时间", "印了什么", "份数", "页数", "经手人", "去向"), wide=5
        )
        self.papers: Papers | None = None
        self._reading: Task | None = None
        self._lay_out()
        for button, slot in (
            (self.letters, self._print_letters),
            (self.wording, self._edit_wording),
            (self.pack, self._print_pack),
            (self.again, self._print_again),
            (self.forms, self._print_forms),
            (self.sheet, self._print_sheet),
        ):
            button.clicked.connect(slot)
        self.jobs.row_chosen.connect(self._tell_again)
        self.jobs.activated.connect(self._print_again)

    def _lay_out(self) -> None:
        inside = QWidget()
        set_property(inside, "role", "surface")
        self.letter_row = PaperRow("letters", "邀请函", (self.wording, self.letters))
        self.pack_row = PaperRow("pack", "信封、标签、席卡、代表证", (self.pack,))
        self.form_row = PaperRow("forms", "表单", (self.forms,))
        self.sheet_row = PaperRow("sheet", "签到表", (self.sheet,))
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(16, 4, 24, 8)
        layout.setSpacing(0)
        for part in (self.letter_row, self.pack_row, self.form_row, self.sheet_row):
            layout.addWidget(part)
        layout.addSpacing(16)
        self._log_title = Text("打印记录", "heading")
        layout.addLayout(row(self._log_title, None, self.again))
        layout.addSpacing(4)
        layout.addWidget(self.jobs, 1)
        layout.addStretch(0)
        self.jobs.setMinimumHeight(150)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self.body.addWidget(scroll, 1)

    def fill(self, day: OpenDay) -> None:
        if self._reading:
            self._reading.cancel()
        desk = self.frame.desk
        if not is_long(day):
            self._show(papers_of(desk, day))
            return
        came = partial(self._came, day.id)
        self._reading = self.frame.workroom.look(
            self, partial(read, desk, day.id), done=came, failed=self.frame.tell
        )

    def _came(self, key: bytes, papers: Papers) -> None:
        if self.day is not None and self.day.id == key:
            self._show(papers)

    def _show(self, papers: Papers) -> None:
        self.papers = papers
        printed = papers.invited - len(papers.waiting)
        self._tell_letters(papers, printed)
        self._tell_pack(papers)
        if papers.forms_out:
            self.form_row.say(f"已发放 {papers.forms_out:,} 份：{papers.forms}", whole=True)
        else:
            self.form_row.say("还没有印；调查问卷、测评表和金点子表都在“表单”里")
        self.sheet_row.say(papers.sheet or "还没有印；名单定下来再印", whole=bool(papers.sheet))
        self._tell_log(papers.jobs)
        self._tell_next(papers)

    def _tell_letters(self, papers: Papers, printed: int) -> None:
        if papers.invited:
            left = f"，还有 {len(papers.waiting)} 封没有印" if papers.waiting else "，全部印好"
            whole = not papers.waiting
            self.letter_row.say(
                f"已印 {printed} / {papers.invited} 封{left}", done=printed, of=papers.invited, whole=whole
            )
        else:
            self.letter_row.say("名单还是空的，先邀请代表")
        self.letters.setEnabled(papers.invited > 0)
        self.sheet.setEnabled(papers.invited > 0)
        self.letters.setText(
            shown_text("重印邀请函" if papers.invited and not papers.waiting else "印邀请函")
        )

    def _tell_pack(self, papers: Papers) -> None:
        told = [
            f"{DOCUMENTS[name]} {count} / {papers.invited}" for name, count in papers.pack.items() if count
        ]
        whole = bool(told) and all(count in (0, papers.invited) for count in papers.pack.values())
        words = f"已印 {'、'.join(told)}" if told else "还没有印；与邀请函同一个顺序，便于装封和摆放"
        self.pack_row.say(words, whole=whole)
        self.pack.setEnabled(papers.invited > 0)

    def _tell_log(self, jobs: Sequence[PrintJob]) -> None:
        self._log_title.setVisible(bool(jobs))
        self.again.setVisible(bool(jobs))
        self.jobs.setVisible(bool(jobs))
        self.jobs.fill(
            [
                (
                    job.at[:16].replace("T", " "),
                    title_of(job),
                    f"{job.items:,}",
                    f"{job.pages:,}",
                    job.who,
                    job.where,
                )
                for job in jobs
            ]
        )

        self._tell_again(self.jobs.row())

    def _tell_again(self, place: int) -> None:
        jobs = self.papers.jobs if self.papers else ()
        there = 0 <= place < len(jobs) and is_repeatable(jobs[place])
        self.again.setEnabled(there and not self.frame.read_only)

    def _tell_next(self, papers: Papers) -> None:
        if not papers.invited:
            self.offer("先定名单，再印", "去定名单")
        elif papers.waiting:
            self.offer(f"还有 {len(papers.waiting)} 封邀请函没有印", f"印 {len(papers.waiting)} 封邀请函")
        elif papers.to_send:
            self.offer(
                f"{len(papers.to_send)} 封邀请函印好了还没有记寄出", f"记 {len(papers.to_send)} 封今天寄出"
            )
        elif not papers.forms_out:
            self.offer("邀请函已印好，还没有印表单", "印表单")
        elif not papers.sheet:
            self.offer("还没有印签到表", "印签到表")
        else:
            self.offer("会前的材料都印好了", "去签到")

    def take_next(self) -> None:
        papers = self.papers
        if papers is None:
            return
        if not papers.invited:
            self.turned.emit("名单")
        elif papers.waiting:
            open_print(self, self.frame, ["invitation-letters"], self.day, papers.waiting)
        elif papers.to_send:
            self._send(papers.to_send)
        elif not papers.forms_out:
            self._print_forms()
        elif not papers.sheet:
            self._print_sheet()
        else:
            self.turned.emit("签到")

    def _send(self, keys: Sequence[bytes]) -> None:
        """Note that the printed letters went out today; with the last of them the milestone is done."""
        desk, day = self.frame.desk, self.day
        if day is None:
            return
        told = partial(self.frame.toast, f"已记 {len(keys):,} 封今天寄出", undo=True)
        work, words = partial(_send, desk, day.id, keys), f"正在记 {len(keys):,} 封寄出"
        at_once_or_beside(self.frame, self.window(), words, len(keys), work, lambda _: told())

    def _print_letters(self) -> None:
        waiting = self.papers.waiting if self.papers else ()
        open_print(self, self.frame, ["invitation-letters"], self.day, waiting)

    def _print_pack(self) -> None:
        open_print(self, self.frame, ["envelopes", "place-cards"], self.day)

    def _print_again(self) -> None:
        place = self.jobs.row()
        if self.papers is not None and self.again.isEnabled() and 0 <= place < len(self.papers.jobs):
            open_reprint(self, self.frame, self.papers.jobs[place])

    def _print_forms(self) -> None:
        open_print(self, self.frame, ["feedback-forms"], self.day)

    def _print_sheet(self) -> None:
        open_print(self, self.frame, ["sign-in-sheet"], self.day)

    def _edit_wording(self) -> None:
        if self.day is not None:
            open_wording(self, self.frame, self.day)


def _send(desk: Desk, day: bytes, keys: Sequence[bytes], watch: Watch | None = None) -> None:
    """Note letters as sent and their milestone as done, on whatever thread."""
    what = f"寄出 {len(keys)} 封邀请函"
    with desk.changes.change(what, Invitation, Milestone):
        desk.inviting.do_several(what, keys, "send", {}, watch)
        for line in desk.open_days.milestones(desk.books.get(OpenDay, day)):
            if line.name == "寄发邀请函" and line.done_on is None:
                line.done_on = datetime.date.today()
                desk.books.save(line)
