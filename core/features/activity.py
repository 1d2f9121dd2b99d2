"""How much customers do: numbers of transactions, money in and out, and typical amounts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import ibis

from core.features.base import Feature, Kind, Side
from core.features.exact import money_total, ratio
from core.features.history import transactions_known
from core.features.per_customer import one_row_each
from core.features.products import DEPOSIT_PRODUCTS, DIRECTIONS, PRODUCTS
from core.features.shops import is_shop

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from core.sources.canonical import CanonicalTables


class Activity:
    """Every transaction to the as-of date, on any account; inquiries are counted and no more."""

    name = "activity"

    def features(self, tables: CanonicalTables) -> tuple[Feature, ...]:
        """Return the entries on activity; none for a shop or without transactions."""
        return () if tables.transactions is None or is_shop(tables) else _FEATURES

    def build(self, tables: CanonicalTables) -> ir.Table:
        """Return `customer_id`, counts and amounts; one row for every customer."""
        rows = transactions_known(tables)
        inquiry = rows.is_inquiry.fill_null(False)
        amount = ibis.ifelse(inquiry, None, rows.amount)
        moved = {d: ~inquiry & (rows.direction == d) for d in DIRECTIONS}
        on = {p.prefix: ~inquiry & (rows["product"] == p.code) for p in PRODUCTS}
        counted = rows.group_by("customer_id").aggregate(
            transactions=rows.count(where=~inquiry),
            transactions_in=rows.count(where=moved["in"]),
            transactions_out=rows.count(where=moved["out"]),
            inquiries=rows.count(where=inquiry),
            amount_total=money_total(amount),
            payments_in_total=money_total(amount, moved["in"]),
            spend_total=money_total(amount, moved["out"]),
            transaction_median=amount.cast("float64").median(),
            transaction_max=amount.max(),
            **{f"{prefix}_transactions": rows.count(where=those) for prefix, those in on.items()},
            **{
                f"{product.prefix}_{direction}_total": money_total(
                    amount, on[product.prefix] & moved[direction]
                )
                for product in DEPOSIT_PRODUCTS
                for direction in DIRECTIONS
            },
        )
        with_totals = counted.mutate(
            deposits_total=counted.checking_in_total + counted.savings_in_total,
            withdrawals_total=counted.checking_out_total + counted.savings_out_total,
            transaction_mean=ratio(counted.amount_total, counted.transactions),
        )
        return one_row_each(tables, with_totals, _FEATURES)


_feature = partial(Feature, family="activity", side=Side.BEHAVIOURAL)
_AMOUNT = ("transactions.amount",)
_MOVED = ("transactions.amount", "transactions.direction")
_ON_PRODUCT = ("transactions.amount", "transactions.direction", "transactions.product")


def _count(name: str, label: str, description: str, words: str, *columns: str) -> Feature:
    return _feature(
        name,
        label,
        description,
        kind=Kind.COUNT,
        unit="transactions",
        source_columns=columns,
        low_words=f"few {words}",
        high_words=f"many {words}",
        actionable=True,
    )


def _total(
    name: str, label: str, description: str, words: tuple[str, str], columns: tuple[str, ...]
) -> Feature:
    return _feature(
        name,
        label,
        description,
        kind=Kind.MONEY,
        source_columns=columns,
        low_words=words[0],
        high_words=words[1],
        actionable=True,
    )


def _size(name: str, label: str, description: str, words: tuple[str, str]) -> Feature:
    return _feature(
        name,
        label,
        description,
        kind=Kind.MONEY,
        source_columns=_AMOUNT,
        low_words=words[0],
        high_words=words[1],
        missing_allowed=True,
    )


_FEATURES: tuple[Feature, ...] = (
    _count(
        "transactions",
        "Transactions",
        "Number of transactions on any account, without inquiries.",
        "transactions",
        "transactions.is_inquiry",
    ),
    _count(
        "transactions_in",
        "Incoming transactions",
        "Number of deposits, interest credits and card payments.",
        "incoming transactions",
        "transactions.direction",
    ),
    _count(
        "transactions_out",
        "Outgoing transactions",
        "Number of withdrawals, transfers, fees and card charges.",
        "outgoing transactions",
        "transactions.direction",
    ),
    *(
        _count(
            f"{product.prefix}_transactions",
            f"{product.label} transactions",
            f"Number of transactions on {product.words} accounts, without inquiries.",
            f"{product.words} transactions",
            "transactions.product",
        )
        for product in PRODUCTS
    ),
    _feature(
        "inquiries",
        "Inquiries",
        "How often the customer asked for a balance or other information.",
        kind=Kind.COUNT,
        unit="inquiries",
        source_columns=("transactions.is_inquiry",),
        low_words="few inquiries",
        high_words="many inquiries",
        actionable=True,
    ),
    _total(
        "payments_in_total",
        "Money in",
        "Sum of all incoming transactions, card payments included.",
        ("little money in", "much money in"),
        _MOVED,
    ),
    _total(
        "spend_total",
        "Money out",
        "Sum of all outgoing transactions, card charges included.",
        ("little money out", "much money out"),
        _MOVED,
    ),
    _total(
        "deposits_total",
        "Deposits",
        "Money booked into checking and savings accounts, interest included.",
        ("low deposits", "high deposits"),
        _ON_PRODUCT,
    ),
    _total(
        "withdrawals_total",
        "Withdrawals",
        "Money booked out of checking and savings accounts, fees included.",
        ("low withdrawals", "high withdrawals"),
        _ON_PRODUCT,
    ),
    *(
        _total(
            f"{product.prefix}_{direction}_total",
            f"{product.moves[direction].capitalize()}",
            f"Money booked {'into' if direction == 'in' else 'out of'} {product.words} accounts.",
            (f"low {product.moves[direction]}", f"high {product.moves[direction]}"),
            _ON_PRODUCT,
        )
        for product in DEPOSIT_PRODUCTS
        for direction in DIRECTIONS
    ),
    _size(
        "transaction_mean",
        "Average transaction",
        "Mean amount of a transaction, without inquiries.",
        ("small transactions", "large transactions"),
    ),
    _size(
        "transaction_median",
        "Typical transaction",
        "Median amount of a transaction, without inquiries: half are smaller.",
        ("small typical transaction", "large typical transaction"),
    ),
    _size(
        "transaction_max",
        "Largest transaction",
        "Amount of the customer's largest transaction.",
        ("smaller largest transaction", "larger largest transaction"),
    ),
)
