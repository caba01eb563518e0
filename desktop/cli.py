"""The command line: the same work as the window, for scripts and machines without a display.

Names, exit codes and JSON keys are a contract: 0 done, 1 the user's input is at fault, 2 wrong usage,
3 trouble with file, disk or printer. With --json standard output is exactly one JSON document.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from desktop import __version__, paths
from desktop.commands import key_words, trace_words
from desktop.commands.answer import Answer, as_json
from desktop.errors import Cancelled, DamagedError, OpenDayError, TroubleError
from desktop.files import refuse_unwritable_name
from desktop.records import cleaning

DONE, AT_FAULT, WRONG_USAGE, TROUBLE = 0, 1, 2, 3
LONGEST = 1_000
"""Characters of a refusal; what was typed may be longer."""
LONGEST_LIST = 6_000
"""Characters of a refusal that names everybody whose papers can't be printed."""
PLACES = ("data", "folder", "file", "out", "password_file", "new_password_file", "backup_password_file")
"""The options that name a file or folder."""
WAYS_OUT = "（openday restore 备份文件；openday rescue 损坏的文件 新文件）"
"""What the window has buttons for where a file is damaged."""
RECORD_KEYS = """

add、set、show、list、remove、do 给出的每条记录，除各字段外还有：
  id        记录的标识，不会改变
  revision  第几次保存（从 1 起），供脚本看出别处是否改过
  version   与 revision 相同；但表单（form）等自有“版次”字段的种类，version 是版次"""
Run = Callable[[argparse.Namespace], Answer]


class Parser(argparse.ArgumentParser):
    """argparse in Chinese: help, headings and what is said of wrong usage."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", ChineseHelp)
        super().__init__(add_help=False, allow_abbrev=False, **options)
        self.asked = self.add_argument_group("参数")
        self.asked.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        """Raise WrongUsage with the Chinese sentence."""
        raise WrongUsage(f"用法不对：{_in_chinese(message)}。用 {self.prog} --help 查看说明")


class WrongUsage(OpenDayError):
    """The command line itself is wrong: exit code 2."""


class ChineseHelp(argparse.RawDescriptionHelpFormatter):
    """Help with `用法:` in place of `usage:`."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, prefix or "用法：")


def _in_chinese(message: str) -> str:
    for english, chinese in (
        ("the following arguments are required: ", "缺少参数 "),
        ("unrecognized arguments: ", "不认识的参数 "),
        ("invalid choice: ", "没有这一项："),
        ("(choose from ", "(可用："),
        ("invalid int value: ", "应为整数："),
        ("expected one argument", "后面要跟一个值"),
        (
            "one of the arguments --out --printer is required",
            "要写明 --out（存为 PDF）或 --printer（送打印机）",
        ),
        (": not allowed with argument ", " 不能同时用 "),
        ("argument ", "参数 "),
    ):
        message = message.replace(english, chinese)
    return message


def build_parser() -> Parser:
    """Return the parser of the whole command line."""
    parser = Parser(
        prog="openday",
        description="开放日工作台：组织部开放日与走访工作的录入、印制和统计。不写命令时打开窗口。",
        epilog="例：openday --data 本单位.openday list representative --search 曾国强",
    )
    parser.asked.add_argument(
        "--data", metavar="文件", help="数据文件（默认用环境变量 OPENDAY_DATA，再默认用户目录）"
    )
    parser.asked.add_argument("--json", action="store_true", help="标准输出只给一份 JSON，供脚本使用")
    parser.asked.add_argument(
        "--password-file",
        metavar="文件",
        help="数据文件有口令时：第一行是口令的文件（或环境变量 OPENDAY_PASSWORD_FILE，或在终端里输入）",
    )
    parser.asked.add_argument(
        "--user", metavar="姓名", help="数据文件有几位用户时：是谁的口令（或环境变量 OPENDAY_USER）"
    )
    parser.asked.add_argument(
        "--version", action="version", version=f"开放日工作台 {__version__}", help="显示版本"
    )
    commands = parser.add_subparsers(
        title="命令", dest="command", metavar="命令", parser_class=Parser, prog=parser.prog
    )
    _add_file_commands(commands)
    _add_record_commands(commands)
    _add_sheet_commands(commands)
    _add_paper_commands(commands)
    _add_clock_commands(commands)
    trace_words.add(partial(_command, commands))
    key_words.add(partial(_command, commands))
    return parser


