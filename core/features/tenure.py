"""How long customers have banked here: the age of their accounts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import ibis

from core.features.base import Feature, Kind, Side
from core.features.history import accounts_known
from core.features.per_customer import one_row_each

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from core.sources.canonical import CanonicalTables


class Tenure:
    """Age of the first and latest account, closed ones included: length of the relationship."""

    name = "tenure"

    def features(self, tables: CanonicalTables) -> tuple[Feature, ...]:
        """Return the ages' catalogue entries; none where a source has no accounts."""
        return () if tables.accounts is None else _FEATURES

    def build(self, tables: CanonicalTables) -> ir.Table:
        """Return `customer_id` and account ages in days; one row for every customer."""
        accounts = accounts_known(tables)
        opened = accounts.group_by("customer_id").aggregate(
            first_opened_on=accounts.opened_on.min(), last_opened_on=accounts.opened_on.max()
        )
        as_of = ibis.literal(tables.as_of)
        ages = opened.mutate(
            oldest_account_days=as_of.delta(opened.first_opened_on, unit="day"),
            newest_account_days=as_of.delta(opened.last_opened_on, unit="day"),
        )
        return one_row_each(tables, ages, _FEATURES)


_days = partial(
    Feature,
    family="tenure",
    side=Side.BEHAVIOURAL,
    kind=Kind.DAYS,
    unit="days",
    source_columns=("accounts.opened_on",),
    missing_allowed=True,
)
_FEATURES: tuple[Feature, ...] = (
    _days(
        "oldest_account_days",
        "Age of first account",
        "Days from the opening of the customer's first account to the as-of date.",
        low_words="young accounts",
        high_words="old accounts",
    ),
    _days(
        "newest_account_days",
        "Age of latest account",
        "Days from the opening of the customer's latest account to the as-of date.",
        low_words="opened an account recently",
        high_words="no new account for long",
    ),
)
