"""How customers use credit."""

from __future__ import annotations

from decimal import Decimal

from core.features.credit import Credit
from tests.core.features.builders import Row, account, bank_of_one, transaction, values


def card(amount: str, direction: str, kind: str, **changes: object) -> Row:
    return transaction("a", amount, product="credit", direction=direction, kind=kind, **changes)


def test_a_customer_without_a_card_has_no_utilisation_and_zero_amounts() -> None:
    assert values(bank_of_one(), Credit()) == {
        "credit_limit": 0.0,
        "credit_utilisation": None,
        "card_spend": 0.0,
        "card_purchases": 0,
        "card_payments": 0.0,
        "cash_advances": 0.0,
        "cash_advances_number": 0,
        "interest_paid": 0.0,
        "payment_ratio": None,
    }


def test_purchases_cash_fees_and_payments_are_kept_apart() -> None:
    bank = bank_of_one(
        [account("a", "credit", balance=Decimal(250), credit_limit=Decimal(1000))],
        [
            card("100", "out", "purchase"),
            card("60", "out", "purchase"),
            card("40", "out", "cash_advance"),
            card("10", "out", "cash advance fee"),
            card("52.50", "in", "payment", interest=Decimal("2.50")),
            transaction("a", "999", interest=Decimal(9)),  # not on a card
        ],
    )

    assert values(bank, Credit()) == {
        "credit_limit": 1000.0,
        "credit_utilisation": 0.25,
        "card_spend": 160.0,
        "card_purchases": 2,
        "card_payments": 52.5,
        "cash_advances": 40.0,
        "cash_advances_number": 1,
        "interest_paid": 2.5,
        "payment_ratio": 0.25,
    }


def test_debt_without_a_limit_does_not_raise_utilisation() -> None:
    bank = bank_of_one(
        [
            account("a", "credit", balance=Decimal(900), credit_limit=None),
            account("a", "credit", balance=Decimal(50), credit_limit=Decimal(100)),
        ]
    )

    assert values(bank, Credit())["credit_utilisation"] == 0.5


def test_a_limit_of_nothing_has_no_utilisation() -> None:
    bank = bank_of_one([account("a", "credit", balance=Decimal(5), credit_limit=Decimal(0))])

    assert values(bank, Credit())["credit_utilisation"] is None


def test_a_source_without_transactions_still_has_limits() -> None:
    bank = bank_of_one([account("a", "credit", credit_limit=Decimal(100))], None)

    assert values(bank, Credit()) == {"credit_limit": 100.0, "credit_utilisation": 0.0}
