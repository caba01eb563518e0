"""Letters and sign-in sheets as plain values: what stands on them, ready to be drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.records.papers import Head

LETTER_FIELDS = (
    "姓名",
    "称谓",
    "称呼",
    "单位",
    "职务",
    "身份",
    "编号",
    "主题",
    "日期",
    "星期",
    "时间",
    "地点",
    "带队领导",
    "单位名称",
    "联系人",
    "回执截止日期",
    "答复时限",
)
"""The {字段} that a letter wording may use."""


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """One line of the programme 日程: time, item, place (plain text)."""

    time: str
    item: str
    place: str


@dataclass(frozen=True, slots=True)
class LetterForm:
    """What all invitation letters of one order share; texts may hold {字段} to be filled per letter.

    `body` and `slip` are paragraphs separated by newlines; an empty `slip` prints no reply slip.
    """

    head: Head
    letterhead: str
    title: str
    salutation: str
    body: str
    signature: str
    date: str
    programme: tuple[ProgrammeRow, ...] = ()
    contact: str = ""
    slip_title: str = "回执"
    slip: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter: 编号, the person's name (for preflight and file names), field texts, QR text, the person's id."""

    number: str
    person: str
    fields: Mapping[str, str]
    code: str
    record: bytes = b""


@dataclass(frozen=True, slots=True)
class SignInRow:
    """One line of the sign-in sheet 签到表 (no restricted tag, ever: it lies open in the hall)."""

    name: str
    unit: str
    post: str
    sort: str
    record: bytes = b""
    seat: str = ""


@dataclass(frozen=True, slots=True)
class SignInSheet:
    """签到表: title, one line under it (date, place), rows in the order given, blank rows for walk-ins.

    There is a column of seats where anybody has one.
    """

    title: str
    subtitle: str
    rows: tuple[SignInRow, ...]
    blank_rows: int = 5
