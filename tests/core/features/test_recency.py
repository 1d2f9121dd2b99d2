"""Recency, frequency, monetary value and the time between active days."""

from __future__ import annotations

from datetime import date

import pytest

from core.features.recency import Recency
from tests.core.features.builders import bank_of_one, inquiry, transaction, values


def test_rfm_counts_active_days_and_outgoing_money() -> None:
    bank = bank_of_one(
        [],
        [
            transaction("a", "10", date(1995, 12, 1)),
            transaction("a", "20", date(1995, 12, 1)),
            transaction("a", "1000", date(1995, 12, 3), direction="in", kind="deposit"),
            transaction("a", "30", date(1995, 12, 9)),
            transaction("a", "4", date(1995, 12, 21), direction="in", kind="interest"),
            inquiry("a", date(1995, 12, 30)),
        ],
    )

    assert values(bank, Recency()) == {
        "recency_days": 10.0,
        "recency_own_days": 22.0,
        "frequency": 4,
        "monetary_value": 60.0,
        "monetary_mean": 20.0,
        "days_between_mean": pytest.approx(20 / 3),
        "days_between_sd": pytest.approx(5.033222956847166, rel=1e-15),  # of 2, 6 and 12 days
    }


def test_a_customer_without_transactions_has_no_recency() -> None:
    assert values(bank_of_one([], [inquiry("a")]), Recency()) == {
        "recency_days": None,
        "recency_own_days": None,
        "frequency": 0,
        "monetary_value": 0.0,
        "monetary_mean": None,
        "days_between_mean": None,
        "days_between_sd": None,
    }


def test_a_transaction_on_the_as_of_date_is_zero_days_ago_and_a_later_one_unknown() -> None:
    bank = bank_of_one(
        [],
        [
            transaction("a", booked_on=date(1995, 12, 31)),
            transaction("a", booked_on=date(1996, 1, 1)),
        ],
    )

    found = values(bank, Recency())

    assert (found["recency_days"], found["frequency"]) == (0.0, 1)


@pytest.mark.parametrize("kind", ["interest", "check fee", "Check Fee", "usage_fee", "fee"])
def test_what_the_bank_books_is_not_the_customers_own_doing(kind: str) -> None:
    bank = bank_of_one([], [transaction("a", kind=kind)])

    assert values(bank, Recency())["recency_own_days"] is None


def test_a_word_that_contains_fee_is_not_a_fee() -> None:
    bank = bank_of_one([], [transaction("a", kind="coffee purchase")])

    assert values(bank, Recency())["recency_own_days"] == 0.0
