"""What goes on the papers of a day itself and on a person's card: frozen values, sizes in mm.

None of them has a place for a restricted tag 内部标记, so it can't get onto paper.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.records.papers import Head

CARD = (148.0, 210.0)
CONTACT_CARDS = {"A5": CARD, "A4对裁": (297.0, 210.0)}
"""联系档案卡: the paper; on A4 across lie two cards, to be cut in the middle."""
PROGRAMMES = {"A4": (210.0, 297.0), "A5对折": (297.0, 210.0)}
"""日程与参观路线: sheets, or a booklet of A4 sheets printed on both sides and folded once."""
BOOKLETS = ("A5对折",)
"""The sizes of it that are booklets: their sheets lie across, so the back stands upright only if flipped on the short edge."""


@dataclass(frozen=True, slots=True)
class NoticeText:
    """One 公告: title and body with {字段}, paragraphs separated by newlines; the date under it."""

    title: str
    body: str
    date: str


@dataclass(frozen=True, slots=True)
class Notices:
    """公告 of a day: what they share, and the text of each; `fields` are what {字段} become."""

    head: Head
    letterhead: str
    texts: tuple[NoticeText, ...]
    fields: Mapping[str, str]
    signature: str
    contact: str = ""


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """One line of 日程."""

    time: str
    item: str
    place: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True)
class RouteStop:
    """One 参观点 of the route: where it is, who guides, what is shown."""

    name: str
    address: str = ""
    guide: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Programme:
    """日程与参观路线 of a day (`size` a key of PROGRAMMES)."""

    size: str
    office: str
    theme: str
    date: str
    time: str
    venue: str
    leader: str
    lines: tuple[ProgrammeLine, ...]
    stops: tuple[RouteStop, ...]
    contact: str = ""


@dataclass(frozen=True, slots=True)
class LeafletPage:
    """明白纸 of one section: title and text, paragraphs separated by newlines."""

    section: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Leaflets:
    """明白纸 of a day, in order."""

    office: str
    theme: str
    date: str
    pages: tuple[LeafletPage, ...]


@dataclass(frozen=True, slots=True)
class HeldIdentity:
    """One 代表身份 as a card says it."""

    sort: str
    unit: str
    term: str
    period: str


@dataclass(frozen=True, slots=True)
class PastInvitation:
    """One invitation of a person's: the day, 编号, 回执, 出席."""

    date: str
    theme: str
    number: str
    reply: str
    attendance: str


@dataclass(frozen=True, slots=True)
class PastContact:
    """One 联系记录."""

    date: str
    way: str
    text: str


@dataclass(frozen=True, slots=True)
class ContactCard:
    """联系档案 of one person, phone and ID number as they are to be printed."""

    name: str
    sex: str = ""
    born: str = ""
    ethnicity: str = ""
    party: str = ""
    source: str = ""
    mobile: str = ""
    id_number: str = ""
    unit: str = ""
    post: str = ""
    address: str = ""
    identities: tuple[HeldIdentity, ...] = ()
    invitations: tuple[PastInvitation, ...] = ()
    contacts: tuple[PastContact, ...] = ()
    note: str = ""
    record: bytes = b""


@dataclass(frozen=True, slots=True)
class ContactCards:
    """联系档案卡, one a person (`size` a key of CONTACT_CARDS)."""

    size: str
    office: str
    cards: tuple[ContactCard, ...]
