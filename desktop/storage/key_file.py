"""The file beside an encrypted office file (`x.openday.keys`): the wrapped key, once for each user.

It holds no name and nothing that opens the office file without a password. A password that is wrong is told by it
from a file that is damaged. A copy of it stands in the office file (`KeyCopy`) and beside every backup, so that it
can be made again; without any of them the recovery code still opens the file.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from desktop.errors import LockedError
from desktop.files import trouble, written
from desktop.storage import keyring

SUFFIX = ".keys"
FORMAT = 1
LARGEST = 1_000_000
ALIKE = 12
"""Of the 16 first bytes, those that must be as the keys have it where the mark itself is whole."""
BACKUPS = "备份"
"""The folder beside the office file in which other copies are looked for."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The secret of the file wrapped by one user's password."""

    user: str
    """The user's id, hexadecimal."""
    called: str
    """A salted hash of the user's name: it finds the slot, and tells the name only to who knows it."""
    salt: bytes
    rounds: int
    memory: int
    """Bytes argon2id works in."""
    box: bytes


@dataclass(frozen=True, slots=True)
class KeyFile:
    """One state of the file; `turn` rises with every change, `sealed` is the list of users under the key itself."""

    fingerprint: bytes
    turn: int
    slots: tuple[Slot, ...]
    sealed: bytes = b""


def beside(path: Path) -> Path:
    """Return where the keys of an office file lie: beside the file itself, not beside a link to it."""
    real = path.resolve()
    return real.with_name(real.name + SUFFIX)


def text_of(keys: KeyFile) -> str:
    """Return the file's text: JSON, with a sum that tells damage from a wrong password."""
    value = {
        "format": FORMAT,
        "file": keys.fingerprint.hex(),
        "turn": keys.turn,
        "slots": [
            {"user": slot.user, "called": slot.called, "salt": slot.salt.hex(), "rounds": slot.rounds,
             "memory": slot.memory, "box": base64.b64encode(slot.box).decode()}
            for slot in keys.slots
        ],
        "sealed": base64.b64encode(keys.sealed).decode(),
    }  # fmt: skip
    return json.dumps(value | {"sum": _sum(value)}, indent=1) + "\n"


def parsed(text: str) -> KeyFile | None:
    """Return what a text says, None where it is no such file or any sign of it changed."""
    try:
        value = json.loads(text)
        told = value.pop("sum")
        if value["format"] != FORMAT or told != _sum(value):
            return None
        slots = tuple(
            Slot(
                str(slot["user"]), str(slot["called"]), bytes.fromhex(slot["salt"]), int(slot["rounds"]),
                int(slot["memory"]), base64.b64decode(slot["box"], validate=True),
            )
            for slot in value["slots"]
        )  # fmt: skip
        sealed = base64.b64decode(value["sealed"], validate=True)
        keys = KeyFile(bytes.fromhex(value["file"]), int(value["turn"]), slots, sealed)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return keys if text_of(keys) == text else None  # blanks and doubled keys are changes too


def _sum(value: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def read(place: Path) -> KeyFile | None:
    """Return the keys in a file; None where there is none, or it is damaged."""
    try:
        if place.stat().st_size > LARGEST:
            return None
        return parsed(place.read_text(encoding="ascii"))
    except (OSError, UnicodeDecodeError):
        return None


def write(path: Path, keys: KeyFile) -> None:
    """Keep the keys beside an office file; the old ones stay whole until the new ones are on the disk."""
    place = beside(path)
    with written(place) as temporary:
        temporary.chmod(0o600)
        temporary.write_text(text_of(keys), encoding="ascii")


def found(path: Path, fingerprint: bytes) -> KeyFile:
    """Return the keys of an encrypted file: those beside it, else the newest copy that lies with its backups.

    Raises LockedError where there are none, saying how to open the file all the same.
    """
    place = beside(path)
    if (own := read(place)) and own.fingerprint == fingerprint:
        return own
    folders = (place.parent, place.parent / BACKUPS)
    others = (read(other) for folder in folders for other in sorted(folder.glob(f"*{SUFFIX}")))
    fitting = [keys for keys in others if keys and keys.fingerprint == fingerprint]
    if fitting:
        return max(fitting, key=lambda keys: keys.turn)
    cure = "请在口令处输入恢复单上的恢复码，或从备份处把与它同名的 .keys 文件拿回来"
    if own:
        raise LockedError(f"“{place.name}”不是这个数据文件的密钥文件（或数据文件的开头已损坏）；{cure}")
    state = "已损坏" if place.exists() else "不见了"
    raise LockedError(f"密钥文件“{place.name}”{state}，口令打不开数据文件；{cure}")


def told_beside(path: Path, head: bytes) -> bytes | None:
    """Return by the keys beside a file whose key it is encrypted with, for one whose first bytes don't tell.

    None where the mark is whole and tells of quite another key: then these are the keys of another file.
    """
    own = read(beside(path))
    if own is None:
        return None
    alike = sum(one == other for one, other in zip(head, keyring.MARK + own.fingerprint, strict=True))
    return own.fingerprint if not head.startswith(keyring.MARK) or alike >= ALIKE else None


def carry(source: Path, target: Path) -> None:
    """Let `target`, made from the office file or backup `source`, have its keys beside it, or none where it is plain.

    Of two states of the same keys the newer stays. Raises TroubleError where they can't be written.
    """
    fingerprint = keyring.fingerprint_of(target)
    if fingerprint is None and not keyring.is_plain(target):
        fingerprint = keyring.fingerprint_of(source)  # a copy of a file whose beginning is damaged
    if fingerprint is None:
        drop(target)
        return
    here, there = read(beside(target)), read(beside(source))
    fitting = [keys for keys in (here, there) if keys and keys.fingerprint == fingerprint]
    if not fitting:
        try:
            fitting = [found(source, fingerprint)]
        except LockedError:
            return  # opened by the recovery code: there are none to carry
    newest = max(fitting, key=lambda keys: keys.turn)
    if newest != here:
        write(target, newest)


def drop(path: Path) -> None:
    """Remove the keys beside a file that is plain now or gone."""
    place = beside(path)
    try:
        place.unlink(missing_ok=True)
    except OSError as cause:
        raise trouble(place, cause, "删除") from cause
