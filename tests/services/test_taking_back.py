"""Undo, again and again: each step back is one change, and nothing done since is lost."""

from __future__ import annotations

import pytest

from desktop.errors import UserError
from desktop.records.history import last_change
from desktop.records.representatives import Representative
from desktop.records.trail import Change
from desktop.storage import checking


@pytest.fixture
def person(desk):
    made = Representative(full_name="曾国强")
    desk.books.save(made)
    for post in ("书记", "主任", "主席"):
        kept = desk.books.get(Representative, made.id)
        kept.post = post
        desk.books.save(kept)
    return made


def post_of(person):
    found = Representative.get_or_none(Representative.id == person.id)
    return found.post if found else "不在"


def test_undo_walks_back_step_by_step(desk, person, office_file):
    seen = [post_of(person)]
    while seen[-1] != "不在":
        assert "曾国强" in desk.changes.undo_last()
        seen.append(post_of(person))
    assert seen == ["主席", "主任", "书记", "", "不在"]
    assert checking.faults_of(office_file) == []


def test_what_was_done_after_an_undo_is_undone_first(desk, person):
    desk.changes.undo_last()
    kept = desk.books.get(Representative, person.id)
    kept.post = "干事"
    desk.books.save(kept)
    seen = []
    for _ in range(3):
        desk.changes.undo_last()
        seen.append(post_of(person))
    assert seen == ["主任", "书记", ""]


def test_a_change_under_a_later_one_is_refused_until_that_one_is_undone(desk, person):
    first, second = list(Change.select().where(Change.action.startswith("修改代表")))[1:]
    with pytest.raises(UserError, match="后来又改动过"):
        desk.changes.undo(first)
    assert post_of(person) == "主席"
    desk.changes.undo(second)
    desk.changes.undo(first)
    assert post_of(person) == "书记"


def test_nothing_is_undone_twice_and_an_undo_is_no_change_to_undo(desk, person):
    last = last_change()
    desk.changes.undo(last)
    with pytest.raises(UserError, match="已经撤销过了"):
        desk.changes.undo(Change.get_by_id(last.id))
    assert "撤销：" not in last_change().action
    assert post_of(person) == "主任"


def test_a_removal_is_taken_back_and_found_again(desk, person, office_file):
    desk.books.remove(desk.books.get(Representative, person.id), "调离")
    desk.changes.undo_last()
    assert [found.id for found in desk.books.find(Representative, "zgq")] == [person.id]
    desk.changes.undo_last()
    assert post_of(person) == "主任"
    assert checking.faults_of(office_file) == []
