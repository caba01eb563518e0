"""答复函: from an answer, or a meeting's decision, to a letter for each who raised the matter.

One answer has one 函号, however many people get it: they get the same letter, as a 公文 sent to several has one
发文字号; its slip tells by whom it comes back.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from desktop.records.base import reading
from desktop.records.dates import chinese_day
from desktop.records.letters import Letter
from desktop.records.open_days import LetterUse, LetterWording
from desktop.records.staff import Office
from desktop.records.ticket_papers import PERSON_FIELDS, REPLY_FIELDS, Replies, Reply
from desktop.records.tickets import Decision, Occurrence, Raiser
from desktop.services import wording
from desktop.services.orders import Plan
from desktop.services.ticket_fitness import addressees
from desktop.services.ticket_pieces import Piece
from desktop.services.ticket_slips import DRAFT_NUMBER, numbers_of, short_of

TITLES = ("先生", "女士", "同志", "老师", "书记", "主任", "大爷", "大妈", "师傅", "同学", "代表")
"""Words of address that a name may end with already: nothing is put behind them."""
COMRADE = "同志"
LONGEST_CALLED = 30
"""Characters of a name in file names and faults; a unit's may be longer, and is whole in its letter."""
UNADOPTED = (Decision.KEPT, Decision.DECLINED)


def reply_letters(plan: Plan) -> Replies:
    """Return the letters of each answer."""
    forms = {use: wording_for(use) for use in (LetterUse.REPLY, LetterUse.DECISION)}
    replies = [_reply(plan.office, piece, forms[_use(piece)]) for piece in plan.pieces]
    return Replies(plan.office.name, tuple(replies), numbers_of(plan))


def _use(piece: Piece) -> LetterUse:
    """Return which wording: what wasn't adopted, or was decided and not answered yet, is told with its reason."""
    decision = piece.ticket.decision
    told = decision in UNADOPTED or (decision and piece.answer is None)
    return LetterUse.DECISION if told else LetterUse.REPLY


def wording_for(use: LetterUse) -> LetterWording:
    """Return the office's latest wording of a use, else the one every office starts with."""
    with reading():
        live = LetterWording.select().where(LetterWording.deleted_at.is_null() & (LetterWording.use == use))
        kept = live.order_by(LetterWording.created_at).first()
    return kept or wording.first_reply(use)


def _reply(office: Office, piece: Piece, text: LetterWording) -> Reply:
    ticket, number = piece.ticket, piece.number or DRAFT_NUMBER
    form = wording.letter_form(office, text, piece.on or datetime.date.today())
    letters = [_letter(piece, row, number, place) for place, row in enumerate(addressees(piece), start=1)]
    return Reply(ticket.number, number, form, _fields(office, piece, number), tuple(letters), ticket.id)


def _letter(piece: Piece, row: Occurrence, number: str, place: int) -> Letter:
    ticket, person = piece.ticket, row.representative
    name, honorific = row.raised_by, person.honorific if person else _honorific(row)
    values = (name, honorific, f"{name}{honorific}", person.unit if person else "")
    code = f"TK1:{ticket.number}:{ticket.round}:{place}"
    fields: dict[str, str] = dict(zip(PERSON_FIELDS, values, strict=True))
    return Letter(number, name[:LONGEST_CALLED], fields, code, person.id if person else ticket.id)


def _honorific(row: Occurrence) -> str:
    return "" if row.raiser == Raiser.UNIT or row.raised_by.endswith(TITLES) else COMRADE


def _paragraphs(text: str) -> str:
    """Return a text without its empty lines: a letter parts paragraphs by indenting them."""
    return "\n".join(line for line in text.split("\n") if line.strip())


def _fields(office: Office, piece: Piece, number: str) -> dict[str, str]:
    """Return the {字段} of an answer; what may be unknown without leaving a hole has a plain word instead."""
    ticket, answer = piece.ticket, piece.answer
    values: Sequence[str] = (
        ticket.number, number, ticket.sort, short_of(ticket), ticket.content,
        chinese_day(ticket.received_on) if ticket.received_on else "", ticket.section or office.name,
        (answer.by if answer else "") or piece.handler or "本部工作人员",
        ticket.outcome or (answer.outcome if answer else "") or "已答复",
        chinese_day(answer.on) if answer and answer.on else "", _paragraphs(answer.text) if answer else "",
        f"{ticket.meeting.name}" if ticket.meeting else "我部", ticket.decision, _paragraphs(ticket.decision_reason),
        f"{chinese_day(ticket.carried_out_on)}落实" if ticket.carried_out_on else "正在办理", office.name,
        office.contact,
    )  # fmt: skip
    return dict(zip(REPLY_FIELDS[len(PERSON_FIELDS) :], values, strict=True))
