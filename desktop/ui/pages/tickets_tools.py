"""What the page 问题 offers over and under its list: a pile, export, papers, merging."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from desktop.errors import UserError
from desktop.records.tickets import Ticket
from desktop.ui import buttons
from desktop.ui.page_tools import add_papers, add_sheets

if TYPE_CHECKING:
    from desktop.ui.pages.tickets import TicketsPage


def add_tools(page: TicketsPage) -> QPushButton:
    """Put the buttons on the page; returns 并案, which follows the selection."""
    may_write = not page.frame.read_only
    pile = buttons.plain("登记一摞", "start-pile", "files")
    pile.setToolTip("一张接一张登记一摞纸上的问题，日期、来源、科室填一次（Ctrl+Shift+N）")
    begin = buttons.action(page, "登记一摞", "Ctrl+Shift+N")
    begin.triggered.connect(lambda: page.start_pile())
    first = buttons.plain("登记一摞", "first-pile", "files")
    for button in (pile, first):
        button.clicked.connect(begin.trigger)
        button.setEnabled(may_write)
    begin.setEnabled(may_write)
    page.add_tool(pile)
    add_sheets(page, "导入台账", "从 xlsx、xls 或 csv 台账导入，往年的答复、评价、办结一并带入", first)
    merge = buttons.quiet("并案", "merge", "merge")
    merge.setToolTip("把选中的几件并成一件")
    merge.setEnabled(False)
    merge.clicked.connect(lambda: _merge(page))
    page.add_below(merge)
    add_papers(page, "印交办单、答复函、催办单、台账", page.print_tickets)
    return merge


def _merge(page: TicketsPage) -> None:
    """Make the tickets selected one: the dialog asks which is the main one."""
    from desktop.ui.pages.tickets_merge import MOST, MergeDialog

    keys = page.view.chosen_ids()
    if not 2 <= len(keys) <= MOST:
        told = f"并案请在列表里选 2 到 {MOST} 件（按住 Ctrl 或 Shift 点选），现在选了 {len(keys)} 件"
        page.frame.tell(UserError(told))
        return
    if page.may_leave():
        chosen = [page.books.get(Ticket, key) for key in keys]
        MergeDialog(page.frame, page.window(), chosen, partial(page.frame.toast, undo=True)).open()
