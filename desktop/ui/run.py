"""Starting the window: the application in its language and look, and what to do about errors nobody caught."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from desktop.ui.ask import Ask
from desktop.ui.opening import Locked, New, Open
from desktop.ui.program import SOON, Program, Report
from desktop.ui.qt_words import MissingWords

if TYPE_CHECKING:
    from desktop.ui.mending_doors import Mending


def run_window(
    office_file: Path,
    open_desk: Open,
    new_desk: New,
    report: Report | None = None,
    *,
    ask: Ask | None = None,
    locked: Locked | None = None,
    mending: Mending | None = None,
) -> int:
    """Open the window on an office file, or the first-run page where there is none; return the exit code."""
    app = application()
    speak_chinese(app)
    program = Program(app, open_desk, new_desk, report or str, ask=ask, locked=locked, mending=mending)
    before, sys.excepthook = sys.excepthook, program.caught
    try:
        if not program.start(office_file):
            return 0
        QTimer.singleShot(SOON, program, program.read_ahead)
        gc.freeze()  # what is loaded by now stays: no search for garbage needs to look through it
        return app.exec()
    finally:
        program.close()
        sys.excepthook = before


def application() -> QApplication:
    """Return the program's one application, in the style that our look is built on.

    The style goes by its word: asked of Qt as an object, it would bring the 528 names of QStyle into each start.
    """
    app = QApplication.instance() or QApplication([*sys.argv[:1], "-style", "fusion"])
    assert isinstance(app, QApplication)
    return app


def speak_chinese(app: QApplication) -> None:
    """Give Qt's own buttons and menus their Chinese words, and dates their Chinese form."""
    app.setApplicationName("openday-desk")
    app.setApplicationDisplayName("开放日工作台")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    app.installTranslator(MissingWords(app))
