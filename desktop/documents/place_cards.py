"""席卡: the name large on both sides of a folded card, the back face upside down so that it stands upright."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

from desktop.documents.book import Book
from desktop.documents.fitting import MOST_NAME_LINES, name_line, name_lines
from desktop.documents.guest_check import GuestCheck, file_names, some
from desktop.documents.ink import Inks
from desktop.documents.plate import MM, Plate, grey, moved, turned
from desktop.documents.roles import FontSource, Role, clean, source
from desktop.documents.typeset import Line, one_line
from desktop.documents.writing import Cover, refuse_faults, write_apart, write_book
from desktop.records.pack import CARDS, Fold, Guest, PlaceCards
from desktop.records.papers import PreflightFault, Printed, Watch

KIND = "席卡"
ROLE = Role.TITLE
USUAL, LEAST = 4, 6.0
"""Names of up to four characters share one size; below 6 mm a name can't be read across a table."""
HIGHEST, LINE_PITCH = 0.5, 1.25
"""The share of a face's height that a name takes at most; from line to line, in em."""
TICK = 4.0


def write_cards(
    target: Path, values: PlaceCards, *, separate: bool = False, watch: Watch | None = None
) -> Printed:
    """Print one card a page; raises UserError for a fault, TroubleError, and what `watch` raises."""
    refuse_faults(preflight(values), empty="" if values.guests else "没有要印席卡的人：请先选择邀请对象")
    fold = CARDS[values.size]

    def begin(book: Book) -> Callable[[Guest], str]:
        ticks = book.form(_ticks(fold, book.inks))
        return lambda guest: ticks + _card(fold, guest, book.inks)

    cover = Cover(KIND, "", fold.page)
    if separate:
        return write_apart(target, cover, values.guests, begin, file_names(KIND, values.guests), watch)
    return write_book(target, cover, values.guests, begin, watch)


def preflight(values: PlaceCards) -> list[PreflightFault]:
    """Return what keeps cards from being printed: characters without a glyph, names too long to be read."""
    return some(_faults(values))


def _faults(values: PlaceCards) -> Iterator[PreflightFault]:
    check, fold = GuestCheck({"name": ROLE}), CARDS[values.size]
    for guest in values.guests:
        yield from check.faults(guest)
        if guest.name.strip() and set_name(guest.name, fold.width, fold.height)[0].size < LEAST * MM:
            yield PreflightFault(guest.name, "", f"姓名“{guest.name[:12]}…”太长，席卡上排不下", guest.record)


def set_name(name: str, width: float, height: float) -> list[Line]:
    """Return the lines of a name as large as a face of width × height mm allows."""
    return _set_name(clean(name), width, height, source())


@lru_cache(maxsize=512)
def _set_name(name: str, width: float, height: float, _source: FontSource) -> list[Line]:
    room, most = width - 2 * 0.06 * width, HIGHEST * height
    best: list[Line] = []
    for count in range(1, MOST_NAME_LINES + 1):
        found = name_lines(name, ROLE, 10, count)
        ems = max(max(line.width for line in found) / 10, USUAL * 1.06)
        size = min(room / ems, most if len(found) == 1 else 0.78 * height / (LINE_PITCH * len(found)))
        if len(found) == count and (not best or size * MM > 1.15 * best[0].size):
            best = [_at(line.text, round(size * MM, 1), alone=count == 1) for line in found]
    return best


def _at(text: str, size: float, *, alone: bool) -> Line:
    """Return a line of a name; standing alone, two characters are a character apart and three a little."""
    if alone and len(text) == 3:
        return one_line(text, ROLE, size, pitch=1.12 * size)
    return name_line(text, ROLE, size) if alone else one_line(text, ROLE, size)


def _card(fold: Fold, guest: Guest, inks: Inks) -> str:
    plate = Plate(inks, fold.height)
    lines = set_name(guest.name, fold.width, fold.height)
    em = lines[0].size / MM
    first = fold.height / 2 - (len(lines) - 1) * LINE_PITCH * em / 2 + 0.37 * em
    for place, line in enumerate(lines):
        plate.middle(line, fold.width / 2, first + place * LINE_PITCH * em)
    face = plate.content()
    left = (fold.page[0] - fold.width) / 2
    back = moved(turned(face, fold.width, fold.height), left, fold.top, fold.height, fold.page[1])
    return back + moved(face, left, fold.top + fold.height, fold.height, fold.page[1])


def _ticks(fold: Fold, inks: Inks) -> str:
    """Draw where to fold and, where the card is smaller than the sheet, where to cut."""
    plate = Plate(inks, fold.page[1])
    left = (fold.page[0] - fold.width) / 2
    right, bottom = left + fold.width, fold.top + fold.faces * fold.height
    for face in range(1, fold.faces):
        y = fold.top + face * fold.height
        plate.rule(max(left - TICK, 0), y, max(left, TICK), y, 0.2)
        plate.rule(min(right, fold.page[0] - TICK), y, min(right + TICK, fold.page[0]), y, 0.2)
    if bottom < fold.page[1] - 1:
        for y in (fold.top, bottom):
            for x in (left, right):
                outwards = -TICK if y == fold.top else TICK
                if outwards + y >= 0:
                    plate.rule(x, y, x, y + outwards, 0.2)
                plate.rule(x, y, x + (-TICK if x == left else TICK), y, 0.2)
    return grey(plate.content(), 0.5)
