"""The table of papers: what each is called, whom it is for, what may be chosen, what it is made from.

How a paper is checked and drawn stands beside it in the composition root (`Drawer`). A new paper is one
entry here, its values (records/pack.py, handouts.py, ticket_papers.py), a function that gathers them
(services/gathering.py, handouts.py, contact_files.py; of tickets reply_letters.py, ticket_slips.py,
ticket_lists.py), one file in desktop/documents and one line in desktop/app.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from desktop.errors import UserError
from desktop.records.handouts import BOOKLETS, CONTACT_CARDS, PROGRAMMES
from desktop.records.pack import BADGES, CARDS, ENVELOPES, LABELS
from desktop.records.papers import PreflightFault, Printed
from desktop.records.ticket_papers import SLIPS
from desktop.records.visit_papers import DIARY_BOOKLETS, FOLDED
from desktop.services import (
    briefing,
    contact_files,
    diary_booklet,
    gathering,
    handouts,
    reply_letters,
    ticket_lists,
    ticket_slips,
    visit_lists,
    visit_plan_list,
    visit_sheets,
)
from desktop.services.orders import Plan


class Whom(Enum):
    """Whom a paper is for."""

    EACH = auto()
    """One for each person, from the day's invitations."""
    LIST = auto()
    """One list of all the people."""
    DAY = auto()
    """The day itself."""
    PERSON = auto()
    """One for each person, invited to the day or not: nobody is invited by it."""
    COPIES = auto()
    """Numbered copies of a form."""
    TICKET = auto()
    """One for each ticket, or for each who raised it."""
    TICKETS = auto()
    """One list of all the tickets."""
    MEETING = auto()
    """The suggestions that a meeting has before it."""
    RECORD = auto()
    """One for each household, pairing, …: the kind that the paper names."""
    RECORDS = auto()
    """One list of such records, or of a period."""


OF_TICKETS = (Whom.TICKET, Whom.TICKETS, Whom.MEETING)
"""Papers of tickets: they need no open day and invite nobody; the log keeps the tickets' keys."""
OF_VISITS = (Whom.RECORD, Whom.RECORDS)
"""Papers of households and visits: they need no open day and invite nobody; the log keeps their records' keys."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One document that can be printed.

    `measure` counts it; `marks` says that its first print makes an invitation 已印; `separate` that one
    file a person is possible; `sizes` are the sizes to choose from, the first one usual; `starts` that
    sheets may be used from a later field on; `booklets` are the sizes that are folded, printed on two sides
    and flipped on the short edge; `postcodes`, `walk_ins`, `masks` that those options mean something;
    `of` is the kind of record it is for, `dated` that it is of a period.
    """

    name: str
    label: str
    measure: str
    whom: Whom
    gather: Callable[[Plan], Any]
    marks: bool = False
    separate: bool = False
    sizes: tuple[str, ...] = ()
    starts: bool = False
    booklets: tuple[str, ...] = ()
    postcodes: bool = False
    walk_ins: bool = False
    masks: bool = False
    of: str = ""
    dated: bool = False

    @property
    def numbered(self) -> bool:
        """Whether its pieces carry the numbers that the register gives out."""
        return self.marks or self.whom is Whom.COPIES


@dataclass(frozen=True, slots=True)
class Drawer:
    """What desktop/documents does for one paper.

    check(values) returns what stands in the way of printing; write(target, values, watch=) writes one
    file. Where the paper may be `separate`, write takes that too: one file a person into the folder `target`.
    """

    check: Callable[[Any], list[PreflightFault]]
    write: Callable[..., Printed]
    by_hand: Callable[[], AbstractContextManager[None]] = nullcontext
    """Within it, what no face draws is left as a line to write on instead of stopping the paper."""


Drawers = Mapping[str, Drawer]
"""The drawer of each paper by its name."""

