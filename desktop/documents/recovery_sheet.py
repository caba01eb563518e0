"""恢复单: one page for the safe, with the code that opens an encrypted office file when no password does.

The code is given to the page and to nothing else: no print log, no kept copy, no title of the file.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop.documents.book import Book
from desktop.documents.plate import Plate
from desktop.documents.roles import Role
from desktop.documents.typeset import lines, one_line
from desktop.documents.writing import Cover, write_book
from desktop.records.papers import Printed

KIND = "数据文件恢复单"
PAGE = (210.0, 297.0)
MM = 72 / 25.4
LEFT, RIGHT = 30.0, 180.0
ACROSS = 3
"""Groups of the code in one row."""
CODE_TOP, ROW, BOX_HEIGHT = 118.0, 17.0, 62.0
USES = (
    "什么时候用：所有人都忘了口令；或数据文件旁的密钥文件（.keys）不见了、坏了，口令打不开数据文件。",
    "怎么用：打开数据文件，在要口令的地方输入上面的恢复码（大小写、空格都不要紧；没有字母 I、L、O、U）。"
    "打开后到“设置—口令与用户”重新设口令。",
    "怎么存放：密封后放进保险柜，和存有数据文件的电脑、U盘分开；交接时当面点清。"
    "谁有这张纸和数据文件，谁就能看到全部内容。",
    "什么时候作废：去除口令或更换密钥以后，请另印一张，把这张粉碎。改口令、增减用户，这张仍然有效。",
)


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """What stands on the page; `code` is the recovery code in its groups."""

    office: str
    file: str
    code: Sequence[str] = field(repr=False)
    made_on: datetime.date = field(default_factory=datetime.date.today)


def write_sheet(target: Path, sheet: RecoverySheet) -> Printed:
    """Write the sheet; raises TroubleError and leaves nothing then."""

    def begin(book: Book) -> Callable[[RecoverySheet], str]:
        def page(values: RecoverySheet) -> str:
            plate = Plate(book.inks, PAGE[1])
            _head(plate, values)
            _code(plate, values.code)
            _uses(plate)
            _receipt(plate)
            return plate.content()

        return page

    return write_book(target, Cover(KIND, "", PAGE), [sheet], begin, None)


def _head(plate: Plate, sheet: RecoverySheet) -> None:
    plate.middle(one_line(KIND, Role.TITLE, 22), PAGE[0] / 2, 48)
    plate.middle(one_line("存放在保险柜，不要拍照、不要存在电脑里", Role.KAI, 14), PAGE[0] / 2, 60)
    made = f"{sheet.made_on.year}年{sheet.made_on.month}月{sheet.made_on.day}日"
    for place, (label, words) in enumerate(
        (("单　　位", sheet.office), ("数据文件", sheet.file), ("制作日期", made))
    ):
        y = 76 + place * 10
        plate.line(one_line(label, Role.HEI, 14), LEFT, y)
        found = lines(words, Role.FANG, 14, (RIGHT - LEFT - 26) * MM)
        plate.line(found[0] if found else one_line("", Role.FANG, 14), LEFT + 26, y)


def _code(plate: Plate, code: Sequence[str]) -> None:
    plate.box(LEFT, CODE_TOP - 12, RIGHT - LEFT, BOX_HEIGHT, 0.5)
    plate.line(one_line("恢复码", Role.HEI, 14), LEFT + 4, CODE_TOP - 4)
    wide = (RIGHT - LEFT) / ACROSS
    for place, group in enumerate(code):
        across, down = place % ACROSS, place // ACROSS
        left, y = LEFT + across * wide, CODE_TOP + 11 + down * ROW
        plate.line(one_line(f"{place + 1}", Role.SONG, 9), left + 7, y)
        # apart from each other, so that none is skipped when it is copied
        for step, sign in enumerate(group):
            plate.middle(one_line(sign, Role.HEI, 24), left + 17 + step * 8.5, y)


def _uses(plate: Plate) -> None:
    y = CODE_TOP + BOX_HEIGHT + 2
    for words in USES:
        for line in lines(words, Role.FANG, 14, (RIGHT - LEFT) * MM, first_indent=28):
            plate.line(line, LEFT, y)
            y += 8


def _receipt(plate: Plate) -> None:
    for place, label in enumerate(("保管人", "监交人", "日　期")):
        left = LEFT + place * 51
        plate.line(one_line(label, Role.FANG, 14), left, 276)
        plate.rule(left + 17, 277, left + 46, 277, 0.2)
