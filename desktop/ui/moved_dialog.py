"""期限变动: kept dates that the 放假安排 of today would set otherwise, each accepted or left."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.errors import TroubleError, UserError
from desktop.records.dates import show_day
from desktop.services.moved import MovedDate
from desktop.ui import buttons
from desktop.ui.dialogs import Dialog
from desktop.ui.frame import Frame
from desktop.ui.labels import StatusLabel, Tone
from desktop.ui.marks import Mark
from desktop.ui.plain_table import Cell, PlainTable

SIZE = (1080, 560)
HEADINGS = ("事项", "属于", "原期限", "改为", "推定", "为什么", "已印的文书")


class MovedDialog(Dialog):
    """The list, with several chosen at a time; closes when nothing is left to decide."""

    def __init__(self, frame: Frame, parent: QWidget | None = None) -> None:
        super().__init__(parent, "期限变动", "moved-dialog")
        self.frame = frame
        self._moved: list[MovedDate] = []
        words = StatusLabel("moved-words", "说明", wrap=True)
        words.say(
            "放假安排变了，下面的期限按现在的安排应改。接受的立即改，并记入各自的办理记录；保留的不改，也不再提示。两样都可以撤销。"
        )
        self.lines = PlainTable("moved-dates", "要改的期限", HEADINGS, wide=1)
        self.lines.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.body.addWidget(words)
        self.body.addWidget(self.lines, 1)
        self._lay_out()
        self.lines.selectionModel().selectionChanged.connect(self._tell_buttons)
        self.fit(*SIZE)
        self.refresh()
        self.lines.setFocus()

    def _lay_out(self) -> None:
        later = buttons.plain("以后再说", "moved-later")
        later.clicked.connect(self.reject)
        self._leave = buttons.plain("保留选中的", "moved-leave")
        self._leave.clicked.connect(self.leave)
        self._accept = buttons.plain("接受选中的", "moved-accept")
        self._accept.clicked.connect(self.take)
        self._all = buttons.primary("全部接受", "moved-all")
        self._all.clicked.connect(self.take_all)
        for button in (later, self._leave, self._accept, self._all):
            self.footer.addWidget(button)

    def refresh(self) -> None:
        """Read the list anew."""
        self._moved = self.frame.desk.moved.pending()
        self.lines.fill([_line(one) for one in self._moved])
        if self._moved:
            self.lines.selectRow(0)
        printed = sum(bool(one.printed) for one in self._moved)
        told = (
            f"有 {printed} 项的文书已经印出，上面可能写着原来的日期；改了以后请重印或通知对方。"
            if printed
            else ""
        )
        self.banner.say(told, Tone.WARN)
        self._all.setText(f"全部接受（{len(self._moved)} 项）")
        self._tell_buttons()

    def _chosen(self) -> list[MovedDate]:
        rows = sorted(index.row() for index in self.lines.selectionModel().selectedRows())
        return [self._moved[at] for at in rows if at < len(self._moved)]

    def _tell_buttons(self) -> None:
        can = not self.frame.read_only
        self._leave.setEnabled(can and bool(self._chosen()))
        self._accept.setEnabled(can and bool(self._chosen()))
        self._all.setEnabled(can and bool(self._moved))

    def take(self) -> None:
        """Move the dates chosen."""
        self._settle(self._chosen(), [])

    def take_all(self) -> None:
        """Move every date."""
        self._settle(self._moved, [])

    def leave(self) -> None:
        """Leave the dates chosen as they are."""
        self._settle([], self._chosen())

    def _settle(self, accepted: list[MovedDate], left: list[MovedDate]) -> None:
        if not accepted and not left:
            return
        try:
            self.frame.desk.moved.settle(accepted, left)
        except (UserError, TroubleError) as error:
            self.complain(error.message)
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        told = f"已改 {len(accepted)} 项期限" if accepted else f"已保留 {len(left)} 项期限"
        self.frame.toast(told, undo=True)
        self.refresh()
        if not self._moved:
            self.accept()


def _line(one: MovedDate) -> tuple[Cell, ...]:
    return (
        one.what,
        one.of,
        show_day(one.old),
        show_day(one.new),
        Mark("推定" if one.presumed else "", Tone.PRESUMED, outlined=True),
        one.reason,
        "、".join(one.printed) or "—",
    )
