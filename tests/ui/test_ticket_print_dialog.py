"""The print dialog for tickets: which papers of which tickets, what is passed over, where a fault leads."""

from __future__ import annotations

import datetime

import pytest
from dialog_fixtures import PaperPrinters, away, part, rest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.documents.preview import page_count
from desktop.records.listing import Query
from desktop.records.open_days import LetterUse
from desktop.records.register import PrintJob
from desktop.records.staff import Staff
from desktop.records.tickets import Ticket
from desktop.services.reply_letters import wording_for
from desktop.ui import ticket_printing
from desktop.ui.listed_choices import CHOSEN, LISTED
from desktop.ui.reply_wording_dialog import ReplyWordingDialog
from desktop.ui.ticket_printing import TicketPrintDialog, print_tickets

ALL = Query(Ticket, sort="number")


def registered(desk, *steps, **values):
    ticket = Ticket(
        content="路灯不亮", received_on=datetime.date(2026, 3, 2), **({"raised_by": "老张"} | values)
    )
    desk.books.save(ticket)
    for verb, told in steps:
        desk.books.do(ticket, verb, told)
    return ticket


ASSIGN = (("accept", {}), ("assign", {"section": "组织科", "handler": "李明"}))


@pytest.fixture
def tickets(desk):
    desk.books.save(Staff(full_name="李明", section="组织科"))
    return [registered(desk, *ASSIGN), registered(desk, *ASSIGN), registered(desk)]


@pytest.fixture
def opened(qtbot, stage, tmp_path, monkeypatch):
    made, parent = [], QWidget()
    monkeypatch.setattr(
        "desktop.ui.sending_dialog.SystemPrinters", lambda _: PaperPrinters(tmp_path / "out.pdf")
    )

    def open_dialog(*arguments, **more):
        dialog = print_tickets(stage, parent, *arguments, **more)
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


def test_chosen_tickets_get_their_slips_and_the_others_are_told(qtbot, opened, tickets, told, ask, tmp_path):
    dialog = opened([ticket.id for ticket in tickets], ALL, ["assignment-slips"])
    assert part(dialog, f"print-which-{CHOSEN}").text() == "选中的（3 件）"
    assert dialog.preview.count == 2
    assert dialog._check.verdict.words.text() == "印前检查：可以印制，另有 1 处不印，原因见下"
    assert "还没有交办" in dialog._check.detail.text()
    assert dialog._save.isEnabled()

    ask.answers.append(tmp_path / "slips.pdf")
    dialog._save.click()
    rest(qtbot, dialog.frame.workroom)
    assert page_count(tmp_path / "slips.pdf") == 2
    assert "编号 交〔2026〕1—2号" in told.toasts[0]
    assert "还没有交办" in told.toasts[0]
    assert PrintJob.get().keys == tuple(ticket.id for ticket in tickets[:2])


def test_one_ticket_that_a_paper_is_not_for_stops_it_and_is_led_to(opened, tickets, told):
    dialog = opened([tickets[2].id], None, ["assignment-slips"])
    assert not dialog._save.isEnabled()
    dialog._check._ask_to_fix()
    assert told.went == [("tickets", tickets[2].id)]


def test_the_list_is_printed_whole_as_it_is_filtered(qtbot, opened, tickets, ask, tmp_path):
    dialog = opened([tickets[0].id], Query(Ticket, where=(("state", "登记"),)), ["ticket-ledger"])
    part(dialog, f"print-which-{LISTED}").setChecked(True)
    settle(qtbot, dialog)
    ask.answers.append(tmp_path / "ledger.pdf")
    dialog._save.click()
    rest(qtbot, dialog.frame.workroom)
    assert PrintJob.get().keys == (tickets[2].id,)