PAPERS = {
    paper.name: paper
    for paper in (
        Paper("invitation-letters", "邀请函", "封", Whom.EACH, gathering.letters, marks=True, separate=True),
        Paper(
            "envelopes", "信封", "个", Whom.EACH, gathering.envelopes,
            separate=True, sizes=tuple(ENVELOPES), postcodes=True,
        ),
        Paper("labels", "地址标签", "张", Whom.EACH, gathering.labels, sizes=tuple(LABELS), starts=True),
        Paper("place-cards", "席卡", "个", Whom.EACH, gathering.place_cards, separate=True, sizes=tuple(CARDS)),
        Paper("name-badges", "代表证", "张", Whom.EACH, gathering.name_badges, sizes=tuple(BADGES)),
        Paper("sign-in-sheet", "签到表", "人", Whom.LIST, gathering.sign_in_sheet, walk_ins=True),
        Paper("notice", "公告", "份", Whom.DAY, handouts.notices),
        Paper(
            "programme", "日程与参观路线", "份", Whom.DAY, handouts.programme,
            sizes=tuple(PROGRAMMES), booklets=BOOKLETS,
        ),
        Paper("leaflets", "明白纸", "套", Whom.DAY, handouts.leaflets, separate=True),
        Paper(
            "contact-cards", "联系档案卡", "张", Whom.PERSON, contact_files.contact_cards,
            separate=True, sizes=tuple(CONTACT_CARDS), masks=True,
        ),
        Paper("feedback-forms", "表单", "份", Whom.COPIES, gathering.form_copies),
        Paper(
            "assignment-slips", "交办单", "张", Whom.TICKET, ticket_slips.assignment_slips,
            separate=True, sizes=tuple(SLIPS), masks=True,
        ),
        Paper("reply-letters", "答复函", "封", Whom.TICKET, reply_letters.reply_letters, separate=True),
        Paper("urge-slips", "催办单、督办单", "张", Whom.TICKET, ticket_slips.urge_slips, separate=True),
        Paper("overdue-notice", "逾期通报", "件", Whom.TICKETS, ticket_slips.overdue_notice),
        Paper("ticket-ledger", "台账", "件", Whom.TICKETS, ticket_lists.ledger),
        Paper("write-off-list", "销号表", "件", Whom.TICKETS, ticket_lists.write_off_list),
        Paper("meeting-agenda", "议题单", "件", Whom.MEETING, ticket_lists.agenda),
        Paper("meeting-resolutions", "决定事项", "件", Whom.MEETING, ticket_lists.resolutions),
        Paper(
            "visit-sheets", "走访登记表", "张", Whom.RECORD, visit_sheets.visit_sheets,
            separate=True, masks=True, of="household",
        ),
        Paper(
            "visit-plan", "走访安排表", "次", Whom.RECORDS, visit_plan_list.visit_plan,
            masks=True, of="visit", dated=True,
        ),
        Paper("visit-ledger", "走访台账", "次", Whom.RECORDS, visit_lists.visit_ledger, of="visit", dated=True),
        Paper(
            "pairing-cards", "结对帮扶卡", "张", Whom.RECORD, visit_sheets.pairing_cards,
            separate=True, of="pairing",
        ),
        Paper("link-cards", "连心卡", "张", Whom.RECORD, visit_sheets.link_cards, separate=True, of="pairing"),
        Paper("pocket-cards", "连心卡（名片大小）", "张", Whom.RECORD, visit_sheets.pocket_cards, of="pairing"),
        Paper(
            "condolence-list", "慰问签收表", "户次", Whom.RECORDS, visit_lists.condolence_list,
            of="condolence", dated=True,
        ),
        Paper("quota-bulletin", "走访进度通报", "份", Whom.RECORDS, visit_lists.quota_bulletin, of="campaign"),
        Paper(
            "diary-booklet", "民情日记选编", "篇", Whom.RECORDS, diary_booklet.diary_booklet,
            sizes=tuple(DIARY_BOOKLETS), booklets=FOLDED, of="diary", dated=True,
        ),
        Paper("briefing", "工作简报", "份", Whom.RECORDS, briefing.briefing, dated=True),
    )
}  # fmt: skip
DAY_PAPERS = tuple(paper for paper in PAPERS.values() if paper.whom not in (*OF_TICKETS, *OF_VISITS))
"""The papers of an open day and its people: what its print dialog offers."""
TICKET_PAPERS = tuple(paper for paper in PAPERS.values() if paper.whom in (Whom.TICKET, Whom.TICKETS))
"""The papers of chosen tickets."""
DOCUMENTS = {paper.name: paper.label for paper in PAPERS.values()}
"""中文名 of every document by its name."""


def paper_called(name: str) -> Paper:
    """Return the paper called `name`; raises UserError with those there are."""
    if name in PAPERS:
        return PAPERS[name]
    raise UserError(f"没有“{name[:30]}”这种文书，现在可以印：{'、'.join(PAPERS)}", field="document")


def size_of(paper: Paper, size: str) -> str:
    """Return the size meant by `size` (written by hand: 3x8, dl), else the usual one; raises UserError."""
    meant = size.strip().replace("x", "×").replace("X", "×").replace("*", "×").casefold()
    if not meant:
        return paper.sizes[0] if paper.sizes else ""
    for known in paper.sizes:
        if meant in (known.casefold(), known.casefold().removesuffix("张")):
            return known
    told = f"可用：{'、'.join(paper.sizes)}" if paper.sizes else "它只有一种"
    raise UserError(f"{paper.label}没有“{size[:20]}”这种规格，{told}", field="size")
