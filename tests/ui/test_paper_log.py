"""印制 and 名单: how the pack stands, printing a job of the log again, and seats one after another."""

from __future__ import annotations

import pytest
from dialog_fixtures import invitations, part, rest

from desktop.documents.preview import page_text
from desktop.records.register import PrintJob
from desktop.services.orders import Order
from desktop.ui.pages.open_days_names import NamesTab
from desktop.ui.pages.open_days_printing import PrintingTab


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


def test_a_job_is_printed_again_exactly(qtbot, tab, ask, told, tmp_path):
    assert not tab.again.isEnabled()
    tab.jobs.selectRow(0)
    assert tab.again.isEnabled()
    ask.answers.append(tmp_path / "again.pdf")
    tab.again.click()
    rest(qtbot, tab.frame.workroom)

    assert told.toasts == ["已照原样再印 6 页"]
    pages = [[page_text(tmp_path / name, page) for page in range(6)] for name in ("first.pdf", "again.pdf")]
    assert pages[0] == pages[1]
    assert PrintJob.select().count() == 2


def test_a_job_is_printed_as_it_was_whatever_changed_since(qtbot, tab, ask, desk, addressed, tmp_path):
    moved = invitations(desk, addressed)[0].representative
    moved.address = "肥西县桃花镇"
    desk.books.save(moved)
    tab.jobs.selectRow(0)
    ask.answers.append(tmp_path / "again.pdf")
    tab.again.click()
    rest(qtbot, tab.frame.workroom)
    assert "上派镇" in page_text(tmp_path / "again.pdf", 0)


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
