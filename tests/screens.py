"""Every page as a picture: two screens, light and dark, 100–200 %, empty and full with the longest real texts.

`python3 dev.py screens` runs `main`; the pictures go to screens/ and are looked at, not compared. A page
adds itself by a line in SCENES: a name, and a function that brings the window to what is to be seen.
Words after the script's name choose scenes by their beginning: `python tests/screens.py 打印 导入`.

A picture is as large as the screen it stands for, in its own pixels: 1920×1080 at 200 % is a window of
960×540. What doesn't fit its screen is listed at the end.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

LAPTOP, DESK = (1366, 768), (1920, 1080)
LIGHT, DARK = "浅色", "深色"


@dataclass(frozen=True, slots=True)
class Round:
    """What is taken at one scale: on which screens, in which looks, with an empty office too."""

    sizes: tuple[tuple[int, int], ...]
    looks: tuple[str, ...]
    empty: bool = True


ROUNDS = {
    "1": Round((LAPTOP, DESK), (LIGHT, DARK)),
    "1.25": Round((LAPTOP, DESK), (LIGHT,), empty=False),
    "1.5": Round((LAPTOP, DESK), (LIGHT, DARK)),
    "2": Round((DESK,), (LIGHT,)),
}
"""By scale. Nobody sets a laptop of 1366×768 to 200 %: that would leave 683×384."""
LONG_NAME = "嘉木样·洛桑久美·图丹却吉尼玛"
LONG_UNIT = "安徽省合肥市肥西县上派镇人民政府农业农村综合服务中心暨乡村振兴工作站办公室党总支部"
ROOT = Path(__file__).resolve().parent.parent


def place(key: str) -> Callable:
    """Return the scene of a place as it opens."""

    def show(window, full):
        window.go(key)

    return show


def person(tab: int) -> Callable:
    """Return the scene of the longest-named representative on a tab; empty: a new one with faults shown."""

    def show(window, full):
        window.go("representatives")
        page = window.page
        if full:
            page.filter.search.setText(LONG_NAME[:3])
            page.search()
            page.open_record(page.table.record(0).id)
            page.filter.clear()
            page.form.tabs.setCurrentIndex(tab)
        else:
            page.start_new()
            page.save_record()

    return show


def settings(label: str) -> Callable:
    """Return the scene of a tab of the settings."""

    def show(window, full):
        window.go("settings")
        tabs = window.page.tabs
        tabs.setCurrentIndex(next(at for at in range(tabs.count()) if tabs.tabText(at) == label))

    return show


def users(window, full):
    """Show 口令与用户 of a file with a password, its user an administrator; full: with others."""
    from dataclasses import replace
    from types import SimpleNamespace

    from desktop.records.users import FIRST_NAME, Role, User
    from desktop.ui.pages.protection import ProtectionPanel

    me = User("1", "李明" if full else FIRST_NAME, Role.ADMIN)
    others = [User("2", LONG_NAME, Role.CLERK), User("3", "王书记", Role.VIEWER)] if full else []
    keys = SimpleNamespace(user=me, users=lambda: [me, *others])
    settings("口令与用户")(window, full)
    stack = window.page.front.parentWidget()
    panel = ProtectionPanel(replace(window.frame, desk=replace(window.desk, keys=keys)))
    stack.addWidget(panel)
    stack.setCurrentWidget(panel)
    panel.table.selectRow(1 if full else 0)


def backups(window, full):
    """Show 备份; full: with backups of several reasons, days and places."""
    if full:
        _some_backups(window)
    settings("备份")(window, full)
    _wait(window, lambda: not window.frame.workroom.busy)


def restoring(window, full):
    """Show what restoring a backup would change; empty: the page without any."""
    from desktop.ui.restore_dialog import RestoreDialog

    backups(window, full)
    if not full:
        return None
    vault = window.desk.backups.vault
    return RestoreDialog(window, vault.outlook(vault.listed()[-1].path), lambda path: None)


def _some_backups(window) -> None:
    """Make a backup, and older ones of it, one without its label."""
    import datetime

    from desktop.records.backups import Reason
    from desktop.storage import labels

    vault = window.desk.backups.vault
    if vault.listed():
        return
    made = vault.keep(Reason.BY_HAND)
    told = json.loads(labels.label_of(made.path).read_text(encoding="utf-8"))
    for days, reason in (
        (0, "启动"),
        (0, "每小时"),
        (1, "导入前"),
        (1, "退出"),
        (4, "批量删除前"),
        (30, "升级前"),
    ):
        at = made.made_at - datetime.timedelta(days=days, hours=days + 1)
        copy = made.path.with_name(f"{vault.path.stem}-{at:%Y%m%d-%H%M%S}-{reason}.openday")
        shutil.copyfile(made.path, copy)
        stamp = at.isoformat()
        counts = told["counts"] | {"representative": told["counts"]["representative"] - days}
        older = told | {"made_at": stamp, "reason": reason, "last_change": stamp, "counts": counts}
        labels.label_of(copy).write_text(json.dumps(older), encoding="utf-8")
    shutil.copyfile(made.path, made.path.with_name("从老电脑复制.openday"))


def password(window, full):
    """Show the dialog that sets a password; full: with a weak one typed, and another the second time."""
    from desktop.ui.password_dialogs import ChoosePassword

    dialog = ChoosePassword(window.frame, window, anew=False, chosen=lambda password, name: None)
    if full:
        dialog.password.first.setText("20261022")
        dialog.password.again.setText("20261020")
        dialog._go.click()
    return dialog


def new_user(window, full):
    """Show the dialog that adds a user; full: the name is missing."""
    from desktop.ui.password_dialogs import UserDialog

    return UserDialog(window.frame, window)


def recovery(window, full):
    """Show what is said when the recovery sheet is printed."""
    from desktop.ui.recovery_dialog import RecoveryDialog

    return RecoveryDialog(window.frame, window)


def traces(part: str) -> Callable:
    """Return the scene of a list of 设置 → 留痕, in the full office with some records removed and a list taken out."""

    def show(window, full):
        from desktop.records.listing import Query
        from desktop.records.representatives import Representative

        if full and not window.desk.recycle_bin.counts():
            person, another = window.desk.books.page(Query(Representative), 0, 2)
            person.post = "党支部书记"
            window.desk.books.save(person)
            window.desk.books.remove(another, "登记重复，与 2025 年的名单是同一人")
            window.desk.disclosing.note("导出", "代表", 120, "代表名单.xlsx")
            window.desk.disclosing.note("显示号码", "代表", 120, full=True)
        window.go("settings")
        tabs = window.page.tabs
        tabs.setCurrentIndex(next(at for at in range(tabs.count()) if tabs.tabText(at) == "留痕"))
        front = window.page.front.turn_to(part)
        front.refresh()
        _wait(window, lambda: True, 1)

    return show


def printing(documents: list[str]) -> Callable:
    """Return the scene of the print dialog."""

    def show(window, full):
        from desktop.ui.print_dialog import PrintDialog

        return PrintDialog(window.frame, documents, _first_day(window) if full else None, parent=window)

    return show


def printing_records(kind: str, documents: list[str], chosen: int = 0) -> Callable:
    """Return the scene of the print dialog over a list of a kind, the first few of it chosen."""

    def show(window, full):
        from desktop.records.catalogue import record_type
        from desktop.records.listing import Query
        from desktop.ui.listed_choices import Listed
        from desktop.ui.record_printing import RecordPrintDialog

        query = Query(record_type(kind))
        keys = tuple(window.frame.desk.books.ids(query, 0, chosen)) if chosen else ()
        listed = Listed(keys, query, window.frame.desk.books.count(query))
        return RecordPrintDialog(window.frame, record_type(kind), documents, listed, parent=window)

    return show


def importing_homes(window, full):
    """Show a roster with namesakes of a village beside the households that are there."""
    from desktop.records.households import Household
    from desktop.records.listing import Query
    from desktop.ui.import_dialog import ImportDialog

    if not full:
        return None
    one, other, third = window.frame.desk.books.page(Query(Household, sort="number"), 0, 3)
    rows = (
        (one.head, one.village, one.group, one.address, "陶桂英（妻）、王小明（子）"),
        (other.head, other.village, other.group, f"{other.village}88号", "李芳（妻）"),
        (third.head, third.village, third.group, "", ""),
        (LONG_NAME, "小井庄村", "张老家组", LONG_UNIT, "阿依古丽·买买提（妻）"),
    )
    dialog = ImportDialog(window.frame, Household, window)
    with tempfile.TemporaryDirectory() as folder:
        roster = Path(folder) / "户册.csv"
        lines = ["户主姓名,村,组,家庭住址,家庭成员", *(",".join(row) for row in rows)]
        roster.write_text("\n".join(lines), encoding="utf-8-sig")
        dialog.read(roster)
        _work(window)
    dialog._go.click()
    _work(window)
    dialog._rows.tabs.setCurrentIndex(1)
    return dialog


def reprinting(window, full):
    """Show a print of the log, once the letters were printed."""
    if not full:
        return None
    from desktop.records.register import jobs_of
    from desktop.services.orders import Order
    from desktop.ui.reprint_dialog import ReprintDialog

    day = _first_day(window)
    if not jobs_of(day.id):
        with tempfile.TemporaryDirectory() as folder:
            window.frame.desk.press.print(Order("invitation-letters", Path(folder) / "邀请函.pdf", day))
            window.frame.desk.inviting.do(
                window.frame.desk.inviting.active(day)[1], "void", {"reason": "来电"}
            )
    return ReprintDialog(window.frame, jobs_of(day.id)[0], parent=window)


def importing(step: int) -> Callable:
    """Return the scene of the import dialog at a step; empty: a file in doubt, with its encodings."""

    def show(window, full):
        from desktop.records.representatives import Representative
        from desktop.ui.import_dialog import ImportDialog

        dialog = ImportDialog(window.frame, Representative, window)
        data = ROOT / "tests" / "data"
        dialog.read(data / ("samples/花名册.xlsx" if full else "badinput/csv/big5.csv"))
        _work(window)
        if full and step > 1:
            dialog._go.click()
            _work(window)
            dialog._rows.tabs.setCurrentIndex(step - 2)
        return dialog

    return show


def wording(text: str) -> Callable:
    """Return the scene of the wording dialog with a text added."""

    def show(window, full):
        from desktop.ui.wording_dialog import WordingDialog

        if not full:
            return None
        dialog = WordingDialog(window.frame, _first_day(window), window)
        dialog.editor.prose["body"].appendPlainText(text)
        dialog.dirty = False
        return dialog

    return show


NOTICE = """国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕9号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
　　一、元旦：1月1日（周五）至3日（周日）放假，共3天。
　　二、春节：2月5日（农历除夕、周五）至11日（农历正月初六、周四）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。
　　三、清明节：4月3日（周六）至5日（周一）放假，共4天。鼓励各单位结合带薪年休假，安排职工在4月2日休息。
　　四、劳动节：5月1日（周五）至5日（周三）放假调休，共5天。5月8日（周六）上班。"""


def notice(window, full):
    """Show the dialog that takes a notice in; full: with faults, and days that disagree with the table."""
    from datetime import date

    from desktop.records.holidays import Holiday
    from desktop.ui.notice_dialog import NoticeDialog

    if not full:
        return NoticeDialog(window.frame, window)
    window.frame.desk.books.save(Holiday(date=date(2027, 2, 5), sort="补班", name="误登"))
    dialog = NoticeDialog(window.frame, window)
    dialog.text.setPlainText(NOTICE)
    dialog.read()
    dialog.lines.selectRow(4)
    window.frame.desk.changes.undo_last()
    return dialog


def moved(window, full):
    """Show the dates that a day off in the reply time of an open day moves."""
    from desktop.records.holidays import Holiday
    from desktop.ui.moved_dialog import MovedDialog

    if not full:
        return None
    desk = window.frame.desk
    coming = desk.open_days.next()
    off = desk.workdays.due(coming.held_on, 3).due
    desk.books.save(Holiday(date=off, sort="放假", name="县庆", source="县政府办通知"))
    dialog = MovedDialog(window.frame, window)
    desk.changes.undo_last()
    return dialog


def why(window, full):
    """Show the explanation of a presumed deadline."""
    from datetime import date

    from desktop.ui.deadline_dialog import DeadlineDialog, explained, years_told

    start = date(2026, 12, 24)
    deadline = window.frame.desk.workdays.due(start, 7 if full else 1)
    told = explained(deadline, start, what="活动日")
    return DeadlineDialog(window, "答复代表的日期怎样算出", told, years_told(deadline.days))


def _first_day(window):
    from desktop.records.listing import Query
    from desktop.records.open_days import OpenDay

    return window.frame.desk.books.page(Query(OpenDay), 0, 1)[0]


def _work(window) -> None:
    """Let the worker finish, and its results arrive."""
    import time

    from PySide6.QtWidgets import QApplication

    quiet = time.monotonic() + 0.3
    while window.frame.workroom.busy or time.monotonic() < quiet:
        QApplication.processEvents()
        time.sleep(0.005)
        if window.frame.workroom.busy:
            quiet = time.monotonic() + 0.3


def open_day(tab: str) -> Callable:
    """Return the scene of a tab of the coming open day; empty: a new one."""

    def show(window, full):
        window.go("open-days")
        page = window.page
        if full:
            page.open_record(page.table.record(0).id)
            page.turn_to(tab)
        else:
            page.start_new()

    return show


def ticket(tab: int, state: str = "") -> Callable:
    """Return the scene of a ticket on a tab: the longest, or the first in a state; empty: a new one with faults."""

    def show(window, full):
        from desktop.records.listing import Query
        from desktop.records.tickets import Ticket

        window.go("tickets")
        page = window.page
        page.views.show_face("列表")
        if not full:
            page.start_new()
            page.save_record()
            return
        where = (("state", state),) if state else ()
        query = Query(Ticket, "" if state else LONG_NAME[:3], where)
        page.open_record(page.books.page(query, 0, 1)[0].id)
        page.form.tabs.setCurrentIndex(tab)
        _work(window)

    return show


def ticket_board(window, full):
    """Show the tickets by stage."""
    window.go("tickets")
    window.page.views.show_face("看板")
    _work(window)


def ticket_pile(window, full):
    """Show a pile being registered: two papers kept, the third like one that is there."""
    window.go("tickets")
    page = window.page
    page.start_pile()
    pile = page.faces.pile
    for text in (
        ("村里的路灯坏了三盏。", "希望开放日多留些座谈时间。", "光大社区东门的路灯不亮，晚上看不见路")
        if full
        else ()
    ):
        pile.fields.box("content").load(text)
        if text.endswith("。"):
            pile.register()
    pile.fields.edited.emit("content")
    _work(window)
    _work(window)


def visit(window, full):
    """Show the latest visit, or a new one."""
    window.go("visits")
    if full:
        window.page.open_record(window.page.table.record(0).id)
    else:
        window.page.start_new()


def visit_pile(window, full):
    """Show a sheet half written down, with the last visit of its household."""
    window.go("visits")
    window.page.start_pile()
    if full:
        from desktop.records.households import Household

        pile, home = window.page.faces.pile, window.frame.desk.books.find(Household, "")[0]
        pile.fields.household.take(home)
        pile.problems.lines[0].content.setPlainText("门口路灯不亮，老人晚上不敢出门")


def routine(part: str, tab: int = 0) -> Callable:
    """Return the scene of a part of 日记与干线 with a record open on a tab; empty: a new one, or the page as it opens."""

    def show(window, full):
        window.go("diaries")
        page = window.page.part(part)
        if full:
            page.open_record(page.table.record(page.table.rowCount() - 1).id)
            page.form.tabs.setCurrentIndex(tab)
        elif tab:
            page.start_new()

    return show


def diary_figures(window, full):
    """Show where diaries were published."""
    from desktop.ui.pages.diaries_figures import DiaryFigures

    window.go("diaries")
    dialog = DiaryFigures(window.frame, window, window.page.open_record)
    dialog.year.pick("全部年份")
    dialog.refresh()
    dialog.table.selectRow(min(1, len(dialog.lines) - 1))
    return dialog


def diary_correction(window, full):
    """Show the dialog that corrects a finished diary."""
    from desktop.ui.record_step_dialog import RecordStepDialog

    if not full:
        return None
    routine("民情日记")(window, full)
    window.page.front.steps.line.findChild(object, "step-correct").click()
    return window.findChild(RecordStepDialog)


def visit_quotas(window, full):
    """Show who visited how many households."""
    window.go("visits")
    window.page.show_quotas()


def visit_plan(window, full):
    """Show the month with its plans, three teams in one village, and what of them is listed."""
    from datetime import date, timedelta

    from desktop.records.households import Household
    from desktop.records.listing import Query
    from desktop.records.staff import Staff
    from desktop.records.visits import Visit

    desk, monday = window.frame.desk, date.today() + timedelta(days=7 - date.today().weekday())
    village = (("village", "木兰村"),)
    homes = desk.books.page(Query(Household, where=village), 0, 3) if full else []
    if homes and not desk.books.count(Query(Visit, where=(("visited_on", monday),))):
        for place, (person, home) in enumerate(zip(desk.books.page(Query(Staff), 0, 3), homes, strict=False)):
            on = monday + timedelta(days=place // 2)
            desk.books.save(Visit(visited_on=on, staff=person, household=home, state="计划"))
    window.go("visits")
    window.page.show_plan()
    _work(window)


def visit_move(window, full):
    """Show the dialog that moves a plan, with the days proposed."""
    visit_plan(window, full)
    if not full:
        return None
    from desktop.ui.pages.visits_plan_steps import PlanStepDialog

    panel = window.page.faces.plan
    panel.plan_view.go_to(0)
    panel.work.step("move")
    return window.findChild(PlanStepDialog)


def household(tab: int) -> Callable:
    """Return the scene of a household on a tab."""

    def show(window, full):
        window.go("households")
        if full:
            window.page.open_record(window.page.table.record(0).id)
            window.page.form.tabs.setCurrentIndex(tab)

    return show


def pairing(tab: int) -> Callable:
    """Return the scene of a pairing on a tab, with a line begun on its second; empty: the page as it opens."""

    def show(window, full):
        window.go("pairings")
        page = window.page.turn_to(0)
        if full:
            page.open_record(page.table.record(page.table.rowCount() - 1).id)
            page.form.tabs.setCurrentIndex(tab)
            if tab == 1:
                page.note_progress()

    return show


def pairing_end(window, full):
    """Show the dialog that ends a pairing of a household still in need."""
    pairing(0)(window, full)
    page = window.page.front
    if full:
        from desktop.ui.pages.pairings_steps import EndDialog

        return EndDialog(window.frame, window, page.record)
    return None


def condolence(window, full):
    """Show the condolences, one of them open."""
    window.go("pairings")
    page = window.page.turn_to(1)
    if full:
        page.open_record(page.table.record(0).id)


def condolence_round(window, full):
    """Show a round half written down, with one household that has something of the day."""
    window.go("pairings")
    page = window.page.turn_to(1)
    page.start_round()
    if full:
        from desktop.records.households import Household
        from desktop.records.listing import Query

        panel, gift = page.faces.round, page.table.record(0)
        for field in ("on", "staff", "occasion", "goods", "amount"):
            panel.fields.box(field).load(getattr(gift, field))
        panel.to.add(window.frame.desk.books.page(Query(Household, sort="number"), 14, 8))


def condolence_totals(window, full):
    """Show 户, 户次 and money of this year."""
    window.go("pairings")
    window.page.turn_to(1).show_totals()


def households_picking(window, full):
    """Show the list from which the households of a round are picked."""
    from desktop.ui.pages.households_picking import HouseholdPicker

    dialog = HouseholdPicker(window.frame, window, lambda keys: None)
    dialog.view.selectAll()
    return dialog


def ticket_step(state: str, words: str) -> Callable:
    """Return the scene of a step's dialog on the first ticket in a state."""

    def show(window, full):
        from desktop.ui.pages.tickets_step_dialog import StepDialog
        from desktop.ui.pages.tickets_steps import offers_of

        if not full:
            return None
        window.page.faces.show_list()
        window.page.show_head(True)
        ticket(1, state)(window, full)
        offer = next(one for one in offers_of(window.page.record) if one.words == words)
        return StepDialog(window.frame, window, window.page.record, offer, lambda _: None)

    return show


