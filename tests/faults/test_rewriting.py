"""Encrypting a file, taking its password away, giving it a new key: killed on the way, a whole file opens."""

from __future__ import annotations

import contextlib
import os
import random

import pytest

from desktop.app import desk_for_file, make_office
from desktop.commands.protecting import Protection
from desktop.errors import LockedError
from desktop.records.representatives import Representative
from desktop.records.staff import Office
from desktop.storage import encrypting, key_slots, keyring, office, opening, unlocking, user_keys, wiping

PASSWORD, OTHER = "红军不怕远征难", "correct horse battery"
NAME = "阿依古丽·买买提"
SHORT = 2
"""Moments of death tried, of some ten."""


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Wrap keys by little work, and wait for nobody."""
    monkeypatch.setattr(key_slots, "MEMORY", 1 << 16)
    monkeypatch.setattr(key_slots, "ROUNDS", 1)
    monkeypatch.setitem(unlocking.unlock.__kwdefaults__, "sleep", lambda _: None)
    yield
    office.close()
    forget()


def forget():
    keyring.let_go()
    opening._opened_by.clear()


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    path = tmp_path_factory.mktemp("rewritten") / "office.openday"
    desk = make_office(path)
    desk.offices.set_up(Office(name="中共肥西县委组织部"))
    desk.books.save(Representative(full_name=NAME))
    office.close()
    return path


def rewritten(path, wanted):
    if wanted == "plain":
        encrypting.rewrite(path, None, None)
    else:
        key, keys, _ = user_keys.first_keys(OTHER)
        encrypting.rewrite(path, key, keys)


def put_back(folder, start):
    for path in folder.iterdir():
        path.unlink()
    for name, data in start.items():
        (folder / name).write_bytes(data)


def killed_at(moment, monkeypatch, path, wanted):
    """Rewrite the file; from the given call on nothing is renamed, linked or removed any more. Returns the calls."""
    calls = []

    def dying(real):
        def call(*words, **more):
            calls.append(real)
            if len(calls) > moment:
                raise SystemExit("killed")
            return real(*words, **more)

        return call

    with monkeypatch.context() as patch:
        for name in ("replace", "link", "unlink"):
            patch.setattr(os, name, dying(getattr(os, name)))
        with contextlib.suppress(SystemExit):
            rewritten(path, wanted)
    forget()
    return len(calls)


def assert_sound(path):
    password = None
    if keyring.fingerprint_of(path) is not None:
        try:
            password = OTHER
            unlocking.unlock(path, OTHER)
        except LockedError:
            password = PASSWORD
        forget()
    assert desk_for_file(path, password).offices.own().name == "中共肥西县委组织部"
    assert Representative.get().full_name == NAME
    office.close()
    if password:
        assert NAME.encode() not in path.read_bytes()
        assert not wiping.second_name(path).exists(), "the plain file is out of reach after the next opening"


@pytest.mark.parametrize("wanted", ["encrypted", "plain", "new key"])
def test_killed_anywhere_a_whole_file_opens_as_before_or_as_after(plain, tmp_path, wanted, monkeypatch, long):
    path = tmp_path / "office.openday"
    path.write_bytes(plain.read_bytes())
    if wanted != "encrypted":
        Protection(path).protect(PASSWORD)
    ring, start = dict(keyring._held), {other.name: other.read_bytes() for other in tmp_path.iterdir()}
    all_calls = killed_at(1_000, monkeypatch, path, wanted)
    assert all_calls >= 4
    assert_sound(path)

    moments = range(all_calls) if long else random.sample(range(all_calls), SHORT)
    for moment in moments:
        put_back(tmp_path, start)
        keyring._held.update(ring)
        killed_at(moment, monkeypatch, path, wanted)
        assert_sound(path)
