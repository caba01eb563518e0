"""The pack of a day: one order on all its papers, no number twice, and what was printed printed again exactly."""

from __future__ import annotations

import datetime
import re
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.documents.preview import page_count, page_text
from desktop.errors import UserError
from desktop.records.forms import Form, FormIssue
from desktop.records.invitations import Invitation
from desktop.records.leaflets import Leaflet
from desktop.records.listing import Query
from desktop.records.open_days import LetterWording, OpenDay, ProgrammeItem
from desktop.records.pack import PaperOptions, PeopleOrder, Postcode
from desktop.records.papers import PreflightFault
from desktop.records.register import PrintedContent, PrintJob, RegisterEntry, told_numbers
from desktop.records.representatives import Identity, Representative
from desktop.records.staff import NameOrder
from desktop.services.orders import Order, PreflightError
from desktop.services.papers import DAY_PAPERS, Whom
from desktop.services.print_log import order_of
from desktop.services.printed_content import packed, unpacked
from desktop.services.stroke_order import stroke_key

NAMES = ["曾国强", "李娜", "王伟", "欧阳重庆", "于𬱖", "㛃燚", "丁玥", "阿依古丽·买买提", "高大富", "高富"]
PACK = ("invitation-letters", "envelopes", "place-cards")


@pytest.fixture
def day(desk):
    made = OpenDay(theme="走进组织部", held_on=datetime.date(2026, 9, 29), venue="三楼会议室")
    desk.books.save(made)
    return made


def person(name, **fields):
    return Representative(
        **{"full_name": name, "unit": "上派镇", "address": "肥西县上派镇", "postcode": "231200"} | fields
    )


