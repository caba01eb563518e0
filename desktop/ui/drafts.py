"""Keeps what is typed and not saved while the window is open, and brings it back after a crash."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from desktop.errors import OpenDayError
from desktop.services.drafts import Draft
from desktop.ui import unsaved
from desktop.ui.labels import Tone

if TYPE_CHECKING:
    from desktop.ui.dialogs import Dialog
    from desktop.ui.main_window import MainWindow

PAUSE = 1000
"""Milliseconds between two looks at what is typed: what is lost at a crash is no older than two of them."""
DIALOG = "dialog "
"""The part of a draft that is typed into a dialog, followed by the dialog's name."""
BROUGHT = "已填回上次没有保存的内容，请核对后保存"


class DraftKeeper(QObject):
    """Looks each second at the page in front and the open dialogs; what changed is written beside the window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._kept_by = window, window.desk.drafts
        self._last: list[Draft] = []
        self._taken: list[bytes] = []
        """The keys of drafts brought back into the window: they go when their texts are kept anew."""
        self._waiting: list[Draft] = []
        """Drafts of dialogs, to be filled in when those are opened again."""
        self._first: dict[QObject, dict[str, str]] = {}
        self._writing = False
        self._clock = QTimer(self, interval=PAUSE)
        self._clock.timeout.connect(self.look)
        window.leaving.connect(self._leave)

    def begin(self) -> None:
        """Offer what was left behind, and start to look."""
        self._offer()
        self._clock.start()

    # -- what is typed

    def look(self) -> None:
        """Keep what is typed by now, if it is something else than at the last look."""
        if self._writing:
            return
        self._fill_dialogs()
        drafts, taken = list(self._typed()), list(self._taken)
        if drafts == self._last and not taken:
            return
        self._writing = True
        self._window.frame.workroom.look(
            self,
            partial(self._kept_by.keep, drafts, taken),
            done=partial(self._written, drafts, taken),
            failed=self._failed,
        )

    def _typed(self) -> Iterator[Draft]:
        page = self._window.page
        if page is not None and (draft := page.draft()):
            yield draft
        for dialog in self._dialogs():
            now = {name: unsaved.text_of(box) for name, box in unsaved.boxes_of(dialog).items()}
            first = self._first.setdefault(dialog, now)
            texts = {name: text for name, text in now.items() if text != first.get(name)}
            if texts and page is not None:
                yield Draft(page.key, dialog.windowTitle(), {f"{DIALOG}{dialog.objectName()}": texts})

    def _dialogs(self) -> tuple[Dialog, ...]:
        """Return our own dialogs in which something may be typed; those closed meanwhile are forgotten."""
        shown = (
            top
            for top in QApplication.topLevelWidgets()
            if isinstance(top, QDialog) and (top.isVisible() or top.property(unsaved.AWAY))
        )
        opened = tuple(cast("Dialog", top) for top in shown if getattr(top, "keeps_drafts", False))
        self._first = {dialog: texts for dialog, texts in self._first.items() if dialog in opened}
        return opened

    def _written(self, drafts: list[Draft], taken: list[bytes], _: object) -> None:
        self._writing, self._last = False, drafts
        self._taken = [key for key in self._taken if key not in taken]

    def _failed(self, error: BaseException) -> None:
        """Try again at the next look: a file that is busy or a full disk says so where something is saved."""
        self._writing = False
        if not isinstance(error, OpenDayError):
            raise error

    def _leave(self) -> None:
        """Forget the drafts of a window that is closed: what was unsaved was asked about."""
        self._clock.stop()
        try:
            self._kept_by.keep([], self._taken)
        except OpenDayError:
            return  # it is offered once more than needed

    # -- what was left behind

    def _offer(self) -> None:
        self._window.frame.workroom.look(self, self._kept_by.left_behind, done=self._ask, failed=self._failed)

    def _ask(self, drafts: list[Draft]) -> None:
        drafts = [draft for draft in drafts if draft.key not in self._taken]
        if drafts:
            from desktop.ui.drafts_dialog import DraftsDialog

            dialog = DraftsDialog(self._window, drafts)
            dialog.brought.connect(partial(self.bring_back, several=len(drafts) > 1))
            dialog.dropped.connect(self._drop)
            dialog.open()

    def bring_back(self, draft: Draft, *, several: bool = False) -> None:
        """Put a draft back where it was typed, unsaved."""
        window = self._window
        if any(part.startswith(DIALOG) for part in draft.texts):
            self._waiting.append(draft)
            window.frame.toast(f"打开“{draft.title}”时，会填回没有保存的内容")
            return
        window.go(draft.place)
        page = window.page
        if page is None or page.key != draft.place:
            return
        page.take_up(draft)
        if page.draft() is None:  # the record is gone, or says all of it by now: the draft stays to be read
            return
        self._taken.append(draft.key)
        more = ("还有别的草稿", self._offer) if several else None
        window.frame.toast(BROUGHT, action=more)

    def _fill_dialogs(self) -> None:
        """Fill dialogs that were opened again with what was typed in them."""
        for dialog in self._dialogs():
            part = f"{DIALOG}{dialog.objectName()}"
            for draft in tuple(self._waiting):
                if part in draft.texts and draft.title == dialog.windowTitle():
                    boxes = unsaved.boxes_of(dialog)
                    self._first[dialog] = {name: unsaved.text_of(box) for name, box in boxes.items()}
                    for name, text in draft.texts[part].items():
                        if name in boxes:
                            unsaved.type_into(boxes[name], text)
                    dialog.banner.say(BROUGHT, Tone.PRESUMED)
                    self._waiting.remove(draft)
                    self._taken.append(draft.key)

    def _drop(self, keys: list[bytes]) -> None:
        self._window.frame.workroom.look(self, partial(self._kept_by.forget, keys), failed=self._failed)