def _command(commands: Any, name: str, told: str, example: str, *, more: str = "") -> Any:
    made = commands.add_parser(name, help=told, description=told + more, epilog=f"例：openday {example}")
    # a script may put --json and --data after the command as well
    made.asked.add_argument(
        "--json", action="store_true", default=argparse.SUPPRESS, help="标准输出只给一份 JSON"
    )
    made.asked.add_argument("--data", metavar="文件", default=argparse.SUPPRESS, help="数据文件")
    secret = "口令文件，第一行是口令" if name != "new" else "给新文件设口令：口令文件，第一行是口令"
    made.asked.add_argument("--password-file", metavar="文件", default=argparse.SUPPRESS, help=secret)
    made.asked.add_argument("--user", metavar="姓名", default=argparse.SUPPRESS, help="是谁的口令")
    return made.asked


def _add_file_commands(commands: Any) -> None:
    asked = _command(commands, "demo", "建一个示例单位，并印出一整套开放日文书", "demo out/")
    asked.add_argument("folder", metavar="文件夹")
    asked = _command(commands, "new", "新建数据文件", "--data 本单位.openday new --name 肥西县委组织部")
    asked.add_argument("--name", required=True, metavar="单位名称")
    asked = _command(commands, "backup", "备份数据文件并核对", "backup D:/备份/今天.openday")
    asked.add_argument("file", nargs="?", metavar="备份文件")
    asked = _command(commands, "backups", "列出备份：时间、缘由、大小和记录数", "backups")
    asked.add_argument("--folder", metavar="文件夹", help="列出别处（U盘）的备份")
    asked = _command(commands, "restore", "用备份恢复；现在的文件另存", "restore D:/备份/今天.openday")
    asked.add_argument("file", metavar="备份文件")
    asked.add_argument("--dry-run", action="store_true", help="只说恢复会改变什么，不恢复")
    asked.add_argument("--backup-password-file", metavar="文件", help="备份的口令与现在的文件不同时")
    asked = _command(commands, "drill", "恢复演练：在临时的地方恢复一份备份并核对，不动数据文件", "drill")
    asked.add_argument("file", nargs="?", metavar="备份文件", help="默认是最近的一份")
    asked = _command(
        commands,
        "rescue",
        "从损坏的数据文件抢救，写入新文件和报告；不动原文件",
        "rescue 坏了.openday 救出.openday",
    )
    asked.add_argument("file", metavar="损坏的文件")
    asked.add_argument("out", metavar="新文件")
    _command(commands, "check", "检查数据文件是否完好", "check")


def _add_record_commands(commands: Any) -> None:
    _command(commands, "kinds", "列出记录种类和字段", "kinds --json", more=RECORD_KEYS)
    asked = _command(
        commands, "add", "新增一条记录", "add representative full_name=曾国强 unit=店埠镇光大社区"
    )
    asked.add_argument("kind", metavar="种类")
    asked.add_argument("values", nargs="*", metavar="字段=内容")
    asked = _command(commands, "set", "修改一条记录", "set representative 曾国强 mobile=13900008000")
    asked.add_argument("kind", metavar="种类")
    asked.add_argument("id", metavar="记录", help="id、编号或全名")
    asked.add_argument("values", nargs="+", metavar="字段=内容")
    asked = _command(commands, "show", "查看一条记录", "show open-day 2026-1")
    asked.add_argument("kind", metavar="种类")
    asked.add_argument("id", metavar="记录", help="id、编号或全名")
    asked.add_argument("--full", action="store_true", help="显示完整的电话和证件号（--json 里总是完整的）")
    asked = _command(commands, "list", "列出记录", "list representative --search zgq --sort unit --limit 20")
    asked.add_argument("kind", metavar="种类")
    asked.add_argument("--search", default="", metavar="文字", help="姓名、拼音、首字母、电话或单位")
    asked.add_argument("--where", action="append", default=[], metavar="字段=内容")
    asked.add_argument("--sort", default="", metavar="字段", help="按哪个字段排")
    asked.add_argument("--descending", action="store_true", help="倒序")
    asked.add_argument("--limit", type=int, metavar="条数")
    asked = _command(
        commands, "remove", "删除一条记录（文件里留有原内容和原因）", "remove staff 李明 --reason 调离"
    )
    asked.add_argument("kind", metavar="种类")
    asked.add_argument("id", metavar="记录", help="id、编号或全名")
    asked.add_argument("--reason", default="", metavar="原因")
    asked = _command(commands, "do", "办理一步", "do invitation 邀〔2026〕1号 reply reply=参加")
    asked.add_argument("kind", metavar="种类")
    asked.add_argument("id", metavar="记录", help="id、编号或全名")
    asked.add_argument("verb", metavar="步骤")
    asked.add_argument("values", nargs="*", metavar="字段=内容")


