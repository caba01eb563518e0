"""Papers of tickets: for whom, with which number, on which day; what they say, and what they never say."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.documents.preview import page_count, page_text
from desktop.errors import TroubleError, UserError
from desktop.records.listing import Query
from desktop.records.meetings import Meeting
from desktop.records.open_days import LetterWording, OpenDay
from desktop.records.pack import PaperOptions, PeopleOrder
from desktop.records.register import PrintJob, RegisterEntry
from desktop.records.representatives import Representative
from desktop.records.staff import Staff
from desktop.records.ticket_papers import WITH_STUB
from desktop.records.ticket_steps import Answer, Slip
from desktop.records.tickets import Occurrence, Ticket
from desktop.services.orders import Order, PreflightError
from desktop.services.papers import OF_TICKETS, PAPERS, TICKET_PAPERS
from desktop.services.print_log import order_of
from desktop.services.printed_content import packed, unpacked

DAY = datetime.date
HELD = DAY(2026, 9, 29)
DUE = DAY(2026, 10, 14)
TAG = "信访老户"
MEETING = "2026年第3次部长办公会"
ALL = Query(Ticket, sort="number")


@pytest.fixture
def day(desk):
    made = OpenDay(theme="走进组织部", held_on=HELD, leader="周建国")
    desk.books.save(made)
    for name, section in (("李明", "组织科"), ("丁一", "干部科")):
        desk.books.save(Staff(full_name=name, section=section))
    desk.books.save(
        Representative(
            full_name="曾国强", unit="上派镇", mobile="13905518000", restricted=TAG, honorific="老师"
        )
    )
    return made


def registered(desk, content="店埠路路灯不亮", **values):
    ticket = Ticket(content=content, **({"received_on": HELD, "raised_by": "曾国强"} | values))
    desk.books.save(ticket)
    return ticket


def assigned(desk, *, to=("组织科", "李明"), on="2026-09-30", **values):
    ticket = registered(desk, **values)
    desk.books.do(ticket, "accept", {"on": on})
    desk.books.do(
        ticket, "assign", {"section": to[0], "handler": to[1], "on": on, "reason": "请会同城管局办理"}
    )
    return ticket


def answered(desk, text="已换灯泡。\n今后每月巡查。", **values):
    ticket = assigned(desk, **values)
    desk.books.do(ticket, "answer", {"text": text, "on": "2026-10-09"})
    return ticket


def printed(desk, document, path, tickets: Query | None = ALL, **order):
    return desk.press.print(Order(document, Path(path), tickets=tickets, **order))


def named(*tickets):
    return Query(Ticket, keys=tuple(ticket.id for ticket in tickets), sort="number")


def said(path):
    return "".join("".join(page_text(path, page).split()) for page in range(page_count(path)))


def numbers_in(series):
    rows = RegisterEntry.select().where(RegisterEntry.series == series).order_by(RegisterEntry.number)
    return [(row.year, row.number) for row in rows]


# -- 交办单


def test_a_slip_says_who_is_charged_with_what_until_when(desk, day, tmp_path):
    ticket = assigned(desk, open_day=day, place="店埠路", urgency="紧急", category="民生")
    outcome = printed(desk, "assignment-slips", tmp_path / "a.pdf", on=DAY(2026, 9, 30))

    assert outcome.register == ("交〔2026〕1号",)
    text = said(tmp_path / "a.pdf")
    for part in (
        "问题交办单", "交〔2026〕1号", ticket.number, "组织科", "李明", "店埠路路灯不亮", "曾国强（上派镇，139****8000）",
        "【紧急】", "自活动日次日起7个工作日", "2026年10月14日（星期三）", "请会同城管局办理", "周建国", "签收人",
        "交办日期：2026年9月30日",
    ):  # fmt: skip
        assert part in text
    assert "推定" not in text
    assert [step.reason for step in desk.tickets.history(ticket)][-1] == "交〔2026〕1号，期限 2026-10-14 周三"


def test_a_slip_marks_a_deadline_that_is_presumed(desk, day, tmp_path):
    ticket = assigned(desk)
    Ticket.update(due_on=DAY(2027, 1, 6), presumed="推定").where(Ticket.id == ticket.id).execute()
    printed(desk, "assignment-slips", tmp_path / "a.pdf")
    assert "2027年1月6日（星期三）（推定" in said(tmp_path / "a.pdf")


def test_nobodys_name_is_left_blank(desk, day, tmp_path):
    there, waiting = assigned(desk), registered(desk)
    outcome = printed(desk, "assignment-slips", tmp_path / "a.pdf")
    assert [fault.person for fault in outcome.passed] == [waiting.number]
    assert "还没有交办" in outcome.left_out()

    with pytest.raises(PreflightError, match=r"还没有交办.*请先交办"):
        printed(desk, "assignment-slips", tmp_path / "b.pdf", named(there, waiting))
    assert not (tmp_path / "b.pdf").exists()
    assert desk.press.preflight(Order("assignment-slips", tmp_path / "b.pdf", tickets=named(waiting)))
    with pytest.raises(UserError, match="没有要印的问题"):
        printed(desk, "assignment-slips", tmp_path / "b.pdf", Query(Ticket, where=(("state", "登记"),)))


def test_numbers_are_taken_once_a_round_without_gaps(desk, day, tmp_path):
    first, second = assigned(desk), assigned(desk)
    assert printed(desk, "assignment-slips", tmp_path / "a.pdf", named(second)).register == ("交〔2026〕1号",)
    both = printed(desk, "assignment-slips", tmp_path / "b.pdf")
    assert both.register == ("交〔2026〕2号", "交〔2026〕1号")
    assert both.numbers == ("交〔2026〕1号", "交〔2026〕2号")
    with pytest.raises(UserError, match="没有要印"):
        printed(desk, "assignment-slips", tmp_path / "c.pdf", unprinted=True)

    desk.books.do(first, "answer", {"text": "已修", "on": "2026-10-09"})
    desk.books.do(first, "evaluate", {"verdict": "不满意", "method": "当面", "by": "王芳"})
    desk.books.do(first, "redo", {})
    again = printed(desk, "assignment-slips", tmp_path / "d.pdf", unprinted=True)
    assert again.register == ("交〔2026〕3号",)
    assert "第2轮办理" in said(tmp_path / "d.pdf")
    assert numbers_in("交办单") == [(2026, 1), (2026, 2), (2026, 3)]
    assert sorted((slip.round, slip.number) for slip in Slip.select()) == [
        (1, "交〔2026〕1号"),
        (1, "交〔2026〕2号"),
        (2, "交〔2026〕3号"),
    ]


def test_two_windows_give_one_ticket_one_number(desk, day, tmp_path):
    assigned(desk)
    order = Order("assignment-slips", tmp_path / "a.pdf", tickets=ALL)
    first = desk.press._tickets.plan("assignment-slips", order, desk.offices.own())
    printed(desk, "assignment-slips", tmp_path / "b.pdf")
    with desk.changes.change("印制", Slip):
        settled = desk.press._tickets.settled(first)
    assert [piece.number for piece in settled.pieces] == ["交〔2026〕1号"]
    assert Slip.select().count() == 1


@pytest.mark.parametrize("document", ["assignment-slips", "reply-letters"])
def test_a_print_that_was_undone_gives_its_ticket_the_same_number_again(desk, day, tmp_path, document):
    ticket = assigned(desk) if document == "assignment-slips" else answered(desk)
    first = printed(desk, document, tmp_path / "a.pdf", named(ticket))
    steps = len(desk.tickets.history(ticket))
    desk.changes.undo_last()
    assert (Slip.select().count(), len(desk.tickets.history(ticket))) == (0, steps - 1)
    other = assigned(desk) if document == "assignment-slips" else answered(desk)
    both = printed(desk, document, tmp_path / "b.pdf", named(ticket, other))
    assert both.register == (first.register[0], first.register[0].replace("1号", "2号"))
    assert [number for _, number in numbers_in("交办单" if document == "assignment-slips" else "答复函")] == [
        1,
        2,
    ]


def test_a_slip_printed_after_an_extension_keeps_its_number_and_says_the_new_date(desk, day, tmp_path):
    ticket = assigned(desk, received_on=datetime.date.today(), on=str(datetime.date.today()))
    printed(desk, "assignment-slips", tmp_path / "a.pdf")
    desk.books.do(ticket, "extend", {"days": "5", "reason": "等配件", "approver": "张部长"})
    assert printed(desk, "assignment-slips", tmp_path / "b.pdf").register == (
        f"交〔{datetime.date.today().year}〕1号",
    )
    assert "已批准延期5个工作日" in said(tmp_path / "b.pdf")
    assert [slip.due_on for slip in Slip.select()] == [ticket.due_on]


def test_each_year_begins_anew(desk, day, tmp_path):
    first, second = assigned(desk), assigned(desk)
    printed(desk, "assignment-slips", tmp_path / "a.pdf", named(first), on=DAY(2026, 12, 31))
    outcome = printed(desk, "assignment-slips", tmp_path / "b.pdf", named(second), on=DAY(2027, 1, 4))
    assert outcome.register == ("交〔2027〕1号",)


def test_a_draft_takes_no_number_and_keeps_nothing(desk, day, tmp_path):
    ticket = assigned(desk)
    before = len(desk.tickets.history(ticket))
    outcome = printed(desk, "assignment-slips", tmp_path / "a.pdf", draft=True)
    assert (outcome.register, outcome.pages) == ((), 1)
    assert "样稿" in said(tmp_path / "a.pdf")
    assert (Slip.select().count(), PrintJob.select().count(), numbers_in("交办单")) == (0, 0, [])
    assert len(desk.tickets.history(ticket)) == before


def test_a_print_that_fails_takes_its_numbers_back(desk, day, tmp_path):
    assigned(desk)
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(TroubleError, match="文件夹"):
        printed(desk, "assignment-slips", tmp_path / "a.pdf")
    assert (Slip.select().count(), numbers_in("交办单")) == (0, [])


def test_a_long_text_flows_over_pages_whole(desk, day, tmp_path):
    content = "".join(f"第{place}件<b>粗</b>&" for place in range(2000))[:10_000]
    assigned(desk, content=content)
    outcome = printed(desk, "assignment-slips", tmp_path / "a.pdf")
    assert outcome.pages > 5
    text = said(tmp_path / "a.pdf")
    for place in range(1, outcome.pages + 1):
        text = text.replace(f"交〔2026〕1号第{place}页，共{outcome.pages}页", "")
    assert content in text


def test_a_stub_to_cut_off_repeats_what_it_is_about(desk, day, tmp_path):
    assigned(desk)
    options = PaperOptions(size=WITH_STUB)
    assert printed(desk, "assignment-slips", tmp_path / "a.pdf", options=options).pages == 1
    text = said(tmp_path / "a.pdf")
    assert text.index("请沿虚线裁下") < text.index("交办单签收回执")
    assert text.count("交〔2026〕1号") == 2


def test_phones_are_whole_only_where_it_is_asked(desk, day, tmp_path):
    assigned(desk)
    printed(desk, "assignment-slips", tmp_path / "a.pdf", options=PaperOptions(full_numbers=True))
    assert "13905518000" in said(tmp_path / "a.pdf")


def test_a_file_each_is_named_after_number_ticket_and_handler(desk, day, tmp_path):
    for _ in range(2):
        assigned(desk)
    outcome = printed(desk, "assignment-slips", tmp_path / "each", separate=True)
    names = sorted(path.name for path in (tmp_path / "each").iterdir())
    assert names[0] == "问题交办单-交〔2026〕1号-2026-0001-李明.pdf"
    assert (len(names), outcome.pages) == (2, 2)


def test_slips_may_come_by_the_strokes_of_their_handlers(desk, day, tmp_path):
    assigned(desk)
    assigned(desk, to=("干部科", "丁一"))
    printed(desk, "assignment-slips", tmp_path / "a.pdf", arranged=PeopleOrder.STROKES)
    text = said(tmp_path / "a.pdf")
    assert text.index("丁一") < text.index("李明")


# -- again


@pytest.mark.parametrize("document", ["assignment-slips", "reply-letters", "ticket-ledger"])
def test_a_paper_is_printed_again_as_it_was(desk, day, tmp_path, document):
    ticket = assigned(desk) if document == "assignment-slips" else answered(desk)
    first = printed(desk, document, tmp_path / "a.pdf", named(ticket))
    (job,) = PrintJob.select()
    assert job.keys == (ticket.id,)
    given = RegisterEntry.select().count()
    fresh = desk.books.get(Ticket, ticket.id)
    fresh.place = "改到别处"
    desk.books.save(fresh)

    outcome = desk.press.print_again(job, order_of(job, tmp_path / "b.pdf"))
    assert said(tmp_path / "a.pdf") == said(tmp_path / "b.pdf")
    assert outcome.register == first.register
    assert RegisterEntry.select().count() == given
    desk.press.print_again(job, order_of(job, tmp_path / "c.pdf"), changed=True)
    assert RegisterEntry.select().count() == given


def test_a_number_that_is_void_by_now_is_told_with_a_print_made_again(desk, day, tmp_path):
    ticket = assigned(desk)
    printed(desk, "assignment-slips", tmp_path / "a.pdf")
    desk.books.remove(ticket, "重复登记")
    job = PrintJob.get()
    again = desk.press.print_again(job, order_of(job, tmp_path / "b.pdf"))
    assert again.voided == ("交〔2026〕1号",)
    assert "其中 交〔2026〕1号 已作废" in again.told()
    draft = desk.press.print_again(job, replace(order_of(job, tmp_path / "c.pdf"), draft=True))
    assert (draft.voided, draft.register) == (("交〔2026〕1号",), ())


@pytest.mark.parametrize("paper", [paper for paper in PAPERS.values() if paper.whom in OF_TICKETS])
def test_a_restricted_tag_is_on_no_paper_and_all_is_kept_whole(desk, day, tmp_path, paper):
    ticket = answered(desk, sort="意见建议", open_day=day)
    assigned(desk, open_day=day)
    desk.books.do(ticket, "table", {"meeting": MEETING})
    meeting = desk.books.page(Query(Meeting))[0]
    order = Order(
        paper.name, tmp_path / "x.pdf", on=DAY(2026, 10, 15), draft=True,
        **({"meeting": meeting} if paper not in TICKET_PAPERS else {"tickets": ALL}),
        options=PaperOptions(full_numbers=True),
    )  # fmt: skip
    desk.press.print(order)
    assert TAG not in said(tmp_path / "x.pdf")
    values = paper.gather(desk.press._plan(paper, order))
    assert unpacked(type(values), packed(values)[1]) == values


# -- urging


@pytest.fixture
def late(desk, day):
    return assigned(desk, open_day=day)


@pytest.mark.parametrize(
    ("on", "number", "days"),
    [
        (DAY(2026, 10, 15), "催〔2026〕1号", 1),
        (DAY(2026, 10, 20), "催〔2026〕1号", 4),
        (DAY(2026, 10, 21), "督〔2026〕1号", 5),
        (DAY(2026, 11, 20), "督〔2026〕1号", 27),
    ],
)
def test_who_is_late_is_urged_and_by_five_working_days_supervised(desk, late, tmp_path, on, number, days):
    assert printed(desk, "urge-slips", tmp_path / "a.pdf", on=on).register == (number,)
    text = said(tmp_path / "a.pdf")
    assert f"已逾期{days}个工作日" in text
    assert ("领导批示" in text) is (number[0] == "督")
    step = desk.tickets.history(late)[-1]
    assert (step.name, step.on) == ("督办" if number[0] == "督" else "催办", on)
    assert step.reason.endswith(f"逾期 {days} 个工作日")


@pytest.mark.parametrize("document", ["urge-slips", "overdue-notice"])
@pytest.mark.parametrize("on", [DAY(2026, 10, 17), DAY(2026, 10, 18), DAY(2027, 1, 1)])
def test_nobody_is_urged_on_a_day_off(desk, late, tmp_path, document, on):
    for draft in (True, False):
        with pytest.raises(UserError, match=r"不是工作日.*下一个工作日是") as refused:
            printed(desk, document, tmp_path / "a.pdf", on=on, draft=draft)
        assert refused.value.field == "on"
    assert (Slip.select().count(), list(tmp_path.glob("*.pdf"))) == (0, [])


def test_a_worked_saturday_is_a_day_for_urging(desk, day, tmp_path):
    assigned(desk, received_on=DAY(2026, 9, 16), on="2026-09-17")
    assert printed(desk, "urge-slips", tmp_path / "a.pdf", on=DAY(2026, 10, 10)).register


def test_on_the_day_itself_nobody_is_late(desk, late, tmp_path):
    with pytest.raises(UserError, match="没有要印的问题"):
        printed(desk, "urge-slips", tmp_path / "a.pdf", on=DUE)
    with pytest.raises(PreflightError, match="2026年10月14日，没有逾期"):
        printed(desk, "urge-slips", tmp_path / "a.pdf", named(late), on=DUE)


def test_of_one_day_there_is_one_urging_and_the_next_has_another_number(desk, late, tmp_path):
    for on, number in ((15, 1), (15, 1), (16, 2)):
        outcome = printed(desk, "urge-slips", tmp_path / "a.pdf", on=DAY(2026, 10, on))
        assert outcome.register == (f"催〔2026〕{number}号",)
    assert "催办单催〔2026〕1号（2026年10月15日）" in said(tmp_path / "a.pdf")


def test_who_was_answered_or_is_suspended_is_not_urged(desk, day, tmp_path):
    answered(desk, open_day=day)
    desk.books.do(assigned(desk, open_day=day), "suspend", {"on": "2026-10-09"})
    with pytest.raises(UserError, match="没有要印的问题"):
        printed(desk, "urge-slips", tmp_path / "a.pdf", on=DAY(2026, 11, 20))


def test_what_is_late_without_a_handler_is_told_of(desk, late, tmp_path):
    waiting = registered(desk)
    outcome = printed(desk, "urge-slips", tmp_path / "a.pdf", on=DAY(2026, 11, 20))
    assert [fault.person for fault in outcome.passed] == [waiting.number]


def test_a_notice_lists_what_is_late_by_section_under_one_number(desk, late, tmp_path):
    for _ in range(2):
        assigned(desk, to=("干部科", "丁一"), open_day=late.open_day)
    on = DAY(2026, 11, 20)
    assert printed(desk, "overdue-notice", tmp_path / "a.pdf", on=on).register == ("通〔2026〕1号",)
    text = said(tmp_path / "a.pdf")
    assert "逾期未答复的问题共3件：干部科2件、组织科1件" in text
    assert "一、干部科（2件）" in text
    assert "代拟稿" in text
    assert printed(desk, "overdue-notice", tmp_path / "b.pdf", on=on).register == ("通〔2026〕1号",)
    desk.books.do(late, "answer", {"text": "已修"})
    assert printed(desk, "overdue-notice", tmp_path / "c.pdf", on=on).register == ("通〔2026〕2号",)
    assert numbers_in("通报") == [(2026, 1), (2026, 2)]


# -- 答复函


def test_everybody_who_raised_it_gets_a_letter_of_one_number(desk, day, tmp_path):
    ticket = answered(desk)
    for name, raiser in (("老张", "群众"), ("匿名", ""), ("某某公司", "单位"), ("老张", "群众")):
        desk.books.save(Occurrence(ticket=ticket, raised_by=name, raiser=raiser, received_on=HELD))
    outcome = printed(desk, "reply-letters", tmp_path / "a.pdf", on=DAY(2026, 10, 10))

    assert (outcome.register, outcome.pages) == (("复〔2026〕1号",), 3)
    assert ["匿名" in fault.message for fault in outcome.passed] == [True]
    texts = ["".join(page_text(tmp_path / "a.pdf", page).split()) for page in range(3)]
    for text, called in zip(texts, ("曾国强老师：", "老张同志：", "某某公司："), strict=True):
        assert called in text
        for part in (
            "复〔2026〕1号",
            "已换灯泡。",
            "今后每月巡查。",
            "由组织科办理",
            "满意□",
            "2026年10月10日",
        ):
            assert part in text
    assert Answer.get().number == "复〔2026〕1号"
    assert (PrintJob.get().items, PrintJob.get().keys) == (3, (ticket.id,))


def test_a_letter_printed_later_has_its_number_and_day_still(desk, day, tmp_path):
    answered(desk)
    printed(desk, "reply-letters", tmp_path / "a.pdf", on=DAY(2026, 10, 10))
    assert printed(desk, "reply-letters", tmp_path / "b.pdf").register == ("复〔2026〕1号",)
    assert said(tmp_path / "a.pdf") == said(tmp_path / "b.pdf")


def test_an_anonymous_raiser_gets_none(desk, day, tmp_path):
    nobody, somebody = answered(desk, raised_by="匿名"), answered(desk)
    outcome = printed(desk, "reply-letters", tmp_path / "a.pdf")
    assert [fault.person for fault in outcome.passed] == [nobody.number]
    assert len(outcome.register) == 1
    with pytest.raises(PreflightError, match="没有人可以寄送"):
        printed(desk, "reply-letters", tmp_path / "b.pdf", named(nobody, somebody))


def test_what_was_not_adopted_is_answered_with_decision_and_reason(desk, day, tmp_path):
    ticket = registered(desk, sort="意见建议", content="建议公开全部任免材料。")
    desk.books.do(
        ticket, "decide", {"decision": "不采纳", "reason": "依照规定不能公开。", "meeting": MEETING}
    )
    assert printed(desk, "reply-letters", tmp_path / "a.pdf").register == ("复〔2026〕1号",)
    text = said(tmp_path / "a.pdf")
    assert f"经{MEETING}研究，决定不采纳" in text
    assert "依照规定不能公开。" in text
    assert printed(desk, "reply-letters", tmp_path / "b.pdf").register == ("复〔2026〕1号",)


def test_the_wording_is_the_offices_and_its_fields_are_known(desk, day, tmp_path):
    wording = desk.books.page(Query(LetterWording, where=(("use", "答复函"),)))[0]
    wording.body = "{称呼}：关于{摘要}，{{原样}}，{答复内容}"
    desk.books.save(wording)
    answered(desk, text="写着{称呼}和{{")
    printed(desk, "reply-letters", tmp_path / "a.pdf")
    text = said(tmp_path / "a.pdf")
    assert "曾国强老师：关于店埠路路灯不亮，{原样}，写着{称呼}和{{" in text
    wording.body = "第一行\n{答复}"
    with pytest.raises(UserError, match="正文：第2行第1个字") as refused:
        desk.books.save(wording)
    assert refused.value.field == "body"


def test_each_answer_is_in_its_own_letters_only(desk, day, tmp_path):
    for place in range(3):
        answered(desk, text=f"第{place}件\n\n办好了")
    desk.books.do(registered(desk, sort="意见建议"), "decide", {"decision": "留作参考", "reason": "以后再议"})
    printed(desk, "reply-letters", tmp_path / "a.pdf")
    texts = ["".join(page_text(tmp_path / "a.pdf", page).split()) for page in range(4)]
    for place, text in enumerate(texts[:3]):
        assert f"第{place}件办好了" in text
        assert text.count("办好了") == 1
        assert f"复〔2026〕{place + 1}号" in text
    assert "决定留作参考。理由如下：以后再议" in texts[3]


def test_the_offices_own_fault_is_told_once(desk, day, tmp_path):
    own = desk.offices.own()
    own.letterhead = "很长的红头" * 8
    desk.books.save(own)
    for _ in range(3):
        answered(desk)
    faults = desk.press.preflight(Order("reply-letters", tmp_path / "a.pdf", tickets=ALL))
    assert [fault.message for fault in faults] == ["红头名称太长，一行排不下，请改用规范化简称"]


def test_a_hole_in_a_letter_stops_it(desk, day, tmp_path):
    wording = desk.books.page(Query(LetterWording, where=(("use", "答复函"),)))[0]
    wording.body = "{采纳理由}"
    desk.books.save(wording)
    answered(desk)
    with pytest.raises(PreflightError, match="“采纳理由”没有内容"):
        printed(desk, "reply-letters", tmp_path / "a.pdf")
    assert numbers_in("答复函") == []


# -- lists and meetings


def test_the_ledger_has_the_tickets_asked_for_and_their_totals(desk, day, tmp_path):
    first = answered(desk)
    desk.books.save(Occurrence(ticket=first, raised_by="老张", received_on=HELD))
    second = registered(desk, "另一件", raised_by="匿名")
    desk.books.do(registered(desk, "并入的"), "merge", {"into": second.number})
    outcome = printed(desk, "ticket-ledger", tmp_path / "a.pdf")
    text = said(tmp_path / "a.pdf")
    for part in (
        "序号编号反映日期反映人内容摘要类别承办科室经办人期限状态答复评价办结日期件次",
        "已换灯泡。",
        "曾国强等2人次",
    ):
        assert part in text
    assert "合计2件，4件次；已办结0件，未办结2件；另列已并案的1件" in text
    assert (outcome.register, PrintJob.get().items) == ((), 3)
    printed(desk, "ticket-ledger", tmp_path / "b.pdf", Query(Ticket, where=(("section", "组织科"),)))
    assert "合计1件，2件次" in said(tmp_path / "b.pdf")
    printed(desk, "write-off-list", tmp_path / "c.pdf", Query(Ticket, search="另一件"))
    assert "未销号" in said(tmp_path / "c.pdf")


def test_a_meeting_has_its_agenda_before_and_its_resolutions_after(desk, day, tmp_path):
    tickets = [registered(desk, f"建议第{place}条", sort="意见建议") for place in (1, 2)]
    for ticket in tickets:
        desk.books.do(ticket, "table", {"meeting": MEETING})
    meeting = desk.books.page(Query(Meeting))[0]
    printed(desk, "meeting-agenda", tmp_path / "a.pdf", None, meeting=meeting)
    text = said(tmp_path / "a.pdf")
    assert text.index("建议第1条") < text.index("建议第2条")
    assert text.count("□采纳□部分采纳□留作参考□不采纳") == 2

    desk.books.do(tickets[0], "decide", {"decision": "采纳", "reason": "切实可行"})
    printed(desk, "meeting-resolutions", tmp_path / "b.pdf", None, meeting=meeting)
    text = said(tmp_path / "b.pdf")
    assert "采纳切实可行" in text
    assert "合计2件：采纳1件，部分采纳0件，留作参考0件，不采纳0件，未决定1件" in text
    job = PrintJob.get(PrintJob.document == "meeting-resolutions")
    desk.press.print_again(job, order_of(job, tmp_path / "c.pdf"), changed=True)
    assert said(tmp_path / "c.pdf") == text


def test_nothing_chosen_is_told_in_words(desk, day, tmp_path):
    with pytest.raises(UserError, match="--all、--where、--id"):
        printed(desk, "assignment-slips", tmp_path / "a.pdf", None)
    with pytest.raises(UserError, match="没有要印的问题"):
        printed(desk, "ticket-ledger", tmp_path / "a.pdf")
