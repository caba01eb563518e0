"""The work that is interrupted: commands on an office small enough to be looked through whole after each fault."""

from __future__ import annotations

import contextlib
import hashlib
import io
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from desktop import cli
from desktop.app import carry_out
from desktop.records.base import meta_of
from desktop.records.catalogue import tables
from desktop.storage import checking, encrypting, gate, key_file, key_slots, keyring, opening, unlocking
from desktop.storage.user_keys import first_keys

OFFICE = "office.openday"
PASSWORD = "红军不怕远征难"
OLD = b"%PDF-1.7 of last year\n" + bytes(range(256)) * 8
"""What lies where a paper or a sheet is to be written."""


@dataclass(frozen=True, slots=True)
class Job:
    """One command on the office file, the file it writes beside it, and what it must leave in the office."""

    words: tuple[str, ...]
    writes: str = ""
    keeps: str = ""
    """An SQL condition on the live people that holds when the job was acknowledged, and not before it."""


JOBS = {
    "save": Job(
        ("add", "representative", "full_name=曾国强", "unit=店埠镇光大社区", "mobile=13900008000"),
        keeps="sum(full_name = '曾国强') = 1",
    ),
    "import": Job(("import", "representative", "new.csv"), keeps="sum(unit LIKE '撮镇镇%') = 25"),
    "backup": Job(("backup", "copy.openday"), "copy.openday"),
    "paper": Job(("print", "sign-in-sheet", "--open-day", "2026-1", "--out", "paper.pdf"), "paper.pdf"),
    "letters": Job(
        ("print", "invitation-letters", "--open-day", "2026-1", "--all", "--out", "paper.pdf"), "paper.pdf"
    ),
    "export": Job(("export", "representative", "sheet.xlsx"), "sheet.xlsx"),
}
REGISTERED = "已经登记"
"""What is told where the numbers of papers were committed and the paper itself failed: they are printed again."""


def sheet_of(rows: int, town: str, start: int = 0) -> str:
    """Return a roster of made-up people as CSV."""
    lines = [
        f"{'王李张刘'[i % 4]}{chr(0x4E00 + i * 7 % 9000)}{chr(0x5200 + i)},{'男女'[i % 2]},{town}光大社区{i},138{i:08d}"
        for i in range(start, start + rows)
    ]
    return "\n".join(("姓名,性别,工作单位,手机", *lines)) + "\n"


def command(folder: Path, *words: str) -> tuple[int, str]:
    """Run one command of the program in this process; returns its exit code and what it told."""
    told = io.StringIO()
    with (
        contextlib.chdir(folder),
        contextlib.redirect_stdout(told),
        contextlib.redirect_stderr(told),
    ):
        code = cli.run(["--data", str(folder / OFFICE), *words], carry_out)
    return code, told.getvalue()


def make_office(folder: Path, people: int = 12) -> Path:
    """Make the office that every trial starts from, in a folder of its own."""
    folder.mkdir(parents=True)
    (folder / "first.csv").write_text(sheet_of(people, "店埠镇"), encoding="utf-8")
    for words in (
        ("new", "--name", "肥西县委组织部"),
        ("add", "open-day", "theme=走进组织部", "held_on=2026年9月29日", "venue=三楼会议室"),
        ("import", "representative", "first.csv"),
        ("print", "invitation-letters", "--open-day", "2026-1", "--all", "--out", "first.pdf"),
    ):
        code, told = command(folder, *words)
        assert code == 0, told
    for passing in ("first.csv", "first.pdf"):
        (folder / passing).unlink()
    (folder / "new.csv").write_text(sheet_of(25, "撮镇镇", start=500), encoding="utf-8")
    return folder


def quick() -> None:
    """Let a password cost next to nothing, and a wrong one no waiting: what is tried here is not how slow that is."""
    key_slots.MEMORY, key_slots.ROUNDS = 1 << 16, 1
    (unlocking.unlock.__kwdefaults__ or {})["sleep"] = lambda _: None


def protect(folder: Path) -> Path:
    """Encrypt the office in a folder under PASSWORD."""
    key, keys, _ = first_keys(PASSWORD)
    encrypting.rewrite(folder / OFFICE, key, keys)
    forget()
    return folder


def let_in(path: Path, password: str = PASSWORD) -> None:
    """Tell the password of an office file where it has one that isn't known here yet."""
    if keyring.is_locked(path) or (keyring.fingerprint_of(path) and not opening.user_of(path)):
        opening.unlock(path, password)


def forget() -> None:
    """Know no password any more."""
    keyring.let_go()
    opening._opened_by.clear()


def fresh(source: Path, target: Path, job: Job) -> Path:
    """Lay out the office and what is to be replaced, as they are before a job."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)
    if job.writes == "copy.openday":
        shutil.copy(source / OFFICE, target / job.writes)
        if (keys := key_file.beside(source / OFFICE)).exists():
            shutil.copy(keys, key_file.beside(target / job.writes))
    elif job.writes.endswith(".pdf"):
        (target / job.writes).write_bytes(OLD)
    elif job.writes:
        (target / job.writes).write_bytes(b"PK" + OLD)
    return target


def content(path: Path) -> str:
    """Return a hash of every row of an office file, after a check that found nothing wrong."""
    assert checking.faults_of(path) == []
    file = gate.connected(path, "ro")
    try:
        gate.verify(file, path)
        found = hashlib.sha256()
        for table in sorted(meta_of(model).table_name for model in tables()):
            for row in sorted(map(repr, file.execute_sql(f'SELECT * FROM "{table}"').fetchall())):
                found.update(f"{table}{row}".encode())
        return found.hexdigest()
    finally:
        file.close()


def asked(path: Path, sql: str) -> list[tuple]:
    """Return what a file answers, read only."""
    file = gate.connected(path, "ro")
    try:
        return file.execute_sql(sql).fetchall()
    finally:
        file.close()


def kept(path: Path, job: Job) -> bool:
    """Say whether an office holds what the job was to leave in it."""
    return bool(asked(path, f"SELECT {job.keeps} FROM representative WHERE deleted_at IS NULL")[0][0])


def whole(path: Path) -> bool:
    """Say whether a finished paper, sheet or backup is one from its first byte to its last."""
    if path.suffix == ".openday":
        if fingerprint := keyring.fingerprint_of(path):
            key_file.found(path, fingerprint)  # or the password would not open it; raises LockedError
        return checking.faults_of(path) == []
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return book.testzip() is None
    document = pypdfium2.PdfDocument(path)
    try:
        return len(document) > 0 and path.read_bytes().rstrip().endswith(b"%%EOF")
    finally:
        document.close()
