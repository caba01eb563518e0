"""Start to a usable window with 100,000 representatives, against a bare window that opens the same file.

Ours goes to the page of representatives and ends when its first rows are painted.
Usage: python -m benchmarks.start [people]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.measure import compare, python
from benchmarks.offices import make_apart

OURS = """
import os, sys
import desktop.__main__  # as the program itself begins
from pathlib import Path
from desktop.app import new_desk, open_desk
from desktop.storage import office
from desktop.ui.program import Program
from desktop.ui.run import application, speak_chinese
app = application()
speak_chinese(app)
program = Program(app, open_desk, new_desk, str)
assert program.start(Path(sys.argv[1]))
window = program.window
for place in sys.argv[2:]:
    window.go(place)
for _ in range(20):
    app.processEvents()
window.grab()
window.close()
program.close()
office.close()
os._exit(0)
"""
PEER = """
import os, sys
import peewee
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
from desktop.storage.database import OfficeDatabase
app = QApplication(sys.argv[:1])
file = OfficeDatabase(sys.argv[1], mode="rw")
rows = file.execute_sql("SELECT full_name FROM representative LIMIT 1").fetchall()
window = QMainWindow()
window.setCentralWidget(QLabel(rows[0][0]))
window.resize(1366, 768)
window.show()
for _ in range(20):
    app.processEvents()
window.grab()
file.close()
os._exit(0)
"""


def main() -> None:
    """Compare the start on the workbench, and on the page of representatives."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        office = make_apart(Path(folder) / "office.openday", count)
        peer = python("-c", PEER, office)
        compare(f"start on the workbench, {count} people", python("-c", OURS, office), peer, 2.5)
        compare("start on the page 代表", python("-c", OURS, office, "representatives"), peer, 2.5)


if __name__ == "__main__":
    main()
