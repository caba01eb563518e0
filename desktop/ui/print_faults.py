"""印前检查: what stands in the way of printing, one line each, the whole sentence of the one gone to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from desktop.services.papers import DOCUMENTS
from desktop.ui import buttons
from desktop.ui.labels import Banner, StatusLabel, Tone
from desktop.ui.layouts import column, row
from desktop.ui.naming import name
from desktop.ui.plain_table import PlainTable
from desktop.ui.printing import Fault


class FaultPanel(QWidget):
    """The verdict in a banner, the faults under it; `fix_asked` carries the one to be put right.

    Characters that no face draws may be left blank to be written by hand: `by_hand_asked` says so.
    """

    fix_asked = Signal(object)
    by_hand_asked = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        name(self, "print-check", "印前检查")
        self._faults: tuple[Fault, ...] = ()
        self.verdict = Banner("print-verdict", "印前检查")
        self.list = PlainTable("print-faults", "印前检查", ("文书", "对象", "问题"), wide=2)
        self.list.horizontalHeader().setResizeContentsPrecision(50)
        self.detail = StatusLabel("print-fault", "这处问题", "muted", wrap=True)
        self._fix = buttons.plain("去改正", "print-fix", "arrow-right")
        self.by_hand = name(QCheckBox("缺的字留空，印好后手写补上"), "print-by-hand", "缺字留空手写")
        self.by_hand.toggled.connect(self.by_hand_asked)
        told = row(self.detail, self._fix)
        told.setStretch(0, 1)
        told.setAlignment(self._fix, Qt.AlignmentFlag.AlignTop)
        whole = column(self.verdict, self.by_hand, self.list, told, None, gap=12)
        whole.setStretch(2, 100)
        self.setLayout(whole)
        self.list.activated.connect(self._ask_to_fix)
        self.list.row_chosen.connect(self._tell)
        self._fix.clicked.connect(self._ask_to_fix)

    @property
    def blocking(self) -> list[Fault]:
        """The faults that stop the papers: all but those left for the pen and what is only told."""
        pen = self.by_hand.isChecked()
        return [fault for fault in self._faults if not (fault.passes or (pen and fault.for_the_pen))]

    def wait(self) -> None:
        """Say that the check is under way."""
        self.verdict.say("正在做印前检查…")

    def show_faults(self, faults: Sequence[Fault], fine: str) -> None:
        """Show what was found; where it is nothing, say `fine`."""
        self._faults = tuple(faults)
        for_the_pen = [fault for fault in faults if fault.for_the_pen]
        count = len(self.blocking)
        if count:
            self.verdict.say(f"印前检查：{count} 处问题，改好后才能印", Tone.LATE)
        elif for_the_pen:
            self.verdict.say(f"印前检查：{fine}，{len(for_the_pen)} 处留空手写", Tone.DONE)
        else:
            passed = sum(fault.passes for fault in faults)
            more = f"，另有 {passed} 处不印，原因见下" if passed else ""
            self.verdict.say(f"印前检查：{fine}{more}" if fine else "", Tone.DONE)
        self.by_hand.setVisible(bool(for_the_pen))
        self.list.fill([(DOCUMENTS[fault.document], fault.person, fault.message) for fault in self._faults])
        for widget in (self.list, self.detail, self._fix):
            widget.setVisible(bool(faults))
        if faults:
            self.list.selectRow(0)
            self._tell(0)
        self.updateGeometry()  # what isn't needed here any more goes to the choices above

    def _tell(self, place: int) -> None:
        self.detail.say(self._faults[place].message if 0 <= place < len(self._faults) else "")

    def _ask_to_fix(self) -> None:
        self.fix_asked.emit(self._faults[max(self.list.row(), 0)])
