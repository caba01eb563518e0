"""Pairings end when need ends (不脱困不脱钩), one or two a person; diaries are 篇, their publications 篇次."""

from __future__ import annotations

import datetime
import random

import pytest

from desktop.errors import UserError
from desktop.records.diaries import Diary, Publication
from desktop.records.households import Household
from desktop.records.listing import Query
from desktop.records.pairings import Condolence, Pairing, PairingProgress
from desktop.records.places import Place
from desktop.records.staff import Staff
from desktop.records.tickets import Ticket

TODAY = datetime.date.today()
EARLIER = TODAY - datetime.timedelta(days=60)
WEEK = datetime.timedelta(days=7)


@pytest.fixture
def person(desk):
    made = Staff(full_name="李明")
    desk.books.save(made)
    return made


@pytest.fixture
def pair(desk, person):
    def made(head="王大爷"):
        home = Household(head=head, village="木兰村", sort="困难群众")
        desk.books.save(home)
        pairing = Pairing(staff=person, household=home, since=EARLIER)
        desk.books.save(pairing)
        return pairing

    return made


def test_a_pairing_ends_when_the_household_is_out_of_need(desk, pair):
    pairing = pair()
    with pytest.raises(UserError, match="不脱困不脱钩"):
        desk.books.do(pairing, "end", {})
    with pytest.raises(UserError, match="不脱困不脱钩") as refused:
        desk.books.do(pairing, "end", {"reason": "干部调离"})
    assert refused.value.field == "approver"

    desk.books.do(pairing.household, "lift", {"on": TODAY.isoformat()})
    pairing = desk.books.get(Pairing, pairing.id)
    desk.books.do(pairing, "end", {})

    assert (pairing.state, pairing.until) == ("脱困解除", TODAY)


def test_with_a_reason_and_an_approver_it_may_end_before_and_shows_it(desk, pair):
    pairing = pair()
    desk.books.do(pairing, "end", {"reason": "干部调离", "approver": "张部长"})

    assert (pairing.state, pairing.end_reason, pairing.approver) == ("审批解除", "干部调离", "张部长")
    with pytest.raises(UserError, match="已于"):
        desk.books.do(pairing, "end", {})


def test_a_third_household_of_one_person_is_asked_about(desk, person, pair):
    pair("甲"), pair("乙")
    home = Household(head="丙", village="木兰村")
    desk.books.save(home)
    third = Pairing(staff=person, household=home, since=EARLIER)

    assert "1—2 户" in desk.books.questions(third)[0]
    desk.books.save(third)


def test_the_same_pair_twice_and_one_that_moved_away_are_refused(desk, person, pair):
    pairing = pair()
    with pytest.raises(UserError, match=r"已与.*结对"):
        desk.books.save(Pairing(staff=person, household=pairing.household, since=TODAY))
    gone = Household(head="乙", village="木兰村")
    desk.books.save(gone)
    desk.books.do(gone, "move", {})
    with pytest.raises(UserError, match="已迁出，不能结对"):
        desk.books.save(Pairing(staff=person, household=gone, since=TODAY))


def test_ending_obeys_the_rule_under_any_order_of_steps(desk, pair):
    steps = [
        ("home", "lift", {}), ("home", "sink", {"reason": "返困"}), ("pairing", "end", {}),
        ("pairing", "end", {"reason": "调离"}), ("pairing", "end", {"reason": "调离", "approver": "张部长"}),
        ("home", "move", {}), ("home", "come_back", {}),
    ]  # fmt: skip
    for seed in range(25):
        chance = random.Random(seed)
        pairing = pair(f"户主{seed}")
        for _ in range(7):
            what, verb, values = chance.choice(steps)
            pairing, home = (
                desk.books.get(Pairing, pairing.id),
                desk.books.get(Household, pairing.household.id),
            )
            lifted, running = home.lifted_on, pairing.state == "结对中"
            try:
                desk.books.do(home if what == "home" else pairing, verb, values)
            except UserError:
                continue
            if verb == "end":
                assert running
                assert lifted or values.keys() == {"reason", "approver"}
                assert pairing.state == ("脱困解除" if lifted else "审批解除")
        if desk.books.get(Pairing, pairing.id).state == "结对中":
            desk.books.do(
                desk.books.get(Pairing, pairing.id), "end", {"reason": "收尾", "approver": "张部长"}
            )