def _add_sheet_commands(commands: Any) -> None:
    asked = _command(
        commands, "import", "导入表格（xlsx、xls、csv）", "import representative 花名册.xlsx --dry-run"
    )
    asked.add_argument("kind", metavar="种类")
    asked.add_argument("file", metavar="表格文件")
    asked.add_argument("--sheet", metavar="工作表")
    asked.add_argument("--encoding", metavar="编码", help="csv 的编码：utf-8、gb18030、big5、utf-16")
    asked.add_argument("--dry-run", action="store_true", help="只试读，不写入")
    asked.add_argument(
        "--on-duplicate", choices=("skip", "update", "refuse"), default="skip", help="重复的行怎么办"
    )
    asked = _command(commands, "undo", "撤回一次导入", "undo representative/1a2b3c4d")
    asked.add_argument("batch", metavar="批次")
    asked = _command(commands, "export", "导出为表格", "export representative 代表.xlsx --where sex=女")
    asked.add_argument("kind", metavar="种类")
    asked.add_argument("file", metavar="文件.xlsx")
    asked.add_argument("--search", default="", metavar="文字")
    asked.add_argument("--where", action="append", default=[], metavar="字段=内容")
    numbers = asked.add_mutually_exclusive_group()
    numbers.add_argument(
        "--full", action="store_true", help="写出完整的电话和证件号（给脚本的 --json 平时就是）"
    )
    numbers.add_argument("--masked", action="store_true", help="遮住电话和证件号（不带 --json 时平时就是）")


