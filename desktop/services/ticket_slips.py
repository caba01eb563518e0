"""From tickets to the sheets that go to a section: 交办单, 催办单, 督办单; and the 通报 of what is late."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from desktop.records.cleaning import quoted
from desktop.records.dates import chinese_day
from desktop.records.papers import Head
from desktop.records.representatives import Representative
from desktop.records.ticket_papers import WITH_STUB, OverdueNotice, Sheet, SheetPart, SheetRow, Sheets
from desktop.records.tickets import Occurrence, Raiser, Ticket, Urgency
from desktop.services.orders import Plan
from desktop.services.ticket_pieces import Piece

DRAFT_NUMBER = "样稿"
NAMELESS = "未留名"
SHOWN_RAISERS = 5
PRESUMED = "（推定：该年放假安排尚未公布）"
GRAVE = "督办单"
SIGNED = SheetRow(("签收人", "", "签收日期", "＿＿＿年＿＿月＿＿日"), 11)
"""Full-width lines: blanks at the ends of a cell aren't kept."""


def assignment_slips(plan: Plan) -> Sheets:
    """Return one 交办单 for each ticket, with a stub to come back where the size says so."""
    full = plan.order.options.full_numbers
    stubbed = plan.order.options.size == WITH_STUB
    sheets = [_assignment(plan, piece, full=full, stubbed=stubbed) for piece in plan.pieces]
    return Sheets("交办单", plan.office.name, tuple(sheets), numbers_of(plan))


def numbers_of(plan: Plan) -> tuple[str, ...]:
    """Return the numbers that the register gave for a plan, in paper order."""
    return tuple(dict.fromkeys(piece.number for piece in plan.pieces if piece.number))


def _assignment(plan: Plan, piece: Piece, *, full: bool, stubbed: bool) -> Sheet:
    ticket, number = piece.ticket, piece.number or DRAFT_NUMBER
    day = ticket.open_day
    lead = day.leader if day else ""
    rows = [
        *_matter(piece),
        SheetRow(("反映人", raised_words(piece.raised, full=full, most=SHOWN_RAISERS))),
        SheetRow(("地点", ticket.place, "紧急程度", _urgency(ticket.urgency))),
        SheetRow(("反映原文", ticket.content), 24 if stubbed else 45),
        *([SheetRow(("摘要", ticket.summary))] if ticket.summary else []),
        SheetRow(("办理时限", _limit(piece))),
        SheetRow(("办理期限", due_words(piece))),
        SheetRow(("办理要求", _requirement(plan, piece))),
        SheetRow(("领衔领导", lead, "签发", ""), 13),
    ]
    return Sheet(
        title=f"{ticket.sort}交办单",
        number=number,
        about=f"{ticket.number}-{piece.handler}",
        parts=(SheetPart((*rows, *([] if stubbed else [SIGNED]))),),
        foot=(f"交办单位：{plan.office.name}", f"交办日期：{chinese_day(piece.on)}" if piece.on else ""),
        stub_title="交办单签收回执" if stubbed else "",
        stub=tuple(_stub(piece, number)) if stubbed else (),
        record=ticket.id,
    )


def _matter(piece: Piece) -> Iterator[SheetRow]:
    """Yield the rows that every sheet of a ticket begins with."""
    ticket = piece.ticket
    turn = f"（第 {ticket.round} 轮办理）" if (ticket.round or 1) > 1 else ""
    yield SheetRow(("问题编号", f"{ticket.number}{turn}", "类别", ticket.category or ticket.sort))
    yield SheetRow(("承办科室", ticket.section, "经办人", piece.handler))
    received = chinese_day(ticket.received_on) if ticket.received_on else ""
    theme = f"“{ticket.open_day.theme}”" if ticket.open_day else ""
    yield SheetRow(("反映日期", received, "来源", f"{ticket.source}{theme}" or ticket.source_document))


def _stub(piece: Piece, number: str) -> Iterator[SheetRow]:
    ticket = piece.ticket
    yield SheetRow(("交办单号", number, "问题编号", ticket.number))
    yield SheetRow(("承办科室", ticket.section, "经办人", piece.handler))
    yield SheetRow(("办理期限", due_words(piece)))
    yield SIGNED


def _urgency(urgency: str) -> str:
    return urgency if urgency == Urgency.USUAL else f"【{urgency}】"


def _limit(piece: Piece) -> str:
    more = f"，已批准延期 {piece.extended} 个工作日" if piece.extended else ""
    return f"{piece.limit}{more}"


def due_words(piece: Piece) -> str:
    """Return the deadline with its weekday, marked where it is only presumed."""
    due = piece.ticket.due_on
    return f"{chinese_day(due, weekday=True)}{PRESUMED if piece.ticket.presumed else ''}" if due else ""


def _requirement(plan: Plan, piece: Piece) -> str:
    due = piece.ticket.due_on
    until = f"于{chinese_day(due)}前" if due else ""
    usual = (
        f"请{until}办理完毕，将办理结果和拟答复意见送{plan.office.name}；"
        "不能按期办结的，应在到期前说明原因、申请延期。"
    )
    return f"{piece.charge}\n{usual}" if piece.charge else usual


def raised_words(raised: tuple[Occurrence, ...], *, full: bool = False, most: int = 1) -> str:
    """Return who raised a matter: the first few with unit and phone (masked unless `full`), then how many in all.

    Of who wanted to stay anonymous no more is told; a restricted tag never.
    """
    told = [_raiser(row, full=full) if most > 1 else name_of(row) for row in raised[:most]]
    more = f"等 {len(raised)} 人次" if len(raised) > most else ""
    return "、".join(told) + more


