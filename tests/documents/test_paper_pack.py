"""Envelopes, labels, cards and badges: what they say, and where on the paper it stands (mm)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.documents import address_labels, envelopes, name_badges, place_cards
from desktop.documents.fitting import name_line
from desktop.documents.preview import page_count, page_image, page_size, page_text
from desktop.documents.roles import Role
from desktop.errors import Cancelled, TroubleError, UserError
from desktop.records.pack import (
    BADGES,
    CARDS,
    ENVELOPES,
    LABELS,
    AddressLabels,
    Envelopes,
    Guest,
    NameBadges,
    PlaceCards,
    Postcode,
)
from tests.documents.letter_samples import marks

MM = 72 / 25.4
UNIT = "安徽省合肥市肥西县经济开发区管理委员会社会事业发展局党政综合办公室信访接待中心一科"
GUESTS = (
    Guest("李明", "同志", "县农业农村局", "科员", "机关干部", "邀1号", "肥西县上派镇人民路12号", "231200"),
    Guest("曾国强", "同志", "店埠镇光大社区党委", "党委书记", "党代表", "邀2号", "肥东县店埠镇", "231600"),
    Guest("欧阳重庆", "教授", "合肥工业大学", "教授", "", "邀3号", "合肥市屯溪路193号", "230009"),
    Guest("阿依古丽·买买提", "女士", "紫蓬山管委会", "", "", "邀4号", "肥西县紫蓬山", "231200"),
    Guest("嘉木样·洛桑久美·图丹却吉尼玛", "先生", UNIT, "副主任", "", "邀5号", f"三河路1号{UNIT}", "231200"),
    Guest("于𬱖", "同志", "桃花镇", "大学生村官", "", "邀6号", "肥西县桃花镇", "231200"),
    Guest("㛃燚", "同志", "<b>桃花镇</b>", "=1+1", "", "邀7号", "A&B<C{姓名}\\)(", "231200"),
    Guest("张玥", "同志", "桃花镇", "", "", "邀8号", "", "", is_posted=False),
)


@dataclass(frozen=True)
class Sort:
    """One of the four papers: what makes it of guests, its check, its writer."""

    of: Callable[..., object]
    check: Callable[..., list]
    write: Callable[..., object]


def envelope_values(guests, size="DL", postcode=Postcode.LINE):
    return Envelopes(size, tuple(guests), "中共肥西县委组织部", "肥西县上派镇人民中路1号", "231299", postcode)


def label_values(guests, size="3×8", start=1):
    return AddressLabels(size, tuple(guests), start)


def card_values(guests, size="200×100"):
    return PlaceCards(size, tuple(guests))


def badge_values(guests, size="10张"):
    return NameBadges(size, tuple(guests), "中共肥西县委组织部", "走进组织部", "2026年9月29日")


SORTS = {
    "envelopes": Sort(envelope_values, envelopes.preflight, envelopes.write_envelopes),
    "labels": Sort(label_values, address_labels.preflight, address_labels.write_labels),
    "cards": Sort(card_values, place_cards.preflight, place_cards.write_cards),
    "badges": Sort(badge_values, name_badges.preflight, name_badges.write_badges),
}
SIZES = [
    *(("envelopes", size) for size in ENVELOPES),
    *(("labels", size) for size in LABELS),
    *(("cards", size) for size in CARDS),
    *(("badges", size) for size in BADGES),
]


def compact(text):
    return "".join(text.split())


def read(path):
    return [compact(page_text(path, page)) for page in range(page_count(path))]


def size_in_mm(path):
    return tuple(round(side / MM, 1) for side in page_size(path, 0))


@pytest.mark.parametrize(("name", "size"), SIZES)
def test_every_name_reads_back_on_every_size(tmp_path, name, size):
    sort, target = SORTS[name], tmp_path / "x.pdf"
    sort.write(target, sort.of(GUESTS, size=size))

    said = read(target)
    for place, guest in enumerate(GUESTS):
        here = said[place] if name in ("envelopes", "cards") else "".join(said)
        assert here.count(guest.name) >= (2 if name == "cards" else 1)
        if name in ("envelopes", "labels") and guest.is_posted:
            assert compact(guest.address) in here
        if name == "badges":
            assert compact(guest.unit) in here


@pytest.mark.parametrize("name", SORTS)
def test_a_name_no_font_draws_stops_the_paper_and_is_named(tmp_path, name):
    sort = SORTS[name]
    values = sort.of([*GUESTS, replace(GUESTS[0], name="王\U000e0fff")])
    fault = sort.check(values)[0]

    assert (fault.person, fault.character) == ("王\U000e0fff", "\U000e0fff")
    assert "U+E0FFF" in fault.message
    with pytest.raises(UserError, match=r"U\+E0FFF"):
        sort.write(tmp_path / "x.pdf", values)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", SORTS)
def test_nobody_and_nowhere_and_stopping(tmp_path, name):
    sort = SORTS[name]

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(UserError, match="请先选择"):
        sort.write(tmp_path / "x.pdf", sort.of([]))
    with pytest.raises(TroubleError, match="文件夹不存在"):
        sort.write(tmp_path / "none" / "x.pdf", sort.of(GUESTS))
    with pytest.raises(Cancelled):
        sort.write(tmp_path / "x.pdf", sort.of(GUESTS), watch=stop)
    assert list(tmp_path.iterdir()) == []


hostile = st.text(st.characters(codec="utf-8", categories=["L", "P", "S", "Z", "Cc"]), max_size=40)


@settings(max_examples=25, deadline=None)
@given(name=hostile, unit=hostile, address=hostile)
@pytest.mark.parametrize("sort", SORTS)
def test_whatever_is_typed_is_printed_or_told(tmp_path_factory, sort, name, unit, address):
    made = SORTS[sort]
    values = made.of([Guest(name, "同志", unit, "", "", "1", address, "231200")])
    target = tmp_path_factory.mktemp("x") / "x.pdf"
    if not made.check(values):
        made.write(target, values)
        assert page_count(target) == 1


@pytest.mark.parametrize("name", SORTS)
def test_two_hundred_characters_are_told(name):
    sort = SORTS[name]
    faults = sort.check(sort.of([replace(GUESTS[0], name="长" * 200, unit="位" * 200, address="址" * 200)]))
    assert any("排不下" in fault.message for fault in faults)


# -- envelopes


@pytest.mark.parametrize("size", ENVELOPES)
@pytest.mark.parametrize("postcode", Postcode)
def test_the_zones_of_an_envelope_stay_empty(tmp_path, size, postcode):
    """From the left 90 × 26 mm only boxes and digits; right 55–160 mm, bottom 20 mm nothing; the stamp's place."""
    width, height = ENVELOPES[size]
    target = tmp_path / "x.pdf"
    posted = [guest for guest in GUESTS if guest.is_posted]
    envelopes.write_envelopes(target, envelope_values(posted, size, postcode))

    assert size_in_mm(target) == (width, height)
    for page in range(len(posted)):
        image = page_image(target, page, scale=2.0)

        def ink(left, top, right, bottom, image=image):
            dots = 2 * MM
            rows = range(round(top * dots), round(bottom * dots))
            return sum(
                image.pixels[4 * (row * image.width + across)] < 200
                for row in rows
                for across in range(round(left * dots), min(round(right * dots), image.width))
            )

        assert ink(width - 160, height - 20, width - 55, height) == 0
        assert ink(width - 50, 0, width, 30) == 0
        if postcode is Postcode.LINE:
            assert ink(0, 0, 90, 26) == 0
        else:
            assert ink(0, 0, 90, 26) > 0
            assert ink(0, 0, 11.5, 26) == ink(69.5, 0, 90, 26) == ink(0, 19.5, 90, 26) == 0
        if page > 2:
            break


