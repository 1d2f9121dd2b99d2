"""How steady customers are: spread of amounts, spending by month, and its trend."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import ibis

from core.features.base import Feature, Kind, Side
from core.features.exact import cents, money_total, ratio, standard_deviation
from core.features.history import bookings_known
from core.features.per_customer import one_row_each
from core.features.periods import month_ends_before
from core.features.shops import in_orders, is_shop

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from core.sources.canonical import CanonicalTables

MONTHS = 12  # the year to the as-of date
QUARTER = 3  # months that the trend compares with as many before


class Volatility:
    """Spread of all amounts, and outgoing money in each of the twelve months to the as-of date.

    A month without spending is a month of 0. Months are counted back from the as-of date, so the
    latest is never a part of a month.
    """

    name = "volatility"

    def features(self, tables: CanonicalTables) -> tuple[Feature, ...]:
        """Return the entries on steadiness; none where a source has no transactions."""
        if tables.transactions is None:
            return ()
        return in_orders(_FEATURES) if is_shop(tables) else _FEATURES

    def build(self, tables: CanonicalTables) -> ir.Table:
        """Return `customer_id` and steadiness; one row for every customer."""
        known = bookings_known(tables)
        bookings = known.mutate(month=_months_back(known, tables))
        month = bookings.month
        is_out = bookings.direction == "out"
        amount = cents(bookings.amount)
        summed = bookings.group_by("customer_id").aggregate(
            number=bookings.count(),
            total=amount.sum(),
            squares=(amount * amount).sum(),
            **{
                f"spend_{i}": money_total(bookings.amount, is_out & (month == i))
                for i in range(MONTHS)
            },
            months=(ibis.literal(1) << month).bit_or(),  # one bit per active month
        )
        return one_row_each(tables, _steadiness(summed), _FEATURES)


def _months_back(bookings: ir.Table, tables: CanonicalTables) -> ir.Value:
    """Return how many whole months before the as-of date a booking lies; missing after a year."""
    ends = month_ends_before(tables.as_of, MONTHS)
    return ibis.cases(
        *((bookings.booked_on > ibis.literal(start), i) for i, start in enumerate(ends[1:])),
        else_=None,
    )


def _steadiness(summed: ir.Table) -> ir.Table:
    """Return the summed months with the features made of them."""
    monthly = [summed[f"spend_{i}"] for i in range(MONTHS)]
    recent = sum(monthly[1:QUARTER], start=monthly[0])
    before = sum(monthly[QUARTER + 1 : 2 * QUARTER], start=monthly[QUARTER])
    year = sum(monthly[1:], start=monthly[0])
    in_cents = [cents(spend) for spend in monthly]
    squares = [spend * spend for spend in in_cents]
    mean = ratio(summed.total, summed.number)
    amount_sd = standard_deviation(summed.number, summed.total, summed.squares)
    monthly_sd = standard_deviation(
        ibis.literal(MONTHS), sum(in_cents[1:], in_cents[0]), sum(squares[1:], squares[0])
    )
    active = [(summed.months.fill_null(0) >> i) & 1 for i in range(MONTHS)]
    return summed.mutate(
        amount_volatility=amount_sd / mean.nullif(0),
        monthly_spend_mean=year.cast("float64") / MONTHS,
        monthly_spend_sd=monthly_sd / 100,
        spend_change=recent - before,
        spend_trend=ratio(recent, recent + before),
        active_months=sum(active[1:], start=active[0]),
    )


_feature = partial(Feature, family="volatility", side=Side.BEHAVIOURAL)
_BY_MONTH = ("transactions.amount", "transactions.direction", "transactions.booked_on")

_FEATURES: tuple[Feature, ...] = (
    _feature(
        "amount_volatility",
        "Volatility of amounts",
        "Standard deviation of the amounts of transactions, relative to their mean.",
        kind=Kind.NUMBER,
        unit="times the mean",
        source_columns=("transactions.amount",),
        low_words="similar amounts",
        high_words="very different amounts",
        missing_allowed=True,
    ),
    _feature(
        "monthly_spend_mean",
        "Monthly spending",
        "Mean outgoing money per month over the twelve months to the as-of date.",
        kind=Kind.MONEY,
        source_columns=_BY_MONTH,
        low_words="low monthly spending",
        high_words="high monthly spending",
    ),
    _feature(
        "monthly_spend_sd",
        "Swings in monthly spending",
        "Standard deviation of outgoing money by month over the last twelve months.",
        kind=Kind.MONEY,
        source_columns=_BY_MONTH,
        low_words="steady spending",
        high_words="uneven spending",
    ),
    _feature(
        "spend_change",
        "Change in spending",
        "Outgoing money of the last three months less that of the three months before.",
        kind=Kind.MONEY,
        source_columns=_BY_MONTH,
        low_words="spending growing less",
        high_words="spending growing more",
    ),
    _feature(
        "spend_trend",
        "Recent share of spending",
        "Outgoing money of the last three months as a share of the last six: 50 % is steady.",
        kind=Kind.SHARE,
        source_columns=_BY_MONTH,
        low_words="spends less lately",
        high_words="spends more lately",
        missing_allowed=True,
    ),
    _feature(
        "active_months",
        "Active months",
        "Number of the last twelve months with at least one transaction.",
        kind=Kind.COUNT,
        unit="months",
        source_columns=("transactions.booked_on",),
        low_words="active in few months",
        high_words="active in many months",
    ),
)
