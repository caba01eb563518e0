"""校准打印机, and what sending to a printer means for what is printed, on a real queue where there is one."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
import shiboken6
from dialog_fixtures import away, invitations, nameless, part, rest
from PySide6.QtPrintSupport import QPrinter

from desktop.documents.preview import page_count, page_text
from desktop.records.invitations import InvitationState
from desktop.records.printers import Adjustment, Sides, Ticket
from desktop.records.register import PrintJob
from desktop.services.orders import Order, Outcome
from desktop.services.printers import OwnPrinters
from desktop.ui.calibration_dialog import CalibrationDialog
from desktop.ui.printers import Device, set_printer, ticket_of
from desktop.ui.printing import fit_sides, make_and_send, send
from tests.print_system import needs_cups, running


def nothing(_done, _total):
    """Watch without a wish."""


@pytest.fixture(scope="module")
def system():
    with running() as started:
        yield started


@pytest.fixture
def queue(system, monkeypatch):
    """A function that adds a queue and returns its file."""
    monkeypatch.setenv("CUPS_SERVER", str(system.socket))
    return system.queue


def device(name, **wanted):
    return Device(Ticket(name, **wanted), set_printer(Ticket("", **wanted)))


@pytest.fixture
def papers(desk, day, tmp_path):
    for row in invitations(desk, day):
        row.representative.address = "肥西县上派镇"
        desk.books.save(row.representative)
    names = ("invitation-letters", "envelopes", "sign-in-sheet")
    return [Order(name, tmp_path / f"{name}.pdf", day) for name in names]


def states(desk, day):
    return {row.state for row in invitations(desk, day)}


# -- the dialog


@pytest.fixture
def dialog(stage, qtbot):
    made = CalibrationDialog(stage, "office", lambda: device("office"))
    made.open()
    yield made
    if shiboken6.isValid(made):
        away(made)


def test_what_was_measured_becomes_what_is_kept(dialog, told):
    for field, measured in (("right", "21.5"), ("down", "18"), ("wide", "170"), ("high", "257")):
        box = part(dialog, f"calibration-{field}")
        box.setText(measured)
        box.textEdited.emit(measured)
    assert part(dialog, "adjust-right").typed() == "-1.5"
    assert part(dialog, "adjust-down").typed() == "2"
    assert "左移 1.5 mm，下移 2 mm" in dialog._told.text()
    part(dialog, "calibration-dialog-go").click()
    assert OwnPrinters().adjustment("office") == Adjustment(right=-1.5, down=2)
    assert told.toasts == ["已记下“office”的校正值"]


def test_a_number_beyond_reason_is_refused_in_the_dialog(dialog):
    box = part(dialog, "adjust-right")
    box.setText("150")
    box.textEdited.emit("150")
    part(dialog, "calibration-dialog-go").click()
    assert "左右移动应在 ±20 mm 以内" in dialog.banner.words.text()
    box.setText("")
    box.textEdited.emit("")
    part(dialog, "calibration-dialog-go").click()
    assert "应填数字" in dialog.banner.words.text()
    assert OwnPrinters().adjustment("office").is_none


def test_the_page_is_saved_as_pdf(dialog, ask, qtbot, tmp_path, workroom):
    ask.answers.append(tmp_path / "校准.pdf")
    part(dialog, "calibration-save").click()
    rest(qtbot, workroom)
    assert "office" in page_text(tmp_path / "校准.pdf", 0)


def test_everything_has_a_name(dialog):
    assert nameless(dialog) == []


@needs_cups
def test_the_page_is_printed_as_it_is_and_corrected(dialog, queue, system, qtbot, workroom, told):
    printed = queue("office")
    part(dialog, "calibration-print").click()
    rest(qtbot, workroom)
    system.finish()
    assert told.toasts == ["校准页已送到“office”"]
    assert "打印校准页" in page_text(printed, 0)


# -- sending


@needs_cups
def test_what_the_printer_took_is_printed_and_moved(desk, day, papers, queue, system):
    OwnPrinters().keep("moving", Adjustment(right=-1.5, down=2))
    printed = queue("moving")
    result = make_and_send(desk.press, papers[:1], device("moving"), nothing)
    system.finish()
    assert (result.trouble, result.refused, result.waiting, result.halted) == ("", "", (), "")
    assert states(desk, day) == {InvitationState.PRINTED}
    assert page_count(printed) == result.pages
    assert page_text(printed, 0) == page_text(papers[0].target, 0)
    (job,) = PrintJob.select()
    assert (job.printer, job.where, bool(job.sent)) == ("moving", "送往“moving”", True)


@needs_cups
def test_what_no_printer_took_is_not_printed_and_can_be_sent_again(desk, day, papers, queue, system):
    printed = queue("shut")
    system.admin("cupsreject", "shut")
    result = make_and_send(desk.press, papers, device("shut"), nothing)
    assert "不接收新任务" in result.refused
    assert len(result.waiting) == 3
    assert states(desk, day) == {InvitationState.WAITING}
    assert desk.press.printed(day) == {}
    assert {job.where for job in PrintJob.select()} == {"没有送到“shut”"}

    system.admin("cupsaccept", "shut")
    again = send(desk.press, result, device("shut"), nothing)
    system.finish()
    assert (again.refused, again.waiting) == ("", ())
    assert states(desk, day) == {InvitationState.PRINTED}
    assert set(desk.press.printed(day)) == {order.document for order in papers}
    assert page_count(printed) >= 1
    assert PrintJob.select().count() == 3


@needs_cups
@pytest.mark.skipif(os.name == "nt", reason="lp is the print command of other systems")
def test_a_printer_that_vanishes_in_the_middle(desk, day, papers, queue, system, tmp_path, monkeypatch):
    queue("fleeting")
    tools = tmp_path / "tools"
    tools.mkdir()
    # the first paper is taken, then somebody removes the printer
    (tools / "lp").write_text(
        '#!/bin/sh\n/usr/bin/lp "$@" && /usr/sbin/lpadmin -x fleeting\n', encoding="utf-8"
    )
    (tools / "lp").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:{os.environ['PATH']}")
    result = make_and_send(desk.press, papers, device("fleeting"), nothing)
    assert "没有找到这台打印机" in result.refused
    assert [outcome.document for outcome in result.waiting] == ["envelopes", "sign-in-sheet"]
    assert states(desk, day) == {InvitationState.PRINTED}
    assert set(desk.press.printed(day)) == {"invitation-letters"}
    assert sorted(job.where for job in PrintJob.select()) == ["没有送到“fleeting”"] * 2 + ["送往“fleeting”"]


@needs_cups
def test_a_printer_that_stands_still_is_told(desk, papers, queue, system):
    queue("asleep")
    system.admin("cupsdisable", "asleep")
    result = make_and_send(desk.press, papers[:1], device("asleep"), nothing)
    assert "停用" in result.halted
    assert result.waiting == ()
    system.admin("cancel", "-a", "asleep")


@pytest.mark.parametrize(
    ("asked", "document", "pages", "starts", "sides", "parted"),
    [
        (Sides.LONG, "envelopes", 3, (), Sides.ONE, ()),
        (Sides.PRINTER, "envelopes", 3, (), Sides.ONE, ()),
        (Sides.LONG, "invitation-letters", 4, (0, 2), Sides.LONG, ()),
        (Sides.PRINTER, "invitation-letters", 4, (0, 2), Sides.PRINTER, ()),
        (Sides.LONG, "invitation-letters", 3, (0, 1, 2), Sides.ONE, ()),
        (Sides.LONG, "invitation-letters", 5, (0, 2), Sides.LONG, (0, 2)),
        (Sides.PRINTER, "invitation-letters", 5, (0, 2), Sides.ONE, ()),
        (Sides.ONE, "invitation-letters", 5, (0, 2), Sides.ONE, ()),
        (Sides.LONG, "sign-in-sheet", 3, (), Sides.LONG, ()),
    ],
)
def test_nobodys_paper_is_on_the_back_of_anothers(qapp, asked, document, pages, starts, sides, parted):
    outcome = Outcome(pages, ("x.pdf",), document=document, starts=starts)
    fitted, found = fit_sides(device("P", sides=asked), outcome)
    assert (fitted.ticket.sides, found) == (sides, parted)


@pytest.mark.parametrize(
    ("asked", "sides"),
    [(Sides.LONG, Sides.SHORT), (Sides.PRINTER, Sides.SHORT), (Sides.ONE, Sides.ONE)],
)
def test_a_booklet_is_flipped_on_its_short_edge(qapp, asked, sides):
    outcome = Outcome(4, ("x.pdf",), document="programme", starts=(0,), is_booklet=True)
    fitted, found = fit_sides(device("P", sides=asked), outcome)
    assert (fitted.ticket.sides, found) == (sides, ())


def test_a_ticket_comes_back_from_the_printer_it_was_given_to(qapp):
    ticket = Ticket("", copies=3, collate=False, sides=Sides.ONE, first=2, last=4)
    printer = set_printer(ticket)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    assert replace(ticket_of(printer), printer="", copies=3) == ticket
