"""Fees taken and interest paid by the bank."""

from __future__ import annotations

from decimal import Decimal

from core.features.charges import Charges
from tests.core.features.builders import bank_of_one, transaction, values


def test_fees_and_earned_interest_are_told_from_card_interest() -> None:
    bank = bank_of_one(
        [],
        [
            transaction("a", "0.15", kind="check fee"),
            transaction("a", "10", product="credit", kind="cash advance fee"),
            transaction("a", "2.50", direction="in", kind="interest", interest=Decimal("2.50")),
            transaction("a", "90", product="credit", direction="in", interest=Decimal(7)),
            transaction("a", "500"),
        ],
    )

    assert values(bank, Charges()) == {
        "fees_paid": 10.15,
        "fees_number": 2,
        "interest_earned": 2.5,
    }


def test_a_customer_without_transactions_pays_and_earns_nothing() -> None:
    assert values(bank_of_one(), Charges()) == {
        "fees_paid": 0.0,
        "fees_number": 0,
        "interest_earned": 0.0,
    }