def form(tab: str) -> Callable:
    """Return the scene of a tab of a form, some of its sheets come back; empty: a new one with faults shown."""

    def show(window, full):
        window.go("forms")
        page = window.page
        if not full:
            page.start_new()
            page.save_record()
            return
        page.open_record(page.table.record(0).id)
        _come_back(window.desk, page.record)
        page.turn_to(tab)
        if tab == "录入":
            page.parts["录入"].begin()
        _wait(window, lambda: page.preview.view.ready)

    return show


def _come_back(desk, form) -> None:
    """Give out 60 sheets of a form and let 28 come back, once."""
    import random

    from desktop.records.forms import FormIssue, FormReturn
    from desktop.records.listing import Query

    if desk.books.count(Query(FormIssue, where=(("form", form),))):
        return
    issue, chance = desk.forms.issue(form, 60, None), random.Random(28)
    questions = desk.forms.paper_of(issue).questions
    for serial in range(1, 29):
        answers = {one.key: chance.randint(1, len(one.options)) for one in questions if one.options}
        texts = {
            one.key: "希望多请基层党员到机关走一走。"
            for one in questions
            if one.sort == "文字" and serial % 4 == 0
        }
        sheet = FormReturn(issue=issue, serial=serial, answers=json.dumps({**answers, **texts}))
        desk.books.save(sheet)


