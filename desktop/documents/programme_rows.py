"""日程 and 参观路线 as tables: columns that nobody filled are left out, the others get what they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from desktop.documents import form_text
from desktop.documents.form_parts import Words
from desktop.documents.grid_rows import Leaf, Style, heading, led, needed, row
from desktop.documents.report_rows import Block
from desktop.documents.roles import Role
from desktop.records.handouts import Programme

A4 = Leaf(210, 297, 26, 28, 158, 238)
A5 = Leaf(148.5, 210, 15, 17, 118.5, 174)
SHARES = {"time": 0.24, "place": 0.26, "host": 0.18, "address": 0.3, "guide": 0.18}
"""How much of the width a column takes at most; 内容 and 参观点 have the rest."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The type of a programme on one size of paper: its table, its headings (points)."""

    leaf: Leaf
    style: Style
    heading: float
    title: float


ON_A4, CLOSE_ON_A4 = (Sizes(A4, style, 16, 22) for style in (Style(14, 10.0, 2.0), Style(12, 8.2, 1.6)))
ON_A5, CLOSE_ON_A5 = (Sizes(A5, style, 14, 18) for style in (Style(12, 9.0, 1.6), Style(10.5, 7.6, 1.4)))
"""How it is set, and how it is set closer where that takes fewer pages."""


def programme_blocks(values: Programme, sizes: Sizes) -> list[Block]:
    """Return the table of 日程, nothing where there is none."""
    columns = {
        "time": ("时间", [line.time for line in values.lines]),
        "": ("内容", [line.item for line in values.lines]),
        "place": ("地点", [line.place for line in values.lines]),
        "host": ("负责人", [line.host for line in values.lines]),
    }
    return _table("日程", columns, sizes) if values.lines else []


def route_blocks(values: Programme, sizes: Sizes) -> list[Block]:
    """Return the table of 参观路线 in the order of the walk, with what each place shows under its name."""
    stops = values.stops
    columns = {
        "": ("参观点", [
            f"{place}. {stop.name}" + (f"\n{stop.shown}" if stop.shown.strip() else "")
            for place, stop in enumerate(stops, start=1)
        ]),
        "address": ("地址", [stop.address for stop in stops]),
        "guide": ("讲解人", [stop.guide for stop in stops]),
    }  # fmt: skip
    return _table("参观路线", columns, sizes) if stops else []


def _table(label: str, columns: dict[str, tuple[str, list[str]]], sizes: Sizes) -> list[Block]:
    kept = {key: column for key, column in columns.items() if not key or any(map(str.strip, column[1]))}
    leaf, style = sizes.leaf, sizes.style
    widths = {
        key: needed([head, *texts], style, SHARES[key] * leaf.room) if key else 0.0
        for key, (head, texts) in kept.items()
    }
    widths[""] = leaf.room - sum(widths.values())
    edges = list(accumulate((widths[key] for key in kept), initial=leaf.left))
    middle = [place for place, key in enumerate(kept) if key in ("time", "host", "guide")]
    lead = heading([head for head, _ in kept.values()], edges, style)
    rows = [
        block
        for texts in zip(*(texts for _, texts in kept.values()), strict=True)
        for block in led(row(texts, edges, style, middle=middle), lead)
    ]
    return [*section(label, sizes), lead, *rows]


def section(label: str, sizes: Sizes) -> list[Block]:
    """Return the heading over a table, with free height above it that no page begins with."""
    line = form_text.one_line(label, Role.HEI, sizes.heading)
    height = sizes.heading * 0.3528 * 1.9
    return [Block(3.0, keep=True), Block(height, (Words(line, sizes.leaf.left, 0.62 * height),), keep=True)]


def centred(text: str, role: Role, size: float, sizes: Sizes, *, pitch: float = 1.45) -> list[Block]:
    """Return a text in the middle of the page, on as many lines of even length as it needs."""
    leaf = sizes.leaf
    height = size * 0.3528 * pitch
    found = form_text.even_lines(text, role, size, leaf.room)
    return [
        Block(
            height,
            (Words(line, leaf.left + (leaf.room - form_text.reach(line)) / 2, 0.72 * height),),
            keep=True,
        )
        for line in found
    ]


def about(values: Programme, sizes: Sizes) -> list[Block]:
    """Return when, where and under whom, a line each; what isn't known is left out."""
    told = (
        ("时间", "　".join(filter(None, (values.date, values.time)))),
        ("地点", values.venue),
        ("带队", values.leader),
        ("联系人", values.contact),
    )
    return [block for label, text in told if text.strip() for block in _told(f"{label}：{text}", sizes)]


def _told(text: str, sizes: Sizes) -> list[Block]:
    size, leaf = sizes.style.size, sizes.leaf
    height = size * 0.3528 * 1.6
    found = form_text.even_lines(text, Role.FANG, size, leaf.room)
    return [Block(height, (Words(line, leaf.left, 0.7 * height),), keep=True) for line in found]


def texts_of(values: Programme) -> Sequence[tuple[str, str, Role]]:
    """Return every text of a programme as (where, text, role), for the preflight."""
    fixed = [
        ("单位名称", values.office, Role.KAI), ("主题", values.theme, Role.TITLE), ("日期", values.date, Role.FANG),
        ("地点", values.venue, Role.FANG), ("带队领导", values.leader, Role.FANG), ("联系人", values.contact, Role.FANG),
    ]  # fmt: skip
    for place, line in enumerate(values.lines, start=1):
        fixed += [
            (f"第 {place} 项日程", text, Role.FANG) for text in (line.time, line.item, line.place, line.host)
        ]
    for stop in values.stops:
        fixed += [
            (f"参观点“{stop.name}”", text, Role.FANG)
            for text in (stop.name, stop.address, stop.guide, stop.shown)
        ]
    return fixed
