"""A step of a record's life: what it asks, in a dialog; a refusal stands beside its field."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from PySide6.QtWidgets import QWidget

from desktop.errors import TroubleError, UserError
from desktop.records.backups import Reason
from desktop.records.base import Record
from desktop.ui import buttons
from desktop.ui.backup_first import backup_first
from desktop.ui.dialogs import Dialog
from desktop.ui.editors import DayEditor, EditorMaker, editor_for
from desktop.ui.field_row import EnterGoesOn, FieldRow
from desktop.ui.frame import Frame
from desktop.ui.labels import Text

LABEL = 96
K = TypeVar("K")


def asked(kind: K, name: str, label: str, *, required: bool = True) -> K:
    """Return a kind as a step asks for it: under the word that the step knows it by, and open to be typed."""
    made: Any = copy.copy(kind)
    made.name, made.label, made.stepped, made.hint, made.required = name, label, False, "", required
    return made


class RecordStepDialog(Dialog):
    """Asks for `kinds`, named as the step names them, and takes the step by the books; days begin with today.

    `taken` is called once the step is taken.
    """

    def __init__(
        self,
        frame: Frame,
        parent: QWidget | None,
        title: str,
        identifier: str,
        record: Record,
        verb: str,
        words: str,
        follows: str,
        kinds: Sequence[Any],
        taken: Callable[[], None],
        editors: Mapping[str, EditorMaker] | None = None,
    ) -> None:
        super().__init__(parent, title, identifier)
        self.frame, self.record, self._verb, self._taken = frame, record, verb, taken
        self.follows = Text(follows, "muted", wrap=True)
        self.body.addWidget(self.follows)
        self.rows: dict[str, FieldRow] = {}
        for kind in kinds:
            make = (editors or {}).get(kind.name, editor_for)
            row = self.rows[kind.name] = FieldRow(make(kind, frame.desk.books))
            row.align_by_type(LABEL)
            row.editor.edited.connect(partial(row.complain, ""))
            if isinstance(row.editor, DayEditor):
                row.editor.load(datetime.date.today())
            self.body.addWidget(row)
        self.body.addStretch(1)
        # 取消 beside 取消计划 would say two things
        self.go = self.add_buttons(words, "不办了" if words.startswith("取消") else "取消")
        self.go.clicked.connect(self.take)
        EnterGoesOn(self, self.rows.values(), self.go)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            buttons.action(self, words, keys).triggered.connect(self.take)
        self.fit(520, self.sizeHint().height())
        next(iter(self.rows.values())).editor.widget.setFocus()

    def take(self) -> None:
        """Take the step; a refusal stands beside its field."""
        told: dict[str, str] = {}
        for field, row in self.rows.items():
            if row.isHidden():
                continue
            try:
                value = row.editor.store()
            except UserError as fault:
                self._refused(UserError(fault.message, field=field))
                return
            if value not in (None, ""):
                told[field] = value.id.hex() if isinstance(value, Record) else str(value)
        if self._verb == "merge":
            backup_first(self.frame, self, Reason.MERGE, partial(self._take, told))
        else:
            self._take(told)

    def _take(self, told: dict[str, str]) -> None:
        try:
            self.frame.desk.books.do(self.record, self._verb, told)
        except UserError as refused:
            self._refused(refused)
        except TroubleError as trouble:
            self.complain(trouble.message)
        else:
            self.accept()
            self._taken()

    def _refused(self, refused: UserError) -> None:
        row = self.rows.get(refused.field or "")
        if row is None or row.isHidden():
            self.complain(refused.message)
        else:
            row.complain(refused.message)
            row.editor.widget.setFocus()
