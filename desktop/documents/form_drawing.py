"""Drawing a laid-out form page on a canvas: what all copies share, and what one copy adds."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from desktop.documents import qr, typeset
from desktop.documents.chain_font import font_name
from desktop.documents.corner_codes import Corner, encode
from desktop.documents.form_parts import (
    BOX_LINE,
    CODE_SIDE,
    CODE_SPOTS,
    EDGE,
    FRAME_LINE,
    MODULE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    Box,
    Example,
    Frame,
    Page,
    Part,
    Stroke,
    Words,
)
from desktop.documents.roles import Role

SERIAL_BASELINE = 33.9
SPECIMEN = "样张"


def draw_page(canvas: Canvas, page: Page) -> None:
    """Draw all parts of `page`."""
    for part in page.parts:
        draw_part(canvas, part)


def draw_part(canvas: Canvas, part: Part) -> None:
    """Draw one part, turning mm from the top into points from the bottom."""
    match part:
        case Words():
            draw_words(canvas, part)
        case Box():
            canvas.setStrokeGray(0)
            canvas.setLineWidth(BOX_LINE * mm)
            _rectangle(canvas, part.x, part.y, part.side, part.side)
        case Frame():
            canvas.setStrokeGray(0)
            canvas.setLineWidth(FRAME_LINE * mm)
            _rectangle(canvas, part.x, part.y, part.width, part.height)
        case Stroke():
            draw_stroke(canvas, part)
        case Example():
            draw_example(canvas, part)


def draw_words(canvas: Canvas, words: Words) -> None:
    """Draw one line of text."""
    canvas.setFillGray(words.grey)
    typeset.draw(canvas, words.x * mm, _up(words.baseline), words.line)


def draw_stroke(canvas: Canvas, stroke: Stroke) -> None:
    """Draw a guiding line."""
    canvas.saveState()
    canvas.setStrokeGray(stroke.grey)
    canvas.setLineWidth(stroke.weight * mm)
    if stroke.dotted:
        canvas.setLineCap(1)
        canvas.setDash([0.1, 1.2 * mm])
        canvas.setLineWidth(0.25 * mm)
    canvas.line(stroke.x1 * mm, _up(stroke.y1), stroke.x2 * mm, _up(stroke.y2))
    canvas.restoreState()


def draw_example(canvas: Canvas, example: Example) -> None:
    """Draw the small picture of a ticked box, or of one filled to withdraw a tick."""
    side = example.side
    canvas.setStrokeGray(0)
    canvas.setLineWidth(0.2 * mm)
    _rectangle(canvas, example.x, example.y, side, side)
    if example.filled:
        canvas.setFillGray(0)
        canvas.rect(
            (example.x + 0.35) * mm,
            _up(example.y + side - 0.35),
            (side - 0.7) * mm,
            (side - 0.7) * mm,
            stroke=0,
            fill=1,
        )
        return
    canvas.setLineWidth(0.4 * mm)
    path = canvas.beginPath()
    path.moveTo((example.x + 0.7) * mm, _up(example.y + 1.7))
    path.lineTo((example.x + 1.4) * mm, _up(example.y + 2.7))
    path.lineTo((example.x + 3.3) * mm, _up(example.y + 0.1))
    canvas.drawPath(path)


def draw_copy(canvas: Canvas, form: int, version: int, serial: int, page: int) -> None:
    """Draw what one copy adds to a page: the four corner codes and its serial in plain digits."""
    canvas.setFillGray(0)
    for place, (x, y) in CODE_SPOTS.items():
        code = qr.corner_pattern(encode(Corner(form, version, serial, page, place)))
        qr.draw_mm(canvas, code, x, PAGE_HEIGHT - y - CODE_SIDE, MODULE)
    canvas.setFont(font_name(Role.HEI), 12)
    text = f"编号 {serial:04d}" if serial else SPECIMEN
    canvas.drawRightString((PAGE_WIDTH - EDGE) * mm, _up(SERIAL_BASELINE), text)


def _up(y: float) -> float:
    return (PAGE_HEIGHT - y) * mm


def _rectangle(canvas: Canvas, x: float, y: float, width: float, height: float) -> None:
    canvas.rect(x * mm, _up(y + height), width * mm, height * mm, stroke=1, fill=0)