def _add_paper_commands(commands: Any) -> None:
    asked = _command(
        commands,
        "print",
        "印成 PDF 或送打印机",
        "print invitation-letters --open-day 2026-1 --all --out 邀请函.pdf",
    )
    asked.add_argument(
        "document",
        metavar="文书",
        help="invitation-letters 邀请函、envelopes 信封、labels 地址标签、place-cards 席卡、name-badges 代表证、"
        "sign-in-sheet 签到表、notice 公告、programme 日程与参观路线、leaflets 明白纸、contact-cards 联系档案卡、"
        "feedback-forms 表单；assignment-slips 交办单、urge-slips 催办单和督办单、overdue-notice 逾期通报、"
        "reply-letters 答复函、ticket-ledger 台账、write-off-list 销号表、meeting-agenda 议题单、"
        "meeting-resolutions 决定事项；visit-sheets 走访登记表（不选户印空白表）、visit-ledger 走访台账、"
        "visit-plan 走访安排表（计划的走访）、"
        "pairing-cards 结对帮扶卡、link-cards 连心卡、condolence-list 慰问签收表、quota-bulletin 走访进度通报、"
        "pocket-cards 名片大小的连心卡、diary-booklet 民情日记选编、briefing 工作简报；calibration 打印校准页",
    )
    _add_whereto(asked)
    asked.add_argument("--open-day", metavar="编号")
    asked.add_argument(
        "--all",
        action="store_true",
        help="印给全部代表，尚未邀请的同时登记邀请；问题的文书则是全部该印的问题",
    )
    asked.add_argument("--where", action="append", default=[], metavar="字段=内容")
    asked.add_argument("--id", action="append", default=[], metavar="代表|问题|会议|户|结对")
    asked.add_argument("--form", metavar="表单")
    asked.add_argument(
        "--copies",
        type=int,
        metavar="份数",
        help="表单印多少份（默认每位受邀代表一份），空白走访登记表印多少张（默认一张）；其他文书送打印机时每份印几遍（默认一遍）",
    )
    asked.add_argument("--from", metavar="日期", help="走访台账、慰问签收表、工作简报从哪天起")
    asked.add_argument("--to", metavar="日期", help="到哪天止")
    asked.add_argument("--unprinted", action="store_true", help="只印这种文书还没有印过的人")
    asked.add_argument(
        "--order",
        choices=("number", "strokes", "seat"),
        default="number",
        help="顺序：number 编号、strokes 姓氏笔画（问题按经办人）、seat 座位",
    )
    asked.add_argument(
        "--size",
        default="",
        metavar="规格",
        help="信封 DL、B6、ZL、C5、C4；标签 3x8、2x7；席卡 200x100、A4对折、A4三折；代表证 10、8（每张纸几个）；"
        "日程 A4、A5对折；联系档案卡 A5、A4对裁；交办单 A4、A4带回执",
    )
    asked.add_argument("--start", type=int, default=1, metavar="位置", help="标签纸从第几枚开始用")
    asked.add_argument(
        "--postcode",
        choices=("line", "boxes", "digits"),
        default="line",
        help="信封邮编：line 印在地址前、boxes 印红框和数字、digits 填入已印好的红框",
    )
    asked.add_argument("--no-sender", action="store_true", help="信封上不印寄信人（信封已印好）")
    asked.add_argument("--blank-rows", type=int, default=5, metavar="行数", help="签到表末尾的空行")
    asked.add_argument(
        "--by-hand", action="store_true", help="姓名等缺字时留一道横线手写，不停下；印完列出要补写的字"
    )
    asked.add_argument(
        "--full-numbers", action="store_true", help="联系档案卡、交办单印出完整的手机号和身份证号（平时打码）"
    )
    asked.add_argument("--separate", action="store_true", help="一人一个文件，路径为文件夹")
    asked.add_argument("--draft", action="store_true", help="只看样稿：不登记、不邀请、不记录")
    asked = _command(commands, "print-log", "打印记录：什么时候印了什么、给谁", "print-log --open-day 2026-1")
    asked.add_argument("--open-day", metavar="编号")
    asked = _command(
        commands, "reprint", "照打印记录原样再印一次，不另编号", "reprint 0193a2c4 --out 邀请函.pdf"
    )
    asked.add_argument("job", metavar="记录", help="打印记录的 id，写出开头几位即可")
    _add_whereto(asked)
    asked.add_argument("--copies", type=int, metavar="份数", help="送打印机时每份印几遍（默认一遍）")
    asked.add_argument("--changed", action="store_true", help="同样的人和选项，但按现在的内容印")
    asked = _command(commands, "report", "统计报表", "report participants --from 2026-01-01 --to 2026-12-31")
    asked.add_argument(
        "name", metavar="报表",
        help="participants 参会代表、forms 表单、tickets 问题、suggestions 意见建议、visits 走访、diaries 民情日记、year 全年",
    )  # fmt: skip
    asked.add_argument("--from", metavar="日期")
    asked.add_argument("--to", metavar="日期")
    asked.add_argument("--out", metavar="文件.xlsx|文件.pdf", help="同时写成表格，或可打印的统计表")


def _add_whereto(asked: Any) -> None:
    """Add the two places that papers go to; one of them has to be named."""
    whereto = asked.add_mutually_exclusive_group(required=True)
    whereto.add_argument("--out", metavar="路径", help="存为 PDF：文件名，或一人一个文件时的文件夹")
    whereto.add_argument("--printer", metavar="打印机", help="直接送往这台打印机（打印系统里的名称）")


