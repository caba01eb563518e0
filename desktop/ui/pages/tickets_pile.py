"""登记一摞: a pile of papers registered one after another, by keyboard alone."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import TroubleError, UserError
from desktop.records.dates import show_day
from desktop.records.listing import Query
from desktop.records.open_days import OpenDay
from desktop.records.tickets import Occurrence, Ticket
from desktop.ui import buttons
from desktop.ui.boxes import ProseBox
from desktop.ui.frame import Frame
from desktop.ui.labels import Banner, StatusLabel, Text, Tone
from desktop.ui.layouts import hairline, row
from desktop.ui.marks import Mark, MarkLine
from desktop.ui.naming import set_property
from desktop.ui.pages.tickets_bar import due_words
from desktop.ui.pages.tickets_form import CLOCK
from desktop.ui.pages.tickets_pile_fields import CHANGING, STAYING, PileFields
from desktop.ui.pages.tickets_rows import PRESUMED
from desktop.ui.pages.tickets_similar import SimilarHints, once_more
from desktop.ui.plain_table import PlainTable
from desktop.ui.scrolled import Scrolled

LEFT, RIGHT = 350, 300
"""Pixels of what stays, and of the list of what was registered."""
WIDEST = 880
"""Pixels of what changes at most: wider, the eye loses the line from a box to its pin."""
THREE_FROM = 1200
"""Pixels from which that list stands beside."""
CONTENT_LEAST, CONTENT_MOST = 5, 14


class PilePanel(QWidget):
    """What stays at the left, what changes at the right. `left` leaves it, `opened` carries a ticket to look at."""

    left = Signal()
    opened = Signal(bytes)
    undo_asked = Signal()

    def __init__(self, frame: Frame, fields: PileFields, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_property(self, "role", "surface")
        self._frame = frame
        self._made: list[Ticket | Occurrence] = []
        self.fields = fields
        for _ in fields.building:
            pass  # what was not made ahead
        fields.setParent(self)
        self.fields.finished.connect(self.register)
        self.fields.edited.connect(self._edited)
        self.hints = SimilarHints(frame)
        self.hints.same.connect(self.count_once_more)
        self.hints.opened.connect(self.opened)
        self.banner = Banner("pile-banner", "提示")
        self.due = StatusLabel("pile-due", "这一件的期限", "muted")
        self.presumed = MarkLine("pile-presumed", "推定")
        self.last = StatusLabel("pile-last", "刚登记", "strong")
        self.undo = buttons.quiet("撤销", "pile-undo", "undo")
        self.undo.setToolTip("撤销刚登记的这一件，内容放回来改（Ctrl+Z）")
        self.undo.clicked.connect(self.undo_asked)
        self.undo.hide()
        self.count = StatusLabel("pile-count", "这一摞", "muted")
        self.done = buttons.plain("登记完了", "pile-done", "check")
        self.done.setToolTip("回到列表（Esc）")
        self.done.clicked.connect(self.left)
        self.go = buttons.primary("登记，下一件", "pile-go")
        self.go.setToolTip("Ctrl+Enter，或在最后一栏按 Enter")
        self.go.clicked.connect(self.register)
        self.table = PlainTable("pile-made", "这一摞里登记的", ("编号", "摘要"), wide=1)
        self._due_later = QTimer(self, singleShot=True, interval=60)
        self._due_later.timeout.connect(self._show_due)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            buttons.action(self, "登记，下一件", keys).triggered.connect(self.register)
        buttons.action(self, "登记完了", "Esc").triggered.connect(self.left)
        self._lay_out()
        self._tell()

    def _lay_out(self) -> None:
        content = cast("ProseBox", self.fields.box("content").widget)
        content.set_lines(CONTENT_LEAST, CONTENT_MOST)
        staying, wide = QWidget(self), QWidget(self)
        self._staying = Scrolled(staying, "pile-staying", "固定不变的", self, least=80)
        changes = Scrolled(wide, "pile-changing", "每件不同的", self, least=80)
        changing = QWidget(wide)
        changing.setMaximumWidth(WIDEST)
        filled = row(changing, None, gap=0)
        filled.setStretch(0, 100)
        wide.setLayout(filled)
        # the boxes come in last: with each new place of what they lie in they would take on their look anew
        staying.setLayout(self.fields.column(*STAYING))
        changing.setLayout(self.fields.column(CHANGING[0], self.hints, *CHANGING[1:]))
        for part in (staying, changing):
            part.setContentsMargins(8, 12, 8, 16)
        self._staying.setFixedWidth(LEFT)
        self._listed = self.table
        self._listed.setFixedWidth(RIGHT)
        body = QHBoxLayout()
        body.setSpacing(0)
        for part in (self._staying, hairline(upright=True), changes):
            body.addWidget(part)
        body.setStretch(2, 1)
        self._edge = hairline(upright=True)
        body.addWidget(self._edge)
        body.addWidget(self._listed)
        rule = Text("带图钉的栏下一件不变；Enter 往下走，Shift+Enter 换行", "caption")
        title = Text("登记一摞", "heading")
        top = row(title, self.count, None, rule, 8, self.done, margins=(16, 8, 16, 8))
        bottom = row(self.last, self.undo, None, self.due, self.presumed, 8, self.go, margins=(16, 8, 24, 8))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(hairline())
        layout.addWidget(self.banner)
        layout.addLayout(body, 1)
        layout.addWidget(hairline())
        layout.addLayout(bottom)

    def minimumSizeHint(self) -> QSize:
        """Return what it needs without the list of what was registered, which gives way."""
        hint = super().minimumSizeHint()
        return hint - QSize(RIGHT + 1, 0) if self._listed.isVisibleTo(self) else hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_staying()
        roomy = self.width() >= THREE_FROM
        self._edge.setVisible(roomy)
        self._listed.setVisible(roomy)

    def _fit_staying(self) -> None:
        """Give what stays the room that its boxes need in the type of today."""
        inside = cast("QWidget", self._staying.widget())
        wanted = inside.minimumSizeHint().width() + self._staying.verticalScrollBar().sizeHint().width()
        self._staying.setFixedWidth(max(LEFT, wanted))

    def begin(self, day: OpenDay | None = None) -> None:
        """Begin a pile, of an open day where one is given; what was pinned before stays."""
        if day is not None:
            pin = self.fields.rows["open_day"].pin
            pin.setChecked(True)
            self.fields.box("open_day").load(day)
            self.fields.box("open_day").edited.emit()
        self._made = []
        self._fit_staying()
        self._tell()
        self._show_due()
        self.fields.focus_content()

    @property
    def dirty(self) -> bool:
        """Tell whether a paper is half written down."""
        return self.fields.dirty

    # -- registering

    def register(self) -> bool:
        """Keep what is written down as a ticket and go on to the next; a fault stands beside its field."""
        ticket = None if self._frame.read_only else self.fields.ticket()
        if ticket is None:
            return False
        return self._keep(ticket)

    def count_once_more(self, key: bytes) -> bool:
        """Keep what is written down as one more 件次 of a ticket that is there already."""
        told = None if self._frame.read_only else self.fields.ticket()
        if told is None:
            return False
        return self._keep(once_more(told, self._frame.desk.books.get(Ticket, key)))

    def _keep(self, record: Ticket | Occurrence) -> bool:
        self.banner.say("")
        try:
            self._frame.desk.books.save(record)
        except UserError as fault:
            if not self.fields.complain(fault):
                self.banner.say(fault.message, Tone.LATE)
            return False
        except TroubleError as trouble:
            self._frame.tell(trouble)
            return False
        self._made.append(record)
        self.fields.load(self.fields.blank(), all_of_it=False)
        self.hints.clear()
        self._tell()
        self.fields.focus_content()
        return True

    def _tell(self) -> None:
        """Say what was registered last, by when it is due, and how many there are."""
        words = made_words(self._made[-1]) if self._made else "照原话写内容，登记后不能改写"
        self.last.say(words)
        set_property(self.last, "role", "strong" if self._made else "muted")
        self.undo.setVisible(bool(self._made))
        self.count.say(f"已登记 {len(self._made)} 件" if self._made else "")
        self.table.fill([(_number(one), _summary(one)) for one in reversed(self._made)])

    def look_again(self) -> None:
        """Take out of the list what was undone, and put the text of the last one back to be corrected."""
        keys = tuple(one.id for one in self._made)
        there: set[bytes] = set()
        for model in (Ticket, Occurrence):
            there.update(self._frame.desk.books.ids(Query(model, keys=keys)) if keys else ())
        gone = [one for one in self._made if one.id not in there]
        if not gone:
            return
        self._made = [one for one in self._made if one.id in there]
        if isinstance(gone[-1], Ticket) and not self.dirty:
            self.fields.load(gone[-1])
            self.fields.focus_content()
        self._tell()

    # -- while typing

    def _edited(self, field: str) -> None:
        if field in ("content", "place"):
            self.hints.look_for(self.fields.text("content"), self.fields.text("place"))
        if field in CLOCK:
            self._due_later.start()

    def _show_due(self) -> None:
        draft = Ticket()
        try:
            for field in CLOCK:
                setattr(draft, field, self.fields.box(field).store())
        except UserError:
            draft = None
        words, presumed = due_words(self._frame.desk.tickets.clock, draft) if draft else ("", False)
        self.due.say(words)
        self.presumed.say(*([Mark(PRESUMED, Tone.PRESUMED, outlined=True)] if presumed else []))


def made_words(record: Ticket | Occurrence) -> str:
    """Return the line about what was just kept."""
    if isinstance(record, Occurrence):
        return f"已给 {record.ticket.number} 加一件次"
    due = f"，期限 {show_day(record.due_on)}" if record.due_on else ""
    return f"刚登记 {record.number}{due}{'（推定）' if record.presumed else ''}"


def _number(record: Ticket | Occurrence) -> str:
    return record.number if isinstance(record, Ticket) else f"+ {record.ticket.number}"


def _summary(record: Ticket | Occurrence) -> str:
    return record.shown_summary if isinstance(record, Ticket) else f"加一件次：{record.caption()}"
