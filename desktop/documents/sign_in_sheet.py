"""签到表: the list that lies open at the door of the hall, with room for each signature.

It carries name, unit, post, sort and seat only: no phone, no ID number, no restricted tag. A4 upright, or
across where units and posts are too long for the narrow columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from desktop.documents import form_text, typeset
from desktop.documents.chain_font import open_canvas
from desktop.documents.roles import Role, clean, missing
from desktop.documents.sign_in_rows import PADDING, ROW_HEIGHTS, SIDE, Row, Ruling, fitted_row, ruling_for
from desktop.documents.typeset import Line
from desktop.errors import UserError
from desktop.files import written
from desktop.records.letters import SignInRow, SignInSheet
from desktop.records.papers import PreflightFault, Printed, Watch

HEAD_HEIGHT = 10.0
BOTTOM = 20.0
THIN, THICK = 0.15, 0.4


def write_sheet(target: Path, sheet: SignInSheet, *, watch: Watch | None = None) -> Printed:
    """Write the sign-in sheet as one PDF.

    Raises UserError for a sheet without any row or with a character no font draws (naming the
    person), TroubleError where the file can't be written, Cancelled from `watch`.
    """
    if not sheet.rows and sheet.blank_rows < 1:
        raise UserError("签到表中没有人员也没有空行，请先选择要印的代表", field="rows")
    if faults := preflight(sheet):
        raise UserError(faults[0].message, field="rows")
    ruling = ruling_for(sheet.rows)
    pages = paged(sheet, ruling, watch)
    size = (ruling.width * mm, ruling.height * mm)
    canvas = open_canvas(BytesIO(), title=clean(sheet.title), author="", size=size)
    for number, rows in enumerate(pages, start=1):
        Leaf(canvas, ruling).draw(sheet, rows, number, len(pages))
        canvas.showPage()
    content = canvas.getpdfdata()
    with written(target) as temporary:
        temporary.write_bytes(content)
    return Printed((str(target),), len(pages))


def preflight(sheet: SignInSheet) -> list[PreflightFault]:
    """Return a fault for each character that no font draws, with the person it belongs to."""
    faults = [
        PreflightFault(
            "",
            character,
            f"签到表标题中的“{character}”（U+{ord(character):04X}）没有字体能印出，请改用别的字",
        )
        for text, roles in ((sheet.title, (Role.TITLE, Role.SONG)), (sheet.subtitle, (Role.KAI,)))
        for character in dict.fromkeys(character for role in roles for character in missing(text, role))
    ]
    for row in sheet.rows:
        for label, text in (
            ("姓名", row.name),
            ("单位", row.unit),
            ("职务", row.post),
            ("代表类别", row.sort),
            ("座位", row.seat),
        ):
            faults += [
                PreflightFault(
                    row.name,
                    character,
                    f"{row.name}的{label}中的“{character}”（U+{ord(character):04X}）没有字体能印出，"
                    "请改用标准编码、安装含该字的字体，或留空手写",
                    row.record,
                )
                for character in missing(text, Role.SONG)
            ]
    return faults


def paged(sheet: SignInSheet, ruling: Ruling, watch: Watch | None) -> list[list[Row]]:
    """Return the rows of each page; rows are a little lower where that saves a page."""
    people: list[SignInRow | None] = [*sheet.rows, *[None] * sheet.blank_rows]
    rows = list[Row]()
    for number, person in enumerate(people, start=1):
        if watch and number % 50 == 1:
            watch(number - 1, len(people))
        rows.append(fitted_row(number, person, ruling))
    if watch:
        watch(len(people), len(people))
    return min((list(_pages(rows, ruling, least)) for least in ROW_HEIGHTS), key=len)


def _pages(rows: Sequence[Row], ruling: Ruling, least: float) -> Iterator[list[Row]]:
    page: list[Row] = []
    y = table_top(first=True)
    for row in rows:
        row = replace(row, height=max(least, row.height))
        if page and y + row.height > ruling.height - BOTTOM:
            yield page
            page, y = [], table_top(first=False)
        page.append(row)
        y += row.height
    yield page


def table_top(*, first: bool) -> float:
    """Return where the first row lies on a page: below title, line under it, and heading row."""
    return (41.0 if first else 26.0) + HEAD_HEIGHT


class Leaf:
    """One page of the sheet on a canvas; measures in mm from the top left corner."""

    def __init__(self, canvas: Canvas, ruling: Ruling) -> None:
        self.canvas = canvas
        self.ruling = ruling

    def draw(self, sheet: SignInSheet, rows: Sequence[Row], number: int, pages: int) -> None:
        """Draw the page with its headings, rows and page number."""
        self.heading(sheet, first=number == 1)
        top = y = table_top(first=number == 1)
        for row in rows:
            self.row(row, y)
            y += row.height
            self.rule(SIDE, y, self.ruling.lefts[-1], y, THIN)
        self.grid(top - HEAD_HEIGHT, y)
        self.footing(sheet, number, pages)

    def heading(self, sheet: SignInSheet, *, first: bool) -> None:
        """Draw title and line under it (on the first page large), and the heading row."""
        room = self.ruling.width - 2 * SIDE
        if first:
            title = _title(sheet.title, room)
            for place, line in enumerate(title):
                self.centred(line, (25 if len(title) == 1 else 19) + 8 * place)
            self.centred(_subtitle(sheet.subtitle, room), 35)
        else:
            self.centred(form_text.shortened(f"{sheet.title}（续）", Role.SONG, 12, room), 20)
        top = table_top(first=first) - HEAD_HEIGHT
        lefts = self.ruling.lefts
        for column, label in enumerate(self.ruling.headings):
            line = form_text.one_line(label, Role.HEI, 12)
            middle = (lefts[column] + lefts[column + 1]) / 2
            self.line(line, middle - form_text.reach(line) / 2, top + HEAD_HEIGHT / 2 + 1.55)
        self.rule(SIDE, top + HEAD_HEIGHT, lefts[-1], top + HEAD_HEIGHT, 0.25)

    def footing(self, sheet: SignInSheet, number: int, pages: int) -> None:
        """Draw the page number, how many were invited, and on the last page room for how many came."""
        baseline = self.ruling.height - 11
        self.centred(form_text.one_line(f"第 {number} 页　共 {pages} 页", Role.SONG, 10.5), baseline)
        if sheet.rows:
            self.line(form_text.one_line(f"名单 {len(sheet.rows)} 人", Role.SONG, 10.5), SIDE, baseline)
        if number == pages:
            came = form_text.one_line("实到＿＿＿＿人", Role.SONG, 10.5)
            self.line(came, self.ruling.lefts[-1] - form_text.reach(came), baseline)

    def row(self, row: Row, y: float) -> None:
        """Draw one row with its upper edge at `y`: everything centred upon its middle."""
        for column, cell in enumerate(row.cells):
            left, right = self.ruling.lefts[column] + PADDING, self.ruling.lefts[column + 1] - PADDING
            baseline = y + row.height / 2 - (len(cell.lines) - 1) * cell.pitch / 2 + cell.size * 0.3528 * 0.37
            for place, line in enumerate(cell.lines):
                x = (left + right - form_text.reach(line)) / 2 if column in self.ruling.centred else left
                self.line(line, x, baseline + place * cell.pitch)

    def line(self, line: Line, x: float, baseline: float) -> None:
        """Draw a line of text.

        Readers of the PDF see the em between the characters of 李　明 as a blank; ActualText tells
        them the name itself (not beyond U+FFFF, where pdfium drops the character from ActualText).
        """
        wide = any(span.spread > line.size / 2 for span in line.spans) and max(line.text) <= "\uffff"
        if wide:
            name = line.text.encode("utf-16-be").hex().upper()
            self.canvas.addLiteral(f"/Span <</ActualText <FEFF{name}>>> BDC")
        typeset.draw(self.canvas, x * mm, self.up(baseline), line)
        if wide:
            self.canvas.addLiteral("EMC")

    def centred(self, line: Line, baseline: float) -> None:
        """Draw a line in the middle of the page."""
        self.line(line, (self.ruling.width - form_text.reach(line)) / 2, baseline)

    def grid(self, top: float, bottom: float) -> None:
        """Draw the columns' lines and the strong frame."""
        for x in self.ruling.lefts[1:-1]:
            self.rule(x, top, x, bottom, THIN)
        self.canvas.setLineWidth(THICK * mm)
        width = self.ruling.lefts[-1] - SIDE
        self.canvas.rect(SIDE * mm, self.up(bottom), width * mm, (bottom - top) * mm)

    def rule(self, x1: float, y1: float, x2: float, y2: float, weight: float) -> None:
        """Draw a line of the table."""
        self.canvas.setLineWidth(weight * mm)
        self.canvas.line(x1 * mm, self.up(y1), x2 * mm, self.up(y2))

    def up(self, y: float) -> float:
        """Return the point height of `y` mm below the upper edge."""
        return (self.ruling.height - y) * mm


def _title(text: str, room: float) -> list[Line]:
    """Return the title on one line, else smaller on two, cut only where those don't hold it."""
    for size, most in ((22, 1), (20, 1), (18, 2), (16, 2)):
        if len(found := form_text.even_lines(text, Role.TITLE, size, room)) <= most:
            return found
    return [form_text.shortened(text, Role.TITLE, 16, room)]


def _subtitle(text: str, room: float) -> Line:
    """Return the line under the title, smaller where it is long, cut only where that isn't enough."""
    found = (form_text.one_line(text, Role.KAI, size) for size in (14, 12, 10.5))
    return next(
        (line for line in found if form_text.reach(line) <= room),
        form_text.shortened(text, Role.KAI, 10.5, room),
    )
