"""The label beside every backup (`x.openday` → `x.openday.json`): when and why it was made, what it holds, its sum.

It holds no name and no word of a record, so that the label of a protected backup tells nobody anything.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from pathlib import Path
from typing import Any

from desktop import __version__
from desktop.errors import TroubleError
from desktop.files import trouble, written
from desktop.records.backups import Backup, Holding
from desktop.records.papers import Watch
from desktop.storage.database import OfficeDatabase

CHUNK = 1 << 20
LARGEST = 100_000
STATE = (("trail", "sequence"), ("change", "rowid"), ("print_job", "rowid"), ("register_entry", "rowid"))
"""What grows with every change, every print and every number taken."""


def label_of(backup: Path) -> Path:
    """Return where the label of a backup lies."""
    return backup.with_name(backup.name + ".json")


def put_beside(backup: Backup) -> None:
    """Write the label of a backup; raises TroubleError."""
    value = {
        "made_at": backup.made_at.isoformat(timespec="microseconds"),
        "reason": backup.reason,
        "size": backup.size,
        "sha256": backup.sha256,
        "counts": dict(backup.counts),
        "last_change": backup.last_change,
        "state": backup.state,
        "office": backup.office,
        "schema": backup.schema,
        "protected": backup.protected,
        "trail_fault": backup.trail_fault,
        "program": __version__,
    }
    label = label_of(backup.path)
    if label.exists() and "sha256" not in _value(label):
        raise TroubleError(f"“{label}”已存在，不是备份的标签，没有覆盖它；请给备份换一个文件名")
    with written(label) as temporary:
        temporary.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        temporary.chmod(0o600)


def read(backup: Path) -> Backup:
    """Return what is known of a backup: what its label says, or its size and time where it has none."""
    state = backup.stat()
    found = _value(label_of(backup))
    try:
        return Backup(
            path=backup,
            made_at=datetime.datetime.fromisoformat(found["made_at"]).astimezone(),
            size=state.st_size,
            reason=str(found["reason"]),
            sha256=str(found["sha256"]),
            counts={str(kind): int(count) for kind, count in found["counts"].items()},
            last_change=str(found["last_change"]),
            state=str(found["state"]),
            office=str(found["office"]),
            schema=int(found["schema"]),
            protected=bool(found["protected"]),
            labelled=True,
            trail_fault=str(found.get("trail_fault", "")),
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        made = datetime.datetime.fromtimestamp(state.st_mtime).astimezone()
        return Backup(backup, made, state.st_size)


def _value(label: Path) -> dict[str, Any]:
    try:
        if label.stat().st_size > LARGEST:
            return {}
        found = json.loads(label.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def state_of(file: OfficeDatabase) -> str:
    """Return what is another after anything was changed, printed or numbered; a few looks at the ends of trees."""
    return "-".join(
        str(file.execute_sql(f'SELECT coalesce(max({column}), 0) FROM "{table}"').fetchone()[0])
        for table, column in STATE
    )


def is_untouched(file: OfficeDatabase) -> bool:
    """Say whether nothing was done in a file since it was set up."""
    return file.execute_sql("SELECT count(*) FROM (SELECT 1 FROM change LIMIT 2)").fetchone()[0] < 2


def holding_of(file: OfficeDatabase, counts: dict[str, int]) -> Holding:
    """Return what a file holds."""
    last = file.execute_sql("SELECT at FROM change ORDER BY rowid DESC LIMIT 1").fetchone()
    return Holding(counts, last[0] if last else "", file.encrypted, office_of(file))


def office_of(file: OfficeDatabase) -> str:
    """Return the key of the office a file is of, '' where it was never set up."""
    found = file.execute_sql("SELECT hex(id) FROM office LIMIT 1").fetchone()
    return found[0].lower() if found else ""


def sum_of(path: Path, watch: Watch | None = None) -> str:
    """Return the SHA-256 of a file; `watch` hears of the bytes read."""
    total, done, digest = path.stat().st_size, 0, hashlib.sha256()
    try:
        with path.open("rb") as file:
            while part := file.read(CHUNK):
                digest.update(part)
                done += len(part)
                if watch:
                    watch(done, total)
    except OSError as cause:
        raise trouble(path, cause, "读取") from cause
    return digest.hexdigest()
