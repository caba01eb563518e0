"""The layout of a form version as plain JSON, to be stored when the version is issued.

A printed version never changes: later copies are drawn from this record and not laid out anew, since
another computer's fonts may break lines elsewhere; a reader of scans finds each box by it, in mm from
the top left corner of the paper.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from desktop.documents.form_layout import lay_out
from desktop.documents.form_parts import (
    BOX_LINE,
    CODE_SIDE,
    CODE_SPOTS,
    MODULE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    Box,
    Example,
    Frame,
    Layout,
    Page,
    Part,
    Stroke,
    Words,
)
from desktop.documents.roles import Role
from desktop.documents.typeset import Line, Span
from desktop.errors import TroubleError
from desktop.records.papers import FormPaper

FORMAT = 1
_SORTS = {"words": Words, "box": Box, "frame": Frame, "stroke": Stroke, "example": Example}
_NAMES = {sort: name for name, sort in _SORTS.items()}


def layout_record(form: FormPaper) -> dict[str, Any]:
    """Return the layout of `form` as JSON-able values: boxes and frames in mm, and all that is printed."""
    return record_of(lay_out(form))


def record_of(layout: Layout) -> dict[str, Any]:
    """Return `layout` as JSON-able values."""
    numbered = list(enumerate(layout.pages, start=1))
    return {
        "format": FORMAT,
        "form": layout.form,
        "version": layout.version,
        "title": layout.title,
        "page_size": [PAGE_WIDTH, PAGE_HEIGHT],
        "code": {
            "module": MODULE,
            "side": round(CODE_SIDE, 3),
            "spots": {place.value: [round(x, 3), round(y, 3)] for place, (x, y) in CODE_SPOTS.items()},
        },
        "box_line": BOX_LINE,
        "boxes": [
            {
                "page": number,
                "x": box.x,
                "y": box.y,
                "w": box.side,
                "h": box.side,
                "key": box.key,
                "option": box.option,
            }
            for number, page in numbered
            for box in page.boxes
        ],
        "frames": [
            {
                "page": number,
                "x": frame.x,
                "y": frame.y,
                "w": frame.width,
                "h": frame.height,
                "key": frame.key,
                "option": frame.option,
                "part": frame.part,
            }
            for number, page in numbered
            for frame in page.frames
        ],
        "pages": [[_listed(part) for part in page.parts] for page in layout.pages],
    }


def layout_hash(record: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a layout record: equal hashes mean the same blank pages."""
    text = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def layout_of(record: Mapping[str, Any]) -> Layout:
    """Return the layout that `record_of` wrote; TroubleError where it is of a newer program or damaged."""
    if record.get("format") != FORMAT:
        raise TroubleError("该表单版本的版面记录由更新的程序写成，请先升级本程序再印制")
    try:
        pages = tuple(Page(tuple(_part(entry) for entry in entries)) for entries in record["pages"])
        return Layout(record["form"], record["version"], record["title"], pages)
    except (KeyError, TypeError, ValueError) as cause:
        raise TroubleError("该表单版本的版面记录已损坏，请从备份恢复，或把表单另存为新版本再印制") from cause


def _listed(part: Part) -> list[Any]:
    values = [getattr(part, field.name) for field in fields(part)]
    if isinstance(part, Words):
        line = part.line
        spans = [[span.x, span.text, span.spread] for span in line.spans]
        values[0] = [spans, line.text, line.width, line.role.value, line.size]
    return [_NAMES[type(part)], *values]


def _part(entry: list[Any]) -> Part:
    name, *values = entry
    if name == "words":
        spans, text, width, role, size = values[0]
        values[0] = Line(tuple(Span(*span) for span in spans), text, width, Role(role), size)
    return _SORTS[name](*values)
