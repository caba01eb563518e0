"""What is done with the rows of the page 计划: steps of a plan, moving several, planning households, printing."""

from __future__ import annotations

import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from desktop.errors import TroubleError, UserError
from desktop.records.dates import show_day
from desktop.records.households import Household
from desktop.records.listing import Query
from desktop.records.visits import Visit
from desktop.ui import buttons
from desktop.ui.pages import visits_plan_lists as lists

if TYPE_CHECKING:
    from desktop.ui.pages.visits_plan import PlanPanel

MOST_AT_ONCE = 200
"""Plans, or households, of which something is done at once."""
KEYS = {"done": "Ctrl+D", "miss": "Ctrl+U", "move": "F2", "cancel": "Delete"}
WORDS = {"done": "已访", "miss": "未遇", "move": "改期", "cancel": "取消计划"}


class PlanWork:
    """The verbs of the panel, each an action with keys."""

    def __init__(self, panel: PlanPanel) -> None:
        self._panel, self._frame = panel, panel.frame
        self._last: Visit | None = None
        view = panel.plan_view
        self.steps: dict[str, QAction] = {
            verb: buttons.action(view, words, KEYS[verb]) for verb, words in WORDS.items()
        }
        self.earlier = buttons.action(view, "提前一个工作日", "Ctrl+Left")
        self.later = buttons.action(view, "推后一个工作日", "Ctrl+Right")
        self.list_up = buttons.action(panel.home_view, "列入计划", "Ctrl+L")
        for verb, act in self.steps.items():
            act.triggered.connect(partial(self.step, verb))
        self.earlier.triggered.connect(lambda: self.move_by(-1))
        self.later.triggered.connect(lambda: self.move_by(1))
        self.list_up.triggered.connect(self.plan_homes)
        for act in (*self.steps.values(), self.earlier, self.later, self.list_up):
            act.setEnabled(not self._frame.read_only)

    def _plans(self) -> list[Visit]:
        keys = tuple(self._panel.plan_view.chosen_ids()[:MOST_AT_ONCE])
        found = self._frame.desk.books.page(Query(Visit, keys=keys), 0, MOST_AT_ONCE) if keys else []
        return [one for one in found if isinstance(one, Visit)]

    def step(self, verb: str) -> None:
        """Open the dialog of a step for the plan gone to."""
        plans = self._plans()
        if not plans:
            self._frame.toast("先在列表里选一个计划")
            return
        from desktop.ui.pages.visits_plan_steps import PlanStepDialog

        def taken() -> None:
            self._frame.toast(f"{WORDS[verb]}：{plans[0].caption()}", undo=True)
            self._panel.stay_at(plans[0].id)

        PlanStepDialog(self._frame, self._panel.window(), plans[0], verb, taken).open()

    def move_by(self, workdays: int) -> None:
        """Move the plans selected by working days, after asking where that would be too close."""
        plans, desk = self._plans(), self._frame.desk
        today = datetime.date.today()
        days = {one.id: desk.workdays.moved_by(one.visited_on or today, workdays) for one in plans}
        asked = dict.fromkeys(
            words
            for one in plans
            for words in desk.books.warnings(one, "move", {"on": days[one.id].isoformat()})
        )
        if not plans or (asked and not self._frame.ask.confirm("；".join(asked), yes="仍然改期", no="不改")):
            return
        try:
            desk.planning.move_by(plans, workdays)
        except (UserError, TroubleError) as error:
            self._frame.tell(error)
            return
        more = f" 等，共 {len(plans)} 次" if len(plans) > 1 else ""
        self._frame.toast(f"已改到 {show_day(days[plans[0].id])}{more}", undo=True)
        self._panel.stay_at(plans[0].id)

    def plan_homes(self) -> None:
        """Plan visits to the households selected."""
        books, keys = self._frame.desk.books, tuple(self._panel.home_view.chosen_ids()[:MOST_AT_ONCE])
        found = books.page(Query(Household, keys=keys), 0, MOST_AT_ONCE) if keys else []
        homes = [one for one in found if isinstance(one, Household)]
        if not homes:
            self._frame.toast("先在列表里选要去的户，按住 Shift 或 Ctrl 可以选多户")
            return
        from desktop.ui.pages.visits_plan_steps import PlanDialog

        workdays, day = self._frame.desk.workdays, self._panel.month.day
        if day <= (today := datetime.date.today()):
            day = today if workdays.judge(today).counted else workdays.moved_by(today, 1)

        def kept(visit: Visit) -> None:
            self._last = visit
            self._frame.toast(f"已列入 {visit.visited_on} 的计划：{len(homes)} 户", undo=True)

        PlanDialog(self._frame, self._panel.window(), homes, day, self._last, kept).open()

    def print_plan(self) -> None:
        """Print the plans listed, or those selected, as a 走访安排表."""
        from desktop.ui.record_printing import print_records

        panel = self._panel
        chosen = panel.plan_view.chosen_ids() if panel.plan_view.chosen_count > 1 else []
        query = lists.plans(panel.places.where, panel.day)
        print_records(self._frame, panel.window(), Visit, chosen, query, ("visit-plan",))
