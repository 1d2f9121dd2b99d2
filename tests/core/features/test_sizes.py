"""Small, medium and large transactions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.errors import ConfigurationError
from core.features.sizes import Sizes
from tests.core.features.builders import bank_of_one, transaction, values


def nonzero(found: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in found.items() if value}


def test_the_cut_points_belong_to_the_larger_class() -> None:
    bank = bank_of_one(
        [],
        [
            transaction("a", "49.99"),
            transaction("a", "50", direction="in"),
            transaction("a", "199.99", product="savings"),
            transaction("a", "200", product="credit"),
        ],
    )

    assert nonzero(values(bank, Sizes())) == {
        "transactions_small": 1,
        "transactions_medium": 2,
        "transactions_large": 1,
        "transactions_small_share": 0.25,
        "transactions_medium_share": 0.5,
        "transactions_large_share": 0.25,
        "transactions_small_total": 49.99,
        "transactions_medium_total": 249.99,
        "transactions_large_total": 200.0,
        "checking_out_small": 1,
        "checking_in_medium": 1,
        "savings_out_medium": 1,
        "card_out_large": 1,
    }


def test_shares_of_no_transactions_are_missing() -> None:
    found = values(bank_of_one(), Sizes())

    assert {name for name, value in found.items() if value is None} == {
        "transactions_small_share",
        "transactions_medium_share",
        "transactions_large_share",
    }
    assert nonzero(found) == {}


def test_a_bank_may_state_its_own_cut_points_and_descriptions_name_them() -> None:
    sizes = Sizes(small_below=Decimal(5), large_from=Decimal("5.50"))
    bank = bank_of_one([], [transaction("a", "5.49")])

    assert values(bank, sizes)["transactions_medium"] == 1
    assert [f.description for f in sizes.features(bank.tables())[:3]] == [
        "Number of transactions under 5.",
        "Number of transactions from 5 to under 5.50.",
        "Number of transactions of 5.50 or more.",
    ]


@pytest.mark.parametrize(("small_below", "large_from"), [(0, 10), (10, 10), (20, 10)])
def test_cut_points_that_leave_a_class_empty_are_refused(small_below: int, large_from: int) -> None:
    with pytest.raises(ConfigurationError, match="Put them in order"):
        Sizes(Decimal(small_below), Decimal(large_from))
