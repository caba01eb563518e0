"""地址标签 on sheets as they are sold; a sheet begun earlier is used on from its first free label."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from desktop.documents.book import Book
from desktop.documents.fitting import Block, Part, fitted
from desktop.documents.guest_check import BY_POST, GuestCheck, some
from desktop.documents.plate import Plate
from desktop.documents.roles import Role, clean
from desktop.documents.sheet_grid import A4, Sheet, sheets
from desktop.documents.writing import Cover, refuse_faults, write_book
from desktop.records.pack import LABELS, AddressLabels, Grid, Guest
from desktop.records.papers import PreflightFault, Printed, Watch

KIND = "地址标签"
INSIDE = 4.5
"""Free space inside a label's edge: a printer's feed is true to 2 mm or so."""

SIZE = 11.5
READABLE = 0.79
"""The scale at which type of `SIZE` is 9 pt."""


def write_labels(target: Path, values: AddressLabels, *, watch: Watch | None = None) -> Printed:
    """Print sheets of labels; raises UserError for a fault, TroubleError, and what `watch` raises."""
    refuse_faults(preflight(values), empty="" if values.guests else "没有要印标签的人：请先选择邀请对象")
    grid = LABELS[values.size]

    def begin(book: Book) -> Callable[[Sheet[Guest]], str]:
        def page(sheet: Sheet[Guest]) -> str:
            plate = Plate(book.inks, A4[1])
            for place, guest in sheet:
                block = labelled(guest, grid)
                assert block is not None  # the preflight has refused what doesn't fit
                left, top = grid.corner(place)
                block.draw(plate, left + INSIDE, top + (grid.height - block.height) / 2)
            return plate.content()

        return page

    return write_book(target, Cover(KIND, "", A4), sheets(values.guests, grid, values.start), begin, watch)


def preflight(values: AddressLabels) -> list[PreflightFault]:
    """Return what keeps labels from being printed: a start that isn't on the sheet, no address, text too long."""
    return some(_faults(values))


def _faults(values: AddressLabels) -> Iterator[PreflightFault]:
    grid = LABELS[values.size]
    if not 1 <= values.start <= grid.count:
        told = f"一张标签纸有 {grid.count} 枚标签，起始位置应在 1 到 {grid.count} 之间，现为 {values.start}"
        yield PreflightFault("", "", told)
        return
    check = GuestCheck(BY_POST)
    for guest in values.guests:
        yield from check.faults(guest)
        if guest.is_posted and not guest.address.strip():
            told = f"{guest.name}没有填写通信地址；请补上，或把送达方式改为“送达”"
            yield PreflightFault(guest.name, "", told, guest.record)
        if labelled(guest, grid) is None:
            yield PreflightFault(
                guest.name, "", f"{guest.name}的地址、单位或姓名太长，标签上排不下", guest.record
            )


def labelled(guest: Guest, grid: Grid) -> Block | None:
    """Return postcode, address, unit and name as large as a label allows; None where they don't fit.

    Where the type would get smaller than 9 pt, the postcode shares its line with the address.
    """
    room = grid.width - 2 * INSIDE, grid.height - 2 * INSIDE
    return fitted(_parts(guest), *room, least=READABLE) or fitted(
        _parts(guest, joined=True), *room, least=0.6
    )


def _parts(guest: Guest, *, joined: bool = False) -> list[Part]:
    address, unit, postcode = clean(guest.address), clean(guest.unit), guest.postcode.strip()
    parts = list[Part]()
    if guest.is_posted and joined:
        parts.append(Part(f"{postcode} {address}", Role.FANG, SIZE))
    elif guest.is_posted:
        parts += [Part(postcode, Role.SONG, 11), Part(address, Role.FANG, SIZE, 0.5)]
    if unit and not (guest.is_posted and address.endswith(unit)):
        parts.append(Part(unit, Role.FANG, SIZE, 0.5))
    tail = f"{clean(guest.honorific)}　收"
    return [*parts, Part(guest.name, Role.KAI, 16, 1.6, is_name=True, tail=tail, tail_size=SIZE)]