def _wait(window, ready: Callable[[], bool], seconds: float = 5) -> None:
    """Let the window work until what is drawn on the worker's thread has come."""
    import time

    from PySide6.QtWidgets import QApplication

    until = time.monotonic() + seconds
    while time.monotonic() < until:
        QApplication.processEvents()
        if time.monotonic() > until - seconds + 0.6 and ready():
            return
        time.sleep(0.01)


SCENES: list[tuple[str, Callable]] = [
    ("工作台", place("workbench")),
    *(
        (f"开放日-{tab}", open_day(tab))
        for tab in ("基本", "名单", "日程与参观点", "材料", "印制", "签到", "意见与问题", "总结")
    ),
    *((f"表单-{tab}", form(tab)) for tab in ("设计", "发放", "录入", "结果")),
    ("问题", ticket(1, "办理中")),
    ("问题-内容", ticket(0)),
    ("问题-件次", ticket(2)),
    ("问题-看板", ticket_board),
    ("问题-登记一摞", ticket_pile),
    ("问题-受理并交办", ticket_step("登记", "受理并交办")),
    ("问题-延期", ticket_step("办理中", "延期")),
    ("走访", place("visits")),
    ("走访-内容", visit),
    ("走访-登记一摞", visit_pile),
    ("走访-计划", visit_plan),
    ("走访-改期", visit_move),
    ("走访-指标", visit_quotas),
    ("日记", routine("民情日记")),
    ("日记-刊载", routine("民情日记", 2)),
    ("日记-更正", routine("民情日记", 3)),
    ("日记-刊载统计", diary_figures),
    ("日记-更正正文", diary_correction),
    ("日记-约谈", routine("约谈")),
    ("日记-干线", routine("干线", 1)),
    ("日记-课题", routine("课题")),
    ("日记-联系点", routine("联系点", 2)),
    ("日记-上报", routine("上报")),
    ("日记-会议", routine("会议")),
    ("户", household(0)),
    ("户-往来", household(1)),
    ("结对", place("pairings")),
    ("结对-内容", pairing(0)),
    ("结对-进展", pairing(1)),
    ("结对-往来", pairing(2)),
    ("结对-解除", pairing_end),
    ("慰问", condolence),
    ("慰问-登记一批", condolence_round),
    ("慰问-合计", condolence_totals),
    ("从户中挑选", households_picking),
    ("代表", place("representatives")),
    ("代表-基本", person(0)),
    ("代表-身份", person(1)),
    ("代表-联系档案", person(2)),
    ("代表-历史", person(3)),
    ("设置-本单位", settings("本单位")),
    ("设置-工作人员", settings("工作人员")),
    ("设置-放假安排", settings("放假安排")),
    ("设置-办理时限", settings("办理时限")),
    ("设置-词条", settings("名单词条")),
    ("设置-口令与用户", settings("口令与用户")),
    ("设置-用户", users),
    ("设置-外观", settings("外观")),
    ("设置-备份", backups),
    ("恢复备份", restoring),
    ("口令-设置", password),
    ("口令-增加用户", new_user),
    ("恢复单", recovery),
    ("留痕-修改记录", traces("修改记录")),
    ("留痕-回收站", traces("回收站")),
    ("留痕-带出记录", traces("带出记录")),
    ("打印", printing(["invitation-letters", "sign-in-sheet"])),
    ("打印-签到表", printing(["sign-in-sheet"])),
    ("打印-走访台账", printing_records("visit", ["visit-ledger", "quota-bulletin"])),
    ("打印-走访登记表", printing_records("household", ["visit-sheets", "pocket-cards"])),
    ("打印-日记选编", printing_records("diary", ["diary-booklet"])),
    ("再印", reprinting),
    ("导入-栏目", importing(1)),
    ("导入-有误", importing(2)),
    ("导入-重复", importing(3)),
    ("导入-新增", importing(4)),
    ("导入-户-重复", importing_homes),
    ("放假通知", notice),
    ("期限变动", moved),
    ("期限说明", why),
    ("文稿", wording("")),
    ("文稿-有误", wording("请到{地址}签到,{姓名")),
]


