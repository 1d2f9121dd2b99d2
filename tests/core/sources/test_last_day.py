"""One mistyped day must not decide how long ago everything was: it is refused, or reported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.sources.canonical import SourceRead, read_source
from core.sources.checking import check_source
from core.sources.last_day import CHECK_APART, CHECK_LATER, DayRows, days_apart, odd_days
from core.sources.problems import SourceError
from tests.core.sources.builders import QUERIES, TOML, tiny_files, tiny_spec

JANUARY = date(2024, 1, 1)
APART = (
    "The last day in moves.day is 2095-12-31, far beyond the rest: 1 row lies after "
    f"{(date(2095, 12, 31) - date(2024, 2, 9)).days - 1:,} days without any, and the day before "
    "that is 2024-02-09."
)
TWO_LATER = (
    "2 rows have days in moves.day after the as-of date 2024-02-09, the last of them 2095-12-31: "
    "mistyped, or of a later time. Give a later --as-of if they count."
)
LATER = f"{CHECK_LATER} (moves.day)"


def moves(*more: str, days: int = 40) -> str:
    """A move on every day from January on, and more."""
    usual = [(JANUARY + timedelta(days=n)) for n in range(days)]
    rows = [f"A1;{n};{d.day}.{d.month}.{d.year};;1" for n, d in enumerate(usual)]
    rows += [f"A1;{n};{text};;1" for n, text in enumerate(more, 1_000)]
    return "\n".join(["number;entry;day;clock;amount", *rows, ""])


def read(folder: Path, *more: str, as_of: date | None = None) -> SourceRead:
    return read_source(tiny_spec(), tiny_files(folder, moves=moves(*more)), as_of=as_of)


def findings(source: SourceRead) -> dict[str, tuple[bool, int, str]]:
    return {
        f.check: (f.passed, f.count, f.sentence)
        for f in source.integrity
        if f.check in (LATER, CHECK_APART)
    }


def test_a_day_far_beyond_the_rest_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as refused:
        read(tmp_path, "31.12.2095")
    assert str(refused.value) == (
        f"{APART} Mend the rows, or say which day the files speak of: --as-of 2024-02-09 (later "
        "days are left out and reported), or --as-of 2095-12-31 if they are right."
    )


def test_days_after_the_stated_one_are_counted_and_left_out(tmp_path: Path) -> None:
    with read(tmp_path, "31.12.2095", "1.3.2024", as_of=date(2024, 2, 9)) as source:
        assert source.as_of == date(2024, 2, 9)
        assert source.tables.transactions is not None
        assert source.tables.transactions.count().execute() == 40
        assert findings(source) == {
            LATER: (False, 2, TWO_LATER),
            CHECK_APART: (True, 0, "The last days in moves.day are near the others."),
        }


def test_a_day_that_is_far_but_stated_is_taken_and_reported(tmp_path: Path) -> None:
    with read(tmp_path, "31.12.2095", as_of=date(2095, 12, 31)) as source:
        assert source.as_of == date(2095, 12, 31)
        assert findings(source) == {
            LATER: (True, 0, "No day in moves.day is after the as-of date."),
            CHECK_APART: (False, 1, f"{APART} Give --as-of 2024-02-09 if that is a mistake."),
        }
        assert odd_days(source.integrity) == (findings(source)[CHECK_APART][2],)


def test_days_without_anything_odd_are_said_to_be_in_order(tmp_path: Path) -> None:
    with read(tmp_path) as source:
        assert (source.as_of, odd_days(source.integrity)) == (date(2024, 2, 9), ())
        assert [passed for passed, _, _ in findings(source).values()] == [True, True]


def test_a_check_takes_the_day_that_is_given(tmp_path: Path) -> None:
    (tmp_path / "source.toml").write_text(TOML)
    for name, query in QUERIES.items():
        (tmp_path / f"{name}.sql").write_text(query)
    files = tiny_files(tmp_path / "files", moves=moves("31.12.2095"))
    (refused,) = check_source(tmp_path, files).mistakes
    assert "--as-of 2024-02-09" in refused
    found = check_source(tmp_path, files, as_of=date(2024, 2, 9))
    assert found.mistakes == ()
    assert any("the last of them 2095-12-31" in remark for remark in found.remarks)


def daily(rows: int, *days: int) -> list[DayRows]:
    return [DayRows(JANUARY + timedelta(days=n), rows) for n in days]


@pytest.mark.parametrize(
    ("days", "apart"),
    [
        (daily(5, *range(60), 59 + 31), False),  # a month without any
        (daily(5, *range(60), 59 + 32), True),  # more than a month
        (daily(5, *range(10), 9 + 32), False),  # too, but one row in eleven
        ([*daily(50, *range(30)), *daily(1, 100, 500, 30_000)], True),
        (daily(1, *range(0, 600, 30), 600 + 100), False),  # monthly: half a year is needed
        (daily(1, *range(0, 600, 30), 600 + 200), True),
        (daily(1, 0, 300, 600, *range(601, 700), 700 + 40), True),  # a thin beginning
        (daily(1, *range(18), 20_000), False),  # too few to tell
        (daily(1_000, *range(30)) + daily(3_000, 2_913_000), False),  # a code for "open"
        ([], False),
        (daily(9, 1), False),
    ],
)
def test_last_days_stand_apart_where_they_are_few_and_far(
    days: Sequence[DayRows], apart: bool
) -> None:
    assert (days_apart(days) is not None) == apart


@given(st.lists(st.integers(0, 400), min_size=25, unique=True), st.integers(1, 9))
def test_a_single_row_a_century_later_always_stands_apart(days: list[int], rows: int) -> None:
    known = daily(rows, *sorted(days))
    found = days_apart([*known, *daily(1, 40_000)])
    assert found is not None
    assert found.last == JANUARY + timedelta(days=40_000)
