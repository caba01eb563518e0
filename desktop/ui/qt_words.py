"""Chinese for the words of Qt's own dialogs that the translation shipped with Qt lacks."""

from __future__ import annotations

from PySide6.QtCore import QTranslator

WORDS = {
    "Look in:": "位置：",
    "Files of type:": "文件类型：",
    "Folder": "文件夹",
    "File Folder": "文件夹",
    "Drive": "驱动器",
    "Size": "大小",
    "Directory:": "文件夹：",
    "Choose": "选择",
}
"""Qt's words, without the & of the shortcut letter."""


class MissingWords(QTranslator):
    """Asked before Qt's own file, because that one holds some of these words under older spellings."""

    def isEmpty(self) -> bool:
        return False

    def translate(  # pyright: ignore[reportIncompatibleMethodOverride] - None is Qt's null string: ask the next
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        return WORDS.get(source.replace("&", ""))
