"""What is typed and not saved: read from forms, rows and dialogs, and put back into them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit

if TYPE_CHECKING:
    from desktop.services.drafts import Texts
    from desktop.ui.parts_panel import PartsPanel
    from desktop.ui.record_form import RecordForm

FORM, ROW, PILE = "form ", "row ", "pile "
"""The parts of a record page, followed by a kind: its form, a row of a panel beside it, a paper of a pile."""
WHICH = ""
"""The field under which a row keeps its key; '' in it is a new row."""
AWAY = "put-away"
"""The property of a dialog that the lock hides: what is typed in it is still to be kept."""


def in_form(form: RecordForm) -> dict[str, dict[str, str]]:
    """Return the edits of a form and of the rows open in its panels, by part."""
    texts = {f"{FORM}{form.fields.kind}": typed} if (typed := form.fields.typed()) else {}
    return texts | {
        f"{ROW}{panel.kind}": {WHICH: _key_of(panel), **panel.fields.typed()}
        for panel in form.panels
        if panel.dirty
    }


def _key_of(panel: PartsPanel) -> str:
    part = panel.part
    return part.id.hex() if part is not None and any(part.id == row.id for row in panel.rows) else ""


def into_form(form: RecordForm, texts: Texts) -> None:
    """Put edits back into a form and the rows of its panels, unsaved as they were."""
    for part, typed in texts.items():
        panel = form.show_panel(part.removeprefix(ROW)) if part.startswith(ROW) else None
        if panel is not None and panel.owner is not None:
            panel.open_again(typed[WHICH])
            panel.fields.type_in(typed)
    if typed := texts.get(f"{FORM}{form.fields.kind}"):
        form.tabs.setCurrentIndex(0)
        form.fields.type_in(typed)


def piled(texts: Texts) -> bool:
    """Say whether texts are of a paper of a pile."""
    return any(part.startswith(PILE) for part in texts)


def boxes_of(dialog: QDialog) -> dict[str, QLineEdit | QPlainTextEdit]:
    """Return the boxes of a dialog that texts are typed into, by what they are called; no searches, no passwords."""
    lines = [
        box
        for box in dialog.findChildren(QLineEdit)
        if hasattr(box, "typed") and box.echoMode() == QLineEdit.EchoMode.Normal
    ]
    found: Iterable[QLineEdit | QPlainTextEdit] = (*lines, *dialog.findChildren(QPlainTextEdit))
    return {box.accessibleName(): box for box in found if box.accessibleName() and not box.isReadOnly()}


def text_of(box: QLineEdit | QPlainTextEdit) -> str:
    """Return what is typed in a box, also where it shows a mask."""
    if isinstance(box, QPlainTextEdit):
        return box.toPlainText()
    return getattr(box, "typed", box.text)()


def type_into(box: QLineEdit | QPlainTextEdit, text: str) -> None:
    """Type a text into a box in place of what is in it: it counts as edited."""
    box.selectAll()
    if isinstance(box, QPlainTextEdit):
        box.insertPlainText(text)
    else:
        box.insert(text)
