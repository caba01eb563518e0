"""The words of the commands on what was done, removed and taken out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def add(command: Callable[..., Any]) -> None:
    """Add trail, bin, recover, purge and export-log to the command line; `command(name, help, example)` makes one."""
    asked = command("trail", "修改记录：谁在什么时候改了什么", "trail --search 曾国强 --from 2026-09-01")
    asked.add_argument("--search", default="", metavar="文字", help="做了什么、改前的内容里有的文字")
    asked.add_argument("--who", default="", metavar="经手人")
    asked.add_argument("--kind", default="", metavar="种类")
    asked.add_argument("--from", metavar="日期")
    asked.add_argument("--to", metavar="日期")
    asked.add_argument("--limit", type=int, default=100, metavar="条数", help="最近多少次改动（默认 100）")
    asked = command("bin", "回收站：删除了的记录", "bin representative")
    asked.add_argument("kind", nargs="?", default="", metavar="种类")
    asked.add_argument("--limit", type=int, default=1000, metavar="条数")
    asked = command("recover", "从回收站恢复一条记录", "recover representative 01932f0c…")
    asked.add_argument("kind", metavar="种类")
    asked.add_argument("id", metavar="记录", help="bin 列出的 id")
    asked = command(
        "purge",
        "彻底删除回收站里的一条记录：内容从数据文件中清除，不能恢复",
        "purge representative 01932f0c… --confirm 彻底删除",
    )
    asked.add_argument("kind", metavar="种类")
    asked.add_argument("id", metavar="记录", help="bin 列出的 id")
    asked.add_argument("--confirm", default="", metavar="彻底删除", help="照样写出这四个字才会执行")
    asked.add_argument("--dry-run", action="store_true", help="只看别的记录里还有没有同样的内容，不删除")
    command("export-log", "带出记录：谁在什么时候把名单、号码带出了数据文件", "export-log")
