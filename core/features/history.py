"""What a bank knew on the as-of date: rows after it never enter a feature."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from core.sources.canonical import CanonicalTables


def transactions_known(tables: CanonicalTables) -> ir.Table:
    """Return the transactions booked on or before the as-of date, inquiries included.

    A transaction without a date cannot be placed in time and is left out.

    Raises
    ------
    ValueError
        The source has no transactions: the family should have said that it does not apply.
    """
    if tables.transactions is None:
        raise ValueError("This source has no transactions; ask for features() first.")
    return tables.transactions.filter(tables.transactions.booked_on <= ibis.literal(tables.as_of))


def bookings_known(tables: CanonicalTables) -> ir.Table:
    """Return the transactions known that moved money: inquiries are left out."""
    transactions = transactions_known(tables)
    return transactions.filter(~transactions.is_inquiry.fill_null(False))


def accounts_known(tables: CanonicalTables) -> ir.Table:
    """Return the accounts opened on or before the as-of date, with ``is_open`` on that date.

    An account closed later was still open then, whatever its flag says today. Its balances are
    those of the file: a bank's account table has no history.

    Raises
    ------
    ValueError
        The source has no accounts: the family should have said that it does not apply.
    """
    if tables.accounts is None:
        raise ValueError("This source has no accounts; ask for features() first.")
    accounts, as_of = tables.accounts, ibis.literal(tables.as_of)
    known = accounts.filter(accounts.opened_on.isnull() | (accounts.opened_on <= as_of))
    is_open = ibis.cases(
        (known.closed_on.isnull(), known.is_active.fill_null(False)),
        else_=known.closed_on > as_of,
    )
    return known.mutate(is_open=is_open)