def test_digits_stand_in_the_middle_of_their_boxes(tmp_path):
    target = tmp_path / "x.pdf"
    envelopes.write_envelopes(target, envelope_values(GUESTS[:1], "DL", Postcode.BOXES))
    digits = [mark for mark in marks(target) if mark.text.isdigit() and mark.top < 26]

    assert "".join(mark.text for mark in digits) == "231200"
    for place, mark in enumerate(digits):
        middle = envelopes.BOX_LEFT + place * envelopes.BOX_PITCH + envelopes.BOX_WIDTH / 2
        assert (mark.left + mark.right) / 2 == pytest.approx(middle, abs=0.8)
        assert (mark.top + mark.bottom) / 2 == pytest.approx(
            envelopes.BOX_TOP + envelopes.BOX_HEIGHT / 2, abs=0.8
        )


@pytest.mark.parametrize("size", ENVELOPES)
def test_the_sender_keeps_his_distance_from_a_long_address(tmp_path, size):
    target = tmp_path / "x.pdf"
    long = replace(GUESTS[4], address="安徽省合肥市肥西县上派镇人民中路128号县行政中心综合服务大楼西附楼3层")
    envelopes.write_envelopes(target, envelope_values([long], size))
    found = marks(target)
    text = "".join(mark.text for mark in found)
    begin, end = text.index("肥西县上派镇人民中路1号中共"), text.index("邮政编码231299")
    address = [mark for at, mark in enumerate(found) if not begin <= at < end + 10]

    assert text.count(compact(UNIT)) == 1
    assert min(mark.top for mark in found[begin:end]) - max(mark.bottom for mark in address) >= 6


