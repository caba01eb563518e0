"""The questions of a form as one value: kept as JSON, written by people one question a line."""

from __future__ import annotations

import json
import re
from typing import Any

from desktop.records import cleaning
from desktop.records.kinds import Text
from desktop.records.papers import SCALE_LABELS, FormQuestion, QuestionSort
from desktop.records.patterns import pattern

MOST_QUESTIONS = 60
LINE = pattern(r"(?:\d+[.．、]\s*)?(单选|多选|五级|文字|数字)\s*(\*)?\s*[:：]?\s*(.+)")
OPTIONS = pattern(r"^(.*?)[:：]?\s*[\[【](.+)[\]】]\s*$")


def as_line(question: FormQuestion) -> str:
    """Return one question as people write it: `单选* 您的身份 [党代表|人大代表]`."""
    options = f" [{'|'.join(question.options)}]" if question.options else ""
    return f"{question.sort}{'*' if question.required else ''} {question.text}{options}"


def as_dict(question: FormQuestion) -> dict[str, Any]:
    """Return one question as JSON holds it."""
    return {
        "key": question.key,
        "sort": str(question.sort),
        "text": question.text,
        "options": list(question.options),
        "lines": question.lines,
        "required": question.required,
    }


def from_dict(value: dict[str, Any], place: int) -> FormQuestion:
    """Return the question that a JSON object holds; raises ValueError with a Chinese reason."""
    try:
        sort = QuestionSort(value["sort"])
        text = cleaning.one_line(str(value["text"]))
    except (KeyError, ValueError, TypeError):
        raise ValueError(f"第 {place} 题缺少题型或题目，题型可为 {'、'.join(QuestionSort)}") from None
    options = tuple(cleaning.one_line(str(option)) for option in value.get("options") or ())
    if sort is QuestionSort.SCALE and not options:
        options = SCALE_LABELS
    question = FormQuestion(
        key=str(value.get("key") or f"q{place}"),
        sort=sort,
        text=text,
        options=options if sort in (QuestionSort.CHOICE, QuestionSort.SEVERAL, QuestionSort.SCALE) else (),
        lines=int(value.get("lines") or 3),
        required=bool(value.get("required")),
    )
    return _checked(question, place)


def _checked(question: FormQuestion, place: int) -> FormQuestion:
    if not question.text:
        raise ValueError(f"第 {place} 题没有题目")
    if len(question.text) > 300:
        raise ValueError(f"第 {place} 题的题目有 {len(question.text)} 个字，最多 300 个字")
    if question.sort in (QuestionSort.CHOICE, QuestionSort.SEVERAL) and len(question.options) < 2:
        raise ValueError(f"第 {place} 题是{question.sort}题，至少要有两个选项，写作 [选项一|选项二]")
    if question.sort is QuestionSort.SCALE and len(question.options) != 5:
        raise ValueError(f"第 {place} 题是五级题，要有 5 个选项，现有 {len(question.options)} 个")
    if len(set(question.options)) < len(question.options):
        raise ValueError(f"第 {place} 题有重复的选项")
    if any(not option or len(option) > 100 for option in question.options):
        raise ValueError(f"第 {place} 题有空的或超过 100 个字的选项")
    return question


def from_line(line: str, place: int) -> FormQuestion:
    """Return the question written on one line; raises ValueError with a Chinese reason."""
    found = LINE.fullmatch(line.strip())
    if not found:
        raise ValueError(
            f"第 {place} 行“{line.strip()[:20]}”应以题型开头（{'、'.join(QuestionSort)}），如“单选 您的身份 [党员|群众]”"
        )
    text, options = found[3], ""
    if bracketed := OPTIONS.match(text):
        text, options = bracketed[1], bracketed[2]
    parts = [part for part in re.split(r"[|｜]", options) if part.strip()]
    return from_dict({"sort": found[1], "text": text, "options": parts, "required": bool(found[2])}, place)


class Questions(Text):
    """The questions of a form: typed one a line or given as JSON, kept as JSON."""

    longest = 60_000

    def parse(self, text: str) -> str:
        try:
            questions = self._questions(cleaning.many_lines(text))
        except ValueError as reason:
            raise self.wrong(f"：{reason}") from None
        return dump(questions)

    @staticmethod
    def _questions(text: str) -> list[FormQuestion]:
        if text.lstrip().startswith("["):
            try:
                values = json.loads(text)
            except json.JSONDecodeError as cause:
                raise ValueError(f"JSON 在第 {cause.lineno} 行第 {cause.colno} 列写错了") from None
            except RecursionError:
                raise ValueError("JSON 嵌套得太深，应是由题目对象组成的列表") from None
            if not all(isinstance(value, dict) for value in values):
                raise ValueError("JSON 应是由题目对象组成的列表")
            return [from_dict(value, place) for place, value in enumerate(values, 1)]
        lines = [line for line in text.split("\n") if line.strip()]
        return [from_line(line, place) for place, line in enumerate(lines, 1)]

    def check(self, value: str) -> None:
        super().check(value)
        questions = load(value)
        if len(questions) > MOST_QUESTIONS:
            raise self.wrong(f"最多 {MOST_QUESTIONS} 题，现有 {len(questions)} 题")
        if len({question.key for question in questions}) < len(questions):
            raise self.wrong("有重复的题号")

    def show(self, value: str) -> str:
        return "\n".join(as_line(question) for question in load(value))

    def plain(self, value: str) -> list[dict[str, Any]]:
        return [as_dict(question) for question in load(value)]


def load(value: str) -> tuple[FormQuestion, ...]:
    """Return the questions kept in a column."""
    return tuple(from_dict(item, place) for place, item in enumerate(json.loads(value or "[]"), 1))


def dump(questions: list[FormQuestion]) -> str:
    """Return questions as they are kept in a column."""
    return json.dumps([as_dict(question) for question in questions], ensure_ascii=False)


class Answers(Text):
    """The answers of one returned form: {question key: answer}, kept as JSON."""

    longest = 60_000

    def parse(self, text: str) -> str:
        """Accept JSON, or `q1=2 q3=1,4` with option numbers; checked against the form by services/forms.py."""
        flat = cleaning.many_lines(text).strip()
        if not flat:
            return ""
        try:
            values = json.loads(flat) if flat.startswith("{") else dict(self._pairs(flat))
        except (json.JSONDecodeError, ValueError):
            raise self.wrong("应写作 q1=2;q2=1,3 或 JSON") from None
        return json.dumps(values, ensure_ascii=False)

    @staticmethod
    def _pairs(text: str) -> list[tuple[str, str]]:
        pairs = []
        for part in filter(str.strip, re.split(r"[;；\n]", text)):
            key, found, answer = part.partition("=")
            if not found:
                raise ValueError(part)
            pairs.append((key.strip(), answer.strip()))
        return pairs

    def plain(self, value: str) -> dict[str, Any]:
        return json.loads(value) if value else {}
