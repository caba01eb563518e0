"""Which backups are kept: the rule, day after day, whatever the clock does."""

from __future__ import annotations

import datetime
import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.storage.thinning import DAYS, MONTHS, WEEKS, kept

NOON = datetime.datetime(2026, 11, 22, 12)
moments = st.datetimes(datetime.datetime(2023, 1, 1), datetime.datetime(2027, 6, 1))


@given(st.lists(moments, max_size=120), moments)
@settings(max_examples=80, deadline=None)
def test_what_is_kept(made, now):
    keep = kept(made, now)
    yesterday = now.date() - datetime.timedelta(days=1)
    recent = {place for place, at in enumerate(made) if at.date() >= yesterday}
    assert recent <= keep
    assert not made or max(range(len(made)), key=lambda place: (made[place], place)) in keep
    older = keep - recent
    assert len(older) <= DAYS + WEEKS + MONTHS + 1
    days = sorted({made[place].date() for place in range(len(made))} - {made[p].date() for p in recent})
    for day in days[-DAYS:]:  # each of the last twelve days there are has its last one
        last = max((p for p in range(len(made)) if made[p].date() == day), key=lambda p: (made[p], p))
        assert last in keep
    assert kept([made[place] for place in sorted(keep)], now) == set(
        range(len(keep))
    )  # thinning again takes none


def thinned_every_day(days, hours=(8, 12, 17)):
    made = []
    for day in range(days, -1, -1):
        for hour in hours:
            made.append((NOON - datetime.timedelta(days=day)).replace(hour=hour))
            now = made[-1]
            keep = kept(made, now)
            made = [at for place, at in enumerate(made) if place in keep]
    return made


def test_a_year_of_use_leaves_days_weeks_and_months_behind():
    made = thinned_every_day(400)
    today = NOON.date()
    age = sorted({(today - at.date()).days for at in made})
    assert age[: DAYS + 2] == list(range(DAYS + 2))
    assert len([at for at in made if at.date() == today]) == 3
    gaps = [later - earlier for earlier, later in itertools.pairwise(age)]
    assert max(gaps) <= 37
    assert age[-1] > 300
    assert len(made) <= 6 + DAYS + WEEKS + MONTHS + 2


@given(st.integers(1, 2000))
@settings(max_examples=20, deadline=None)
def test_a_clock_set_back_takes_nothing_away(back):
    made = thinned_every_day(40)
    assert kept(made, NOON - datetime.timedelta(days=back)) >= {
        place for place, at in enumerate(made) if at >= NOON - datetime.timedelta(days=back)
    }
