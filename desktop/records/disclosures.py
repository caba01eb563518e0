"""带出记录: who took personal data out of the office file, when, what, how much, whereto."""

from __future__ import annotations

import peewee

from desktop.records.base import now, reading
from desktop.records.kinds import Key, new_id
from desktop.records.trail import Local


class Disclosure(Local):
    """One time that personal data left: `how` (导出, 复制…), `what` in the office's words, `whereto` a file's name.

    `full` is set where whole numbers of phones and identity cards went along. Prints have a log of their own.
    """

    id = Key(primary_key=True, default=new_id)
    at = peewee.TextField(default=now)
    who = peewee.TextField(default="")
    how = peewee.TextField()
    what = peewee.TextField()
    items = peewee.IntegerField()
    whereto = peewee.TextField(default="")
    full = peewee.BooleanField(default=False)


class Purged(Local):
    """One record whose content was cleared for good; where others refer to it, its empty row stands."""

    record = Key(primary_key=True)
    kind = peewee.TextField()
    at = peewee.TextField(default=now)


def latest(limit: int = 500) -> list[Disclosure]:
    """Return what left last, the latest first."""
    with reading():
        return list(Disclosure.select().order_by(Disclosure.at.desc(), Disclosure.id.desc()).limit(limit))  # pyright: ignore
