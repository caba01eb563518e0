"""What the tests of the dialogs share: a frame without a window, a day with people, waiting for the worker."""

from __future__ import annotations

import datetime

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget

from desktop.records.invitations import Invitation
from desktop.records.open_days import OpenDay
from desktop.records.representatives import Representative
from desktop.ui.ask import ScriptedAsk
from desktop.ui.frame import Frame
from desktop.ui.theme import Appearance, Theme
from desktop.ui.workroom import Workroom

NAMES = ("曾国强", "王伟", "嘉木样·洛桑久美·图丹却吉尼玛", "欧阳重庆", "阿依古丽·买买提", "𬭚小明")


class Said:
    """What a dialog told the window: toasts, errors, places gone to."""

    def __init__(self) -> None:
        self.toasts: list[tuple[str, dict]] = []
        self.errors: list[BaseException] = []
        self.went: list[tuple[str, bytes]] = []

    def toast(self, text: str, **more) -> None:
        self.toasts.append((text, more))

    def tell(self, error: BaseException) -> None:
        self.errors.append(error)

    def go(self, key: str, record: bytes = b"") -> None:
        self.went.append((key, record))


@pytest.fixture
def said():
    return Said()


@pytest.fixture
def ask():
    return ScriptedAsk()


@pytest.fixture
def frame(desk, qapp, tmp_path, said, ask):
    memory = QSettings(str(tmp_path / "memory.ini"), QSettings.Format.IniFormat)
    theme = Theme(qapp, memory)
    theme.choose(appearance=Appearance.LIGHT)
    workroom = Workroom()
    window = QWidget()
    window.resize(1366, 768)
    yield Frame(
        desk=desk, ask=ask, workroom=workroom, memory=memory, theme=theme,
        toast=said.toast, tell=said.tell, go=said.go,
    )  # fmt: skip
    workroom.close()
    window.deleteLater()


def add_person(desk, name, **values):
    person = Representative(full_name=name, **values)
    desk.books.save(person)
    return person


@pytest.fixture
def day(desk):
    """An open day with six people invited; nothing printed yet."""
    made = OpenDay(
        theme="走进组织部", held_on=datetime.date(2026, 9, 29), venue="县委一楼会议室", starts_at="09:00"
    )
    desk.books.save(made)
    people = [add_person(desk, name, unit="店埠镇光大社区", post="党委书记") for name in NAMES]
    desk.inviting.invite(made, people)
    return made


def invitations(desk, day) -> list[Invitation]:
    return desk.inviting.active(day)


def idle(qtbot, frame, timeout=15_000):
    """Wait until the worker has nothing left and what it made was delivered."""
    qtbot.waitUntil(lambda: not frame.workroom.busy, timeout=timeout)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not frame.workroom.busy, timeout=timeout)
