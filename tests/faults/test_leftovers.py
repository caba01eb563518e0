"""What a killed program left half written goes away with the next file; nothing else does."""

from __future__ import annotations

import os
import time

from desktop.files import STALE, passing, written

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
    fresh = tmp_path / ".b-0123456789ab.part"
    fresh.touch()

    with passing(), written(tmp_path / "draft.pdf") as temporary:
        temporary.write_text("a draft")
    assert folder.exists()
    with written(tmp_path / "名单.xlsx") as temporary:
        temporary.write_text("名单")
    assert {path.name for path in tmp_path.iterdir()} == {*NOT_OURS, fresh.name, "名单.xlsx", "draft.pdf"}
