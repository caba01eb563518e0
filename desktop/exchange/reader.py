"""Reading a table file: text here, workbooks in a child process that may fall without us."""

from __future__ import annotations

import io
import os
import pickle
import queue
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from desktop.errors import UserError
from desktop.exchange import limits, text_table
from desktop.exchange.book import Book, CellError, Row, Sheet
from desktop.exchange.cells import Unusable, text_of
from desktop.exchange.scan import Sort, sort_of
from desktop.exchange.sheet_xml import UNCALCULATED
from desktop.records.kinds import PartialDay
from desktop.records.papers import Watch

ROOT = Path(__file__).parents[2]
FLAG = "--read-sheet"
TICK = 0.1
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
WHOLE_DAY = PartialDay("日期")
FRAME_BYTES = 200_000_000
FALLEN = f"读取“{{name}}”时出了问题（文件可能已损坏或过大），没有读入任何内容；{limits.RESAVE}"
SLOW = "读取“{name}”超过 {seconds:.0f} 秒，已停止，没有读入任何内容；请删去名单以外的内容后再导入"


def open_book(path: Path, *, encoding: str | None = None, watch: Watch | None = None) -> Book:
    """Read `path` whole; `encoding` overrides the guess for text (see text_table.ENCODINGS).

    Raises UserError for what can't be imported, TroubleError where the file can't be opened, and whatever
    `watch` raises to stop: the child process is then gone and nothing is left behind.
    """
    sort = sort_of(path)
    if sort is Sort.TEXT:
        return text_table.read_text(path, encoding=encoding)
    sheets: list[_Arriving] = []
    notes: list[str] = []
    for frame in _frames(path, watch):
        match frame:
            case ("sheet", name, hidden, height, wide, date1904):
                sheets.append(_Arriving(name, hidden, height, frozenset(wide), date1904))
            case ("rows", rows):
                sheets[-1].rows.extend(map(Row._make, rows))
                if watch:
                    watch(len(sheets[-1].rows), max(sheets[-1].height, len(sheets[-1].rows)))
            case ("cells", errors, partial):
                sheets[-1].put_partial(partial)
                sheets[-1].put_errors(errors)
            case ("note", note):
                notes.append(note)
            case ("fault", message):
                raise UserError(f"“{path.name}”：{message}")
    return Book(path, sort, tuple(sheet.arrived() for sheet in sheets), tuple(notes))


class _Arriving:
    """A sheet whose rows still come in."""

    def __init__(self, name: str, hidden: bool, height: int, wide: frozenset[int], date1904: bool) -> None:
        self.name, self.hidden, self.height = name, hidden, height
        self.wide, self.date1904 = wide, date1904
        self.rows: list[Row] = []

    def put_errors(self, errors: list[tuple[int, int, str]]) -> None:
        """Put the cells without a value where they stand (the parser left them empty)."""
        if not errors:
            return
        rows = {row.number: row for row in self.rows}
        for row, column, text in errors:
            known = rows.get(row + 1)
            cells = list(known.cells) if known else []
            cells.extend([None] * (column + 1 - len(cells)))
            reason = text if text == UNCALCULATED else "是表格里的错误值"
            cells[column] = CellError("" if text == UNCALCULATED else text, reason)
            rows[row + 1] = Row(row + 1, tuple(cells))
        self.rows = [row for _, row in sorted(rows.items())]

    def put_partial(self, partial: list[tuple[int, int, int]]) -> None:
        """Cut dates down to what Excel shows of them: 1967年3月 is `1967-03`, not its first day."""
        place = {row.number: index for index, row in enumerate(self.rows)} if partial else {}
        for number, column, length in partial:
            index = place.get(number + 1)
            cells = self.rows[index].cells if index is not None else ()
            if index is None or column >= len(cells):
                continue
            try:
                text = text_of(cells[column], WHOLE_DAY, date1904=self.date1904)
            except Unusable:
                continue
            if ISO_DAY.fullmatch(text):
                changed = (*cells[:column], text[:length], *cells[column + 1 :])
                self.rows[index] = Row(number + 1, changed)

    def arrived(self) -> Sheet:
        return Sheet(self.name, self.hidden, self.rows, self.wide, self.date1904)


