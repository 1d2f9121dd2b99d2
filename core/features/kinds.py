"""Which transactions the bank books by itself, and which are cash taken on credit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir


def is_fee(transactions: ir.Table) -> ir.Value:
    """Return whether the bank charged for something: the kind has the word "fee"."""
    return _has_word(transactions, "fee")


def is_interest(transactions: ir.Table) -> ir.Value:
    """Return whether interest was booked: the kind has the word "interest"."""
    return _has_word(transactions, "interest")


def is_cash_advance(transactions: ir.Table) -> ir.Value:
    """Return whether cash was taken on a credit card (its fee is a fee)."""
    return _words(transactions).contains("cash advance") & ~is_fee(transactions)


def is_own_initiative(transactions: ir.Table) -> ir.Value:
    """Return whether the customer did it, rather than the bank booking interest or a fee."""
    return ~is_fee(transactions) & ~is_interest(transactions)


def _has_word(transactions: ir.Table, word: str) -> ir.Value:
    return (ibis.literal(" ") + _words(transactions) + " ").contains(f" {word} ")


def _words(transactions: ir.Table) -> ir.Value:
    """Return the kind in lower case with single blanks: "cash_advance" is "cash advance"."""
    return transactions.kind.fill_null("").lower().replace("_", " ").replace("-", " ")
