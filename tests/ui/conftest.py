"""The window on a real office file, with a scripted asker."""

from __future__ import annotations

import pytest
from dialog_fixtures import day, stage, told  # noqa: F401 - fixtures for the dialogs
from PySide6.QtCore import QEvent, QSettings
from PySide6.QtWidgets import QApplication

from desktop.records.representatives import Representative
from desktop.ui.ask import ScriptedAsk
from desktop.ui.frame import Frame
from desktop.ui.main_window import MainWindow
from desktop.ui.theme import Theme
from desktop.ui.workroom import Workroom


def delete_now(widget):
    """Delete a widget at once: what waits for an event loop would be restyled with every later theme."""
    widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def qapp_args():
    """The words that the program starts Qt with."""
    return ["openday-desk", "-style", "fusion"]


@pytest.fixture
def memory(tmp_path):
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def theme(qapp, memory):
    made = Theme(qapp, memory)
    yield made
    made.deleteLater()


@pytest.fixture
def ask():
    return ScriptedAsk()


@pytest.fixture
def workroom():
    room = Workroom()
    yield room
    room.close()


@pytest.fixture
def said():
    """What the pages said: ("toast", words) and ("tell", error)."""
    return []


@pytest.fixture
def frame(desk, ask, workroom, memory, theme, said):
    return Frame(
        desk=desk, ask=ask, workroom=workroom, memory=memory, theme=theme,
        toast=lambda text, undo=False: said.append(("toast", text)),
        tell=lambda error: said.append(("tell", error)),
        go=lambda key, record_id=b"": said.append(("go", key)),
    )  # fmt: skip


@pytest.fixture
def window(desk, ask, workroom, memory, theme, qtbot):
    made = MainWindow(desk, ask=ask, workroom=workroom, memory=memory, theme=theme)
    made.go("representatives")
    made.show()
    qtbot.waitExposed(made)
    yield made
    if made.page is not None and getattr(made.page, "form", None):
        made.page.drop_edits()
    made.close()
    delete_now(made)


@pytest.fixture
def page(window):
    return window.page


@pytest.fixture
def people(desk):
    """Six representatives, two of one name."""
    rows = [
        ("曾国强", "男", "13812348000", "店埠镇光大社区"),
        ("王伟", "男", "13911112222", "县农业农村局"),
        ("王伟", "女", "13700001111", "上派镇"),
        ("阿依古丽·买买提", "女", "", "第一小学"),
        ("李明", "男", "", "县农业农村局"),
        ("单雄信", "男", "", ""),
    ]
    kept = []
    for full_name, sex, mobile, unit in rows:
        person = Representative(full_name=full_name, sex=sex, mobile=mobile, unit=unit)
        desk.books.save(person)
        kept.append(person)
    return kept
