"""Which sheet a typed or scanned serial means: what the entry screen asks of the books."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from desktop.errors import UserError
from desktop.records.forms import Form, FormIssue, FormReturn
from desktop.records.listing import Query
from desktop.services.books import Books

CODE = 12
"""Characters of a corner code (documents/corner_codes.py)."""
MOST = 500


def issues_of(books: Books, form: Form) -> list[FormIssue]:
    """Return the issues of a form in the order of their serials."""
    found = cast("list[FormIssue]", books.page(Query(FormIssue, where=(("form", form),)), 0, MOST))
    return sorted(found, key=lambda issue: issue.first or 0)


def serial_of(books: Books, form: Form, typed: str) -> int:
    """Return the serial that was typed, or that a scanned corner code says; raises UserError.

    A code of another form is refused with that form's name, so that piles don't get mixed up.
    """
    flat = "".join(typed.split()).upper()
    if flat.isascii() and flat.isdigit() and len(flat) < CODE:
        return int(flat)
    from desktop.documents.corner_codes import decode

    corner = decode(flat)
    if corner.form != form.code:
        others = books.page(Query(Form, where=(("code", corner.form),)), 0, 1)
        called = f"“{others[0].caption()}”" if others else "另一种表单"
        raise UserError(f"这一张是{called}，不是“{form.title}”；请在左边选那种表单再录", field="serial")
    if corner.serial == 0:
        raise UserError("这一张是样张，不用录入", field="serial")
    return corner.serial


def issue_with(issues: Sequence[FormIssue], serial: int) -> FormIssue:
    """Return the issue that a serial belongs to; raises UserError with the serials that were given out."""
    for issue in issues:
        if (issue.first or 0) <= serial <= (issue.last or 0):
            return issue
    given = "、".join(issue.caption() for issue in issues) or "还没有发放"
    raise UserError(f"没有发放过 {serial} 号；发放过的是：{given}", field="serial")


def sheet_of(books: Books, issue: FormIssue, serial: int) -> FormReturn | None:
    """Return the sheet registered under a serial, or None."""
    found = books.page(Query(FormReturn, where=(("issue", issue), ("serial", serial))), 0, 1)
    return cast("FormReturn", found[0]) if found else None
