"""Amounts on each product: mean, median, spread and extremes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from core.features.base import Feature, Kind, Side
from core.features.exact import cents, ratio, standard_deviation
from core.features.history import bookings_known
from core.features.per_customer import one_row_each
from core.features.products import PRODUCTS
from core.features.shops import is_shop

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from core.sources.canonical import CanonicalTables

STATISTICS = ("mean", "median", "sd", "iqr", "min", "max")


class Amounts:
    """Exact statistics of the amounts on each product; missing without a transaction there."""

    name = "amounts"

    def features(self, tables: CanonicalTables) -> tuple[Feature, ...]:
        """Return the statistics' entries; none for a shop or without transactions."""
        return () if tables.transactions is None or is_shop(tables) else _FEATURES

    def build(self, tables: CanonicalTables) -> ir.Table:
        """Return `customer_id` and statistics; one row for every customer."""
        by_product = _by_product(tables)
        columns = {
            f"{product.prefix}_amount_{statistic}": by_product[statistic].max(
                where=by_product["product"] == product.code  # one row, or none
            )
            for product in PRODUCTS
            for statistic in STATISTICS
        }
        grouped = by_product.group_by("customer_id").aggregate(**columns)
        return one_row_each(tables, grouped, _FEATURES)


def _by_product(tables: CanonicalTables) -> ir.Table:
    """Return one row of statistics per customer and product."""
    bookings = bookings_known(tables)
    whole_cents = cents(bookings.amount)
    grouped = bookings.group_by("customer_id", "product").aggregate(
        number=bookings.count(),
        total=whole_cents.sum(),
        squares=(whole_cents * whole_cents).sum(),
        quartiles=bookings.amount.cast("float64").quantile([0.25, 0.5, 0.75]),
        min=bookings.amount.min(),
        max=bookings.amount.max(),
    )
    deviation = standard_deviation(grouped.number, grouped.total, grouped.squares)
    return grouped.select(
        "customer_id",
        "product",
        "min",
        "max",
        mean=ratio(grouped.total, grouped.number) / 100,
        median=grouped.quartiles[1],
        sd=deviation / 100,
        iqr=grouped.quartiles[2] - grouped.quartiles[0],
    )


_feature = partial(
    Feature,
    family="amounts",
    side=Side.BEHAVIOURAL,
    kind=Kind.MONEY,
    source_columns=("transactions.amount", "transactions.product"),
    missing_allowed=True,
)


def _catalogue() -> Iterator[Feature]:
    for product in PRODUCTS:
        words = product.words
        for statistic, label, sentence, measured in (
            ("mean", f"Average {words} transaction", "Mean amount", "{} average {} transaction"),
            (
                "median",
                f"Typical {words} transaction",
                "Median amount",
                "{} typical {} transaction",
            ),
            ("sd", f"Spread of {words} amounts", "Standard deviation", "{} spread of {} amounts"),
            (
                "iqr",
                f"Usual range of {words} amounts",
                "Interquartile range",
                "{} range of {} amounts",
            ),
            ("min", f"Smallest {words} transaction", "Least amount", "{} smallest {} transaction"),
            ("max", f"Largest {words} transaction", "Largest amount", "{} largest {} transaction"),
        ):
            yield _feature(
                f"{product.prefix}_amount_{statistic}",
                label,
                f"{sentence} of the customer's {words} transactions.",
                low_words=measured.format("low", words),
                high_words=measured.format("high", words),
            )


_FEATURES: tuple[Feature, ...] = tuple(_catalogue())
