"""编号登记 and 打印记录: numbers are gap-free by series and year, never used twice; every print is logged."""

from __future__ import annotations

import peewee

from desktop.records.base import now, reading
from desktop.records.kinds import Key, new_id
from desktop.records.trail import Local


class RegisterEntry(Local):
    """One number given out: series and year, the number, how it is written, whom it went to, 作废 or not."""

    id = Key(primary_key=True, default=new_id)
    series = peewee.TextField()
    year = peewee.IntegerField()
    number = peewee.IntegerField()
    text = peewee.TextField()
    record = Key(null=True, index=True)
    void_because = peewee.TextField(default="")
    at = peewee.TextField(default=now)

    class Meta:
        indexes = ((("series", "year", "number"), True),)


class PrintJob(Local):
    """One print: what, for whom, how many pages, the hash of the bytes, by whom and when."""

    id = Key(primary_key=True, default=new_id)
    at = peewee.TextField(default=now)
    who = peewee.TextField(default="")
    document = peewee.TextField()
    open_day = Key(null=True, index=True)
    items = peewee.IntegerField()
    pages = peewee.IntegerField()
    target = peewee.TextField(default="")
    sha256 = peewee.TextField(default="")


def take(series: str, year: int, record: bytes, write: str) -> str:
    """Take the next number of a series and year and return it written, e.g. `邀〔2026〕17号`.

    `write` is a format with {year} and {number}. Must run inside a transaction: the number and what
    it numbers are kept together or not at all.
    """
    last = (
        RegisterEntry.select(peewee.fn.MAX(RegisterEntry.number))
        .where((RegisterEntry.series == series) & (RegisterEntry.year == year))
        .scalar()
    )
    number = (last or 0) + 1
    text = write.replace("{year}", str(year)).replace("{number}", str(number))
    RegisterEntry(series=series, year=year, number=number, text=text, record=record).save(force_insert=True)
    return text


def void(record: bytes, because: str) -> None:
    """Mark the numbers of a record as void; they stay in the register and are never given out again."""
    RegisterEntry.update(void_because=because).where(RegisterEntry.record == record).execute()


def jobs_of(day: bytes) -> list[PrintJob]:
    """Return what was printed for an open day, the latest first."""
    with reading():
        return list(PrintJob.select().where(PrintJob.open_day == day).order_by(PrintJob.at.desc()))  # pyright: ignore
