"""What is made ahead while the window rests: in small steps, stopped by its end, by an error and by closing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from desktop.errors import TroubleError
from desktop.ui.pages import PLACES
from desktop.ui.readying import Readying

NOT_AT_THE_START = (
    "desktop.ui.first_run", "desktop.ui.form", "desktop.ui.editors", "desktop.ui.record_form", "desktop.ui.calendar",
    "desktop.ui.dialogs", "desktop.ui.print_dialog", "desktop.ui.import_dialog", "desktop.ui.parts_panel",
    "desktop.services.forms", "desktop.services.inviting", "desktop.services.tickets", "desktop.services.moved",
)  # fmt: skip
START = """
import sys
from pathlib import Path
from desktop.app import new_desk, open_desk
from desktop.records.staff import Office
from desktop.storage import office
from desktop.ui.program import Program
from desktop.ui.run import application
path = Path(sys.argv[1])
new_desk(path, Office(name="中共某县委组织部"))
office.close()
app = application()
program = Program(app, open_desk, new_desk, str)
assert program.start(path)
program.window.go(sys.argv[2])
app.processEvents()
print(*sorted(name for name in sys.modules if name.startswith("desktop.")))
program.window.close()
program.close()
office.close()
"""


def test_steps_are_taken_one_a_turn_until_they_end(qtbot, window):
    taken = []

    def steps():
        for step in range(5):
            taken.append(step)
            yield

    work = Readying(window, steps())
    assert taken == []
    work.start()
    qtbot.waitUntil(lambda: not work.busy)

    assert taken == [0, 1, 2, 3, 4]


def test_an_error_that_nobody_asked_for_ends_the_steps_in_silence(qtbot, window):
    def steps():
        yield
        raise TroubleError("磁盘已满")

    work = Readying(window, steps())
    work.start()
    qtbot.waitUntil(lambda: not work.busy)

    assert not window.bar.isVisible()


def test_all_pages_and_their_forms_are_made_ahead(qtbot, window, people):
    window.get_ready()
    qtbot.waitUntil(lambda: not window.findChild(Readying).busy, timeout=30_000)

    assert set(window._pages) == {place.key for place in PLACES}
    page = window._pages["representatives"]
    assert page._form is not None
    assert page.form.tabs.count() == page.form._stack.count() == 4
    window.go("representatives")
    page.open_record(people[0].id)
    assert page.form.box("full_name").value() == people[0].full_name
    assert not page.form.dirty


def test_a_form_half_made_is_whole_for_who_opens_a_record(qtbot, window, people):
    window.go("representatives")
    page = window.page
    for _ in range(4):
        next(page._form_steps)
    assert page._form is None

    page.open_record(people[0].id)

    assert page.form.box("post").value() == people[0].post
    assert list(page._form_steps) == []


def test_closing_the_window_ends_what_is_made_ahead(window):
    window.get_ready()
    work = window.findChild(Readying)
    assert work.busy
    window.close()
    assert not work.busy


def test_settings_made_ahead_show_the_office_and_nothing_unsaved(qtbot, window, desk):
    window.get_ready()
    qtbot.waitUntil(lambda: not window.findChild(Readying).busy, timeout=30_000)
    window.go("settings")
    panel = window.page.front
    assert panel.form.box("name").value() == desk.offices.own().name
    assert not panel.dirty
    assert window.page.may_leave()


def test_a_start_loads_no_form_and_no_dialog(tmp_path):
    root = Path(__file__).parents[2]
    env = os.environ | {"PYTHONPATH": str(root), "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}
    env["XDG_DATA_HOME"] = env["HOME"]
    for place in ("workbench", "representatives"):
        run = subprocess.run(
            [sys.executable, "-c", START, str(tmp_path / f"{place}.openday"), place],
            env=env, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60,
        )  # fmt: skip
        loaded = run.stdout.split()
        assert f"desktop.ui.pages.{place}" in loaded
        assert not set(NOT_AT_THE_START) & set(loaded)
