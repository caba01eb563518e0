"""Import of 5,000 visits of three years into an office with 1,000 households and 30 staff, as a whole process.

Prints CPU and peak memory. Usage: python -m benchmarks.visit_import [visits]
"""

from __future__ import annotations

import datetime
import random
import shutil
import sys
import tempfile
from pathlib import Path

import xlsxwriter

from benchmarks.measure import median, once, python
from benchmarks.visits import THEN, WHAT, WHERE

HEADINGS = ("走访日期", "走访人", "户主", "村（社区）", "组", "走访形式", "了解的情况", "下步打算")
HOMES, STAFF, RUNS = 1_000, 30, 3
BEGIN = """
import sys
from desktop.app import main
assert main(["--data", sys.argv[1], "new", "--name", "甲"]) == 0
assert main(["--data", sys.argv[1], "import", "staff", sys.argv[2]]) == 0
assert main(["--data", sys.argv[1], "import", "household", sys.argv[3]]) == 0
"""
IMPORT = """
import desktop.__main__  # as the program itself begins
import sys
from desktop.app import main
raise SystemExit(main(["--data", sys.argv[1], "--json", "import", "visit", sys.argv[2]]))
"""


def sheets(folder: Path, count: int) -> None:
    """Write staff, households and visits."""
    chance = random.Random(7)
    homes = [(f"户主{place:04}", WHERE[place % len(WHERE)], f"{place % 20}组") for place in range(HOMES)]
    _write(folder / "staff.xlsx", ("姓名",), [(f"干部{place}",) for place in range(STAFF)])
    _write(folder / "homes.xlsx", ("户主", "村（社区）", "组"), homes)
    _write(folder / "visits.xlsx", HEADINGS, [_visit(chance, place, homes) for place in range(count)])


def _visit(chance: random.Random, place: int, homes: list[tuple[str, str, str]]) -> tuple[str, ...]:
    on = datetime.date.today() - datetime.timedelta(days=place * 1_000 // 5_000 + 1)
    first, other = chance.sample(range(STAFF), 2)
    team = f"干部{first}、干部{other}" if chance.random() < 0.3 else f"干部{first}"
    found = f"{chance.choice(WHAT)}，{chance.choice(WHAT)}。"
    return (on.isoformat(), team, *homes[place % HOMES], "走访", found, chance.choice(THEN))


def _write(path: Path, headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet("表")
        page.write_row(0, 0, headings)
        for number, row in enumerate(rows, start=1):
            page.write_row(number, 0, row)


def main() -> None:
    """Measure the import, each time into the same office."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sheets(folder, count)
        office = folder / "office.openday"
        once(python("-c", BEGIN, str(office), str(folder / "staff.xlsx"), str(folder / "homes.xlsx")))
        costs = []
        for turn in range(RUNS + 1):
            copy = folder / f"{turn}.openday"
            shutil.copyfile(office, copy)
            costs.append(once(python("-c", IMPORT, str(copy), str(folder / "visits.xlsx"))))
        cost = median(costs[1:])
        print(f"import of {count} visits: {cost.cpu:.2f} s CPU, {cost.memory:.0f} MB")
        print(costs[-1].out.strip()[-200:])


if __name__ == "__main__":
    main()