QUICK = 85
"""PNG "quality": a picture is packed in a third of the time, and twice as large."""
TOO_LARGE = "too-large.txt"
SHOWN = {
    "工作台": "workbench",
    "代表-基本": "representatives",
    "开放日-名单": "open-day",
    "导入-有误": "import",
    "打印": "print",
    "表单-设计": "form",
    "问题": "tickets",
    "结对-内容": "pairings",
    "日记": "diaries",
}
"""Scenes shown in docs/手册.md and README.md, and the names of their files there."""


def main(scenes: Sequence[str] = (), folder: Path = ROOT / "screens") -> int:
    """Make the pictures, one process a scale (Qt reads it at its start); return the exit code."""
    folder.mkdir(exist_ok=True)
    (folder / TOO_LARGE).unlink(missing_ok=True)
    described = _screens(folder)

    def take(scale: str) -> int:
        env = {"QT_QPA_PLATFORM": f"offscreen:configfile={described}", "QT_SCALE_FACTOR": scale}
        env |= {"PYTHONPATH": str(ROOT), "OPENDAY_SCREENS": str(folder), "OPENDAY_SCALE": scale}
        command = [sys.executable, str(Path(__file__)), "--one", *scenes]
        return subprocess.run(command, env={**os.environ, **env}, check=False).returncode

    with ThreadPoolExecutor(2) as both:
        if code := max(both.map(take, ROUNDS)):
            return code
    if not scenes:
        illustrate(folder, ROOT / "docs" / "screens")
    print(f"图片已存到 {folder}（{len(list(folder.glob('*.png')))} 张）")
    if (told := folder / TOO_LARGE).exists():
        print("比屏幕大的：", told.read_text(encoding="utf-8"), sep="\n", end="")
    return 0


