from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import textwrap
import weakref
from dataclasses import replace
from pathlib import Path

import pytest
import shiboken6
from dialog_fixtures import NAMES, PaperPrinters, add_person, away, invitations, nameless, part, rest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox

from desktop.documents.preview import page_count, page_image, page_size, page_text
from desktop.errors import TroubleError
from desktop.records.forms import Form
from desktop.records.invitations import Invitation, InvitationState
from desktop.records.listing import Query
from desktop.records.open_days import LetterWording, OpenDay
from desktop.records.printers import Sides, Ticket
from desktop.records.register import PrintJob
from desktop.records.representatives import Representative
from desktop.services.orders import Order
from desktop.ui.print_dialog import PrintDialog
from desktop.ui.printers import Device, set_printer
from desktop.ui.wording_dialog import WordingDialog

QUESTIONS = '[{"key": "q1", "sort": "单选", "text": "您对活动满意吗", "options": ["满意", "不满意"]}]'


class NativePrinters(PaperPrinters):
    """A printer of the system, reached through its print command."""

    def device(self, ticket):
        return Device(replace(ticket, copies=2), set_printer(replace(ticket, printer="")))


@pytest.fixture
def printers(tmp_path):
    return PaperPrinters(tmp_path / "paper.pdf")


@pytest.fixture
def opened(qtbot, stage, printers, workroom):
    made = []

    def open_dialog(*arguments, kind=printers):
        dialog = PrintDialog(stage, *arguments, printers=kind)
        dialog.open()
        made.append(dialog)
        settle(qtbot, dialog)
        return dialog

    yield open_dialog
    for dialog in made:
        if dialog in QApplication.topLevelWidgets():
            dialog._task = None
            dialog._leaving = False
            dialog._clean_up()
            away(dialog)


def settle(qtbot, dialog):
    qtbot.waitUntil(lambda: not dialog._pause.isActive(), timeout=5_000)
    rest(qtbot, dialog.frame.workroom)


def states(desk, day):
    return {row.state for row in invitations(desk, day)}


def jobs():
    return list(PrintJob.select())


def text_of(path):
    return "\n".join(page_text(Path(path), page) for page in range(page_count(Path(path))))


def test_the_preview_registers_nothing_and_shows_the_letters(qtbot, opened, desk, day):
    dialog = opened(["invitation-letters"], day)
    assert dialog.preview.count >= 6
    assert "曾国强同志" in dialog.preview.canvas.accessibleDescription()
    assert dialog._check.verdict.words.text() == "印前检查：可以印制"
    assert states(desk, day) == {InvitationState.WAITING}
    assert jobs() == []
    assert dialog.choices.boxes["invitation-letters"].text() == "邀请函（6 封）"


def test_letters_are_saved_as_pdf_numbered_and_noted(qtbot, opened, desk, day, ask, told, tmp_path):
    dialog = opened(["invitation-letters"], day)
    ask.answers.append(tmp_path / "函.pdf")
    dialog._save.click()
    rest(qtbot, dialog.frame.workroom)
    assert told.toasts[0].startswith("已存 函.pdf，")
    assert "编号 邀〔2026〕1—6号" in told.toasts[0]
    assert told.actions[0][0] == "打开所在文件夹"
    words = text_of(tmp_path / "函.pdf")
    assert all(f"{name}同志" in words.replace("\n", "") for name in NAMES)
    assert states(desk, day) == {InvitationState.PRINTED}
    assert [job.items for job in jobs()] == [6]


def test_only_the_chosen_and_only_the_unprinted(qtbot, opened, desk, day, ask, tmp_path):
    chosen = [row.id for row in invitations(desk, day)][1:3]
    dialog = opened(["invitation-letters"], day, chosen)
    assert dialog.choices.picked == "选中"
    ask.answers.append(tmp_path / "a.pdf")
    dialog._save.click()
    rest(qtbot, dialog.frame.workroom)
    words = text_of(tmp_path / "a.pdf").replace("\n", "")
    assert "王伟同志" in words
    assert "曾国强同志" not in words

    again = opened(["invitation-letters"], day)
    assert again.choices.picked == "未印过"
    assert again.choices.count("invitation-letters") == 4
    ask.answers.append(tmp_path / "b.pdf")
    again._save.click()
    rest(qtbot, again.frame.workroom)
    words = text_of(tmp_path / "b.pdf").replace("\n", "")
    assert "曾国强同志" in words
    assert "王伟同志" not in words

    third = opened(["invitation-letters"], day)
    assert third.choices.picked == "全部"
    assert not third.choices.whom["未印过"].isEnabled()


