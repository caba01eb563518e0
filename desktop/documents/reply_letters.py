"""答复函: letters like an invitation, the answer in place of the day; a form an answer, filled for each raiser.

What is an answer's own is filled into the form once; only name and address of who gets it are left as {字段}.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from desktop.documents.book import Book
from desktop.documents.guest_check import SEEN_AT_ONCE
from desktop.documents.letter_check import preflight as letters_preflight
from desktop.documents.letter_press import LetterPress
from desktop.documents.letter_setting import LetterSetting
from desktop.documents.writing import called_after, files_apart, refuse_faults, watched
from desktop.files import trouble, written
from desktop.records.letters import Letter, LetterForm
from desktop.records.papers import PreflightFault, Printed, Watch
from desktop.records.template import fields_of, fill, unknown
from desktop.records.ticket_papers import PERSON_FIELDS, REPLY_FIELDS, Replies, Reply

KIND = "答复函"
TEXTS = {"title": "标题", "salutation": "称呼", "body": "正文", "slip_title": "回执标题", "slip": "回执"}


@dataclass(frozen=True, slots=True)
class _One:
    """A letter with the form that it shares with the others of its answer."""

    reply: Reply
    form: LetterForm
    letter: Letter


def write_letters(
    target: Path, values: Replies, *, separate: bool = False, watch: Watch | None = None
) -> Printed:
    """Print the letters, or with `separate` a file of each; raises UserError, TroubleError, what `watch` raises."""
    ones = list(_ones(values)) if not (faults := preflight(values)) else []
    refuse_faults(faults, empty="" if ones or faults else "没有可打印的答复函")
    if separate:

        def write_one(file: BinaryIO, one: _One) -> int:
            pages, _ = _bound(file, values, [one])
            return pages

        whose = [(one.letter.number, f"{one.reply.ticket}-{one.letter.person}") for one in ones]
        return files_apart(target, ones, write_one, called_after(KIND, whose), watch)
    with written(target) as temporary:
        try:
            with temporary.open("wb") as file:
                pages, starts = _bound(file, values, watched(ones, watch))
        except OSError as cause:
            raise trouble(target, cause) from cause
    return Printed((str(target),), pages, starts=tuple(starts))


def _bound(file: BinaryIO, values: Replies, ones: Iterator[_One] | Sequence[_One]) -> tuple[int, list[int]]:
    """Write letters into one book; return its pages and where each begins."""
    book, press, last = Book(file, title=KIND, author=values.office), None, None
    starts = list[int]()
    for one in ones:
        if press is None or one.reply is not last:
            book.shown.clear()  # what letters share is of one form only
            press, last = LetterPress(LetterSetting(one.form), book.inks), one.reply
        starts.append(book.pages)
        press.print(one.letter, book)
    book.close()
    return book.pages, starts


def _ones(values: Replies) -> Iterator[_One]:
    for reply in values.replies:
        form = _filled(reply)
        yield from (_One(reply, form, letter) for letter in reply.letters)


def _filled(reply: Reply) -> LetterForm:
    """Return the form with the answer's own fields filled, and braces in them kept as plain text."""
    told = {name: _literal(text) for name, text in reply.fields.items()}
    kept = told | {name: f"{{{name}}}" for name in PERSON_FIELDS}
    return replace(
        reply.form, **{name: fill(_literal_pairs(getattr(reply.form, name)), kept) for name in TEXTS}
    )


def _literal(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _literal_pairs(template: str) -> str:
    """Return a template whose written-out braces come through one filling as they are."""
    return template.replace("{{", "{{{{").replace("}}", "}}}}")


def preflight(values: Replies) -> list[PreflightFault]:
    """Return what keeps letters from being printed: unknown fields, fields without a text, glyphs, what is too long."""
    faults = list[PreflightFault]()
    for reply in values.replies:
        own = list(_field_faults(reply))
        faults += [fault for fault in (own or _letter_faults(reply)) if fault not in faults]
        if len(faults) >= SEEN_AT_ONCE:
            break
    return faults


def _field_faults(reply: Reply) -> Iterator[PreflightFault]:
    for name, label in TEXTS.items():
        text = getattr(reply.form, name)
        for fault in unknown(text, REPLY_FIELDS):
            yield PreflightFault("", "", f"答复函文稿的{label}：{fault.message}")
        for field in fields_of(text):
            if not reply.fields.get(field, field).strip():
                told = f"{reply.ticket} 的“{field}”没有内容，答复函{label}会留空"
                yield PreflightFault(reply.ticket, "", told, reply.record)


def _letter_faults(reply: Reply) -> Iterator[PreflightFault]:
    """Yield the faults of an answer's letters; one of the office's own head or signature names no ticket."""
    for fault in letters_preflight(_filled(reply), reply.letters):
        if not (fault.person or fault.character):
            yield fault
            continue
        told = fault.message if fault.person else f"{reply.ticket} 的答复函{fault.message}"
        yield PreflightFault(
            fault.person or reply.ticket, fault.character, told, fault.record or reply.record
        )
