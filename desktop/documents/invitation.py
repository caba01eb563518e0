"""Invitation letters 邀请函: checked before any paper is used, then written whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from desktop.documents.book import Book
from desktop.documents.ink import Inks
from desktop.documents.letter_check import preflight
from desktop.documents.letter_press import LetterPress
from desktop.documents.letter_setting import LetterSetting
from desktop.documents.roles import Role, chain, printable
from desktop.documents.writing import called_after, files_apart, refuse_faults, watched
from desktop.files import trouble, written
from desktop.records.letters import Letter, LetterForm
from desktop.records.papers import Printed, Watch
from desktop.records.template import fields_of

OFTEN_ENOUGH = 8
"""One letter in so many has to hold a character for it to go into the stock of all files."""
KIND = "邀请函"
EMPTY = "没有可打印的邀请函：请先选择邀请对象"


def write_letters(
    target: Path,
    form: LetterForm,
    letters: Sequence[Letter],
    *,
    separate: bool = False,
    watch: Watch | None = None,
) -> Printed:
    """Print `letters` to one PDF at `target`, or with `separate` to one PDF each in the folder `target`.

    Raises UserError where there are no letters or `preflight` finds a fault, TroubleError where a file
    can't be written, and what `watch` raises; then none of the files is there and old ones are as before.
    """
    refuse_faults(preflight(form, letters), empty="" if letters else EMPTY)
    if separate:
        called = called_after(KIND, [(letter.number, letter.person) for letter in letters])
        return files_apart(target, letters, _Separate(form, letters).write, called, watch)
    try:
        with written(target) as temporary, temporary.open("wb") as file:
            book = Book(file, title=_title(form), author=_author(form))
            press = LetterPress(LetterSetting(form), book.inks)
            starts: list[int] = []
            for letter in watched(letters, watch):
                starts.append(book.pages)
                press.print(letter, book)
            book.close()
    except OSError as cause:
        raise trouble(target, cause) from cause
    return Printed((str(target),), book.pages, starts=tuple(starts))


class _Separate:
    """Writes letters as a PDF each; what they have alike is set, cut out of its faces and deflated once."""

    def __init__(self, form: LetterForm, letters: Sequence[Letter]) -> None:
        self._title, self._author = _title(form), _author(form)
        self._stock = Inks()
        for role in (Role.FANG, Role.SONG):
            self._stock.used.enter(_frequent(letters), chain(role))
        self._press = LetterPress(LetterSetting(form), self._stock)

    def write(self, file: BinaryIO, letter: Letter) -> int:
        """Write the PDF of one letter and return its pages."""
        book = Book(file, title=self._title, author=self._author, stock=self._stock)
        self._press.print(letter, book)
        book.close()
        return book.pages


def _frequent(letters: Sequence[Letter]) -> str:
    """Return the characters that many of the letters hold: in the stock they cost each file less."""
    held = Counter[str]()
    for letter in letters:
        held.update(set(letter.number).union(*letter.fields.values()))
    return printable(
        "".join(character for character, count in held.items() if count * OFTEN_ENOUGH > len(letters))
    )


def _title(form: LetterForm) -> str:
    """Return the document's title; one with fields would carry a person's name into every viewer's bar."""
    return KIND if fields_of(form.title) or not form.title.strip() else " ".join(form.title.split())


def _author(form: LetterForm) -> str:
    return next(
        (text for text in (form.letterhead, form.signature) if text.strip() and not fields_of(text)), ""
    )
