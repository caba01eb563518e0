"""What the page 问题 offers over and under its list: a pile, export, papers, merging."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from desktop.errors import UserError
from desktop.records.tickets import Ticket
from desktop.ui import buttons

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
    bring_in = buttons.plain("导入", "import", "import")
    bring_in.setToolTip("从 xlsx、xls 或 csv 台账导入，往年的答复、评价、办结一并带入")
    ledger = buttons.plain("导入台账", "first-import", "import")
    for button in (bring_in, ledger):
        button.clicked.connect(lambda: _import(page))
        button.setEnabled(may_write)
    page.add_first_steps(first, ledger)
    page.add_tool(bring_in)
    take_out = buttons.plain("导出", "export", "export")
    take_out.setToolTip("把列表里的件导出为 Excel 工作簿")
    take_out.clicked.connect(lambda: _export(page))
    page.add_tool(take_out)
    merge = buttons.quiet("并案", "merge", "merge")
    merge.setToolTip("把选中的几件并成一件")
    merge.setEnabled(False)
    merge.clicked.connect(lambda: _merge(page))
    page.add_below(merge)
    papers = buttons.quiet("打印", "print", "printer")
    papers.setToolTip("印交办单、答复函、催办单、台账（Ctrl+P）")
    printing = buttons.action(page, "打印", "Ctrl+P")
    printing.triggered.connect(lambda: page.print_tickets())
    papers.clicked.connect(printing.trigger)
    page.add_below(papers)
    return merge


def _import(page: TicketsPage) -> None:
    """Open the import of a ledger; nothing is written before its last button."""
    from desktop.ui.import_dialog import ImportDialog

    if page.may_leave():
        ImportDialog(page.frame, Ticket, page).open()


def _export(page: TicketsPage) -> None:
    """Write what the list shows to a workbook."""
    from desktop.ui.export_records import export_records

    export_records(page.frame, page.table.query, page)


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