def test_one_diary_in_two_papers_is_one_piece_and_twice_published(desk, person):
    diary = Diary(author=person, written_on=EARLIER, text="今天到木兰村。")
    desk.books.save(diary)
    for level in ("区", "市"):
        desk.books.do(diary, "publish", {"medium": "日报", "level": level, "on": TODAY.isoformat()})

    assert diary.state == "刊载"
    assert [row.level for row in Publication.select()] == ["区", "市"]
    with pytest.raises(UserError, match="早于日记日期"):
        desk.books.do(diary, "publish", {"medium": "日报", "on": "2020-01-01"})
    with pytest.raises(UserError, match="刊物或平台不能为空"):
        desk.books.do(diary, "publish", {"level": "省"})


def test_a_condolence_brings_something(desk, person, pair):
    home = pair().household
    with pytest.raises(UserError, match="至少填一项"):
        desk.books.save(Condolence(household=home, on=TODAY, staff=person))
    desk.books.save(Condolence(household=home, on=TODAY, staff=person, goods="大米一袋"))


def test_places_are_a_tree_and_stay_while_households_lie_in_them(desk, pair):
    pair()
    village = Place.get(Place.name == "木兰村")
    desk.books.save(Place(name="三河镇", level="镇街"))
    village.parent = "三河镇"
    desk.books.save(village)

    with pytest.raises(UserError, match="还有 1 条户"):
        desk.books.remove(village)
    town = Place.get(Place.name == "三河镇")
    town.parent = "木兰村"
    with pytest.raises(UserError, match="不能做它的上级"):
        desk.books.save(town)


def test_a_household_that_becomes_part_of_another_takes_all_along(desk, person, pair):
    pairing, other = pair("甲"), Household(head="乙", village="木兰村")
    home = pairing.household
    desk.books.save(other)
    desk.books.save(Condolence(household=home, on=TODAY, staff=person, amount=200))
    desk.books.save(Ticket(content="屋顶漏雨", raised_by="甲", household=home, received_on=TODAY))

    desk.books.do(home, "merge", {"into": other.number, "reason": "父子合户"})

    for model in (Pairing, Condolence, Ticket):
        assert [row.household for row in model.select()] == [other], model.kind
    third = Household(head="丙", village="木兰村")
    desk.books.save(third)
    desk.books.save(Pairing(staff=person, household=third, since=EARLIER))
    with pytest.raises(UserError, match="与这两户都有结对"):
        desk.books.do(third, "merge", {"into": other.number})


def test_why_a_household_changed_is_kept(desk, pair):
    home = pair().household
    desk.books.do(home, "move", {"reason": "随子女迁往合肥"})

    assert desk.books.get(Household, home.id).because == "随子女迁往合肥"


def test_a_pairing_that_is_given_another_household_meets_the_same_rules(desk, person, pair):
    one, other = pair("甲"), pair("乙")
    one.household = other.household
    with pytest.raises(UserError, match=r"已与.*结对"):
        desk.books.save(one)
    gone = Household(head="丙", village="木兰村")
    desk.books.save(gone)
    desk.books.do(gone, "leave", {})
    one.household = gone
    with pytest.raises(UserError, match="已销户，不能结对"):
        desk.books.save(one)
    assert "脱困" not in "".join(desk.books.questions(other))
    desk.books.do(other.household, "lift", {})
    assert "脱困" in desk.books.questions(desk.books.get(Pairing, other.id))[0]


def test_who_moves_away_while_paired_is_told(desk, pair):
    home = pair().household
    assert desk.books.warnings(home, "lift", {}) == []
    assert "还在结对中（李明）" in desk.books.warnings(home, "move", {})[0]


def test_what_was_done_lies_between_the_beginning_and_today(desk, pair):
    pairing = pair()
    for on, reason in ((TODAY + datetime.timedelta(days=1), "还没有到"), (EARLIER - WEEK, "早于结对日期")):
        with pytest.raises(UserError, match=reason):
            desk.books.save(PairingProgress(pairing=pairing, on=on, text="送棉被"))
    desk.books.save(PairingProgress(pairing=pairing, on=TODAY, text="送棉被"))


def test_pairings_are_found_by_whose_they_are(desk, pair):
    pair("王大爷"), pair("曾国强")
    for words, found in (
        ("王大爷", 1),
        ("zgq", 1),
        ("李明", 2),
        ("木兰村", 2),
        ("户0002 李明", 1),
        ("张", 0),
    ):
        assert desk.books.count(Query(Pairing, search=words)) == found, words
