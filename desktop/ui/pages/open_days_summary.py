"""总结: the figures of a day, each opening the records it counts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.errors import TroubleError, UserError
from desktop.records.open_days import DayState, OpenDay
from desktop.services.reports import Figure
from desktop.ui.frame import Frame
from desktop.ui.labels import Text
from desktop.ui.naming import set_property
from desktop.ui.pages.open_days_records import open_figure
from desktop.ui.pages.open_days_steps import archive_confirmed, why_not
from desktop.ui.pages.open_days_tab import DayTab
from desktop.ui.pages.workbench_figures import Tile, TileButton, TileGrid


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
    label, _, formula = figure.label.partition("(")
    shown = f"{figure.value:,}" if isinstance(figure.value, int) else figure.shown()
    share = figure.value / 100 if figure.unit == "%" else figure.value / whole if whole else None
    return Tile(
        key=str(place),
        label=label,
        value=shown,
        unit=figure.unit,
        note=formula.rstrip(")"),
        share=share,
        opens=bool(figure.records),
    )


class SummaryTab(DayTab):
    """People above, forms below."""

    key = "summary"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.people = FigureGrid(frame, "figures-people", "代表参与情况")
        self.forms = FigureGrid(frame, "figures-forms", "表单发放收回情况")
        inside = QWidget()
        set_property(inside, "role", "surface")
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(16, 16, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(Text("代表参与", "heading"))
        layout.addWidget(self.people)
        layout.addSpacing(8)
        layout.addWidget(Text("表单发放和收回", "heading"))
        layout.addWidget(self.forms)
        layout.addWidget(
            Text("按一下数字,就打开它数的那些记录。人是不同的人,人次是邀请的次数。", "caption", wrap=True)
        )
        layout.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self.body.addWidget(scroll, 1)

    def fill(self, day: OpenDay) -> None:
        reports = self.frame.desk.reports
        self.people.show_figures(reports.participants([day]))
        self.forms.show_figures(reports.forms([day]))
        if day.state == DayState.HELD:
            self.offer("开放日已举行;答复和统计都办完后归档", "归档")
        elif not why_not(day, "hold"):
            self.offer(f"现在是“{day.state}”", "记为已举行")
        else:
            self.offer(why_not(day, "hold"), "")

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