def test_the_paper_that_is_waited_for_is_checked_at_first(opened, desk, tickets):
    assert opened([tickets[0].id], ALL).choices.documents == ["assignment-slips"]
    desk.books.do(tickets[0], "answer", {"text": "已修"})
    assert opened([tickets[0].id], ALL).choices.documents == ["reply-letters"]
    assert opened([tickets[0].id, tickets[2].id], ALL).choices.documents == ["ticket-ledger"]
    assert opened([], ALL).choices.documents == ["ticket-ledger"]


def test_papers_of_a_meeting_are_offered_for_its_suggestions_only(opened, desk, tickets):
    suggestion = registered(desk, ("table", {"meeting": "第3次部长办公会"}), sort="意见建议")
    assert "meeting-agenda" not in opened([tickets[0].id, suggestion.id], ALL).choices.boxes
    dialog = opened([suggestion.id], ALL, ["meeting-agenda", "meeting-resolutions"])
    assert dialog.choices.documents == ["meeting-agenda", "meeting-resolutions"]
    assert dialog._check.verdict.words.text() == "印前检查：可以印制"


def test_the_wording_of_a_reply_is_written_beside_its_letters(qtbot, opened, desk, tickets, ask, told):
    desk.books.do(tickets[0], "answer", {"text": "已修"})
    dialog = opened([tickets[0].id], ALL, ["reply-letters"])
    part(dialog, "print-wording").click()
    (writing,) = dialog.findChildren(ReplyWordingDialog)
    assert not writing._save.isEnabled()
    body = writing.editor.prose["body"]
    body.setPlainText("关于{摘要}，{答复}")
    assert "没有“答复”这个字段" in writing.editor.faults[0].message
    assert not writing.save()
    body.setPlainText("关于{摘要}：{答复内容}")
    assert writing.save()
    assert told.toasts == ["已保存文稿“答复函”"]
    settle(qtbot, dialog)
    assert wording_for(LetterUse.REPLY).body == "关于{摘要}：{答复内容}"
    assert "关于路灯不亮：已修" in dialog.preview.canvas.accessibleDescription().replace("\n", "")

    dialog.edit_wording()
    (again,) = [one for one in dialog.findChildren(ReplyWordingDialog) if one.isVisible()]
    again._choose.setCurrentText("采纳情况答复函")
    again._chosen()
    assert "{采纳理由}" in again.editor.prose["body"].toPlainText()
    again._bring_back()
    ask.answers.append("放弃修改")
    again.reject()


def test_on_a_day_off_nobody_is_urged(opened, tickets, monkeypatch):
    class Sunday(datetime.date):
        @classmethod
        def today(cls):
            return cls(2026, 11, 22)

    monkeypatch.setattr("desktop.services.ticket_orders.datetime.date", Sunday)
    dialog = opened([tickets[0].id], ALL, ["urge-slips"])
    assert "不是工作日" in dialog._check.detail.text()
    assert not dialog._save.isEnabled()


def test_a_look_at_many_reads_the_first_few(desk, tickets, tmp_path):
    from desktop.services.orders import Order

    order = Order("assignment-slips", tmp_path / "x.pdf", tickets=ALL)
    first = desk.press.first_of(order, 1)
    assert desk.press.print(first).pages == 1
    assert ticket_printing.USUAL == "ticket-ledger"


def test_the_page_prints_what_is_selected_or_the_whole_list(window, qtbot, tickets):
    window.go("tickets")
    page = window.page
    rest(qtbot, page.frame.workroom)
    page.view.clearSelection()
    page.print_tickets()
    page.view.go_to(0)
    page.print_tickets()
    rest(qtbot, page.frame.workroom)
    whole, one = window.findChildren(TicketPrintDialog)
    assert whole.choices.count("ticket-ledger") == 3
    assert part(whole, f"print-which-{CHOSEN}").isHidden()
    assert one.choices.count("ticket-ledger") == 1
    assert part(one, f"print-which-{LISTED}").text() == "列表里的全部（3 件）"
    for dialog in (whole, one):
        dialog.reject()
        away(dialog)
