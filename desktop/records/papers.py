"""Values that go on paper: frozen, plain, and free of records, so that they may cross threads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

Watch = Callable[[int, int], None]
"""Called as watch(done, total) now and then by long work; it raises Cancelled to stop it."""


class Head(StrEnum):
    """How the head of a letter is printed."""

    RED = "红头"
    PLAIN = "无红头"
    PREPRINTED = "预印红头纸"


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
class PreflightFault:
    """Why a paper can't be printed yet: the person, the character at fault ('' if none), a sentence.

    `record` is the person's id, b"" where it is about nobody: two people may have one name.
    """

    person: str
    character: str
    message: str
    record: bytes = b""
    passes: bool = False
    """Whether it stops nothing: it says for whom nothing is printed."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What a document writer made: files in order and pages in all."""

    files: tuple[str, ...]
    pages: int
    preflight: tuple[PreflightFault, ...] = field(default=())
    starts: tuple[int, ...] = field(default=())
    """Of pieces that may have several pages, the first page of each (from 0): no two share a sheet."""
