"""印制 and 名单: how the pack stands, printing a job of the log again, and seats one after another."""

from __future__ import annotations

import pytest
from dialog_fixtures import PaperPrinters, away, invitations, nameless, part, rest
from PySide6.QtWidgets import QApplication

from desktop.documents.preview import page_count, page_text
from desktop.records.forms import Form
from desktop.records.register import PrintJob
from desktop.services.orders import Order
from desktop.ui.pages.open_days_names import NamesTab
from desktop.ui.pages.open_days_printing import PrintingTab
from desktop.ui.reprint_dialog import ReprintDialog


@pytest.fixture
def addressed(desk, day):
    for row in invitations(desk, day):
        row.representative.address = "肥西县上派镇"
        desk.books.save(row.representative)
    return day


def tab_of(kind, qtbot, stage, day):
    tab = kind(stage)
    qtbot.addWidget(tab)
    tab.resize(1000, 640)
    tab.show()
    tab.show_day(day)
    return tab


@pytest.fixture
def tab(qtbot, stage, addressed, desk, tmp_path):
    desk.press.print(Order("envelopes", tmp_path / "first.pdf", addressed))
    return tab_of(PrintingTab, qtbot, stage, addressed)


def test_the_pack_says_how_it_stands(tab):
    assert "信封 6 / 6" in tab.pack_row.words.text()
    assert "还有 6 封没有印" in tab.letter_row.words.text()


@pytest.fixture
def dialog(qtbot, stage, tab, desk, addressed, tmp_path):
    """The first job once more, after a person moved and another's invitation was voided."""
    first, second = invitations(desk, addressed)[:2]
    first.representative.address = "肥西县桃花镇"
    desk.books.save(first.representative)
    desk.inviting.do(second, "void", {"reason": "本人来电不能参加"})
    made = ReprintDialog(stage, PrintJob.get(), printers=PaperPrinters(tmp_path / "paper.pdf"))
    made.open()
    rest(qtbot, stage.workroom)
    yield made
    if made in QApplication.topLevelWidgets():
        away(made)


def pages(path):
    return [page_text(path, page) for page in range(page_count(path))]


def test_a_job_is_shown_as_it_was_and_what_is_void_is_told(dialog, desk, addressed):
    assert dialog.preview.count == 6
    assert "上派镇" in page_text(dialog.preview.pdf, 0)
    assert "6 个，6 页\nfirst.pdf" in dialog.about.text()
    assert "邀〔2026〕2号 已经作废" in dialog.void.words.text()
    assert PrintJob.select().count() == 1
    assert nameless(dialog) == []


def test_a_job_is_saved_again_exactly(qtbot, dialog, ask, told, tmp_path):
    ask.answers.append(tmp_path / "again.pdf")
    dialog._save.click()
    rest(qtbot, dialog.frame.workroom)
    assert told.toasts == ["已存 again.pdf，6 页，其中 邀〔2026〕2号 已作废"]
    assert pages(tmp_path / "first.pdf") == pages(tmp_path / "again.pdf")
    assert PrintJob.select().count() == 2
    assert dialog not in QApplication.topLevelWidgets() or not dialog.isVisible()


def test_a_job_goes_to_a_printer_again(qtbot, dialog, told, tmp_path):
    dialog._print.click()
    rest(qtbot, dialog.frame.workroom)
    assert told.toasts[0].startswith("已送到“paper.pdf”：6 页")
    assert page_count(tmp_path / "paper.pdf") == 6
    job = PrintJob.get(PrintJob.printer == "paper.pdf")  # both jobs may be of one second
    assert job.sent


def test_the_log_calls_a_form_by_its_title_and_opens_what_was_printed(qtbot, tab, desk, addressed, tmp_path):
    form = Form.select().first()
    desk.press.print(Order("feedback-forms", tmp_path / "form.pdf", addressed, form=form, copies=2))
    tab.refresh()
    assert tab.jobs.model().index(0, 1).data() == form.title
    assert not tab.again.isEnabled()
    tab.jobs.selectRow(0)
    assert tab.again.isEnabled()
    tab.again.click()
    rest(qtbot, tab.frame.workroom)
    opened = next(one for one in QApplication.topLevelWidgets() if one.objectName() == "reprint-dialog")
    assert opened.preview.count > 0
    opened.reject()
    away(opened)


def test_seats_go_on_from_the_one_typed(qtbot, stage, desk, day, ask, told):
    tab = tab_of(NamesTab, qtbot, stage, day)
    assert not part(tab, "set-seats").isEnabled()
    tab.view.selectAll()
    ask.answers.append("2排1座")
    part(tab, "set-seats").click()

    assert [row.seat for row in invitations(desk, day)] == [f"2排{place}座" for place in range(1, 7)]
    assert told.toasts == ["6 人 已排座位"]
    tab.refresh()
    tab.view.selectAll()
    ask.answers.append("主席台")
    part(tab, "set-seats").click()
    assert "没有数字" in told.errors[0].message
