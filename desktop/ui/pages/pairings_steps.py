"""What is done with a pairing: a line of what was done, its end (不脱困不脱钩), and what stands against it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.errors import UserError
from desktop.records.dates import show_day
from desktop.records.households import HouseholdState
from desktop.records.pairings import Pairing, PairingState
from desktop.ui import buttons
from desktop.ui.frame import Frame
from desktop.ui.labels import Banner, Tone
from desktop.ui.layouts import row
from desktop.ui.pages.households_steps import OFFERS, HouseholdStepDialog
from desktop.ui.record_step_dialog import RecordStepDialog, asked

if TYPE_CHECKING:
    from desktop.ui.pages.pairings_list import PairingPage

NOT_LIFTED = (
    "“{head}”还没有脱困，不脱困不脱钩。确需解除的，写明理由和批准人，这一对记为“审批解除”；"
    "已经脱困的，先登记脱困日期。"
)
IS_LIFTED = "“{head}”已于 {day} 脱困，可以解除，这一对记为“脱困解除”。"


class PairingSteps(QWidget):
    """Buttons over the form, and a line about what has to be known first."""

    def __init__(self, page: PairingPage) -> None:
        super().__init__()
        self._page, self._frame = page, page.frame
        self._pairing: Pairing | None = None
        self.banner = Banner("pairing-banner", "结对情况")
        self.note = buttons.plain("记进展", "note-progress", "edit")
        self.note.setToolTip("写一条帮扶进展（Ctrl+J）")
        self.end = buttons.plain("解除结对…", "end-pairing")
        self.home = buttons.quiet("打开这一户", "open-household", "map-pin")
        noting = buttons.action(page, "记进展", "Ctrl+J")
        noting.triggered.connect(page.note_progress)
        self.note.clicked.connect(page.note_progress)
        self.end.clicked.connect(self.ask_end)
        self.home.clicked.connect(self._open_home)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 24, 8)
        layout.setSpacing(8)
        layout.addLayout(row(self.note, self.end, None, self.home, gap=4))
        layout.addWidget(self.banner)
        for button in (self.note, noting):
            button.setEnabled(not self._frame.read_only)
        self.hide()

    def show_pairing(self, pairing: Pairing | None) -> None:
        """Offer what fits a pairing; None is a new one."""
        self._pairing = pairing
        self.setVisible(pairing is not None)
        if pairing is None:
            return
        running = pairing.state == PairingState.RUNNING
        self.end.setVisible(running)
        self.end.setEnabled(not self._frame.read_only)
        self.banner.say(*_told(pairing))

    def ask_end(self) -> None:
        """Ask what the end of the pairing needs."""
        if self._pairing is not None and self._page.may_leave():
            fresh = self._frame.desk.books.get(Pairing, self._pairing.id)
            EndDialog(self._frame, self.window(), fresh).open()

    def _open_home(self) -> None:
        if self._pairing is not None:
            self._frame.go("households", self._pairing.household.id)


def _told(pairing: Pairing) -> tuple[str, Tone]:
    """Return what has to be known of a pairing before anything is done with it."""
    home = pairing.household
    if pairing.state == PairingState.ENDED:
        why = f"：{pairing.end_reason}" if pairing.end_reason else ""
        return f"没有脱困，经{pairing.approver}批准解除{why}", Tone.WARN
    if pairing.state == PairingState.RUNNING and home.state != HouseholdState.HERE:
        on = f"于 {home.left_on} " if home.left_on else ""
        return f"“{home.head}”已{on}{home.state}，请办理解除", Tone.WARN
    if pairing.state == PairingState.RUNNING and home.lifted_on:
        return f"“{home.head}”已于 {home.lifted_on} 脱困，可以解除结对", Tone.DONE
    return "", Tone.PLAIN


class EndDialog(RecordStepDialog):
    """解除结对: of a household out of need a day is enough; else reason and approver must be told."""

    def __init__(self, frame: Frame, parent: QWidget | None, pairing: Pairing) -> None:
        self._pairing, self._parent = pairing, parent
        super().__init__(
            frame,
            parent,
            f"解除结对：{pairing.caption()}",
            "end-pairing-dialog",
            pairing,
            "end",
            "解除结对",
            NOT_LIFTED.format(head=pairing.household.head),
            (
                asked(Pairing.until, "on", "解除日期"),
                asked(Pairing.end_reason, "reason", "解除理由"),
                asked(Pairing.approver, "approver", "批准人"),
            ),
            partial(self._ended, frame),
        )
        self.lift = buttons.quiet("先登记脱困…", "lift-first")
        self.lift.clicked.connect(self._lift)
        self.footer.insertWidget(0, self.lift)
        self.rows["on"].editor.edited.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        """Ask for reason and approver where the household isn't out of need on the day."""
        home = self._pairing.household
        try:
            on = self.rows["on"].editor.store()
        except UserError:
            on = None
        lifted = home.lifted_on is not None and (on is None or home.lifted_on <= on)
        for field in ("reason", "approver"):
            self.rows[field].setVisible(not lifted)
        self.lift.setVisible(home.lifted_on is None and home.state == HouseholdState.HERE)
        words = IS_LIFTED if lifted else NOT_LIFTED
        day = show_day(home.lifted_on) if home.lifted_on else ""
        self.follows.setText(words.format(head=home.head, day=day))

    def _lift(self) -> None:
        """Note first that the household is out of need, then come back."""
        self.reject()
        home = self._pairing.household
        HouseholdStepDialog(self.frame, self._parent, home, OFFERS["lift"], self._lifted).open()

    def _lifted(self, words: str) -> None:
        self.frame.toast(words, undo=True)
        fresh = self.frame.desk.books.get(Pairing, self._pairing.id)
        EndDialog(self.frame, self._parent, fresh).open()

    def _ended(self, frame: Frame) -> None:
        frame.toast(f"已解除结对：{self._pairing.caption()}（{self._pairing.state}）", undo=True)
