"""Who may import whom: calls go down, and each outside library is known in one place.

app ─ cli ─ commands ─ ui
             │          │
  documents  exchange  services      storage
             └──────── records ────────┘
                errors, paths, files
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

DESKTOP = Path(__file__).parent.parent / "desktop"
ANY = {"app", "cli", "commands", "documents", "errors", "exchange", "files", "journal", "paths", "records"}
ANY |= {"services", "storage", "ui"}
MAY_IMPORT = {  # part of desktop/ → the other parts it may import
    "errors": set(),
    "paths": set(),
    "files": {"errors"},
    "journal": {"errors", "files", "paths"},
    "records": {"errors", "paths"},
    "storage": {"errors", "paths", "files", "records"},
    "services": {"errors", "paths", "files", "records"},
    "documents": {"errors", "paths", "files", "records"},
    "exchange": {"errors", "files", "records"},
    "ui": {"errors", "paths", "files", "records", "services", "documents", "exchange"},
    "commands": ANY - {"cli", "ui"},
    "cli": ANY - {"app", "ui"},
    "app": ANY,
    "__main__": {"app"},
}
ONLY_IN = {  # outside library → the parts that may know it
    "PySide6": {"ui"},
    "shiboken6": {"ui"},
    "peewee": {"records", "storage"},
    "sqlcipher3": {"records", "storage"},
    "nacl": {"storage"},
    "stdnum": {"records"},
    "chinese_calendar": {"services"},
    "holidays": set(),
    "reportlab": {"documents"},
    "pypdfium2": {"documents"},
    "segno": {"documents"},
    "python_calamine": {"exchange"},
    "xlsxwriter": {"exchange"},
}


def imported(file: Path) -> set[str]:
    """Return the dotted names a file imports, wherever in it; of `desktop`, two steps deep."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Import():
                names |= {alias.name for alias in node.names}
            case ast.ImportFrom(module="desktop"):
                names |= {f"desktop.{alias.name}" for alias in node.names}
            case ast.ImportFrom(level=0, module=str(module)):
                names.add(module)
            case ast.ImportFrom():
                names.add("a relative import")
    return {".".join(name.split(".")[:2]) if name.startswith("desktop.") else name for name in names}


def wrongs(file: Path, part: str) -> list[str]:
    """Return what `file`, in `part`, imports against the table."""
    found: list[str] = []
    for name in sorted(imported(file)):
        library, _, inner = name.partition(".")
        if library == "desktop":
            allowed = inner in MAY_IMPORT[part] | {part, "__version__"}
        else:
            allowed = library in sys.stdlib_module_names or part in ONLY_IN.get(library, set())
        if not allowed:
            found.append(f"{part}: {file.name} imports {name}")
    return found


def part_of(file: Path) -> str:
    return file.relative_to(DESKTOP).parts[0].removesuffix(".py")


FILES = sorted(file for file in DESKTOP.rglob("*.py") if part_of(file) != "__init__")


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(DESKTOP)))
def test_file_keeps_to_the_table(file):
    assert wrongs(file, part_of(file)) == []


@pytest.mark.parametrize(
    ("part", "line", "wrong"),
    [
        ("services", "from PySide6.QtCore import QObject", "PySide6.QtCore"),
        ("services", "from desktop.ui.form import Form", "desktop.ui"),
        ("ui", "def later():\n    from desktop import storage", "desktop.storage"),
        ("ui", "import peewee", "peewee"),
        ("records", "from . import base", "a relative import"),
        ("exchange", "import requests", "requests"),
    ],
)
def test_a_planted_violation_is_caught(tmp_path, part, line, wrong):
    planted = tmp_path / "planted.py"
    planted.write_text(f"from __future__ import annotations\nfrom desktop.errors import UserError\n{line}\n")

    assert wrongs(planted, part) == [f"{part}: planted.py imports {wrong}"]


def test_no_part_opens_a_socket():
    networks = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "asyncio"}

    assert {file.name: imported(file) & networks for file in FILES if imported(file) & networks} == {}
