"""Invitation letters 邀请函: checked before any paper is used, then written whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from desktop.documents.book import Book
from desktop.documents.ink import Inks
from desktop.documents.letter_check import preflight
from desktop.documents.letter_press import LetterPress
from desktop.documents.letter_setting import LetterSetting
from desktop.documents.roles import Role, chain, printable
from desktop.documents.template import fields_of
from desktop.errors import UserError
from desktop.files import folder_for, safe_name, trouble, written
from desktop.records.papers import Letter, LetterForm, Printed, Watch

OFTEN = 20
"""Letters between two calls of a watch."""
OFTEN_ENOUGH = 8
"""One letter in so many has to hold a character for it to go into the stock of all files."""
KIND = "邀请函"


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
    _refuse_faults(form, letters)
    if separate:
        return _write_separately(target, form, letters, watch)
    try:
        with written(target) as temporary, temporary.open("wb") as file:
            book = Book(file, title=_title(form), author=_author(form))
            press = LetterPress(LetterSetting(form), book.inks)
            for letter in _watched(letters, watch):
                press.print(letter, book)
            book.close()
    except OSError as cause:
        raise trouble(target, cause) from cause
    return Printed(files=(str(target),), pages=book.pages)


def _refuse_faults(form: LetterForm, letters: Sequence[Letter]) -> None:
    if not letters:
        raise UserError("没有可打印的邀请函:请先选择邀请对象")
    if faults := preflight(form, letters):
        more = f"(另有 {len(faults) - 1} 处问题)" if len(faults) > 1 else ""
        raise UserError(faults[0].message + more)


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


def _write_separately(
    folder: Path, form: LetterForm, letters: Sequence[Letter], watch: Watch | None
) -> Printed:
    """Write one file a letter under temporary names; they get their own only when all are whole."""
    made_here = not folder.exists()
    folder_for(folder)
    targets = [folder / name for name in _names(letters)]
    present = {target for target in targets if target.exists()}
    each, pages, done = _Separate(form, letters), 0, False
    try:
        with ExitStack() as files:
            for letter, target in zip(_watched(letters, watch), targets, strict=True):
                temporary = files.enter_context(written(target))
                try:
                    with temporary.open("wb") as file:
                        pages += each.write(file, letter)
                except OSError as cause:
                    raise trouble(target, cause) from cause
        done = True
    finally:
        if not done:
            _take_back(folder, [target for target in targets if target not in present], made_here=made_here)
    return Printed(files=tuple(map(str, targets)), pages=pages)


def _take_back(folder: Path, targets: Sequence[Path], *, made_here: bool) -> None:
    """Remove the files of a batch that didn't come to its end, and the folder if we made it."""
    for target in targets:
        target.unlink(missing_ok=True)
    if made_here and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def _names(letters: Sequence[Letter]) -> Iterator[str]:
    """Yield a file name for each letter, told apart without regard to case (Windows)."""
    used: set[str] = set()
    for place, letter in enumerate(letters, start=1):
        name = safe_name("-".join(filter(None, (KIND, letter.number, letter.person))))
        if name.casefold() in used:
            name = f"{name}({place})"
        used.add(name.casefold())
        yield f"{name}.pdf"


def _watched(letters: Sequence[Letter], watch: Watch | None) -> Iterator[Letter]:
    for done, letter in enumerate(letters):
        if watch and not done % OFTEN:
            watch(done, len(letters))
        yield letter
    if watch:
        watch(len(letters), len(letters))


def _title(form: LetterForm) -> str:
    """Return the document's title; one with fields would carry a person's name into every viewer's bar."""
    return KIND if fields_of(form.title) or not form.title.strip() else " ".join(form.title.split())


def _author(form: LetterForm) -> str:
    return next(
        (text for text in (form.letterhead, form.signature) if text.strip() and not fields_of(text)), ""
    )
