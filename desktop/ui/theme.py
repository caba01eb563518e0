"""Colours, sizes and type of the window, by the two settings 外观 and 字号."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from desktop import paths
from desktop.ui import fonts
from desktop.ui.style_sheet import style_sheet

E = TypeVar("E", bound=StrEnum)


class Appearance(StrEnum):
    """外观."""

    SYSTEM = "跟随系统"
    LIGHT = "浅色"
    DARK = "深色"


class Size(StrEnum):
    """字号: type and controls grow together."""

    STANDARD = "标准"
    LARGE = "大"
    EXTRA = "特大"


@dataclass(frozen=True, slots=True)
class Colours:
    """One look. `page` lies under `surface`; state colours never speak alone, a word stands beside them."""

    page: str
    surface: str
    raised: str
    hover: str
    chosen: str
    line: str
    border: str
    ink: str
    muted: str
    faint: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    focus: str
    warn: str
    warn_back: str
    late: str
    late_back: str
    done: str
    done_back: str
    presumed: str
    presumed_back: str


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes in device-independent pixels, type in points."""

    control: int
    row: int
    header: int
    label: int
    base: float
    heading: float
    title: float
    caption: float


LIGHT = Colours(
    page="#F4F4F2", surface="#FFFFFF", raised="#FFFFFF", hover="#EEEEEB", chosen="#F7E9E6",
    line="#E4E4E0", border="#C4C4BF", ink="#1F2023", muted="#5C5F63", faint="#76797D",
    accent="#B5382A", accent_hover="#A32F22", accent_pressed="#8C271B", on_accent="#FFFFFF", focus="#1F66D1",
    warn="#855300", warn_back="#FFF4DC", late="#B3261E", late_back="#FDECEA",
    done="#2C6A39", done_back="#E7F3E9", presumed="#1F5FBF", presumed_back="#E8F0FC",
)  # fmt: skip
DARK = Colours(
    page="#1F2023", surface="#27282C", raised="#303136", hover="#33353A", chosen="#44302D",
    line="#383A3F", border="#55585F", ink="#E8E8E6", muted="#B0B2B6", faint="#9A9CA1",
    accent="#E2715F", accent_hover="#EA8474", accent_pressed="#CF6352", on_accent="#1F1311", focus="#7FB0FF",
    warn="#E5B055", warn_back="#3B3223", late="#F2897D", late_back="#412725",
    done="#86C995", done_back="#25372A", presumed="#8FB8F8", presumed_back="#263247",
)  # fmt: skip
SIZES = {
    Size.STANDARD: Measures(32, 34, 30, 96, 10.5, 13, 16, 9),
    Size.LARGE: Measures(36, 38, 34, 112, 12, 15, 18.5, 10.5),
    Size.EXTRA: Measures(42, 44, 40, 132, 14, 17, 21, 12),
}


class Theme(QObject):
    """The look in force; `changed` is announced after the program has taken it on."""

    changed = Signal()

    def __init__(self, app: QApplication, memory: QSettings) -> None:
        super().__init__(app)
        self._app, self._memory = app, memory
        self._families = fonts.load()
        self.appearance = _known(Appearance, memory.value("appearance"), Appearance.SYSTEM)
        self.size = _known(Size, memory.value("size"), Size.STANDARD)
        app.styleHints().colorSchemeChanged.connect(self._system_changed)
        self.apply()

    @property
    def colours(self) -> Colours:
        """Return the colours of the look in force."""
        dark = self.appearance is Appearance.DARK
        if self.appearance is Appearance.SYSTEM:
            dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT

    @property
    def measures(self) -> Measures:
        """Return the sizes in force."""
        return SIZES[self.size]

    def choose(self, *, appearance: Appearance | None = None, size: Size | None = None) -> None:
        """Take on and remember a look."""
        self.appearance = appearance or self.appearance
        self.size = size or self.size
        self._memory.setValue("appearance", self.appearance.value)
        self._memory.setValue("size", self.size.value)
        self.apply()

    def apply(self) -> None:
        """Put fonts, palette and style sheet in force for the whole program."""
        self._app.setStyleSheet("")  # a sheet over a sheet costs 6 times as much (measured: 1.8 s to 0.3 s)
        self._app.setFont(fonts.font(self._families, self.measures.base))
        self._app.setPalette(_palette(self.colours))
        self._app.setStyleSheet(style_sheet(asdict(self.colours), asdict(self.measures), self._arrows()))
        self.changed.emit()

    def _arrows(self) -> dict[str, str]:
        """Return the pictures of arrows and ticks, which a style sheet can't tint."""
        look = "light" if self.colours is LIGHT else "dark"
        folder = paths.resources() / "theme"
        pictures = {"arrow": "down", "up": "up", "check": "check"}
        return {key: (folder / f"{file}-{look}.svg").as_posix() for key, file in pictures.items()}

    def _system_changed(self) -> None:
        if self.appearance is Appearance.SYSTEM:
            self.apply()


def _known(kinds: type[E], value: object, otherwise: E) -> E:
    """Return a remembered setting, or the usual one where the memory is of another program version."""
    return kinds(str(value)) if value in list(kinds) else otherwise


def _palette(colours: Colours) -> QPalette:
    """Return the palette: what Fusion paints itself and what icons are tinted by."""
    role = QPalette.ColorRole
    palette = QPalette()
    for where, colour in {
        role.Window: colours.page,
        role.WindowText: colours.ink,
        role.Base: colours.surface,
        role.AlternateBase: colours.hover,
        role.Text: colours.ink,
        role.Button: colours.surface,
        role.ButtonText: colours.ink,
        role.ToolTipBase: colours.raised,
        role.ToolTipText: colours.ink,
        role.PlaceholderText: colours.faint,
        role.Highlight: colours.chosen,
        role.HighlightedText: colours.ink,
        role.Accent: colours.accent,
        role.BrightText: colours.late,
        role.Link: colours.presumed,
        role.LinkVisited: colours.presumed,
        role.Light: colours.on_accent,
        role.Midlight: colours.done,
        role.Mid: colours.warn,
        role.Dark: colours.muted,
        role.Shadow: colours.line,
    }.items():
        palette.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, QColor(colours.faint))
    return palette
