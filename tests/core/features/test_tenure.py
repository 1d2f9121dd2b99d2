"""How long customers have banked here."""

from __future__ import annotations

from datetime import date

from core.features.tenure import Tenure
from tests.core.features.builders import account, bank_of_one, values


def test_the_relationship_is_as_old_as_the_first_account_even_if_it_is_closed() -> None:
    bank = bank_of_one(
        [
            account("a", opened_on=date(1994, 12, 31), is_active=False, closed_on=date(1995, 1, 1)),
            account("a", "savings", opened_on=date(1995, 12, 1)),
            account("a", "credit", opened_on=date(1996, 1, 1)),
        ]
    )

    assert values(bank, Tenure()) == {"oldest_account_days": 365.0, "newest_account_days": 30.0}


def test_a_customer_without_accounts_has_no_age_of_account() -> None:
    assert values(bank_of_one(), Tenure()) == {
        "oldest_account_days": None,
        "newest_account_days": None,
    }
