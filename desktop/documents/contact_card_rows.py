"""The rows of 联系档案卡: who it is, 身份, every invitation, notes, contacts, and rows to write new ones on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate

from desktop.documents import form_text
from desktop.documents.form_parts import Words
from desktop.documents.grid_rows import Leaf, Style, heading, led, row, ruled_above
from desktop.documents.report_rows import Block
from desktop.documents.roles import Role
from desktop.records.handouts import ContactCard

LEAF = Leaf(148.0, 210.0, 14.0, 12.0, 122.0, 184.0)
STYLE = Style(10.5, 7.2, 1.3)
LARGE = replace(STYLE, size=14.0, height=9.0)
LABELLED = (20.0, 41.0, 20.0, 41.0)
NAMED = (20.0, 67.0, 14.0, 21.0)
WIDE = (20.0, 102.0)
IDENTITIES = (("身份", 34.0), ("选举单位", 39.0), ("届次", 18.0), ("任职起止", 31.0))
INVITATIONS = (("日期", 22.0), ("开放日", 36.0), ("编号", 32.0), ("回执", 14.0), ("出席", 18.0))
CONTACTS = (("日期", 22.0), ("方式", 13.0), ("内容", 87.0))
TITLE, TITLE_SIZE, SECTION_SIZE = "代表联系档案卡", 18.0, 11.0


def card_blocks(card: ContactCard) -> list[Block]:
    """Return a card from its title to its last contact; what nobody filled in stays free to write in."""
    return [
        *_title(),
        *_person(card),
        *_section("代表身份"),
        *_table(
            IDENTITIES, [(held.sort, held.unit, held.term, held.period) for held in card.identities], (3,)
        ),
        *_section("受邀和参加开放日情况"),
        *_table(
            INVITATIONS,
            [(past.date, past.theme, past.number, past.reply, past.attendance) for past in card.invitations],
            (0, 3, 4),
        ),
        *_note(card.note),
        *_section("联系记录"),
        *_table(CONTACTS, [(past.date, past.way, past.text) for past in card.contacts], (0, 1)),
    ]


def blank_rows(top: float) -> list[Block]:
    """Return empty rows of 联系记录 for the room between `top` (mm) and the foot of the page."""
    count = int((LEAF.top + LEAF.depth - top + 1e-6) / STYLE.height)
    return [_blank(CONTACTS) for _ in range(count)]


def _edges(widths: Sequence[float]) -> list[float]:
    return list(accumulate(widths, initial=LEAF.left))


def _title() -> Iterator[Block]:
    line = form_text.one_line(TITLE, Role.TITLE, TITLE_SIZE)
    yield Block(11.0, (Words(line, LEAF.left + (LEAF.room - form_text.reach(line)) / 2, 7.0),), keep=True)


def _person(card: ContactCard) -> Iterator[Block]:
    """Yield what is known of the person, label beside value; the name larger where it has room on one line."""
    name = form_text.one_line(card.name, Role.KAI, LARGE.size)
    fits = form_text.reach(name) <= NAMED[1] - 2 * LARGE.padding
    first, *more = _labelled(
        ("姓名", card.name, "性别", card.sex), NAMED, LARGE if fits else STYLE, name=True
    )
    yield ruled_above(first, _edges(NAMED), STYLE)
    yield from more
    for texts in (
        ("出生年月", card.born, "民族", card.ethnicity),
        ("政治面貌", card.party, "产生方式", card.source),
        ("手机", card.mobile, "身份证号", card.id_number),
    ):
        yield from _labelled(texts, LABELLED, STYLE)
    for label, text in (("工作单位", card.unit), ("职务", card.post), ("通信地址", card.address)):
        yield from _labelled((label, text), WIDE, STYLE)


def _labelled(
    texts: Sequence[str], widths: Sequence[float], style: Style, *, name: bool = False
) -> list[Block]:
    roles = [Role.FANG if place % 2 else Role.HEI for place in range(len(texts))]
    if name:
        roles[1] = Role.KAI
    return row(texts, _edges(widths), style, roles=roles, middle=range(0, len(texts), 2))


def _section(label: str) -> Iterator[Block]:
    yield Block(2.2, keep=True)
    line = form_text.one_line(label, Role.HEI, SECTION_SIZE)
    yield Block(6.0, (Words(line, LEAF.left, 4.4),), keep=True)


def _table(
    columns: tuple[tuple[str, float], ...], rows: Sequence[Sequence[str]], middle: Sequence[int]
) -> list[Block]:
    """Return a table with its headings; where there are no rows, with an empty one."""
    edges = _edges([width for _, width in columns])
    lead = heading([label for label, _ in columns], edges, STYLE)
    blocks = [block for texts in rows for block in row(texts, edges, STYLE, middle=middle)]
    return [lead, *led(blocks or [_blank(columns)], lead)]


@cache
def _blank(columns: tuple[tuple[str, float], ...]) -> Block:
    """Return an empty row, the same for all cards."""
    (block,) = row([""] * len(columns), _edges([width for _, width in columns]), STYLE)
    return block


def _note(text: str) -> list[Block]:
    """Return 备注 in a frame of its own, nothing where there is none."""
    if not text.strip():
        return []
    first, *more = row([text], _edges([LEAF.room]), STYLE)
    return [*_section("备注"), ruled_above(first, _edges([LEAF.room]), STYLE), *more]


def texts_of(card: ContactCard) -> Iterator[tuple[str, str, Role]]:
    """Yield every text of a card as (where, text, role), for the preflight."""
    yield "姓名", card.name, Role.KAI
    for label, text in (
        ("性别", card.sex), ("民族", card.ethnicity), ("政治面貌", card.party), ("手机", card.mobile),
        ("身份证号", card.id_number), ("工作单位", card.unit), ("职务", card.post), ("通信地址", card.address),
        ("备注", card.note),
    ):  # fmt: skip
        yield label, text, Role.FANG
    for held in card.identities:
        yield "代表身份", "".join((held.sort, held.unit, held.term)), Role.FANG
    for past in card.invitations:
        yield "开放日情况", past.theme + past.number, Role.FANG
    for contact in card.contacts:
        yield "联系记录", contact.text, Role.FANG
