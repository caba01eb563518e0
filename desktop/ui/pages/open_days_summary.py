"""总结: the figures of a day, each opening the records it counts."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.errors import TroubleError, UserError
from desktop.files import safe_name
from desktop.records.base import own_connection
from desktop.records.open_days import DayState, OpenDay
from desktop.records.papers import Watch
from desktop.services.desk import Desk
from desktop.services.figures import Figure
from desktop.services.reports import FORMS, OF_A_DAY, PEOPLE
from desktop.ui import buttons
from desktop.ui.file_work import FileWork
from desktop.ui.frame import Frame
from desktop.ui.labels import Text
from desktop.ui.layouts import row
from desktop.ui.naming import set_property
from desktop.ui.pages.open_days_records import open_figure
from desktop.ui.pages.open_days_steps import archive_confirmed, why_not
from desktop.ui.pages.open_days_tab import DayTab
from desktop.ui.pages.workbench_figures import Tile, TileButton, TileGrid
from desktop.ui.workroom import Task

PAPER = (("PDF 文件", "*.pdf"),)


class FigureGrid(TileGrid):
    """Figures of a report as tiles; a press opens the records."""

    def __init__(self, frame: Frame, identifier: str, label: str) -> None:
        super().__init__(identifier, label)
        self._frame = frame
        self.figures: list[Figure] = []

    def show_figures(self, figures: list[Figure]) -> None:
        """Show other figures; the first one with a unit of 人次 or 份 is what the shares are of."""
        self.figures = figures
        whole = {one.unit: one.value for one in reversed(figures) if one.unit in ("人次", "份")}
        for made in self.show_tiles(
            [_tile(place, one, whole.get(one.unit, 0)) for place, one in enumerate(figures)]
        ):
            made.clicked.connect(self._open)

    def _open(self) -> None:
        if isinstance(tile := self.sender(), TileButton):
            open_figure(self._frame, self.window(), self.figures[int(tile.tile.key)])


def _tile(place: int, figure: Figure, whole: float) -> Tile:
    share = figure.value / 100 if figure.unit == "%" else figure.value / whole if whole else None
    return Tile(
        key=str(place),
        label=figure.label,
        value=figure.shown(),
        unit=figure.unit,
        note=figure.formula,
        share=share,
        opens=bool(figure.records),
    )


class SummaryTab(DayTab):
    """People above, forms below; all of it can go on paper."""

    key = "summary"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._task: Task | None = None
        self._shown = b""
        self.people = FigureGrid(frame, "figures-people", "代表参与情况")
        self.forms = FigureGrid(frame, "figures-forms", "表单发放收回情况")
        inside = QWidget()
        set_property(inside, "role", "surface")
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(16, 16, 24, 16)
        layout.setSpacing(8)
        self.save = buttons.quiet("存为 PDF", "summary-save", "file-down")
        self.save.clicked.connect(self.save_paper)
        layout.addLayout(row(Text(PEOPLE, "heading"), None, self.save))
        layout.addWidget(self.people)
        layout.addSpacing(8)
        layout.addWidget(Text(FORMS, "heading"))
        layout.addWidget(self.forms)
        layout.addWidget(
            Text("按一下数字，就打开它数的那些记录。人是不同的人，人次是邀请的次数。", "caption", wrap=True)
        )
        layout.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self.body.addWidget(scroll, 1)

    def fill(self, day: OpenDay) -> None:
        if self._task:
            self._task.cancel()
        if day.id != self._shown:
            self._shown = day.id
            self._came(([], []))
        work = partial(_figures, self.frame.desk, day.id)
        self._task = self.frame.workroom.look(self, work, done=self._came, failed=self.frame.tell)
        if day.state == DayState.HELD:
            self.offer("开放日已举行；答复和统计都办完后归档", "归档")
        elif not why_not(day, "hold"):
            self.offer(f"现在是“{day.state}”", "记为已举行")
        else:
            self.offer(why_not(day, "hold"), "")

    def _came(self, found: tuple[list[Figure], list[Figure]]) -> None:
        people, forms = found
        self.people.show_figures(people)
        self.forms.show_figures(forms)

    def save_paper(self) -> None:
        """Ask for a file and set the figures on paper."""
        if self.day is None:
            return
        suggested = safe_name(f"{self.day.theme}{OF_A_DAY}") + ".pdf"
        if path := self.frame.ask.save_as("总结存为 PDF", suggested, PAPER):
            work = partial(_written, self.frame.desk, self.day.id, path)
            told = f"已存为 {path.name}"
            FileWork(self.frame, "总结存为 PDF", path, work, lambda _: told, parent=self.window())

    def take_next(self) -> None:
        day = self.day
        if day is None:
            return
        verb = "archive" if day.state == DayState.HELD else "hold"
        if verb == "archive" and not archive_confirmed(self.frame, day):
            return
        try:
            self.frame.desk.books.do(day, verb, {})
        except (UserError, TroubleError) as error:
            self.frame.tell(error)
            return
        self.frame.toast(f"“{day.theme}”{day.state}", undo=True)


def _written(desk: Desk, key: bytes, path: Path, watch: Watch) -> None:
    """Count what came of a day and set it on paper; for the workroom."""
    with own_connection():
        paper = desk.reports.paper(desk.reports.day_report(desk.books.get(OpenDay, key)))
        desk.reports.write(path, paper, watch)


def _figures(desk: Desk, key: bytes) -> tuple[list[Figure], list[Figure]]:
    """Return the figures of a day, people and forms; for the workroom."""
    day = desk.books.get(OpenDay, key)
    return desk.reports.participants([day]), desk.reports.forms([day])
