"""The print dialog over lists of households, visits and pairings: which papers, of which of them, not printed yet."""

from __future__ import annotations

import datetime

import pytest
from dialog_fixtures import PaperPrinters, away, nameless, part, rest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.documents.preview import page_count
from desktop.records.diaries import Diary
from desktop.records.households import Household
from desktop.records.listing import Query
from desktop.records.pairings import Pairing
from desktop.records.register import PrintJob
from desktop.records.staff import Staff
from desktop.records.visits import Campaign, Visit
from desktop.ui.listed_choices import CHOSEN, LISTED
from desktop.ui.record_choices import BLANK
from desktop.ui.record_printing import RecordPrintDialog, print_records

TODAY = datetime.date.today()


@pytest.fixture
def homes(desk):
    staff = Staff(full_name="周建国", section="办公室", phone="68841201")
    desk.books.save(staff)
    made = [
        Household(head=head, village="木兰村", group="1组") for head in ("王大爷", "李大妈", "赵四", "孙五")
    ]
    for home in made:
        desk.books.save(home)
    for home in made[:2]:
        desk.books.save(Pairing(staff=staff, household=home, since=TODAY))
    for ago, home in ((9, made[0]), (40, made[0]), (3, made[1])):
        on = TODAY - datetime.timedelta(days=ago)
        desk.books.save(Visit(visited_on=on, staff=staff, household=home, found="身体好"))
    return made


@pytest.fixture
def opened(qtbot, stage, tmp_path, monkeypatch):
    made, parent = [], QWidget()
    monkeypatch.setattr(
        "desktop.ui.sending_dialog.SystemPrinters", lambda _: PaperPrinters(tmp_path / "out.pdf")
    )

    def open_dialog(*arguments, **more):
        dialog = print_records(stage, parent, *arguments, **more)
        made.append(dialog)
        settle(qtbot, dialog)
        return dialog

    yield open_dialog
    for dialog in made:
        if dialog in QApplication.allWidgets():
            dialog._task = None
            dialog._leaving = False
            dialog._clean_up()
            away(dialog)


def settle(qtbot, dialog):
    qtbot.waitUntil(lambda: not dialog._pause.isActive(), timeout=5_000)
    rest(qtbot, dialog.frame.workroom)


def save(qtbot, dialog, ask, target):
    ask.answers.append(target)
    dialog._save.click()
    rest(qtbot, dialog.frame.workroom)
    return page_count(target)


def test_only_who_has_no_sheet_yet_gets_one(qtbot, opened, homes, ask, tmp_path):
    dialog = opened(Household, [home.id for home in homes[:2]], Query(Household))
    assert dialog.choices.documents == ["visit-sheets"]
    assert part(dialog, f"print-which-{CHOSEN}").text() == "选中的（2 户）"
    assert nameless(dialog) == []
    assert save(qtbot, dialog, ask, tmp_path / "two.pdf") == 2
    assert set(PrintJob.get().keys) == {home.id for home in homes[:2]}

    again = opened(Household, [home.id for home in homes[:2]], Query(Household))
    again.choices.unprinted.setChecked(True)
    settle(qtbot, again)
    assert "都已经印过" in again._check.detail.text()
    part(again, f"print-which-{LISTED}").setChecked(True)
    settle(qtbot, again)
    assert save(qtbot, again, ask, tmp_path / "rest.pdf") == 2
    assert {key for job in PrintJob.select() for key in job.keys} == {home.id for home in homes}


def test_cards_are_of_the_pairings_of_the_households_chosen(qtbot, opened, homes, ask, tmp_path):
    dialog = opened(Household, [homes[0].id, homes[2].id], Query(Household), ["pairing-cards", "link-cards"])
    assert (dialog.choices.count("pairing-cards"), dialog._check.blocking) == (1, [])
    ask.answers.append(tmp_path)
    dialog._save.click()
    rest(qtbot, dialog.frame.workroom)
    assert {job.document: job.items for job in PrintJob.select()} == {"pairing-cards": 1, "link-cards": 1}

    without = opened(Household, [homes[3].id], Query(Household), ["pairing-cards"])
    assert "选中的户没有结对帮扶" in without._check.detail.text()


