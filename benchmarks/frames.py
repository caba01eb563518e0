"""The longest pause of the real window at each thing a clerk does, with 100,000 representatives.

Every turn of the event loop is timed as a whole, with layout and painting, wall and CPU of the window's thread;
long work goes on beside. A busy machine stretches the wall time, so the CPU is what is judged.
Usage: python -m benchmarks.frames [--people 100000] [--office FILE] [--real] [--only WORD] [--events]
"""

from __future__ import annotations

import argparse
import compileall
import os
import random
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

BAR = 100.0
REAL = ("xvfb-run", "-a", "-s", "-screen 0 1920x1080x24")
INVITED, ISSUED, RETURNED = 1_000, 6_000, 5_000


def furnish(path: Path) -> None:
    """Give an office with people a day with 1,000 invitations, and a form with 5,000 sheets that came back."""
    import json

    from desktop.app import open_desk
    from desktop.records import storing
    from desktop.records.forms import Form, FormReturn
    from desktop.records.listing import Query
    from desktop.records.open_days import OpenDay
    from desktop.records.questions import load
    from desktop.records.representatives import Representative
    from desktop.storage import office

    desk = open_desk(path)
    if not desk.books.count(Query(OpenDay)):
        day = OpenDay(theme="走进组织部", held_on=OpenDay.held_on.parse("2026-12-29"), venue="三楼会议室")
        desk.books.save(day)
        desk.inviting.invite(day, desk.books.page(Query(Representative), 0, INVITED))
        form = desk.books.page(Query(Form), 0, 1)[0]
        issue = desk.forms.issue(form, ISSUED, day)
        chance, questions = random.Random(3), load(form.questions)
        sheets = [
            FormReturn(
                issue=issue,
                serial=serial,
                answers=json.dumps({question.key: _answer(question, chance) for question in questions}),
            )
            for serial in range(1, RETURNED + 1)
        ]
        with desk.changes.change("录入", FormReturn):
            storing.insert_all(sheets)
    office.close()


def _answer(question, chance: random.Random) -> object:
    match question.sort.name:
        case "TEXT":
            return "希望多到村里来" if chance.random() < 0.3 else ""
        case "NUMBER":
            return chance.randrange(100)
        case "SEVERAL":
            return [chance.randint(1, max(len(question.options), 1))]
        case _:
            return chance.randint(1, max(len(question.options), 1))


