"""A real CUPS queue: what comes out of it is the paper, in its size, as text, and where it should lie."""

from __future__ import annotations

import os
import pwd
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from desktop.documents.adjusting import write_adjusted
from desktop.documents.calibration import write_calibration
from desktop.documents.envelopes import write_envelopes
from desktop.documents.invitation import write_letters
from desktop.documents.preview import page_count, page_size, page_sizes, page_text
from desktop.errors import TroubleError
from desktop.records.pack import Envelopes, Guest
from desktop.records.printers import Adjustment, Sides, Ticket
from desktop.services import spooling
from tests.documents.letter_samples import FORM, letter
from tests.print_system import needs_cups, running

MM = 72 / 25.4
A4 = (210.0, 297.0)
DL = (220.0, 110.0)


@pytest.fixture(scope="module")
def system():
    with running() as started:
        yield started


@pytest.fixture(autouse=True)
def talk_to_it(request, monkeypatch):
    if "system" in request.fixturenames:
        monkeypatch.setenv("CUPS_SERVER", str(request.getfixturevalue("system").socket))


@pytest.fixture
def letters(tmp_path):
    """Three letters of a page each."""
    target = tmp_path / "邀请函.pdf"
    write_letters(target, FORM, [letter(place) for place in range(3)])
    return target


@pytest.fixture
def envelopes(tmp_path):
    target = tmp_path / "信封.pdf"
    guest = Guest("曾国强", "同志", address="肥西县上派镇光大社区", postcode="231200")
    write_envelopes(target, Envelopes("DL", (guest, guest), "中共肥西县委组织部"))
    return target


def places(path, page=0):
    """The upper left corner of every character of a page, in mm from the paper's upper left corner."""
    document = pypdfium2.PdfDocument(path)
    height = document[page].get_height()
    text = document[page].get_textpage()
    boxes = [text.get_charbox(at) for at in range(text.count_chars())]
    words = text.get_text_range()
    document.close()
    return words, [(left / MM, (height - top) / MM) for left, _, right, top in boxes if right > left]


def moved(before, after):
    """How far the ink of one page lies from that of another: the least and the most, right and down (mm)."""
    pairs = list(zip(before, after, strict=True))
    right = [there[0] - here[0] for here, there in pairs]
    down = [there[1] - here[1] for here, there in pairs]
    return min(right), max(right), min(down), max(down)


@needs_cups
def test_letters_come_out_of_a_queue_as_text_in_copies_one_after_another(system, letters):
    printed = system.queue("letters")
    job = spooling.send(letters, Ticket("letters", copies=2, sides=Sides.ONE), size=A4, title="邀请函")
    assert job.startswith("letters-")
    system.finish()
    own = [page_text(letters, page) for page in range(page_count(letters))]
    out = [page_text(printed, page) for page in range(page_count(printed))]
    assert out == own * 2  # collated: the whole set, then the whole set again
    assert {tuple(round(side / MM) for side in size) for size in page_sizes(printed)} == {(210, 297)}
    fonts = subprocess.run(["pdffonts", printed], capture_output=True, text=True, check=False).stdout
    assert "Type 3" not in fonts  # neither pictures nor outlines of letters


@needs_cups
def test_on_two_sides_every_letter_begins_on_a_new_sheet(system, letters, tmp_path):
    printed, parted = system.queue("sides"), tmp_path / "parted.pdf"
    write_adjusted(letters, parted, Adjustment(), starts=(0, 1, 2))
    spooling.send(parted, Ticket("sides", copies=2, sides=Sides.LONG), size=A4)
    system.finish()
    own = [page_text(letters, page) for page in range(3)]
    out = [page_text(printed, page) for page in range(page_count(printed))]
    assert out == [own[0], "", own[1], "", own[2], ""] * 2


@needs_cups
def test_single_copies_that_are_not_collated_and_some_pages(system, letters):
    printed = system.queue("pages")
    spooling.send(letters, Ticket("pages", copies=2, collate=False, first=1, last=2), size=A4)
    system.finish()
    own = [page_text(letters, page) for page in range(2)]
    out = [page_text(printed, page) for page in range(page_count(printed))]
    assert out == [own[0], own[0], own[1], own[1]]


