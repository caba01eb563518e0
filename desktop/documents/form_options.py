"""The options of a question: boxes with labels, in columns when short, else one a row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from desktop.documents import form_text
from desktop.documents.form_parts import (
    BOX_SIDE,
    COLUMN_PITCH,
    FRAME_HEIGHT,
    LABEL_GAP,
    ROW_PITCH,
    Box,
    Frame,
    Part,
    Words,
)
from desktop.documents.form_strips import (
    BOX_TOP,
    LINE,
    RIGHT,
    ROW_BASELINE,
    SIZE,
    TEXT_LEFT,
    TEXT_WIDTH,
    Strip,
)
from desktop.documents.roles import Role, clean

LABEL_LEFT = BOX_SIDE + LABEL_GAP
COLUMN_AIR = 6.0
"""From a label to the next box: wider than from a box to its label, so that none is taken for another's."""
COLUMN_LIMIT = 40.5
MOST_COLUMNS = 6
LINES_A_STRIP = 8
"""A longer label may break between two pages after so many lines."""
LEAST_WRITING = 40.0


def option_strips(key: str, options: Sequence[str]) -> list[Strip]:
    """Return the boxes of question `key` with their labels."""
    texts = [clean(option) for option in options]
    columns = columns_for(labels_in_columns(texts))
    strips: list[Strip] = []
    row: list[Part] = []
    for option, text in enumerate(texts):
        if is_write_in(text) or len(columns) == 1:
            strips += [*_flushed(row), *single_row(key, option, text)]
            continue
        left = columns[len(row) // 2]
        row += [Box(left, BOX_TOP, key, option), _label(text, left)]
        if len(row) == 2 * len(columns):
            strips += _flushed(row)
    return strips + _flushed(row)


def labels_in_columns(texts: Sequence[str]) -> list[str]:
    """Return the labels to be set in columns, in the order they fill them.

    An option with room to write takes a row of its own; what follows it begins a new row, so any
    label may then come to stand in any column: all count as the longest.
    """
    plain = [text for text in texts if not is_write_in(text)]
    if any(is_write_in(text) for text in texts[: len(plain)]):
        longest = max(plain, key=lambda text: form_text.reach(form_text.one_line(text, Role.SONG, SIZE)))
        return [longest] * len(plain)
    return plain


def columns_for(labels: Sequence[str]) -> list[float]:
    """Return where the columns begin: as many as keep every label on one line, evenly filled."""
    needs = [
        LABEL_LEFT + form_text.reach(form_text.one_line(label, Role.SONG, SIZE)) + COLUMN_AIR
        for label in labels
    ]
    for count in range(min(len(labels), MOST_COLUMNS), 1, -1):
        count = -(-len(labels) // -(-len(labels) // count))
        widest = [max(COLUMN_PITCH, *needs[column::count]) for column in range(count)]
        spare = TEXT_WIDTH + COLUMN_AIR - sum(widest)
        if spare >= 0:
            return _begins(widest, spare)
    return [TEXT_LEFT]


def _begins(widest: list[float], spare: float) -> list[float]:
    """Return the left edges of columns: all alike where that fits, else as wide as each needs."""
    alike = max(*widest, min(COLUMN_LIMIT, TEXT_WIDTH / len(widest)))
    if alike * (len(widest) - 1) + widest[-1] <= TEXT_WIDTH + COLUMN_AIR:
        widest = [alike] * len(widest)
    else:
        widest = [width + spare / len(widest) / 2 for width in widest]
    return [TEXT_LEFT + left for left in accumulate(widest[:-1], initial=0.0)]


def is_write_in(label: str) -> bool:
    """Tell whether an option asks for words of its own: 其他（请注明）, 其他：."""
    return label.endswith(("：", ":")) or "请注明" in label or "请写明" in label


def single_row(key: str, option: int, text: str) -> list[Strip]:
    """Return an option with a row of its own: wrapped behind its box, or with room to write."""
    left = TEXT_LEFT + LABEL_LEFT
    room = RIGHT - left
    length = form_text.reach(form_text.one_line(text, Role.SONG, SIZE))
    if is_write_in(text) and length + 2 + LEAST_WRITING <= room:
        start = left + length + 2
        frame = Frame(start, (ROW_PITCH - FRAME_HEIGHT) / 2, RIGHT - start, FRAME_HEIGHT, key, option)
        return [Strip(ROW_PITCH, (Box(TEXT_LEFT, BOX_TOP, key, option), _label(text, TEXT_LEFT), frame))]
    strips = wrapped_label(key, option, text)
    if is_write_in(text):
        strips.append(Strip(FRAME_HEIGHT + 2, (Frame(left, 0, room, FRAME_HEIGHT, key, option),)))
    return strips


def wrapped_label(key: str, option: int, text: str) -> list[Strip]:
    """Return a box with its label on as many lines as it needs."""
    left = TEXT_LEFT + LABEL_LEFT
    lines = form_text.lines(text, Role.SONG, SIZE, RIGHT - left)
    strips: list[Strip] = []
    for start in range(0, len(lines), LINES_A_STRIP):
        chunk = lines[start : start + LINES_A_STRIP]
        words = tuple(Words(line, left, ROW_BASELINE + row * LINE) for row, line in enumerate(chunk))
        boxes = () if start else (Box(TEXT_LEFT, BOX_TOP, key, option),)
        ending = ROW_PITCH - LINE if start + LINES_A_STRIP >= len(lines) else 0.0
        strips.append(Strip(len(chunk) * LINE + ending, (*boxes, *words)))
    return strips


def _flushed(row: list[Part]) -> list[Strip]:
    """Return the boxes collected in `row` as a strip, and empty it."""
    if not row:
        return []
    strip = Strip(ROW_PITCH, tuple(row))
    row.clear()
    return [strip]


def _label(text: str, left: float) -> Words:
    return Words(form_text.one_line(text, Role.SONG, SIZE), left + LABEL_LEFT, ROW_BASELINE)