def _add_clock_commands(commands: Any) -> None:
    asked = _command(
        commands, "due", "推算法定期限并逐日说明", "due --from 2026-09-29 --days 7",
        more="。自次日起算（《民法典》第二百零一条）；以日、月计的，期满日遇休假日顺延（第二百零三条）",
    )  # fmt: skip
    asked.add_argument("--from", required=True, metavar="日期")
    asked.add_argument("--days", type=int, default=7, metavar="天数", help="多少个（默认 7）")
    asked.add_argument(
        "--unit",
        choices=("workday", "day", "month", "hour"),
        default="workday",
        help="workday 工作日、day 日、month 月、hour 小时",
    )
    asked.add_argument("--limit", metavar="时限", help="按“办理时限”里的一条推算，代替 --days 和 --unit")
    asked = _command(
        commands, "notice", "录入国务院的年度放假通知（文本）", "notice 2027年放假通知.txt --dry-run"
    )
    asked.add_argument("file", metavar="文本文件", help="通知正文；- 为标准输入")
    asked.add_argument("--year", type=int, metavar="年份", help="正文没有写年份时用")
    asked.add_argument("--dry-run", action="store_true", help="只试读，不写入")
    asked.add_argument(
        "--on-conflict",
        choices=("refuse", "keep", "replace"),
        default="refuse",
        help="与现有安排不一致的日子：refuse 不录入（默认）、keep 保留现有、replace 按这份通知",
    )
    asked.add_argument("--anyway", action="store_true", help="通知里有对不上的地方也照录读到的日子")
    asked = _command(commands, "moved", "放假安排变动后要改的期限：查看、接受、保留", "moved --accept all")
    asked.add_argument("--accept", action="append", default=[], metavar="标识|all", help="按现在的安排改")
    asked.add_argument(
        "--leave", action="append", default=[], metavar="标识|all", help="保留原期限，不再提示"
    )


def run(words: Sequence[str], carry_out: Run) -> int:
    """Parse the words, carry the command out, answer, and return the exit code; never a traceback.

    `carry_out` opens the office and calls the command (desktop/app.py).
    """
    _speak_utf8()
    wants_json = "--json" in words
    try:
        asked = build_parser().parse_args(words)
        for name in PLACES:
            refuse_unwritable_name(getattr(asked, name, None), field=name)
        asked.data = Path(asked.data) if asked.data else paths.default_office()
        answer = carry_out(asked)
        _say(as_json(answer.value) if asked.json else answer.text)
    except SystemExit as ended:
        return int(ended.code or 0)
    except KeyboardInterrupt:
        return _refused(Cancelled(), AT_FAULT, wants_json=wants_json)
    except BrokenPipeError:
        return _reader_gone()
    except OpenDayError as error:
        return _refused(error, _code_of(error), wants_json=wants_json)
    return DONE


def _code_of(error: OpenDayError) -> int:
    match error:
        case TroubleError():
            return TROUBLE
        case WrongUsage():
            return WRONG_USAGE
        case _:
            return AT_FAULT


def _say(text: str) -> None:
    """Print the answer now, so that a reader who has gone or a full disk shows here and not at the exit."""
    if sys.stdout is None:  # pyright: ignore[reportUnnecessaryComparison] - None where it was closed (>&-)
        return
    try:
        print(text, flush=True)
    except BrokenPipeError:
        raise
    except OSError as cause:
        _drop_output()
        raise TroubleError(f"结果已办妥，但没能全部写到标准输出：{cause.strerror}；请检查磁盘空间") from cause


def _reader_gone() -> int:
    """End quietly where the reader of our output has gone (`openday list … | head`): the work is done."""
    _drop_output()
    return DONE


def _drop_output() -> None:
    """Point standard output nowhere, or the interpreter would stumble over it again at the exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)


def _refused(error: OpenDayError, code: int, *, wants_json: bool) -> int:
    faults = getattr(error, "faults", ())
    ways = WAYS_OUT if isinstance(error, DamagedError) else ""
    error.message = _one_sentence(error.message, LONGEST_LIST if faults else LONGEST) + ways
    print(error.message, file=sys.stderr)
    if wants_json:
        value: dict[str, Any] | None = getattr(error, "answer", None)
        if value is None:
            field, row = getattr(error, "field", None), getattr(error, "row", None)
            value = {"error": {"message": error.message, "field": field, "row": row}}
            if faults:
                value["preflight"] = [
                    {"person": fault.person, "character": fault.character, "message": fault.message}
                    for fault in faults
                ]
        try:
            _say(as_json(value))
        except BrokenPipeError:
            _drop_output()
        except TroubleError as trouble:
            print(trouble.message, file=sys.stderr)
    return code


def _one_sentence(message: str, longest: int) -> str:
    """Return a message that may quote anything as one line of sane length, without terminal commands."""
    told = cleaning.one_line(message)
    return told if len(told) <= longest else f"{told[: longest // 2]}…{told[-longest // 2 :]}"


def _speak_utf8() -> None:
    """Write UTF-8 whatever the machine's locale says (LANG=C, a Chinese Windows console)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
