"""What record pages offer over and under their lists alike: sheets in and out, papers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QPushButton

from desktop.ui import buttons
from desktop.ui.list_page import RecordPage


def add_sheets(page: RecordPage, first: str, tip: str, *others: QPushButton) -> None:
    """Put 导入 and 导出 over the list, and `others` with `first` (the words for an import) into the empty state.

    `tip` says which sheets come in. Without an office file that can be written nothing is imported.
    """
    may_write = not page.frame.read_only
    bring_in = buttons.plain("导入", "import", "import")
    bring_in.setToolTip(tip)
    begin = buttons.plain(first, "first-import", "import")
    for button in (bring_in, begin):
        button.clicked.connect(partial(bring_in_sheet, page))
        button.setEnabled(may_write)
    page.add_first_steps(*others, begin)
    page.add_tool(bring_in)
    page.add_tool(export_button(page))


def export_button(page: RecordPage) -> QPushButton:
    """Return the button 导出 of a page."""
    button = buttons.plain("导出", "export", "export")
    button.setToolTip(f"把列表里的{page.layout_of.model.label}导出为 Excel 工作簿")
    button.clicked.connect(partial(take_out_sheet, page))
    return button


def bring_in_sheet(page: RecordPage) -> None:
    """Open the import of a sheet; nothing is written before its last button."""
    from desktop.ui.import_dialog import ImportDialog

    if page.may_leave():
        ImportDialog(page.frame, page.layout_of.model, page).open()


def take_out_sheet(page: RecordPage) -> None:
    """Write what the list shows to a workbook."""
    from desktop.ui.export_records import export_records

    export_records(page.frame, page.table.query, page)


def add_papers(page: RecordPage, tip: str, go: Callable[[], object] | None = None) -> None:
    """Put 打印 (Ctrl+P) under the list; `tip` says which papers there are.

    Unless `go` does it, the papers are those of the page's kind (`record_choices.OFFERED`), of the rows selected
    or of all that the list shows; unsaved edits are asked about first.
    """
    button = buttons.quiet("打印", "print", "printer")
    button.setToolTip(f"{tip}（Ctrl+P）")
    printing = buttons.action(page, "打印", "Ctrl+P")
    printing.triggered.connect(partial(print_listed, page) if go is None else go)
    button.clicked.connect(printing.trigger)
    page.add_below(button)


def print_listed(page: RecordPage) -> None:
    """Open the print dialog for the rows selected, and all that the list shows."""
    from desktop.ui.record_printing import print_records

    if page.may_leave():
        model = page.layout_of.model
        print_records(page.frame, page.window(), model, page.view.chosen_ids(), page.table.query)