def test_a_ledger_is_of_a_period_and_blank_sheets_take_numbers(qtbot, opened, homes, ask, told, tmp_path):
    dialog = opened(Visit, [], Query(Visit, sort="visited_on", descending=True), ["visit-ledger"])
    since = part(dialog, "print-since")
    since.setText((TODAY - datetime.timedelta(days=10)).isoformat())
    since.textEdited.emit(since.text())
    settle(qtbot, dialog)
    assert "合计 2 次；走访 2 户，2 户次" in shown(dialog)
    since.setText("明年")
    since.textEdited.emit("明年")
    settle(qtbot, dialog)
    assert "起始日期" in dialog._check.detail.text()
    assert not dialog._save.isEnabled()

    sheets = opened(Visit, [], Query(Visit), ["visit-sheets"])
    assert sheets.choices.count("visit-sheets") == 2
    sheets.choices.sort.pick(BLANK)
    sheets.choices.sort.picked.emit(BLANK)
    sheets.choices.blanks.fill("3")
    settle(qtbot, sheets)
    assert save(qtbot, sheets, ask, tmp_path / "blank.pdf") == 3
    assert f"编号 访〔{TODAY.year}〕1—3号" in told.toasts[-1]


def shown(dialog):
    return dialog.preview.canvas.accessibleDescription().replace("\n", "")


def test_without_households_blank_sheets_are_what_can_be_printed(opened, desk):
    dialog = opened(Household, [], Query(Household))
    assert (dialog.choices.is_blank, dialog.choices.documents) == (True, ["visit-sheets"])
    assert dialog._save.isEnabled()


def test_the_bulletin_is_of_the_campaign_chosen(qtbot, opened, desk, homes):
    without = opened(Visit, [], Query(Visit), ["quota-bulletin"])
    assert "还没有走访活动" in without._check.detail.text()
    for name, ago in (("春季大走访", 200), ("秋季大走访", 60)):
        first = TODAY - datetime.timedelta(days=ago)
        desk.books.save(Campaign(name=name, since=first, until=first + datetime.timedelta(days=90)))
    dialog = opened(Visit, [], Query(Visit), ["quota-bulletin", "briefing"])
    assert "秋季大走访进度通报" in shown(dialog)
    dialog.choices.campaign.setCurrentIndex(1)
    dialog.choices.campaign.activated.emit(1)
    settle(qtbot, dialog)
    assert "春季大走访进度通报" in shown(dialog)


def test_diaries_become_a_small_book(qtbot, opened, desk, homes, ask, tmp_path):
    author = Staff.get()
    for place in range(3):
        on = TODAY - datetime.timedelta(days=place)
        desk.books.save(Diary(author=author, written_on=on, title=f"第{place}篇", text="今天去了王大爷家。"))
    dialog = opened(Diary, [], Query(Diary))
    assert (dialog.choices.documents, dialog._check.blocking) == (["diary-booklet"], [])
    assert save(qtbot, dialog, ask, tmp_path / "book.pdf") == 2
    assert PrintJob.get().items == 3


def test_the_pages_print_what_is_selected_or_listed(window, qtbot, homes):
    for key, papers in (
        ("households", ["visit-sheets"]), ("visits", ["visit-ledger"]), ("pairings", ["pairing-cards"]),
    ):  # fmt: skip
        window.go(key)
        rest(qtbot, window.frame.workroom)
        if key != "pairings":
            window.page.view.clearSelection()
        part(window.page, "print").click()
        dialog = window.findChild(RecordPrintDialog)
        settle(qtbot, dialog)
        assert (dialog.choices.documents, dialog._check.blocking) == (papers, [])
        dialog.reject()
        away(dialog)