def test_people_without_an_invitation_are_invited_when_printed(qtbot, opened, desk, day, ask, tmp_path):
    person = add_person(desk, "钱新来")
    dialog = opened(["invitation-letters"], day, [person.id])
    assert "其中 1 人还没有邀请" in dialog.choices.note.text()
    assert desk.books.count(Query(Invitation)) == 6
    ask.answers.append(tmp_path / "new.pdf")
    dialog._save.click()
    rest(qtbot, dialog.frame.workroom)
    assert desk.books.count(Query(Invitation)) == 7
    assert "钱新来同志" in text_of(tmp_path / "new.pdf")


def test_several_papers_go_into_a_folder(qtbot, opened, desk, day, ask, tmp_path, told):
    form = Form(title="满意度调查", sort="调查问卷", questions=QUESTIONS)
    desk.books.save(form)
    dialog = opened(["invitation-letters", "sign-in-sheet", "feedback-forms"], day)
    box = dialog.choices.form_box
    box.setCurrentIndex(box.findText("满意度调查"))
    box.activated.emit(box.currentIndex())
    dialog._tabs.setCurrentIndex(dialog.choices.documents.index("feedback-forms"))
    settle(qtbot, dialog)
    assert "您对活动满意吗" in dialog.preview.canvas.accessibleDescription().replace("\n", "")
    ask.answers.append(tmp_path)
    dialog._save.click()
    rest(qtbot, dialog.frame.workroom)
    assert sorted(path.name for path in tmp_path.glob("走进组织部*.pdf")) == [
        "走进组织部满意度调查.pdf", "走进组织部签到表.pdf", "走进组织部邀请函.pdf"
    ]  # fmt: skip
    assert "3 个文件" in told.toasts[0]
    assert len(jobs()) == 3


def test_the_whole_pack_is_made_at_once_in_one_order(qtbot, opened, desk, day, ask, tmp_path, told):
    for row in invitations(desk, day):
        row.representative.address, row.representative.postcode = "肥西县上派镇", "231200"
        desk.books.save(row.representative)
    pack = ["invitation-letters", "envelopes", "labels", "place-cards", "name-badges", "sign-in-sheet"]
    dialog = opened(pack, day)
    dialog.choices.order_box.setCurrentIndex(1)
    dialog.choices.order_box.activated.emit(1)
    size = part(dialog, "print-size-envelopes")
    size.setCurrentText("C5")
    size.activated.emit(size.currentIndex())
    part(dialog, "print-start").fill("5")
    dialog._tabs.setCurrentIndex(1)
    settle(qtbot, dialog)
    assert page_size(dialog.preview._pdf, 0)[0] == pytest.approx(229 / 25.4 * 72, abs=0.1)
    assert dialog._check.verdict.words.text() == "印前检查：可以印制"

    ask.answers.append(tmp_path)
    dialog._save.click()
    rest(qtbot, dialog.frame.workroom)
    orders = []
    for document in ("信封", "席卡", "邀请函"):
        target = tmp_path / f"走进组织部{document}.pdf"
        pages = [page_text(target, page).replace("\n", "") for page in range(page_count(target))]
        found = [next((name for name in NAMES if name in page), "") for page in pages]
        orders.append([name for place, name in enumerate(found) if name and name != found[place - 1]])
    assert orders[0] == orders[1] == orders[2]
    assert sorted(orders[0]) == sorted(set(NAMES))
    assert {job.document for job in jobs()} == set(pack)


