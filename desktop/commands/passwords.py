"""password, recovery-sheet, users: who may open the office file."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace
from pathlib import Path

from desktop.commands.answer import Answer
from desktop.commands.entry import password_in
from desktop.commands.protecting import Protection
from desktop.errors import UserError
from desktop.files import refuse_other_sort
from desktop.records import passwords
from desktop.records.users import FIRST_NAME, Role, role_of
from desktop.services.desk import Desk
from desktop.services.rights import Deed

OWN_FILE = "数据文件"


def password(desk: Desk, asked: Namespace) -> Answer:
    """Set, change or remove the password, or encrypt under a new key."""
    path = Path(asked.data)
    protected = desk.users.protected
    if asked.remove or asked.new_key or not protected:
        desk.rights.require(Deed.PASSWORD)
    file = Protection(path)
    if asked.remove:
        file.unprotect()
        return Answer({"office": str(path), "encrypted": False}, f"已去除口令，{path} 现在不加密")
    if asked.new_key and not protected:
        raise UserError("数据文件没有口令，没有密钥可换；去掉 --new-key 就能设置口令", field="new_key")
    new = new_password(asked.new_password_file)
    if protected and not asked.new_key:
        desk.users.change_own(None, new)
        return Answer({"office": str(path), "encrypted": True}, "已改口令；恢复单不变，仍然有效")
    me = desk.users.me
    file.protect(new, asked.name or (me.name if me and me.id else FIRST_NAME))
    told = f"已加密 {path}；密钥文件 {path.name}.keys 要和它放在一起。{_weak(new)}{_plain_told(file)}"
    return Answer({"office": str(path), "encrypted": True}, f"{told}请用 recovery-sheet 印一张恢复单存放好")


def recovery_sheet(desk: Desk, asked: Namespace) -> Answer:
    """Write the recovery sheet to a PDF."""
    from desktop.documents import recovery_sheet as paper

    target = Path(asked.out)
    refuse_other_sort(target, b"%PDF-", "PDF")
    code = desk.users.recovery_code()
    paper.write_sheet(
        target, paper.RecoverySheet(desk.offices.own().name, Path(asked.data).name, tuple(code))
    )
    told = f"已写到 {target}；印好存入保险柜后，请删除这个 PDF：有它就能打开数据文件"
    return Answer({"files": [str(target)]}, told)


def users(desk: Desk, asked: Namespace) -> Answer:
    """List, add, change or remove the users of a file with a password."""
    name = asked.user_name
    if asked.action == "list":
        desk.users.require_users()
    elif not name:
        raise UserError("请写明用户的姓名", field="user_name")
    match asked.action:
        case "add":
            role = role_of(asked.role) if asked.role else Role.CLERK
            desk.users.add(name, role, new_password(asked.new_password_file))
        case "set":
            _change(desk, name, asked)
        case "remove":
            desk.users.remove(desk.users.called(name))
        case _:
            pass
    listed = [{"name": user.name, "role": user.role.value} for user in desk.users.listed()]
    shown = "\n".join(f"{user['name']}\t{user['role']}" for user in listed)
    return Answer({"users": listed}, shown)


def _change(desk: Desk, name: str, asked: Namespace) -> None:
    if not (asked.role or asked.rename or asked.new_password_file):
        raise UserError("请写明改什么：--role、--rename 或 --new-password-file")
    user = desk.users.called(name)
    if asked.role or asked.rename:
        role = role_of(asked.role) if asked.role else user.role
        user = desk.users.change(user, name=asked.rename or user.name, role=role)
    if asked.new_password_file:
        desk.users.set_password(user, new_password(asked.new_password_file))


def new_password(file: str | None) -> str:
    """Return a new password out of a file, or typed twice at a terminal; raises UserError."""
    if file:
        return passwords.checked(password_in(file))
    if not (sys.stdin and sys.stdin.isatty()):
        raise UserError("请用 --new-password-file 给出新口令", field="new_password_file")
    typed = passwords.checked(getpass.getpass("新口令：", sys.stderr))
    if getpass.getpass("再输一遍：", sys.stderr) != typed:
        raise UserError("两遍输入的口令不一样，没有改动", field="new_password_file")
    return typed


def _plain_told(file: Protection) -> str:
    """Return what to say of the readable copies that an encrypted office has beside it."""
    copies = file.plain_copies()
    if not copies:
        return ""
    return f"旁边还有 {len(copies)} 份没有口令的副本或备份（如 {copies[0].name}），不再需要时请删除。"


def _weak(password: str) -> str:
    found = passwords.strength(password)
    return f"这个口令{found}：{passwords.ADVICE[found]}。" if found is passwords.Strength.WEAK else ""
