"""What a password costs: import, search, save and opening of an encrypted office file against a plain one, in turn.

CPU seconds of whole processes for the import; CPU of the work alone for searches and saves; for opening CPU and what
passes on the clock. Usage: python -m benchmarks.encryption [people]
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.importing import sheet
from benchmarks.measure import RUNS, compare, once, python

PASSWORD = "红军不怕远征难 1935"
IMPORT = """
import desktop.__main__  # as the program itself begins
import sys, tempfile; from desktop.app import main
place = tempfile.mkdtemp(dir=sys.argv[2]) + '/a.openday'
secret = ['--password-file', sys.argv[3]] if sys.argv[3:] else []
assert main(['--data', place, 'new', '--name', '甲', *secret]) == 0
raise SystemExit(main(['--data', place, '--json', 'import', 'representative', sys.argv[1], *secret]))
"""
WORK = """
import json, sys, time
from pathlib import Path
from benchmarks.filter import TYPED
from desktop.app import open_desk
from desktop.records.base import database
from desktop.records.listing import Query
from desktop.records.representatives import Representative
from desktop.storage import office
path, password = Path(sys.argv[1]), sys.argv[2] or None
database.initialize(None)
clock, spent = time.perf_counter(), time.process_time()
desk = open_desk(path, password)
found = {'open': time.process_time() - spent, 'open_wall': time.perf_counter() - clock}
spent = time.process_time()
for word in TYPED:
    for end in range(1, len(word) + 1):
        query = Query(Representative, search=word[:end])
        desk.books.page(query, 0, 100)
        desk.books.count(query)
found['search'] = time.process_time() - spent
spent = time.process_time()
for number in range(int(sys.argv[3])):
    desk.books.save(Representative(full_name='曾国强', unit=f'光大社区{number}组', mobile=f'139{number:08}'))
found['save'] = time.process_time() - spent
office.close()
print(json.dumps(found))
"""
SAVES = 200
BARS = {"search": 1.7, "save": 1.7}


def made(path: Path, count: int, password: str | None) -> None:
    """Make an office of so many people in a process of its own."""
    code = (
        "import sys; from pathlib import Path; import benchmarks.offices as offices; import desktop.app as app\n"
        "from functools import partial\n"
        "made, secret = app.new_desk, sys.argv[3] or None\n"
        "offices.new_desk = lambda path, settings: made(path, settings, secret)\n"
        "offices.make(Path(sys.argv[1]), int(sys.argv[2]))"
    )
    once(python("-c", code, str(path), str(count), password or ""))


def main() -> None:
    """Compare both, each in turn with the other; print medians, ratios and bars."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        _compare_import(Path(folder))
        _compare_work(Path(folder), count)


def _compare_import(folder: Path) -> None:
    roster, secret = folder / "roster.xlsx", folder / "password.txt"
    sheet(roster, 20_000)
    secret.write_text(PASSWORD, encoding="utf-8")
    words = [str(roster), str(folder)]
    locked, plain = python("-c", IMPORT, *words, str(secret)), python("-c", IMPORT, *words)
    compare("import of 20,000 rows, encrypted against plain", locked, plain, 2.5)


def _compare_work(folder: Path, count: int) -> None:
    sides = {"plain": (folder / "plain.openday", ""), "encrypted": (folder / "locked.openday", PASSWORD)}
    for path, password in sides.values():
        made(path, count, password)
    found: dict[str, list[dict[str, float]]] = {side: [] for side in sides}
    for turn in range(RUNS + 1):
        for side, (path, password) in sides.items():
            told = json.loads(once(python("-c", WORK, str(path), password, str(SAVES))).out)
            if turn:  # the first compiles
                found[side].append(told)
    middle = {
        side: {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        for side, runs in found.items()
    }
    ours, plain = middle["encrypted"], middle["plain"]
    for key, bar in BARS.items():
        ratio = ours[key] / plain[key]
        verdict = "ok" if ratio <= bar else "MISSED"
        print(
            f"{key}, {count} people: {ours[key]:.2f} s CPU against {plain[key]:.2f}, ratio {ratio:.2f} (bar {bar}) {verdict}"
        )
    for key, words in (("open", "CPU"), ("open_wall", "on the clock")):
        more = ours[key] - plain[key]
        verdict = "ok" if more <= 0.4 else "MISSED"
        print(
            f"open, {count} people: {ours[key]:.3f} s {words} against {plain[key]:.3f}, +{more:.3f} s (bar +0.4) {verdict}"
        )


if __name__ == "__main__":
    main()