def test_the_unprinted_counts_cards_for_the_files_and_papers_of_the_day(qtbot, opened, desk, day, tmp_path):
    first = invitations(desk, day)[0]
    only = Query(Representative, keys=(first.representative.id,))
    desk.press.print(Order("contact-cards", tmp_path / "card.pdf", people=only))
    desk.press.print(Order("notice", tmp_path / "notice.pdf", day))
    dialog = opened(["contact-cards", "notice", "programme"], day)
    dialog.choices.whom["未印过"].setChecked(True)
    settle(qtbot, dialog)
    assert dialog.choices.boxes["contact-cards"].text() == "联系档案卡（5 张）"
    assert dialog.choices.boxes["notice"].text() == "公告（0 份）"
    assert dialog.choices.documents == ["programme", "contact-cards"]


def test_a_page_with_whole_numbers_leaves_noted(qtbot, opened, desk, day):
    dialog = opened(["contact-cards"], day)
    dialog._print_page()
    rest(qtbot, dialog.frame.workroom)
    assert desk.disclosing.latest() == []
    dialog.findChild(QCheckBox, "print-full-contact-cards").setChecked(True)
    settle(qtbot, dialog)
    dialog._print_page()
    rest(qtbot, dialog.frame.workroom)
    assert [(row.how, row.what, row.full) for row in desk.disclosing.latest()] == [
        ("样稿", "联系档案卡", True)
    ]
    assert jobs() == []


def test_how_a_paper_was_printed_is_remembered(qtbot, opened, desk, day, ask, tmp_path):
    for row in invitations(desk, day):
        row.representative.address = "肥西县上派镇"
        desk.books.save(row.representative)
    dialog = opened(["envelopes", "sign-in-sheet"], day)
    part(dialog, "print-size-envelopes").setCurrentText("C5")
    part(dialog, "print-postcode").setCurrentText("印红框和邮编")
    part(dialog, "print-sender").setChecked(False)
    part(dialog, "print-blank-rows").fill("12")
    dialog.reject()
    assert (
        part(opened(["envelopes"], day), "print-size-envelopes").currentText() == "DL"
    )  # nothing was printed

    dialog = opened(["envelopes", "sign-in-sheet"], day)
    part(dialog, "print-size-envelopes").setCurrentText("C5")
    part(dialog, "print-sender").setChecked(False)
    part(dialog, "print-blank-rows").fill("12")
    settle(qtbot, dialog)
    ask.answers.append(tmp_path)
    dialog._save.click()
    rest(qtbot, dialog.frame.workroom)
    again = opened(["envelopes", "sign-in-sheet", "place-cards"], day)
    assert part(again, "print-size-envelopes").currentText() == "C5"
    assert not part(again, "print-sender").isChecked()
    assert part(again, "print-postcode").currentText() == "印在地址前"
    assert part(again, "print-blank-rows").typed() == "12"
    assert part(again, "print-size-place-cards").currentText() == "200×100"


def test_without_the_offices_own_address_envelopes_are_warned_of(opened, desk, day):
    dialog = opened(["envelopes"], day)
    assert "没有填写单位地址" in dialog.choices.note.text()
    part(dialog, "print-sender").setChecked(False)
    assert "单位地址" not in dialog.choices.note.text()
    part(dialog, "print-sender").setChecked(True)
    own = desk.offices.own()
    own.address = "肥西县上派镇人民西路"
    desk.books.save(own)
    assert "单位地址" not in opened(["envelopes"], day).choices.note.text()


def test_the_choices_have_the_room_that_the_check_leaves_and_nothing_is_cut(qtbot, opened, desk, day):
    dialog = opened(
        ["invitation-letters", "place-cards", "name-badges", "sign-in-sheet", "contact-cards"], day
    )
    dialog.resize(1120, 680)
    settle(qtbot, dialog)
    scroll = part(dialog, "print-choices-scroll")
    assert scroll.height() + 60 > dialog._check.geometry().top()
    assert dialog._check.height() < 60
    inside = scroll.viewport().width()
    assert dialog.choices.minimumSizeHint().width() <= inside


def test_of_the_unprinted_a_paper_that_everybody_has_is_passed_over(qtbot, opened, desk, day, ask, tmp_path):
    cards = opened(["place-cards"], day)
    ask.answers.append(tmp_path / "cards.pdf")
    cards._save.click()
    rest(qtbot, cards.frame.workroom)

    dialog = opened(["invitation-letters", "place-cards"], day)
    assert dialog.choices.picked == "未印过"
    assert dialog.choices.documents == ["invitation-letters"]
    assert dialog.choices.boxes["place-cards"].text() == "席卡（0 个）"
    dialog.choices.whom["全部"].setChecked(True)
    assert dialog.choices.documents == ["invitation-letters", "place-cards"]


