"""The story of a household: all that happened there, once each, the latest first."""

from __future__ import annotations

from desktop.records.households import Household
from desktop.services import sample
from desktop.services.household_story import household_story


def test_everything_that_happened_is_told_once_the_latest_first(desk):
    sample.fill_office(desk)
    home = Household.get(Household.number == "户0001")
    story = household_story(home)
    assert [event.on for event in story] == sorted((event.on for event in story), reverse=True)
    words = [event.words for event in story]
    for wanted in (
        "周建国、李明走访",
        "周建国民情日记“一堵墙”",
        "周建国结对帮扶",
        "帮扶进展（周建国）",
        "周建国重阳节慰问",
        "立户",
    ):
        assert wanted in words, wanted
    assert sum("慰问" in word for word in words) == 2
    assert len({event.record.id for event in story}) == len(story)


def test_what_a_merged_household_brought_along_is_told(desk):
    for group in ("1组", "2组"):
        desk.books.save(Household(head="王大爷", village="木兰村", group=group))
    one, other = Household.select().order_by(Household.number)
    desk.books.do(one, "merge", {"into": other.number, "reason": "父子并户"})
    words = [event.words for event in household_story(Household.get_by_id(other.id))]
    assert words == ["“王大爷（木兰村1组，户0001）”并入"]