@pytest.fixture
def people(desk):
    made = [person(NAMES[place % 10] + "甲乙丙"[place // 10] * (place >= 10)) for place in range(30)]
    for one in made:
        desk.books.save(one)
    return made


@pytest.fixture
def invited(desk, day, people):
    return desk.inviting.invite(day, people)


def pages(path):
    return [page_text(path, page) for page in range(page_count(path))]


def compact(text):
    return "".join(text.split())


def names_on(path, names):
    """Whom each page is for: the longest of the names it says."""
    found = []
    for page in pages(path):
        said = compact(page)
        known = [name for name in names if name in said]
        if known:
            name = max(known, key=len)
            if not found or found[-1] != name:
                found.append(name)
    return found


def test_letters_envelopes_and_cards_come_in_one_order_and_reprinting_takes_no_number(
    desk, day, people, tmp_path
):
    """Thirty of each: consecutive numbers, 90 items in the log; no. 17 again is no. 17."""
    outcomes = {}
    for document in PACK:
        target = tmp_path / f"{document}.pdf"
        outcomes[document] = desk.press.print(Order(document, target, day, people=Query(Representative)))

    numbers = [f"邀〔2026〕{number}号" for number in range(1, 31)]
    assert [outcome.register for outcome in outcomes.values()] == [tuple(numbers)] * 3
    names = [row.representative.full_name for row in desk.inviting.active(day)]
    assert names_on(tmp_path / "envelopes.pdf", names) == names
    assert names_on(tmp_path / "place-cards.pdf", names) == names
    assert names_on(tmp_path / "invitation-letters.pdf", names) == names
    assert sum(job.items for job in PrintJob.select()) == 90

    seventeenth = desk.inviting.active(day)[16]
    again = desk.press.print(
        Order("invitation-letters", tmp_path / "17.pdf", day, invitations=(seventeenth.id,))
    )
    assert again.register == ("邀〔2026〕17号",)
    assert RegisterEntry.select().where(RegisterEntry.series == "邀请函").count() == 30


@pytest.mark.parametrize("document", PACK)
def test_the_order_asked_for_is_that_of_the_paper(desk, day, invited, tmp_path, document):
    for place, row in enumerate(invited):
        row.seat = f"{place % 3 + 1}排{30 - place}座"
        desk.books.save(row)
    target = tmp_path / "x.pdf"
    names = [row.representative.full_name for row in invited]

    desk.press.print(Order(document, target, day, arranged=PeopleOrder.STROKES))
    strokes = sorted(names, key=lambda name: stroke_key(name, NameOrder.SHORT_FIRST))
    assert names_on(target, names) == strokes

    desk.press.print(Order(document, target, day, arranged=PeopleOrder.SEAT))
    by_seat = sorted(invited, key=lambda row: tuple(map(int, re.findall(r"\d+", row.seat))))
    assert names_on(target, names) == [row.representative.full_name for row in by_seat]


def test_who_has_no_seat_comes_last(desk, day, invited, tmp_path):
    invited[4].seat = "2排10座"
    invited[7].seat = "2排9座"
    for row in (invited[4], invited[7]):
        desk.books.save(row)
    outcome = desk.press.print(Order("place-cards", tmp_path / "x.pdf", day, arranged=PeopleOrder.SEAT))
    assert outcome.register[:3] == (invited[7].number, invited[4].number, invited[0].number)


def test_only_whom_a_paper_was_never_printed_for(desk, day, invited, tmp_path):
    chosen = tuple(row.id for row in invited[3:5])
    desk.press.print(Order("envelopes", tmp_path / "a.pdf", day, invitations=chosen))
    assert desk.press.printed(day) == {"envelopes": set(chosen)}

    rest = desk.press.print(Order("envelopes", tmp_path / "b.pdf", day, unprinted=True))
    assert rest.pages == 28
    assert not {row.number for row in invited[3:5]} & set(rest.register)
    assert len(desk.press.printed(day)["envelopes"]) == 30
    with pytest.raises(UserError, match="没有要印的邀请"):
        desk.press.print(Order("envelopes", tmp_path / "c.pdf", day, unprinted=True))


def test_a_draft_is_no_print(desk, day, invited, tmp_path):
    desk.press.print(Order("envelopes", tmp_path / "a.pdf", day, draft=True))
    assert PrintJob.select().count() == 0
    assert desk.press.printed(day) == {}


def test_a_look_shows_the_first_of_each_but_a_whole_list(desk, day, invited, tmp_path):
    for document, people in (("place-cards", 4), ("sign-in-sheet", 30)):
        target = tmp_path / f"{document}.pdf"
        desk.press.print(Order(document, target, day, draft=True, first=4, arranged=PeopleOrder.STROKES))
        said = compact("".join(pages(target)))
        names = sorted(
            (row.representative.full_name for row in invited),
            key=lambda name: stroke_key(name, NameOrder.SHORT_FIRST),
        )
        assert all(name in said for name in names[:people])
        assert (names[-1] in said) == (people == 30)


def again(desk, job, target, **asked):
    return desk.press.print_again(job, order_of(job, target), **asked)


def test_exactly_this_again(desk, day, invited, tmp_path):
    options = PaperOptions(size="c5", postcode=Postcode.BOXES)
    some = tuple(row.id for row in (invited[8], invited[2], invited[5]))
    order = Order(
        "envelopes", tmp_path / "a.pdf", day, invitations=some, options=options, arranged=PeopleOrder.STROKES
    )
    first = desk.press.print(order)
    job = PrintJob.get()

    moved = invited[2].representative
    moved.address = "肥西县桃花镇"
    desk.books.save(moved)
    desk.inviting.do(invited[5], "void", {"reason": "本人来电不能参加"})
    second = again(desk, job, tmp_path / "b.pdf")
    assert sorted(second.register) == sorted(first.register)
    assert second.told() == f"，其中 {invited[5].number} 已作废"
    assert pages(tmp_path / "a.pdf") == pages(tmp_path / "b.pdf")
    assert {(row.content, row.keys, row.items) for row in PrintJob.select()} == {(job.content, job.keys, 3)}
    assert PrintedContent.select().count() == 1

    again(desk, job, tmp_path / "c.pdf", changed=True)
    assert any("桃花镇" in page for page in pages(tmp_path / "c.pdf"))
    assert len(pages(tmp_path / "c.pdf")) == 2


def test_a_letter_is_printed_again_after_day_person_and_wording_changed(desk, day, invited, tmp_path):
    desk.press.print(Order("invitation-letters", tmp_path / "a.pdf", day, invitations=(invited[0].id,)))
    job = PrintJob.get()
    person = invited[0].representative
    person.full_name, person.mobile, day.venue = "曾国强（改）", "13900008000", "别处"
    for record in (person, day):
        desk.books.save(record)
    desk.books.save(LetterWording(name="新文稿", title="请柬", body="改了。"))
    desk.books.remove(person, "调离")
    given = RegisterEntry.select().count()
    outcome = again(desk, job, tmp_path / "b.pdf")
    assert pages(tmp_path / "a.pdf") == pages(tmp_path / "b.pdf")
    assert outcome.numbers == ("邀〔2026〕1号",)
    assert RegisterEntry.select().count() == given


@pytest.mark.parametrize("paper", DAY_PAPERS, ids=lambda paper: paper.name)
def test_what_is_drawn_is_kept_whole(desk, day, invited, paper):
    desk.books.save(Leaflet(section="组织科", text="发展党员。"))
    order = Order(paper.name, Path("x.pdf"), day, form=Form.select().first(), copies=3, draft=True)
    values = paper.gather(desk.press._plan(paper, order))
    if paper.whom is Whom.COPIES:
        values = replace(values, serials=tuple(values.serials))
    assert unpacked(type(values), packed(values)[1]) == values


@pytest.mark.parametrize(("field", "text"), [("body", "请到{地址}"), ("slip", "{手机"), ("title", "{主提}")])
def test_a_wording_with_a_field_nobody_knows_is_not_kept(desk, field, text):
    sound = {"name": "新文稿", "title": "请柬", "body": "请到{地点}。"}
    with pytest.raises(UserError, match="邀请函文稿的") as refused:
        desk.books.save(LetterWording(**sound | {field: text}))
    assert refused.value.field == field


def test_what_is_kept_of_a_hundred_letters_is_small(desk, day, tmp_path):
    people = [person(f"{NAMES[place % 10]}{place}", unit=f"第{place}村") for place in range(100)]
    for one in people:
        desk.books.save(one)
    desk.inviting.invite(day, people)
    desk.press.print(Order("invitation-letters", tmp_path / "a.pdf", day))
    assert len(PrintedContent.get().packed) < 8_000


def test_a_print_of_another_version_of_the_program_is_refused_in_words(desk, day, invited, tmp_path):
    desk.press.print(Order("envelopes", tmp_path / "a.pdf", day))
    PrintedContent.update(packed=zlib.compress(b'{"was": "otherwise"}')).execute()
    with pytest.raises(UserError, match="别的版本"):
        again(desk, PrintJob.get(), tmp_path / "b.pdf")


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ([f"邀〔2026〕{number}号" for number in range(30, 0, -1) if number != 17], "邀〔2026〕1—16、18—30号"),
        (["邀〔2026〕17号"], "邀〔2026〕17号"),
        (["邀〔2027〕1号", "邀〔2026〕9号"], "邀〔2026〕9号、邀〔2027〕1号"),
        (["3", "1", "2", "7"], "1—3、7"),
        (map(str, range(1, 61, 2)), "1、3、5、7、9、11、13、15、17、19、21、23等 30 段"),
        ([], ""),
    ],
)
def test_numbers_are_told_as_true_ranges(numbers, told):
    assert told_numbers(numbers) == told


def test_the_sheets_of_a_form_again_keep_their_serials(desk, day, tmp_path):
    form = Form.select().first()
    first = desk.press.print(Order("feedback-forms", tmp_path / "a.pdf", day, form=form, copies=3))
    form.title = "另一张表"
    desk.books.save(form)
    assert again(desk, PrintJob.get(), tmp_path / "b.pdf").register == first.register == ("1", "2", "3")
    assert pages(tmp_path / "a.pdf") == pages(tmp_path / "b.pdf")
    assert FormIssue.select().count() == 1


def test_no_paper_of_the_hall_names_a_restricted_tag(desk, day, people, tmp_path):
    people[0].restricted, people[0].note, people[0].mobile = "信访户", "内部情况", "13900001111"
    desk.books.save(people[0])
    desk.books.save(Identity(representative=people[0], sort="群众代表"))
    desk.inviting.invite(day, people[:3])
    for paper in DAY_PAPERS:
        if paper.whom in (Whom.EACH, Whom.LIST):
            target = tmp_path / f"{paper.name}.pdf"
            desk.press.print(Order(paper.name, target, day))
            said = compact("".join(pages(target)))
            assert "曾国强" in said
            assert not any(word in said for word in ("信访", "内部情况", "13900001111"))


def test_without_an_address_nothing_is_printed_and_the_person_is_named(desk, day, invited, tmp_path):
    nowhere = invited[5].representative
    nowhere.address = ""
    desk.books.save(nowhere)
    with pytest.raises(PreflightError, match=r"㛃燚.*通信地址") as told:
        desk.press.print(Order("envelopes", tmp_path / "a.pdf", day))
    assert [fault.person for fault in told.value.faults] == ["㛃燚"]
    assert str(told.value).count("㛃燚") == 1
    assert list(tmp_path.glob("*.pdf")) == []
    assert PrintJob.select().count() == 0

    by_hand = desk.books.get(Invitation, invited[5].id)
    by_hand.delivery = "送达"
    desk.books.save(by_hand)
    assert desk.press.print(Order("envelopes", tmp_path / "a.pdf", day)).pages == 30


def test_everybody_without_an_address_is_named_and_the_reason_told_once(desk, day, invited, tmp_path):
    for row in invited[:20]:
        row.representative.address = ""
        desk.books.save(row.representative)
    with pytest.raises(PreflightError) as told:
        desk.press.print(Order("envelopes", tmp_path / "a.pdf", day))
    words = told.value.message
    assert words.count("没有填写通信地址") == 1
    assert all(row.representative.full_name in words for row in invited[:20])
    assert "等" not in words
    many = PreflightError([PreflightFault("王伟", "", f"王伟的第{place}处") for place in range(70)])
    assert many.message.count("王伟") == 50
    assert many.message.endswith("；等 70 处")


def test_one_file_a_person_with_a_name_that_says_whose(desk, day, invited, tmp_path):
    outcome = desk.press.print(Order("place-cards", tmp_path / "cards", day, separate=True))
    assert len(outcome.files) == 30
    names = [path.name for path in map(Path, outcome.files)]
    assert names == sorted(path.name for path in (tmp_path / "cards").iterdir())
    assert names[0] == f"席卡-邀〔2026〕01号-{invited[0].representative.full_name}.pdf"


def test_a_size_nobody_sells_is_refused(desk, day, invited, tmp_path):
    with pytest.raises(UserError, match="可用：DL、B6、ZL、C5、C4"):
        desk.press.print(Order("envelopes", tmp_path / "a.pdf", day, options=PaperOptions(size="A4")))


def test_blank_rows_are_for_who_comes_unannounced(desk, day, invited, tmp_path):
    target = tmp_path / "a.pdf"
    for blank, last in ((0, 30), (12, 42)):
        desk.press.print(Order("sign-in-sheet", target, day, options=PaperOptions(blank_rows=blank)))
        said = "\n".join(pages(target))
        assert max(int(number) for number in re.findall(r"(?m)^\s*(\d{1,3})\b(?!年)", said)) == last
    with pytest.raises(UserError, match="空行"):
        desk.press.print(Order("sign-in-sheet", target, day, options=PaperOptions(blank_rows=-1)))


def test_every_paper_can_be_looked_at_before(desk, day, invited, tmp_path):
    desk.books.save(ProgrammeItem(open_day=day, item="签到"))
    desk.books.save(Leaflet(section="组织科", text="发展党员"))
    for paper in DAY_PAPERS:
        if paper.whom is not Whom.COPIES:
            assert desk.press.preflight(Order(paper.name, tmp_path / "x.pdf", day)) == []