def test_who_has_no_address_is_told_before_envelopes(qtbot, opened, desk, day):
    row = invitations(desk, day)[2]
    row.representative.address = ""
    desk.books.save(row.representative)
    dialog = opened(["envelopes"], day)
    assert any("通信地址" in line[2] for line in dialog._check.list.rows.rows)
    assert not dialog._save.isEnabled()


def test_one_file_a_person(qtbot, opened, desk, day, ask, tmp_path):
    dialog = opened(["invitation-letters"], day)
    dialog.choices.separate.setChecked(True)
    ask.answers.append(tmp_path)
    settle(qtbot, dialog)
    dialog._save.click()
    rest(qtbot, dialog.frame.workroom)
    assert len(list((tmp_path / "走进组织部邀请函").glob("*.pdf"))) == 6


def test_a_character_without_a_face_leads_to_the_person_not_to_the_namesake(qtbot, opened, desk, day, told):
    desk.inviting.invite(day, [add_person(desk, "欧阳重庆", unit="另一个单位")])
    row = invitations(desk, day)[-1]
    assert row.representative.full_name == invitations(desk, day)[3].representative.full_name
    row.salutation = "欧阳\U000f0001同志"
    desk.books.save(row)
    dialog = opened(["invitation-letters"], day)
    assert dialog._check.list.rows.rows[0][:2] == ("邀请函", "欧阳重庆")
    assert not dialog._print.isEnabled()
    assert not dialog._save.isEnabled()
    dialog._check.list.setCurrentIndex(dialog._check.list.model().index(0, 0))
    dialog._check.list.activated.emit(dialog._check.list.currentIndex())
    assert told.went == [("representatives", row.representative.id)]


def test_a_character_without_a_face_may_be_left_for_the_pen(qtbot, opened, desk, day, ask, told, tmp_path):
    row = invitations(desk, day)[3]
    row.representative.full_name = "欧阳\U0002ee60"
    desk.books.save(row.representative)
    dialog = opened(["place-cards"], day)
    box = part(dialog, "print-by-hand")
    assert not box.isHidden()
    assert not dialog._save.isEnabled()
    box.click()
    settle(qtbot, dialog)
    assert dialog._check.verdict.words.text() == "印前检查：可以印制，1 处留空手写"
    assert dialog._save.isEnabled()
    ask.answers.append(tmp_path / "x.pdf")
    dialog._save.click()
    rest(qtbot, dialog.frame.workroom)
    assert "须手写补字：欧阳\U0002ee60的“\U0002ee60”" in told.toasts[0]


def test_a_fault_of_the_wording_leads_to_the_wording(qtbot, opened, desk, day):
    wording = desk.books.page(Query(LetterWording, where=(("use", "邀请函"),)))[0]
    LetterWording.update(body="请到{地址}").where(
        LetterWording.id == wording.id
    ).execute()  # as older ones have it
    dialog = opened(["invitation-letters"], day)
    assert "地址" in dialog._check.detail.text()
    part(dialog, "print-fix").click()
    rest(qtbot, dialog.frame.workroom)
    writing = next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, WordingDialog))
    assert writing.editor.faults
    writing.reject()
    rest(qtbot, dialog.frame.workroom)


def test_printing_paints_every_page_in_real_size(qtbot, opened, desk, day, printers, told):
    chosen = [invitations(desk, day)[0].id]
    dialog = opened(["invitation-letters"], day, chosen)
    pages = dialog.preview.count
    dialog._print.click()
    rest(qtbot, dialog.frame.workroom)
    assert told.toasts[0].startswith("已送到“paper.pdf”")
    assert page_count(printers.target) == pages
    mine = page_image(dialog.preview._pdf, 0, scale=1.0)
    paper = page_image(printers.target, 0, scale=1.0)
    assert abs(mine.width - paper.width) <= 1
    assert abs(mine.height - paper.height) <= 1
    assert dark_rows(mine)[0] == pytest.approx(dark_rows(paper)[0], abs=2)
    assert states(desk, day) == {InvitationState.PRINTED, InvitationState.WAITING}


