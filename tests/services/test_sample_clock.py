"""The sample office on a machine whose clock stands wrong."""

from __future__ import annotations

import datetime
from types import SimpleNamespace

import pytest

from desktop.records.open_days import DayState, OpenDay
from desktop.services import open_days, sample


@pytest.mark.parametrize("day", ["2020-01-01", "2026-09-29", "2028-02-29"])
def test_the_day_that_is_over_is_over_whatever_the_clock_says(desk, monkeypatch, day):
    """A clock before the usual date refused the sample: that day "is not there yet"."""

    real = datetime.date.fromisoformat(day)

    class Clock(datetime.date):
        def __new__(cls, *values: int):
            return type(real)(*values)

        @classmethod
        def today(cls):
            return real

    clock = SimpleNamespace(date=Clock, timedelta=datetime.timedelta)
    for module in (sample, open_days):
        monkeypatch.setattr(module, "datetime", clock)
    sample.fill_office(desk)
    held, coming = OpenDay.select().order_by(OpenDay.held_on)
    assert (held.state, held.held_on < real) == (DayState.HELD, True)
    assert coming.held_on > real
