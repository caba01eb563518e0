"""Every page as a picture: two sizes, light and dark, 100 % and 150 %, empty and full with the longest real texts.

`python3 dev.py screens` runs `main`; the pictures go to screens/ and are looked at, not compared. A page
adds itself by a line in SCENES: a name, and a function that brings the window to what is to be seen.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

SIZES = ((1366, 768), (1920, 1080))
SCALES = ("1", "1.5")
LOOKS = ("浅色", "深色")
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


def settings(tab: int) -> Callable:
    """Return the scene of a tab of the settings."""

    def show(window, full):
        window.go("settings")
        window.page.tabs.setCurrentIndex(tab)

    return show


def printing(documents: list[str]) -> Callable:
    """Return the scene of the print dialog."""

    def show(window, full):
        from desktop.ui.print_dialog import PrintDialog

        return PrintDialog(window.frame, documents, _first_day(window) if full else None, parent=window)

    return show


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
    import json
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
    *((f"开放日-{tab}", open_day(tab)) for tab in ("基本", "名单", "日程与参观点", "印制", "签到", "总结")),
    *((f"表单-{tab}", form(tab)) for tab in ("设计", "发放", "录入", "结果")),
    ("代表", place("representatives")),
    ("代表-基本", person(0)),
    ("代表-身份", person(1)),
    ("代表-联系档案", person(2)),
    ("代表-历史", person(3)),
    ("设置-本单位", settings(0)),
    ("设置-工作人员", settings(1)),
    ("设置-词条", settings(2)),
    ("设置-外观", settings(3)),
    ("打印", printing(["invitation-letters", "sign-in-sheet"])),
    ("打印-签到表", printing(["sign-in-sheet"])),
    ("导入-栏目", importing(1)),
    ("导入-有误", importing(2)),
    ("导入-重复", importing(3)),
    ("导入-新增", importing(4)),
    ("文稿", wording("")),
    ("文稿-有误", wording("请到{地址}签到,{姓名")),
]


SHOWN = {
    "工作台": "workbench",
    "代表-基本": "representatives",
    "开放日-名单": "open-day",
    "导入-有误": "import",
    "打印": "print",
    "表单-设计": "form",
}
"""Scenes shown in docs/手册.md and README.md, and the names of their files there."""


def main(folder: Path = ROOT / "screens") -> int:
    """Make all pictures, one process a scale (Qt reads it at its start); return the exit code."""
    folder.mkdir(exist_ok=True)
    for scale in SCALES:
        env = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "QT_SCALE_FACTOR": scale,
            "PYTHONPATH": str(ROOT),
        }
        env |= {"OPENDAY_SCREENS": str(folder), "OPENDAY_SCALE": scale}
        if code := subprocess.run(
            [sys.executable, str(Path(__file__)), "--one"], env=env, check=False
        ).returncode:
            return code
    illustrate(folder, ROOT / "docs" / "screens")
    print(f"图片已存到 {folder}({len(list(folder.glob('*.png')))} 张)")
    return 0


def illustrate(folder: Path, manual: Path) -> None:
    """Copy the pictures that the manual and the README show."""
    manual.mkdir(parents=True, exist_ok=True)
    for scene, shown in SHOWN.items():
        shutil.copyfile(folder / f"{scene}_1366x768_浅色_100_满.png", manual / f"{shown}.png")


def one_scale(folder: Path, scale: float) -> None:
    """Make the pictures of one scale: an empty office and a full one."""
    from PySide6.QtWidgets import QApplication

    app = QApplication(sys.argv[:1])
    with tempfile.TemporaryDirectory() as home:
        os.environ["XDG_DATA_HOME"] = home
        for full in (False, True):
            _office(app, Path(home), folder, scale, full=full)


def _office(app, home: Path, folder: Path, scale: float, *, full: bool) -> None:
    from PySide6.QtCore import QSettings

    from desktop.storage import office
    from desktop.ui.ask import ScriptedAsk
    from desktop.ui.main_window import MainWindow
    from desktop.ui.run import speak_chinese
    from desktop.ui.theme import Theme
    from desktop.ui.workroom import Workroom

    speak_chinese(app)
    desk = _desk(home / f"{full}.openday", full=full)
    memory = QSettings(str(home / f"{full}.ini"), QSettings.Format.IniFormat)
    room = Workroom()
    window = MainWindow(desk, ask=ScriptedAsk(), workroom=room, memory=memory, theme=Theme(app, memory))
    _first_run(app, folder, scale, window.frame.theme) if not full else None
    for look in LOOKS:
        for width, height in SIZES:
            _shoot(app, window, folder, look, (width, height), scale, full=full)
    room.close()
    window.deleteLater()
    office.close()


def _shoot(app, window, folder: Path, look: str, size: tuple[int, int], scale: float, *, full: bool) -> None:
    from desktop.ui.theme import Appearance

    window.frame.theme.choose(appearance=Appearance(look))
    window.resize(round(size[0] / scale), round(size[1] / scale))
    window.show()
    for name, bring in SCENES:
        dialog = bring(window, full)
        if dialog is not None:
            dialog.open()
            _work(window)
        for _ in range(3):
            app.processEvents()
        state = "满" if full else "空"
        (dialog or window).grab().save(
            str(folder / f"{name}_{size[0]}x{size[1]}_{look}_{round(scale * 100)}_{state}.png")
        )
        if dialog is not None:
            dialog.dirty = False
            dialog.reject()
            app.processEvents()
        if page := window.page:
            drop = getattr(page, "drop_edits", None)
            drop() if drop else None


def _first_run(app, folder: Path, scale: float, theme) -> None:
    from desktop.ui.ask import ScriptedAsk
    from desktop.ui.first_run import FirstRun
    from desktop.ui.theme import Appearance

    for look in LOOKS:
        theme.choose(appearance=Appearance(look))
        page = FirstRun(ScriptedAsk(), Path("/home/li/openday/office.openday"), [])
        page.show()
        app.processEvents()
        page.grab().save(str(folder / f"首次运行_{look}_{round(scale * 100)}.png"))
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
    return desk


if __name__ == "__main__":
    if "--one" in sys.argv:
        one_scale(Path(os.environ["OPENDAY_SCREENS"]), float(os.environ["OPENDAY_SCALE"]))
    else:
        raise SystemExit(main())
