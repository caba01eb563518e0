"""openday check tells where the counts of visits don't agree with the visits."""

from __future__ import annotations

import datetime

from desktop.records.base import database
from desktop.records.households import Household
from desktop.records.staff import Staff
from desktop.records.visits import Visit
from desktop.storage import office
from desktop.storage.checking import faults_of


def test_a_count_that_was_changed_by_hand_is_found(desk, office_file):
    person, home = Staff(full_name="李明"), Household(head="王大爷", village="木兰村")
    for record in (person, home, Visit(visited_on=datetime.date.today(), staff=person, household=home)):
        desk.books.save(record)
    office.close()
    assert faults_of(office_file) == []
    office.open_office(office_file)
    database.execute_sql("UPDATE visit_tally SET times = 2")
    office.close()
    assert faults_of(office_file) == ["走访的计数与走访登记不符，走访指标里的户和户次可能不对"]
