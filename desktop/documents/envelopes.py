"""信封 after GB/T 1416-2003: landscape, the zones for machines left empty, nothing where the stamp goes.

From the left 90 mm and from the top 26 mm is the machine's zone for the postcode: nothing but the red boxes
and their digits may be there. From 55 to 160 mm off the right edge the lowest 20 mm belong to the bar code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from desktop.documents import typeset
from desktop.documents.balanced import balanced
from desktop.documents.book import Book
from desktop.documents.fitting import BASELINE, Block, Part, fitted
from desktop.documents.guest_check import BY_POST, GuestCheck, file_names, fixed_faults, some
from desktop.documents.plate import BLACK, MM, RED, Plate
from desktop.documents.roles import Role, clean
from desktop.documents.writing import Cover, refuse_faults, write_apart, write_book
from desktop.records.pack import ENVELOPES, Envelopes, Guest, Postcode
from desktop.records.papers import PreflightFault, Printed, Watch

KIND = "信封"
POSTCODE_ZONE = (90.0, 26.0)
BAR_CODE_ZONE = (160.0, 55.0, 20.0)
"""From the right edge: its left and its right end; its height from the foot."""
STAMP_ZONE = (50.0, 30.0)
"""From the right edge and from the top: 贴邮票处 and the postmark."""
BOX_LEFT, BOX_TOP, BOX_WIDTH, BOX_HEIGHT, BOX_PITCH = 12.0, 10.0, 7.5, 9.0, 9.5
"""Our own places for six red boxes within the machine's zone; the standard fixes the zone and the colour."""
MARGIN, FOOT = 14.0, 23.0
ABOVE_SENDER = 6.5


def write_envelopes(
    target: Path, values: Envelopes, *, separate: bool = False, watch: Watch | None = None
) -> Printed:
    """Print one envelope a page; raises UserError for a fault, TroubleError, and what `watch` raises."""
    refuse_faults(preflight(values), empty="" if values.guests else "没有要印信封的人：请先选择邀请对象")
    cover = Cover(KIND, values.sender, ENVELOPES[values.size])

    def begin(book: Book) -> Callable[[Guest], str]:
        shared = book.form(_shared(values, Plate(book.inks, ENVELOPES[values.size][1])))
        return lambda guest: shared + _own(values, guest, Plate(book.inks, ENVELOPES[values.size][1]))

    if separate:
        return write_apart(target, cover, values.guests, begin, file_names(KIND, values.guests), watch)
    return write_book(target, cover, values.guests, begin, watch)


def preflight(values: Envelopes) -> list[PreflightFault]:
    """Return what keeps envelopes from being printed: no address, a postcode that is none, text too long."""
    return some(_faults(values))


def _faults(values: Envelopes) -> Iterator[PreflightFault]:
    sender = (("落款", values.sender, Role.SONG), ("单位地址", values.sender_address, Role.SONG))
    yield from fixed_faults(sender)
    check = GuestCheck(BY_POST)
    for guest in values.guests:
        yield from check.faults(guest)
        name = guest.name
        if guest.is_posted and not guest.address.strip():
            told = f"{name}没有填写通信地址；请补上，或把送达方式改为“送达”"
            yield PreflightFault(name, "", told, guest.record)
        code = guest.postcode.strip()
        if code and not (len(code) == 6 and code.isascii() and code.isdigit()):
            yield PreflightFault(name, "", f"{name}的邮政编码“{code[:10]}”不是 6 位数字", guest.record)
        elif not code and guest.is_posted and values.postcode is not Postcode.LINE:
            yield PreflightFault(
                name, "", f"{name}没有填写邮政编码，红框会空着；请补上，或改为“印在地址前”", guest.record
            )
        if addressed(values, guest) is None:
            yield PreflightFault(
                name, "", f"{name}的地址、单位或姓名太长，{values.size} 信封上排不下", guest.record
            )


def _scale(size: str) -> float:
    """Return how much larger than on DL the type is."""
    return {"C5": 1.15, "C4": 1.6}.get(size, 1.0)


