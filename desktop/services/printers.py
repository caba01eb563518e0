"""What this computer knows of its printers: how the prints of each are moved and sized.

It lies in the user's folder and not in the office file: a printer and its faults belong to a computer, and an
office file that is carried to another desk must not move the prints there. A plain file rather than the
window's own memory, because the command line prints too.
"""

from __future__ import annotations

import json
from pathlib import Path

from desktop import paths
from desktop.errors import UserError
from desktop.files import folder_for, trouble, written
from desktop.records.printers import FARTHEST, LARGEST, SMALLEST, Adjustment

FIELDS = ("right", "down", "wide", "high")
LABELS = {"right": "左右移动", "down": "上下移动", "wide": "横向比例", "high": "纵向比例"}


class OwnPrinters:
    """The adjustments kept on this computer, by the printer's name."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or paths.user_folder() / "printers.json"

    def adjustment(self, printer: str) -> Adjustment:
        """Return how a printer's prints are adjusted; raises TroubleError where the file can't be read."""
        kept = self._kept().get(printer)
        if not isinstance(kept, dict):
            return Adjustment()
        found = {name: kept[name] for name in FIELDS if isinstance(kept.get(name), int | float)}
        adjustment = Adjustment(**{name: float(value) for name, value in found.items()})
        return adjustment if _fault(adjustment) is None else Adjustment()

    def keep(self, printer: str, adjustment: Adjustment) -> None:
        """Keep an adjustment; raises UserError for one beyond reason, TroubleError where it can't be written."""
        if fault := _fault(adjustment):
            raise fault
        kept = self._kept()
        kept.pop(printer, None)
        if not adjustment.is_none:
            kept[printer] = {name: getattr(adjustment, name) for name in FIELDS}
        folder_for(self._file.parent)
        with written(self._file) as temporary:
            temporary.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")

    def _kept(self) -> dict[str, object]:
        """Return what is kept; a file that was damaged is as good as none, since measuring again mends it."""
        try:
            kept = json.loads(self._file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except ValueError:
            return {}
        except OSError as cause:
            raise trouble(self._file, cause, "读取") from cause
        return kept if isinstance(kept, dict) else {}


def _fault(adjustment: Adjustment) -> UserError | None:
    for name in ("right", "down"):
        if not abs(getattr(adjustment, name)) <= FARTHEST:
            return UserError(
                f"{LABELS[name]}应在 ±{FARTHEST:g} mm 以内；偏得更多请先检查进纸和纸张设置", field=name
            )
    for name in ("wide", "high"):
        if not SMALLEST <= getattr(adjustment, name) <= LARGEST:
            return UserError(f"{LABELS[name]}应在 {SMALLEST:g} % 到 {LARGEST:g} % 之间", field=name)
    return None
