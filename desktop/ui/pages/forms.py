"""表单: designed, issued, typed in when they come back, counted; the paper beside the design."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox

from desktop.errors import UserError
from desktop.records.base import Record
from desktop.records.forms import Form, FormIssue, FormReturn
from desktop.records.papers import FormPaper
from desktop.records.questions import load
from desktop.ui import buttons
from desktop.ui.frame import Frame
from desktop.ui.labels import Banner, Tone
from desktop.ui.list_layout import ListLayout
from desktop.ui.list_page import RecordPage
from desktop.ui.pages import question_list
from desktop.ui.pages.form_entry import EntryTab
from desktop.ui.pages.form_issues import IssuesTab
from desktop.ui.pages.form_preview import FormPreview
from desktop.ui.pages.form_results import ResultsTab
from desktop.ui.pages.form_sheets import issues_of
from desktop.ui.record_form import RecordForm
from desktop.ui.sections import Section
from desktop.ui.tables import Column

if TYPE_CHECKING:
    from desktop.services.drafts import Texts

SECTIONS = (Section("", ("title", "sort", "intro", "questions", "footer", "named")),)
FormTab = IssuesTab | EntryTab | ResultsTab
PARTS: dict[str, type[IssuesTab] | type[EntryTab] | type[ResultsTab]] = {
    "发放": IssuesTab,
    "录入": EntryTab,
    "结果": ResultsTab,
}
DESIGN = 0
SHEET = "sheet form-return"
"""The part of the page with a sheet that is being typed in."""
PAPER, ROOMY = 350, 1060
"""Pixels of the paper at least, and of the page from which it stands beside list and design."""
LIST = 300
"""Pixels of the list at first: an office has a dozen forms, the room belongs to the paper."""
QuestionsEditor = question_list.QuestionsEditor


class FormsPage(RecordPage):
    """List of forms, the design of one with its paper, and what came of it."""

    key = "forms"
    label = "表单"
    icon = "clipboard-list"

    def __init__(self, frame: Frame) -> None:
        super().__init__(
            frame,
            ListLayout(
                model=Form,
                sections=SECTIONS,
                unit="种",
                purpose="调查问卷、测评表、金点子征集表：出题、看纸样、印发、录入、统计，都在这里。",
                first_step="新建表单",
                hint="搜索标题",
                filters=("sort",),
                shown=("title", "sheets"),
                columns=self._columns(frame),
                first_tab="设计",
            ),
        )
        self.parts: dict[str, FormTab] = {}
        self.preview = FormPreview(frame)
        self.splitter.addWidget(self.preview)
        self._roomy = True
        self.paper = buttons.quiet("纸样", "show-paper", "file-text")
        self.paper.setCheckable(True)
        self.paper.setChecked(True)
        self.paper.setToolTip("显示或收起印出来的样子")
        self.paper.toggled.connect(self._show_preview)
        self._right.setMinimumWidth(450)
        self.splitter.setStretchFactor(0, 0)
        self.splitter.setStretchFactor(1, 3)
        self.splitter.setStretchFactor(2, 2)
        self.preview.setMinimumWidth(PAPER)
        self.splitter.setSizes([LIST, 530, 380])
        self.preview.hide()
        buttons.action(self, "印这种表单", "Ctrl+P").triggered.connect(self.print_form)
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._refresh_tab)

    def halves(self, width: int) -> tuple[int, ...]:
        """Leave the three parts as they are: the paper comes and goes."""
        return ()

    def furnish(self, form: RecordForm) -> None:
        """Put the notice of the version over the design, and what follows the design into tabs."""
        self.notice = Banner("issued-notice", "版次")
        named = form.box("named").widget
        if isinstance(named, QCheckBox):
            named.setText("印姓名和单位两栏")
        form.fields.add_on_top(self.notice)
        form.add_button(self.paper)
        for label in PARTS:
            form.add_tab(label, partial(self._make_part, label))
        for row in form.fields.rows.values():
            row.editor.edited.connect(self._show_paper)
        form.tabs.currentChanged.connect(self._turned)

    def _make_part(self, label: str) -> FormTab:
        """Make a part of the form when it is first opened."""
        part = self.parts[label] = PARTS[label](self.frame)
        if isinstance(part, IssuesTab):
            part.turned.connect(self.turn_to)
        part.show_form(None if self.fresh else cast("Form | None", self.record))
        return part

    @staticmethod
    def _columns(frame: Frame) -> tuple[Column, ...]:
        def sheets(rows: list[Record]) -> dict[bytes, str]:
            return {row.id: _sheets(frame, cast("Form", row)) for row in rows}

        return (
            Column("title", "标题", lambda form: form.title, width=164, sort="title", grows=True),
            Column("sort", "类别", lambda form: form.sort, width=104, sort="sort"),
            Column("sheets", "收回/发放", str, width=84, right=True, batch=sheets),
            Column("version", "版次", lambda form: f"第 {form.version} 版", width=72, sort="version"),
            Column("questions", "题数", lambda form: f"{len(load(form.questions))} 题", width=64, right=True),
        )

    def opened(self, record: Record, *, fresh: bool) -> None:
        form = cast("Form", record)
        kept = None if fresh else form
        for part in self.parts.values():
            part.show_form(kept)
        self._tell_version(form, fresh=fresh)
        self._show_paper()

    def save_record(self) -> bool:
        """Save the sheet under way where one is typed in, else the form."""
        entry = self.parts.get("录入")
        if isinstance(entry, EntryTab) and entry.isVisible() and entry.sheet is not None:
            entry.save()
            return entry.sheet is None
        return super().save_record()

    def print_form(self) -> None:
        """Print the form shown."""
        if self.record is not None and not self.fresh:
            self.turn_to("发放")
            part = self.parts["发放"]
            if isinstance(part, IssuesTab):
                part.print_more()

    def may_leave(self) -> bool:
        entry = self.parts.get("录入")
        return (not isinstance(entry, EntryTab) or entry.leave()) and super().may_leave()

    def typed(self) -> dict[str, dict[str, str]]:
        entry = self.parts.get("录入")
        sheet = entry.typed() if isinstance(entry, EntryTab) and self.record is not None else {}
        return super().typed() | ({SHEET: sheet} if sheet else {})

    def type_in(self, texts: Texts) -> None:
        super().type_in(texts)
        if SHEET in texts:
            self.turn_to("录入")
            cast("EntryTab", self.parts["录入"]).type_in(texts[SHEET])

    def turn_to(self, label: str) -> None:
        """Bring a part of the form to the front."""
        for place in range(self.form.tabs.count()):
            if self.form.tabs.tabText(place) == label:
                self.form.tabs.setCurrentIndex(place)

    def show_part(self, record: Record) -> None:
        """Show an issue of the form in front, or open a sheet of it for correction."""
        self.turn_to("录入" if isinstance(record, FormReturn) else "发放")
        entry = self.parts.get("录入")
        if isinstance(record, FormReturn) and isinstance(entry, EntryTab) and entry.leave():
            entry.serial.setText(str(record.serial))
            entry.begin()

    def heard(self, models: frozenset[type[Record]]) -> None:
        super().heard(models)
        if models & {FormIssue, FormReturn}:
            if Form not in models:
                self.table.refresh()
                self._keep_row()
            self._again.start()

    def _refresh_tab(self) -> None:
        if self.record is None or self.fresh:
            return
        self._tell_version(cast("Form", self.record), fresh=False)
        for part in self.parts.values():
            if part.isVisible():
                part.refresh()

    def _turned(self, place: int) -> None:
        """Show the paper beside the design only; the other parts take the room, and read when they show."""
        self._show_preview()

    def _show_preview(self) -> None:
        """Show the paper beside the design; in a narrow window it takes the place of the list."""
        designing = self.record is not None and self.form.tabs.currentIndex() == DESIGN
        wanted = designing and self.paper.isChecked()
        self._left.setVisible(not wanted or self._roomy)
        if wanted == self.preview.isVisibleTo(self.splitter):
            return
        beside, *rest = self.splitter.sizes()
        self.preview.setVisible(wanted)
        room = sum(rest)
        paper = max(self.preview.minimumWidth(), round(room * 0.42)) if wanted else 0
        self.splitter.setSizes([beside, room - paper, paper])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() >= ROOMY
        if roomy != self._roomy:
            self._roomy = roomy
            self.paper.setChecked(roomy)
            self._right.setMinimumWidth(450 if roomy else 340)
            self.preview.setMinimumWidth(PAPER if roomy else 280)
            self._show_preview()

    def _tell_version(self, form: Form, *, fresh: bool) -> None:
        issues = [] if fresh else issues_of(self.books, form)
        of_version = [issue for issue in issues if issue.version == form.version]
        count = sum((issue.last or 0) - (issue.first or 0) + 1 for issue in of_version)
        following = (form.version or 1) + 1
        told = f"第 {form.version} 版已发放 {count} 份，修改将成为第 {following} 版；发出去的仍按原题录入。"
        self.notice.say(told if of_version else "", Tone.WARN)

    def _show_side(self) -> None:
        super()._show_side()
        if hasattr(self, "preview"):
            self._show_preview()

    def _show_paper(self) -> None:
        """Ask for the paper of what the boxes hold now, saved or not."""
        try:
            self.preview.show_paper(self._paper())
        except UserError as fault:
            self.preview.show_paper(None, fault.message)

    def _paper(self) -> FormPaper | None:
        record = cast("Form | None", self.record)
        if record is None:
            return None
        values = {
            field: row.editor.kind.parse(row.editor.value()) for field, row in self.form.fields.rows.items()
        }
        for field in ("title", "questions"):
            self.form.fields.rows[field].editor.kind.check(values[field])
        return FormPaper(
            code=record.code or 1,
            version=record.version or 1,
            title=values["title"],
            sort=values["sort"],
            intro=values["intro"],
            questions=load(values["questions"]),
            footer=values["footer"],
            named=bool(values["named"]),
        )


def _sheets(frame: Frame, form: Form) -> str:
    issues = issues_of(frame.desk.books, form)
    counts = frame.desk.forms.tally(issues)
    return f"{counts.returned} / {counts.issued}" if issues else "—"