def child_command() -> list[str]:
    """Return the command that starts the reading process, to be followed by the file's path.

    The frozen program enters itself: desktop/app.py hands `--read-sheet` on to child.run_child.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, FLAG]
    return [sys.executable, "-P", "-m", "desktop.exchange.child"]


def _frames(path: Path, watch: Watch | None) -> Iterator[tuple[Any, ...]]:
    """Yield what the reading process sends, up to its end; it is gone when this generator is."""
    environment = dict(os.environ)
    if not getattr(sys, "frozen", False):
        known = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), *([known] if known else [])])
    process = subprocess.Popen(
        [*child_command(), str(path.absolute())],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    frames: queue.Queue[bytes | None] = queue.Queue()
    assert process.stdout is not None
    listener = threading.Thread(target=_listen, args=(process.stdout, frames), daemon=True)
    listener.start()
    try:
        yield from _until_end(path, process, frames, watch)
    finally:
        process.kill()
        process.wait()
        listener.join()
        process.stdout.close()


def _until_end(
    path: Path, process: subprocess.Popen[bytes], frames: queue.Queue[bytes | None], watch: Watch | None
) -> Iterator[tuple[Any, ...]]:
    deadline = time.monotonic() + limits.CHILD_SECONDS
    while True:
        try:
            content = frames.get(timeout=TICK)
        except queue.Empty:
            if watch:
                watch(0, 0)
            if time.monotonic() > deadline:
                raise UserError(SLOW.format(name=path.name, seconds=limits.CHILD_SECONDS)) from None
            if _memory(process) > limits.CHILD_BYTES:
                raise UserError(FALLEN.format(name=path.name)) from None
            continue
        if content is None:
            raise UserError(FALLEN.format(name=path.name))
        frame = _PlainUnpickler(io.BytesIO(content)).load()
        if frame[0] == "end":
            return
        yield frame


def _listen(stream: BinaryIO, frames: queue.Queue[bytes | None]) -> None:
    """Pass on frames until the stream ends (a thread, since Windows can't wait on a pipe with a limit)."""
    while len(head := stream.read(4)) == 4:
        size = int.from_bytes(head, "little")
        if size > FRAME_BYTES or len(content := stream.read(size)) < size:
            break
        frames.put(content)
    frames.put(None)


class _PlainUnpickler(pickle.Unpickler):
    """Takes plain values and dates only: a parser taken over by a hostile sheet must not run code here."""

    PLAIN = frozenset({"date", "datetime", "time", "timedelta"})

    def find_class(self, module_name: str, global_name: str, /) -> Any:
        if module_name == "datetime" and global_name in self.PLAIN:
            return super().find_class(module_name, global_name)
        raise pickle.UnpicklingError(f"{module_name}.{global_name} is not a plain value")


def _memory(process: subprocess.Popen[bytes]) -> int:
    """Return the bytes the process has taken on Windows, which has no RLIMIT_AS; 0 elsewhere."""
    if sys.platform != "win32":
        return 0
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS of psapi.h."""

        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            *(
                (name, ctypes.c_size_t)
                for name in (
                    "PeakWorkingSetSize",
                    "WorkingSetSize",
                    "QuotaPeakPagedPoolUsage",
                    "QuotaPagedPoolUsage",
                    "QuotaPeakNonPagedPoolUsage",
                    "QuotaNonPagedPoolUsage",
                    "PagefileUsage",
                    "PeakPagefileUsage",
                )
            ),
        )

    counters = Counters(cb=ctypes.sizeof(Counters))
    asked = ctypes.windll.kernel32.K32GetProcessMemoryInfo
    asked.argtypes = [wintypes.HANDLE, ctypes.POINTER(Counters), wintypes.DWORD]
    handle = int(cast("Any", process)._handle)  # noqa: SLF001 - Popen keeps the only handle
    return counters.PagefileUsage if asked(handle, ctypes.byref(counters), counters.cb) else 0
