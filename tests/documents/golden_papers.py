"""The papers whose pictures are kept, and the command that makes the pictures anew:

    python -m tests.documents.golden_papers

Look at each picture before it is committed: what it shows is what the office will get.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from PIL import Image

from desktop.documents import (
    address_labels,
    briefing,
    contact_cards,
    diary_booklet,
    envelopes,
    leaflets,
    list_paper,
    name_badges,
    notice,
    overdue_notice,
    place_cards,
    pocket_cards,
    programme,
    reply_letters,
    ticket_sheets,
)
from desktop.documents.form_paper import write_forms
from desktop.documents.invitation import write_letters
from desktop.documents.preview import page_count, page_image
from desktop.documents.report_paper import write_report
from desktop.documents.sign_in_sheet import write_sheet
from desktop.records.handouts import (
    ContactCard,
    ContactCards,
    HeldIdentity,
    LeafletPage,
    Leaflets,
    Notices,
    NoticeText,
    PastContact,
    PastInvitation,
    Programme,
    ProgrammeLine,
    RouteStop,
)
from desktop.records.letters import SignInRow, SignInSheet
from desktop.records.notices import NOTICE_BODY, NOTICE_FIELDS
from desktop.records.pack import AddressLabels, Envelopes, Guest, NameBadges, PlaceCards, Postcode
from desktop.records.papers import Head
from desktop.records.report_values import ReportPaper, ReportRow, ReportTable
from tests.documents import forms_fixture, ticket_samples, visit_samples
from tests.documents.letter_samples import BODY, FORM, PROGRAMME, letter

GOLDEN = Path(__file__).parent / "golden"
SCALE = 0.4
"""Pixels a point: enough to see a line move by half a millimetre, and 10 KB a picture."""
GUESTS = (
    Guest("李明", "同志", "县农业农村局", "科员", "机关干部", "邀1号", "肥西县上派镇人民路12号", "231200"),
    Guest("于𬱖", "同志", "桃花镇", "大学生村官", "", "邀2号", "肥西县桃花镇", "231200"),
    Guest("阿依古丽·买买提", "女士", "紫蓬山管委会", "", "", "邀3号", "肥西县紫蓬山", "231200"),
)
REPORT = ReportPaper(
    "表单发放收回情况统计表",
    "中共肥西县委组织部",
    "全部开放日",
    "2026年11月22日",
    (
        ReportTable(
            "",
            (ReportRow("发放", "28", "份"), ReportRow("收回", "26", "份"), ReportRow("回收率", "92.86", "%")),
            ("回收率 = 收回 26 份 ÷ 发放 28 份 = 92.86%",),
        ),
    ),
)
SHEET = SignInSheet(
    "开放日签到表",
    "2026年9月29日　县行政中心三楼会议室",
    tuple(SignInRow(guest.name, guest.unit, guest.post, "党代表") for guest in GUESTS),
    blank_rows=5,
)
PROGRAMME_OF_DAY = Programme(
    "A4",
    "中共肥西县委组织部",
    "听民声 解民忧",
    "2026年12月17日（星期四）",
    "09:00—11:45",
    "三楼会议室",
    "周建国",
    (
        ProgrammeLine("9:00—9:20", "签到、领取材料", "一楼大厅", "王丽娟"),
        ProgrammeLine("9:20—9:50", "参观组织工作展板和干部档案室", "二楼展厅", ""),
    ),
    (RouteStop("上派镇党群服务中心", "上派镇人民路128号", "徐主任", "便民服务大厅、党员活动室"),),
)
NOTICE = Notices(
    Head.RED,
    "中共肥西县委组织部",
    (NoticeText("公告", NOTICE_BODY, "2026年12月10日"),),
    dict.fromkeys(NOTICE_FIELDS, "某某"),
    "中共肥西县委组织部",
    "联系人：李明 0551-68841234",
)
LEAFLETS = Leaflets(
    "中共肥西县委组织部",
    "听民声 解民忧",
    "2026年12月17日",
    (
        LeafletPage(
            "组织科", "组织科工作明白纸", "一、主要职责\n发展党员。\n（一）培训\n党组织书记 428 人次。"
        ),
    ),
)
CARD = ContactCard(
    "于𬱖",
    "女",
    "1992年5月20日",
    "汉族",
    "中共党员",
    "推荐",
    "139****8000",
    "3****15",
    "桃花镇",
    "大学生村官",
    "肥西县桃花镇　231200",
    (HeldIdentity("县级党代表", "桃花镇", "十四届", "2021.3—2026.3"),),
    (PastInvitation("2026-09-29", "走进组织部 建言促发展", "邀〔2026〕47号", "参加", "出席"),),
    (PastContact("2026-09-21", "电话", "确认参加。"),),
    "可作发言人。",
)
LONG = replace(FORM, body="\n".join([BODY] * 3), programme=PROGRAMME)
PAPERS: dict[str, Callable[[Path], object]] = {
    "letter-red": lambda path: write_letters(path, FORM, [letter(0)]),
    "letter-plain": lambda path: write_letters(path, replace(FORM, head=Head.PLAIN, slip=""), [letter(5)]),
    "letter-preprinted": lambda path: write_letters(path, replace(FORM, head=Head.PREPRINTED), [letter(4)]),
    "letter-long": lambda path: write_letters(path, LONG, [letter(7)]),
    "sign-in-sheet": lambda path: write_sheet(path, SHEET),
    "form": lambda path: write_forms(path, forms_fixture.questionnaire(), [1]),
    "report": lambda path: write_report(path, REPORT),
    "envelope": lambda path: envelopes.write_envelopes(
        path,
        Envelopes(
            "DL", GUESTS[:1], "中共肥西县委组织部", "肥西县上派镇人民中路1号", "231299", Postcode.BOXES
        ),
    ),
    "labels": lambda path: address_labels.write_labels(path, AddressLabels("3×8", GUESTS, 2)),
    "place-card": lambda path: place_cards.write_cards(path, PlaceCards("200×100", GUESTS[:1])),
    "notice": lambda path: notice.write_notices(path, NOTICE),
    "programme": lambda path: programme.write_programme(path, PROGRAMME_OF_DAY),
    "booklet": lambda path: programme.write_programme(path, replace(PROGRAMME_OF_DAY, size="A5对折")),
    "leaflet": lambda path: leaflets.write_leaflets(path, LEAFLETS),
    "contact-cards": lambda path: contact_cards.write_cards(
        path, ContactCards("A4对裁", "中共肥西县委组织部", (CARD, ContactCard("李明")))
    ),
    "assignment-slip": lambda path: ticket_sheets.write_sheets(path, ticket_samples.SLIPS),
    "meeting-agenda": lambda path: ticket_sheets.write_sheets(path, ticket_samples.AGENDA),
    "ticket-ledger": lambda path: list_paper.write_list(path, ticket_samples.LEDGER_PAPER),
    "resolutions": lambda path: list_paper.write_list(path, ticket_samples.RESOLUTIONS_PAPER),
    "overdue-notice": lambda path: overdue_notice.write_notice(path, ticket_samples.NOTICE),
    "reply-letter": lambda path: reply_letters.write_letters(path, ticket_samples.REPLIES),
    "visit-sheet": lambda path: ticket_sheets.write_sheets(path, visit_samples.SHEETS),
    "visit-ledger": lambda path: list_paper.write_list(path, visit_samples.LEDGER_PAPER),
    "visit-plan": lambda path: list_paper.write_list(path, visit_samples.PLAN_PAPER),
    "diary-booklet": lambda path: diary_booklet.write_booklet(path, visit_samples.BOOKLET),
    "pocket-cards": lambda path: pocket_cards.write_cards(path, visit_samples.POCKET_CARDS),
    "briefing": lambda path: briefing.write_briefing(path, visit_samples.BRIEFING),
    "name-badges": lambda path: name_badges.write_badges(
        path, NameBadges("10张", GUESTS, "中共肥西县委组织部", "走进组织部", "2026年9月29日")
    ),
}


def pictures(name: str, folder: Path) -> Iterator[tuple[str, Image.Image]]:
    """Yield file name and picture (grey) of each page of a paper."""
    path = folder / f"{name}.pdf"
    PAPERS[name](path)
    for number in range(page_count(path)):
        page = page_image(path, number, scale=SCALE)
        picture = Image.frombytes("RGB", (page.width, page.height), page.pixels, "raw", "BGRX")
        yield f"{name}-{number + 1}.png", picture.convert("L")


def main() -> None:
    GOLDEN.mkdir(exist_ok=True)
    for old in GOLDEN.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        for name in PAPERS:
            for file, picture in pictures(name, Path(folder)):
                picture.save(GOLDEN / file, optimize=True)


if __name__ == "__main__":
    main()
