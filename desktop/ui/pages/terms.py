"""名单词条: the editable lists behind 政治面貌, 科室, 代表身份, 单位 …: order, names, additions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.errors import TroubleError, UserError
from desktop.records.base import Record, kinds_of
from desktop.records.catalogue import records
from desktop.records.kinds import Listed
from desktop.records.listing import Query
from desktop.records.staff import Term, Unit
from desktop.records.storing import UNITS
from desktop.ui import buttons
from desktop.ui.frame import Frame, Page
from desktop.ui.labels import StatusLabel, Text
from desktop.ui.layouts import hairline
from desktop.ui.naming import name, set_property
from desktop.ui.plain_table import PlainTable

MOST = 2_000


def list_names() -> list[str]:
    """Return the editable lists that the records use."""
    found = [kind.terms for record in records() for kind in kinds_of(record) if isinstance(kind, Listed)]
    return list(dict.fromkeys(found))


class TermsPanel(Page):
    """Lists at the left, the words of one at the right. Insert goes to the new word, F2 renames, Delete removes."""

    key, label, icon = "terms", "名单词条", "list"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._names = list_names()
        self.lists = PlainTable("term-lists", "词条列表", ("列表",), wide=0)
        self.lists.setFixedWidth(200)
        self.lists.fill([(words,) for words in self._names])
        self.words = PlainTable("words", "词条", ("词条",), wide=0)
        self.count = StatusLabel("term-count", "词条数", "muted")
        self.new = name(QLineEdit(placeholderText="新词条，回车添加"), "new-word", "新词条")
        self.new.setMaximumWidth(320)
        self._rows: list[Record] = []
        self._buttons: list[QWidget] = []
        self._lay_out()
        self.new.returnPressed.connect(self.add)
        self.lists.row_chosen.connect(self.refresh)
        buttons.action(self, "新词条", "Ins").triggered.connect(self.new.setFocus)
        buttons.action(self.words, "改名", "F2").triggered.connect(self.rename)
        buttons.action(self.words, "移除", "Delete").triggered.connect(self.take_off)
        buttons.action(self.words, "上移", "Alt+Up").triggered.connect(self.move_up)
        buttons.action(self.words, "下移", "Alt+Down").triggered.connect(self.move_down)
        buttons.action(self, "撤销", "Ctrl+Z").triggered.connect(self.undo)
        self.lists.selectRow(0)

    def _lay_out(self) -> None:
        tools = QHBoxLayout()
        tools.setContentsMargins(12, 8, 16, 8)
        tools.addWidget(self.new)
        tools.addSpacing(8)
        for text, key, icon, verb in (
            ("上移", "up", "arrow-up", self.move_up),
            ("下移", "down", "arrow-down", self.move_down),
            ("改名", "rename", "edit", self.rename),
            ("移除", "take-off", "trash", self.take_off),
        ):
            button = buttons.quiet(text, f"word-{key}", icon)
            button.clicked.connect(verb)
            button.setEnabled(not self.frame.read_only)
            self._buttons.append(button)
            tools.addWidget(button)
        tools.addStretch(1)
        tools.addWidget(self.count)
        note = Text("改名和移除只影响以后的选择，已经保存的记录不变。", "caption")
        note.setContentsMargins(12, 6, 12, 6)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(tools)
        right.addWidget(hairline())
        self.words.setMaximumWidth(640)
        right.addWidget(self.words, 1)
        right.addWidget(note)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.lists)
        layout.addWidget(hairline(upright=True))
        layout.addLayout(right, 1)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_property(self, "role", "surface")

    @property
    def list_name(self) -> str:
        """Return the list in front."""
        return self._names[max(self.lists.row(), 0)]

    def refresh(self) -> None:
        """Read the words of the list in front."""
        units = self.list_name == UNITS
        where = () if units else (("list_name", self.list_name),)
        query = Query(Unit if units else Term, where=where, sort="position")
        self._rows = self.frame.desk.books.page(query, 0, MOST)
        self.words.fill([(row.caption(),) for row in self._rows])
        self.count.say(f"{len(self._rows):,} 条")

    def heard(self, models: frozenset[type[Record]]) -> None:
        if Term in models or Unit in models:
            at = self.words.row()
            self.refresh()
            if 0 <= at < len(self._rows):
                self.words.selectRow(at)

    def add(self) -> None:
        """Add the word typed to the list."""
        word = self.new.text().strip()
        if not word:
            return
        if word in self.frame.desk.books.words(self.list_name):
            self.frame.toast(f"“{word}”已经在列表中")
            return
        position = len(self._rows) + 1
        units = self.list_name == UNITS
        made = Unit(name=word, position=position) if units else Term(
            list_name=self.list_name, word=word, position=position
        )  # fmt: skip
        if self._save(made, f"已添加 {word}"):
            self.new.clear()

    def rename(self) -> None:
        """Ask for the new name of the word chosen."""
        row = self._chosen()
        if row is None:
            return
        typed = self.frame.ask.text("改名", label=f"把“{row.caption()}”改为：", value=row.caption())
        if typed and typed != row.caption():
            setattr(row, "name" if isinstance(row, Unit) else "word", typed)
            self._save(row, f"已改为 {typed}")

    def take_off(self) -> None:
        """Remove the word chosen from the list."""
        row = self._chosen()
        if row is None:
            return
        try:
            self.frame.desk.books.remove(row, "")
        except (UserError, TroubleError) as error:
            self.frame.tell(error)
            return
        self.frame.toast(f"已移除 {row.caption()}", undo=True)
        self.refresh()

    def move_up(self) -> None:
        """Move the word chosen one place up."""
        self._move(-1)

    def move_down(self) -> None:
        """Move the word chosen one place down."""
        self._move(1)

    def _move(self, step: int) -> None:
        at = self.words.row()
        if self._chosen() is None or not 0 <= at + step < len(self._rows):
            return
        self._rows[at], self._rows[at + step] = self._rows[at + step], self._rows[at]
        try:
            with self.frame.desk.changes.change(f"调整“{self.list_name}”的次序", type(self._rows[at])):
                for place, row in enumerate(list(self._rows), 1):
                    if isinstance(row, Term | Unit) and row.position != place:
                        row.position = place
                        self.frame.desk.books.save(row)
        except (UserError, TroubleError) as error:
            self.frame.tell(error)
        self.refresh()
        self.words.selectRow(at + step)

    def _chosen(self) -> Record | None:
        at = self.words.row()
        return self._rows[at] if 0 <= at < len(self._rows) and not self.frame.read_only else None

    def _save(self, row: Record, words: str) -> bool:
        try:
            self.frame.desk.books.save(row)
        except (UserError, TroubleError) as error:
            self.frame.tell(error)
            return False
        self.refresh()
        self.frame.toast(words, undo=True)
        return True
