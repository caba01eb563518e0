"""What came of a form, question by question, counted in 份 over the valid sheets of one edition."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from desktop.records.forms import FormIssue, FormReturn, ReturnState
from desktop.records.listing import Query
from desktop.records.papers import FormPaper, FormQuestion, QuestionSort
from desktop.services.books import Books
from desktop.ui.pages.form_answers import SKIPPED

MOST = 20_000


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the result: a question (`heading`), an option, a text; the sheets it counts."""

    text: str
    value: str = ""
    share: float | None = None
    sheets: tuple[bytes, ...] = ()
    heading: bool = False

    def percent(self) -> str:
        """Return the share with two places."""
        return "" if self.share is None else f"{100 * self.share:.2f} %"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One valid sheet: key, serial, answers."""

    key: bytes
    serial: int
    answers: dict[str, Any]


def sheets_of(books: Books, issues: Sequence[FormIssue]) -> list[Sheet]:
    """Return the valid sheets of some issues in the order of their serials."""
    found: list[FormReturn] = []
    for issue in issues:
        query = Query(FormReturn, where=(("issue", issue), ("state", ReturnState.VALID)))
        found += cast("list[FormReturn]", books.page(query, 0, MOST))
    made = [Sheet(row.id, row.serial or 0, json.loads(row.answers or "{}")) for row in found]
    return sorted(made, key=lambda sheet: sheet.serial)


def lines_of(paper: FormPaper, sheets: Sequence[Sheet]) -> list[Line]:
    """Return the result of every question; shares are of all valid sheets."""
    return [
        line for place, question in enumerate(paper.questions, 1) for line in _of(place, question, sheets)
    ]


def _of(place: int, question: FormQuestion, sheets: Sequence[Sheet]) -> list[Line]:
    said = [(sheet, sheet.answers.get(question.key)) for sheet in sheets]
    answered = [(sheet, value) for sheet, value in said if value not in (None, "", SKIPPED, [])]
    heading = Line(
        f"{place}. {question.text}",
        f"{len(answered)} 份作答",
        sheets=tuple(sheet.key for sheet, _ in answered),
        heading=True,
    )
    match question.sort:
        case QuestionSort.TEXT:
            body = [Line(f"{sheet.serial:04d} 号：{value}", sheets=(sheet.key,)) for sheet, value in answered]
        case QuestionSort.NUMBER:
            body = _numbers(answered)
        case _:
            body = [
                _option(number, option, said, len(sheets))
                for number, option in enumerate(question.options, 1)
            ]
    return [heading, *body, *_left_out(said, len(sheets))]


def _option(number: int, option: str, said: Sequence[tuple[Sheet, Any]], whole: int) -> Line:
    chose = tuple(
        sheet.key for sheet, value in said if value == number or (isinstance(value, list) and number in value)
    )
    return Line(option, f"{len(chose)} 份", len(chose) / whole if whole else 0.0, chose)


def _numbers(answered: Sequence[tuple[Sheet, Any]]) -> list[Line]:
    if not answered:
        return []
    values = [float(value) for _, value in answered]
    keys = tuple(sheet.key for sheet, _ in answered)
    low, high = min(values), max(values)
    return [Line(f"平均（最低 {low:g}，最高 {high:g}）", f"{sum(values) / len(values):.2f}", sheets=keys)]


def _left_out(said: Sequence[tuple[Sheet, Any]], whole: int) -> list[Line]:
    found = []
    for words, values in (("弃填", (SKIPPED,)), ("没有填", (None, "", []))):
        keys = tuple(sheet.key for sheet, value in said if value in values)
        if keys:
            found.append(Line(words, f"{len(keys)} 份", len(keys) / whole if whole else 0.0, keys))
    return found
