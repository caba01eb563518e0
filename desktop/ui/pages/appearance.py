"""外观: 字号 and light or dark, in force at once; kept on this computer, not in the office file."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QVBoxLayout

from desktop.ui.frame import Frame, Page
from desktop.ui.labels import Text
from desktop.ui.naming import set_property
from desktop.ui.segments import Segments
from desktop.ui.theme import Appearance, Size


class AppearancePanel(Page):
    """Two strips of choices."""

    key, label, icon = "appearance", "外观", "sun"

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_property(self, "role", "surface")
        self.looks = Segments("外观", [look.value for look in Appearance], clearable=False)
        self.sizes = Segments("字号", [size.value for size in Size], clearable=False)
        self.looks.pick(frame.theme.appearance.value)
        self.sizes.pick(frame.theme.size.value)
        self.looks.picked.connect(self._look)
        self.sizes.picked.connect(self._size)
        rows = QFormLayout()
        rows.setHorizontalSpacing(16)
        rows.setVerticalSpacing(12)
        rows.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        rows.addRow(Text("外观", "muted"), self.looks)
        rows.addRow(Text("字号", "muted"), self.sizes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(16)
        layout.addWidget(Text("外观与字号", "heading"))
        layout.addLayout(rows)
        layout.addWidget(Text("立即生效，只影响这台电脑；字号变大时按钮和行高一起变大。", "caption"))
        layout.addStretch(1)

    def _look(self, words: str) -> None:
        self.frame.theme.choose(appearance=Appearance(words))

    def _size(self, words: str) -> None:
        self.frame.theme.choose(size=Size(words))
