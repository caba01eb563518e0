"""Where the program's own data, the user's data and the logs live, frozen or not."""

from __future__ import annotations

import os
import sys
from pathlib import Path

OFFICE_SUFFIX = ".openday"


def resources() -> Path:
    """Return the folder of the read-only data that ships with the program."""
    if bundled := getattr(sys, "_MEIPASS", None):
        return Path(bundled) / "resources"
    beside = Path(__file__).resolve().parent.parent / "resources"
    return beside if beside.is_dir() else Path(__file__).resolve().parent / "resources"


def home() -> Path:
    """Return the user's home, or the working folder where the system has none."""
    try:
        return Path.home()
    except RuntimeError:
        return Path.cwd()


def user_folder() -> Path:
    """Return the user's data folder for this program (not made here)."""
    if sys.platform == "win32":
        base = os.environ.get("APPDATA")
        return Path(base) / "OpenDayDesk" if base else home() / "OpenDayDesk"
    base = os.environ.get("XDG_DATA_HOME")
    return Path(base) / "openday-desk" if base else home() / ".local" / "share" / "openday-desk"


def default_office() -> Path:
    """Return the office file used where none is named: OPENDAY_DATA, else one in the user's folder."""
    named = os.environ.get("OPENDAY_DATA")
    return Path(named) if named else user_folder() / f"office{OFFICE_SUFFIX}"


def log_folder() -> Path:
    """Return the folder of the journal and the saved error reports."""
    return user_folder() / "log"