class Clerk:
    """Does what a clerk does, in the window, by events."""

    def __init__(self, folder: Path, office_file: Path, *, events: bool = False) -> None:
        from PySide6.QtWidgets import QApplication

        from benchmarks._clock import ClockedApplication, EventClock, Frames
        from desktop import app as doors
        from desktop.ui.ask import ScriptedAsk
        from desktop.ui.program import Program
        from desktop.ui.run import speak_chinese

        self.folder, self.office_file = folder, office_file
        os.environ["HOME"] = os.environ["XDG_DATA_HOME"] = str(folder)
        app = (EventClock if events else ClockedApplication)(sys.argv[:1])
        assert isinstance(QApplication.instance(), ClockedApplication)
        speak_chinese(app)
        self.ask = ScriptedAsk()
        self.program = Program(app, doors.open_desk, doors.new_desk, _fail, ask=self.ask)
        sys.excepthook = self.program.caught
        self.frames = Frames(app, busy=self._busy)
        self.app = app

    def _busy(self) -> bool:
        from PySide6.QtCore import Qt

        from desktop.ui.readying import Readying

        window = self.program.window
        ahead = (
            window.findChild(Readying, options=Qt.FindChildOption.FindDirectChildrenOnly) if window else None
        )
        return self.program.workroom.busy or (ahead is not None and ahead.busy)

    @property
    def window(self):
        return self.program.window

    @property
    def page(self):
        return self.window.page

    def find(self, name: str, within=None):
        """Return the visible widget with an object name."""
        from PySide6.QtWidgets import QWidget

        places = [within] if within else self.app.topLevelWidgets()
        found = [w for place in places for w in place.findChildren(QWidget, name) if w.isVisible()]
        if not found:
            raise LookupError(name)
        return found[0]

    def dialog(self, name: str):
        """Return the dialog that is open."""
        from PySide6.QtWidgets import QDialog

        return next(w for w in self.app.topLevelWidgets() for w in [w, *w.findChildren(QDialog)]
                    if isinstance(w, QDialog) and w.isVisible() and w.objectName() == name)  # fmt: skip

    def press(self, name: str, within=None) -> None:
        """Click a button with the mouse."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        QTest.mouseClick(self.find(name, within), Qt.MouseButton.LeftButton)

    def commit(self, text: str, box=None) -> None:
        """Type as an input method does, into a box or where the focus is."""
        from PySide6.QtGui import QInputMethodEvent

        event = QInputMethodEvent()
        event.setCommitString(text)
        if (box := box or self.app.focusWidget()) is None:
            raise LookupError("nothing has the focus")
        self.app.sendEvent(box, event)

    def start(self) -> None:
        with self.frames.during("start (before the window shows)"):
            self.frames.do(lambda: self.program.start(self.office_file))
        self.window.resize(1366, 768)
        self.window.activateWindow()
        with self.frames.during("pages made ahead, a step"):
            self.frames.do(self.program.read_ahead)

    def pages(self) -> None:
        for again in ("first", "again"):
            for key in ("open-days", "representatives", "forms", "settings", "workbench"):
                with self.frames.during(f"page {key}, {again}"):
                    self.frames.do(lambda key=key: self.press(f"place-{key}"))

    def filter(self) -> None:
        from benchmarks.filter import TYPED

        self.frames.do(lambda: self.window.go("representatives"))
        box = self.page.filter.search
        for word in TYPED:
            with self.frames.during("filter, a keystroke"):
                box.setFocus()
                box.selectAll()
                for letter in word:
                    self.frames.do(lambda letter=letter: self.commit(letter, box))
        with self.frames.during("filter, cleared"):
            self.frames.do(self.page.filter.clear)

    def scroll(self) -> None:
        self.frames.do(lambda: self.window.go("representatives"))
        bar = self.page.view.verticalScrollBar()
        chance = random.Random(5)
        places = [bar.maximum(), bar.maximum() // 2, 0, *(chance.randrange(bar.maximum()) for _ in range(20))]
        for place in places:
            with self.frames.during("scroll to any place"):
                self.frames.do(lambda place=place: bar.setValue(place))
        bar.setValue(0)

    def sort(self) -> None:
        self.frames.do(lambda: self.window.go("representatives"))
        header = self.page.view.horizontalHeader()
        for logical, column in enumerate(self.page.table.columns):
            if column.sort and not header.isSectionHidden(logical):
                for _ in range(2):
                    with self.frames.during("sort by a shown column"):
                        self.frames.do(lambda logical=logical: header.sectionClicked.emit(logical))
        with self.frames.during("sort by a shown column"):
            self.frames.do(lambda: header.sectionClicked.emit(0))

    def rows(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        self.frames.do(lambda: self.window.go("representatives"))
        view = self.page.view
        view.setFocus()
        with self.frames.during("first row opened"):
            self.frames.do(lambda: view.go_to(0))
        for step in range(50):
            key = Qt.Key.Key_Down if step % 5 else Qt.Key.Key_PageDown
            with self.frames.during("next row by keyboard"):
                self.frames.do(lambda key=key: QTest.keyClick(view, key))
        with self.frames.during("last row by keyboard"):
            self.frames.do(lambda: QTest.keyClick(view, Qt.Key.Key_End))
        with self.frames.during("all rows selected"):
            self.frames.do(view.selectAll)
        with self.frames.during("5,000 rows copied, beside"):
            self.frames.do(self._copy)
        self.frames.do(lambda: view.go_to(3))

    def _copy(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        QTest.keyClick(self.page.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

    def save(self) -> None:
        self.frames.do(lambda: self.window.go("representatives"))
        self.frames.do(lambda: self.page.view.go_to(5))
        for turn in range(5):
            box = self.page.form.box("post").widget
            box.setFocus()
            with self.frames.during("a letter typed in the form"):
                self.frames.do(lambda turn=turn, box=box: self.commit(str(turn), box))
            with self.frames.during("record saved"):
                self.frames.do(self.page.save.trigger)
        with self.frames.during("last save undone"):
            self.frames.do(self.page.undo_last.trigger)
        for tab in range(1, self.page.form.tabs.count()):
            with self.frames.during("tab of a representative"):
                self.frames.do(lambda tab=tab: self.page.form.tabs.setCurrentIndex(tab))
        with self.frames.during("new record begun"):
            self.frames.do(self.page.new.trigger)
        self.frames.do(self.page.drop_edits)

    def dialogs(self) -> None:
        self.frames.do(lambda: self.window.go("representatives"))
        self.frames.do(lambda: self.page.view.go_to(0))
        with self.frames.during("columns menu"):
            self.frames.do(lambda: self.press("columns", self.page))
        self.app.activePopupWidget().close()
        for name, opens, shuts in (
            ("dialog import", lambda: self.press("import", self.page), "import-dialog"),
            ("dialog print", lambda: self.press("print", self.page), "print-dialog"),
        ):
            for turn in ("first", "again"):
                with self.frames.during(f"{name}, {turn}"):
                    self.frames.do(opens)
                with self.frames.during(f"{name} left"):
                    self.frames.do(lambda shuts=shuts: self.dialog(shuts).reject())
        self.ask.answers = ["遮住号码", self.folder / "export.xlsx"]
        with self.frames.during("export of all, beside"):
            self.frames.do(lambda: self.press("export", self.page))

    def day(self) -> None:
        with self.frames.during("page open-days again"):
            self.frames.do(lambda: self.window.go("open-days"))
        with self.frames.during("open day opened"):
            self.frames.do(lambda: self.page.view.go_to(0))
        for turn in ("first", "again"):
            for tab in [*range(1, self.page.form.tabs.count()), 0]:
                label = self.page.form.tabs.tabText(tab)
                with self.frames.during(f"tab {label} of a day, {turn}"):
                    self.frames.do(lambda tab=tab: self.page.form.tabs.setCurrentIndex(tab))
        self.frames.do(lambda: self.page.turn_to("印制"))
        for turn in ("first", "again"):
            with self.frames.during(f"dialog wording, {turn}"):
                self.frames.do(lambda: self.press("edit-wording"))
            body = self.find("wording-body")
            for letter in "欢迎您来":
                body.setFocus()
                with self.frames.during("a letter typed into the wording"):
                    self.frames.do(lambda letter=letter, body=body: self.commit(letter, body))
            self.ask.answers = ["放弃修改"]
            with self.frames.during("dialog wording left"):
                self.frames.do(lambda: self.dialog("wording-dialog").reject())
        self.frames.do(lambda: self.page.turn_to("名单"))
        with self.frames.during("dialog invite"):
            self.frames.do(lambda: self.press("invite"))
        with self.frames.during("dialog invite left"):
            self.frames.do(lambda: self.dialog("invite-people").reject())

    def letters(self) -> None:
        self.frames.do(lambda: self.window.go("open-days"))
        self.frames.do(lambda: self.page.view.go_to(0))
        self.frames.do(lambda: self.page.turn_to("印制"))
        with self.frames.during("dialog print of 1,000 letters"):
            self.frames.do(lambda: self.press("print-letters"))
        for document in ("envelopes", "labels", "sign-in-sheet"):
            with self.frames.during("a paper ticked in the print dialog"):
                self.frames.do(lambda document=document: self.press(f"print-{document}"))
        for document in ("envelopes", "labels", "sign-in-sheet"):
            self.frames.do(lambda document=document: self.press(f"print-{document}"))
        self.ask.answers = [self.folder / "letters.pdf"]
        with self.frames.during("1,000 letters saved, beside"):
            self.frames.do(lambda: self.press("print-save"))

    def forms(self) -> None:
        self.frames.do(lambda: self.window.go("forms"))
        with self.frames.during("form opened"):
            self.frames.do(lambda: self.page.view.go_to(0))
        for turn in ("first", "again"):
            for tab in [*range(1, self.page.form.tabs.count()), 0]:
                label = self.page.form.tabs.tabText(tab)
                with self.frames.during(f"tab {label} of a form, {turn}"):
                    self.frames.do(lambda tab=tab: self.page.form.tabs.setCurrentIndex(tab))

    def bring_in(self) -> None:
        import shiboken6

        roster = self.folder / "roster.xlsx"
        _sheet(roster, 20_000)
        self.frames.do(lambda: self.window.go("representatives"))
        self.frames.do(lambda: self.press("import", self.page))
        dialog = self.dialog("import-dialog")
        with self.frames.during("20,000 rows read, beside"):
            self.frames.do(lambda: dialog.read(roster))
        with self.frames.during("20,000 rows checked, beside"):
            self.frames.do(dialog._go_on)  # noqa: SLF001
        with self.frames.during("20,000 rows written, beside"):
            self.frames.do(dialog._go_on)  # noqa: SLF001
        assert not shiboken6.isValid(dialog) or not dialog.isVisible()
        with self.frames.during("import of 20,000 undone"):
            self.frames.do(self.page.undo_last.trigger)

    def invite_all(self) -> None:
        self.frames.do(lambda: self.window.go("open-days"))
        self.frames.do(lambda: self.page.view.go_to(0))
        self.frames.do(lambda: self.page.turn_to("名单"))
        self.frames.do(lambda: self.press("invite"))
        dialog = self.dialog("invite-people")
        self.frames.do(lambda: (dialog.filter.search.setText("三河镇"), dialog.search()))
        self.ask.answers = [f"邀请这 {len(self._uninvited(dialog)):,} 人"]
        with self.frames.during("some thousand invited at once"):
            self.frames.do(dialog.invite_all)
        self.frames.do(dialog.reject)

    def thousands(self) -> None:
        """Go through a day to which thousands are invited."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        self.invite_all()
        names = self.page.tabs["名单"]
        print(f"({len(names.roll.marks):,} are invited)")
        for label in ("基本", "名单", "签到", "印制", "总结"):
            with self.frames.during(f"tab {label} of a day of thousands"):
                self.frames.do(lambda label=label: self.page.turn_to(label))
        self.ask.answers = [self.folder / "summary.pdf"]
        with self.frames.during("a day's report written, beside"):
            self.frames.do(lambda: self.press("summary-save"))
        self.frames.do(lambda: self.page.turn_to("签到"))
        for letter in "wang":
            with self.frames.during("a letter typed at 签到"):
                self.frames.do(lambda letter=letter: self.page.tabs["签到"].box.insert(letter))
        with self.frames.during("somebody signed in"):
            self.frames.do(lambda: QTest.keyClick(self.page.tabs["签到"].box, Qt.Key.Key_Return))
        self.frames.do(lambda: self.page.turn_to("名单"))
        names.view.setFocus()
        self.frames.do(lambda: names.view.go_to(0))
        for _ in range(3):
            with self.frames.during("a reply set by a key"):
                self.frames.do(lambda: QTest.keyClick(names.view, Qt.Key.Key_1))
        self.frames.do(names.view.selectAll)
        with self.frames.during("replies of thousands set, beside"):
            self.frames.do(lambda: QTest.keyClick(names.view, Qt.Key.Key_2))
        with self.frames.during("all of 名单 copied, beside"):
            self.frames.do(
                lambda: QTest.keyClick(names.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
            )
        with self.frames.during("replies of thousands undone"):
            self.frames.do(self.page.undo_last.trigger)

    @staticmethod
    def _uninvited(dialog) -> list[bytes]:
        return [key for key in dialog._frame.desk.books.ids(dialog.table.query) if key not in dialog._there]  # noqa: SLF001

    def first_run(self) -> None:
        self.window.close()
        with self.frames.during("first-run page"):
            self.frames.do(lambda: self.program.start(self.folder / "new.openday"))
        self.window.form.box("name").widget.setFocus()
        self.frames.do(lambda: self.commit("中共某县委组织部"))
        with self.frames.during("office made"):
            self.frames.do(lambda: self.press("make-office"))
        self.window.close()
        self.frames.do(lambda: self.program.start(self.folder / "none.openday"))
        self.ask.answers = [self.folder]
        with self.frames.during("sample office made"):
            self.frames.do(lambda: self.press("sample-office"))
        self.window.close()


ACTIONS: tuple[Callable[[Clerk], None], ...] = (
    Clerk.pages, Clerk.filter, Clerk.scroll, Clerk.sort, Clerk.rows, Clerk.save, Clerk.dialogs, Clerk.day,
    Clerk.letters, Clerk.forms, Clerk.bring_in, Clerk.thousands, Clerk.first_run,
)  # fmt: skip


def _sheet(path: Path, count: int) -> None:
    """Write a roster of people whom the office doesn't have yet."""
    import xlsxwriter

    from benchmarks.offices import people

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet("花名册")
        page.write_row(
            0, 0, ("姓名", "性别", "出生年月", "政治面貌", "工作单位", "职务", "代表类别", "联系电话")
        )
        for number, person in enumerate(people(count), start=1):
            row = (person.full_name, person.sex, person.born_on, person.party, f"{person.unit}新村", "职员",
                   "群众代表", f"15{number:09}")  # fmt: skip
            page.write_row(number, 0, row)


def compile_modules() -> None:
    """Have all modules compiled, as an installed program's are: a page's first visit imports its module."""
    from benchmarks.measure import COMPILED, ROOT

    sys.pycache_prefix, sys.dont_write_bytecode = str(COMPILED), False
    compileall.compile_dir(ROOT / "desktop", quiet=1)


def _fail(error: BaseException) -> str:
    raise error


def main() -> int:
    """Run all actions and print them; the exit code says whether one kept the window longer than the bar."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=100_000)
    asked.add_argument("--office", type=Path, help="an office made before, copied")
    asked.add_argument("--real", action="store_true", help="in a real window, on an X server of its own")
    asked.add_argument("--only", default="", help="only the actions whose name holds this word")
    asked.add_argument("--events", action="store_true", help="name the worst events; slower")
    given = asked.parse_args()
    if given.real and os.environ.get("QT_QPA_PLATFORM") != "xcb":
        os.environ["QT_QPA_PLATFORM"] = "xcb"
        os.execvp(REAL[0], [*REAL, sys.executable, "-m", "benchmarks.frames", *sys.argv[1:]])
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    compile_modules()
    from benchmarks.offices import make_apart
    from desktop.storage import office

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "office.openday"
        if given.office:
            shutil.copy(given.office, path)
        else:
            make_apart(path, given.people)
        furnish(path)
        clerk = Clerk(folder, path, events=given.events)
        try:
            clerk.start()
            for action in ACTIONS:
                if given.only in action.__name__:
                    action(clerk)
        finally:
            held = clerk.frames.report(BAR)
            clerk.program.close()
            office.close()
    return 0 if held else 1


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    os._exit(code)