def dark_rows(image):
    """The first and last row of a page that hold ink."""
    found = []
    for row in range(image.height):
        line = image.pixels[row * image.width * 4 : (row + 1) * image.width * 4]
        if min(line[0::4]) < 120:
            found.append(row)
    return found[0], found[-1]


def test_enter_never_prints_and_ctrl_p_does(qtbot, opened, desk, day, told):
    dialog = opened(["sign-in-sheet"], day)
    for box in (part(dialog, "print-preview-number"), part(dialog, "print-copies")):
        box.setFocus()
        qtbot.keyClick(box, Qt.Key.Key_Return)
    rest(qtbot, dialog.frame.workroom)
    assert jobs() == []
    settle(qtbot, dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    rest(qtbot, dialog.frame.workroom)
    assert len(jobs()) == 1


def test_only_the_page_in_front_is_printed_and_nothing_noted(qtbot, opened, desk, day, printers, told):
    dialog = opened(["place-cards"], day)
    dialog.preview.go_to(3)
    qtbot.waitUntil(lambda: dialog.preview.page == 3)
    dialog.line.page.trigger()
    rest(qtbot, dialog.frame.workroom)
    assert told.toasts == ["第 3 页已送到“paper.pdf”，没有登记"]
    assert page_count(printers.target) == 1
    assert jobs() == []
    assert dialog.isVisible()


def test_what_was_printed_on_is_chosen_again(qtbot, opened, desk, day, told):
    dialog = opened(["sign-in-sheet"], day)
    dialog.line._sides.setCurrentIndex(2)
    assert dialog.line.ticket() == Ticket("试验打印机", sides=Sides.LONG)
    dialog._print.click()
    rest(qtbot, dialog.frame.workroom)
    assert opened(["sign-in-sheet"], day).line.ticket().sides is Sides.LONG


def test_the_systems_own_dialog_is_reached(qtbot, opened, desk, day, printers, told):
    dialog = opened(["sign-in-sheet"], day)
    dialog.line.system.trigger()
    rest(qtbot, dialog.frame.workroom)
    assert told.toasts[0].startswith("已送到“paper.pdf”")
    assert page_count(printers.target) >= 1


def test_a_paper_no_printer_took_counts_when_it_is_saved(
    qtbot, opened, desk, day, ask, tmp_path, printers, monkeypatch
):
    with monkeypatch.context() as patch:
        patch.setattr("desktop.ui.printing.paint", refuse)
        dialog = opened(["invitation-letters"], day)
        dialog._print.click()
        rest(qtbot, dialog.frame.workroom)
    assert states(desk, day) == {InvitationState.WAITING}
    assert "还没有记为已印" in dialog.banner.words.text()
    ask.answers.append(tmp_path / "函.pdf")
    dialog._save.click()
    rest(qtbot, dialog.frame.workroom)
    assert states(desk, day) == {InvitationState.PRINTED}
    assert [job.where for job in jobs()] == ["函.pdf"]


def refuse(_pdf, _printer, _watch):
    raise TroubleError("打印机没有准备好")


def test_without_a_printer_the_way_to_pdf_is_shown(qtbot, opened, desk, day, tmp_path):
    dialog = opened(["sign-in-sheet"], day, kind=PaperPrinters(tmp_path / "x", there=False))
    dialog._print.click()
    assert "没有打印机" in dialog.banner.words.text()
    assert jobs() == []
    assert dialog._save.hasFocus()


@pytest.mark.qt_log_ignore("QPainter::begin")  # Qt says itself what the dialog then says
def test_a_printer_that_fails_keeps_the_papers_and_they_are_sent_again(
    qtbot,
    opened,
    desk,
    day,
    ask,
    tmp_path,
    told,
    printers,
):
    good = printers.target
    printers.target = tmp_path / "no folder" / "paper.pdf"
    dialog = opened(["sign-in-sheet"], day)
    dialog._print.click()
    rest(qtbot, dialog.frame.workroom)
    assert "编号已经登记" in dialog.banner.words.text()
    assert dialog._print.text() == "再送一次"
    assert len(jobs()) == 1
    printers.target = good
    dialog._print.click()
    rest(qtbot, dialog.frame.workroom)
    assert told.toasts[0].startswith("已送到")
    assert page_count(good) >= 1
    assert len(jobs()) == 1


@pytest.mark.skipif(os.name == "nt", reason="lp is the print command of other systems")
def test_where_the_system_prints_pdfs_the_pdf_itself_is_sent(
    qtbot,
    opened,
    desk,
    day,
    tmp_path,
    monkeypatch,
    told,
):
    spool, tools = tmp_path / "spool", tmp_path / "tools"
    tools.mkdir()
    command = tools / "lp"
    command.write_text(
        f'#!/bin/sh\necho "$@" >> {spool}.txt\nfor last; do :; done\n/bin/cp "$last" {spool}.pdf\n',
        encoding="utf-8",
    )
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(tools))
    dialog = opened(["sign-in-sheet"], day, kind=NativePrinters(tmp_path))
    dialog._print.click()
    rest(qtbot, dialog.frame.workroom)
    assert told.toasts, dialog.banner.words.text()
    assert "-n 2" in Path(f"{spool}.txt").read_text(encoding="utf-8")
    assert "签到表" in text_of(f"{spool}.pdf")

    command.write_text("#!/bin/sh\necho 'lp: 打印机停用' >&2\nexit 1\n", encoding="utf-8")
    again = opened(["sign-in-sheet"], day, kind=NativePrinters(tmp_path))
    again._print.click()
    rest(qtbot, again.frame.workroom)
    assert "打印机停用" in again.banner.words.text()


