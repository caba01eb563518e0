"""统计表: figures with their units in ruled tables, the formulas under each table.

A4 upright within the type area of GB/T 9704-2012 (156 × 225 mm), page number where letters have it. A table
that runs on repeats its heading row; its last row and the notes under it stay together.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from reportlab.lib.units import mm

from desktop.documents import form_text
from desktop.documents.chain_font import open_canvas
from desktop.documents.form_drawing import draw_part
from desktop.documents.form_parts import Stroke, Words
from desktop.documents.report_rows import CLOSE, HEIGHT, LEFT, ROOMY, TOP, WIDTH, Block, Piece, blocks
from desktop.documents.roles import Role, clean, missing
from desktop.errors import UserError
from desktop.files import written
from desktop.records.papers import PreflightFault, Printed, Watch
from desktop.records.report_values import ReportPaper

PAGE_NUMBER_SIZE = 14.0
CHARACTER = PAGE_NUMBER_SIZE / mm
"""Width of a character of the page number, which stands one character within the type area."""


def write_report(target: Path, paper: ReportPaper, *, watch: Watch | None = None) -> Printed:
    """Write a 统计表 as one PDF.

    Raises UserError for a character no font draws, TroubleError where the file can't be written,
    Cancelled from `watch`.
    """
    if faults := preflight(paper):
        raise UserError(faults[0].message, field="rows")
    pages = laid_out(paper, watch)
    canvas = open_canvas(BytesIO(), title=clean(paper.title), author=clean(paper.office))
    for number, parts in enumerate(pages, start=1):
        for part in (*parts, page_number(number)):
            canvas.setStrokeGray(0)
            draw_part(canvas, part)
        canvas.showPage()
    content = canvas.getpdfdata()
    with written(target) as temporary:
        temporary.write_bytes(content)
    return Printed((str(target),), len(pages))


def preflight(paper: ReportPaper) -> list[PreflightFault]:
    """Return a fault for each character that no font draws, saying where it stands."""
    texts = [("标题", paper.title, Role.TITLE), ("统计范围", paper.period, Role.KAI)]
    texts.append(("填报单位", paper.office, Role.FANG))
    for table in paper.tables:
        texts.append(("分表标题", table.heading, Role.HEI))
        for row in table.rows:
            texts += [("项目", row.label, Role.FANG), (f"“{row.label[:20]}”的单位", row.unit, Role.FANG)]
        texts += [("附注", note, Role.FANG) for note in table.notes]
    return [
        PreflightFault(
            "",
            character,
            f"统计表的{where}中的“{character}”（U+{ord(character):04X}）没有字体能印出，请改用别的字",
        )
        for where, text, role in texts
        for character in missing(text, role)
    ]


def laid_out(paper: ReportPaper, watch: Watch | None = None) -> list[list[Piece]]:
    """Return the pages: set close where that brings the whole paper on one."""
    roomy = paged(list(blocks(paper, ROOMY, watch)))
    if len(roomy) == 2:
        close = paged(list(blocks(paper, CLOSE)))
        return close if len(close) == 1 else roomy
    return roomy


def paged(flow: Sequence[Block], top: float = TOP, depth: float = HEIGHT) -> list[list[Piece]]:
    """Return the parts of each page in their places; blocks bound together share a page where they fit one.

    A page's first block begins `top` mm below the edge of the paper; there is room for `depth` mm.
    """
    pages: list[list[Piece]] = [[]]
    y, place = top, 0
    while place < len(flow):
        end = place + 1
        while end < len(flow) and flow[end - 1].keep:
            end += 1
        bound = flow[place:end]
        height = sum(block.height for block in bound)
        for at, block in enumerate(bound):
            if not block.parts:  # a gap, which no page begins with
                y += block.height
                continue
            rest = height if not at and height <= depth - _led(block) else block.height
            if pages[-1] and y + rest > top + depth + 1e-6:
                pages.append([])
                y = top
                if block.lead:
                    pages[-1] += _at(y, block.lead)
                    y += block.lead.height
            pages[-1] += _at(y, block)
            y += block.height
        place = end
    return pages


def _led(block: Block) -> float:
    return block.lead.height if block.lead else 0.0


def _at(y: float, block: Block) -> list[Piece]:
    """Return the parts of a block with its upper edge at `y`."""
    return [
        Words(part.line, part.x, part.baseline + y, part.grey)
        if isinstance(part, Words)
        else Stroke(part.x1, part.y1 + y, part.x2, part.y2 + y, part.weight, part.grey, part.dotted)
        for part in block.parts
    ]


def page_number(page: int) -> Words:
    """Return "— 1 —" 7 mm below the type area, odd pages right, even pages left (GB/T 9704-2012, 7.5)."""
    line = form_text.one_line(f"— {page} —", Role.SONG, PAGE_NUMBER_SIZE)
    x = LEFT + CHARACTER if page % 2 == 0 else LEFT + WIDTH - CHARACTER - form_text.reach(line)
    return Words(line, x, TOP + HEIGHT + 7 + 0.38 * PAGE_NUMBER_SIZE / mm)
