"""Values that go on paper: frozen, plain, and free of records, so that they may cross threads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Watch = Callable[[int, int], None]
"""Called as watch(done, total) now and then by long work; it raises Cancelled to stop it."""


class Head(StrEnum):
    """How the head of a letter is printed."""

    RED = "红头"
    PLAIN = "无红头"
    PREPRINTED = "预印红头纸"


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


class QuestionSort(StrEnum):
    """How a question of a form is answered."""

    CHOICE = "单选"
    SEVERAL = "多选"
    SCALE = "五级"
    TEXT = "文字"
    NUMBER = "数字"


SCALE_LABELS = ("满意", "比较满意", "一般", "不太满意", "不满意")
"""The five steps of 组织工作满意度测评; a scale question may bring its own five words."""


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """One question: stable key (q1…), sort, text, options for choice/several/scale, lines for text."""

    key: str
    sort: QuestionSort
    text: str
    options: tuple[str, ...] = ()
    lines: int = 3
    required: bool = False


@dataclass(frozen=True, slots=True)
class FormPaper:
    """A form version as it is printed: `code` is the form's number 1…46,655, version 1…35."""

    code: int
    version: int
    title: str
    sort: str
    intro: str
    questions: tuple[FormQuestion, ...]
    footer: str = ""
    named: bool = False


@dataclass(frozen=True, slots=True)
class SignInRow:
    """One line of the sign-in sheet 签到表 (no restricted tag, ever: it lies open in the hall)."""

    name: str
    unit: str
    post: str
    sort: str
    record: bytes = b""


@dataclass(frozen=True, slots=True)
class SignInSheet:
    """签到表: title, one line under it (date, place), rows in the order given, blank rows for walk-ins."""

    title: str
    subtitle: str
    rows: tuple[SignInRow, ...]
    blank_rows: int = 5


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One line of a 统计表, as it is printed."""

    label: str
    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class ReportTable:
    """One table of a 统计表: heading ('' for the only one), rows, and notes under it that give the formulas."""

    heading: str
    rows: tuple[ReportRow, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """统计表: title, the office that reports, what it covers, the day it was made, its tables."""

    title: str
    office: str
    period: str
    made_on: str
    tables: tuple[ReportTable, ...]


@dataclass(frozen=True, slots=True)
class PreflightFault:
    """Why a paper can't be printed yet: the person, the character at fault ('' if none), a sentence.

    `record` is the person's id, b"" where it is about nobody: two people may have one name.
    """

    person: str
    character: str
    message: str
    record: bytes = b""


@dataclass(frozen=True, slots=True)
class Printed:
    """What a document writer made: files in order and pages in all."""

    files: tuple[str, ...]
    pages: int
    preflight: tuple[PreflightFault, ...] = field(default=())