def name_of(row: Occurrence) -> str:
    """Return the name of a raiser as lists show it."""
    return Raiser.ANONYMOUS.value if row.raiser == Raiser.ANONYMOUS else row.raised_by or NAMELESS


def _raiser(row: Occurrence, *, full: bool) -> str:
    person = row.representative if row.raiser != Raiser.ANONYMOUS else None
    if person is None:
        sort = f"（{row.raiser}）" if row.raiser in (Raiser.HOUSEHOLD, Raiser.UNIT) else ""
        return f"{name_of(row)}{sort}"
    phone = person.mobile if full else Representative.mobile.masked_text(person.mobile)
    marks = [mark for mark in (f"{person.unit}{person.post}", phone) if mark]
    return f"{name_of(row)}（{'，'.join(marks)}）" if marks else name_of(row)


# -- urging


def urge_slips(plan: Plan) -> Sheets:
    """Return a 催办单 for each late ticket, a 督办单 where it is late by what its limit says."""
    return Sheets(
        "催办单", plan.office.name, tuple(_urge(plan, piece) for piece in plan.pieces), numbers_of(plan)
    )


def _urge(plan: Plan, piece: Piece) -> Sheet:
    ticket, day = piece.ticket, plan.on or datetime.date.today()
    before = [slip for slip in piece.slips if slip.round == ticket.round and slip.on and slip.on < day]
    earlier = [f"{slip.sort} {slip.number}（{chinese_day(slip.on)}）" for slip in before if slip.on]
    grave = piece.sort == GRAVE
    parts = SheetPart(
        (
            *_matter(piece),
            SheetRow(("反映人", raised_words(piece.raised))),
            SheetRow(("反映原文", ticket.content), 30),
            SheetRow(("办理期限", due_words(piece), "已逾期", f"{piece.late} 个工作日")),
            *([SheetRow(("此前发文", "；".join(earlier)))] if earlier else []),
            SheetRow((f"{piece.sort[:2]}要求", _urging(plan, piece, grave=grave))),
            SheetRow(("逾期原因", ""), 34),
            SheetRow(("办结时间", "", "科室负责人", ""), 12),
            *([SheetRow(("领导批示", ""), 16)] if grave else []),
            SIGNED,
        )
    )
    return Sheet(
        title=f"{ticket.sort}{piece.sort}",
        number=piece.number or DRAFT_NUMBER,
        about=f"{ticket.number}-{piece.handler}",
        parts=(parts,),
        foot=(f"{piece.sort[:2]}单位：{plan.office.name}", f"{piece.sort[:2]}日期：{chinese_day(day)}"),
        record=ticket.id,
    )


def _urging(plan: Plan, piece: Piece, *, grave: bool) -> str:
    ticket = piece.ticket
    since = f"应于{chinese_day(ticket.due_on)}前办结，" if ticket.due_on else ""
    until = f"截至{chinese_day(plan.on)}" if plan.on else "至今"
    told = (
        f"本件交由{ticket.section}{piece.handler}办理，{since}{until}已逾期 {piece.late} 个工作日，尚未答复。"
    )
    if grave:
        return f"{told}现予督办，请立即办理，并将逾期原因、整改措施和办结时间书面报{plan.office.name}。"
    return f"{told}请抓紧办理，并将逾期原因和办结时间填写在下面，送{plan.office.name}。"


def overdue_notice(plan: Plan) -> OverdueNotice:
    """Return the draft of a 通报: what is late, section by section, the latest first."""
    office, day = plan.office, plan.on or datetime.date.today()
    sections: dict[str, list[Piece]] = {}
    for piece in sorted(plan.pieces, key=lambda piece: (-piece.late, piece.ticket.number)):
        sections.setdefault(piece.ticket.section or "尚未交办", []).append(piece)
    most = sorted(sections.items(), key=lambda found: (found[0] == "尚未交办", -len(found[1]), found[0]))
    numbers = numbers_of(plan)
    told = "、".join(f"{section} {len(pieces)} 件" for section, pieces in most)
    lines = [f"截至{chinese_day(day)}，逾期未答复的问题共 {len(plan.pieces)} 件：{told}。现通报如下。"]
    for place, (section, pieces) in enumerate(most, start=1):
        lines.append(f"{_numeral(place)}、{section}（{len(pieces)} 件）")
        lines += [f"{turn}. {_late_line(piece)}" for turn, piece in enumerate(pieces, start=1)]
    lines.append("请上述科室抓紧办理，尽快答复反映人，并书面说明逾期原因。")
    return OverdueNotice(
        head=Head(office.head or Head.RED),
        letterhead=office.letterhead or office.name,
        number=numbers[0] if numbers else DRAFT_NUMBER,
        title="关于逾期未办结问题的通报（代拟稿）",
        body="\n".join(lines),
        signature=office.signature or office.name,
        date=chinese_day(day),
        numbers=numbers,
    )


def _late_line(piece: Piece) -> str:
    ticket = piece.ticket
    who = f"，经办人{piece.handler}" if piece.handler else ""
    due = f"，期限{chinese_day(ticket.due_on)}" if ticket.due_on else ""
    return f"{ticket.number}“{short_of(ticket)}”{who}{due}，逾期 {piece.late} 个工作日。"


def short_of(ticket: Ticket) -> str:
    """Return the summary as it stands within a sentence: in inner quotation marks, without its own full stop."""
    return quoted(ticket.shown_summary.rstrip("。．.；;，,、！!？?… "))[1:-1]


def _numeral(number: int) -> str:
    """Return 一…九十九 for a heading."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not tens:
        return digits[ones]
    return f"{digits[tens] if tens > 1 else ''}十{digits[ones] if ones else ''}"
