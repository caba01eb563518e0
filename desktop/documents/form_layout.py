"""A form laid out on A4 pages: where every word, box and frame lies, in mm.

Pages are filled from the top with the strips of form_strips.py, between the two pairs of corner
codes; the title stands between the upper pair, the page number between the lower.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

from desktop.documents import form_text
from desktop.documents.corner_codes import LAST_PAGE
from desktop.documents.form_parts import (
    CODE_SIDE,
    EDGE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RULE,
    Example,
    Layout,
    Page,
    Part,
    Stroke,
    Words,
)
from desktop.documents.form_questions import blocks
from desktop.documents.form_strips import LEFT, RIGHT, Block, Strip, lowered
from desktop.documents.roles import Role, clean
from desktop.documents.typeset import Line, Span
from desktop.errors import UserError
from desktop.records.papers import FormPaper, QuestionSort

TOP = 40.0
BOTTOM = PAGE_HEIGHT - EDGE - CODE_SIDE - 5.3
CAPACITY = BOTTOM - TOP
RULE_BASELINE = 33.9
TITLE_ROOM = 144.0
TITLE_SIZES = (22.0, 20.0, 18.0, 16.0, 14.0)
MIDDLE = PAGE_WIDTH / 2
AIRS = (6.0, 4.0, 2.5, 1.2, 0.5)
"""What is added between questions and to table rows where a page would stay empty, in mm."""


def lay_out(form: FormPaper) -> Layout:
    """Return where everything lies; UserError for a form that can't be answered or is beyond 35 pages."""
    check(form)
    pages = airy_pages(form)
    if len(pages) > LAST_PAGE:
        raise UserError(
            f"表单“{form.title}”排成了 {len(pages)} 页，最多 {LAST_PAGE} 页，请拆成几份", field="questions"
        )
    return Layout(
        form.code,
        form.version,
        form.title,
        tuple(
            Page(
                tuple(
                    rounded(part)
                    for part in (*heading(form, number), *parts, *footing(form, number, len(pages)))
                )
            )
            for number, parts in enumerate(pages, start=1)
        ),
    )


def check(form: FormPaper) -> None:
    """Raise UserError for a form without questions, with a key twice or with nothing to choose from."""
    if not form.questions:
        raise UserError(f"表单“{form.title}”还没有题目，请先添加题目再印制", field="questions")
    keys = [question.key for question in form.questions]
    if len(set(keys)) < len(keys):
        raise UserError(f"表单“{form.title}”中有题目的代号重复，请修改后再印制", field="questions")
    for number, question in enumerate(form.questions, start=1):
        if question.sort in (QuestionSort.CHOICE, QuestionSort.SEVERAL) and not question.options:
            raise UserError(f"表单“{form.title}”第 {number} 题没有选项，请补充后再印制", field="questions")


def airy_pages(form: FormPaper) -> list[list[Part]]:
    """Return the parts of each page, as loosely set as the number of pages allows."""
    title = list(opening(form))
    tight = list(stacked([*title, *blocks(form)]))
    for air in AIRS:
        pages = list(stacked([*title, *blocks(form, air=air)]))
        if len(pages) == len(tight):
            return pages
    return tight


def rounded(part: Part) -> Part:
    """Return `part` with its measures in whole micrometres, as the stored record has them."""
    measures: dict[str, Any] = {
        field.name: round(value, 3)
        for field in fields(part)
        if isinstance(value := getattr(part, field.name), float)
    }
    if isinstance(part, Words):
        line = part.line
        spans = tuple(Span(round(span.x, 3), span.text, round(span.spread, 4)) for span in line.spans)
        measures["line"] = replace(line, spans=spans, width=round(line.width, 3))
    return replace(part, **measures)


def stacked(content: list[Block]) -> Iterator[list[Part]]:
    """Yield the parts of each page: blocks from the top, broken only where they may or must."""
    page: list[Part] = []
    y = TOP
    for block in content:
        y += block.gap if page else 0.0
        if page and y + needed(block) > BOTTOM:
            yield page
            page, y = [], TOP
        for strip in block.strips:
            if y + strip.height > BOTTOM + 0.001:
                yield page
                page, y = [], TOP
                if block.again:
                    y = put(block.again, page, y)
            y = put(strip, page, y)
    if page:
        yield page


def needed(block: Block) -> float:
    """Return the room a block asks for before it starts: all of it, unless it may be broken."""
    if block.breakable or block.height > CAPACITY:
        return sum(strip.height for strip in block.strips[: block.held])
    return block.height


def put(strip: Strip, page: list[Part], y: float) -> float:
    """Add `strip` at height `y` of `page` and return where the next one goes."""
    page += [lowered(part, y) for part in strip.parts]
    return y + strip.height


def fitted_title(title: str) -> list[Line] | None:
    """Return the lines of a title that fits between the upper codes, or None."""
    for size in TITLE_SIZES:
        lines = form_text.even_lines(title, Role.TITLE, size, TITLE_ROOM)
        if len(lines) == 1 or (len(lines) == 2 and size <= 18):
            return lines
    return None


def opening(form: FormPaper) -> Iterator[Block]:
    """Yield a title too long for the space between the codes as a block of its own."""
    title = clean(form.title)
    if fitted_title(title) is None:
        lines = form_text.even_lines(title, Role.TITLE, 16, RIGHT - LEFT)
        yield Block(tuple(Strip(8.0, (centred(line, 6.0),)) for line in lines), gap=0)


def heading(form: FormPaper, number: int) -> Iterator[Part]:
    """Yield the title, the rule how to answer, and the line below them."""
    title = clean(form.title)
    fitted = fitted_title(title)
    if number > 1 or fitted is None:
        yield centred(form_text.shortened(title if number > 1 else form.sort, Role.SONG, 12, TITLE_ROOM), 21)
    else:
        size = fitted[0].size
        pitch = size * 0.3528 * 1.25
        middle = EDGE + CODE_SIDE / 2 + size * 0.3528 * 0.37
        for row, line in enumerate(fitted):
            yield centred(line, middle + (row - (len(fitted) - 1) / 2) * pitch)
    yield from rule_line()


def rule_line() -> Iterator[Part]:
    """Yield the printed rule with small pictures of a ticked and of a withdrawn box."""
    rule = Words(form_text.one_line(f"填写方法：{RULE}", Role.HEI, 10.5), LEFT, RULE_BASELINE)
    yield rule
    for place, filled in enumerate((False, True)):
        yield Example(rule.end + 4 + place * 5.5, RULE_BASELINE - 3.1, 3.4, filled)
    yield Stroke(EDGE, TOP - 3.2, PAGE_WIDTH - EDGE, TOP - 3.2, 0.2, 0.0)


def footing(form: FormPaper, number: int, pages: int) -> Iterator[Part]:
    """Yield the page number and the form's number and version, readable."""
    yield centred(form_text.one_line(f"第 {number} 页　共 {pages} 页", Role.SONG, 10.5), 276.5)
    yield centred(
        form_text.one_line(f"表单 {form.code}　第 {form.version} 版", Role.SONG, 9), 282.5, grey=0.3
    )


def centred(line: Line, baseline: float, *, grey: float = 0.0) -> Words:
    """Return `line` centred on the page."""
    return Words(line, MIDDLE - form_text.reach(line) / 2, baseline, grey)
