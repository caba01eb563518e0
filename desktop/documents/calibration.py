"""校准页: crosses and millimetre rulers at known places, to measure how far off a printer prints."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop.documents.book import Book
from desktop.documents.plate import Plate
from desktop.documents.roles import Role
from desktop.documents.typeset import one_line
from desktop.documents.writing import Cover, write_book
from desktop.records.papers import Printed
from desktop.records.printers import MARKS

KIND = "打印校准页"
PAGE = (210.0, 297.0)
ARM, FINE, THICK = 8.0, 0.1, 0.3
LEFT, RIGHT = MARKS.left, MARKS.left + MARKS.across
TOP, BOTTOM = MARKS.top, MARKS.top + MARKS.along
RULER_Y, RULER_X = 240.0, 40.0
"""Where the rulers lie: one across the page, one down it."""
STEPS = (
    "一、用 A4 纸按实际大小打印这一页，不要选“适合纸张”。",
    "二、用直尺量下面四处，读到半毫米，填在横线上。",
    "三、在打印窗口点“校准…”，填入量得的数，程序自动算出校正值。",
    "四、校正后再印一页核对：四个十字应在应有的位置上。",
)
MEASURES = (
    ("①", "纸的左边到左上十字中心", MARKS.left),
    ("②", "纸的上边到左上十字中心", MARKS.top),
    ("③", "左上十字到右上十字", MARKS.across),
    ("④", "左上十字到左下十字", MARKS.along),
)


def write_calibration(target: Path, *, printer: str = "") -> Printed:
    """Write the calibration page; raises TroubleError and leaves nothing then."""

    def begin(book: Book) -> Callable[[str], str]:
        def page(name: str) -> str:
            plate = Plate(book.inks, PAGE[1])
            _crosses(plate)
            _rulers(plate)
            _words(plate, name)
            return plate.content()

        return page

    return write_book(target, Cover(KIND, "", PAGE), [printer], begin, None)


def _crosses(plate: Plate) -> None:
    for x in (LEFT, RIGHT):
        for y in (TOP, BOTTOM):
            plate.rule(x - ARM, y, x + ARM, y, FINE)
            plate.rule(x, y - ARM, x, y + ARM, FINE)
    for sign, x, y in (("①②", LEFT, TOP), ("③", RIGHT, TOP), ("④", LEFT, BOTTOM)):
        line = one_line(sign, Role.HEI, 12)
        if x == LEFT:
            plate.line(line, x + 2, y - 2)
        else:
            plate.middle(line, x - 4, y - 2)


def _rulers(plate: Plate) -> None:
    """Draw a ruler across and one down, numbered from the paper's edges as they should be."""
    for place in range(int(LEFT), int(RIGHT) + 1):
        plate.rule(place, RULER_Y, place, RULER_Y - _tick(place), FINE)
        if not place % 10 and place != RULER_X:
            plate.middle(one_line(str(place), Role.SONG, 9), place, RULER_Y + 4)
    for place in range(int(TOP), int(BOTTOM) + 1):
        plate.rule(RULER_X, place, RULER_X - _tick(place), place, FINE)
        if not place % 10 and place != RULER_Y:
            plate.line(one_line(str(place), Role.SONG, 9), RULER_X + 1, place + 1.1)
    plate.rule(LEFT, RULER_Y, RIGHT, RULER_Y, FINE)
    plate.rule(RULER_X, TOP, RULER_X, BOTTOM, FINE)


def _tick(place: int) -> float:
    return 5.0 if not place % 10 else 3.5 if not place % 5 else 2.0


def _words(plate: Plate, printer: str) -> None:
    plate.middle(one_line(KIND, Role.TITLE, 22), PAGE[0] / 2, 48)
    plate.middle(one_line("标尺数字是到纸左边、上边应有的毫米数", Role.KAI, 12), PAGE[0] / 2, 58)
    for place, step in enumerate(STEPS):
        plate.line(one_line(step, Role.FANG, 13), 55, 78 + place * 9)
    for place, (sign, words, right) in enumerate(MEASURES):
        y = 130 + place * 14
        plate.line(one_line(f"{sign} {words}", Role.FANG, 14), 55, y)
        plate.line(one_line(f"应为 {right:.1f} mm", Role.FANG, 14), 116, y)
        plate.line(one_line("量得", Role.FANG, 14), 155, y)
        plate.rule(165, y + 1, 182, y + 1, THICK)
        plate.line(one_line("mm", Role.FANG, 14), 183, y)
    for label, y, until in (("打印机", 196.0, 150.0), ("日期", 208.0, 110.0)):
        plate.line(one_line(label, Role.FANG, 14), 55, y)
        plate.rule(73, y + 1, until, y + 1, THICK)
    if printer:
        plate.line(one_line(printer, Role.FANG, 14), 75, 196)
