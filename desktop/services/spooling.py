"""The print system of Unix (CUPS): a PDF handed to a queue as it is, and what the queue says, in Chinese.

The print system gets the PDF itself, never pictures of its pages, so that the printer draws text at its own
resolution. `lp` is its own command line: no library to bundle, and it knows the servers of the office.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from desktop.errors import TroubleError
from desktop.records.printers import Sides, Ticket
from desktop.services.orders import Outcome
from desktop.services.papers import PAPERS, Whom

SECONDS = 60
A4 = (210, 297)
NO_SYSTEM = "这台电脑上没有打印命令 lp（CUPS），请联系管理员安装，或存为 PDF 到别处打印"
SAYINGS = (
    ("does not exist", "没有找到这台打印机，可能已被移走、改名，或者打印服务没有运行；请重新选择打印机"),
    ("Unknown destination", "没有找到这台打印机，可能已被移走或改名；请重新选择打印机"),
    ("not accepting jobs", "这台打印机现在不接收新任务，请联系管理员恢复"),
    ("Unable to connect", "打印服务没有运行，请重新启动电脑或联系管理员"),
    ("Bad file descriptor", "打印服务没有运行，请重新启动电脑或联系管理员"),
    ("No such file or directory", "打印服务没有运行，请重新启动电脑或联系管理员"),
    ("Connection refused", "打印服务没有运行，请重新启动电脑或联系管理员"),
    ("Unauthorized", "这个账号没有使用这台打印机的权限，请联系管理员"),
    ("Forbidden", "这个账号没有使用这台打印机的权限，请联系管理员"),
    ("Not authorized", "这个账号没有使用这台打印机的权限，请联系管理员"),
    ("Unsupported document-format", "这台打印机的驱动不接受 PDF，请换一台，或存为 PDF 后打印"),
    ("quota", "这台打印机的打印配额已用完，请联系管理员"),
)


def is_there() -> bool:
    """Say whether this computer has a print system that takes PDFs."""
    return shutil.which("lp") is not None


def queues() -> list[str]:
    """Return the printers that the print system knows; none where it doesn't answer."""
    if shutil.which("lpstat") is None:
        return []
    told = _run(["lpstat", "-e"])
    return told.stdout.split() if not told.returncode else []


def refuse_missing(printer: str) -> None:
    """Raise TroubleError where there is no print system, or none of its queues is called so."""
    if not is_there():
        raise TroubleError(NO_SYSTEM)
    there = queues()
    if printer not in there:
        told = f"现有：{'、'.join(there)}" if there else "这台电脑上没有打印机，或者打印服务没有运行"
        raise TroubleError(f"没有找到名为“{printer[:60]}”的打印机，没有打印，也没有登记；{told}")


def send(file: Path, ticket: Ticket, *, size: tuple[float, float], title: str = "") -> str:
    """Hand a PDF of pages `size` (mm) to a queue; returns the queue's name for the job.

    Raises TroubleError where the print system doesn't take it: nothing is printed then.
    """
    if not is_there():
        raise TroubleError(NO_SYSTEM)
    if not file.is_file():
        raise TroubleError(f"要打印的文件“{file.name}”不在了，请重新印制")
    sent = _run([*_command(ticket, size, title or file.stem), "--", str(file)])
    if sent.returncode:
        raise TroubleError(f"打印机“{ticket.printer}”没有接受：{_reason(sent.stderr)}")
    words = sent.stdout.split()
    return next((word for word in words if word.startswith(f"{ticket.printer}-")), "")


def fit_sides(ticket: Ticket, outcome: Outcome) -> tuple[Ticket, tuple[int, ...]]:
    """Return how a paper is printed so that nobody's is on the back of another's, and the pieces to be parted.

    Pieces of a page each are printed on one side, whatever the printer is set to; others of an odd number of
    pages begin on new sheets where both sides are asked for, and are on one side where the printer decides.
    A booklet is flipped on the short edge, unless one side is asked for.
    """
    if outcome.is_booklet:
        return ticket if ticket.sides is Sides.ONE else replace(ticket, sides=Sides.SHORT), ()
    starts = outcome.starts
    if not starts and PAPERS[outcome.document].whom is Whom.EACH:
        starts = tuple(range(outcome.pages))
    lengths = {
        after - start for start, after in zip(starts, [*starts[1:], outcome.pages], strict=bool(starts))
    }
    if not any(length % 2 for length in lengths):
        return ticket, ()
    if lengths == {1} or ticket.sides is Sides.PRINTER or ticket.first:
        return replace(ticket, sides=Sides.ONE), ()
    return ticket, starts if ticket.sides is not Sides.ONE else ()


def hindrance(printer: str) -> str:
    """Return why a queue that takes jobs doesn't print them now (stopped, switched off), or '' as far as is known."""
    try:
        told = _run(["lpstat", "-p", printer]).stdout
    except TroubleError:  # what was taken is taken, whatever can be said of it
        return ""
    return "这台打印机现在停用，任务已排队；请让管理员恢复后自动印出" if " disabled since" in told else ""


def _command(ticket: Ticket, size: tuple[float, float], title: str) -> list[str]:
    narrow, long = sorted(round(side) for side in size)
    # paper as it goes through the printer, short edge first: the print system turns the page itself
    media = "A4" if (narrow, long) == A4 else f"Custom.{narrow}x{long}mm"
    chosen = ["-d", ticket.printer] if ticket.printer else []
    command = ["lp", *chosen, "-t", title, "-n", str(ticket.copies)]
    for option in (
        f"media={media}",
        "print-scaling=none",
        f"collate={'true' if ticket.collate else 'false'}",
        *((f"sides={ticket.sides.value}",) if ticket.sides is not Sides.PRINTER else ()),
    ):
        command += ["-o", option]
    return [*command, "-P", f"{ticket.first}-{ticket.last}"] if ticket.first else command


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    plain = os.environ | {
        "LC_ALL": "C.UTF-8",
        "LANGUAGE": "",
    }  # its sentences are told apart by their English
    try:
        return subprocess.run(
            command, check=False, capture_output=True, text=True, errors="replace", timeout=SECONDS, env=plain
        )
    except (OSError, subprocess.TimeoutExpired) as cause:
        raise TroubleError(f"打印系统没有回应（{cause.__class__.__name__}），请检查打印机和网络") from cause


def _reason(told: str) -> str:
    for english, chinese in SAYINGS:
        if english.casefold() in told.casefold():
            return chinese
    last = told.strip().splitlines()[-1:] or ["没有说明原因"]
    return last[0].removeprefix("lp: ")[:200]
