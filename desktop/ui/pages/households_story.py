"""往来: everything that ever happened with a household, the latest first."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.records.dates import show_day
from desktop.records.households import Household
from desktop.records.pairings import PairingProgress
from desktop.services.household_story import Event, household_story
from desktop.ui.frame import Frame
from desktop.ui.labels import EmptyState, StatusLabel
from desktop.ui.layouts import hairline
from desktop.ui.naming import set_property
from desktop.ui.plain_table import PlainTable

PAGES = {
    "visit": "visits",
    "ticket": "tickets",
    "diary": "diaries",
    "appointment": "diaries",
    "pairing": "pairings",
    "condolence": "pairings",
}
"""The pages on which a record of a kind is opened."""


class StoryTab(QWidget):
    """A table of days; Enter or a double click opens the visit or the ticket of a row."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        set_property(self, "role", "surface")
        self._frame = frame
        self._home: Household | None = None
        self.events: list[Event] = []
        self.told = StatusLabel("story-event", "选中的一条", wrap=True)
        self.told.setContentsMargins(16, 8, 24, 8)
        self.table = PlainTable("household-story", "往来", ("日期", "事项", "内容"), wide=2)
        self.table.setToolTip("Enter 打开选中的走访、问题、日记、结对或慰问")
        self.table.row_chosen.connect(self._tell)
        self.table.activated.connect(lambda index: self.open_row(index.row()))
        self._lists = QStackedWidget()
        self._lists.addWidget(self.table)
        self._lists.addWidget(
            EmptyState("footprints", "还没有往来", "走访、问题、结对、慰问登记以后，按时间排在这里。")
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._lists, 1)
        layout.addWidget(hairline())
        layout.addWidget(self.told)

    def show_home(self, home: Household | None) -> None:
        """Show a household's story; it is read only while the tab is in front."""
        self._home = home
        self.events = []
        self.table.fill([])
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Read the story again."""
        if not self.isVisible():
            return
        self.events = household_story(self._home) if self._home is not None else []
        self.table.fill([(show_day(one.on), one.words, one.detail) for one in self.events])
        self._lists.setCurrentIndex(0 if self.events else 1)
        self._tell(-1)

    def open_row(self, row: int) -> None:
        """Open the record that a row tells of, where there is a page of it."""
        if not 0 <= row < len(self.events):
            return
        record = self.events[row].record
        if isinstance(record, PairingProgress):
            record = record.pairing
        if page := PAGES.get(record.kind):
            self._frame.go(page, record.id)

    def _tell(self, row: int) -> None:
        """Show the whole text of the row gone to: the table cuts it."""
        detail = self.events[row].detail if 0 <= row < len(self.events) else ""
        self.told.say(detail[:600])
        self.told.setVisible(bool(detail))
