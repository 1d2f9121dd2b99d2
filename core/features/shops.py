"""Sources without accounts that sell: a transaction is an order, and features speak of orders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from core.features.products import PRODUCTS

if TYPE_CHECKING:
    from core.features.base import Feature
    from core.sources.canonical import CanonicalTables

_WORDS = (
    ("Outgoing money", "Money spent"),
    ("outgoing money", "money spent"),
    ("transactions", "orders"),
    ("transaction", "order"),
)


def is_shop(tables: CanonicalTables) -> bool:
    """Return whether all that customers do is to buy: no accounts, and no product of a bank.

    Families about accounts, credit and channels of a bank do not apply to a shop.

    Examples
    --------
    >>> from datetime import date
    >>> import ibis
    >>> from core.sources.canonical import CanonicalTables
    >>> one = ibis.memtable({"customer_id": ["a"]})
    >>> bought = ibis.memtable({"customer_id": ["a"], "product": ["purchases"]})
    >>> is_shop(CanonicalTables(one, (), None, bought, date(2018, 1, 1)))
    True
    >>> is_shop(CanonicalTables(one, (), None, None, date(2018, 1, 1)))
    False
    """
    if tables.transactions is None or tables.accounts is not None:
        return False
    of_a_bank = tables.transactions["product"].isin([product.code for product in PRODUCTS])
    return not bool(of_a_bank.any().execute())


def in_orders(features: Iterable[Feature]) -> tuple[Feature, ...]:
    """Return the same catalogue entries in the words of a shop.

    >>> from core.features.base import Feature, Kind, Side
    >>> few = Feature(
    ...     "transactions_small",
    ...     "Small transactions",
    ...     "Number of transactions under 50.",
    ...     "sizes",
    ...     Side.BEHAVIOURAL,
    ...     Kind.COUNT,
    ...     unit="transactions",
    ... )
    >>> changed = in_orders([few])[0]
    >>> changed.name, changed.label, changed.unit
    ('transactions_small', 'Small orders', 'orders')
    """
    return tuple(
        replace(
            feature,
            label=_said(feature.label),
            description=_said(feature.description),
            unit=_said(feature.unit),
            low_words=_said(feature.low_words),
            high_words=_said(feature.high_words),
        )
        for feature in features
    )


def _said(text: str) -> str:
    for word, other in _WORDS:
        text = text.replace(word, other).replace(word.capitalize(), other.capitalize())
    return text
