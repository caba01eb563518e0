"""The trail of an office with 1,000,000 rows in 300,000 changes: pages, searches, the chain, a purge.

`python -m benchmarks.trail`: CPU of this process, medians and the longest of every question.
"""

from __future__ import annotations

import datetime
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from desktop.app import new_desk
from desktop.records import chain
from desktop.records.base import database
from desktop.records.kinds import new_id
from desktop.records.representatives import Representative
from desktop.records.staff import Office
from desktop.services.desk import Desk
from desktop.storage import office

CHANGES, ROWS = 300_000, 1_000_000
PEOPLE = 20_000


def fill(desk: Desk) -> None:
    """Write changes as they would have been written, without going through each."""
    chance = random.Random(3)
    with desk.changes.change("导入代表", Representative):
        people = Representative.holding_each(
            [
                {"full_name": f"王{chr(0x4E00 + n % 5000)}", "unit": "光大社区", "mobile": f"138{n:08}"}
                for n in range(PEOPLE)
            ]
        )
        from desktop.records import storing

        storing.insert_all(people)
    keys = [person.id for person in people]
    said = json.dumps(
        {
            "full_name": "王伟",
            "unit": "光大社区",
            "post": "网格员",
            "note": "无" * 60,
            "mobile": "13800000000",
        },
        ensure_ascii=False,
    )
    sequence = database.execute_sql("SELECT max(sequence) FROM trail").fetchone()[0]
    file = database.connection()
    at = time.time() - CHANGES * 60
    with database.atomic():
        changes, rows = [], []
        for number in range(CHANGES):
            key = new_id()
            when = time.strftime("%Y-%m-%dT%H:%M:%S+08:00", time.gmtime(at + number * 60))
            changes.append(
                (
                    key,
                    when,
                    chance.choice(("李明", "王芳", "root")),
                    f"修改代表“王{number}”",
                    sequence + len(rows),
                )
            )
            for _ in range(ROWS // CHANGES + (number % 3 == 0)):
                rows.append(
                    (sequence + len(rows) + 1, key, "representative", chance.choice(keys), "update", said)
                )
        file.executemany(
            'INSERT INTO "change" (id, at, who, "action", batch, since) VALUES (?, ?, ?, ?, \'\', ?)', changes
        )
        file.executemany(
            'INSERT INTO trail (sequence, "change", place, row, did, before) VALUES (?, ?, ?, ?, ?, ?)', rows
        )
        database.execute_sql("UPDATE present SET purging = 1, number = NULL, head = NULL")
        database.execute_sql("DELETE FROM chain_link")
        database.execute_sql("UPDATE present SET purging = NULL")
        begun = time.process_time()
        chain.seal_all(database)
        print(f"all sealed at an upgrade: {time.process_time() - begun:.1f} s CPU, {len(rows):,} rows")


def told(what: str, work: Callable[[], object], times: int = 15) -> None:
    """Print the CPU of some work, median and longest."""
    took = []
    for _ in range(times):
        begun = time.process_time()
        work()
        took.append((time.process_time() - begun) * 1000)
    print(f"{what}: median {statistics.median(took):.1f} ms, longest {max(took):.1f} ms")


def main() -> None:
    """Fill an office and ask."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = folder
        desk = new_desk(Path(folder) / "office.openday", Office(name="肥西县委组织部"))
        try:
            fill(desk)
            look = desk.trail
            told("first page", lambda: look.page(look.asked()))
            told("a page half way down", lambda: look.page(look.asked(), CHANGES // 2))
            told("by who", lambda: look.page(look.asked(who="王芳")))
            told("by who never did anything", lambda: look.page(look.asked(who="张三")))
            told("by kind", lambda: look.page(look.asked(kind="ticket")))
            told("by a word of what was", lambda: look.page(look.asked("网格员")))
            told("by a word that is nowhere", lambda: look.page(look.asked("没有这个词")))
            told("by days of the middle", lambda: look.page(look.asked(since=_day(0.5), until=_day(0.5))))
            told("everybody who changed anything", look.people)
            told("what a change did", lambda: look.fields(CHANGES // 3))
            told("the whole chain", lambda: chain.broken(database), 1)
            person = desk.books.find(Representative, "王一")[0]
            desk.books.remove(person, "重复")
            told(
                "a purge",
                lambda: desk.recycle_bin.purge(Representative, [person.id], confirmed="彻底删除"),
                1,
            )
        finally:
            office.close()


def _day(share: float) -> datetime.date:

    return datetime.date.today() - datetime.timedelta(minutes=CHANGES * share)


if __name__ == "__main__":
    main()
