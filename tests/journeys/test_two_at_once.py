"""Two processes on one office file at the same time: both get their work done, the file stays sound."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from desktop.app import open_desk
from desktop.records.invitations import Invitation
from desktop.records.open_days import OpenDay
from desktop.records.register import RegisterEntry
from desktop.records.representatives import Representative
from desktop.storage import backup, checking, office

ROOT = Path(__file__).parent.parent.parent
WORKER = """
import sys
from desktop import cli
from desktop.app import carry_out
office, who, folder = sys.argv[1:]
def run(*words):
    for turn in range(30):  # a file in use is told at once; a script tries again
        code = cli.run(["--data", office, *words], carry_out)
        if code != 3:
            return code
    return code
codes = []
for turn in range(4):
    codes.append(run("add", "representative", f"full_name={who}{'甲乙丙丁'[turn]}"))
    codes.append(run("import", "representative", f"{folder}/{who}.csv", "--on-duplicate", "update"))
    codes.append(run("print", "invitation-letters", "--open-day", "2026-1", "--all", "--out", f"{folder}/{who}.pdf"))
    codes.append(run("backup", f"{folder}/{who}{turn}.openday"))
    codes.append(run("add", "open-day", f"theme={who}{turn}", "held_on=2027-03-04", "venue=三楼")
                 if turn == 3 else 0)
raise SystemExit(max(codes))
"""


def test_two_processes_add_import_print_and_back_up(desk, office_file, tmp_path):
    day = OpenDay(theme="走进组织部", venue="三楼")
    day.held_on = OpenDay.held_on.parse("2026-09-29")
    desk.books.save(day)
    office.close()
    running = []
    for who in ("张", "李"):
        rows = [f"{who}{given},139{ord(who):05}{at:03}" for at, given in enumerate(("一山", "二水", "三木"))]
        (tmp_path / f"{who}.csv").write_text("\n".join(["姓名,手机", *rows]), encoding="utf-8")
        command = [sys.executable, "-X", "utf8", "-c", WORKER, str(office_file), who, str(tmp_path)]
        running.append(
            subprocess.Popen(
                command,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                env=dict(os.environ, PYTHONPATH=str(ROOT)),
            )
        )
    for one in running:
        told = one.communicate(timeout=120)[1]
        assert one.returncode == 0, told
        assert "Traceback" not in told

    open_desk(office_file)
    assert Representative.select().count() == 2 * (4 + 3)
    numbers = [row.number for row in Invitation.select()]
    assert len(numbers) == len(set(numbers)) == 2 * (4 + 3)
    taken = sorted(
        int(re.findall(r"\d+", row.text)[1])
        for row in RegisterEntry.select().where(RegisterEntry.series == "邀请函")
    )
    assert taken == list(range(1, len(numbers) + 1))
    assert sorted(row.number for row in OpenDay.select()) == ["2026-1", "2027-1", "2027-2"]
    office.close()
    assert checking.faults_of(office_file) == []
    for who in ("张", "李"):
        for turn in range(4):
            backup.verified(tmp_path / f"{who}{turn}.openday")
