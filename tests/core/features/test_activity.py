"""How much customers do."""

from __future__ import annotations

from core.features.activity import Activity
from tests.core.features.builders import bank_of_one, inquiry, transaction, values

NOTHING = {
    "transactions": 0,
    "transactions_in": 0,
    "transactions_out": 0,
    "checking_transactions": 0,
    "savings_transactions": 0,
    "card_transactions": 0,
    "inquiries": 0,
    "payments_in_total": 0.0,
    "spend_total": 0.0,
    "deposits_total": 0.0,
    "withdrawals_total": 0.0,
    "checking_in_total": 0.0,
    "checking_out_total": 0.0,
    "savings_in_total": 0.0,
    "savings_out_total": 0.0,
    "transaction_mean": None,
    "transaction_median": None,
    "transaction_max": None,
}


def test_a_customer_without_transactions_is_kept_with_zero_activity() -> None:
    assert values(bank_of_one(), Activity()) == NOTHING


def test_an_inquiry_is_counted_and_nothing_more() -> None:
    assert values(bank_of_one([], [inquiry("a")]), Activity()) == NOTHING | {"inquiries": 1}


def test_counts_and_amounts_go_by_product_and_direction() -> None:
    bank = bank_of_one(
        [],
        [
            transaction("a", "0.10", direction="in"),
            transaction("a", "0.20", direction="out"),
            transaction("a", "30", product="savings", direction="in"),
            transaction("a", "4", product="savings", direction="out"),
            transaction("a", "500", product="credit", direction="out"),
            transaction("a", "60", product="credit", direction="in"),
            inquiry("a", product="savings"),
        ],
    )

    assert values(bank, Activity()) == {
        "transactions": 6,
        "transactions_in": 3,
        "transactions_out": 3,
        "checking_transactions": 2,
        "savings_transactions": 2,
        "card_transactions": 2,
        "inquiries": 1,
        "payments_in_total": 90.1,
        "spend_total": 504.2,
        "deposits_total": 30.1,
        "withdrawals_total": 4.2,
        "checking_in_total": 0.1,
        "checking_out_total": 0.2,
        "savings_in_total": 30.0,
        "savings_out_total": 4.0,
        "transaction_mean": 594.3 / 6,
        "transaction_median": 17.0,
        "transaction_max": 500.0,
    }


def test_money_is_added_without_rounding() -> None:
    bank = bank_of_one([], [transaction("a", "0.10") for _ in range(10)])

    assert values(bank, Activity())["spend_total"] == 1.0  # as floats: 0.9999999999999999
