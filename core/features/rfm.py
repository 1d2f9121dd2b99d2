"""Recency, frequency and monetary value of a shop's customers, counted in orders."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import ibis

from core.features.base import Feature, Kind, Side
from core.features.exact import money_total, ratio
from core.features.history import bookings_known
from core.features.per_customer import one_row_each
from core.features.shops import is_shop

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from core.sources.canonical import CanonicalTables


class Rfm:
    """RFM (Hughes 1994) with an explicit as-of date, where a transaction is an order.

    What is paid has the direction "out"; an order that nothing was paid for counts as an order.
    Banks have `core.features.recency.Recency`, which counts active days.
    """

    name = "rfm"

    def features(self, tables: CanonicalTables) -> tuple[Feature, ...]:
        """Return the entries of RFM; none where a source is not a shop."""
        return _FEATURES if is_shop(tables) else ()

    def build(self, tables: CanonicalTables) -> ir.Table:
        """Return `customer_id` and RFM; one row for every customer."""
        orders = bookings_known(tables)
        is_out = orders.direction == "out"
        counted = orders.group_by("customer_id").aggregate(
            first_day=orders.booked_on.min(),
            last_day=orders.booked_on.max(),
            frequency=orders.count(),
            monetary_total=money_total(orders.amount, is_out),
            paid=orders.count(where=is_out),
            monetary_max=orders.amount.max(where=is_out),
        )
        as_of = ibis.literal(tables.as_of)
        measured = counted.mutate(
            recency_days=as_of.delta(counted.last_day, unit="day"),
            first_order_days=as_of.delta(counted.first_day, unit="day"),
            monetary_mean=ratio(counted.monetary_total, counted.paid),
        )
        return one_row_each(tables, measured, _FEATURES)


_feature = partial(Feature, family="rfm", side=Side.BEHAVIOURAL)
_BOOKED = ("transactions.booked_on",)
_PAID = ("transactions.amount", "transactions.direction")

_FEATURES: tuple[Feature, ...] = (
    _feature(
        "recency_days",
        "Days since last order",
        "Days from the last order to the as-of date.",
        kind=Kind.DAYS,
        unit="days",
        source_columns=_BOOKED,
        low_words="ordered recently",
        high_words="last order long ago",
        missing_allowed=True,
    ),
    _feature(
        "frequency",
        "Orders",
        "Number of orders to the as-of date.",
        kind=Kind.COUNT,
        unit="orders",
        source_columns=("transactions.transaction_id",),
        low_words="few orders",
        high_words="many orders",
        actionable=True,
    ),
    _feature(
        "monetary_total",
        "Money spent",
        "Sum of what was paid for all orders: monetary value in the sense of RFM.",
        kind=Kind.MONEY,
        source_columns=_PAID,
        low_words="low spending",
        high_words="high spending",
        actionable=True,
    ),
    _feature(
        "monetary_mean",
        "Money spent per order",
        "Mean of what was paid for an order.",
        kind=Kind.MONEY,
        source_columns=_PAID,
        low_words="small orders",
        high_words="large orders",
        missing_allowed=True,
    ),
    _feature(
        "monetary_max",
        "Largest order",
        "What was paid for the customer's largest order.",
        kind=Kind.MONEY,
        source_columns=_PAID,
        low_words="smaller largest order",
        high_words="larger largest order",
        missing_allowed=True,
    ),
    _feature(
        "first_order_days",
        "Days since first order",
        "Days from the first order to the as-of date: length of the relationship.",
        kind=Kind.DAYS,
        unit="days",
        source_columns=_BOOKED,
        low_words="new customers",
        high_words="customers for long",
        missing_allowed=True,
    ),
)
