"""The papers of the day itself and the cards for the files: what they are made of, and whom they never touch."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from desktop.documents.preview import page_count, page_text
from desktop.errors import UserError
from desktop.records.forms import Form
from desktop.records.invitations import Attendance, Invitation, Reply
from desktop.records.leaflets import Leaflet
from desktop.records.listing import Query
from desktop.records.notices import Notice
from desktop.records.open_days import OpenDay, ProgrammeItem, Site
from desktop.records.pack import PaperOptions, PeopleOrder
from desktop.records.register import PrintJob
from desktop.records.representatives import Contact, Identity, Representative
from desktop.services import contact_files
from desktop.services.orders import Order, PreflightError
from desktop.services.papers import DAY_PAPERS, Whom
from desktop.services.print_log import order_of

TAG = "信访老户"
MOBILE = "13905518000"


@pytest.fixture
def day(desk):
    made = OpenDay(theme="走进组织部", held_on=datetime.date(2026, 9, 29), venue="三楼会议室", capacity=60)
    desk.books.save(made)
    for row in (
        ProgrammeItem(open_day=made, item="签到", time="9:00", host="王丽娟"),
        Site(open_day=made, name="上派镇党群服务中心", note="看村务公开"),
        Leaflet(section="组织科", text="发展党员。"),
    ):
        desk.books.save(row)
    return made


@pytest.fixture
def person(desk):
    made = Representative(
        full_name="曾国强", sex="男", born_on="1966-08", mobile=MOBILE, unit="上派镇", restricted=TAG,
        address="肥西县上派镇", postcode="231200", note=f"{TAG}；发言稳重",
    )  # fmt: skip
    desk.books.save(made)
    for row in (
        Identity(representative=made, sort="党代表", level="市级", since=datetime.date(2021, 9, 1)),
        Identity(representative=made, sort="基层党员", electing_unit="上派镇党委"),
        Contact(representative=made, on=datetime.date(2026, 9, 21), way="电话", text="确认参加。"),
    ):
        desk.books.save(row)
    return made


def said(path):
    return "".join("".join(page_text(path, page).split()) for page in range(page_count(path)))


def printed(desk, document, path, **order):
    desk.press.print(Order(document, path, **order))
    return said(path)


@pytest.mark.parametrize("paper", [paper for paper in DAY_PAPERS if paper.whom is not Whom.COPIES])
def test_a_restricted_tag_is_on_no_paper(desk, day, person, tmp_path, paper):
    desk.inviting.invite(day, [person])
    everything = PaperOptions(full_numbers=True)
    text = printed(desk, paper.name, tmp_path / "x.pdf", open_day=day, options=everything)
    assert TAG not in text
    assert "信访" not in text
    assert (MOBILE in text) is (paper.name == "contact-cards")


def test_a_card_says_who_it_is_and_every_day_they_were_asked_to(desk, day, person, tmp_path):
    (invitation,) = desk.inviting.invite(day, [person])
    invitation.reply, invitation.attendance = Reply.COMING, Attendance.PRESENT
    desk.books.save(invitation)
    other = OpenDay(theme="听民声", held_on=datetime.date(2026, 5, 9))
    desk.books.save(other)
    (void,) = desk.inviting.invite(other, [person])
    desk.books.do(void, "void", {"reason": "改期"})

    text = printed(desk, "contact-cards", tmp_path / "x.pdf", open_day=day)
    for part in (
        "市级党代表",
        "基层党员",
        "上派镇党委",
        "2021.9起",
        "1966年8月",
        "139****8000",
        "发言稳重",
        "确认参加。",
    ):
        assert part in text
    assert "2026-09-29走进组织部邀〔2026〕1号参加出席" in text
    assert text.index("2026-05-09听民声邀〔2026〕2号作废") < text.index("2026-09-29走进")
    assert MOBILE not in text


def test_numbers_are_whole_only_where_it_is_asked(desk, day, person, tmp_path):
    people = Query(Representative)
    whole = PaperOptions(full_numbers=True)
    assert MOBILE in printed(desk, "contact-cards", tmp_path / "x.pdf", people=people, options=whole)
    assert MOBILE not in printed(desk, "contact-cards", tmp_path / "x.pdf", people=people)
    assert sorted('"full_numbers": true' in job.asked for job in PrintJob.select()) == [False, True]


def test_a_card_invites_nobody_and_needs_no_day(desk, tmp_path):
    for name in ("王伟", "李娜", "丁一"):
        desk.books.save(Representative(full_name=name))
    outcome = desk.press.print(
        Order("contact-cards", tmp_path / "x.pdf", people=Query(Representative), arranged=PeopleOrder.STROKES)
    )
    assert outcome.pages == 3
    assert outcome.register == ()
    assert Invitation.select().count() == 0
    text = said(tmp_path / "x.pdf")
    assert text.index("丁一") < text.index("王伟") < text.index("李娜")
    with pytest.raises(UserError, match="没有要印的代表"):
        desk.press.print(
            Order("contact-cards", tmp_path / "y.pdf", people=Query(Representative, search="查无此人"))
        )


def test_cards_are_printed_again_as_they_were_whatever_was_written_since(desk, day, person, tmp_path):
    others = [Representative(full_name=name) for name in ("王伟", "丁一")]
    for one in others:
        desk.books.save(one)
    chosen = Query(Representative, keys=(others[0].id, person.id, others[1].id))
    printed(desk, "contact-cards", tmp_path / "a.pdf", people=chosen, arranged=PeopleOrder.STROKES)
    (job,) = PrintJob.select()
    desk.books.save(Contact(representative=person, on=datetime.date(2026, 9, 22), text="改为视频参加。"))
    desk.press.print_again(job, order_of(job, tmp_path / "b.pdf"))
    assert said(tmp_path / "a.pdf") == said(tmp_path / "b.pdf")
    desk.press.print_again(job, order_of(job, tmp_path / "c.pdf"), changed=True)
    assert "改为视频参加。" in said(tmp_path / "c.pdf")
    assert [again.keys for again in PrintJob.select()] == [job.keys] * 3


def test_whom_no_card_was_ever_printed_for(desk, day, person, tmp_path):
    other = Representative(full_name="李娜")
    desk.books.save(other)
    desk.press.print(
        Order("contact-cards", tmp_path / "a.pdf", people=Query(Representative, keys=(person.id,)))
    )
    for asked in ({"people": Query(Representative)}, {"open_day": day}):
        desk.inviting.invite(day, [person, other])
        order = Order("contact-cards", tmp_path / "b.pdf", unprinted=True, draft=True, **asked)
        assert desk.press.print(order).pages == 1
        assert "李娜" in said(tmp_path / "b.pdf")
    desk.press.print(Order("contact-cards", tmp_path / "c.pdf", day, unprinted=True))
    with pytest.raises(UserError, match="没有要印的"):
        desk.press.print(
            Order("contact-cards", tmp_path / "d.pdf", people=Query(Representative), unprinted=True)
        )


@pytest.mark.parametrize("document", ["notice", "programme", "leaflets", "feedback-forms"])
def test_what_is_for_nobody_in_particular_is_printed_once_where_only_the_unprinted_is_wanted(
    desk, day, document, tmp_path
):
    order = Order(document, tmp_path / "a.pdf", day, form=Form.select().first(), copies=2, unprinted=True)
    desk.press.print(order)
    with pytest.raises(UserError, match="已经印过，没有未印过的"):
        desk.press.print(order)
    assert PrintJob.select().count() == 1
    if document == "feedback-forms":
        other = Form.select().offset(1).first()
        desk.press.print(replace(order, form=other))


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (datetime.date(2021, 3, 1), datetime.date(2026, 3, 1), "2021.3—2026.3"),
        (None, datetime.date(2026, 3, 1), "至2026.3"),
        (None, None, ""),
    ],
)
def test_terms_in_words(since, until, words):
    assert contact_files.period(since, until) == words


@pytest.mark.parametrize(("known", "words"), [("1967", "1967年"), ("1967-03-05", "1967年3月5日"), ("", "")])
def test_a_birth_date_says_no_more_than_is_known(known, words):
    assert contact_files.born_words(known) == words


# -- 公告, 日程, 明白纸


def test_a_day_without_a_notice_has_the_usual_text_with_its_own_facts(desk, day, tmp_path):
    text = printed(desk, "notice", tmp_path / "x.pdf", open_day=day)
    assert "定于2026年9月29日（星期二）上午9时在三楼会议室举办“走进组织部”" in text
    assert "2026年9月22日" in text  # the milestone 发布公告, a week before


def test_one_text_is_printed_once_for_all_its_media(desk, day, tmp_path):
    on = datetime.date(2026, 9, 21)
    for medium in ("电视", "报纸"):
        desk.books.save(Notice(open_day=day, medium=medium, published_on=on))
    desk.books.save(
        Notice(open_day=day, medium="公开栏", published_on=on, body="只在{地点}张贴，名额{名额}。")
    )
    outcome = desk.press.print(Order("notice", tmp_path / "x.pdf", day))
    assert outcome.pages == 2
    assert "只在三楼会议室张贴，名额60人。" in said(tmp_path / "x.pdf")


def test_a_notice_with_a_field_nobody_knows_is_not_kept(desk, day):
    with pytest.raises(UserError, match="正文第2行第1个字") as refused:
        desk.books.save(Notice(open_day=day, body="公告\n{地址}"))
    assert refused.value.field == "body"


def test_a_hole_stops_the_notice_before_anything_is_written(desk, day, tmp_path):
    desk.books.save(Notice(open_day=day, body="带队{带队领导}"))
    with pytest.raises(PreflightError, match="没有填写“带队领导”"):
        desk.press.print(Order("notice", tmp_path / "x.pdf", day))
    assert list(tmp_path.glob("*.pdf")) == []
    assert PrintJob.select().count() == 0


def test_a_paper_of_the_day_is_one_item_and_printed_again_as_it_was(desk, day, tmp_path):
    printed(desk, "programme", tmp_path / "a.pdf", open_day=day)
    (job,) = PrintJob.select()
    assert (job.document, job.items) == ("programme", 1)
    day.theme = "另一个主题"
    desk.books.save(day)
    desk.press.print_again(job, order_of(job, tmp_path / "b.pdf"))
    assert said(tmp_path / "a.pdf") == said(tmp_path / "b.pdf")
    assert "看村务公开" in said(tmp_path / "b.pdf")


@pytest.mark.parametrize(("size", "folded"), [("A5对折", True), ("A4", False)])
def test_the_folded_programme_says_that_it_is_a_booklet(desk, day, tmp_path, size, folded):
    order = Order("programme", tmp_path / "a.pdf", open_day=day, options=PaperOptions(size=size))
    assert desk.press.print(order).is_booklet is folded


def test_a_section_s_own_leaflet_takes_the_place_of_its_general_one(desk, day, tmp_path):
    desk.books.save(Leaflet(section="组织科", text="这次专讲换届。", open_day=day, position=9))
    desk.books.save(Leaflet(section="干部科", title="干部怎样选", text="任前公示。", position=1))
    text = printed(desk, "leaflets", tmp_path / "x.pdf", open_day=day)
    assert "发展党员" not in text
    assert text.index("干部怎样选") < text.index("组织科工作明白纸") < text.index("这次专讲换届")


def test_the_sign_in_sheet_follows_the_seats(desk, day, tmp_path):
    people = [Representative(full_name=name) for name in ("王伟", "李娜", "丁一")]
    for one in people:
        desk.books.save(one)
    for row, seat in zip(desk.inviting.invite(day, people), ("2排10座", "2排9座", "1排1座"), strict=True):
        row.seat = seat
        desk.books.save(row)
    text = printed(desk, "sign-in-sheet", tmp_path / "x.pdf", open_day=day, arranged=PeopleOrder.SEAT)
    assert text.index("丁一") < text.index("李娜") < text.index("王伟")
