"""民情日记: what staff wrote of their visits; drafts, finished ones, and where they were published."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, cast

from desktop.errors import UserError
from desktop.records.base import Record
from desktop.records.diaries import Diary, DiaryCorrection, DiaryState, DiaryVisit, Publication
from desktop.records.listing import Query
from desktop.records.visits import Visit
from desktop.services.diaries import FIXED
from desktop.ui import buttons
from desktop.ui.frame import Frame
from desktop.ui.labels import StatusLabel
from desktop.ui.list_layout import ListLayout
from desktop.ui.page_tools import add_papers
from desktop.ui.pages.diaries_list import SHOWN, columns, corrections
from desktop.ui.pages.simple_page import SimplePage
from desktop.ui.sections import Section

if TYPE_CHECKING:
    from desktop.services.drafts import Texts
    from desktop.ui.editors import ProseEditor
    from desktop.ui.hanging_tab import HangingTab
    from desktop.ui.parts_panel import PartsPanel
    from desktop.ui.record_form import RecordForm

SECTIONS = (Section("", ("author", "written_on", "title", "weather", "text")),)
LOCKED = "已定稿，用上面的“更正”改标题和正文"
ABOUT = "about"
"""The part of a draft that names the visits a new diary is to tell of."""
FOLLOWED = {DiaryVisit, Publication, DiaryCorrection}


class DiariesPage(SimplePage):
    """The list of diaries and the form of one, with its visits, publications and corrections."""

    key, label, icon = "diary-list", "民情日记", "book"

    def __init__(self, frame: Frame) -> None:
        self._about: tuple[Visit, ...] = ()
        """The visits that a new diary is to tell of."""
        super().__init__(
            frame,
            ListLayout(
                model=Diary,
                sections=SECTIONS,
                unit="篇",
                purpose="民情日记写在这里：从一次走访写起，定稿后不再改动，刊载在哪里、哪一级、哪一天也记在这里。",
                first_step="写第一篇日记",
                hint="标题、正文、作者",
                filters=("state",),
                shown=SHOWN,
                columns=columns(),
                first_tab="日记",
            ),
            sort="written_on",
        )
        figures = buttons.plain("刊载统计", "diary-figures", "chart")
        figures.setToolTip("刊载了几篇、几篇次，按刊物、层级、作者分列")
        figures.clicked.connect(self.show_figures)
        self.add_tool(figures)
        add_papers(self, "把选中的日记印成册")

    def show_figures(self) -> None:
        """Show where diaries were published; each figure opens its rows."""
        from desktop.ui.pages.diaries_figures import DiaryFigures

        DiaryFigures(self.frame, self.window(), self.open_record).open()

    # -- the form

    def furnish(self, form: RecordForm) -> None:
        from desktop.ui.pages.diaries_steps import DiarySteps

        self.steps: DiarySteps = DiarySteps(self)
        form.add_under_heading(self.steps.line)
        self.about = StatusLabel("diary-about", "记的走访", "muted", wrap=True)
        self.about.setContentsMargins(16, 0, 24, 8)
        self.about.hide()
        form.add_under_heading(self.about)
        cast("ProseEditor", form.box("text")).box.set_lines(8, 40)
        self.length = StatusLabel("diary-length", "正文字数", "caption")
        form.fields.rows["text"].add_under(self.length)
        form.box("text").edited.connect(self._tell_length)
        form.add_tab("走访", lambda: self._part(self.visits))
        form.add_tab("刊载", lambda: self._part(self.publications))
        form.add_tab("更正", lambda: self.corrections)

    def _part(self, panel: PartsPanel) -> PartsPanel:
        panel.show_parts_of(None if self.fresh else self.record)
        return panel

    @cached_property
    def visits(self) -> PartsPanel:
        """Return the visits that the diary tells of."""
        from desktop.ui.pages.diaries_visits import DiaryVisits

        return DiaryVisits(self.frame)

    @cached_property
    def publications(self) -> PartsPanel:
        """Return where the diary was published."""
        from desktop.ui.parts_panel import PartsPanel

        made = PartsPanel(
            self.frame, Publication, "diary", ("medium", "level", "on", "note"), sort="on", wide=0,
            purpose="刊载在哪个刊物或平台、哪一级、哪一天。同一篇刊载两次，算 1 篇、2 篇次。",
        )  # fmt: skip
        made.changed.connect(self._follow_change)  # where it is published moves the diary's state
        return made

    @cached_property
    def corrections(self) -> HangingTab:
        """Return what the diary said before it was corrected."""
        from desktop.ui.hanging_tab import HangingTab

        made = HangingTab(
            self.frame, "diary-corrections", "更正", ("更正日期", "理由", "原标题"), corrections, unit="次更正",
            wide=1, whole=lambda row: f"原文：{row.old_text}",  # pyright: ignore[reportAttributeAccessIssue]
            empty="定稿以后改标题或正文，用上面的“更正”；改之前的原文和理由留在这里。",
        )  # fmt: skip
        made.show_of(None if self.fresh else self.record)
        return made

    def heading(self, record: Record) -> str:
        diary = cast("Diary", record)
        return super().heading(record) if self.fresh else f"{diary.written_on} {diary.caption()}"

    def write_about(self, keys: Sequence[bytes]) -> None:
        """Begin a diary that tells of some visits; it is kept with them."""
        try:
            self._about = tuple(self.books.get(Visit, key) for key in keys)
        except UserError as gone:
            self.frame.tell(gone)
            return
        self.start_new()
        self._about = self._about if self.fresh else ()

    def start_new(self) -> None:
        super().start_new()
        if not self.fresh:
            self._about = ()

    def blank(self) -> Record:
        """Return a diary of today, by those who made the visits that it tells of."""
        diary = self.books.new(Diary)
        diary.written_on = datetime.date.today()
        if len(writers := {visit.staff for visit in self._about}) == 1:
            diary.author = writers.pop()
        return diary

    def opened(self, record: Record, *, fresh: bool) -> None:
        diary = cast("Diary", record)
        if not fresh:
            self._about = ()
        super().opened(record, fresh=fresh)
        self.steps.show_diary(None if fresh else diary)
        self._tell_about()
        fixed = FIXED if diary.state != DiaryState.DRAFT else ()
        for field in FIXED:
            box = self.form.box(field)
            box.lock(field in fixed)
            box.widget.setToolTip(LOCKED if field in fixed else box.kind.hint)
        if "corrections" in self.__dict__:
            self.corrections.show_of(None if fresh else record)
        self._tell_length()

    def _tell_about(self) -> None:
        told = "、".join(visit.caption() for visit in self._about)
        self.about.say(f"记走访：{told}" if told else "")
        self.about.setVisible(bool(told))

    def _tell_length(self) -> None:
        words = "".join(self.form.box("text").value().split())
        self.length.say(f"{len(words):,} 字" if words else "")

    def keep(self, record: Record) -> None:
        self.frame.desk.diaries.save(cast("Diary", record), self._about)
        self._about = ()

    def typed(self) -> dict[str, dict[str, str]]:
        texts = super().typed()
        if texts and self._about:
            texts[ABOUT] = {visit.id.hex(): visit.caption() for visit in self._about}
        return texts

    def type_in(self, texts: Texts) -> None:
        super().type_in(texts)
        keys = tuple(bytes.fromhex(key) for key in texts.get(ABOUT, ()))
        if keys and self.fresh:
            self._about = tuple(cast("list[Visit]", self.books.page(Query(Visit, keys=keys), 0, len(keys))))
            self._tell_about()

    def drop_edits(self) -> None:
        self._about = ()
        super().drop_edits()

    def heard(self, models: frozenset[type[Record]]) -> None:
        super().heard(models)
        if models & FOLLOWED:
            if Diary not in models:
                self.table.refresh()
                self._keep_row()
            self._refresh_parts()

    def _refresh_parts(self) -> None:
        for name in ("visits", "publications"):
            if (panel := self.__dict__.get(name)) is not None and not panel.dirty:
                panel.refresh()
        if "corrections" in self.__dict__:
            self.corrections.refresh()