@pytest.mark.skipif(os.name == "nt", reason="lp is the print command of other systems")
def test_the_printer_is_told_the_size_of_an_envelope(
    qtbot, opened, desk, day, tmp_path, monkeypatch, told, printers
):
    for row in invitations(desk, day):
        row.representative.address = "肥西县上派镇"
        desk.books.save(row.representative)
    tools = tmp_path / "tools"
    tools.mkdir()
    command = tools / "lp"
    command.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/asked.txt\n', encoding="utf-8")
    command.chmod(0o755)
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tools))
        dialog = opened(["envelopes", "place-cards"], day, kind=NativePrinters(tmp_path))
        dialog._print.click()
        rest(qtbot, dialog.frame.workroom)
    asked = (tmp_path / "asked.txt").read_text(encoding="utf-8").splitlines()
    assert "media=Custom.110x220mm" in asked[0]
    assert "print-scaling=none" in asked[0]
    assert "media=A4" in asked[1]

    painted = opened(["envelopes"], day)
    painted._print.click()
    rest(qtbot, painted.frame.workroom)
    width, height = (round(side / 72 * 25.4) for side in page_size(printers.target, 0))
    assert (width, height) == (220, 110)


def test_a_folder_that_is_not_there_is_told_and_nothing_is_noted(qtbot, opened, desk, day, ask, tmp_path):
    dialog = opened(["invitation-letters"], day)
    ask.answers.append(tmp_path / "gone" / "x.pdf")
    dialog._save.click()
    rest(qtbot, dialog.frame.workroom)
    assert "文件夹不存在" in dialog.banner.words.text()
    assert states(desk, day) == {InvitationState.WAITING}
    assert jobs() == []


@pytest.mark.parametrize("papers", [["invitation-letters"], ["invitation-letters", "place-cards"]])
def test_after_trouble_another_folder_can_be_chosen(qtbot, opened, desk, day, ask, papers, tmp_path):
    dialog = opened(papers, day)
    shut = tmp_path / "file"
    shut.write_text("")
    ask.answers.append(shut / "x.pdf" if len(papers) == 1 else shut)
    dialog._save.click()
    settle(qtbot, dialog)
    assert dialog.banner.isVisible()
    qtbot.waitUntil(dialog._save.isEnabled, timeout=5_000)
    ask.answers.append(tmp_path / "x.pdf" if len(papers) == 1 else tmp_path)
    dialog._save.click()
    rest(qtbot, dialog.frame.workroom)
    assert states(desk, day) == {InvitationState.PRINTED}


