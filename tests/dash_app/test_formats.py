"""Numbers as people read them."""

from __future__ import annotations

import math
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.features.base import Kind
from dash_app import formats
from dash_app.formats import NO_DATA, count, day, format_value, moment, money, number, one_in

N = "\xa0"


@pytest.mark.parametrize(
    ("value", "compact", "written"),
    [
        (1_520_345.5, True, f"$1.52{N}M"),
        (15_203, True, f"$15.2{N}k"),
        (999_999, True, f"$1.00{N}M"),
        (999_499, True, f"$999{N}k"),
        (99_960, True, f"$100{N}k"),
        (5e15, True, f"$5,000{N}T"),
        (4_812.6, True, "$4,813"),
        (2.5e9, True, f"$2.50{N}B"),
        (1_520_345.5, False, "$1,520,346"),
        (0, False, "$0"),
        (12.345, False, "$12.35"),
        (-12.5, False, "−$12.50"),
        (-0.001, False, "$0.00"),
        (None, False, NO_DATA),
        (math.nan, True, NO_DATA),
        (math.inf, True, NO_DATA),
    ],
)
def test_money(value: float | None, compact: bool, written: str) -> None:
    assert money(value, "USD", compact=compact) == written


@pytest.mark.parametrize(
    ("currency", "written"),
    [("EUR", "€5"), ("GBP", "£5"), ("BRL", "R$5"), ("XYZ", f"XYZ{N}5")],
)
def test_a_currency_has_its_sign_or_its_code(currency: str, written: str) -> None:
    assert money(5, currency) == written


@pytest.mark.parametrize(
    ("value", "kind", "unit", "written"),
    [
        (4812.4, Kind.MONEY, "", "$4,812"),
        (112, Kind.COUNT, "transactions", f"112{N}transactions"),
        (0.5274, Kind.SHARE, "", "52.7%"),
        (17, Kind.DAYS, "", f"17{N}days"),
        (1, Kind.DAYS, "days", f"1{N}day"),
        (3.5, Kind.YEARS, "", f"3.5{N}years"),
        (1, Kind.FLAG, "", "yes"),
        (0, Kind.FLAG, "", "no"),
        (0.25, Kind.FLAG, "", "25.0%"),
        (0.004, Kind.NUMBER, "", "0.00"),
        ("married", Kind.CATEGORY, "", "married"),
        (None, Kind.MONEY, "", NO_DATA),
        (None, Kind.CATEGORY, "", NO_DATA),
        (math.nan, Kind.COUNT, "transactions", NO_DATA),
    ],
)
def test_a_value_is_written_as_its_kind(value: object, kind: Kind, unit: str, written: str) -> None:
    assert format_value(value, kind, unit, "USD") == written


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_can_be_written(kind: Kind) -> None:
    assert format_value(2, kind)
    assert format_value(2, kind.value, compact=True)


def test_something_that_is_no_value_is_refused() -> None:
    with pytest.raises(TypeError, match="not list"):
        format_value([1], Kind.MONEY)


@given(st.floats(-1e300, 1e300) | st.just(math.nan) | st.just(-math.inf))
def test_no_number_shows_nan_an_ascii_minus_or_minus_zero(value: float) -> None:
    for written in (number(value), money(value, "USD"), count(value), formats.percent(value)):
        assert "nan" not in written
        assert "inf" not in written
        assert "-" not in written
        assert written.lstrip("−$0.,%") or not written.startswith("−")


def test_dates_and_times() -> None:
    assert day(date(1995, 1, 2)) == "2 Jan 1995"
    assert moment(datetime(2026, 11, 2, 6, 5)) == "2 Nov 2026 06:05"  # noqa: DTZ001
    assert (day(None), moment(None)) == (NO_DATA, NO_DATA)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.5, "about 1 in 2"),
        (0.25, "about 1 in 4"),
        (0.66, "about 2 in 3"),
        (0.77, "about 3 in 4"),
        (0.0, "none"),
        (1.0, "nearly all"),
    ],
)
def test_shares_as_people_say_them(share: float, words: str) -> None:
    assert one_in(share) == words
