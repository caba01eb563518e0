"""What goes on the papers of tickets: sheets of labelled rows, ruled lists, letters, a notice; frozen, sizes in mm.

None of them has a place for a restricted tag, and of an anonymous raiser they hold no more than that word.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.records.letters import Letter, LetterForm
from desktop.records.papers import Head, PreflightFault

WITH_STUB = "A4带回执"
SLIPS = {"A4": (210.0, 297.0), WITH_STUB: (210.0, 297.0)}
"""交办单: one part, or two with a stub under a cut line that comes back signed."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row of a sheet: label and text, or twice both; `blank` is its least height in mm, room to write in."""

    cells: tuple[str, ...]
    blank: float = 0.0


@dataclass(frozen=True, slots=True)
class SheetPart:
    """Rows under a heading of their own, or without one."""

    rows: tuple[SheetRow, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper of labelled rows: 交办单, 催办单, 督办单, 议题单.

    `about` is what its file is called after and what a fault names; `foot` stands under it, left and right;
    `code` is its QR code, top right, '' for none; `stub` are the rows below the cut line, none where it has no stub.
    """

    title: str
    number: str
    about: str
    parts: tuple[SheetPart, ...]
    foot: tuple[str, str] = ("", "")
    stub_title: str = ""
    stub: tuple[SheetRow, ...] = ()
    record: bytes = b""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Sheets:
    """Sheets of one kind, each from a page of its own; `numbers` are those that the register gave out."""

    kind: str
    office: str
    sheets: tuple[Sheet, ...]
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list: its label, its share of the width, whether short texts stand in its middle."""

    label: str
    width: float
    middle: bool = False


@dataclass(frozen=True, slots=True)
class ListPaper:
    """A ruled list across A4: 台账, 销号表, 决定事项; `total` is its last line, `foot` what is signed under it."""

    kind: str
    title: str
    office: str
    subtitle: str
    columns: tuple[ListColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    total: str
    foot: str = ""
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer as a letter to each who raised the matter.

    `form` holds {字段}: those of `fields` are the answer's, the others (`PERSON_FIELDS`) each letter's own.
    """

    ticket: str
    number: str
    form: LetterForm
    fields: dict[str, str]
    letters: tuple[Letter, ...]
    record: bytes = b""


@dataclass(frozen=True, slots=True)
class Replies:
    """答复函: the answers, in the order of their tickets."""

    office: str
    replies: tuple[Reply, ...]
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OverdueNotice:
    """通报 of what is late: paragraphs after GB/T 9704, separated by newlines; plain text, no {字段}."""

    head: Head
    letterhead: str
    number: str
    title: str
    body: str
    signature: str
    date: str
    contact: str = ""
    numbers: tuple[str, ...] = ()


PERSON_FIELDS = ("姓名", "称谓", "称呼", "单位")
"""The {字段} of a 答复函 that differ from one raiser to the next."""
REPLY_FIELDS = (
    *PERSON_FIELDS, "编号", "函号", "类型", "摘要", "内容", "反映日期", "承办科室", "经办人", "办理结果", "答复日期",
    "答复内容", "会议", "采纳情况", "采纳理由", "落实情况", "单位名称", "联系人",
)  # fmt: skip
"""The {字段} that the wording of a 答复函 may use."""


def passed_over(number: str, why: str, record: bytes, *, passes: bool) -> PreflightFault:
    """Return why nothing is printed of a ticket, or what of it isn't; it stops the paper unless it `passes`."""
    return PreflightFault(number, "", f"{number} {why}", record, passes)
