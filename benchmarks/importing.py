"""Import of 20,000 rows against reading the sheet with calamine and inserting the rows with executemany.

Usage: python -m benchmarks.importing [rows]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import xlsxwriter

from benchmarks.measure import compare, median, once, python
from benchmarks.offices import people

HEADINGS = (
    "序号",
    "姓名",
    "性别",
    "民族",
    "出生年月",
    "政治面貌",
    "工作单位",
    "职务",
    "代表类别",
    "联系电话",
    "身份证号",
    "产生方式",
    "备注",
)
PEER = """
import sys, sqlite3, python_calamine
rows = python_calamine.load_workbook(sys.argv[1]).get_sheet_by_index(0).to_python()
file = sqlite3.connect(sys.argv[2], isolation_level=None)
file.execute("PRAGMA journal_mode = WAL"); file.execute("PRAGMA synchronous = FULL")
marks = ", ".join(f"c{n}" for n in range(13))
file.execute(f"CREATE TABLE person (id INTEGER PRIMARY KEY, {marks})")
for column in (1, 2, 4, 5, 6, 7, 9, 10, 11):
    file.execute(f"CREATE INDEX i{column} ON person (c{column}, id)")
file.execute("BEGIN IMMEDIATE")
file.executemany(f"INSERT INTO person ({marks}) VALUES ({', '.join('?' * 13)})", [tuple(map(str, r)) for r in rows[1:]])
file.execute("COMMIT")
print(file.execute("SELECT count(*) FROM person").fetchone()[0])
"""


def sheet(path: Path, count: int) -> None:
    """Write a roster of `count` people."""
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet("花名册")
        page.write_row(0, 0, HEADINGS)
        for number, person in enumerate(people(count), start=1):
            row = (number, person.full_name, person.sex, "汉族", person.born_on, person.party, person.unit, "职员",
                   "群众代表", f"{person.mobile[:2]}{number:09}", "", "推荐", "")  # fmt: skip
            page.write_row(number, 0, row)


def main() -> None:
    """Compare both, each into a new file; print the peak memory of ours."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        roster = Path(folder) / "roster.xlsx"
        sheet(roster, count)
        ours = (
            "import desktop.__main__  # as the program itself begins\n"
            "import sys, tempfile; from pathlib import Path; from desktop.app import main\n"
            "f = tempfile.mkdtemp(dir=sys.argv[2]) + '/a.openday'\n"
            "assert main(['--data', f, 'new', '--name', '甲']) == 0\n"
            "raise SystemExit(main(['--data', f, '--json', 'import', 'representative', sys.argv[1]]))"
        )
        peer = PEER.replace("sys.argv[2]", "__import__('tempfile').mkdtemp(dir=sys.argv[2]) + '/p.db'")
        compare(
            f"import of {count} rows",
            python("-c", ours, str(roster), folder),
            python("-c", peer, str(roster), folder),
            4.0,
        )
        print(
            f"  peak memory {median([once(python('-c', ours, str(roster), folder))]).memory:.0f} MB (bar 300)"
        )


if __name__ == "__main__":
    main()
