"""What takes the place of a page's list and form at times: a pile being registered, a plan, totals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from PySide6.QtWidgets import QStackedWidget, QWidget

if TYPE_CHECKING:
    from desktop.ui.list_page import RecordPage

REGISTER, DROP, GO_ON = "登记", "不要了", "继续填"


class Written(Protocol):
    """A face in which something is written down before it is registered."""

    def register(self) -> bool: ...
    def clear(self) -> None: ...


F = TypeVar("F", bound=QWidget)


class Faces(QStackedWidget):
    """A stack whose first is list and form; the others are made at their first use and have the search line's room.

    Subclasses make each in a `cached_property`, through `taken_in`, and override `may_leave_face`.
    """

    def __init__(self, page: RecordPage, listed: QWidget) -> None:
        super().__init__()
        self._page, self._frame, self._listed = page, page.frame, listed
        self.addWidget(listed)

    def taken_in(self, face: F) -> F:
        """Return a face just made, put into the stack; its `left` leads back to the list."""
        whole: Any = face
        whole.left.connect(self.leave)
        self.addWidget(face)
        return face

    @property
    def away(self) -> bool:
        """Tell whether another face than list and form is in front."""
        return self.currentWidget() is not self._listed

    def is_in_front(self, name: str) -> bool:
        """Tell whether the face of a property is in front."""
        return self.away and self.__dict__.get(name) is self.currentWidget()

    def bring(self, face: QWidget) -> None:
        """Bring a face to the front."""
        self._page.head.hide()
        self.setCurrentWidget(face)

    def leave(self) -> bool:
        """Go back to list and form; what is half written down is asked about first."""
        if not self.away:
            return True
        if not self.may_leave_face():
            return False
        self.back()
        return True

    def back(self) -> None:
        """Bring list and form to the front again."""
        if self.away:
            self._page.head.show()
            self.setCurrentWidget(self._listed)
            self._page.to_search.trigger()

    def may_leave_face(self) -> bool:
        """Ask about what is half written down; False keeps the user at it."""
        return True

    def may_leave_written(self, words: str, face: Written) -> bool:
        """Ask whether what a face has written down is to be registered, given up, or gone on with."""
        answer = self._frame.ask.choose(words, (REGISTER, DROP, GO_ON))
        if answer == REGISTER:
            return face.register()
        if answer == DROP:
            face.clear()
        return answer == DROP
