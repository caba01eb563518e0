"""Work that goes on until somebody ends it, and what must be true of what it leaves.

Run as a program it is a nursery: each line of its input is (work, folder); it forks a child that does the work,
tells its number, what the child acknowledges, and when it is gone. A child costs 10 ms so, where a process of its
own would take half a second to load the program.
"""

from __future__ import annotations

import importlib
import json
import lzma
import os
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from jobs import OFFICE, PASSWORD, asked, command, forget, let_in, quick, sheet_of, whole

from desktop.app import desk_for_file
from desktop.commands.protecting import Protection
from desktop.errors import LockedError
from desktop.files import written
from desktop.records.catalogue import tables
from desktop.records.representatives import Representative
from desktop.storage import backup, checking, key_file, keyring, office

Say = Callable[[str], None]
ROWS = 25
LOADED = (
    *(f"desktop.commands.{name}" for name in ("files", "papers", "records", "sheets")),
    *(f"desktop.documents.{name}" for name in ("invitation", "book", "mould", "installed")),
    *(f"desktop.services.{name}" for name in ("press", "saving", "importing", "gathering", "sample")),
    *(f"desktop.storage.{name}" for name in ("upgrading", "key_slots", "encrypting")),
)
RELEASED = Path(__file__).parents[1] / "data" / "released" / "0.1.0.openday.xz"


def prepare(folder: Path) -> Path:
    """Lay what the work needs beside an office."""
    for turn in range(40):
        people = sheet_of(ROWS, f"第{turn}批", start=1000 + turn * ROWS)
        (folder / f"{turn}.csv").write_text(people, encoding="utf-8")
    (folder / "old").write_bytes(lzma.decompress(RELEASED.read_bytes()))
    return folder


def save(folder: Path, say: Say) -> None:
    desk = desk_for_file(folder / OFFICE)
    for turn in range(2000):
        desk.books.save(Representative(full_name="曾国强", unit=f"第{turn}号"))
        say(f"{turn}")


def bring_in(folder: Path, say: Say) -> None:
    for turn in range(40):
        _done(folder, "import", "representative", f"{turn}.csv")
        say(f"{turn}")


def write_papers(folder: Path, say: Say) -> None:
    for turn in range(200):
        _done(
            folder, "print", "invitation-letters", "--open-day", "2026-1", "--all", "--out", f"{turn % 3}.pdf"
        )
        say(f"{turn % 3}.pdf")


def back_up(folder: Path, say: Say) -> None:
    for turn in range(200):
        _done(folder, "backup", f"{turn % 3}.openday")
        say(f"{turn % 3}.openday")


def upgrade(folder: Path, say: Say) -> None:
    for turn in range(100):
        with written(folder / f"{turn}.openday") as copy:
            copy.write_bytes((folder / "old").read_bytes())
        office.open_office(folder / f"{turn}.openday")
        office.close()
        say(f"{turn}.openday")


def restore(folder: Path, say: Say) -> None:
    _done(folder, "backup", "good.openday")
    for turn in range(100):
        _done(folder, "add", "representative", f"full_name=曾国强{'甲乙丙丁'[turn % 4]}")
        _done(folder, "restore", "good.openday")
        say(f"{turn}")


def change_password(folder: Path, say: Say) -> None:
    desk = desk_for_file(folder / OFFICE)
    for turn in range(500):
        desk.users.change_own(None, f"{PASSWORD}{turn}")
        say(f"{turn}")


def encrypt(folder: Path, say: Say) -> None:
    protection = Protection(folder / OFFICE)
    for turn in range(100):
        if turn % 3 == 1:
            protection.unprotect()
        else:
            protection.protect(PASSWORD)
        say(f"{turn}")


WORK = {
    "save": save,
    "import": bring_in,
    "print": write_papers,
    "back up": back_up,
    "upgrade": upgrade,
    "restore": restore,
}
LOCKED = {name: does for name, does in WORK.items() if name != "upgrade"} | {
    "password": change_password,
    "encrypt": encrypt,
}
"""What is done to a file with a password; no version before passwords is upgraded there."""


def _done(folder: Path, *words: str) -> None:
    code, told = command(folder, *words)
    assert code == 0, told


def do(name: str, folder: Path, say: Say) -> None:
    """Do a piece of work until it ends, on a file whose password is told where it has one."""
    let_in(folder / OFFICE)
    (WORK | LOCKED)[name](folder, say)


def open_again(path: Path, name: str, said: list[str]) -> None:
    """Open the office as the next start does, with no key in memory: by the last password told, or the next one."""
    forget()
    passwords = [PASSWORD]
    if name == "password":
        last = int(said[-1]) if said else -1
        passwords = [f"{PASSWORD}{last}" if said else PASSWORD, f"{PASSWORD}{last + 1}"]
    for password in passwords:
        try:
            let_in(path, password)
            desk_for_file(path)
        except LockedError:
            assert password != passwords[-1]
            continue
        break
    office.close()


def look_at(folder: Path, name: str, said: list[str]) -> None:
    """Assert that nothing acknowledged is lost, nothing is half, and the office opens and is sound."""
    path = folder / OFFICE
    open_again(path, name, said)
    assert checking.faults_of(path) == []
    units = Counter(
        unit for (unit,) in asked(path, "SELECT unit FROM representative WHERE deleted_at IS NULL")
    )
    if name == "save":
        assert all(units[f"第{turn}号"] == 1 for turn in said)
    if name == "import":
        counts = Counter(unit.partition("批")[0] for unit in units.elements() if "批" in unit)
        assert set(counts.values()) <= {ROWS}
        assert all(counts[f"第{turn}"] == ROWS for turn in said)
    if name == "encrypt" and said:
        plain = keyring.fingerprint_of(path) is None
        assert plain in {int(said[-1]) % 3 == 1, (int(said[-1]) + 1) % 3 == 1}
    assert all((folder / file).exists() for file in said if "." in file)
    if name == "back up" and keyring.fingerprint_of(path):
        assert all(key_file.read(key_file.beside(folder / file)) for file in said)
    finished = [
        file
        for file in folder.iterdir()
        if file.suffix in (".pdf", ".openday") and not file.name.startswith(".")
    ]
    for file in finished:
        if name == "upgrade" and file != path:
            office.open_office(file)  # one not upgraded yet is upgraded now
            office.close()
        assert whole(file), file.name
        if name == "back up" and file != path:
            assert backup.verified(file)


def tell(word: str) -> None:
    """Acknowledge a piece of work to whoever reads our output."""
    os.write(1, f"said {word}\n".encode())


def nursery() -> None:
    """Fork a child for each line of input; what the work needs is loaded once, by the parent."""
    quick()
    for module in LOADED:
        importlib.import_module(module)
    tables()
    for line in sys.stdin:
        name, folder = json.loads(line)
        if child := os.fork():
            print(f"child {child}", flush=True)
            _, ended = os.waitpid(child, 0)
            print("gone" if os.WIFSIGNALED(ended) or not ended else "failed", flush=True)
            continue
        do(name, Path(folder), tell)
        os._exit(0)


if __name__ == "__main__":
    nursery()