def addressed(values: Envelopes, guest: Guest) -> Block | None:
    """Return address, unit and name in the room between the zones; None where they don't fit."""
    width = ENVELOPES[values.size][0]
    grow = _scale(values.size)
    parts = list[Part]()
    address, unit = clean(guest.address), clean(guest.unit)
    if guest.is_posted:
        if values.postcode is Postcode.LINE and guest.postcode.strip():
            parts.append(Part(guest.postcode.strip(), Role.SONG, 13 * grow))
        parts.append(Part(address, Role.FANG, 15 * grow, above=1 * grow))
    if unit and not (guest.is_posted and address.endswith(unit)):
        parts.append(Part(unit, Role.FANG, 15 * grow, above=1 * grow))
    tail = f"{clean(guest.honorific)}　收"
    name = Part(
        guest.name, Role.KAI, 27 * grow, 5 * grow, is_name=True, tail=tail, tail_size=16 * grow, middle=True
    )
    parts.append(name)
    return fitted(parts, width - 2 * _left(width), _room(values), least=0.6)


def _room(values: Envelopes) -> float:
    """Return the height between the upper zones and the sender, who stays well below the address."""
    free = ABOVE_SENDER if _sender_lines(values) else 3.0
    return _sender_top(values) - _top(ENVELOPES[values.size][1]) - free


def _left(width: float) -> float:
    return max(16.0, 0.1 * width)


def _top(height: float) -> float:
    """Return where the address begins: below both zones, deeper on high envelopes."""
    return max(STAMP_ZONE[1], POSTCODE_ZONE[1]) + 2.0


def _sender_lines(values: Envelopes) -> list[typeset.Line]:
    size = 10.5 * _scale(values.size)
    room = (ENVELOPES[values.size][0] - 2 * MARGIN - 60) * MM
    texts = (clean(values.sender_address), clean(values.sender))
    return [line for text in texts if text for line in balanced(text, Role.SONG, size, room).lines]


def _sender_top(values: Envelopes) -> float:
    lines = _sender_lines(values)
    leading = 10.5 * _scale(values.size) / MM * 1.35
    return ENVELOPES[values.size][1] - FOOT - leading * len(lines)


def _shared(values: Envelopes, plate: Plate) -> str:
    """Draw what all envelopes share: boxes, sender above the bar code's zone, his postcode in the corner."""
    width, height = ENVELOPES[values.size]
    size = 10.5 * _scale(values.size)
    if values.postcode is Postcode.BOXES:
        for place in range(6):
            plate.box(BOX_LEFT + place * BOX_PITCH, BOX_TOP, BOX_WIDTH, BOX_HEIGHT, 0.35, RED)
    top = _sender_top(values)
    for place, line in enumerate(_sender_lines(values)):
        baseline = top + size / MM * (place * 1.35 + BASELINE)
        plate.line(line, width - MARGIN - line.width / MM, baseline)
    if values.sender_postcode.strip():
        line = typeset.one_line(f"邮政编码　{values.sender_postcode.strip()}", Role.SONG, 10.5)
        plate.line(line, width - MARGIN - line.width / MM, height - 9)
    return plate.content(BLACK)


def _own(values: Envelopes, guest: Guest, plate: Plate) -> str:
    """Draw what is one guest's: digits of the postcode, address, name."""
    width, height = ENVELOPES[values.size]
    if values.postcode is not Postcode.LINE:
        for place, digit in enumerate(guest.postcode.strip()):
            line = typeset.one_line(digit, Role.SONG, 17)
            centre = BOX_LEFT + place * BOX_PITCH + BOX_WIDTH / 2
            plate.middle(line, centre, BOX_TOP + BOX_HEIGHT / 2 + 17 / MM * 0.36)
    block = addressed(values, guest)
    assert block is not None  # the preflight has refused what doesn't fit
    block.draw(plate, _left(width), _top(height) + 0.3 * (_room(values) - block.height))
    return plate.content(BLACK)
