"""Small, medium and large transactions: do customers make many small or few large ones?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

import ibis

from core.errors import ConfigurationError
from core.features.base import Feature, Kind, Side
from core.features.exact import money_total, ratio
from core.features.history import bookings_known
from core.features.per_customer import one_row_each
from core.features.products import DIRECTIONS, PRODUCTS
from core.features.shops import in_orders, is_shop

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from core.sources.canonical import CanonicalTables

SIZES = ("small", "medium", "large")


@dataclass(frozen=True, slots=True)
class Sizes:
    """Counts, shares and sums by size class.

    The cut points are stated amounts in the data set's currency, not quantiles of the data: so a
    customer's class does not depend on who else is in the file, and means the same next month.

    Parameters
    ----------
    small_below
        A transaction under this amount is small.
    large_from
        A transaction of at least this amount is large; what lies between is medium.

    Raises
    ------
    ConfigurationError
        The cut points are not in order.
    """

    name = "sizes"

    small_below: Decimal = Decimal(50)
    large_from: Decimal = Decimal(200)

    def __post_init__(self) -> None:
        """Refuse cut points that leave a class empty."""
        if not 0 < self.small_below < self.large_from:
            raise ConfigurationError(
                f"Size classes need 0 < small_below < large_from, but got small_below "
                f"{self.small_below} and large_from {self.large_from}. Put them in order."
            )

    def features(self, tables: CanonicalTables) -> tuple[Feature, ...]:
        """Return the size classes' entries; none where a source has no transactions."""
        if tables.transactions is None:
            return ()
        if is_shop(tables):
            return in_orders(self._overall())
        return (*self._overall(), *self._by_product())

    def build(self, tables: CanonicalTables) -> ir.Table:
        """Return `customer_id` and size classes; one row for every customer."""
        bookings = bookings_known(tables)
        sized = {size: self._is(bookings, size) for size in SIZES}
        counted = bookings.group_by("customer_id").aggregate(
            number=bookings.count(),
            **{f"transactions_{size}": bookings.count(where=sized[size]) for size in SIZES},
            **{
                f"transactions_{size}_total": money_total(bookings.amount, sized[size])
                for size in SIZES
            },
            **{
                f"{product.prefix}_{direction}_{size}": bookings.count(
                    where=(bookings["product"] == product.code)
                    & (bookings.direction == direction)
                    & sized[size]
                )
                for product in PRODUCTS
                for direction in DIRECTIONS
                for size in SIZES
            },
        )
        shares = {
            f"transactions_{size}_share": ratio(counted[f"transactions_{size}"], counted.number)
            for size in SIZES
        }
        return one_row_each(tables, counted.mutate(**shares), self.features(tables))

    def _is(self, bookings: ir.Table, size: str) -> ir.Value:
        small_below = ibis.literal(self.small_below, "decimal(18, 2)")
        large_from = ibis.literal(self.large_from, "decimal(18, 2)")
        if size == "small":
            return bookings.amount < small_below
        if size == "large":
            return bookings.amount >= large_from
        return (bookings.amount >= small_below) & (bookings.amount < large_from)

    def _range(self, size: str) -> str:
        if size == "small":
            return f"under {self.small_below}"
        if size == "large":
            return f"of {self.large_from} or more"
        return f"from {self.small_below} to under {self.large_from}"

    def _overall(self) -> Iterator[Feature]:
        for size in SIZES:
            yield _feature(
                f"transactions_{size}",
                f"{size.capitalize()} transactions",
                f"Number of transactions {self._range(size)}.",
                kind=Kind.COUNT,
                unit="transactions",
                low_words=f"few {size} transactions",
                high_words=f"many {size} transactions",
                actionable=True,
            )
        for size in SIZES:
            yield _feature(
                f"transactions_{size}_share",
                f"Share of {size} transactions",
                f"Transactions {self._range(size)} as a share of all.",
                kind=Kind.SHARE,
                low_words=f"low share of {size} transactions",
                high_words=f"high share of {size} transactions",
                missing_allowed=True,
            )
        for size in SIZES:
            yield _feature(
                f"transactions_{size}_total",
                f"Money in {size} transactions",
                f"Sum of transactions {self._range(size)}, in either direction.",
                kind=Kind.MONEY,
                low_words=f"little money in {size} transactions",
                high_words=f"much money in {size} transactions",
            )

    def _by_product(self) -> Iterator[Feature]:
        for product in PRODUCTS:
            for direction in DIRECTIONS:
                moves = product.moves[direction]
                for size in SIZES:
                    yield _feature(
                        f"{product.prefix}_{direction}_{size}",
                        f"{size.capitalize()} {moves}",
                        f"Number of {moves} {self._range(size)}.",
                        kind=Kind.COUNT,
                        unit="transactions",
                        source_columns=(*_AMOUNT, "transactions.direction", "transactions.product"),
                        low_words=f"few {size} {moves}",
                        high_words=f"many {size} {moves}",
                    )


_AMOUNT = ("transactions.amount",)
_feature = partial(Feature, family="sizes", side=Side.BEHAVIOURAL, source_columns=_AMOUNT)
