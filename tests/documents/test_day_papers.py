"""公告, 日程与参观路线, 明白纸 and 联系档案卡: what they say, where it stands (mm), and what stops them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.documents import contact_cards, leaflets, notice, programme
from desktop.documents.booklets import imposed
from desktop.documents.contact_card_rows import LEAF
from desktop.documents.preview import page_count, page_size, page_text
from desktop.documents.programme_rows import A5
from desktop.documents.roles import by_hand
from desktop.errors import Cancelled, TroubleError, UserError
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
from desktop.records.notices import NOTICE_BODY, NOTICE_FIELDS
from desktop.records.papers import Head
from tests.documents.letter_samples import marks

MM = 72 / 25.4
NAME = "嘉木样·洛桑久美·图丹却吉尼玛"
UNIT = "安徽省肥西县紫蓬山国家森林公园旅游开发管理委员会综合服务中心党政办公室信访接待科一"
FIELDS = dict.fromkeys(NOTICE_FIELDS, "某") | {
    "主题": "听民声 解民忧",
    "地点": "三楼会议室",
    "答复时限": "7个工作日",
}
NOTICES = Notices(
    Head.RED,
    "中共肥西县委组织部",
    (NoticeText("公告", NOTICE_BODY, "2026年12月10日"),),
    FIELDS,
    "中共肥西县委组织部",
)
LINES = tuple(
    ProgrammeLine(
        f"{9 + place // 12}:{place % 12 * 5:02}", f"第{place}项参观{UNIT}", UNIT if place % 3 else "", NAME
    )
    for place in range(60)
)
STOPS = (
    RouteStop("上派镇党群服务中心", UNIT, "徐主任", "看村务公开\n看党员积分"),
    RouteStop(UNIT),
    RouteStop("于𬱖家"),
)
PROGRAMME = Programme(
    "A4",
    "中共肥西县委组织部",
    "听民声 解民忧",
    "2026年12月17日（星期四）",
    "09:00",
    "三楼会议室",
    "周建国",
    LINES,
    STOPS,
)
TEXT = (
    "一、职责\n发展党员。\n（一）做了什么\n整顿村党组织 6 个，<b>培训</b> 428 人次。\n\n电话：0551-68841235"
)
LEAFLETS = Leaflets(
    "中共肥西县委组织部", "听民声 解民忧", "2026年12月17日",
    (LeafletPage("组织科", "组织科工作明白纸", TEXT), LeafletPage("干部科", "干部选拔怎样进行", "任前公示。" * 400)),
)  # fmt: skip
CARD = ContactCard(
    NAME, "男", "1975年6月", "藏族", "群众", "自主报名", "139****8000、138****1111", "3****15", UNIT, UNIT, UNIT,
    tuple(HeldIdentity("县级党代表", UNIT, "第十四届", "2021.3—2026.3") for _ in range(3)),
    tuple(PastInvitation("2026-09-29", f"第{at}次{UNIT}", f"邀〔2026〕{at}号", "参加", "临时到会") for at in range(1, 26)),
    (PastContact("2026-09-21", "电话", "希望座谈时间长一些。" * 120),),
    "发言稳重。",
)  # fmt: skip
CARDS = ContactCards(
    "A5", "中共肥西县委组织部", (CARD, ContactCard("李明"), ContactCard("于𬱖", note="㛃燚"))
)
PAPERS = {
    "notice": (notice.preflight, notice.write_notices, NOTICES),
    "programme": (programme.preflight, programme.write_programme, PROGRAMME),
    "booklet": (programme.preflight, programme.write_programme, replace(PROGRAMME, size="A5对折")),
    "leaflets": (leaflets.preflight, leaflets.write_leaflets, LEAFLETS),
    "cards": (contact_cards.preflight, contact_cards.write_cards, CARDS),
    "cards on halves": (contact_cards.preflight, contact_cards.write_cards, replace(CARDS, size="A4对裁")),
}


def compact(text):
    return "".join(text.split())


def read(path):
    return [compact(page_text(path, page)) for page in range(page_count(path))]


def size_in_mm(path):
    return tuple(round(side / MM) for side in page_size(path, 0))


@pytest.mark.parametrize("name", PAPERS)
def test_it_is_whole_or_not_at_all(tmp_path, name):
    check, write, values = PAPERS[name]

    def stop(done: int, total: int) -> None:
        raise Cancelled

    assert check(values) == []
    with pytest.raises(TroubleError, match="文件夹不存在"):
        write(tmp_path / "none" / "x.pdf", values)
    with pytest.raises(Cancelled):
        write(tmp_path / "x.pdf", values, watch=stop)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", PAPERS)
def test_all_ink_is_on_the_paper_and_nothing_lies_upon_another(tmp_path, name):
    _, write, values = PAPERS[name]
    target = tmp_path / "x.pdf"
    write(target, values)
    width, height = size_in_mm(target)
    for page in range(page_count(target)):
        found = marks(target, page)
        assert all(5 < mark.left < mark.right < width - 5 for mark in found)
        assert all(5 < mark.top < mark.bottom < height - 5 for mark in found)
        for one, other in pairwise(found):
            beside = one.right <= other.left + 0.4 or other.right <= one.left + 0.4
            assert beside or one.bottom <= other.top + 0.4 or other.bottom <= one.top + 0.4, (one, other)


# -- 公告


def test_a_notice_fills_its_fields_and_signs(tmp_path):
    target = tmp_path / "x.pdf"
    assert notice.write_notices(target, NOTICES).pages == 1
    (said,) = read(target)
    assert compact("在三楼会议室举办“听民声 解民忧”组织部开放日活动") in said
    assert said.index("特此公告") < said.index("2026年12月10日")
    assert "{" not in said
    assert size_in_mm(target) == (210, 297)


def test_headings_of_a_notice_are_in_another_face_and_lines_hold_28_characters(tmp_path):
    target = tmp_path / "x.pdf"
    body = f"一、活动内容\n{'正文' * 40}"
    notice.write_notices(target, replace(NOTICES, head=Head.PLAIN, texts=(NoticeText("公告", body, "日"),)))
    found = [mark for mark in marks(target) if mark.text in "正文"]
    tops = sorted({round(mark.top) for mark in found})
    lines = [[mark for mark in found if abs(mark.top - top) < 3] for top in tops]
    assert [len(line) for line in lines if len(line) > 20][:2] == [26, 28]
    full = next(line for line in lines if len(line) == 28)
    assert min(mark.left for mark in full) == pytest.approx(28, abs=1.0)
    assert max(mark.right for mark in full) == pytest.approx(184, abs=1.0)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("一\n二{地址}", "公告正文第2行第2个字：没有“地址”这个字段"),
        ("在{地点举办", "没有与之配对"),
        ("名额{名额}", "开放日没有填写“名额”，公告正文会留空"),
        ("", "公告的正文是空的"),
        ("王\U000e0fff", "U+E0FFF"),
    ],
)
def test_a_notice_never_has_a_hole(tmp_path, text, told):
    values = replace(
        NOTICES, fields=FIELDS | {"名额": ""}, texts=(NoticeText("公告", text, "2026年12月10日"),)
    )
    assert any(told in fault.message for fault in notice.preflight(values))
    with pytest.raises(UserError):
        notice.write_notices(tmp_path / "x.pdf", values)
    assert list(tmp_path.iterdir()) == []


def test_paper_with_a_head_already_has_the_same_text_at_the_same_place(tmp_path):
    places = []
    for head in (Head.RED, Head.PREPRINTED):
        notice.write_notices(tmp_path / "x.pdf", replace(NOTICES, head=head))
        found = marks(tmp_path / "x.pdf")
        at = "".join(mark.text for mark in found).index("为广泛听取")
        places.append((round(found[at].left, 2), round(found[at].top, 2)))
    assert places[0] == places[1]


def test_each_text_begins_a_page_and_a_long_one_is_numbered(tmp_path):
    long = NoticeText("又一份公告", "\n".join([NOTICE_BODY] * 3), "2026年12月11日")
    notice.write_notices(tmp_path / "x.pdf", replace(NOTICES, texts=(*NOTICES.texts, long)))
    first, second, *more = read(tmp_path / "x.pdf")
    assert "又一份公告" not in first
    assert "又一份公告" in second
    assert "—1—" in second
    assert "中共肥西县委组织部2026年12月11日" in more[-1]


# -- 日程与参观路线


@pytest.mark.parametrize("size", ["A4", "A5对折"])
def test_sixty_items_and_every_stop_are_there_in_order(tmp_path, size):
    target = tmp_path / "x.pdf"
    programme.write_programme(target, replace(PROGRAMME, size=size))
    pages = read(target)
    said = "".join(pages)
    assert size_in_mm(target) == ((210, 297) if size == "A4" else (297, 210))
    assert all(said.count(f"第{place}项参观") == 1 for place in range(60))
    assert all(part in said for part in ("徐主任", "看村务公开", "看党员积分", "3.于𬱖家", UNIT, NAME))
    if size == "A4":
        assert [said.index(f"第{place}项参观") for place in range(60)] == sorted(
            said.index(f"第{place}项参观") for place in range(60)
        )
    else:
        assert page_count(target) % 2 == 0


def test_a_day_fits_four_pages_of_a_booklet_with_programme_and_route_face_to_face(tmp_path):
    target = tmp_path / "x.pdf"
    small = replace(PROGRAMME, size="A5对折", lines=LINES[:3], stops=STOPS[:1])
    assert programme.write_programme(target, small).pages == 2
    outside, inside = (marks(target, page) for page in (0, 1))
    left = "".join(mark.text for mark in inside if mark.right < A5.width)
    right = "".join(mark.text for mark in inside if mark.left > A5.width)
    assert left.startswith("日程")
    assert right.startswith("参观路线")
    assert "听民声解民忧" in "".join(mark.text for mark in outside if mark.left > A5.width)


@pytest.mark.parametrize(("count", "sides"), [(4, [(4, 1), (2, 3)]), (8, [(8, 1), (2, 7), (6, 3), (4, 5)])])
def test_folded_sheets_bring_the_pages_into_order(count, sides):
    assert imposed(count) == sides


def test_columns_that_nobody_filled_are_left_out(tmp_path):
    lines = tuple(ProgrammeLine("9:00", "签到") for _ in range(3))
    programme.write_programme(
        tmp_path / "x.pdf", replace(PROGRAMME, lines=lines, stops=(), venue="", leader="")
    )
    (said,) = read(tmp_path / "x.pdf")
    assert "内容" in said
    assert not any(word in said for word in ("地点", "负责人", "参观点", "讲解人", "带队"))


def test_a_cover_holds_the_longest_texts(tmp_path):
    long = replace(
        PROGRAMME,
        size="A5对折",
        office="部" * 60,
        theme="题" * 60,
        venue="地" * 80,
        leader="人" * 40,
        contact="联" * 80,
    )
    programme.write_programme(tmp_path / "x.pdf", long)
    said = read(tmp_path / "x.pdf")[0]
    assert [said.count(character) for character in "部题人"] == [60, 60, 41]


def test_no_programme_and_no_sites_are_told(tmp_path):
    with pytest.raises(UserError, match="还没有日程和参观点"):
        programme.write_programme(tmp_path / "x.pdf", replace(PROGRAMME, lines=(), stops=()))


# -- 明白纸


def test_each_section_has_its_page_and_text_is_no_markup(tmp_path):
    printed = leaflets.write_leaflets(tmp_path / "x.pdf", LEAFLETS)
    first, second, *_ = read(tmp_path / "x.pdf")
    assert "组织科工作明白纸" in first
    assert "<b>培训</b>428人次" in first
    assert "干部选拔怎样进行" in second
    assert printed.pages == page_count(tmp_path / "x.pdf") > 2


def test_one_file_a_section(tmp_path):
    leaflets.write_leaflets(tmp_path / "each", LEAFLETS, separate=True)
    assert sorted(path.name for path in (tmp_path / "each").iterdir()) == [
        "明白纸-干部科.pdf",
        "明白纸-组织科.pdf",
    ]


def test_a_long_theme_has_a_line_of_its_own_and_the_date_stays_whole(tmp_path):
    long = replace(LEAFLETS, theme="走进组织部·倾听您心声·共话“家门口”的组织工作")
    leaflets.write_leaflets(tmp_path / "x.pdf", long)
    found = marks(tmp_path / "x.pdf")
    text = "".join(mark.text for mark in found)
    at = text.index(long.date)
    date = found[at : at + len(long.date)]

    assert len({round(mark.bottom) for mark in date if mark.text.isdigit()}) == 1
    assert date[-1].right == pytest.approx(183, abs=1)  # 日 has a little white at its right


@pytest.mark.parametrize(
    ("pages", "told"),
    [
        ((), "还没有明白纸"),
        ((LeafletPage("组织科", "标题", " \n"),), "组织科的明白纸没有正文"),
        ((LeafletPage("组织科", "王\U000e0fff", "文"),), "组织科的明白纸里的"),
    ],
)
def test_what_a_leaflet_lacks_is_told(pages, told):
    assert told in leaflets.preflight(replace(LEAFLETS, pages=pages))[0].message


# -- 联系档案卡


def test_a_card_says_everything_and_goes_on_overleaf(tmp_path):
    target = tmp_path / "x.pdf"
    printed = contact_cards.write_cards(target, CARDS)
    pages = read(target)
    assert size_in_mm(target) == (148, 210)
    long = "".join(pages[:-2])
    assert all(f"邀〔2026〕{at}号" in long for at in range(1, 26))
    assert long.count("谈") == 120
    assert NAME in pages[0]
    assert f"第{len(pages) - 2}页，共{len(pages) - 2}页" in pages[-3]
    assert "李明" in pages[-2]
    assert "于𬱖" in pages[-1]
    assert printed.pages == len(pages)


def test_cards_on_a4_lie_side_by_side_clear_of_the_cut(tmp_path):
    target = tmp_path / "x.pdf"
    cards = tuple(ContactCard(f"曾{digit}") for digit in "一二三")
    assert contact_cards.write_cards(target, replace(CARDS, size="A4对裁", cards=cards)).pages == 2
    first = marks(target, 0)
    for name, low, high in (("一", 0, 148.5), ("二", 148.5, 297)):
        (mark,) = [mark for mark in first if mark.text == name]
        assert low < mark.left < mark.right < high
    assert not [mark for mark in first if mark.left < 148.5 + LEAF.left - 1 and mark.right > 148.5 - 5]
    assert "曾三" in read(target)[1]


def test_a_card_of_one_person_is_a_file_named_after_them(tmp_path):
    printed = contact_cards.write_cards(tmp_path / "each", replace(CARDS, size="A4对裁"), separate=True)
    names = sorted(path.name for path in (tmp_path / "each").iterdir())
    assert names == sorted(f"联系档案卡-{card.name}.pdf" for card in CARDS.cards)
    assert sum(page_count(tmp_path / "each" / name) for name in names) == printed.pages


def test_a_character_no_font_draws_is_named_or_left_for_the_pen(tmp_path):
    values = replace(CARDS, cards=(ContactCard("王\U000e0fff", record=b"r"),))
    (fault,) = contact_cards.preflight(values)
    assert (fault.person, fault.character, fault.record) == ("王\U000e0fff", "\U000e0fff", b"r")
    with by_hand():
        contact_cards.write_cards(tmp_path / "x.pdf", values)
    assert page_count(tmp_path / "x.pdf") == 1


hostile = st.text(st.characters(codec="utf-8", categories=["L", "P", "S", "Z", "Cc"]), max_size=60)


@settings(max_examples=25, deadline=None)
@given(one=hostile, other=hostile)
@pytest.mark.parametrize("name", PAPERS)
def test_whatever_is_typed_is_printed_or_told(tmp_path_factory, name, one, other):
    check, write, _ = PAPERS[name]
    values = {
        "notice": replace(NOTICES, texts=(NoticeText(one, other, "日"),)),
        "programme": replace(PROGRAMME, theme=one, lines=(ProgrammeLine(one, other, one),), stops=(RouteStop(one, other),)),
        "leaflets": replace(LEAFLETS, theme=one, pages=(LeafletPage(one, one, other),)),
        "cards": replace(CARDS, cards=(ContactCard(one, note=other, contacts=(PastContact(one, one, other),)),)),
    }  # fmt: skip
    values["booklet"] = replace(values["programme"], size="A5对折")
    values["cards on halves"] = replace(values["cards"], size="A4对裁")
    target = tmp_path_factory.mktemp("x") / "x.pdf"
    if not check(values[name]):
        write(target, values[name])
        assert page_count(target) >= 1
