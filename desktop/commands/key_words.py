"""The words of the commands on passwords and users."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop.records.users import Role

MORE = """

口令从 --new-password-file 的第一行读；不写时在终端里不显示地输入两遍。
  没有口令的文件：整个加密，给出口令的人是第一位管理员（--name 写姓名，默认“管理员”）
  有口令的文件：改自己的口令
  --remove    去除口令，文件变回不加密的
  --new-key   换一把密钥重新加密：旧的备份、口令和恢复码都打不开新文件，其他用户要重新加入
加密的只是数据文件和以后的备份；以前没有口令的备份、导出的表格和 PDF 不受保护，不再需要时请删除。"""


def add(command: Callable[..., Any]) -> None:
    """Add the commands to a command line; `command(name, told, example, more=)` makes one."""
    asked = command(
        "password", "设置、修改、去除数据文件的口令", "password --new-password-file 新口令.txt", more=MORE
    )
    asked.add_argument("--new-password-file", metavar="文件", help="新口令，文件的第一行")
    asked.add_argument("--name", metavar="姓名", help="设置口令的人（第一位管理员）的姓名")
    what = asked.add_mutually_exclusive_group()
    what.add_argument("--remove", action="store_true", help="去除口令")
    what.add_argument("--new-key", action="store_true", help="换一把密钥重新加密")
    asked = command(
        "recovery-sheet",
        "印恢复单：口令忘了、密钥文件丢了时用来打开数据文件，存放在保险柜",
        "recovery-sheet --out 恢复单.pdf",
    )
    asked.add_argument("--out", required=True, metavar="文件.pdf")
    asked = command("users", "有口令的数据文件的用户：列出、增加、修改、删除", "users add 李明 --role 经办")
    asked.add_argument(
        "action",
        nargs="?",
        choices=("list", "add", "set", "remove"),
        default="list",
        help="list 列出（默认）、add 增加、set 修改、remove 删除",
    )
    asked.add_argument("user_name", nargs="?", metavar="姓名")
    asked.add_argument("--role", metavar="身份", help=f"{'、'.join(Role)}；增加时默认{Role.CLERK}")
    asked.add_argument("--rename", metavar="新姓名")
    asked.add_argument("--new-password-file", metavar="文件", help="这位用户的口令，文件的第一行")
