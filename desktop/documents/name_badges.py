"""代表证: badges for covers, eight or ten on a sheet of A4 with cut marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from desktop.documents.book import Book
from desktop.documents.fitting import Block, Part, fitted
from desktop.documents.guest_check import GuestCheck, fixed_faults, some
from desktop.documents.ink import Inks
from desktop.documents.plate import MM, RED, Plate, grey, moved
from desktop.documents.roles import Role, clean
from desktop.documents.sheet_grid import A4, Sheet, cut_marks, sheets
from desktop.documents.typeset import one_line
from desktop.documents.writing import Cover, refuse_faults, write_book
from desktop.records.cleaning import quoted
from desktop.records.pack import BADGES, Grid, Guest, NameBadges
from desktop.records.papers import PreflightFault, Printed, Watch

KIND = "代表证"
INSIDE = 5.0
HEAD, WORD, FOOT = 0.3, 0.12, 0.3
"""The shares of a badge's height: head (who invites, to what), the word 代表证, foot (whence)."""
ROLES = {"name": Role.HEI, "unit": Role.SONG, "post": Role.SONG}


def write_badges(target: Path, values: NameBadges, *, watch: Watch | None = None) -> Printed:
    """Print sheets of badges; raises UserError for a fault, TroubleError, and what `watch` raises."""
    refuse_faults(preflight(values), empty="" if values.guests else "没有要印代表证的人：请先选择邀请对象")
    grid = BADGES[values.size]

    def begin(book: Book) -> Callable[[Sheet[Guest]], str]:
        marks = Plate(book.inks, A4[1])
        cut_marks(marks, grid)
        ticks = book.form(grey(marks.content(), 0.4))
        head = _head(values, grid, book.inks)

        def page(sheet: Sheet[Guest]) -> str:
            drawn = [ticks]
            for place, guest in sheet:
                left, top = grid.corner(place)
                drawn.append(moved(head + _own(guest, grid, book.inks), left, top, grid.height, A4[1]))
            return "".join(drawn)

        return page

    cover = Cover(KIND, values.office, A4)
    return write_book(target, cover, sheets(values.guests, grid), begin, watch)


def preflight(values: NameBadges) -> list[PreflightFault]:
    """Return what keeps badges from being printed: characters without a glyph, texts too long."""
    return some(_faults(values))


def _faults(values: NameBadges) -> Iterator[PreflightFault]:
    grid = BADGES[values.size]
    yield from fixed_faults((("单位名称", values.office, Role.KAI), ("主题", values.theme, Role.HEI)))
    if titled(values, grid) is None:
        yield PreflightFault("", "", "单位名称和主题太长，代表证上排不下，请缩短主题")
    check = GuestCheck(ROLES)
    for guest in values.guests:
        yield from check.faults(guest)
        if named(guest, grid) is None:
            yield PreflightFault(guest.name, "", f"{guest.name[:12]}的姓名太长，代表证上排不下", guest.record)
        if placed(guest, grid) is None:
            yield PreflightFault(
                guest.name, "", f"{guest.name}的单位和职务太长，代表证上排不下", guest.record
            )


def _room(grid: Grid) -> float:
    return grid.width - 2 * INSIDE


def _name_top(grid: Grid) -> float:
    """Return where the name's room begins: below the rule and the word 代表证."""
    return HEAD * grid.height + WORD * grid.height


def _name_room(grid: Grid) -> float:
    return (1 - FOOT) * grid.height - _name_top(grid)


def titled(values: NameBadges, grid: Grid) -> Block | None:
    """Return who invites and to what."""
    grow = grid.height / 54
    parts = (
        Part(values.office, Role.KAI, 10 * grow),
        Part(f"{quoted(clean(values.theme))}开放日", Role.HEI, 10.5 * grow, 0.8),
    )
    return fitted(parts, _room(grid), HEAD * grid.height - 4, middle=True, least=0.6)


def named(guest: Guest, grid: Grid) -> Block | None:
    """Return the name, the largest thing on the badge."""
    part = Part(guest.name, Role.HEI, 30 * grid.height / 54, is_name=True)
    return fitted((part,), _room(grid), _name_room(grid), middle=True)


def placed(guest: Guest, grid: Grid) -> Block | None:
    """Return unit and post."""
    size = 10.5 * grid.height / 54
    parts = (Part(guest.unit, Role.SONG, size), Part(guest.post, Role.SONG, size, 0.4))
    return fitted(parts, _room(grid), FOOT * grid.height - 4, middle=True, least=0.6)


def _head(values: NameBadges, grid: Grid, inks: Inks) -> str:
    plate = Plate(inks, grid.height)
    block = titled(values, grid)
    assert block is not None  # the preflight has refused what doesn't fit
    block.draw(plate, INSIDE, (HEAD * grid.height - block.height) / 2)
    y = HEAD * grid.height
    plate.rule(INSIDE, y, grid.width - INSIDE, y, 0.6, RED)
    foot = Plate(inks, grid.height)
    word = one_line(KIND, Role.TITLE, 11 * grid.height / 54, pitch=14 * grid.height / 54)
    foot.middle(word, grid.width / 2, y + 1.2 + word.size / MM * 0.88)
    return plate.content() + foot.content(RED)


def _own(guest: Guest, grid: Grid, inks: Inks) -> str:
    plate = Plate(inks, grid.height)
    name, place = named(guest, grid), placed(guest, grid)
    assert name is not None  # the preflight has refused what doesn't fit
    assert place is not None
    top = _name_top(grid)
    name.draw(plate, INSIDE, top + (_name_room(grid) - name.height) / 2)
    foot = (1 - FOOT) * grid.height + 1
    place.draw(plate, INSIDE, foot + (FOOT * grid.height - 4 - place.height) / 2)
    return plate.content()
