"""Who uses an office file that has a password: a name for the trail, and a role."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop.errors import UserError
from desktop.records import cleaning

FIRST_NAME = "管理员"
"""What the one who chose the password is called until a name is given."""
LONGEST_NAME = 30


class Role(StrEnum):
    """What a user may do; see services/rights.py."""

    ADMIN = "管理员"
    CLERK = "经办"
    VIEWER = "查看"


@dataclass(frozen=True, slots=True)
class User:
    """Somebody with a password of their own to the office file; `id` is 16 hexadecimal signs."""

    id: str
    name: str
    role: Role

    @property
    def unnamed(self) -> bool:
        """Say whether no name was given: the trail then tells the name of the computer's user."""
        return self.name == FIRST_NAME


def name_of(text: str) -> str:
    """Return a user's name as it is kept; raises UserError."""
    name = cleaning.one_line(text).strip()
    if not name:
        raise UserError("请填写用户的姓名", field="name")
    if len(name) > LONGEST_NAME:
        raise UserError(f"用户的姓名太长，最多 {LONGEST_NAME} 个字", field="name")
    return name


def role_of(text: str) -> Role:
    """Return the role of its Chinese name; raises UserError with those there are."""
    try:
        return Role(text.strip())
    except ValueError:
        raise UserError(f"没有“{text[:20]}”这种身份，可用的有：{'、'.join(Role)}", field="role") from None
