"""恢复: what would change, kind by kind, before anything does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.records.backups import Outlook
from desktop.records.catalogue import records
from desktop.ui.dialogs import Dialog
from desktop.ui.labels import Banner, Text, Tone
from desktop.ui.marks import Mark
from desktop.ui.plain_table import Cell, PlainTable

NEVER = "没有改动过"


class RestoreDialog(Dialog):
    """Shows an outlook; `restore(path)` is called where the clerk goes on."""

    def __init__(self, parent: QWidget | None, outlook: Outlook, restore: Callable[[Path], object]) -> None:
        super().__init__(parent, "恢复备份", "restore")
        self._outlook, self._restore = outlook, restore
        self.told = Banner("restore-told", "恢复会怎样")
        self.told.say(self._sentence(), Tone.WARN)
        self.table = PlainTable("restore-counts", "各类记录", ("", "现在", "备份里", "差别"), wide=0)
        self.table.fill(self._rows())
        self.body.addWidget(Text(f"用“{outlook.backup.name}”恢复", "heading"))
        self.body.addWidget(self.told)
        self.body.addWidget(self.table, 1)
        self.go = self.add_buttons("恢复到这份备份")
        self.go.clicked.connect(self.accept)
        self.fit(640, 480)

    def _sentence(self) -> str:
        now, then = self._outlook.now, self._outlook.then
        words = f"备份里最后一次改动是 {shown_time(then.last_change)}"
        warned = self._outlook.warned()
        if now is None:
            return f"{words}；现在的数据文件读不出来。它会另存在原处，不会丢掉。{warned}"
        words += f"，现在的是 {shown_time(now.last_change)}。"
        if then.last_change < now.last_change or self._outlook.changed():
            words += "在这之间做的改动，恢复后就看不到了。"
        return f"{words}现在的数据文件会另存在原处，不会混在一起，也不会丢掉。{warned}"

    def _rows(self) -> list[tuple[Cell, ...]]:
        """Return the kinds that would change, then the others that are there, each with both counts."""
        now = self._outlook.now.counts if self._outlook.now else {}
        then = self._outlook.then.counts
        rows: list[tuple[Cell, ...]] = [
            ("最后一次改动", shown_time(self._outlook.now.last_change) if self._outlook.now else "读不出",
             shown_time(self._outlook.then.last_change), "")
        ]  # fmt: skip
        labels = {record.kind: record.label for record in records()}
        changed = {kind for kind, _, _ in self._outlook.changed()}
        kinds = [kind for kind in labels if now.get(kind) or then.get(kind)]
        for kind in sorted(kinds, key=lambda kind: kind not in changed):
            had, has = now.get(kind, 0), then.get(kind, 0)
            less = _less(had, has)
            rows.append((labels[kind], f"{had:,}" if self._outlook.now else "读不出", f"{has:,}", less))
        return rows

    def accept(self) -> None:
        """Go on: the window closes and opens again on what was restored."""
        super().accept()
        self._restore(self._outlook.backup)


def _less(had: int, has: int) -> Cell:
    if has == had:
        return ""
    return Mark(f"少 {had - has:,}", Tone.WARN) if has < had else Mark(f"多 {has - had:,}", Tone.DONE)


def shown_time(stamp: str) -> str:
    """Return a kept moment as a clerk reads it, to the minute."""
    return stamp[:16].replace("T", " ") or NEVER
