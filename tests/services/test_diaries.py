"""日记, 约谈, 联系点, 上报: what may be done with them, what is kept, and what is counted."""

from __future__ import annotations

import datetime

import pytest

from desktop.errors import UserError
from desktop.records.appointments import Appointment
from desktop.records.base import parts_of
from desktop.records.diaries import Diary, DiaryCorrection, DiaryVisit, Publication
from desktop.records.households import Household
from desktop.records.listing import Query
from desktop.records.routine_rows import at_point
from desktop.records.staff import Staff
from desktop.records.tickets import Ticket
from desktop.records.visits import Visit, VisitState
from desktop.records.work_lines import LiaisonReport, LinkPoint
from desktop.services import liaison
from desktop.services.diary_counts import BY, published

TODAY = datetime.date.today()


def ago(days):
    return TODAY - datetime.timedelta(days=days)


@pytest.fixture
def staff(desk):
    made = [Staff(full_name=name) for name in ("李明", "周建国")]
    for person in made:
        desk.books.save(person)
    return made


@pytest.fixture
def visits(desk, staff):
    homes = [
        Household(head=head, village=village)
        for head, village in (("王大爷", "木兰村"), ("曾国强", "龙城村"))
    ]
    for home in homes:
        desk.books.save(home)
    made = [Visit(visited_on=ago(9), staff=staff[0], household=home, found="屋顶漏雨") for home in homes]
    desk.visiting.save(made[0], [Ticket(content="屋顶漏雨要修"), Ticket(content="水渠堵了")])
    desk.visiting.save(made[1])
    return made


def written(desk, author, text="今天到木兰村。", days=5, visits=()):
    diary = Diary(author=author, written_on=ago(days), title="一堵墙", text=text)
    desk.diaries.save(diary, visits)
    return diary


def test_a_finished_diary_is_corrected_and_says_what_it_said(desk, staff):
    diary = written(desk, staff[0])
    diary.text = "今天到了木兰村。"
    desk.books.save(diary)
    with pytest.raises(UserError, match="还是草稿"):
        desk.books.do(diary, "correct", {"text": "x", "reason": "笔误"})
    desk.books.do(diary, "finish", {})
    for field, value in (("text", "改写"), ("title", "两堵墙"), ("author", staff[1])):
        again = desk.books.get(Diary, diary.id)
        setattr(again, field, value)
        with pytest.raises(UserError, match="请用“更正”"):
            desk.books.save(again)
    again = desk.books.get(Diary, diary.id)
    again.weather = "小雨"
    desk.books.save(again)
    with pytest.raises(UserError, match="更正理由"):
        desk.books.do(again, "correct", {"text": "今天到了木兰村五组。"})
    with pytest.raises(UserError, match="没有改动"):
        desk.books.do(again, "correct", {"text": "今天到了木兰村。", "reason": "笔误"})
    desk.books.do(again, "correct", {"text": "今天到了木兰村五组。", "reason": "漏写组名"})
    (kept,) = parts_of(DiaryCorrection, "diary", diary)
    assert (kept.old_text, kept.reason) == ("今天到了木兰村。", "漏写组名")
    assert desk.books.get(Diary, diary.id).text == "今天到了木兰村五组。"
    with pytest.raises(UserError, match="不能直接改动"):
        desk.books.save(kept)
    desk.changes.undo_last()
    assert desk.books.get(Diary, diary.id).text == "今天到了木兰村。"
    assert not parts_of(DiaryCorrection, "diary", diary)


def test_one_diary_published_twice_is_one_piece_and_two_publications(desk, staff):
    """S25, also by medium, level and author, and what taking a publication off leaves."""
    diary, other = written(desk, staff[0]), written(desk, staff[1], "另一篇。")
    for level in ("区县", "市级"):
        desk.books.do(diary, "publish", {"medium": "日报", "level": level})
    assert [
        (line.words, len(line.diaries), len(line.publications)) for line in published(None, None, "按作者")
    ] == [("李明", 1, 2)]
    assert {line.words for line in published(None, None, "按层级")} == {"区县", "市级"}
    desk.books.do(other, "publish", {"medium": "日报", "level": "市级"})
    by = {line.words: (len(line.diaries), len(line.publications)) for line in published(None, None, "按层级")}
    assert by == {"区县": (1, 1), "市级": (2, 2)}
    figures = {(row.label, row.unit): row.value for row in desk.reports.report("diaries").figures}
    assert (figures["刊载日记", "篇"], figures["刊载日记", "篇次"]) == (2, 3)
    assert figures["日报（市级）", "篇次"] == 2
    assert set(BY) == {"按刊物", "按层级", "按作者"}
    first, second = parts_of(Publication, "diary", diary)
    desk.books.remove(first, "登错")
    assert desk.books.get(Diary, diary.id).state == "刊载"
    desk.books.remove(second, "登错")
    assert desk.books.get(Diary, diary.id).state == "定稿"
    desk.recycle_bin.recover(Publication, [second.id])
    assert desk.books.get(Diary, diary.id).state == "刊载"
    desk.changes.undo_last()
    assert desk.books.get(Diary, diary.id).state == "定稿"


