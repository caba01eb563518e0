"""The lock is whole, names no place to fetch from, and agrees with pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
ENTRIES = re.split(r"\n(?=\S)", LOCK.strip())
GROUPS = PROJECT["dependency-groups"].values()
ASKED = [*PROJECT["project"]["dependencies"], *(text for group in GROUPS for text in group)]


def locked() -> dict[str, Version]:
    pins = (re.match(r"([\w.-]+)==(\S+)", entry) for entry in ENTRIES)
    return {canonicalize_name(pin[1]): Version(pin[2]) for pin in pins if pin}


def test_every_entry_is_pinned_and_hashed():
    assert len(locked()) == len(ENTRIES) > 20
    for entry in ENTRIES:
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry.splitlines()[0]


def test_lock_names_no_address():
    assert not re.search(r"(?i)://|index-url|find-links|trusted-host|\bfile:|@", LOCK)


def test_qt_stays_below_the_release_that_loses_references():
    # PySide6 6.12.0 aborts after some 5,000 void calls on Python < 3.12.
    assert Version("6.8") <= locked()["pyside6-essentials"] < Version("6.12")
    assert locked()["shiboken6"] == locked()["pyside6-essentials"]


@pytest.mark.parametrize("text", ASKED)
def test_locked_version_is_within_the_bounds(text):
    asked = Requirement(text)

    assert asked.specifier, f"{asked.name} has no lower bound"
    assert locked()[canonicalize_name(asked.name)] in asked.specifier


def test_console_script_leads_to_the_program():
    from desktop import __main__

    assert PROJECT["project"]["scripts"] == {"openday": "desktop.__main__:main"}
    assert callable(__main__.main)


def test_no_test_or_program_file_names_our_workplace():
    texts = [*ROOT.glob("desktop/**/*.py"), *ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "dev.py"]
    pattern = re.compile(r"/work/|/root/|/tmp/brief|\.\./shared")

    assert [path.name for path in texts if pattern.search(path.read_text(encoding="utf-8"))] == []