def _screens(folder: Path) -> Path:
    """Write Qt's description of the two screens, side by side: offscreen has one of 800×800 otherwise."""
    screens = [
        {"name": f"{width}x{height}", "x": place * 4000, "y": 0, "width": width, "height": height}
        | {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
        for place, (width, height) in enumerate((LAPTOP, DESK))
    ]
    described = folder / "screens.json"
    described.write_text(json.dumps({"screens": screens}), encoding="utf-8")
    return described


def illustrate(folder: Path, manual: Path) -> None:
    """Copy the pictures that the manual and the README show."""
    manual.mkdir(parents=True, exist_ok=True)
    for scene, shown in SHOWN.items():
        shutil.copyfile(folder / f"{scene}_1366x768_浅色_100_满.png", manual / f"{shown}.png")


def one_scale(folder: Path, scale: str, scenes: Sequence[str]) -> None:
    """Make the pictures of one scale: an empty office and a full one."""
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    qInstallMessageHandler(_say)
    app = QApplication(sys.argv[:1])
    camera = Camera(app, folder, scale, tuple(scenes))
    with tempfile.TemporaryDirectory() as home:
        os.environ["XDG_DATA_HOME"] = home
        for full in (False, True) if camera.round.empty else (True,):
            _office(camera, Path(home), full=full)


def _say(_kind, _context, words: str) -> None:
    """Pass on what Qt says, but for what offscreen says at every window."""
    if "propagateSizeHints" not in words:
        print(words, file=sys.stderr)


class Camera:
    """Takes the pictures of one scale, of the scenes whose names begin with one of some words."""

    def __init__(self, app, folder: Path, scale: str, wanted: tuple[str, ...]) -> None:
        self.app, self.round = app, ROUNDS[scale]
        self._folder, self._scale, self._wanted = folder, float(scale), wanted

    def wants(self, scene: str) -> bool:
        return not self._wanted or scene.startswith(self._wanted)

    def logical(self, size: tuple[int, int]) -> tuple[int, int]:
        """Return a screen's size as the window counts it."""
        return round(size[0] / self._scale), round(size[1] / self._scale)

    def take(self, widget, scene: str, size: tuple[int, int], *states: str) -> None:
        """Save a picture; note it where it is larger than the screen."""
        words = (scene, f"{size[0]}x{size[1]}", states[0], f"{round(self._scale * 100)}", *states[1:])
        width, height = self.logical(size)
        if widget.width() > width or widget.height() > height:
            with (self._folder / TOO_LARGE).open("a", encoding="utf-8") as notes:
                print("  ", "_".join(words), f"{widget.width()}x{widget.height()}", file=notes)
        widget.grab().save(str(self._folder / f"{'_'.join(words)}.png"), "PNG", QUICK)


def _office(camera: Camera, home: Path, *, full: bool) -> None:
    from PySide6.QtCore import QSettings

    from desktop.storage import office
    from desktop.ui.ask import ScriptedAsk
    from desktop.ui.main_window import MainWindow
    from desktop.ui.run import speak_chinese
    from desktop.ui.theme import Theme
    from desktop.ui.workroom import Workroom

    speak_chinese(camera.app)
    desk = _desk(home / f"{full}.openday", full=full)
    for look in camera.round.looks:
        for size in camera.round.sizes:
            ini = str(
                home / f"{full}{look}{size[0]}.ini"
            )  # one a screen: a splitter is laid out as it first is
            memory = QSettings(ini, QSettings.Format.IniFormat)
            room = Workroom()
            theme = Theme(camera.app, memory)
            _first_run(camera, look, size, theme) if not full else None
            window = MainWindow(desk, ask=ScriptedAsk(), workroom=room, memory=memory, theme=theme)
            _shoot(camera, window, look, size, full=full)
            room.close()
            window.close()
            window.deleteLater()
            camera.app.processEvents()
    office.close()


def _shoot(camera: Camera, window, look: str, size: tuple[int, int], *, full: bool) -> None:
    from desktop.ui.theme import Appearance

    window.frame.theme.choose(appearance=Appearance(look))
    _place(window, size)
    window.resize(*camera.logical(size))
    window.show()
    for name, bring in SCENES:
        if not camera.wants(name):
            continue
        dialog = bring(window, full)
        if dialog is not None:
            dialog.open()
            _work(window)
        for _ in range(3):
            camera.app.processEvents()
        camera.take(dialog or window, name, size, look, "满" if full else "空")
        if dialog is not None:
            dialog.dirty = False
            dialog.reject()
            camera.app.processEvents()
        if page := window.page:
            drop = getattr(page, "drop_edits", None)
            drop() if drop else None


def _place(widget, size: tuple[int, int]) -> None:
    """Put a window on the screen of a size."""
    from PySide6.QtGui import QGuiApplication

    name = f"{size[0]}x{size[1]}"
    widget.move(next(one for one in QGuiApplication.screens() if one.name() == name).geometry().topLeft())


def _first_run(camera: Camera, look: str, size: tuple[int, int], theme) -> None:
    from desktop.ui.ask import ScriptedAsk
    from desktop.ui.first_run import FirstRun
    from desktop.ui.theme import Appearance

    if not camera.wants("首次运行"):
        return
    theme.choose(appearance=Appearance(look))
    page = FirstRun(ScriptedAsk(), Path("/home/li/openday/office.openday"), [])
    _place(page, size)
    page.show()
    camera.app.processEvents()
    camera.take(page, "首次运行", size, look)
    page.deleteLater()


def _desk(path: Path, *, full: bool):
    from desktop.app import new_desk
    from desktop.records.representatives import Identity, Representative
    from desktop.services.sample import fill_office, own_office

    desk = new_desk(path, own_office())
    if full:
        fill_office(desk)
        longest = Representative(
            full_name=LONG_NAME, sex="男", born_on="1967-03", ethnicity="藏族", party="无党派人士", unit=LONG_UNIT,
            post="党组成员、副主任、机关党委专职副书记兼工会主席、妇委会主任", mobile="13812348000、0551-68841234",
            address=f"{LONG_UNIT}三楼东侧第一间办公室", source="自主报名",
            note="行动不便,请安排靠近出口的座位。\n家属陪同一人。",
        )  # fmt: skip
        desk.books.save(longest)
        for sort in ("党代表", "政协委员", "群众代表"):
            desk.books.save(
                Identity(representative=longest, sort=sort, level="县级", electing_unit=LONG_UNIT)
            )
        _longest_ticket(desk, longest)
    return desk


def _longest_ticket(desk, person) -> None:
    """Register a ticket with everything as long as it gets, and 件次 of its own."""
    import datetime

    from desktop.records.tickets import Occurrence, Ticket

    today = datetime.date.today()
    text = "店埠路从光大社区东门到农贸市场一段七盏路灯不亮，学生放学、老人买菜都看不见路。"
    long = Ticket(
        content=text * 12, summary=f"{LONG_UNIT}门前道路破损积水长期无人修复"[:60], representative=person, raiser="代表",
        raised_by=LONG_NAME, received_on=today, category="城乡建设与环境卫生综合治理（农村道路、路灯、改厕）",
        section="党员教育和基层组织建设指导中心办公室（县委党建办）", place=LONG_UNIT, source_document="金点子征集表第12号",
        note="请与县住建局、供电公司一并研究。",
    )  # fmt: skip
    desk.books.save(long)
    desk.books.save(
        Occurrence(ticket=long, raised_by="县农业农村局机关党委", raiser="单位", received_on=today)
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one_scale(Path(os.environ["OPENDAY_SCREENS"]), os.environ["OPENDAY_SCALE"], sys.argv[2:])
    else:
        raise SystemExit(main(sys.argv[1:]))
