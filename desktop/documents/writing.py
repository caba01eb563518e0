"""Writing a paper: one file for all, or one a person, whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TypeVar

from desktop.documents.book import Book
from desktop.documents.plate import MM
from desktop.errors import UserError
from desktop.files import folder_for, safe_name, trouble, written
from desktop.records.papers import PreflightFault, Printed, Watch

_LAST_DIGITS = re.compile(r"[0-9]+(?=[^0-9]*$)")
OFTEN = 20
"""Pages between two calls of a watch."""
T = TypeVar("T")
Begin = Callable[[Book], Callable[[T], str | list[str]]]
"""Begins a book: draws there what its pages share, and returns what draws the page or pages of one item."""


@dataclass(frozen=True, slots=True)
class Cover:
    """What a file says of itself: title, author; and the size of its pages in mm."""

    title: str
    author: str
    size: tuple[float, float]


def refuse_faults(faults: Sequence[PreflightFault], *, empty: str = "") -> None:
    """Raise UserError where there is nobody to print for (`empty` says it) or a fault stands in the way."""
    if empty:
        raise UserError(empty, field="people")
    if faults:
        more = f"（另有 {len(faults) - 1} 处问题）" if len(faults) > 1 else ""
        raise UserError(faults[0].message + more)


def write_book(
    target: Path, cover: Cover, items: Sequence[T], begin: Begin[T], watch: Watch | None
) -> Printed:
    """Write the pages of all items into one PDF; raises TroubleError and what `watch` raises, and leaves nothing."""
    with written(target) as temporary:
        try:
            with temporary.open("wb") as file:
                pages, starts = _bind(file, cover, watched(items, watch), begin)
        except OSError as cause:
            raise trouble(target, cause) from cause
    return Printed((str(target),), pages, starts=starts)


def write_apart(
    folder: Path,
    cover: Cover,
    items: Sequence[T],
    begin: Begin[T],
    called: Sequence[str],
    watch: Watch | None,
) -> Printed:
    """Write one PDF an item into a folder, named after `called`, a text an item; all of them or none."""

    def write_one(file: BinaryIO, item: T) -> int:
        pages, _ = _bind(file, cover, [item], begin)
        return pages

    return files_apart(folder, items, write_one, called, watch)


def files_apart(
    folder: Path,
    items: Sequence[T],
    write_one: Callable[[BinaryIO, T], int],
    called: Sequence[str],
    watch: Watch | None,
) -> Printed:
    """Write a file an item by `write_one`, which returns its pages; raises TroubleError and leaves nothing."""
    made_here = not folder.exists()
    folder_for(folder)
    targets = [folder / name for name in file_names(called)]
    present = {target for target in targets if target.exists()}
    pages, done = 0, False
    try:
        with ExitStack() as files:
            for item, target in zip(watched(items, watch), targets, strict=True):
                temporary = files.enter_context(written(target))
                try:
                    with temporary.open("wb") as file:
                        pages += write_one(file, item)
                except OSError as cause:
                    raise trouble(target, cause) from cause
        done = True
    finally:
        if not done:
            _take_back(folder, [target for target in targets if target not in present], made_here=made_here)
    return Printed(tuple(map(str, targets)), pages)


def _take_back(folder: Path, targets: Sequence[Path], *, made_here: bool) -> None:
    """Remove the files of a batch that didn't come to its end, and the folder if we made it."""
    for target in targets:
        target.unlink(missing_ok=True)
    if made_here and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def called_after(kind: str, whose: Sequence[tuple[str, str]]) -> list[str]:
    """Return what the files of a paper are called, for each (number, name) of a person or section.

    Numbers get zeros in front, so that a folder sorted by names has them in their order: 邀〔2026〕09号.
    """
    found = [_LAST_DIGITS.search(number) for number, _ in whose]
    widest = max((len(digits[0]) for digits in found if digits), default=0)
    return [
        "-".join(filter(None, (kind, _LAST_DIGITS.sub(lambda digits: digits[0].zfill(widest), number), name)))
        for number, name in whose
    ]


def file_names(called: Sequence[str]) -> Iterator[str]:
    """Yield a file name for each text, told apart without regard to case (Windows)."""
    used: set[str] = set()
    for place, text in enumerate(called, start=1):
        name = safe_name(text)
        if name.casefold() in used:
            name = f"{name}({place})"
        used.add(name.casefold())
        yield f"{name}.pdf"


def watched(items: Sequence[T], watch: Watch | None) -> Iterator[T]:
    """Yield items and call the watch now and then."""
    for done, item in enumerate(items):
        if watch and not done % OFTEN:
            watch(done, len(items))
        yield item
    if watch:
        watch(len(items), len(items))


def _bind(
    file: BinaryIO, cover: Cover, items: Iterator[T] | Sequence[T], begin: Begin[T]
) -> tuple[int, tuple[int, ...]]:
    """Write the book; return its pages, and where the items begin that may have several (`Printed.starts`)."""
    size = (cover.size[0] * MM, cover.size[1] * MM)
    book = Book(file, title=cover.title, author=cover.author, size=size)
    page, starts = begin(book), list[int]()
    for item in items:
        drawn = page(item)
        if isinstance(drawn, str):
            book.page(drawn)
            continue
        starts.append(book.pages)
        for content in drawn:
            book.page(content)
    book.close()
    return book.pages, tuple(starts)
