"""信函文稿: the wording of a day's letters, written at the left, as a letter to a real person at the right."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from desktop.documents.invitation import write_letters
from desktop.errors import Cancelled, OpenDayError, TroubleError, UserError
from desktop.files import passing
from desktop.records.invitations import Invitation, standing
from desktop.records.letters import Letter, LetterForm
from desktop.records.listing import Query
from desktop.records.open_days import LetterUse, LetterWording, OpenDay
from desktop.records.representatives import Representative
from desktop.services import gathering
from desktop.services.desk import Desk
from desktop.ui import buttons
from desktop.ui.boxes import ChoiceBox, LineBox
from desktop.ui.dialogs import Dialog
from desktop.ui.frame import Frame
from desktop.ui.labels import StatusLabel, Text, Tone
from desktop.ui.layouts import column, row
from desktop.ui.naming import name
from desktop.ui.pdf_view import PdfView
from desktop.ui.wording_editor import WordingEditor, place_of
from desktop.ui.workroom import Task

PAUSE = 30
"""Milliseconds after the last key before the letter is drawn anew."""
SIZE = (1180, 700)
PEOPLE, WORDINGS = 50, 200
SAMPLE = "张三（示例）"


class WordingDialog(Dialog):
    """Chooses, writes and copies the wording of one day; what is kept has no fault."""

    def __init__(self, frame: Frame, open_day: OpenDay, parent: QWidget | None = None) -> None:
        super().__init__(parent, "信函文稿", "wording-dialog")
        self.frame, self._day = frame, open_day
        self._folder = Path(tempfile.mkdtemp(prefix="openday-wording-"))
        self._drawn = 0
        self._drawing: Task | None = None
        self._form: LetterForm | None = None
        self._letters: list[Letter] = []
        self.dirty = False
        self._books = frame.desk.books
        colours = frame.theme.colours
        self.editor = WordingEditor(colours.presumed, colours.late)
        self.preview = PdfView(frame.workroom, "wording-preview", "信函预览")
        self.preview.fit_page()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._choose = name(ChoiceBox(()), "wording-choose", "文稿")
        self._called = name(LineBox(18), "wording-name", "文稿名称")
        self._used = StatusLabel("wording-used", "用在哪里", "caption")
        self._people = name(ChoiceBox(()), "wording-person", "以谁为例")
        self._read()
        self._lay_out()
        self._connect()
        self.fit(*SIZE)
        self._show(self.wording)

    def _read(self) -> None:
        """Read the wordings at once and what the preview needs beside; nothing of it is read again while typing."""
        desk, day = self.frame.desk, self._day
        invitations = Query(LetterWording, where=(("use", LetterUse.INVITATION),))
        self._wordings = cast("list[LetterWording]", self._books.page(invitations, 0, WORDINGS))
        self.wording = gathering.wording_of(day)
        looking = partial(_samples, desk, day.id)
        self.frame.workroom.look(self, looking, done=self._samples_came, failed=self._failed)

    def _samples_came(self, samples: tuple[LetterForm, list[Letter], bool]) -> None:
        """Offer the people that a letter can be shown for, and draw the first one's."""
        self._form, self._letters, invited = samples
        for letter in self._letters:
            self._people.addItem(letter.person if invited else SAMPLE)
        self._people.setEnabled(len(self._letters) > 1)
        self._draw()

    def _lay_out(self) -> None:
        self._fill_choice()
        self._copy = buttons.plain("复制为新文稿", "wording-copy", "copy")
        self._choose.setMinimumWidth(96)
        self._choose.setMaximumWidth(180)
        top = row(Text("文稿"), self._choose, 8, Text("名称"), self._called, self._copy, None)
        scroll = self.editor.scrolled("wording-scroll", self)
        left = column(top, scroll, gap=12)
        left.setStretch(1, 1)
        self._called.setMinimumWidth(96)
        right = column(row(Text("以"), self._people, Text("的信为例"), None), self.preview, gap=8)
        right.setStretch(1, 1)
        halves = row(left, right, gap=24)
        halves.setStretch(0, 1)
        halves.setStretch(1, 1)
        self.body.addLayout(halves, 1)
        self.footer.insertWidget(0, self._used)
        self._save = self.add_buttons("保存并用于这个开放日", "关闭")
        self._save.setDefault(False)
        self._save.setToolTip("Ctrl+S")

    def _connect(self) -> None:
        self._pause.timeout.connect(self._draw)
        self.editor.edited.connect(self._edited)
        self._called.textEdited.connect(self._edited)
        self._choose.activated.connect(self._chosen)
        self._people.activated.connect(self._draw)
        self._copy.clicked.connect(self._copied)
        self._save.clicked.connect(self.save)
        for keys in ("Ctrl+S", "Ctrl+Return"):
            buttons.action(self, "保存", keys).triggered.connect(self.save)
        self.finished.connect(self._clean_up)

    def _fill_choice(self) -> None:
        self._choose.clear()
        for wording in self._wordings:
            self._choose.addItem(wording.name, wording.id)
        place = self._choose.findData(self.wording.id)
        if place < 0:
            self._choose.addItem(self.wording.name, self.wording.id)
            self._wordings.append(self.wording)
            place = self._choose.count() - 1
        self._choose.setCurrentIndex(place)

    # -- which wording

    def _show(self, wording: LetterWording) -> None:
        self.wording, self.dirty = wording, False
        self._called.fill(wording.name)
        self.editor.load(wording)
        users = self._books.page(Query(OpenDay, where=(("letter", wording),)), 0, 100)
        others = sum(day.id != self._day.id for day in users)
        self._used.say(f"另有 {others} 个开放日用这份文稿" if others else "")
        self._tell()
        self._draw()

    def _chosen(self) -> None:
        wanted = self._wordings[self._choose.currentIndex()]
        if wanted is self.wording:
            return
        if self._may_leave():
            self._show(wanted)
            self.dirty = True
            self._tell()
        else:
            self._choose.setCurrentIndex(self._wordings.index(self.wording))

    def _copied(self) -> None:
        """Go on with a copy of what is in the boxes; the wording copied stays as it was kept."""
        known = {wording.name for wording in self._wordings}
        called = next(
            words for turn in range(1, WORDINGS + 2)
            if (words := f"{self._called.typed()[:30]}（副本{turn if turn > 1 else ''}）") not in known
        )  # fmt: skip
        self.wording = LetterWording(name=called, **self.editor.values())
        self._wordings.append(self.wording)
        self._fill_choice()
        self._called.fill(called)
        self._used.say("新文稿，还没有保存")
        self._edited()
        self._called.setFocus(Qt.FocusReason.OtherFocusReason)
        self._called.selectAll()

    # -- drawing

    def _edited(self) -> None:
        self.dirty = True
        self._tell()
        self._pause.start()

    def _tell(self) -> None:
        """Name the first fault of the wording; it can be kept where there is none."""
        faults = self.editor.faults
        more = f"（共 {len(faults)} 处问题）" if len(faults) > 1 else ""
        self.complain(f"{place_of(faults[0])}：{faults[0].message}{more}" if faults else "")
        self._save.setEnabled(not faults and not self.frame.read_only)

    def _draw(self) -> None:
        self._pause.stop()
        if self.editor.faults or self._form is None:
            return
        self._drawn += 1
        form = replace(self._form, **self.editor.values())
        letter = self._letters[max(self._people.currentIndex(), 0)]
        work = partial(_drawn, self._drawn, form, letter, self._folder / "sample.pdf")
        if self._drawing:
            self._drawing.cancel()
        self._drawing = self.frame.workroom.look(self, work, done=self._came, failed=self._failed)

    def _came(self, drawn: tuple[int, bytes]) -> None:
        turn, pdf = drawn
        if turn == self._drawn:
            self.preview.show_pdf(pdf)
            if not self.editor.faults:
                self.complain("")

    def _failed(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            return
        if not isinstance(error, OpenDayError):
            raise error
        self.banner.say(f"这封信现在印不出来：{error.message}", Tone.WARN)

    # -- keeping

    def save(self) -> bool:
        """Keep the wording and let the day use it; False where there is a fault."""
        if self.editor.faults:
            self.editor.go_to_fault()
            return False
        if self.frame.read_only:
            return False
        try:
            self._keep()
        except (UserError, TroubleError) as error:
            self.complain(error.message)
            return False
        self.dirty = False
        self.frame.toast(f"已保存文稿“{self.wording.name}”", undo=True)
        self.accept()
        return True

    def _keep(self) -> None:
        wording, desk = self.wording, self.frame.desk
        before = {field: getattr(wording, field) for field in ("name", *self.editor.values())}
        wording.name = LetterWording.name.parse(self._called.typed())
        for field, text in self.editor.values().items():
            setattr(wording, field, text)
        try:
            with desk.changes.change(f"修改文稿“{wording.name}”", LetterWording, OpenDay):
                self._books.save(wording)
                day = self._books.get(OpenDay, self._day.id)
                if day.letter is None or day.letter.id != wording.id:
                    day.letter = wording
                    self._books.save(day)
        except (UserError, TroubleError):
            for field, text in before.items():
                setattr(wording, field, text)
            raise

    def _may_leave(self) -> bool:
        if not self.dirty:
            return True
        answers = ("保存", "放弃修改", "继续编辑")
        answer = self.frame.ask.choose(f"文稿“{self._called.typed()}”还没有保存", answers)
        if answer == "保存":
            self.save()
            return False
        return answer == "放弃修改"

    def reject(self) -> None:
        """Leave, after asking about what is not saved."""
        if self._may_leave():
            super().reject()

    def _clean_up(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)


def _samples(desk: Desk, key: bytes) -> tuple[LetterForm, list[Letter], bool]:
    """Return the form of a day's letters, those of its first people, and whether anybody is invited yet."""
    office, day = desk.offices.own(), desk.books.get(OpenDay, key)
    invited = standing(day, PEOPLE)
    invited.sort(key=lambda row: (len(row.number), row.number))
    letters = gathering.letters_for(office, day, invited or [_sample(day)])
    return gathering.letter_form(office, day), letters, bool(invited)


def _sample(day: OpenDay) -> Invitation:
    """Return an invitation to nobody, for a day that has none yet."""
    person = Representative(full_name="张三", unit="示例单位", post="职务", honorific="同志")
    return Invitation(open_day=day, representative=person, number="样稿", salutation="张三同志")


def _drawn(turn: int, form: LetterForm, letter: Letter, target: Path) -> tuple[int, bytes]:
    """Draw one letter (on the worker's thread)."""
    with passing():
        write_letters(target, form, [letter])
    return turn, target.read_bytes()
