"""慰问: a round to many households counts 户 and 户次, is one change, and what can't be is refused whole."""

from __future__ import annotations

import datetime
import random

import pytest

from desktop.errors import UserError
from desktop.records.households import Household
from desktop.records.listing import Query
from desktop.records.pairings import Condolence
from desktop.records.staff import Staff
from desktop.services.gift_totals import BY, HOMES, MONEY, TIMES, UNSIGNED, gift_totals
from desktop.services.help_figures import help_figures

TODAY = datetime.date.today()
DAY = datetime.timedelta(days=1)


@pytest.fixture
def person(desk):
    made = Staff(full_name="李明")
    desk.books.save(made)
    return made


@pytest.fixture
def homes(desk):
    made = [Household(head=f"{surname}大爷", village="木兰村") for surname in "赵钱孙李周吴郑王"]
    for home in made:
        desk.books.save(home)
    return made


def gift(person, **values):
    return Condolence(**{"staff": person, "on": TODAY, "occasion": "春节", "amount": 500, **values})


def figures():
    return {(one.label, one.unit): one.value for one in help_figures(None, None)}


def test_a_round_to_eight_households_is_eight_and_one_change(desk, person, homes):
    kept = desk.condoling.save_round(gift(person, goods="大米一袋"), homes)

    assert [row.household for row in kept] == homes
    assert {(row.goods, row.amount, row.occasion) for row in Condolence.select()} == {
        ("大米一袋", 500, "春节")
    }
    told = figures()
    assert (told["慰问", "户"], told["慰问", "户次"], told["慰问金", "元"]) == (8, 8, 4000)
    desk.condoling.save_round(gift(person, on=TODAY - DAY), homes[:3])
    assert (figures()["慰问", "户"], figures()["慰问", "户次"]) == (8, 11)
    assert desk.changes.undo_last() == "登记慰问 3 户"
    assert desk.changes.undo_last() == "登记慰问 8 户"
    assert desk.books.count(Query(Condolence)) == 0


def test_a_round_with_one_that_cannot_be_keeps_nothing(desk, person, homes):
    desk.books.do(homes[7], "move", {"on": (TODAY - 9 * DAY).isoformat()})
    moved = desk.books.get(Household, homes[7].id)
    with pytest.raises(UserError, match=r"王大爷.*迁出"):
        desk.condoling.save_round(gift(person), [*homes[:7], moved])
    with pytest.raises(UserError, match="选了两次"):
        desk.condoling.save_round(gift(person), [*homes[:7], homes[0]])
    with pytest.raises(UserError, match="还没有选"):
        desk.condoling.save_round(gift(person), [])
    assert desk.books.count(Query(Condolence)) == 0


def test_days_that_cannot_be_are_refused(desk, person, homes):
    for values, reason in (
        ({"on": TODAY + 365 * DAY}, "请核对年份"),
        ({"on": TODAY + 3 * DAY, "signed": True}, "不能先登记已签收"),
        ({"on": datetime.date(1926, 1, 1)}, "早于 2000 年"),
        ({"amount": None, "goods": ""}, "至少填一项"),
    ):
        with pytest.raises(UserError, match=reason):
            desk.books.save(gift(person, household=homes[0], **values))
    desk.books.do(homes[1], "merge", {"into": homes[2].number})
    with pytest.raises(UserError, match=r"已并入.*孙大爷"):
        desk.books.save(gift(person, household=desk.books.get(Household, homes[1].id)))


def test_what_is_to_come_counts_on_its_day(desk, person, homes):
    desk.condoling.save_round(gift(person, on=TODAY + 3 * DAY), homes)
    assert (figures()["慰问", "户次"], figures()["慰问金", "元"]) == (0, 0)


def test_the_same_household_twice_a_day_is_asked_about(desk, person, homes):
    first = gift(person, household=homes[0])
    desk.books.save(first)
    assert desk.books.questions(first) == []
    assert "已登记过慰问（李明）" in desk.books.questions(gift(person, household=homes[0]))[0]
    assert desk.condoling.met_already(TODAY, homes) == {homes[0].id}
    desk.books.save(gift(person, household=homes[0], goods="棉被"))
    assert (figures()["慰问", "户"], figures()["慰问", "户次"]) == (1, 2)


def test_every_figure_of_the_totals_is_its_rows(desk, homes):
    chance = random.Random(7)
    helpers = [Staff(full_name=name) for name in ("李明", "周建国")]
    for helper in helpers:
        desk.books.save(helper)
    for _ in range(6):
        desk.condoling.save_round(
            gift(
                chance.choice(helpers),
                on=TODAY - chance.randint(-9, 400) * DAY,
                occasion=chance.choice(("春节", "七一", "")),
                amount=chance.choice((0, 300, 500)),
                goods="棉被",
            ),
            chance.sample(homes, chance.randint(1, 8)),
        )
    desk.condoling.sign([row.id for row in Condolence.select() if not row.is_ahead][::3])
    rows = {row.id: row for row in Condolence.select() if not row.is_ahead}
    for first in (None, TODAY - 90 * DAY):
        asked = [row for row in rows.values() if not first or (row.on and row.on >= first)]
        for by in BY:
            whole, *groups = gift_totals(first, None, by)
            assert (whole.label, whole.value(TIMES)) == ("合计", len(asked))
            assert sum(group.value(TIMES) for group in groups) == len(asked)
            assert sum(group.value(MONEY) for group in groups) == sum(row.amount or 0 for row in asked)
            for total in (whole, *groups):
                mine = [rows[key] for key in total.gifts(TIMES)]
                money = total.homes()
                assert len(mine) == len(set(total.gifts(TIMES))) == total.value(TIMES) >= total.value(HOMES)
                assert {row.household.id for row in mine} == set(money)
                assert len(money) == total.value(HOMES)
                assert sum(money.values()) == sum(row.amount or 0 for row in mine) == total.value(MONEY)
                assert total.gifts(MONEY) == [row.id for row in mine if row.amount]
                assert total.gifts(UNSIGNED) == [row.id for row in mine if not row.signed]
                assert len(total.gifts(UNSIGNED)) == total.value(UNSIGNED)
