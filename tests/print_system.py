"""A print system of the tests' own: cupsd in a folder of its own, with queues that keep what they print as PDF."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

CUPSD = next((path for path in ("/usr/sbin/cupsd", "/usr/local/sbin/cupsd") if Path(path).exists()), "")
DRIVER = Path("/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")
AS_IT_IS = '*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"\n*cupsManualCopies: True\n'
"""Makes of the driver one for a printer that takes PDF, as printers of today do."""
FILES = """\
ServerRoot {0}/etc
RequestRoot {0}/spool
CacheDir {0}/cache
StateDir {0}/state
TempDir {0}/spool/tmp
AccessLog {0}/log/access
ErrorLog {0}/log/error
PageLog {0}/log/page
FileDevice Yes
Sandboxing relaxed
"""
SETTINGS = """\
Listen {0}/socket
LogLevel warn
Browsing Off
WebInterface No
JobRetryInterval 1
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""

needs_cups = pytest.mark.skipif(
    not (CUPSD and DRIVER.exists() and shutil.which("lpadmin")),
    reason="no CUPS here (Debian: cups, cups-client, printer-driver-cups-pdf)",
)


class PrintSystem:
    """A running scheduler; `lp` and `lpstat` of this process talk to it through CUPS_SERVER."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.socket = folder / "socket"

    def queue(self, name: str, device: str = "") -> Path:
        """Add a queue and return the file where its last job comes out, unless `device` takes it elsewhere."""
        printed = self.folder / "out" / f"{name}.pdf"
        driver = DRIVER.read_text(encoding="utf-8", errors="surrogateescape")
        if not device:
            driver = driver.replace("*PCFileName:", f"{AS_IT_IS}*PCFileName:", 1)
        ppd = self.folder / f"{name}.ppd"
        ppd.write_text(driver, encoding="utf-8", errors="surrogateescape")
        self.admin("lpadmin", "-p", name, "-E", "-v", device or f"file:{printed}", "-P", str(ppd))
        return printed

    def admin(self, *command: str) -> str:
        """Run a command of the print system."""
        env = os.environ | {"CUPS_SERVER": str(self.socket), "LC_ALL": "C.UTF-8"}
        done = subprocess.run(command, env=env, check=True, capture_output=True, text=True, timeout=30)
        return done.stdout

    def finish(self, timeout: float = 30) -> None:
        """Wait until no queue has a job under way."""
        until = time.monotonic() + timeout
        while self.admin("lpstat", "-o"):
            assert time.monotonic() < until, (self.folder / "log/error").read_text(encoding="utf-8")[-3000:]
            time.sleep(0.1)


@contextlib.contextmanager
def running() -> Iterator[PrintSystem]:
    """Start a scheduler of our own and end it; its folder is short, since a socket's path may have 108 bytes."""
    folder = Path(tempfile.mkdtemp(prefix="cups-", dir="/tmp"))
    for part in ("etc", "spool/tmp", "cache", "state", "log", "out"):
        (folder / part).mkdir(parents=True)
    folder.chmod(0o755)
    (folder / "etc/cups-files.conf").write_text(FILES.format(folder), encoding="utf-8")
    (folder / "etc/cupsd.conf").write_text(SETTINGS.format(folder), encoding="utf-8")
    with contextlib.suppress(LookupError, PermissionError):
        for part in ("spool", "spool/tmp", "cache"):
            shutil.chown(folder / part, group="lp")
            (folder / part).chmod(0o770)
    command = [CUPSD, "-f", "-c", f"{folder}/etc/cupsd.conf", "-s", f"{folder}/etc/cups-files.conf"]
    scheduler = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    system = PrintSystem(folder)
    try:
        _await_start(system, scheduler)
        yield system
    finally:
        scheduler.terminate()
        scheduler.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def _await_start(system: PrintSystem, scheduler: subprocess.Popen) -> None:
    until = time.monotonic() + 15
    while True:
        assert scheduler.poll() is None, "the print system didn't start"
        with contextlib.suppress(subprocess.CalledProcessError):
            if "is running" in system.admin("lpstat", "-r"):
                return
        assert time.monotonic() < until, "the print system doesn't answer"
        time.sleep(0.1)
