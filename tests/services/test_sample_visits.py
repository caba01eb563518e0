"""The visits of the sample office: lifelike, never in the future, the same at every making."""

from __future__ import annotations

import datetime

import pytest

from desktop.records.diaries import Diary, Publication
from desktop.records.households import Household
from desktop.records.pairings import Condolence, Pairing, PairingProgress
from desktop.records.places import Place
from desktop.records.tickets import Ticket, TicketSource
from desktop.records.visits import Campaign, Visit, VisitState
from desktop.services import sample
from desktop.services.quotas import quotas, visit_figures

TODAY = datetime.date.today()


@pytest.fixture
def office(desk):
    sample.fill_office(desk)
    return desk


def test_households_lie_in_villages_of_the_tree_and_have_been_visited(office):
    homes = list(Household.select())
    villages = {place.name: place.parent for place in Place.select() if place.level == "村（社区）"}
    assert len(homes) == 24
    assert {home.village for home in homes} == set(villages)
    assert len(villages) == 5
    assert all(villages.values())
    assert len({home.number for home in homes}) == 24


def test_only_plans_lie_ahead(office):
    for visit in Visit.select():
        assert visit.visited_on is not None
        assert (visit.visited_on > TODAY) == (visit.state == VisitState.PLANNED), visit.caption()
    made = [*Diary.select(), *Publication.select(), *PairingProgress.select(), *Condolence.select()]
    days = [getattr(row, "on", None) or getattr(row, "written_on", None) for row in made]
    assert all(day and day <= TODAY for day in days)


def test_every_problem_of_a_visit_is_one_ticket_that_knows_its_visit(office):
    found = list(Ticket.select().where(Ticket.visit.is_null(False)))
    assert len(found) == 2
    for ticket in found:
        assert ticket.source == TicketSource.VISIT
        assert ticket.received_on == ticket.visit.visited_on
        assert ticket.household == ticket.visit.household


def test_quotas_pairings_and_publications_have_something_to_show(office):
    campaign = Campaign.get()
    assert campaign.since is not None
    assert campaign.until is not None
    assert campaign.since <= TODAY <= campaign.until
    done = [quota for quota in quotas(campaign) if quota.is_done]
    assert 0 < len(done) < 8
    homes, times = visit_figures(None, None)[:2]
    assert homes.value < times.value
    states = {pairing.state for pairing in Pairing.select()}
    assert states == {"结对中", "脱困解除"}
    diary = Diary.get(Diary.title == "一堵墙")
    assert Publication.select().where(Publication.diary == diary).count() == 2
