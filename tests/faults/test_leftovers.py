"""What a killed program left half written goes away with the next file; nothing else does."""

from __future__ import annotations

import os
import time

from desktop.files import DAY, STALE, passing, sweep_drafts, written

OURS = (".名单-0123456789ab.part", ".a-0123456789ab.part")
NOT_OURS = (
    ".名单-0123456789ab.part.txt",
    "名单-0123456789ab.part",
    ".a-0123456789AB.part",
    ".backup-me",
    ".profile",
)


def test_old_temporary_files_go_and_fresh_ones_and_others_stay(tmp_path):
    old = time.time() - STALE - 60
    for name in (*OURS, *NOT_OURS):
        (tmp_path / name).write_text("曾国强 13900008000")
        os.utime(tmp_path / name, (old, old))
    folder = tmp_path / ".backup-ab12_xyz"
    folder.mkdir()
    (folder / "office.openday").touch()
    os.utime(folder, (old, old))
    drill = tmp_path / ".drill-ab12_xyz"
    drill.mkdir()
    os.utime(drill, (old, old))
    fresh = tmp_path / ".b-0123456789ab.part"
    fresh.touch()

    with passing(), written(tmp_path / "draft.pdf") as temporary:
        temporary.write_text("a draft")
    assert folder.exists()
    with written(tmp_path / "名单.xlsx") as temporary:
        temporary.write_text("名单")
    assert {path.name for path in tmp_path.iterdir()} == {*NOT_OURS, fresh.name, "名单.xlsx", "draft.pdf"}


def test_papers_that_a_killed_program_had_drawn_go_after_a_day(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for name, age in (
        ("openday-print-ab12_xyz", DAY),
        ("openday-recovery-ab12_xyz", DAY),
        ("openday-print-fresh_12", 0),
        ("openday-notes", DAY),
    ):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "draft.pdf").write_text("曾国强 13900008000")
        then = time.time() - age - 60
        os.utime(folder, (then, then))
    sweep_drafts()
    assert {path.name for path in tmp_path.iterdir()} == {"openday-print-fresh_12", "openday-notes"}