@needs_cups
def test_an_envelope_goes_through_in_its_own_size(system, envelopes):
    printed = system.queue("envelopes")
    spooling.send(envelopes, Ticket("envelopes"), size=DL)
    system.finish()
    assert page_count(printed) == 2
    assert sorted(round(side / MM) for side in page_size(printed, 0)) == [110, 220]
    assert "曾国强" in page_text(printed, 0).replace("\n", "")


@needs_cups
def test_what_is_kept_for_a_printer_moves_its_prints_exactly(system, letters, envelopes, tmp_path):
    printed = system.queue("moved")
    corrected = tmp_path / "moved.pdf"
    for paper, size, across in ((letters, A4, False), (envelopes, DL, True)):
        found = []
        for adjustment in (Adjustment(), Adjustment(right=-1.5, down=2)):
            write_adjusted(paper, corrected, adjustment)
            spooling.send(corrected, Ticket("moved"), size=size)
            system.finish()
            found.append(places(printed)[1])
        least_right, most_right, least_down, most_down = moved(*found)
        # an envelope goes through short edge first: the queue turned it, to the right and down became down and left
        expected = (2.0, 2.0, 1.5, 1.5) if across else (-1.5, -1.5, 2.0, 2.0)
        assert (least_right, most_right, least_down, most_down) == pytest.approx(expected, abs=0.02)


@needs_cups
@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="the cups-pdf backend runs as root")
def test_the_cups_pdf_printer_prints_pages_and_sizes(system, letters):
    title = f"openday-{os.getpid()}"
    system.queue("cupspdf", "cups-pdf:/")
    spooling.send(letters, Ticket("cupspdf"), size=A4, title=title)
    system.finish()
    home = Path(pwd.getpwuid(os.geteuid()).pw_dir)
    (printed,) = [*home.glob(f"PDF/{title}*.pdf"), *Path("/var/spool/cups-pdf").glob(f"*/{title}*.pdf")]
    try:
        assert page_count(printed) == page_count(letters)
        assert {tuple(round(side / MM) for side in size) for size in page_sizes(printed)} == {(210, 297)}
    finally:
        printed.unlink()


@needs_cups
def test_a_queue_that_takes_nothing_says_so(system, letters):
    system.queue("closed")
    system.admin("cupsreject", "closed")
    with pytest.raises(TroubleError, match="“closed”没有接受：这台打印机现在不接收新任务"):
        spooling.send(letters, Ticket("closed"), size=A4)
    with pytest.raises(TroubleError, match="没有找到这台打印机"):
        spooling.send(letters, Ticket("gone"), size=A4)


@needs_cups
def test_a_queue_that_stands_still_takes_the_job_and_that_is_told(system, letters):
    printed = system.queue("stopped")
    assert spooling.hindrance("stopped") == ""
    system.admin("cupsdisable", "stopped")
    spooling.send(letters, Ticket("stopped"), size=A4)
    assert "停用" in spooling.hindrance("stopped")
    system.admin("cupsenable", "stopped")
    system.finish()
    assert page_count(printed) == page_count(letters)


@needs_cups
def test_queues_are_listed(system):
    system.queue("listed")
    assert "listed" in spooling.queues()


@needs_cups
def test_without_the_service_a_sentence_says_so(monkeypatch, letters, tmp_path):
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody"))
    with pytest.raises(TroubleError, match="打印服务没有运行"):
        spooling.send(letters, Ticket("any"), size=A4)
    assert spooling.queues() == []
    assert spooling.hindrance("any") == ""


def test_without_the_command_a_sentence_says_what_to_do(monkeypatch, letters, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not spooling.is_there()
    assert spooling.queues() == []
    with pytest.raises(TroubleError, match="没有打印命令 lp"):
        spooling.send(letters, Ticket("any"), size=A4)


def test_a_paper_that_is_gone_is_told(tmp_path):
    with pytest.raises(TroubleError, match="不在了" if spooling.is_there() else "没有打印命令 lp"):
        spooling.send(tmp_path / "gone.pdf", Ticket("any"), size=A4)


def test_the_calibration_page_can_be_made_for_any_printer_name(tmp_path):
    target = tmp_path / "page.pdf"
    write_calibration(target, printer="二楼 HP<b>")
    assert "二楼 HP<b>" in page_text(target, 0)
