"""Whatever was done with visits: the tally says what counting says, and each problem is exactly one ticket."""

from __future__ import annotations

import datetime
import random

import pytest

from desktop.errors import UserError
from desktop.records import visit_counts, visit_tally
from desktop.records.households import Household
from desktop.records.staff import Staff
from desktop.records.tickets import Ticket
from desktop.records.visits import Visit, VisitStaff

TODAY = datetime.date.today()


def by_hand(first, last):
    """Count distinct 户 and 户次 of each one row by row."""
    rows = [
        (bytes(row.staff.id), bytes(row.household.id))
        for row in VisitStaff.select().where(VisitStaff.deleted_at.is_null())
        if row.household is not None and first <= row.visited_on <= last
    ]
    return {
        key: (len({home for who, home in rows if who == key}), sum(who == key for who, _ in rows))
        for key, _ in rows
    }


@pytest.mark.parametrize("seed", range(3))
def test_any_course_of_work_leaves_the_counts_right(desk, seed):
    chance = random.Random(seed)
    staff = [Staff(full_name=name) for name in ("周建国", "李明", "赵文静")]
    homes = [Household(head=f"户主{place}", village="木兰村") for place in range(6)]
    for record in (*staff, *homes):
        desk.books.save(record)

    def day():
        return TODAY - datetime.timedelta(days=chance.randrange(12))

    def kept():
        return list(Visit.select().where(Visit.deleted_at.is_null()))

    def work():
        there = kept()
        match chance.choice(("new", "new", "new", "change", "remove", "merge", "undo")):
            case "new":
                state = chance.choice(("已访", "已访", "已访", "未遇"))
                visit = Visit(visited_on=day(), staff=staff[0], household=chance.choice(homes), state=state)
                visit.companions = chance.choice(("", "李明", "李明、赵文静"))
                desk.visiting.save(visit, [Ticket(content="路灯不亮")] if chance.random() < 0.2 else ())
            case "change" if there:
                visit = chance.choice(there)
                visit.visited_on, visit.staff = day(), chance.choice(staff)
                visit.household, visit.state = chance.choice(homes), chance.choice(("已访", "未遇"))
                desk.books.save(visit)
            case "remove" if there:
                desk.books.remove(chance.choice(there))
            case "merge":
                home, into = (desk.books.get(Household, one.id) for one in chance.sample(homes, 2))
                desk.books.do(home, "merge", {"into": into.number})
            case _ if done[-1:]:
                desk.changes.undo_last()
                done.pop()
                return
            case _:
                return
        done.append(True)

    done = []
    for _ in range(45):
        try:
            work()
        except UserError:
            continue  # what the rules refuse leaves everything as it was
        assert visit_tally.is_right()
    span = sorted((day(), day()))
    for first, last in ((TODAY - datetime.timedelta(days=400), TODAY), span):
        counted = {row.staff: (row.households, row.visits) for row in visit_counts.by_staff(first, last)}
        assert counted == by_hand(first, last)
        assert all(homes <= visits for homes, visits in counted.values())
        for key, (homes_there, visits) in counted.items():
            opened = visit_counts.visited_by(key, first, last)
            assert (len(opened.households), len(opened.visits)) == (homes_there, visits)
    counts = visit_counts.by_staff()
    assert counts == visit_counts.by_staff(datetime.date(2000, 1, 1), TODAY)


def test_each_problem_of_any_visit_is_exactly_one_ticket_however_often_it_is_saved(desk):
    chance = random.Random(11)
    person, homes = (
        Staff(full_name="李明"),
        [Household(head=f"户主{place}", village="木兰村") for place in range(4)],
    )
    for record in (person, *homes):
        desk.books.save(record)
    wanted: dict[bytes, list[str]] = {}
    for turn in range(14):
        visit = Visit(visited_on=TODAY, staff=person, household=chance.choice(homes))
        said = [f"第 {turn} 次的问题 {place}" for place in range(chance.randrange(4))]
        desk.visiting.save(visit, [Ticket(content=words) for words in said])
        if chance.random() < 0.3:
            desk.changes.undo_last()
            continue
        wanted[visit.id] = said
        for _ in range(chance.randrange(3)):
            visit.found, visit.state = f"{visit.found}又", chance.choice(("已访", "未遇"))
            desk.books.save(visit)
        if chance.random() < 0.4:
            said.append(f"第 {turn} 次后来的问题")
            desk.visiting.save(visit, [Ticket(content=said[-1])])
    tickets = list(Ticket.select().where(Ticket.deleted_at.is_null()))
    assert sorted((bytes(one.visit_id), one.content) for one in tickets) == sorted(
        (key, words) for key, said in wanted.items() for words in said
    )
    assert len({one.number for one in tickets}) == len(tickets)
    assert all(one.due_on and one.household == one.visit.household for one in tickets)
