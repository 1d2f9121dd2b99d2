"""What customers hold and owe: balances per product, and how they moved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import ibis

from core.features.base import Feature, Kind, Side
from core.features.exact import money_total
from core.features.history import accounts_known
from core.features.per_customer import one_row_each
from core.features.products import CARD, CHECKING, PRODUCTS, SAVINGS, Product

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from core.sources.canonical import CanonicalTables

_feature = partial(Feature, family="balances", side=Side.BEHAVIOURAL)
_money = partial(_feature, kind=Kind.MONEY)
_BALANCE = ("accounts.balance",)
_CHANGE = ("accounts.balance", "accounts.opening_balance")


class Balances:
    """Balances of accounts open on the as-of date; an account closed by then holds nothing."""

    name = "balances"

    def features(self, tables: CanonicalTables) -> tuple[Feature, ...]:
        """Return the balances' catalogue entries; none where a source has no accounts."""
        return () if tables.accounts is None else _FEATURES

    def build(self, tables: CanonicalTables) -> ir.Table:
        """Return `customer_id` and balances; one row for every customer."""
        accounts = accounts_known(tables).filter(ibis._.is_open)
        held = accounts.group_by("customer_id").aggregate(
            checking_balance=_balance(accounts, CHECKING),
            savings_balance=_balance(accounts, SAVINGS),
            # an overpaid card is money in hand, not a negative debt
            card_debt=money_total(ibis.greatest(accounts.balance, 0), _is(accounts, CARD)),
            card_balance=_balance(accounts, CARD),
            accounts_active=accounts.count(),
            savings_minimum_balance=money_total(accounts.minimum_balance, _is(accounts, SAVINGS)),
            checking_balance_change=_change(accounts, CHECKING),
            savings_balance_change=_change(accounts, SAVINGS),
            card_debt_change=_change(accounts, CARD),
            **{f"has_{product.code}": _has(accounts, product) for product in PRODUCTS},
        )
        total = held.checking_balance + held.savings_balance
        held = held.mutate(
            total_balances=total,
            net_position=total - held.card_balance,
            balances_and_credit=total + held.card_debt,
            products_held=sum(
                (held[f"has_{product.code}"] for product in PRODUCTS), start=ibis.literal(0)
            ),
        )
        return one_row_each(tables, held, _FEATURES)


def _is(accounts: ir.Table, product: Product) -> ir.Value:
    return accounts.product == product.code


def _balance(accounts: ir.Table, product: Product) -> ir.Value:
    return money_total(accounts.balance, _is(accounts, product))


def _change(accounts: ir.Table, product: Product) -> ir.Value:
    return money_total(accounts.balance - accounts.opening_balance, _is(accounts, product))


def _has(accounts: ir.Table, product: Product) -> ir.Value:
    return _is(accounts, product).cast("int64").max().fill_null(0)


_FEATURES: tuple[Feature, ...] = (
    _money(
        "checking_balance",
        "Checking balance",
        "Money in open checking accounts.",
        source_columns=_BALANCE,
        low_words="low checking balance",
        high_words="high checking balance",
        actionable=True,
    ),
    _money(
        "savings_balance",
        "Savings balance",
        "Money in open savings accounts.",
        source_columns=_BALANCE,
        low_words="little saved",
        high_words="high savings",
        actionable=True,
    ),
    _money(
        "card_debt",
        "Card debt",
        "Money owed on open credit cards; an overpaid card counts as no debt.",
        source_columns=_BALANCE,
        low_words="little or no card debt",
        high_words="carries card debt",
        actionable=True,
    ),
    _money(
        "total_balances",
        "Total balances",
        "Money in open checking and savings accounts together.",
        source_columns=_BALANCE,
        low_words="low balances",
        high_words="high balances",
    ),
    _money(
        "balances_and_credit",
        "Balances and credit",
        "Business with the bank: money in checking and savings accounts plus debt on cards.",
        source_columns=_BALANCE,
        low_words="little business with the bank",
        high_words="much business with the bank",
    ),
    _money(
        "net_position",
        "Net position",
        "Money in checking and savings accounts less what is owed on credit cards.",
        source_columns=_BALANCE,
        low_words="low net position",
        high_words="high net position",
    ),
    _feature(
        "has_checking",
        "Has a checking account",
        "Whether the customer has an open checking account (1 if so).",
        kind=Kind.FLAG,
        source_columns=("accounts.product",),
        low_words="no checking account",
        high_words="with checking account",
        actionable=True,
    ),
    _feature(
        "has_savings",
        "Has a savings account",
        "Whether the customer has an open savings account (1 if so).",
        kind=Kind.FLAG,
        source_columns=("accounts.product",),
        low_words="no savings account",
        high_words="with savings account",
        actionable=True,
    ),
    _feature(
        "has_credit",
        "Has a credit card",
        "Whether the customer has an open credit card account (1 if so).",
        kind=Kind.FLAG,
        source_columns=("accounts.product",),
        low_words="no credit card",
        high_words="with credit card",
        actionable=True,
    ),
    _feature(
        "accounts_active",
        "Open accounts",
        "Number of accounts open on the as-of date.",
        kind=Kind.COUNT,
        unit="accounts",
        source_columns=("accounts.is_active", "accounts.closed_on"),
        low_words="few accounts",
        high_words="many accounts",
        actionable=True,
    ),
    _feature(
        "products_held",
        "Products held",
        "Number of different products (checking, savings, card) with an open account.",
        kind=Kind.COUNT,
        unit="products",
        source_columns=("accounts.product",),
        low_words="few products",
        high_words="many products",
    ),
    _money(
        "savings_minimum_balance",
        "Savings minimum balance",
        "Least balance that the open savings accounts must keep, added up.",
        source_columns=("accounts.minimum_balance",),
        low_words="low savings minimum",
        high_words="high savings minimum",
    ),
    _money(
        "checking_balance_change",
        "Change in checking balance",
        "Balance of open checking accounts less their opening balance in the records.",
        source_columns=_CHANGE,
        low_words="checking balance growing less",
        high_words="checking balance growing more",
    ),
    _money(
        "savings_balance_change",
        "Change in savings balance",
        "Balance of open savings accounts less their opening balance in the records.",
        source_columns=_CHANGE,
        low_words="savings growing less",
        high_words="savings growing more",
    ),
    _money(
        "card_debt_change",
        "Change in card balance",
        "Balance owed on open credit cards less their opening balance in the records.",
        source_columns=_CHANGE,
        low_words="card balance growing less",
        high_words="card balance growing more",
    ),
)
