"""What the page 走访 shows under its search line: list and form, the pile that is being registered, or the quotas."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from desktop.ui import buttons
from desktop.ui.faces import Faces
from desktop.ui.page_tools import add_papers, add_sheets, print_listed
from desktop.ui.readying import polished

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.ui.pages.visits import VisitsPage
    from desktop.ui.pages.visits_pile import VisitPile
    from desktop.ui.pages.visits_pile_fields import VisitFields
    from desktop.ui.pages.visits_plan import PlanPanel
    from desktop.ui.pages.visits_quotas import QuotaPanel


class VisitFaces(Faces):
    """List and form, the pile, the quotas, or the plans; the pile is made ahead."""

    @cached_property
    def pile(self) -> VisitPile:
        """Return the panel that registers a pile."""
        from desktop.ui.pages.visits_pile import VisitPile

        made = self.taken_in(VisitPile(self._frame, self._fields, self))
        made.undo_asked.connect(self._page.undo)
        return made

    @cached_property
    def _fields(self) -> VisitFields:
        from desktop.ui.pages.visits_pile_fields import VisitFields

        return VisitFields(self._frame)

    def made_ahead(self) -> Iterator[None]:
        """Make the pile before it is begun, a box a step."""
        yield from self._fields.building
        pile = self.pile
        yield
        yield from polished(pile)

    @property
    def piling(self) -> bool:
        """Tell whether a pile is being registered."""
        return self.is_in_front("pile")

    @cached_property
    def quotas(self) -> QuotaPanel:
        """Return the quotas of campaigns."""
        from desktop.ui.pages.visits_quotas import QuotaPanel

        return self.taken_in(QuotaPanel(self._frame))

    @property
    def counting(self) -> bool:
        """Tell whether the quotas are in front."""
        return self.is_in_front("quotas")

    @cached_property
    def plan(self) -> PlanPanel:
        """Return the calendar and list of plans."""
        from desktop.ui.pages.visits_plan import PlanPanel

        return self.taken_in(PlanPanel(self._frame))

    @property
    def planning(self) -> bool:
        """Tell whether the plans are in front."""
        return self.is_in_front("plan")

    def show_plan(self) -> None:
        """Bring the plans to the front, as they are now."""
        self.bring(self.plan)
        self.plan.refresh()
        self.plan.month.days.setFocus()

    def show_quotas(self) -> None:
        """Bring the quotas to the front, as they are now."""
        self.bring(self.quotas)
        self.quotas.refresh()
        self.quotas.people.setFocus()

    def print_shown(self) -> None:
        """Open the print dialog for what is in front: the plans, else the list."""
        if self.planning:
            self.plan.work.print_plan()
        else:
            print_listed(self._page)

    def start_pile(self) -> None:
        """Register a pile of sheets."""
        self.bring(self.pile)
        self.pile.begin()

    def may_leave_face(self) -> bool:
        return not (self.piling and self.pile.dirty) or self.may_leave_written("这一户还没有登记", self.pile)

    def drop_sheet(self) -> None:
        """Forget the sheet that is half written down."""
        if self.piling:
            self.pile.clear()

    def look_again(self) -> None:
        """Follow what was undone."""
        if self.piling:
            self.pile.look_again()
        if self.counting:
            self.quotas.refresh()
        if self.planning:
            self.plan.refresh()


def add_tools(page: VisitsPage) -> None:
    """Put the page's own buttons over its list and into its empty state."""
    begin = buttons.action(page, "登记一摞", "Ctrl+Shift+N")
    begin.triggered.connect(page.start_pile)
    pile = buttons.plain("登记一摞", "start-pile", "files")
    pile.setToolTip("一户接一户登记一摞走访表，日期、走访人、村填一次（Ctrl+Shift+N）")
    first = buttons.plain("登记一摞", "first-pile", "files")
    begin.setEnabled(not page.frame.read_only)
    for button in (pile, first):
        button.clicked.connect(begin.trigger)
        button.setEnabled(not page.frame.read_only)
    page.add_tool(pile)
    plan = buttons.plain("计划", "show-plan", "calendar-days")
    plan.setToolTip("走访计划：按区划看户和计划，月历上安排、改期，去过的登记为已访")
    plan.clicked.connect(page.show_plan)
    page.add_tool(plan)
    quotas = buttons.plain("走访指标", "show-quotas", "chart")
    quotas.setToolTip("每个人应访几户、走访了几户、户次多少；哪些村去得过于集中")
    quotas.clicked.connect(page.show_quotas)
    page.add_tool(quotas)
    add_sheets(
        page, "导入走访台账", "从 xlsx、xls 或 csv 台账导入往年的走访；按户号、户主和村组对到户", first
    )
    add_papers(page, "印走访台账、走访安排表、走访登记表、走访进度通报、工作简报", page.faces.print_shown)
