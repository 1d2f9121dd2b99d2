"""What customers hold and owe."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from core.features.balances import Balances
from tests.core.features.builders import account, bank_of_one, values

NOTHING = {
    "checking_balance": 0.0,
    "savings_balance": 0.0,
    "card_debt": 0.0,
    "total_balances": 0.0,
    "balances_and_credit": 0.0,
    "net_position": 0.0,
    "has_checking": 0,
    "has_savings": 0,
    "has_credit": 0,
    "accounts_active": 0,
    "products_held": 0,
    "savings_minimum_balance": 0.0,
    "checking_balance_change": 0.0,
    "savings_balance_change": 0.0,
    "card_debt_change": 0.0,
}


def money(amount: str) -> Decimal:
    return Decimal(amount)


def test_a_customer_without_accounts_holds_and_owes_nothing() -> None:
    assert values(bank_of_one(), Balances()) == NOTHING


def test_balances_are_added_up_by_product() -> None:
    bank = bank_of_one(
        [
            account("a", "checking", opening_balance=money("100.10"), balance=money("50.05")),
            account("a", "savings", opening_balance=money("10"), balance=money("700.70")),
            account("a", "savings", balance=money("0.30"), minimum_balance=money("100")),
            account("a", "credit", opening_balance=money("400"), balance=money("250")),
        ]
    )

    assert values(bank, Balances()) == {
        "checking_balance": 50.05,
        "savings_balance": 701.0,
        "card_debt": 250.0,
        "total_balances": 751.05,
        "balances_and_credit": 1001.05,
        "net_position": 501.05,
        "has_checking": 1,
        "has_savings": 1,
        "has_credit": 1,
        "accounts_active": 4,
        "products_held": 3,
        "savings_minimum_balance": 100.0,
        "checking_balance_change": -50.05,
        "savings_balance_change": 691.0,
        "card_debt_change": -150.0,
    }


def test_an_overpaid_card_is_no_debt_but_money_held() -> None:
    bank = bank_of_one([account("a", "credit", balance=money("-20"))])

    found = values(bank, Balances())

    assert (found["card_debt"], found["net_position"]) == (0.0, 20.0)


def test_an_account_closed_or_not_yet_opened_holds_nothing() -> None:
    bank = bank_of_one(
        [
            account("a", is_active=False, balance=money("1")),
            account("a", closed_on=date(1995, 12, 31), is_active=False, balance=money("2")),
            account("a", opened_on=date(1996, 1, 1), balance=money("4")),
        ]
    )

    assert values(bank, Balances()) == NOTHING


def test_an_account_closed_after_the_as_of_date_was_still_open() -> None:
    bank = bank_of_one(
        [account("a", closed_on=date(1996, 1, 1), is_active=False, balance=money("2"))]
    )

    found = values(bank, Balances())

    assert (found["accounts_active"], found["checking_balance"]) == (1, 2.0)


def test_an_account_without_an_opening_balance_has_not_changed() -> None:
    bank = bank_of_one([account("a", opening_balance=None, balance=money("5"))])

    assert values(bank, Balances())["checking_balance_change"] == 0.0