def test_a_diary_tells_of_visits_that_took_place_each_once(desk, staff, visits):
    diary = written(desk, staff[0], visits=visits)
    assert {row.visit for row in parts_of(DiaryVisit, "diary", diary)} == set(visits)
    assert desk.diaries.of_visits([visit.id for visit in visits]) == [diary]
    with pytest.raises(UserError, match="已经记了"):
        desk.books.save(DiaryVisit(diary=diary, visit=visits[0]))
    planned = Visit(
        visited_on=TODAY + datetime.timedelta(days=3),
        staff=staff[0],
        enterprise="某公司",
        state=VisitState.PLANNED,
    )
    desk.visiting.save(planned)
    with pytest.raises(UserError, match="去过以后"):
        desk.books.save(DiaryVisit(diary=diary, visit=planned))
    with pytest.raises(UserError, match="早于走访日期"):
        written(desk, staff[0], days=30, visits=visits[:1])
    with pytest.raises(UserError, match="还没有到"):
        written(desk, staff[0], days=-1)
    with pytest.raises(UserError, match="日记所记的走访"):
        desk.books.remove(visits[1])


def test_a_talk_that_was_held_is_a_visit(desk, staff, visits):
    talk = Appointment(on=TODAY, at="9点半", staff=staff[0], household=visits[0].household, about="补贴")
    desk.books.save(talk)
    with pytest.raises(UserError, match="为什么取消"):
        desk.books.do(talk, "cancel", {})
    desk.books.do(talk, "hold", {"found": "补贴下月到账"})
    assert (talk.state, talk.visit.purpose, talk.visit.found) == ("已谈", "约谈", "补贴下月到账")
    assert desk.visiting.previous(visits[0].household) == talk.visit
    with pytest.raises(UserError, match="已经是“已谈”"):
        desk.books.do(talk, "miss", {})
    desk.changes.undo_last()
    assert desk.books.get(Appointment, talk.id).state == "已约"
    assert desk.books.count(Query(Visit)) == 2
    with pytest.raises(UserError, match="没有写明约谈谁"):
        desk.books.save(Appointment(on=TODAY, staff=staff[0], about="补贴"))


def test_a_link_point_counts_what_happened_there_in_its_days(desk, staff, visits):
    point = LinkPoint(staff=staff[0], village="木兰村")
    desk.books.save(point)
    found = at_point(point)
    assert (found.visits, len(found.problems), len(found.unsolved)) == ([visits[0].id], 2, 2)
    ticket = desk.books.get(Ticket, found.problems[0])
    desk.books.do(ticket, "refuse", {"reason": "不属本单位"})
    assert [len(part) for part in at_point(point)] == [1, 2, 1]
    point.since = ago(3)
    desk.books.save(point)
    assert [len(part) for part in at_point(point)] == [0, 0, 0]
    other = LinkPoint(staff=staff[1], village="木兰村")
    desk.books.save(other)
    assert [len(part) for part in at_point(other)] == [0, 2, 1]
    with pytest.raises(UserError, match="联系点"):
        desk.books.remove(staff[1])


def test_reports_are_owed_until_they_are_sent(desk, staff):
    late, soon, sent = (
        LiaisonReport(title=title, due_on=ago(days), sent_on=gone)
        for title, days, gone in (("迟", 2, None), ("近", -5, None), ("报", 9, ago(8)))
    )
    for report in (late, soon, sent):
        desk.books.save(report)
    assert [liaison.standing(report, TODAY) for report in (late, soon, sent)] == [
        "逾期 2 天",
        "还有 5 天",
        "已报（逾期 1 天）",
    ]
    assert liaison.owed_by(TODAY) == [late]
    shown = {
        view: {
            row.title
            for row in desk.books.page(Query(LiaisonReport, narrowed=liaison.condition(view, TODAY)))
        }
        for view in liaison.View
    }
    assert list(shown.values()) == [{"迟", "近"}, {"迟"}, {"报"}, {"迟", "近", "报"}]


def test_a_diary_is_found_by_its_words_and_by_its_author_renamed_too(desk, staff):
    diary = written(desk, staff[0], "今天到木兰村看望党员。")

    def found(words):
        return desk.books.page(Query(Diary, search=words)) == [diary]

    assert found("看望")
    assert found("李明 木兰")
    staff[0].full_name = "李春明"
    desk.books.save(staff[0])
    assert (found("李春明"), found("李明")) == (True, False)
    desk.changes.undo_last()
    assert (found("李春明"), found("李明")) == (False, True)
