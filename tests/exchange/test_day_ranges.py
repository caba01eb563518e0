"""Ranges of days in a table of 放假安排."""

from __future__ import annotations

import datetime

import pytest

from desktop.exchange.day_ranges import days_of

day = datetime.date.fromisoformat


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2027-01-01至2027-01-03", "2027-01-01", "2027-01-03"),
        ("2027年1月1日至3日", "2027-01-01", "2027-01-03"),
        ("2027年4月30日-5月2日", "2027-04-30", "2027-05-02"),
        ("2027.10.1 - 2027.10.7", "2027-10-01", "2027-10-07"),
        ("2026年12月31日—2027年1月2日", "2026-12-31", "2027-01-02"),
        ("2027-05-01～05-05", "2027-05-01", "2027-05-05"),
    ],
)
def test_a_range_is_every_day_of_it(text, first, last):
    days = days_of(text)
    assert (days[0], days[-1]) == (day(first), day(last))
    assert len(days) == (day(last) - day(first)).days + 1


@pytest.mark.parametrize(
    "text",
    [
        "2027-01-01",
        "2027年1月1日",
        "",
        "春节",
        "1月1日至3日",
        "2027-01-03至2027-01-01",
        "2027-01-01至2028-01-01",
        "2027-02-01至30日",
    ],
)
def test_what_is_no_range_is_left_as_it_is(text):
    assert days_of(text) == ()
