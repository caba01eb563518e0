"""Which palette role carries which colour of the theme, so that icons and delegates follow it by themselves."""

from __future__ import annotations

from enum import Enum

from PySide6.QtGui import QPalette


class Tint(Enum):
    """The colours an icon may have."""

    INK = QPalette.ColorRole.Text
    MUTED = QPalette.ColorRole.Dark
    ACCENT = QPalette.ColorRole.Accent
    ON_ACCENT = QPalette.ColorRole.Light
    LATE = QPalette.ColorRole.BrightText
    WARN = QPalette.ColorRole.Mid
    DONE = QPalette.ColorRole.Midlight
    PRESUMED = QPalette.ColorRole.Link
