"""Recency, frequency and monetary value, and the time between a customer's active days."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import ibis

from core.features.base import Feature, Kind, Side
from core.features.exact import money_total, ratio, standard_deviation, whole
from core.features.history import bookings_known
from core.features.kinds import is_own_initiative
from core.features.per_customer import one_row_each
from core.features.shops import is_shop

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from core.sources.canonical import CanonicalTables


class Recency:
    """RFM (Hughes 1994) with an explicit as-of date, counted in active days.

    Frequency is the number of days with a transaction rather than of bookings, so that one visit
    with several bookings counts once (Fader, Hardie and Lee 2005).
    """

    name = "recency"

    def features(self, tables: CanonicalTables) -> tuple[Feature, ...]:
        """Return the entries of RFM; none for a shop or without transactions."""
        return () if tables.transactions is None or is_shop(tables) else _FEATURES

    def build(self, tables: CanonicalTables) -> ir.Table:
        """Return `customer_id` and RFM; one row for every customer."""
        days = _active_days(tables)
        spans = days.group_by("customer_id").aggregate(
            last_day=days.booked_on.max(),
            last_own_day=days.booked_on.max(where=days.has_own),
            frequency=days.count(),
            monetary_value=days.spent.sum(),
            outgoing=days.outgoing.sum(),
            gaps=days.gap.count(),
            gap_total=days.gap.sum(),
            gap_squares=(days.gap * days.gap).sum(),  # at most the square of the whole span
        )
        as_of = ibis.literal(tables.as_of)
        measured = spans.mutate(
            recency_days=as_of.delta(spans.last_day, unit="day"),
            recency_own_days=as_of.delta(spans.last_own_day, unit="day"),
            monetary_mean=ratio(spans.monetary_value, spans.outgoing),
            days_between_mean=ratio(spans.gap_total, spans.gaps),
            days_between_sd=standard_deviation(
                spans.gaps, whole(spans.gap_total), whole(spans.gap_squares)
            ),
        )
        return one_row_each(tables, measured, _FEATURES)


def _active_days(tables: CanonicalTables) -> ir.Table:
    """Return a row per customer and active day, with the days since the one before."""
    bookings = bookings_known(tables)
    is_out = bookings.direction == "out"
    days = bookings.group_by("customer_id", "booked_on").aggregate(
        spent=money_total(bookings.amount, is_out),
        outgoing=bookings.count(where=is_out),
        has_own=is_own_initiative(bookings).max(),
    )
    in_order = ibis.window(group_by="customer_id", order_by="booked_on")
    before = days.booked_on.lag().over(in_order)
    return days.mutate(gap=days.booked_on.delta(before, unit="day"))


_feature = partial(Feature, family="recency", side=Side.BEHAVIOURAL)
_days = partial(_feature, kind=Kind.DAYS, unit="days", missing_allowed=True)
_BOOKED = ("transactions.booked_on",)
_SPENT = ("transactions.amount", "transactions.direction")

_FEATURES: tuple[Feature, ...] = (
    _days(
        "recency_days",
        "Days since last transaction",
        "Days from the last transaction, inquiries aside, to the as-of date.",
        source_columns=_BOOKED,
        low_words="recently active",
        high_words="inactive for long",
    ),
    _days(
        "recency_own_days",
        "Days since last use",
        "Days from the last transaction other than fees and interest that the bank books.",
        source_columns=(*_BOOKED, "transactions.kind"),
        low_words="active lately",
        high_words="gone quiet",
    ),
    _feature(
        "frequency",
        "Active days",
        "Number of days with at least one transaction, inquiries aside.",
        kind=Kind.COUNT,
        unit="days",
        source_columns=_BOOKED,
        low_words="rarely active",
        high_words="often active",
        actionable=True,
    ),
    _feature(
        "monetary_value",
        "Money spent",
        "Sum of all outgoing transactions: monetary value in the sense of RFM.",
        kind=Kind.MONEY,
        source_columns=_SPENT,
        low_words="low spending",
        high_words="high spending",
        actionable=True,
    ),
    _feature(
        "monetary_mean",
        "Money spent per transaction",
        "Mean amount of an outgoing transaction.",
        kind=Kind.MONEY,
        source_columns=_SPENT,
        low_words="spends in small amounts",
        high_words="spends in large amounts",
        missing_allowed=True,
    ),
    _days(
        "days_between_mean",
        "Days between active days",
        "Mean number of days from one active day to the next.",
        source_columns=_BOOKED,
        low_words="active at short intervals",
        high_words="active at long intervals",
    ),
    _days(
        "days_between_sd",
        "Irregularity of active days",
        "Standard deviation of the days from one active day to the next.",
        source_columns=_BOOKED,
        low_words="active at regular intervals",
        high_words="active at irregular intervals",
    ),
)