def test_the_name_stands_in_the_middle_and_is_the_largest(tmp_path):
    target = tmp_path / "x.pdf"
    envelopes.write_envelopes(target, envelope_values(GUESTS[1:2]))
    found = marks(target)
    text = "".join(mark.text for mark in found)
    at = text.index("曾国强")
    line = found[at : text.index("收", at) + 1]

    assert (line[0].left + line[-1].right) / 2 == pytest.approx(110, abs=2)
    assert max(found, key=lambda mark: mark.bottom - mark.top).text in "曾国强"


def test_what_an_envelope_lacks_is_told():
    lacking = (
        replace(GUESTS[0], address=""),
        replace(GUESTS[1], postcode="23120"),
        replace(GUESTS[2], postcode=""),
    )
    told = {fault.person: fault.message for fault in envelopes.preflight(envelope_values(lacking))}
    assert set(told) == {"李明", "曾国强"}
    assert "通信地址" in told["李明"]
    assert "23120" in told["曾国强"]
    boxed = envelopes.preflight(envelope_values(lacking, postcode=Postcode.BOXES))
    assert [fault.person for fault in boxed] == ["李明", "曾国强", "欧阳重庆"]


def test_an_address_that_ends_with_the_unit_says_it_once(tmp_path):
    target = tmp_path / "x.pdf"
    envelopes.write_envelopes(
        target, envelope_values([replace(GUESTS[0], unit="桃花镇", address="肥西县桃花镇")])
    )
    assert read(target)[0].count("桃花镇") == 1


# -- labels and badges


@pytest.mark.parametrize("size", LABELS)
def test_labels_begin_at_the_first_free_one(tmp_path, size):
    grid, target = LABELS[size], tmp_path / "x.pdf"
    people = [replace(GUESTS[1], name=f"曾{digit}") for digit in "一二三四五六七八九十"]
    address_labels.write_labels(target, label_values(people, size, start=grid.count - 3))

    assert size_in_mm(target) == (210, 297)
    assert page_count(target) == 2
    for place, mark in enumerate(mark for mark in marks(target) if mark.text == "曾"):
        left, top = grid.corner(grid.count - 4 + place)
        assert left < mark.left < mark.right < left + grid.width
        assert top < mark.top < mark.bottom < top + grid.height
    assert "曾五" in read(target)[1]


@pytest.mark.parametrize("size", LABELS)
@pytest.mark.parametrize("address", ["", "安徽省合肥市肥西县上派镇人民中路128号县行政中心3号楼"])
def test_a_label_with_a_unit_of_forty_characters_can_be_read(size, address):
    for guest in (GUESTS[1], GUESTS[4]):
        block = address_labels.labelled(
            replace(guest, unit=UNIT, address=address or guest.address), LABELS[size]
        )
        assert block is not None
        assert min(spot.line.size for spot in block.spots) > 8.5


