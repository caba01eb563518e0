"""The journal: a log on this computer and saved error reports; nothing personal in it, nothing sent."""

from __future__ import annotations

import contextlib
import datetime
import logging
import platform
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

from desktop import __version__, paths
from desktop.errors import OpenDayError, TroubleError
from desktop.files import PRIVATE, make_folder

log = logging.getLogger("openday")


def begin() -> None:
    """Start the log file; a machine where none can be written does without."""
    from logging.handlers import RotatingFileHandler  # here: it brings sockets and queues, 15 ms

    if log.handlers:
        return
    log.setLevel(logging.INFO)
    log.propagate = False
    try:
        folder = paths.log_folder()
        make_folder(folder)
        handler: logging.Handler = RotatingFileHandler(
            folder / "openday.log", maxBytes=500_000, backupCount=3, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)


@contextlib.contextmanager
def caught() -> Iterator[None]:
    """Turn a bug inside the block into a report on disk and a TroubleError that says where it lies."""
    try:
        yield
    except OpenDayError:
        raise
    except Exception as bug:
        told = f"程序出了意料之外的错误，没有写入任何内容；错误报告已存到 {report(bug)}，请交给技术人员"
        raise TroubleError(told) from bug


def report(error: BaseException) -> Path | str:
    """Save an error report and return where it lies; the text of the error itself may hold data and is left out."""
    when = datetime.datetime.now()
    frames = "".join(traceback.format_tb(error.__traceback__))
    text = (
        f"开放日工作台 {__version__}\n{when.isoformat(timespec='seconds')}\n"
        f"{platform.platform()} Python {platform.python_version()}\n\n{frames}{type(error).__name__}\n"
    )
    target = paths.log_folder() / f"错误报告-{when:%Y%m%d-%H%M%S}.txt"
    try:
        make_folder(target.parent)
        target.write_text(text, encoding="utf-8")
        target.chmod(PRIVATE)
    except OSError:
        print(text, file=sys.stderr)
        return "屏幕上（磁盘无法写入）"
    return target
