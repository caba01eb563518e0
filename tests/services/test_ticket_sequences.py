"""Any order of steps: no illegal state, no lost round, numbers without gaps, deadlines moved by extensions alone."""

from __future__ import annotations

import datetime
import itertools
import random

from desktop.errors import UserError
from desktop.records.register import RegisterEntry
from desktop.records.staff import Staff
from desktop.records.tickets import Occurrence, Ticket, TicketState
from desktop.services.ticket_rules import RULES

TODAY = datetime.date.today()
VALUES = {
    "section": ["组织科", "干部科"],
    "handler": ["李明", "查良镛"],
    "days": ["1", "5", "15", "16", "0"],
    "reason": ["要等配件", "不归本部管", "人在外地", ""],
    "approver": ["张部长"],
    "text": ["已办"],
    "outcome": ["已解决", "解释说明", "没有这一类"],
    "on": [TODAY.isoformat(), (TODAY - datetime.timedelta(days=2)).isoformat(), "2099-01-01"],
    "on_the_spot": ["是", "否"],
    "verdict": ["满意", "不满意", "不满意", "未联系上", "很好"],
    "method": ["电话", "当面"],
    "by": ["王芳", "李明"],
    "decision": ["采纳", "不采纳"],
    "meeting": ["2026年第3次部长办公会"],
    "words": ["还可以"],
    "next_on": ["2099-12-31"],
    "into": ["main"],
}
MOVES_THE_DATE = {"extend", "grant"}
OPENS_A_ROUND = {"evaluate", "redo"}
ONWARD = {"accept", "assign", "sign_for", "start", "answer", "evaluate", "close"}
COURSES = 40


def drawn(chance, ticket):
    """Draw a step, mostly one that the state allows, with what must be told and some of what may."""
    legal = [verb for verb, rule in RULES.items() if ticket.state in rule.starts]
    onward = [verb for verb in legal if verb in ONWARD] or legal
    verbs = chance.choices((onward, legal, list(RULES)), (5, 3, 2))[0] or list(RULES)
    verb = chance.choice(verbs)
    rule = RULES[verb]
    told = [name for name in rule.may if name in rule.must or chance.random() < 0.4]
    return verb, {name: chance.choice(VALUES[name]) for name in told}


def take(desk, ticket, main, verb, values):
    """Take a step if it is legal; say whether it was."""
    values = {name: main.number if text == "main" else text for name, text in values.items()}
    before = ticket.state, ticket.due_on, ticket.round, ticket.revision
    try:
        desk.books.do(ticket, verb, values)
    except UserError:
        kept = desk.books.get(Ticket, ticket.id)
        assert (kept.state, kept.due_on, kept.round, kept.revision) == before
        return False
    assert before[0] in RULES[verb].starts
    if ticket.round != before[2]:
        assert verb in OPENS_A_ROUND
        assert ticket.round == before[2] + 1
    elif ticket.due_on != before[1]:
        assert verb in MOVES_THE_DATE
        assert ticket.due_on > before[1]
    return True


def check(desk, ticket):
    """Hold a ticket to what must be true of it at any time."""
    kept = desk.books.get(Ticket, ticket.id)
    history = desk.tickets.history(kept)
    for earlier, later in itertools.pairwise(history):
        assert (later.before, later.due_before) == (earlier.after, earlier.due_after)
    assert history[-1].after == kept.state
    assert history[-1].due_after == kept.due_on
    rounds = [answer.round for answer in desk.tickets.answers(kept)]
    assert rounds == sorted(set(rounds))
    assert set(range(1, kept.round)) <= set(rounds), "an answer of an earlier round is lost"
    verdicts = [row.round for row in desk.tickets.evaluations(kept) if row.verdict != "未联系上"]
    assert len(verdicts) == len(set(verdicts))
    if kept.state in (TicketState.CLOSED, TicketState.ANSWERED, TicketState.EVALUATED):
        assert kept.round in rounds
    granted = [step.days for step in history if step.verb in MOVES_THE_DATE and step.round == kept.round]
    assert sum(granted) <= 15
    assert kept.running == (desk.ticket_views.clocks([kept])[0].pace not in ("已答复", "挂起"))


def test_whatever_is_done_in_whatever_order(desk):
    for name in ("李明", "查良镛"):
        desk.books.save(Staff(full_name=name, section="组织科"))
    reached: set[str] = set()

    for seed in range(COURSES):
        chance = random.Random(seed)
        main, ticket = registered(desk, TODAY), registered(desk, TODAY - datetime.timedelta(days=3))
        for _ in range(20):
            if take(desk, ticket, main, *drawn(chance, ticket)):
                check(desk, ticket)
                reached.add(ticket.state)

    check_numbers_and_totals(desk)
    # the drawing of steps would be worth little if it never got anywhere
    assert reached >= set(TicketState) - {TicketState.REGISTERED}


def registered(desk, on):
    """Return a new suggestion: it may be decided on as well as answered."""
    ticket = Ticket(content="路灯不亮", received_on=on, sort="意见建议")
    desk.books.save(ticket)
    return ticket


def check_numbers_and_totals(desk):
    """Hold the whole office to what must be true of it."""
    numbers = sorted(row.number for row in RegisterEntry.select().where(RegisterEntry.series == "问题"))
    assert numbers == list(range(1, len(numbers) + 1))
    # each was raised once, and a merged one's time belongs to the main ticket
    assert Occurrence.select().count() == Ticket.select().count()
    merged = Ticket.select().where(Ticket.state == TicketState.MERGED)
    assert not Occurrence.select().where(Occurrence.ticket.in_(merged)).exists()
    for figure in desk.reports.report("tickets").figures + desk.reports.report("suggestions").figures:
        assert figure.parts or len(set(figure.records)) == figure.value, figure.label
