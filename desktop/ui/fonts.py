"""The typefaces of the window: the bundled chain, from black-letter Hei down to the rare characters."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from desktop import paths

CHAIN = ("Hei", "Song", "KaiExt", "Rare1", "Rare2", "RareMini")
"""Every name of the 87,887 characters of GB 18030 level 3 shows; never one family alone."""
PREFIX = "Kaifang"


def load() -> list[str]:
    """Make the bundled faces known to Qt and return their families in the order of the chain.

    Qt maps the files and reads only their headers (15–36 ms for all on the machine measured).
    RareMini is the small stand-in used only where the rare set isn't installed.
    """
    folder = paths.resources() / "fonts"
    families: list[str] = []
    for face in CHAIN:
        if face == "RareMini" and f"{PREFIX} Rare1" in families:
            continue
        for part in ("core", "rare"):
            file = folder / part / f"{PREFIX}-{face}.ttf"
            if file.is_file():
                number = QFontDatabase.addApplicationFont(str(file))
                families += QFontDatabase.applicationFontFamilies(number)
    return families


def font(families: list[str], points: float) -> QFont:
    """Return the window's font at a size, with figures of one width (Hei has them by itself)."""
    face = QFont()
    if families:
        face.setFamilies(families)
    face.setPointSizeF(points)
    face.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return face
