"""The preflight of papers that name people: characters without a glyph, whose and in which field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from desktop.documents.embedding import undrawn
from desktop.documents.roles import Role, missing, printable
from desktop.documents.writing import called_after
from desktop.records.pack import Guest
from desktop.records.papers import PreflightFault

BY_POST = {
    "name": Role.KAI,
    "honorific": Role.FANG,
    "unit": Role.FANG,
    "address": Role.FANG,
    "postcode": Role.SONG,
}
"""The faces in which a post address is set, on an envelope or a label."""

SEEN_AT_ONCE = 200
"""Faults listed before the rest is only counted by the next run: no one reads more."""
LABELS = {
    "name": "姓名",
    "honorific": "称谓",
    "unit": "单位",
    "post": "职务",
    "sort": "代表类别",
    "number": "编号",
    "address": "通信地址",
    "postcode": "邮政编码",
}


class GuestCheck:
    """Checks guest after guest, remembering the characters that are known to be drawn."""

    def __init__(self, roles: Mapping[str, Role]) -> None:
        self._roles = roles
        self._drawn: dict[Role, set[str]] = {role: {"\n"} for role in Role}

    def faults(self, guest: Guest) -> Iterator[PreflightFault]:
        """Yield a fault for each character of the guest that the role of its field doesn't draw."""
        for name, role in self._roles.items():
            text = printable(getattr(guest, name))
            if not self._drawn[role].issuperset(text):
                for character in self._undrawn(text, role):
                    told = f"{guest.name}的{LABELS[name]}：{undrawn(character)}"
                    yield PreflightFault(guest.name, character, told, guest.record)
        if not guest.name.strip():
            yield PreflightFault("", "", f"{guest.number or '有一位代表'}没有姓名")

    def _undrawn(self, text: str, role: Role) -> list[str]:
        drawn = self._drawn[role]
        new = set(text) - drawn
        bad = missing("".join(sorted(new)), role)
        drawn |= new - set(bad)
        return bad


def fixed_faults(texts: Sequence[tuple[str, str, Role]]) -> Iterator[PreflightFault]:
    """Yield a fault for each character that isn't drawn of (label, text, role), which belong to nobody."""
    for label, text, role in texts:
        for character in missing(text, role):
            yield PreflightFault("", character, f"{label}里的{undrawn(character)}")


def some(faults: Iterator[PreflightFault]) -> list[PreflightFault]:
    """Return the first faults of all."""
    found: list[PreflightFault] = []
    for fault in faults:
        found.append(fault)
        if len(found) >= SEEN_AT_ONCE:
            break
    return found


def file_names(kind: str, guests: Sequence[Guest]) -> list[str]:
    """Return what the files of a paper are called, a file a guest."""
    return called_after(kind, [(guest.number, guest.name) for guest in guests])
