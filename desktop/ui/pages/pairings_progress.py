"""进展: what was done for a paired household, a line each; Enter keeps one and begins the next."""

from __future__ import annotations

import datetime
from typing import Any, cast

from PySide6.QtCore import QEvent, QObject, Qt

from desktop.records.base import Record
from desktop.records.pairings import PairingProgress
from desktop.ui.boxes import ProseBox
from desktop.ui.editors import Lookup, ProseEditor
from desktop.ui.frame import Frame
from desktop.ui.keys import is_enter
from desktop.ui.parts_panel import PartsPanel


def _text_editor(kind: Any, _books: Lookup) -> ProseEditor:
    made = ProseEditor(kind)
    made.box.set_lines(2, 6)
    made.box.setPlaceholderText("做了什么、到了哪一步；Enter 保存并写下一条，Shift+Enter 换行")
    return made


class ProgressPanel(PartsPanel):
    """The lines of one pairing, the latest first."""

    LOW = 400

    def __init__(self, frame: Frame) -> None:
        self._on = datetime.date.today()
        super().__init__(
            frame,
            PairingProgress,
            "pairing",
            ("on", "text"),
            sort="on",
            descending=True,
            purpose="帮扶做了哪些事、到了哪一步，一条一条记在这里。",
            wide=1,
            editors={"text": _text_editor},
            long_texts=True,
        )

    @property
    def text(self) -> ProseBox:
        """Return the box of the text."""
        return cast("ProseBox", self.fields.box("text").widget)

    def start(self) -> None:
        """Begin a line of the day that was noted last."""
        super().start()
        if self.part is None or self.dirty:
            return
        cast("PairingProgress", self.part).on = self._on
        self.fields.load(self.part)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edit(self, part: Record) -> None:
        super()._edit(part)
        self.text.installEventFilter(self)  # once only, however often it is asked for

    def fill(self, part: Record) -> None:
        self._on = cast("PairingProgress", part).on or self._on

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if is_enter(event) and watched is self.text and self.part is not None:
            if self.text.toPlainText().strip():
                self._save_and_next()
            else:
                self.leave()
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)
