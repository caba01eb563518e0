"""What each role may do; asked at one place for each deed, never only by a button.

Nothing of it is asked of a file without users: whoever opens that may do everything. 查看 has the file open for
reading only besides, so that no statement at all can write to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desktop.errors import UserError
from desktop.records.users import Role, User


class Deed(StrEnum):
    """Something that not everybody may do, in the words of the refusal."""

    LOOK = "查看和统计"
    KEEP = "保存改动"
    EXPORT = "导出名单"
    EXPORT_FULL = "成批查看或导出完整的证件号和电话"
    PRINT_FULL = "印完整的证件号和电话"
    BACK_UP = "备份"
    RESTORE = "用备份恢复"
    PURGE = "彻底删除"
    USERS = "管理用户"
    PASSWORD = "设置或去除数据文件的口令"
    OWN_PASSWORD = "修改自己的口令"


_LOOKING = frozenset({Deed.LOOK, Deed.OWN_PASSWORD})
_KEEPING = _LOOKING | {Deed.KEEP, Deed.EXPORT, Deed.PRINT_FULL, Deed.BACK_UP}
ALLOWED: dict[Role, frozenset[Deed]] = {
    Role.ADMIN: frozenset(Deed),
    Role.CLERK: _KEEPING,
    Role.VIEWER: _LOOKING,
}
COMMANDS: dict[str, Deed] = {  # command → what it takes; the services ask again for what they do
    "kinds": Deed.LOOK,
    "demo": Deed.LOOK,
    "new": Deed.LOOK,
    "show": Deed.LOOK,
    "list": Deed.LOOK,
    "check": Deed.LOOK,
    "due": Deed.LOOK,
    "report": Deed.LOOK,
    "print": Deed.LOOK,  # drafts are for everybody; what numbers, invites and logs is a change
    "print-log": Deed.LOOK,
    "export-log": Deed.LOOK,
    "trail": Deed.LOOK,
    "bin": Deed.LOOK,
    "notice": Deed.LOOK,
    "moved": Deed.LOOK,
    "reprint": Deed.KEEP,
    "add": Deed.KEEP,
    "set": Deed.KEEP,
    "remove": Deed.KEEP,
    "recover": Deed.KEEP,
    "purge": Deed.PURGE,
    "do": Deed.KEEP,
    "import": Deed.KEEP,
    "undo": Deed.KEEP,
    "export": Deed.EXPORT,
    "backup": Deed.BACK_UP,
    "backups": Deed.LOOK,
    "drill": Deed.BACK_UP,
    "rescue": Deed.RESTORE,
    "restore": Deed.RESTORE,
    "password": Deed.OWN_PASSWORD,
    "recovery-sheet": Deed.PASSWORD,
    "users": Deed.USERS,
}


@dataclass(frozen=True, slots=True)
class Rights:
    """What the user at this desk may do; no user is a file without users."""

    user: User | None = None

    def may(self, deed: Deed) -> bool:
        """Say whether the user may do this."""
        return self.user is None or deed in ALLOWED[self.user.role]

    def require(self, deed: Deed) -> None:
        """Raise UserError where the user may not do this, saying who may."""
        if self.user is not None and deed not in ALLOWED[self.user.role]:
            able = "、".join(role for role in Role if deed in ALLOWED[role])
            raise UserError(f"“{self.user.name}”的身份是“{self.user.role}”，不能{deed}；请由{able}来做")
