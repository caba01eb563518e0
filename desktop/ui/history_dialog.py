"""修改历史 of one record: every change of it, with the value before and after beside each other."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.records.base import Record, kinds_of
from desktop.services.changes import Entry
from desktop.ui import buttons
from desktop.ui.dialogs import Dialog
from desktop.ui.frame import Frame
from desktop.ui.labels import Text
from desktop.ui.plain_table import PlainTable

HEADINGS = ("时间", "做了什么", "项目", "原来", "改为", "经手人")


class HistoryDialog(Dialog):
    """Shows what happened to a record, the latest first; numbers are masked as in lists."""

    def __init__(self, frame: Frame, record: Record, parent: QWidget | None = None) -> None:
        super().__init__(parent, f"{record.label}“{record.caption()}”的修改历史", "history-dialog")
        self.rows = PlainTable("history-rows", "修改历史", HEADINGS, wide=4)
        self.rows.fill(lines(record, frame.desk.changes.history(record)))
        self.body.addWidget(self.rows, 1)
        self.body.addWidget(Text("改动都留有原值。要撤销一次改动，见“设置 → 留痕 → 修改记录”。", "muted"))
        leave = buttons.plain("关闭", "history-close")
        leave.clicked.connect(self.reject)
        self.footer.addWidget(leave)
        self.fit(980, 520)


def lines(record: Record, entries: list[Entry]) -> list[tuple[str, ...]]:
    """Return entries as lines of a table."""
    masks = {kind.label: kind.masked_text for kind in kinds_of(type(record)) if kind.masked}
    told: list[tuple[str, ...]] = []
    for entry in entries:
        mask = masks.get(entry.field_label, str)
        when = entry.at[:16].replace("T", " ")
        told.append((when, entry.action, entry.field_label, mask(entry.before), mask(entry.after), entry.who))
    return told
