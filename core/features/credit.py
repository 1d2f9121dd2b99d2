"""How customers use credit: limit, debt, spending, cash, interest and paying back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import ibis

from core.features.base import Feature, Kind, Side
from core.features.exact import money_total, ratio
from core.features.history import accounts_known, bookings_known
from core.features.kinds import is_cash_advance, is_fee, is_interest
from core.features.per_customer import one_row_each
from core.features.products import CARD
from core.features.shops import is_shop

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from core.sources.canonical import CanonicalTables

_feature = partial(Feature, family="credit", side=Side.BEHAVIOURAL)
_money = partial(_feature, kind=Kind.MONEY)
_KINDS = ("transactions.amount", "transactions.direction", "transactions.kind")


class Credit:
    """Limit and utilisation of open credit cards; card spending and payments of all of them."""

    name = "credit"

    def features(self, tables: CanonicalTables) -> tuple[Feature, ...]:
        """Return the entries that the source's tables allow."""
        from_accounts = () if tables.accounts is None else _FROM_ACCOUNTS
        has_bookings = tables.transactions is not None and not is_shop(tables)
        from_transactions = _FROM_TRANSACTIONS if has_bookings else ()
        return from_accounts + from_transactions

    def build(self, tables: CanonicalTables) -> ir.Table:
        """Return `customer_id` and use of credit; one row for every customer."""
        table = tables.customers.select("customer_id")
        if tables.accounts is not None:
            table = table.inner_join(
                one_row_each(tables, _limits(tables), _FROM_ACCOUNTS), "customer_id"
            )
        if tables.transactions is not None:
            table = table.inner_join(
                one_row_each(tables, _card_use(tables), _FROM_TRANSACTIONS), "customer_id"
            )
        return table


def _limits(tables: CanonicalTables) -> ir.Table:
    """Return limit and utilisation of customers with an open credit card."""
    cards = accounts_known(tables).filter(ibis._.is_open & (ibis._.product == CARD.code))
    owed = cards.group_by("customer_id").aggregate(
        credit_limit=money_total(cards.credit_limit),
        # debt on a card without a known limit has nothing to be measured against
        debt_within_limit=money_total(
            ibis.greatest(cards.balance, 0), cards.credit_limit.notnull()
        ),
    )
    return owed.mutate(credit_utilisation=ratio(owed.debt_within_limit, owed.credit_limit))


def _card_use(tables: CanonicalTables) -> ir.Table:
    """Return spending, payments and costs of customers with card transactions."""
    bookings = bookings_known(tables).filter(ibis._.product == CARD.code)
    is_out, is_in = bookings.direction == "out", bookings.direction == "in"
    is_cash = is_cash_advance(bookings)
    is_cost = is_fee(bookings) | is_interest(bookings)
    used = bookings.group_by("customer_id").aggregate(
        card_spend=money_total(bookings.amount, is_out & ~is_cash & ~is_cost),
        card_purchases=bookings.count(where=is_out & ~is_cash & ~is_cost),
        card_charged=money_total(bookings.amount, is_out),
        card_payments=money_total(bookings.amount, is_in),
        cash_advances=money_total(bookings.amount, is_out & is_cash),
        cash_advances_number=bookings.count(where=is_out & is_cash),
        interest_paid=money_total(bookings.interest.abs()),
    )
    return used.mutate(payment_ratio=ratio(used.card_payments, used.card_charged))


_FROM_ACCOUNTS: tuple[Feature, ...] = (
    _money(
        "credit_limit",
        "Credit limit",
        "Limits of open credit cards, added up.",
        source_columns=("accounts.credit_limit",),
        low_words="low credit limit",
        high_words="high credit limit",
        actionable=True,
    ),
    _feature(
        "credit_utilisation",
        "Credit utilisation",
        "Card debt as a share of the credit limit; above 100 % when over the limit.",
        kind=Kind.SHARE,
        source_columns=("accounts.balance", "accounts.credit_limit"),
        low_words="low use of credit limit",
        high_words="high use of credit limit",
        missing_allowed=True,
    ),
)
_FROM_TRANSACTIONS: tuple[Feature, ...] = (
    _money(
        "card_spend",
        "Card spending",
        "Purchases by card, without cash advances, fees and interest.",
        source_columns=_KINDS,
        low_words="low card spending",
        high_words="high card spending",
        actionable=True,
    ),
    _feature(
        "card_purchases",
        "Card purchases",
        "Number of purchases by card.",
        kind=Kind.COUNT,
        unit="purchases",
        source_columns=_KINDS,
        low_words="few card purchases",
        high_words="many card purchases",
        actionable=True,
    ),
    _money(
        "card_payments",
        "Card payments",
        "Money paid back on credit cards.",
        source_columns=_KINDS[:2],
        low_words="pays back little",
        high_words="pays back much",
        actionable=True,
    ),
    _money(
        "cash_advances",
        "Cash advances",
        "Cash taken on credit cards.",
        source_columns=_KINDS,
        low_words="little or no cash taken on cards",
        high_words="takes cash on cards",
        actionable=True,
    ),
    _feature(
        "cash_advances_number",
        "Number of cash advances",
        "How often cash was taken on credit cards.",
        kind=Kind.COUNT,
        unit="cash advances",
        source_columns=_KINDS,
        low_words="few or no cash advances",
        high_words="frequent cash advances",
        actionable=True,
    ),
    _money(
        "interest_paid",
        "Card interest paid",
        "Interest paid on credit cards.",
        source_columns=("transactions.interest",),
        low_words="little or no card interest",
        high_words="pays card interest",
    ),
    _feature(
        "payment_ratio",
        "Payment ratio",
        "Card payments for each unit of money charged to cards; 1 where all was paid back.",
        kind=Kind.NUMBER,
        unit="times the charges",
        source_columns=_KINDS[:2],
        low_words="pays back less of card charges",
        high_words="pays back more of card charges",
        missing_allowed=True,
    ),
)
