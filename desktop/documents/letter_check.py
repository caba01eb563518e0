"""The preflight of letters: what would print wrong, for whom and why, before any paper is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from desktop.documents.embedding import undrawn
from desktop.documents.letter_head import LEAST_HEAD, letterhead, number_width
from desktop.documents.letter_rows import HEIGHT, SIZE, WIDTH
from desktop.documents.letter_slip import SlipBlock
from desktop.documents.qr_matrix import LONGEST
from desktop.documents.roles import Role, missing
from desktop.documents.slip_code import SlipCodes
from desktop.documents.typeset import one_line
from desktop.records.letters import Letter, LetterForm
from desktop.records.papers import PreflightFault
from desktop.records.template import fields_of, fill, literal, unknown

SEEN_AT_ONCE = 200
"""Faults listed before the rest is only counted by the next run: no one reads more."""
LONGEST_NAME, LONGEST_CELL = 30, 150
SHORT_NUMBER = 24
"""Characters of a number that fit the line for sure."""

_LABELS = {
    "letterhead": "红头",
    "title": "标题",
    "salutation": "称呼",
    "body": "正文",
    "programme": "日程表",
    "signature": "落款",
    "date": "日期",
    "contact": "联系方式",
    "slip_title": "回执标题",
    "slip": "回执",
}


def preflight(form: LetterForm, letters: Sequence[Letter]) -> list[PreflightFault]:
    """Return what keeps the letters from being printed, in their order; faults of the form come first.

    Checked are: fields nobody knows, values left empty, characters without a glyph, and texts too long
    for their place.
    """
    parts = _parts(form)
    known = dict.fromkeys(name for letter in letters[:1] for name in letter.fields)
    faults = list(_form_faults(form, parts, known)) if letters else []
    if faults:
        return faults
    checker = _Checker(form, parts)
    for letter in letters:
        faults.extend(replace(fault, record=letter.record) for fault in checker.faults(letter))
        if len(faults) >= SEEN_AT_ONCE:
            break
    return faults


def _parts(form: LetterForm) -> list[tuple[str, str, Role]]:
    """Return the texts of a form as (label, template, role)."""
    roles = {"letterhead": Role.TITLE, "title": Role.TITLE, "slip_title": Role.TITLE}
    parts = [
        (_LABELS[name], getattr(form, name), roles.get(name, Role.FANG))
        for name in _LABELS
        if name != "programme"
    ]
    return parts + [(_LABELS["programme"], cell, Role.FANG) for cell in _cells(form)]


def _cells(form: LetterForm) -> list[str]:
    return [cell for row in form.programme for cell in (row.time, row.item, row.place)]


def _one_liners(form: LetterForm) -> list[tuple[str, str]]:
    """Return what has to stand on one line, as (label, template)."""
    return [(_LABELS["signature"], form.signature), (_LABELS["date"], form.date)]


def _too_wide(text: str) -> bool:
    return len(text) > 20 and one_line(text, Role.FANG, SIZE).width > WIDTH - 4 * SIZE


def _form_faults(
    form: LetterForm, parts: list[tuple[str, str, Role]], known: Mapping[str, object]
) -> Iterator[PreflightFault]:
    """Yield the faults that no letter of the form could escape."""
    for label, text, role in parts:
        for fault in unknown(text, known):
            yield PreflightFault("", "", f"{label}的{fault.message}")
        for character in missing(literal(text), role):
            yield PreflightFault("", character, f"{label}里的{undrawn(character)}")
    for label, text in (("标题", form.title), ("正文", form.body), ("落款", form.signature)):
        if not text.strip():
            yield PreflightFault("", "", f"{label}是空的，请先填写")
    if not fields_of(form.letterhead) and form.letterhead and letterhead(form.letterhead).size < LEAST_HEAD:
        yield PreflightFault("", "", "红头名称太长，一行排不下，请改用规范化简称")
    if fields_of(form.letterhead):
        yield PreflightFault("", "", "红头是全体一样的，里面不能用字段，请去掉花括号")
    for label, text in _one_liners(form):
        if not fields_of(text) and _too_wide(text):
            yield PreflightFault("", "", f"{label}太长，一行排不下，请缩短")
    if any(not fields_of(cell) and len(cell) > LONGEST_CELL for cell in _cells(form)):
        yield PreflightFault("", "", f"日程表有一格超过{LONGEST_CELL}个字，请缩短")


class _Checker:
    """Checks letter after letter, remembering the characters that are known to be drawn."""

    def __init__(self, form: LetterForm, parts: list[tuple[str, str, Role]]) -> None:
        self._form = form
        self._codes = SlipCodes()
        self._varying = [(label, fields_of(text), role) for label, text, role in parts if fields_of(text)]
        self._drawn: dict[Role, set[str]] = {role: {"\n"} for role in Role}
        self._slip = SlipBlock(form) if form.slip.strip() else None
        self._short = [part for part in _one_liners(form) if fields_of(part[1])]
        self._cells = [cell for cell in _cells(form) if fields_of(cell)]

    def faults(self, letter: Letter) -> Iterator[PreflightFault]:
        person = letter.person
        for label, names, role in self._varying:
            for name in names:
                value = letter.fields.get(name)
                if value is None:
                    yield PreflightFault(person, "", f"{person or letter.number}缺少字段“{name}”（{label}）")
                    return
                if not value.strip():
                    told = f"{person or letter.number}的“{name}”没有填写，{label}会留空"
                    yield PreflightFault(person, "", told)
                yield from self._undrawn(person, label, value, role)
        yield from self._undrawn(person, "编号", letter.number, Role.FANG)
        yield from self._too_long(letter)

    def _undrawn(self, person: str, label: str, text: str, role: Role) -> Iterator[PreflightFault]:
        drawn = self._drawn[role]
        if drawn.issuperset(text):
            return
        bad = missing("".join(character for character in text if character not in drawn), role)
        drawn |= set(text) - set(bad)
        for character in bad:
            yield PreflightFault(person, character, f"{person}({label}):{undrawn(character)}")

    def _too_long(self, letter: Letter) -> Iterator[PreflightFault]:
        who = letter.person or letter.number
        if len(letter.person) > LONGEST_NAME:
            yield PreflightFault(letter.person, "", f"姓名“{who[:12]}…”超过{LONGEST_NAME}个字，请核对")
        if len(letter.number) > SHORT_NUMBER and number_width(letter.number) > WIDTH:
            yield PreflightFault(letter.person, "", f"{who}的编号太长，一行排不下")
        if len(letter.code.encode("utf-8", "replace")) > LONGEST:
            yield PreflightFault(letter.person, "", f"{who}的二维码内容太长，最多{LONGEST}个字节")
            return
        for label, text in self._short:
            if _too_wide(fill(text, letter.fields)):
                yield PreflightFault(letter.person, "", f"{who}的{label}太长，一行排不下，请缩短")
        if any(len(fill(text, letter.fields)) > LONGEST_CELL for text in self._cells):
            yield PreflightFault(letter.person, "", f"{who}的日程表有一格超过{LONGEST_CELL}个字，请缩短")
        if not self._slip_fits(letter):
            yield PreflightFault(letter.person, "", f"{who}的回执太长，一页排不下，请缩短回执文字")

    def _slip_fits(self, letter: Letter) -> bool:
        """Tell whether the slip is no higher than a page; measured only where it might not be."""
        if not self._slip:
            return True
        text = fill(self._form.slip, letter.fields)
        if len(text) < 250 and text.count("\n") < 12:
            return True
        width = self._codes.width(letter.code) if letter.code else 0.0
        return self._slip.cast(letter.fields, width).height <= HEIGHT
