"""trail, bin, recover, purge, export-log: what was done, what was removed, what was taken out."""

from __future__ import annotations

import datetime
from argparse import Namespace

from desktop.commands.answer import Answer, table
from desktop.errors import UserError
from desktop.records.base import plain
from desktop.records.catalogue import record_type
from desktop.records.dates import parse_day
from desktop.records.past_changes import Done
from desktop.records.quoting import Quotes
from desktop.services.desk import Desk
from desktop.services.taken_out import taken_out


def trail(desk: Desk, asked: Namespace) -> Answer:
    """List changes, the last first, with every field of those that wrote few rows."""
    since, until = (_day(asked, word) for word in ("from", "to"))
    wanted = desk.trail.asked(asked.search, asked.who, asked.kind, since, until)
    done: list[Done] = []
    below = 0
    while len(done) < asked.limit:
        page = desk.trail.page(wanted, below, asked.limit - len(done))
        done += page.found
        below = page.below
        if not below:
            break
    rows = [
        [_when(row.at), row.who, row.action, f"{row.rows}", "已撤销" if row.undone else ""] for row in done
    ]
    headings = ("时间", "经手人", "做了什么", "行数", "")
    return Answer([_change(desk, row) for row in done], f"{table(headings, rows)}\n共 {len(done)} 次改动")


def _change(desk: Desk, row: Done) -> dict[str, object]:
    return {
        "number": row.number,
        "id": row.key.hex(),
        "at": row.at,
        "who": row.who,
        "action": row.action,
        "rows": row.rows,
        "undone": row.undone,
        "fields": [
            {
                "kind": field.kind,
                "id": field.key.hex(),
                "record": field.record,
                "did": field.did,
                "field": field.field,
                "before": field.before,
                "after": field.after,
            }
            for field in desk.trail.fields(row.number, 0, 20)
        ],
    }


def _when(at: str) -> str:
    return at[:16].replace("T", " ")


def _day(asked: Namespace, word: str) -> datetime.date | None:
    text = getattr(asked, word)
    try:
        return parse_day(text) if text else None
    except ValueError as reason:
        raise UserError(f"日期“{text[:20]}”{reason}", field=word) from None


def listed(desk: Desk, asked: Namespace) -> Answer:
    """List what is in the 回收站, the last removed first."""
    found = desk.recycle_bin.page(asked.kind, 0, max(asked.limit, 0))
    rows = [
        [row.key.hex(), row.model.label, row.caption, _when(row.at), row.because, row.who] for row in found
    ]
    value = [
        {
            "id": row.key.hex(), "kind": row.model.kind, "record": row.caption, "at": row.at,
            "because": row.because, "who": row.who,
        }
        for row in found
    ]  # fmt: skip
    return Answer(
        value, f"{table(('id', '种类', '名称', '删除时间', '原因', '经手人'), rows)}\n共 {len(found)} 条"
    )


def _key(asked: Namespace) -> bytes:
    try:
        return bytes.fromhex(asked.id.strip())
    except ValueError:
        raise UserError(f"“{asked.id[:40]}”不是回收站里的 id，请用 bin 查看", field="id") from None


def recover(desk: Desk, asked: Namespace) -> Answer:
    """Bring a removed record back."""
    model, key = record_type(asked.kind), _key(asked)
    names = desk.recycle_bin.recover(model, [key])
    return Answer(plain(desk.books.get(model, key)), f"已恢复{model.label}“{names[0]}”")


def purge(desk: Desk, asked: Namespace) -> Answer:
    """Clear a removed record for good; or only tell which other records say the same."""
    model, key = record_type(asked.kind), _key(asked)
    if asked.dry_run:
        still = desk.recycle_bin.quotes(model, [key])
        told = still.told(most=len(still.named)) or "别的记录里没有同样的姓名、号码或文字"
        return Answer({"purged": 0} | _still(still), f"没有删除，只是看看别处还有没有：\n{told}")
    outcome = desk.recycle_bin.purge(model, [key], confirmed=asked.confirm)
    value = {
        "purged": outcome.count,
        "written_anew": outcome.written_anew,
        "past": {"cleared": len(outcome.past.touched), "left": outcome.past.left},
    }
    return Answer(value | _still(outcome.still), outcome.told())


def _still(still: Quotes) -> dict[str, object]:
    named = [
        {"kind": quote.kind, "id": quote.key.hex(), "record": quote.caption, "removed": quote.removed}
        for quote in still.named
    ]
    return {"still": still.counts, "quoted": named}


def export_log(desk: Desk, _asked: Namespace) -> Answer:
    """List what personal data left the office file, the latest first."""
    found = taken_out(desk.disclosing)
    rows = [
        [_when(one.at), one.who, one.how, one.what, f"{one.items}", one.whereto, one.numbers()]
        for one in found
    ]
    value = [
        {
            "id": one.id.hex(), "at": one.at, "who": one.who, "how": one.how, "what": one.what, "items": one.items,
            "whereto": one.whereto, "full": bool(one.full),
        }
        for one in found
    ]  # fmt: skip
    return Answer(value, table(("时间", "经手人", "方式", "内容", "数量", "去向", "号码"), rows))
