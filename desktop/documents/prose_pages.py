"""Prose on A4 pages of GB/T 9704-2012: titles, paragraphs with their numbered headings, a signature; for 公告 and 明白纸."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from desktop.documents.ink import Inks
from desktop.documents.letter_head import PAGE_HEIGHT, page_number
from desktop.documents.letter_plan import Flow, Plan, plan
from desktop.documents.letter_plan import signed as with_signature
from desktop.documents.letter_rows import (
    HEIGHT,
    LEADING,
    LEAST_SEAL_GAP,
    PITCH,
    SIZE,
    SORTS,
    TOP,
    WIDTH,
    Row,
    drawn,
    text_rows,
)
from desktop.documents.roles import Role
from desktop.documents.typeset import lines

_NUMBERS = "[一二三四五六七八九十]+"
HEADINGS = ((re.compile(f"{_NUMBERS}、"), Role.HEI), (re.compile(f"（{_NUMBERS}）"), Role.KAI))
"""GB/T 9704-2012 7.3.3: the first level of headings in 黑体, the second in 楷体."""
LONGEST_HEADING = 28
"""Characters of a heading at most, one line: what is longer or ends as a sentence is a paragraph."""


def paragraphs(text: str) -> Iterator[tuple[str, Role]]:
    """Yield the paragraphs of a text, each with the role that sets it."""
    for line in text.strip("\n").split("\n"):
        paragraph = line.strip(" \u3000\t\r")
        yield paragraph, _role(paragraph)


def _role(paragraph: str) -> Role:
    if len(paragraph) > LONGEST_HEADING or paragraph.endswith(tuple("。；，：！？")):
        return Role.FANG
    return next((role for pattern, role in HEADINGS if pattern.match(paragraph)), Role.FANG)


def prose(text: str) -> list[Row]:
    """Return the rows of a text; a heading stays with what it heads, an empty paragraph is a free line."""
    rows = list[Row]()
    for paragraph, role in paragraphs(text):
        found = lines(paragraph, role, SIZE, WIDTH, first_indent=2 * PITCH, pitch=PITCH)
        heading = role is not Role.FANG
        rows += [replace(row, keep=heading) for row in text_rows(found)] or [Row(LEADING)]
    return rows


def title(text: str) -> list[Row]:
    """Return the rows of a title: 2号 小标宋, its lines of even length, a free line after it."""
    return SORTS["title"]([text])


def page_contents(
    blocks: Sequence[list[Row]], inks: Inks, *, first_top: float = TOP, signed: int | None = None
) -> list[str]:
    """Return the operators of the pages that blocks of rows fill, numbered where there are several.

    The first row begins `first_top` points below the edge of the paper. Block `signed` is a signature: it
    never stands alone on a page, and gives of its free height where that saves one.
    """
    planned = _planned(blocks, TOP + HEIGHT - first_top, signed)
    found = list[str]()
    for place, spots in enumerate(planned.pages):
        top = PAGE_HEIGHT - (TOP if place else first_top)
        rules, placed = drawn((blocks[spot.block][spot.number], top - spot.drop) for spot in spots)
        numbered = page_number(place + 1, inks) if len(planned.pages) > 1 else ""
        found.append(rules + inks.text(placed) + numbered)
    return found


def _planned(blocks: Sequence[list[Row]], first: float, signed: int | None) -> Plan:
    flow: Flow = [(at, place, row) for at, rows in enumerate(blocks) for place, row in enumerate(rows)]

    def planned(flow: Flow) -> Plan:
        return plan(flow, first=first, later=HEIGHT, slip=0, overhang=0, heads={})

    return planned(flow) if signed is None else with_signature(flow, signed, LEAST_SEAL_GAP, (), planned)
