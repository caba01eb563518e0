"""From tickets to ruled lists: 台账, 销号表; and what a meeting has before it and decided: 议题单, 决定事项."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from desktop.errors import UserError
from desktop.records.dates import chinese_day
from desktop.records.meetings import Meeting
from desktop.records.ticket_papers import ListColumn, ListPaper, Sheet, SheetPart, SheetRow, Sheets
from desktop.records.tickets import Decision, Ticket, TicketState
from desktop.services.orders import Plan
from desktop.services.ticket_pieces import Piece
from desktop.services.ticket_slips import raised_words

DONE = (TicketState.CLOSED, TicketState.ARCHIVED)
LONGEST_TEXT = 48
"""Characters of a text in a list: what was said is whole on the 交办单, what was answered in the 答复函."""
LEDGER = (
    ListColumn("序号", 11, True), ListColumn("编号", 21, True), ListColumn("反映日期", 21, True),
    ListColumn("反映人", 19, True), ListColumn("内容摘要", 53), ListColumn("类别", 17, True),
    ListColumn("承办科室", 18, True), ListColumn("经办人", 15, True), ListColumn("期限", 21, True),
    ListColumn("状态", 17, True), ListColumn("答复", 39), ListColumn("评价", 17, True),
    ListColumn("办结日期", 21, True), ListColumn("件次", 11, True),
)  # fmt: skip
WRITE_OFF = (
    ListColumn("序号", 10, True), ListColumn("编号", 20, True), ListColumn("问题", 70),
    ListColumn("反映日期", 21, True), ListColumn("承办科室", 22, True), ListColumn("经办人", 18, True),
    ListColumn("期限", 21, True), ListColumn("办理结果", 20, True), ListColumn("办结日期", 21, True),
    ListColumn("是否销号", 18, True), ListColumn("销号人", 20, True),
)  # fmt: skip
RESOLUTIONS = (
    ListColumn("序号", 10, True), ListColumn("编号", 20, True), ListColumn("意见建议（原文）", 84),
    ListColumn("建议人", 22, True), ListColumn("决定", 20, True), ListColumn("理由", 60),
    ListColumn("承办", 24, True), ListColumn("落实情况", 24, True),
)  # fmt: skip


def ledger(plan: Plan) -> ListPaper:
    """Return the 台账 of the tickets asked for, as they stand now."""
    rows = tuple(_ledger_row(place, piece) for place, piece in enumerate(plan.pieces, start=1))
    return _list(plan, "台账", "问题和意见建议台账", LEDGER, rows)


def _ledger_row(place: int, piece: Piece) -> tuple[str, ...]:
    ticket = piece.ticket
    return (
        f"{place}", ticket.number, _day(ticket.received_on), raised_words(piece.raised),
        _gist(ticket), ticket.category, ticket.section, piece.handler, _due(piece), ticket.state,
        _answer(piece), ticket.verdict, _day(ticket.closed_on), f"{len(piece.raised)}",
    )  # fmt: skip


def write_off_list(plan: Plan) -> ListPaper:
    """Return the 销号表: what is done is struck off, by whom is written by hand."""
    rows = tuple(_write_off_row(place, piece) for place, piece in enumerate(plan.pieces, start=1))
    return _list(plan, "销号表", "问题销号表", WRITE_OFF, rows)


def _write_off_row(place: int, piece: Piece) -> tuple[str, ...]:
    ticket = piece.ticket
    done = "已销号" if ticket.state in DONE else "未销号"
    return (
        f"{place}", ticket.number, _gist(ticket), _day(ticket.received_on), ticket.section,
        piece.handler, _due(piece), ticket.outcome, _day(ticket.closed_on), done, "",
    )  # fmt: skip


def _list(
    plan: Plan, kind: str, title: str, columns: tuple[ListColumn, ...], rows: tuple[tuple[str, ...], ...]
) -> ListPaper:
    day = plan.on or datetime.date.today()
    about = f"　开放日“{plan.day.theme}”" if plan.day else ""
    own = [piece.ticket for piece in plan.pieces if piece.ticket.state != TicketState.MERGED]
    done = sum(ticket.state in DONE for ticket in own)
    merged = len(rows) - len(own)
    times = sum(len(piece.raised) for piece in plan.pieces)
    return ListPaper(
        kind,
        title,
        plan.office.name,
        f"{plan.office.name}　{chinese_day(day)}{about}",
        columns,
        rows,
        f"合计 {len(own)} 件，{times} 件次；已办结 {done} 件，未办结 {len(own) - done} 件"
        + (f"；另列已并案的 {merged} 件，不重复计数" if merged else ""),
    )


def _gist(ticket: Ticket) -> str:
    """Return the summary, or else the beginning of what was said."""
    text = " ".join(ticket.content.split())
    return ticket.summary or (text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…")


def _day(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def _due(piece: Piece) -> str:
    ticket = piece.ticket
    return f"{_day(ticket.due_on)}{'（推定）' if ticket.presumed and ticket.due_on else ''}"


def _answer(piece: Piece) -> str:
    text = " ".join(piece.answer.text.split()) if piece.answer else ""
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"


# -- meetings


def agenda(plan: Plan) -> Sheets:
    """Return the 议题单 of a meeting: every suggestion in its own words, with room for what is decided."""
    meeting = _meeting(plan)
    about = SheetPart(tuple(_about(meeting)))
    items = [_item(place, piece) for place, piece in enumerate(plan.pieces, start=1)]
    when = chinese_day(meeting.held_on) if meeting.held_on else ""
    sheet = Sheet(
        title=f"{meeting.name}议题单",
        number="",
        about=meeting.name,
        parts=(about, *items),
        foot=(plan.office.name, when),
        record=meeting.id,
    )
    return Sheets("议题单", plan.office.name, (sheet,))


def _meeting(plan: Plan) -> Meeting:
    if plan.meeting is None:
        raise UserError("请先选定会议", field="meeting")
    return plan.meeting


def _about(meeting: Meeting) -> Iterator[SheetRow]:
    held = chinese_day(meeting.held_on, weekday=True) if meeting.held_on else ""
    yield SheetRow(("时间", f"{held} {meeting.starts_at}".strip(), "地点", meeting.venue))
    yield SheetRow(("主持人", meeting.host, "记录人", meeting.recorder))
    yield SheetRow(("参加人员", meeting.attendees))


def _item(place: int, piece: Piece) -> SheetPart:
    ticket = piece.ticket
    proposal = piece.answer.text if piece.answer else piece.charge
    return SheetPart(
        (
            SheetRow(("建议人", raised_words(piece.raised), "类别", ticket.category or ticket.sort)),
            SheetRow(("原文", ticket.content)),
            SheetRow(("承办科室", ticket.section, "经办人", piece.handler)),
            SheetRow(("拟办意见", proposal), 0 if proposal else 18),
            SheetRow(("会议决定", _ticked(ticket.decision))),
            SheetRow(("理由", ticket.decision_reason), 0 if ticket.decision_reason else 18),
        ),
        heading=f"议题 {place}　{ticket.number}",
    )


def _ticked(decision: str) -> str:
    """Return the decision, or where there is none yet all of them, to be ticked by hand."""
    return decision or "　　".join(f"□{word}" for word in Decision)


def resolutions(plan: Plan) -> ListPaper:
    """Return the 决定事项 of a meeting: decision and reason of each suggestion, blank where none is kept yet."""
    meeting = _meeting(plan)
    rows = tuple(_resolution(place, piece) for place, piece in enumerate(plan.pieces, start=1))
    counts = [(word, sum(piece.ticket.decision == word for piece in plan.pieces)) for word in Decision]
    told = "，".join(f"{word} {count} 件" for word, count in counts)
    undecided = sum(not piece.ticket.decision for piece in plan.pieces)
    open_words = f"，未决定 {undecided} 件" if undecided else ""
    when = chinese_day(meeting.held_on, weekday=True) if meeting.held_on else ""
    host = f"　主持人：{meeting.host}" if meeting.host else ""
    return ListPaper(
        "决定事项",
        f"{meeting.name}决定事项",
        plan.office.name,
        f"{when}　{meeting.venue}{host}".strip("　"),
        RESOLUTIONS,
        rows,
        f"合计 {len(rows)} 件：{told}{open_words}",
        foot="主持人签字：　　　　　　　　　　记录人签字：　　　　　　　　　　　　　　年　　月　　日",
    )


def _resolution(place: int, piece: Piece) -> tuple[str, ...]:
    ticket = piece.ticket
    carried = f"{_day(ticket.carried_out_on)} 落实" if ticket.carried_out_on else ""
    return (
        f"{place}", ticket.number, ticket.content, raised_words(piece.raised), ticket.decision,
        ticket.decision_reason, "\n".join(filter(None, (ticket.section, piece.handler))), carried,
    )  # fmt: skip
