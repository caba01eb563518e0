"""编号登记 and 打印记录: numbers are gap-free by series and year, never used twice; every print is logged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import peewee

from desktop.records.base import now, reading, write_rows
from desktop.records.kinds import Key, new_id
from desktop.records.trail import Local

LAST_NUMBER = re.compile(r"(.*?)(\d+)(\D*)", re.DOTALL)
PART = 500
"""Records asked for by one statement."""
MOST_RUNS = 12
"""Ranges of numbers told in one sentence."""


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
    """One print: what, for whom, how many pages, the hash of the bytes, by whom and when.

    `people` are the keys of the invitations in paper order, 16 bytes each; `asked` is the rest of the order
    as JSON, and `content` names the values drawn (`PrintedContent`): enough to print exactly this again.
    `printer` is where it was to go (empty: to a file), `sent` when the printer's queue had taken it.
    """

    id = Key(primary_key=True, default=new_id)
    at = peewee.TextField(default=now)
    who = peewee.TextField(default="")
    document = peewee.TextField()
    open_day = Key(null=True, index=True)
    items = peewee.IntegerField()
    pages = peewee.IntegerField()
    target = peewee.TextField(default="")
    sha256 = peewee.TextField(default="")
    people = peewee.BlobField(default=b"")
    asked = peewee.TextField(default="{}")
    content = peewee.TextField(default="")
    printer = peewee.TextField(default="")
    sent = peewee.TextField(default="")

    @property
    def is_printed(self) -> bool:
        """Whether it came to paper or to a file: what was for a printer counts when the printer took it."""
        return not self.printer or bool(self.sent)

    @property
    def where(self) -> str:
        """Where it went: the file's name, or the printer's."""
        if not self.printer:
            return self.target
        return f"送往“{self.printer}”" if self.sent else f"没有送到“{self.printer}”"

    @property
    def keys(self) -> tuple[bytes, ...]:
        """The invitations printed, in paper order."""
        held = bytes(self.people)
        return tuple(held[at : at + 16] for at in range(0, len(held), 16))


class PrintedContent(Local):
    """What papers were drawn from, by its hash: printing the same once more keeps nothing more."""

    hash = peewee.TextField(primary_key=True)
    packed = peewee.BlobField()


def number_key(text: str) -> list[int]:
    """Return what written numbers sort by: 邀〔2026〕9号 before 邀〔2026〕10号."""
    return [int(part) for part in re.findall(r"\d+", text)]


def told_numbers(texts: Iterable[str]) -> str:
    """Return written numbers as true ranges, lowest first: `邀〔2026〕1—16、18—30号`, `1—3、7`."""
    series: dict[tuple[str, str], list[list[int]]] = {}
    for text in sorted(texts, key=number_key):
        found = LAST_NUMBER.fullmatch(text)
        before, written, after = found.groups() if found else (text, "0", "")
        runs, number = series.setdefault((before, after), []), int(written)
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    told = []
    for (before, after), runs in series.items():
        few = [f"{first}—{last}" if last > first else f"{first}" for first, last in runs[:MOST_RUNS]]
        more = f"等 {len(runs)} 段" if len(runs) > MOST_RUNS else ""
        told.append(f"{before}{'、'.join(few)}{after}{more}")
    return "、".join(told)


def take(series: str, year: int, record: bytes, write: str) -> str:
    """Take the next number of a series and year for one record; see `take_for`."""
    return take_for(series, year, [record], write)[0]


def take_for(series: str, year: int, records: Sequence[bytes], write: str) -> list[str]:
    """Take the next numbers of a series and year, one a record in order, written, e.g. `邀〔2026〕17号`.

    `write` is a format with {year} and {number}, or {number:04} where texts are to sort as numbers.
    Must run inside a transaction: the numbers and what they number are kept together or not at all.
    """
    last = (
        RegisterEntry.select(peewee.fn.MAX(RegisterEntry.number))
        .where((RegisterEntry.series == series) & (RegisterEntry.year == year))
        .scalar()
    )
    numbers = range((last or 0) + 1, (last or 0) + 1 + len(records))
    texts = [
        write.replace("{year}", str(year))
        .replace("{number:04}", f"{number:04}")
        .replace("{number}", str(number))
        for number in numbers
    ]
    write_rows(
        "INSERT INTO register_entry (id, series, year, number, text, record, void_because, at) "
        "VALUES (?, ?, ?, ?, ?, ?, '', ?)",
        [
            (new_id(), series, year, number, text, record, now())
            for number, text, record in zip(numbers, texts, records, strict=True)
        ],
    )
    return texts


def given(series: str, year: int, records: Sequence[bytes]) -> dict[bytes, list[str]]:
    """Return the numbers of a series and year that records were given and that aren't void, the first first."""
    rows = RegisterEntry.select().where(
        (RegisterEntry.series == series) & (RegisterEntry.year == year) & (RegisterEntry.void_because == "")
    )
    found: dict[bytes, list[str]] = {}
    for start in range(0, len(records), PART):
        part = rows.where(RegisterEntry.record.in_(records[start : start + PART]))  # pyright: ignore
        for row in part.order_by(RegisterEntry.number):
            found.setdefault(row.record, []).append(row.text)
    return found


def void(record: bytes, because: str) -> None:
    """Mark the numbers of a record as void; they stay in the register and are never given out again."""
    RegisterEntry.update(void_because=because).where(RegisterEntry.record == record).execute()


def revive(record: bytes, because: str) -> None:
    """Let the numbers of a record that comes back hold again, where they were void for that reason."""
    of_it = (RegisterEntry.record == record) & (RegisterEntry.void_because == because)
    RegisterEntry.update(void_because="").where(of_it).execute()


def voided(texts: Sequence[str]) -> list[str]:
    """Return which of some numbers are void by now, in their order."""
    with reading():
        void_now = {
            row.text
            for row in RegisterEntry.select().where(
                (RegisterEntry.void_because != "") & RegisterEntry.text.in_(texts)  # pyright: ignore
            )
        }
    return [text for text in texts if text in void_now]


def note_sent(jobs: Sequence[bytes], printer: str, target: str) -> list[PrintJob]:
    """Note that a printer took these jobs, or a file where it is ''; returns them. Must run inside a change."""
    told = {"sent": now(), "printer": printer} | ({"target": target} if target else {})
    PrintJob.update(told).where(PrintJob.id.in_(jobs)).execute()
    return list(PrintJob.select().where(PrintJob.id.in_(jobs)))  # pyright: ignore


def jobs_of(day: bytes) -> list[PrintJob]:
    """Return what was printed for an open day, the latest first."""
    with reading():
        return list(
            PrintJob.select().where(PrintJob.open_day == day).order_by(PrintJob.at.desc(), PrintJob.id.desc())
        )  # pyright: ignore


def printed_of(document: str) -> set[bytes]:
    """Return the keys of everything that a document was ever printed for, whatever the day."""
    return {key for job in jobs_of_documents([document]) if job.is_printed for key in job.keys}


def jobs_of_documents(documents: Sequence[str]) -> list[PrintJob]:
    """Return every print of some documents, for whatever day or none."""
    with reading():
        return list(PrintJob.select().where(PrintJob.document.in_(documents)))  # pyright: ignore


def latest_jobs(limit: int = 200) -> list[PrintJob]:
    """Return what was printed last, for whatever day."""
    with reading():
        return list(PrintJob.select().order_by(PrintJob.at.desc(), PrintJob.id.desc()).limit(limit))  # pyright: ignore
