"""Records that others hang on: figures and papers already out refer to them, so they may not be removed."""

from __future__ import annotations

from desktop.errors import UserError
from desktop.records.base import Record, parts_of
from desktop.records.catalogue import record_type
from desktop.records.diaries import DiaryVisit

USERS: dict[str, tuple[tuple[str, str], ...]] = {
    "open-day": (("invitation", "open_day"), ("form-issue", "open_day"), ("ticket", "open_day")),
    "form": (("form-issue", "form"),),
    "form-issue": (("form-return", "issue"),),
    "staff": (
        ("ticket", "handler"),
        ("visit-staff", "staff"),
        ("visit", "staff"),
        ("diary", "author"),
        ("pairing", "staff"),
        ("appointment", "staff"),
        ("link-point", "staff"),
    ),
    "household": (
        ("visit", "household"),
        ("pairing", "household"),
        ("condolence", "household"),
        ("ticket", "household"),
        ("appointment", "household"),
    ),
    "visit": (("ticket", "visit"), ("diary-visit", "visit"), ("appointment", "visit")),
    "diary": (("publication", "diary"),),
    "meeting": (("ticket", "meeting"),),
    "ticket": (("ticket", "main"),),
    "time-limit": (("ticket", "limit"),),
}
"""What may not be removed while live records of another kind hang on it, by which link."""
STAYS = "办过的事还要用到他的姓名；已调离的不用删除，在“走访指标”里给他单独定 0 户就不再要求"
HOW: dict[tuple[str, str], str] = {
    ("visit", "diary-visit"): "请先打开日记{whole}，在“走访”标签里移除这一次",
    ("visit", "ticket"): "请先删除这些问题，或者不删走访",
    ("diary", "publication"): "请先在“刊载”标签里移除",
    ("staff", "ticket"): STAYS,
    ("staff", "visit-staff"): STAYS,
    ("staff", "diary"): STAYS,
}
"""What to do first, for a record and what hangs on it."""
NAMED = 3
"""Diaries named in a sentence."""


def refuse_removing(record: Record) -> None:
    """Refuse to take a record away that live records of another kind hang on; say what to do about them."""
    for kind, link in USERS.get(record.kind, ()):
        user = record_type(kind)
        if there := parts_of(user, link, record):
            how = HOW.get((record.kind, kind), "请先处理它们").format(whole=_wholes(there))
            raise UserError(
                f"{record.label}“{record.caption()}”下还有 {len(there)} 条{user.label}，不能删除；{how}",
                field="id",
            )


def _wholes(parts: list[Record]) -> str:
    """Return the names of the diaries that tell of a visit."""
    found = [part.diary.caption() for part in parts[:NAMED] if isinstance(part, DiaryVisit)]
    return "".join(f"“{caption}”" for caption in found)
