"""答复函文稿: the two wordings of a reply, for what was answered and for what a meeting decided."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.errors import TroubleError, UserError
from desktop.records.open_days import LetterUse
from desktop.records.ticket_papers import REPLY_FIELDS
from desktop.services.reply_letters import wording_for
from desktop.services.wording import first_reply
from desktop.ui import buttons
from desktop.ui.boxes import ChoiceBox
from desktop.ui.dialogs import Dialog
from desktop.ui.frame import Frame
from desktop.ui.labels import StatusLabel, Text
from desktop.ui.layouts import row
from desktop.ui.naming import name
from desktop.ui.wording_editor import WordingEditor, place_of

SIZE = (760, 680)
USES = {
    LetterUse.REPLY: "用于已经答复的问题和意见建议",
    LetterUse.DECISION: "用于没有采纳、留作参考的，和已经决定还没有另行答复的意见建议",
}


class ReplyWordingDialog(Dialog):
    """Writes one of the wordings; what is kept has no unknown field. `kept` is called after saving."""

    def __init__(self, frame: Frame, parent: QWidget | None, kept: Callable[[], None]) -> None:
        super().__init__(parent, "答复函文稿", "reply-wording-dialog")
        self.frame, self._kept, self.dirty = frame, kept, False
        colours = frame.theme.colours
        self.editor = WordingEditor(colours.presumed, colours.late, REPLY_FIELDS)
        self._choose = name(ChoiceBox([use.value for use in USES]), "reply-wording-choose", "文稿")
        self._use = StatusLabel("reply-wording-use", "用在哪里", "caption", wrap=True)
        self._usual = buttons.quiet("恢复原来的文字", "reply-wording-usual", "refresh")
        self._lay_out()
        self.editor.edited.connect(self._edited)
        self._choose.activated.connect(self._chosen)
        self._usual.clicked.connect(self._bring_back)
        self._save.clicked.connect(self.save)
        buttons.action(self, "保存", "Ctrl+S").triggered.connect(self.save)
        self.fit(*SIZE)
        self._show(LetterUse.REPLY)

    def _lay_out(self) -> None:
        self.body.addLayout(row(Text("文稿"), self._choose, None, self._usual))
        self.body.addWidget(self._use)
        self.body.addWidget(self.editor.scrolled("reply-wording-scroll", self), 1)
        self._save = self.add_buttons("保存", "关闭")
        self._save.setDefault(False)
        self._save.setToolTip("Ctrl+S")

    def _show(self, use: LetterUse) -> None:
        self.wording = wording_for(use)
        self._choose.setCurrentIndex(list(USES).index(use))
        self._use.say(USES[use])
        self.editor.load(self.wording)
        self.dirty = False
        self._tell()

    def _chosen(self) -> None:
        wanted = list(USES)[self._choose.currentIndex()]
        if wanted == self.wording.use:
            return
        self._show(wanted if self._may_leave() else LetterUse(self.wording.use))

    def _bring_back(self) -> None:
        """Put the text that every office starts with into the boxes; nothing is kept before 保存."""
        self.editor.load(first_reply(LetterUse(self.wording.use)))
        self._edited()

    def _edited(self) -> None:
        self.dirty = True
        self._tell()

    def _tell(self) -> None:
        faults = self.editor.faults
        self.complain(f"{place_of(faults[0])}：{faults[0].message}" if faults else "")
        self._save.setEnabled(self.dirty and not faults and not self.frame.read_only)

    def save(self) -> bool:
        """Keep the wording; False where there is a fault."""
        if not self._save.isEnabled():
            self.editor.go_to_fault()
            return False
        for field, text in self.editor.values().items():
            setattr(self.wording, field, text)
        try:
            self.frame.desk.books.save(self.wording)
        except (UserError, TroubleError) as error:
            self.complain(error.message)
            return False
        self.dirty = False
        self.frame.toast(f"已保存文稿“{self.wording.name}”", undo=True)
        self.accept()
        self._kept()
        return True

    def _may_leave(self) -> bool:
        if not self.dirty:
            return True
        return self.frame.ask.confirm(f"文稿“{self.wording.name}”还没有保存", yes="放弃修改", no="继续编辑")

    def reject(self) -> None:
        """Leave, after asking about what is not saved."""
        if self._may_leave():
            super().reject()
