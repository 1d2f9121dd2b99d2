"""How steady customers are."""

from __future__ import annotations

import statistics
from datetime import date

import pytest

from core.features.volatility import Volatility
from tests.core.features.builders import bank_of_one, transaction, values


def test_spending_is_summed_over_the_twelve_months_to_the_as_of_date() -> None:
    bank = bank_of_one(
        [],
        [
            transaction("a", "100", date(1995, 12, 1)),
            transaction("a", "20", date(1995, 10, 31)),
            transaction("a", "40", date(1995, 9, 30)),
            transaction("a", "8", date(1995, 1, 1)),
            transaction("a", "5000", date(1994, 12, 31)),  # before the year
            transaction("a", "7000", date(1995, 12, 24), direction="in"),
        ],
    )

    monthly = [100, 0, 20, 40, 0, 0, 0, 0, 0, 0, 0, 8]
    mean = 14.0
    amounts = [100, 20, 40, 8, 5000, 7000]
    volatility = statistics.stdev(amounts) / statistics.mean(amounts)
    sd = (sum((m - mean) ** 2 for m in monthly) / 11) ** 0.5
    assert values(bank, Volatility()) == {
        "amount_volatility": pytest.approx(volatility, rel=1e-14),
        "monthly_spend_mean": mean,
        "monthly_spend_sd": pytest.approx(sd, rel=1e-14),
        "spend_change": 80.0,
        "spend_trend": 0.75,
        "active_months": 4,
    }


def test_a_customer_without_transactions_is_steady_at_zero() -> None:
    assert values(bank_of_one(), Volatility()) == {
        "amount_volatility": None,
        "monthly_spend_mean": 0.0,
        "monthly_spend_sd": 0.0,
        "spend_change": 0.0,
        "spend_trend": None,
        "active_months": 0,
    }


def test_one_amount_has_no_volatility_and_equal_ones_have_none_to_speak_of() -> None:
    one = bank_of_one([], [transaction("a", "3.33")])
    equal = bank_of_one([], [transaction("a", "3.33") for _ in range(7)])

    assert values(one, Volatility())["amount_volatility"] is None
    assert values(equal, Volatility())["amount_volatility"] == 0.0
