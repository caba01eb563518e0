"""登记一摞: a pile of visit sheets written down one after another, by keyboard alone."""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import TroubleError, UserError
from desktop.records.households import Household
from desktop.records.listing import Query
from desktop.records.tickets import Ticket
from desktop.records.visits import Visit
from desktop.ui import buttons
from desktop.ui.frame import Frame
from desktop.ui.labels import Banner, OneLine, StatusLabel, Text, Tone
from desktop.ui.layouts import hairline, row
from desktop.ui.naming import set_property
from desktop.ui.pages.visits_pile_fields import CHANGING, STAYING, VisitFields
from desktop.ui.pages.visits_previous import PreviousVisit
from desktop.ui.pages.visits_problems import ProblemLines
from desktop.ui.pages.visits_questions import sure
from desktop.ui.pinned_fields import LABEL
from desktop.ui.plain_table import PlainTable
from desktop.ui.scrolled import Scrolled

LEFT, RIGHT = 350, 300
"""Pixels of what stays, and of the list of what was registered."""
THREE_FROM = 1200
"""Pixels from which that list stands beside."""


class VisitPile(QWidget):
    """What stays at the left, one household at the right. `left` leaves it, `undo_asked` takes the last one back."""

    left = Signal()
    undo_asked = Signal()

    def __init__(self, frame: Frame, fields: VisitFields, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_property(self, "role", "surface")
        self._frame = frame
        self._made: list[tuple[Visit, list[Ticket]]] = []
        for _ in fields.building:
            pass  # what was not made ahead
        fields.setParent(self)
        self.fields = fields
        self.problems = ProblemLines(frame)
        self.previous = PreviousVisit(frame)
        self.banner = Banner("visit-pile-banner", "提示")
        self.last = StatusLabel("visit-pile-last", "刚登记", "muted")
        self.count = StatusLabel("visit-pile-count", "这一摞", "muted")
        self.undo = buttons.quiet("撤销", "visit-pile-undo", "undo")
        self.undo.setToolTip("撤销刚登记的这一次，内容放回来改（Ctrl+Z）")
        self.done = buttons.plain("登记完了", "visit-pile-done", "check")
        self.done.setToolTip("回到列表（Esc）")
        self.go = buttons.primary("登记，下一户", "visit-pile-go")
        self.go.setToolTip("Ctrl+Enter，或在空的问题行按 Enter")
        self.table = PlainTable("visit-pile-made", "这一摞里登记的", ("户主", "村组", "问题"), wide=1)
        self._lay_out()
        self._connect()
        self._tell()

    def _lay_out(self) -> None:
        staying, changing = QWidget(self), QWidget(self)
        kept = Scrolled(staying, "visit-pile-staying", "固定不变的", self, least=80)
        self._changing = Scrolled(changing, "visit-pile-changing", "每户不同的", self, least=80)
        # the boxes come in last: with each new place of what they lie in they would take on their look anew
        staying.setLayout(self.fields.column(*STAYING))
        changing.setLayout(self.fields.column(CHANGING[0], self.previous, *CHANGING[1:], self.problems))
        for part in (staying, changing):
            part.setContentsMargins(8, 12, 8, 16)
        self.previous.setContentsMargins(LABEL + 8, 0, 0, 4)
        kept.setFixedWidth(LEFT)
        self.table.setFixedWidth(RIGHT)
        self._edge = hairline(upright=True)
        body = QHBoxLayout()
        body.setSpacing(0)
        for part in (kept, hairline(upright=True), self._changing):
            body.addWidget(part)
        body.setStretch(2, 1)
        body.addWidget(self._edge)
        body.addWidget(self.table)
        rule = OneLine("带图钉的栏下一户不变；Enter 往下走，Shift+Enter 换行", "caption")
        title = Text("登记一摞走访", "heading")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row(title, self.count, None, rule, 8, self.done, margins=(16, 8, 16, 8)))
        layout.addWidget(hairline())
        layout.addWidget(self.banner)
        layout.addLayout(body, 1)
        layout.addWidget(hairline())
        layout.addLayout(row(self.last, self.undo, None, self.go, margins=(16, 8, 24, 8)))

    def _connect(self) -> None:
        self.fields.finished.connect(self.problems.focus_first)
        self.fields.finished.connect(self._show_problems)
        self.problems.edited.connect(self._show_problems)
        self.fields.edited.connect(self._edited)
        self.problems.finished.connect(self.register)
        self.undo.clicked.connect(self.undo_asked)
        self.done.clicked.connect(self.left)
        self.go.clicked.connect(self.register)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            buttons.action(self, "登记，下一户", keys).triggered.connect(self.register)
        buttons.action(self, "登记完了", "Esc").triggered.connect(self.left)

    def minimumSizeHint(self) -> QSize:
        """Return what it needs without the list of what was registered, which gives way."""
        hint = super().minimumSizeHint()
        return hint - QSize(RIGHT + 1, 0) if self.table.isVisibleTo(self) else hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for part in (self._edge, self.table):
            part.setVisible(self.width() >= THREE_FROM)

    def begin(self) -> None:
        """Begin a pile; what was pinned before stays. The first sheet begins with who went."""
        self._made = []
        self._tell()
        self.fields.focus("household" if self.fields.text("staff") else "visited_on")

    @property
    def dirty(self) -> bool:
        """Tell whether a sheet is half written down."""
        return self.fields.dirty or self.problems.dirty

    # -- registering

    def register(self) -> bool:
        """Keep what is written down and go on to the next household; a fault stands beside its field."""
        visit = self._frame.desk.books.new(Visit)
        if self._frame.read_only or not self.fields.store(visit):
            return False
        faults = visit.faults()
        if faults:
            self._complain(faults[0])
            return False
        return sure(self._frame, visit) and self._keep(visit, self.problems.tickets())

    def _keep(self, visit: Visit, problems: list[Ticket]) -> bool:
        self.banner.say("")
        try:
            self._frame.desk.visiting.save(visit, problems)
        except UserError as fault:
            self._complain(fault)
            return False
        except TroubleError as trouble:
            self._frame.tell(trouble)
            return False
        self._made.append((visit, problems))
        self.clear()
        self._tell()
        self.fields.focus("household")
        return True

    def _complain(self, fault: UserError) -> None:
        if not self.fields.complain(fault):
            self.banner.say(fault.message, Tone.LATE)

    def clear(self) -> None:
        """Forget what is written of one household; the pinned fields keep theirs."""
        self.fields.load(self.fields.blank(), all_of_it=False)
        self.problems.clear()
        self.previous.show_for(None)

    def _tell(self) -> None:
        """Say what was registered last, and how much there is."""
        visits = [visit for visit, _ in self._made]
        homes = {visit.household.id for visit in visits if visit.household is not None}
        problems = sum(len(tickets) for _, tickets in self._made)
        told = f"已登记 {len(visits)} 次，{len(homes)} 户，问题 {problems} 件"
        self.count.say(told if visits else "")
        self.last.say(made_words(*self._made[-1]) if visits else "先填左边的日期、走访人和村，各户都一样")
        self.undo.setVisible(bool(visits))
        rows = [(visit.whom, _where(visit.household), tickets) for visit, tickets in self._made]
        self.table.fill([(whom, where, str(len(found) or "")) for whom, where, found in reversed(rows)])

    def look_again(self) -> None:
        """Take out of the list what was undone, and put the last of it back to be corrected."""
        keys = tuple(visit.id for visit, _ in self._made)
        there = set(self._frame.desk.books.ids(Query(Visit, keys=keys))) if keys else set()
        gone = [one for one in self._made if one[0].id not in there]
        if not gone:
            return
        self._made = [one for one in self._made if one[0].id in there]
        if not self.dirty:
            visit, problems = gone[-1]
            self.fields.write_again(visit)
            self.problems.put(problems)
            self.fields.focus("household")
        self._tell()

    def _show_problems(self) -> None:
        """Bring the problem being written into sight, where the window is low."""
        QTimer.singleShot(0, self.problems, lambda: self._changing.ensureWidgetVisible(self.problems, 0, 8))

    def _edited(self, field: str) -> None:
        if field in ("household", "visited_on"):
            self.previous.show_for(self.fields.household.home)


def _where(home: Household | None) -> str:
    """Return where a household lives, with the group: a village has namesakes."""
    return f"{home.village}{home.group}" if home is not None else ""


def made_words(visit: Visit, problems: list[Ticket]) -> str:
    """Return the line about what was just kept."""
    numbers = "、".join(ticket.number for ticket in problems[:3])
    more = f"等 {len(problems)} 件" if len(problems) > 3 else ""
    return f"刚登记 {visit.whom}" + (f"，问题 {numbers}{more}" if problems else "")
