"""印前检查: what stands in the way of printing, one line each, the whole sentence of the one gone to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.services.papers import DOCUMENTS
from desktop.ui import buttons
from desktop.ui.labels import Banner, StatusLabel, Tone
from desktop.ui.layouts import column, row
from desktop.ui.naming import name
from desktop.ui.plain_table import PlainTable
from desktop.ui.printing import Fault


class FaultPanel(QWidget):
    """The verdict in a banner, the faults under it; `fix_asked` carries the one to be put right."""

    fix_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        name(self, "print-check", "印前检查")
        self._faults: tuple[Fault, ...] = ()
        self.verdict = Banner("print-verdict", "印前检查")
        self.list = PlainTable("print-faults", "印前检查", ("文书", "对象", "问题"), wide=2)
        self.list.horizontalHeader().setResizeContentsPrecision(50)
        self.detail = StatusLabel("print-fault", "这处问题", "muted", wrap=True)
        self._fix = buttons.plain("去改正", "print-fix", "arrow-right")
        told = row(self.detail, self._fix)
        told.setStretch(0, 1)
        told.setAlignment(self._fix, Qt.AlignmentFlag.AlignTop)
        whole = column(self.verdict, self.list, told, None, gap=12)
        whole.setStretch(1, 100)
        self.setLayout(whole)
        self.list.activated.connect(self._ask_to_fix)
        self.list.row_chosen.connect(self._tell)
        self._fix.clicked.connect(self._ask_to_fix)

    def wait(self) -> None:
        """Say that the check is under way."""
        self.verdict.say("正在做印前检查…")

    def show_faults(self, faults: Sequence[Fault], fine: str) -> None:
        """Show what was found; where it is nothing, say `fine`."""
        self._faults = tuple(faults)
        count = len(self._faults)
        if count:
            self.verdict.say(f"印前检查：{count} 处问题，改好后才能印", Tone.LATE)
        else:
            self.verdict.say(f"印前检查：{fine}" if fine else "", Tone.DONE)
        self.list.fill([(DOCUMENTS[fault.document], fault.person, fault.message) for fault in self._faults])
        for widget in (self.list, self.detail, self._fix):
            widget.setVisible(count > 0)
        if count:
            self.list.selectRow(0)
            self._tell(0)

    def _tell(self, place: int) -> None:
        self.detail.say(self._faults[place].message if 0 <= place < len(self._faults) else "")

    def _ask_to_fix(self) -> None:
        self.fix_asked.emit(self._faults[max(self.list.row(), 0)])
