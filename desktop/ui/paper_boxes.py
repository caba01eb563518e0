"""印什么 and 怎么印: check boxes of papers, and the options of those that are checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from desktop.records.pack import PaperOptions
from desktop.services.papers import PAPERS, Paper
from desktop.ui.labels import Text
from desktop.ui.layouts import holding, row
from desktop.ui.naming import name
from desktop.ui.print_options import OptionsRow

ACROSS = 2
"""Check boxes side by side."""


class PaperBoxes(QWidget):
    """The check boxes, two side by side; `how` is the widget with the options, to be laid out elsewhere.

    A paper's options are made when it is first checked: most papers never are. `lines` are what a paper is
    asked beyond them, by its name. `changed` says that another paper or option was chosen.
    """

    changed = Signal()

    def __init__(
        self,
        papers: Iterable[Paper],
        checked: Sequence[str],
        memory: QSettings,
        lines: Mapping[str, QWidget] | None = None,
    ) -> None:
        super().__init__()
        name(self, "print-papers", "印什么")
        self._memory, self._lines = memory, dict(lines or {})
        self._options: dict[str, OptionsRow] = {}
        self._shown: dict[str, tuple[QWidget, QWidget]] = {}
        self.boxes: dict[str, QCheckBox] = {}
        what = _grid(16)
        for place, paper in enumerate(papers):
            box = self.boxes[paper.name] = name(QCheckBox(paper.label), f"print-{paper.name}", paper.label)
            box.setChecked(paper.name in checked)
            box.toggled.connect(self._told)
            what.addWidget(box, place // ACROSS, place % ACROSS)
        what.setColumnStretch(ACROSS, 1)
        self.setLayout(what)
        self._how = _grid(12)
        self._how.setColumnStretch(1, 1)
        self.how = holding(self._how)
        for document in self._lines:
            self._make_line(document)
        self.show_lines()

    @property
    def checked(self) -> list[str]:
        """The papers that are chosen and can be, in order."""
        return [document for document, box in self.boxes.items() if box.isChecked() and box.isEnabled()]

    def chosen(self, document: str) -> PaperOptions:
        """Return what was said of a paper that is or was checked; the usual of any other."""
        return self._options[document].options() if document in self._options else PaperOptions()

    def remember(self, documents: Iterable[str]) -> None:
        """Keep how these papers are printed for the next time."""
        for document in documents:
            if document in self._options:
                self._options[document].remember()

    def show_lines(self) -> None:
        """Show the options of the papers that are checked, where they have any."""
        checked = self.checked
        for document in checked:
            if document not in self._shown:
                self._make_line(document)
        for document, parts in self._shown.items():
            empty = document not in self._lines and self._options[document].is_empty
            for part in parts:
                part.setVisible(document in checked and not empty)

    def _make_line(self, document: str) -> None:
        options = self._options[document] = OptionsRow(PAPERS[document], self._memory)
        options.changed.connect(self.changed)
        more = self._lines.get(document)
        line = holding(row(more, options)) if more is not None else options
        if options.is_empty:
            options.hide()
        head = Text(PAPERS[document].label, "muted")
        place = list(self.boxes).index(document)
        self._how.addWidget(head, place, 0)
        self._how.addWidget(line, place, 1)
        self._shown[document] = (head, line)

    def _told(self) -> None:
        self.show_lines()
        self.changed.emit()


def _grid(gap: int) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(gap)
    grid.setVerticalSpacing(4)
    return grid
