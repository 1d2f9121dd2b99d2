"""What the bank books by itself: fees it takes and interest it pays."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from core.features.base import Feature, Kind, Side
from core.features.exact import money_total
from core.features.history import bookings_known
from core.features.kinds import is_fee
from core.features.per_customer import one_row_each
from core.features.products import DEPOSIT_PRODUCTS
from core.features.shops import is_shop

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from core.sources.canonical import CanonicalTables

_feature = partial(Feature, family="charges", side=Side.BEHAVIOURAL)


class Charges:
    """Fees on all products, and interest earned on checking and savings accounts."""

    name = "charges"

    def features(self, tables: CanonicalTables) -> tuple[Feature, ...]:
        """Return the fees' and interest's entries; none for a shop or without transactions."""
        return () if tables.transactions is None or is_shop(tables) else _FEATURES

    def build(self, tables: CanonicalTables) -> ir.Table:
        """Return `customer_id`, fees and interest; one row for every customer."""
        bookings = bookings_known(tables)
        fee = is_fee(bookings) & (bookings.direction == "out")
        on_deposit = bookings["product"].isin([product.code for product in DEPOSIT_PRODUCTS])
        booked = bookings.group_by("customer_id").aggregate(
            fees_paid=money_total(bookings.amount, fee),
            fees_number=bookings.count(where=fee),
            interest_earned=money_total(
                bookings.interest.abs(), on_deposit & (bookings.direction == "in")
            ),
        )
        return one_row_each(tables, booked, _FEATURES)


_FEATURES: tuple[Feature, ...] = (
    _feature(
        "fees_paid",
        "Fees paid",
        "Fees that the bank took on any account.",
        kind=Kind.MONEY,
        source_columns=("transactions.amount", "transactions.kind"),
        low_words="pays low fees",
        high_words="pays high fees",
        actionable=True,
    ),
    _feature(
        "fees_number",
        "Number of fees",
        "How often the bank took a fee.",
        kind=Kind.COUNT,
        unit="fees",
        source_columns=("transactions.kind",),
        low_words="few fees",
        high_words="frequent fees",
        actionable=True,
    ),
    _feature(
        "interest_earned",
        "Interest earned",
        "Interest that the bank paid on checking and savings accounts.",
        kind=Kind.MONEY,
        source_columns=("transactions.interest", "transactions.direction"),
        low_words="earns little interest",
        high_words="earns much interest",
    ),
)
