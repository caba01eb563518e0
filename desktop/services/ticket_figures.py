"""统计 of tickets: 件 and 件次 apart, rates only within one unit, every figure open to its tickets.

A merged ticket is part of its main one: it is no 件 of its own, its raisers are 件次 of the main one.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence

from desktop.records import ticket_rows
from desktop.records.ticket_rows import TicketRow
from desktop.records.tickets import UNANSWERED, WEIGHED, Decision, TicketSort, TicketState, Verdict
from desktop.services.figures import Figure, share

S = TicketState
Groups = list[tuple[str, tuple[Figure, ...]]]
FINISHED = (S.CLOSED, S.ARCHIVED)
NOT_SORTED, NO_SECTION = "未分类", "未交办"


def ticket_groups(
    first: datetime.date | None,
    last: datetime.date | None,
    *,
    day: bytes | None = None,
    today: datetime.date | None = None,
) -> Groups:
    """Return the figures of tickets received in a period (of one open day if told), under their headings."""
    rows = _matters(ticket_rows.received(first, last, day))
    raised = ticket_rows.raised(first, last, day)
    times = Figure("反映", len(raised), "件次", tuple(one.id for one in raised))
    return [
        ("总体", (_of("登记", rows), times, *_progress(rows, today or datetime.date.today()))),
        ("评价", tuple(_verdicts(rows))),
        ("按类型", tuple(_by(rows, "类型", lambda row: row.sort, TicketSort))),
        ("按来源", tuple(_by(rows, "来源", lambda row: row.source))),
        ("按类别", tuple(_by(rows, "类别", lambda row: row.category or NOT_SORTED))),
        ("按承办科室", tuple(_by(rows, "科室", lambda row: row.section or NO_SECTION))),
    ]


def suggestion_groups(
    first: datetime.date | None, last: datetime.date | None, *, day: bytes | None = None
) -> Groups:
    """Return the figures of 意见建议 and 金点子: what was decided, carried out and fed back, in 条."""
    rows = [row for row in _matters(ticket_rows.received(first, last, day)) if row.sort in WEIGHED]
    total = _of("意见建议", rows, "条")
    decided = {
        choice: _of(choice, [row for row in rows if row.decision == choice], "条") for choice in Decision
    }
    open_still = _of("尚未决定", [row for row in rows if not row.decision], "条")
    kept = [row for row in rows if row.decision in (Decision.ADOPTED, Decision.PARTLY)]
    done = _of("已落实", [row for row in kept if row.carried_out_on], "条")
    figures = [
        total, *decided.values(), open_still, *share("采纳率", decided[Decision.ADOPTED], total),
        _of("采纳和部分采纳", kept, "条"), done, *share("落实率", done, _of("采纳和部分采纳", kept, "条")),
        _of("已反馈", [row for row in rows if row.fed_back_on], "条"),
    ]  # fmt: skip
    return [
        ("", tuple(figures)),
        ("按类别", tuple(_by(rows, "类别", lambda row: row.category or NOT_SORTED, unit="条"))),
    ]


def _matters(rows: Iterable[TicketRow]) -> list[TicketRow]:
    """Return what counts as a 件 of its own."""
    return [row for row in rows if row.state != S.MERGED]


def _of(label: str, rows: Sequence[TicketRow], unit: str = "件") -> Figure:
    return Figure(label, len(rows), unit, tuple(row.id for row in rows))


def _progress(rows: Sequence[TicketRow], today: datetime.date) -> list[Figure]:
    """Count how far tickets have come: accepted, answered, in time, closed."""
    refused = [
        row for row in rows if row.state == S.REFUSED or (row.state == S.ARCHIVED and not row.closed_on)
    ]
    turned_away = {row.id for row in refused}
    accepted = [row for row in rows if row.id not in turned_away and row.state != S.REGISTERED]
    answered = [row for row in accepted if row.answered_on]
    in_time = [row for row in answered if row.due_on and row.answered_on and row.answered_on <= row.due_on]
    late = [row for row in rows if row.state in UNANSWERED and row.due_on and row.due_on < today.isoformat()]
    closed = [row for row in accepted if row.state in FINISHED]
    handled, told, done = _of("受理", accepted), _of("已答复", answered), _of("办结", closed)
    return [
        handled, _of("不予受理", refused), told, *share("按期答复率", _of("按期答复", in_time), told),
        _of("逾期未答复", late), _of("挂起", [row for row in rows if row.state == S.SUSPENDED]),
        _of("重新办理", [row for row in rows if row.round > 1]), done, *share("办结率", done, handled),
    ]  # fmt: skip


def _verdicts(rows: Sequence[TicketRow]) -> list[Figure]:
    """Count what was said of the answers, the latest round of each; those not reached said nothing."""
    found = {verdict: _of(verdict, [row for row in rows if row.verdict == verdict]) for verdict in Verdict}
    said = [row for row in rows if row.verdict and row.verdict != Verdict.UNREACHED]
    pleased = [row for row in said if row.verdict != Verdict.DISCONTENT]
    rate = share("满意率", _of("满意和基本满意", pleased), _of("已评价", said))
    return [_of("已评价", said), *found.values(), *rate]


def _by(
    rows: Sequence[TicketRow],
    called: str,
    of: Callable[[TicketRow], str],
    order: Iterable[str] = (),
    *,
    unit: str = "件",
) -> list[Figure]:
    """Count rows by a word of theirs: in the order told, else the most first."""
    parts: dict[str, list[TicketRow]] = {str(word): [] for word in order}
    for row in rows:
        parts.setdefault(of(row), []).append(row)
    ranked = parts.items() if order else sorted(parts.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [_of(f"{called}：{word}", those, unit) for word, those in ranked if those]