def test_leaving_while_printing_asks_and_takes_everything_back(qtbot, opened, desk, day, ask, tmp_path):
    dialog = opened(["invitation-letters"], day)
    ask.answers += [tmp_path / "x.pdf", "停止并离开"]
    dialog._save.click()
    dialog.reject()
    rest(qtbot, dialog.frame.workroom)
    assert ask.asked[-1] == "正在印制，现在离开就停下来"
    assert not (tmp_path / "x.pdf").exists()
    assert states(desk, day) == {InvitationState.WAITING}
    assert jobs() == []


def test_the_drafts_go_away_with_the_dialog(qtbot, opened, day):
    dialog = opened(["invitation-letters"], day)
    folder = dialog._folder
    assert list(folder.iterdir())
    dialog.reject()
    assert not folder.exists()


def test_everything_has_a_name(qtbot, opened, day):
    assert nameless(opened(["invitation-letters", "sign-in-sheet"], day)) == []


def test_without_a_day_the_day_is_chosen(qtbot, opened, desk, day):
    person = invitations(desk, day)[0].representative
    dialog = opened(["invitation-letters"], None, [person.id])
    assert dialog.choices.day.id == day.id
    assert dialog.choices.count("invitation-letters") == 1
    assert dialog.preview.count >= 1


def test_an_office_without_open_days_is_told_what_to_do(qtbot, opened, desk):
    dialog = opened(["invitation-letters"], None)
    assert "还没有开放日" in dialog.choices.note.text()
    assert dialog._check.list.rows.rows == [("邀请函", "", "还没有开放日，请先在“开放日”中新建")]
    assert not dialog._print.isEnabled()


def test_a_day_without_guests_prints_no_letters_but_forms(qtbot, opened, desk):
    empty = OpenDay(theme="无人", held_on=OpenDay.held_on.parse("2026-10-20"))
    desk.books.save(empty)
    dialog = opened(["invitation-letters"], empty)
    assert "还没有邀请代表" in dialog._check.list.rows.rows[0][2]
    assert not dialog._save.isEnabled()
    dialog.choices.boxes["invitation-letters"].setChecked(False)
    dialog.choices.boxes["feedback-forms"].setChecked(True)
    settle(qtbot, dialog)
    assert dialog.preview.count >= 1
    assert dialog._save.isEnabled()


def test_a_closed_dialog_is_let_go(qtbot, stage, day, printers, workroom):
    made = PrintDialog(stage, ["sign-in-sheet"], day, printers=printers)
    made.open()
    kept = weakref.ref(made)
    del made
    gc.collect()
    settle(qtbot, kept())
    kept().reject()
    qtbot.waitUntil(lambda: kept() is None or not shiboken6.isValid(kept()), timeout=5_000)
    gc.collect()
    assert kept() is None


FULL = """
import resource, sys
from pathlib import Path
sys.path[:0] = {paths}
from PySide6.QtWidgets import QApplication
app = QApplication([])
from desktop.app import open_desk
from desktop.errors import TroubleError
from desktop.records.listing import Query
from desktop.records.open_days import LetterWording, OpenDay
from desktop.ui.printing import make
from desktop.services.orders import Order
desk = open_desk(Path({office!r}))
day = desk.books.page(Query(OpenDay))[0]
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, 8_000))
try:
    make(desk.press, [Order("invitation-letters", Path({target!r}), day)], lambda done, total: None)
except TroubleError as error:
    print(error.message)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_full_disk_leaves_no_file_and_no_number(desk, day, office_file, tmp_path):
    copy = tmp_path / "copy.openday"
    from desktop.storage import office

    office.close()
    shutil.copy(office_file, copy)
    target = tmp_path / "out" / "x.pdf"
    target.parent.mkdir()
    paths = [str(Path(__file__).parents[2])]
    script = textwrap.dedent(FULL).format(paths=paths, office=str(copy), target=str(target))
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=50, encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"}, check=False,
    )  # fmt: skip
    assert done.stdout.strip(), done.stderr
    assert list(target.parent.iterdir()) == []
