"""RFM of a shop: orders, what was paid for them, and days to an explicit as-of date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from core.features.base import Feature
from core.features.build import catalogue
from core.features.rfm import Rfm
from core.features.shops import is_shop
from tests.core.features.builders import AS_OF, Bank, Row, customer, order, transaction, values


def shop(*orders: Row) -> Bank:
    return Bank([customer("a"), customer("b")], None, list(orders))


def test_orders_are_counted_summed_and_averaged_to_the_as_of_date() -> None:
    bought = shop(
        order("a", "30.00", date(1995, 12, 1), transaction_id="1"),
        order("a", "10.50", date(1995, 12, 21), transaction_id="2"),
    )
    assert values(bought, Rfm()) == {
        "recency_days": 10,
        "frequency": 2,
        "monetary_total": 40.5,
        "monetary_mean": 20.25,
        "monetary_max": 30.0,
        "first_order_days": 30,
    }


def test_two_orders_of_one_day_are_two_orders() -> None:
    assert values(shop(order("a"), order("a", transaction_id="2")), Rfm())["frequency"] == 2


def test_a_customer_without_a_valid_order_has_no_recency_and_spent_nothing() -> None:
    found = values(shop(order("a")), Rfm(), customer_id="b")
    assert (found["recency_days"], found["monetary_mean"]) == (None, None)
    assert (found["frequency"], found["monetary_total"]) == (0, 0.0)


def test_the_as_of_date_is_given_and_never_today() -> None:
    bought = replace(shop(order("a", booked_on=AS_OF)), as_of=date(1996, 1, 10))
    assert values(bought, Rfm())["recency_days"] == 10


def test_money_that_is_paid_back_is_no_spending() -> None:
    bought = shop(order("a", "50.00"), order("a", "20.00", direction="in", transaction_id="2"))
    assert values(bought, Rfm())["monetary_total"] == 50.0


@pytest.mark.parametrize(
    ("bank", "expected"),
    [
        (shop(order("a")), True),
        (shop(transaction("a")), False),
        (replace(shop(order("a")), accounts=[]), False),
        (replace(shop(), transactions=None), False),
    ],
    ids=["orders", "a bank's transactions", "accounts", "no transactions"],
)
def test_a_shop_sells_and_keeps_no_accounts(bank: Bank, expected: bool) -> None:
    assert is_shop(bank.tables()) is expected


def test_features_of_a_shop_speak_of_orders_alone() -> None:
    features: tuple[Feature, ...] = catalogue(replace(shop(order("a")), attributes=()).tables())
    assert {feature.family for feature in features} == {"rfm", "sizes", "channels", "volatility"}
    for feature in features:
        said = f"{feature.label} {feature.description} {feature.unit} {feature.high_words}"
        assert not {"transaction", "transactions", "account", "savings"} & set(said.lower().split())
