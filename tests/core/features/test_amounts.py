"""Amounts on each product."""

from __future__ import annotations

import pytest

from core.features.amounts import Amounts
from tests.core.features.builders import bank_of_one, inquiry, transaction, values


def test_statistics_are_exact_and_of_one_product() -> None:
    amounts = ["1", "2", "3", "10"]
    bank = bank_of_one(
        [],
        [transaction("a", a, product="savings") for a in amounts]
        + [transaction("a", "5", product="credit"), inquiry("a", product="credit")],
    )

    found = values(bank, Amounts())

    assert {name: value for name, value in found.items() if value is not None} == {
        "savings_amount_mean": 4.0,
        "savings_amount_median": 2.5,
        "savings_amount_sd": pytest.approx((50 / 3) ** 0.5, rel=1e-15),
        "savings_amount_iqr": 3.0,  # 4.75 - 1.75, linear interpolation
        "savings_amount_min": 1.0,
        "savings_amount_max": 10.0,
        "card_amount_mean": 5.0,
        "card_amount_median": 5.0,
        "card_amount_iqr": 0.0,
        "card_amount_min": 5.0,
        "card_amount_max": 5.0,
    }


def test_equal_amounts_have_no_spread_at_all() -> None:
    bank = bank_of_one([], [transaction("a", "5432.17") for _ in range(1000)])

    assert values(bank, Amounts())["checking_amount_sd"] == 0.0
