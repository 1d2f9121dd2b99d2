"""Months counted back from a date."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.features.periods import month_ends_before


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_twelve_months_back_is_the_same_day_of_the_year_before_and_months_never_overlap(
    as_of: date,
) -> None:
    ends = month_ends_before(as_of, 12)

    assert ends[0] == as_of
    assert (ends[12].year, ends[12].month) == (as_of.year - 1, as_of.month)
    lengths = [newer - older for newer, older in itertools.pairwise(ends)]
    assert all(timedelta(days=28) <= length <= timedelta(days=31) for length in lengths)