@pytest.mark.parametrize("start", [0, 25, -1])
def test_a_label_that_is_not_on_the_sheet_is_refused(start):
    (fault,) = address_labels.preflight(label_values(GUESTS, start=start))
    assert "1 到 24" in fault.message


@pytest.mark.parametrize(("name", "grids"), [("labels", LABELS), ("badges", BADGES)])
def test_nothing_leaves_its_field(tmp_path, name, grids):
    for size, grid in grids.items():
        target = tmp_path / f"{size}.pdf"
        SORTS[name].write(target, SORTS[name].of(GUESTS, size=size))
        for mark in marks(target):
            inside = [
                place
                for place in range(grid.count)
                if grid.corner(place)[0] <= mark.left <= mark.right <= grid.corner(place)[0] + grid.width
                and grid.corner(place)[1] <= mark.top <= mark.bottom <= grid.corner(place)[1] + grid.height
            ]
            assert len(inside) == 1, mark


def test_the_fields_of_a_sheet_lie_on_the_sheet():
    for grid in (*LABELS.values(), *BADGES.values()):
        left, top = grid.corner(grid.count - 1)
        assert left + grid.width <= 210.01
        assert top + grid.height <= 297.01


# -- place cards


@pytest.mark.parametrize("size", CARDS)
def test_a_card_has_its_name_on_both_sides_one_upside_down(tmp_path, size):
    fold, target = CARDS[size], tmp_path / "x.pdf"
    place_cards.write_cards(target, card_values(GUESTS[1:2], size))

    assert size_in_mm(target) == fold.page
    back, front = marks(target)[:3], marks(target)[3:6]
    assert [mark.text for mark in back] == [mark.text for mark in front] == list("曾国强")
    edge = fold.top + fold.height
    for one, other in zip(back, front, strict=True):
        assert one.left + one.right == pytest.approx(2 * fold.page[0] - other.left - other.right, abs=0.5)
        assert edge - one.bottom == pytest.approx(other.top - edge, abs=0.5)
        assert other.top > edge
        assert other.bottom < edge + fold.height
    middle = (front[0].left + front[-1].right) / 2
    assert middle == pytest.approx(fold.page[0] / 2, abs=2.5)


def test_names_of_two_to_four_share_a_size_and_longer_ones_keep_to_the_card():
    sizes = {name: place_cards.set_name(name, 200, 100) for name in ("李明", "曾国强", "欧阳重庆")}
    assert len({lines[0].size for lines in sizes.values()}) == 1
    for guest in GUESTS:
        lines = place_cards.set_name(guest.name, 200, 100)
        assert max(line.width for line in lines) / MM <= 200 * 0.9
        assert len(lines) * lines[0].size / MM <= 80
    assert [line.text for line in place_cards.set_name(GUESTS[4].name, 200, 100)] == [
        "嘉木样·洛桑久美·",
        "图丹却吉尼玛",
    ]


def test_two_characters_are_as_wide_as_three_and_read_without_a_blank(tmp_path):
    two, three = (name_line(name, Role.KAI, 24).width for name in ("李明", "曾国强"))
    assert two == pytest.approx(three)
    target = tmp_path / "x.pdf"
    place_cards.write_cards(target, card_values(GUESTS[:1]))
    document = pypdfium2.PdfDocument(target)
    assert "李明" in document[0].get_textpage().get_text_range()
    document.close()


def test_one_file_a_person(tmp_path):
    printed = place_cards.write_cards(tmp_path / "each", card_values(GUESTS[:2] + GUESTS[:1]), separate=True)
    assert sorted(path.name for path in (tmp_path / "each").iterdir()) == [
        "席卡-邀1号-李明(3).pdf",
        "席卡-邀1号-李明.pdf",
        "席卡-邀2号-曾国强.pdf",
    ]
    assert printed.pages == 3
