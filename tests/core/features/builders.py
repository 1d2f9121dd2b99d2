"""Small banks for tests of features: rows as dictionaries, tables in DuckDB's memory."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

import ibis
import pyarrow as pa

from core.features.base import Feature, Kind, Sensitivity, Side
from core.features.build import build_features
from core.features.family import FeatureFamily
from core.sources.canonical import CanonicalTables
from core.sources.measures import MeasureSpec

AS_OF = date(1995, 12, 31)
Row = dict[str, object]

_MONEY = pa.decimal128(18, 2)
ACCOUNTS = pa.schema(
    {
        "account_id": pa.string(),
        "customer_id": pa.string(),
        "product": pa.string(),
        "is_active": pa.bool_(),
        "opened_on": pa.date32(),
        "closed_on": pa.date32(),
        "opening_balance": _MONEY,
        "balance": _MONEY,
        "credit_limit": _MONEY,
        "minimum_balance": _MONEY,
    }
)
TRANSACTIONS = pa.schema(
    {
        "transaction_id": pa.string(),
        "account_id": pa.string(),
        "customer_id": pa.string(),
        "product": pa.string(),
        "booked_on": pa.date32(),
        "booked_at": pa.timestamp("us"),
        "amount": _MONEY,
        "direction": pa.string(),
        "kind": pa.string(),
        "channel": pa.string(),
        "interest": _MONEY,
        "is_inquiry": pa.bool_(),
    }
)
MONTHS = pa.schema(
    {
        "customer_id": pa.string(),
        "period_start": pa.date32(),
        "period_end": pa.date32(),
        "funds": _MONEY,
        "trades": pa.int64(),
        "return_pct": pa.decimal128(18, 6),
    }
)
CUSTOMERS = pa.schema(
    {
        "customer_id": pa.string(),
        "age_years": pa.float64(),
        "income_yearly": _MONEY,
        "children": pa.int64(),
        "gender": pa.string(),
        "education": pa.string(),
        "calls": pa.int64(),
    }
)


def attribute(name: str, kind: Kind, **changes: object) -> Feature:
    """Return an attribute as a source specification would state it."""
    stated = Feature(
        name=name,
        label=name.replace("_", " ").capitalize(),
        description=f"The customer's {name.replace('_', ' ')}.",
        family="demographics",
        side=Side.DEMOGRAPHIC,
        kind=kind,
        source_columns=(f"customers.{name}",),
        low_words=f"low {name}" if kind not in (Kind.CATEGORY, Kind.ORDINAL) else "",
        high_words=f"high {name}" if kind not in (Kind.CATEGORY, Kind.ORDINAL) else "",
    )
    return replace(stated, **changes)  # type: ignore[arg-type]


ATTRIBUTES = (
    attribute("age_years", Kind.YEARS, unit="years", sensitivity=Sensitivity.SENSITIVE),
    attribute("income_yearly", Kind.MONEY, missing_allowed=True),
    attribute("children", Kind.COUNT, unit="children"),
    attribute("gender", Kind.CATEGORY, sensitivity=Sensitivity.SENSITIVE),
    attribute("education", Kind.ORDINAL, levels=("School", "College", "University")),
)
MEASURES = (attribute("calls", Kind.COUNT, unit="calls", family="measures", side=Side.BEHAVIOURAL),)

MEASURED = (
    MeasureSpec(
        name="funds", column="m.funds", label="Funds", description="Funds.", kind=Kind.MONEY
    ),
    MeasureSpec(
        name="trades",
        column="m.trades",
        label="Trades",
        description="Trades.",
        kind=Kind.COUNT,
        unit="trades",
        months=12,
    ),
    MeasureSpec(
        name="return_pct",
        column="m.return_pct",
        label="Return",
        description="Return.",
        kind=Kind.NUMBER,
        unit="%",
    ),
)


def month(customer_id: str, start: date, **changes: object) -> Row:
    """Return one customer-month in which nothing happened."""
    following = date(start.year + start.month // 12, start.month % 12 + 1, 1)
    return {
        "customer_id": customer_id,
        "period_start": start,
        "period_end": following - timedelta(days=1),
        "funds": Decimal(0),
        "trades": 0,
        "return_pct": None,
    } | changes


def customer(customer_id: str, **changes: object) -> Row:
    """Return one customer with unremarkable attributes."""
    return {
        "customer_id": customer_id,
        "age_years": 40.0,
        "income_yearly": Decimal(30000),
        "children": 1,
        "gender": "Female",
        "education": "College",
        "calls": 3,
    } | changes


def account(customer_id: str, product: str = "checking", **changes: object) -> Row:
    """Return one open account without a balance."""
    return {
        "account_id": f"{customer_id}-{product}",
        "customer_id": customer_id,
        "product": product,
        "is_active": True,
        "opened_on": date(1990, 1, 1),
        "closed_on": None,
        "opening_balance": Decimal(0),
        "balance": Decimal(0),
        "credit_limit": None,
        "minimum_balance": None,
    } | changes


def transaction(
    customer_id: str, amount: float | str = "10.00", booked_on: date = AS_OF, **changes: object
) -> Row:
    """Return one withdrawal from a checking account."""
    product = changes.get("product", "checking")
    return {
        "transaction_id": "1",
        "account_id": f"{customer_id}-{product}",
        "customer_id": customer_id,
        "product": "checking",
        "booked_on": booked_on,
        "booked_at": None,
        "amount": Decimal(str(amount)),
        "direction": "out",
        "kind": "withdrawal",
        "channel": "ATM",
        "interest": Decimal(0),
        "is_inquiry": False,
    } | changes


def order(
    customer_id: str, amount: float | str = "10.00", booked_on: date = AS_OF, **changes: object
) -> Row:
    """Return one order from a shop."""
    bought: Row = {"account_id": None, "product": "purchases", "kind": "purchase"}
    return transaction(customer_id, amount, booked_on) | bought | changes


def inquiry(customer_id: str, booked_on: date = AS_OF, **changes: object) -> Row:
    """Return one inquiry: a row without money or direction."""
    asked = transaction(customer_id, "0", booked_on, kind="inquiry", direction=None)
    return asked | {"is_inquiry": True} | changes


@dataclass(frozen=True)
class Bank:
    """The rows of a bank; `None` for tables that its source does not have."""

    customers: Sequence[Row]
    accounts: Sequence[Row] | None = field(default_factory=list)
    transactions: Sequence[Row] | None = field(default_factory=list)
    attributes: tuple[Feature, ...] = ATTRIBUTES
    as_of: date = AS_OF
    months: Sequence[Row] | None = None

    def tables(self) -> CanonicalTables:
        """Return the canonical tables, in a database shared by all tests of a process."""
        return CanonicalTables(
            _table(self.customers, CUSTOMERS),
            self.attributes,
            None if self.accounts is None else _table(self.accounts, ACCOUNTS),
            None if self.transactions is None else _table(self.transactions, TRANSACTIONS),
            self.as_of,
            None if self.months is None else _table(self.months, MONTHS),
            () if self.months is None else MEASURED,
        )

    def shuffled(self, seed: int) -> Bank:
        """Return the same bank with its rows in another order."""
        draw = random.Random(seed)
        return replace(
            self,
            customers=draw.sample(self.customers, len(self.customers)),
            accounts=self.accounts and draw.sample(self.accounts, len(self.accounts)),
            transactions=draw.sample(self.transactions or [], len(self.transactions or [])),
            months=self.months and draw.sample(self.months, len(self.months)),
        )

    def of(self, customer_ids: Iterable[str]) -> Bank:
        """Return the bank with these customers alone."""
        kept = set(customer_ids)
        return replace(
            self,
            customers=[row for row in self.customers if row["customer_id"] in kept],
            accounts=self.accounts and [r for r in self.accounts if r["customer_id"] in kept],
            transactions=[row for row in self.transactions or [] if row["customer_id"] in kept],
            months=self.months and [row for row in self.months if row["customer_id"] in kept],
        )

    def with_transactions(self, rows: Iterable[Row]) -> Bank:
        """Return the bank with more transactions."""
        return replace(self, transactions=[*(self.transactions or []), *rows])

    def with_months(self, rows: Iterable[Row]) -> Bank:
        """Return the bank with more customer-months."""
        return replace(self, months=[*(self.months or []), *rows])

    def with_accounts(self, rows: Iterable[Row]) -> Bank:
        """Return the bank with more accounts."""
        added = list(rows)
        return replace(self, accounts=[*(self.accounts or []), *added]) if added else self


def bank_of_one(
    accounts: Sequence[Row] | None = (), transactions: Sequence[Row] | None = ()
) -> Bank:
    """Return a bank whose only customer is "a"."""
    return Bank([customer("a")], accounts, transactions)


def mixed_bank(seed: int, customers: int = 40, transactions: int = 600) -> Bank:
    """Return a bank with every quirk: no accounts, closed ones, overpaid cards, blanks, the future.

    The last three customers have no account, an account without transactions, and one transaction.
    """
    draw = random.Random(seed)
    ids = [f"{number:05d}" for number in draw.sample(range(90_000), customers)]
    nobody, idle, once, *busy = ids
    held = [
        _random_account(draw, owner, product)
        for owner in busy
        for product in draw.sample(["checking", "savings", "credit"], draw.randint(1, 3))
    ]
    moved = [_random_transaction(draw, draw.choice(held), number) for number in range(transactions)]
    return Bank(
        [_random_customer(draw, customer_id) for customer_id in (*busy, nobody, idle, once)],
        [*held, account(idle, "savings", balance=Decimal("12.34")), account(once)],
        [*moved, transaction(once, "77.70", date(1995, 5, 5))],
    )


def shop_of(bank: Bank) -> Bank:
    """Return a shop without accounts whose orders are the bank's outgoing transactions."""
    bought = {"account_id": None, "product": "purchases", "kind": "purchase", "interest": 0}
    rows = [row | bought for row in bank.transactions or [] if row["direction"] == "out"]
    return replace(bank, accounts=None, transactions=rows)


def random_months(draw: random.Random, customer_ids: Iterable[str]) -> list[Row]:
    """Return up to twenty months around the as-of date for most customers: gaps, blanks, losses."""
    starts = [date(1994 + at // 12, at % 12 + 1, 1) for at in range(6, 26)]
    return [
        month(
            customer_id,
            start,
            funds=draw.choice([None, Decimal(0), _amount(draw), _amount(draw), -_amount(draw)]),
            trades=draw.choice([None, 0, draw.randint(0, 40), draw.randint(0, 40)]),
            return_pct=draw.choice([None, Decimal(draw.randint(-90_000, 90_000)) / 1000]),
        )
        for customer_id in sorted(customer_ids)[1:]  # the first has none
        for start in starts
        if draw.random() < 0.9
    ]


def _random_customer(draw: random.Random, customer_id: str) -> Row:
    return customer(
        customer_id,
        age_years=float(draw.randint(10, 90)),
        income_yearly=draw.choice([None, _amount(draw)]),
        children=draw.randint(0, 4),
        gender=draw.choice(["Female", "Male", None]),
        education=draw.choice(["School", "College", "University", None]),
        calls=int(customer_id) % 7,
    )


def _random_account(draw: random.Random, owner: str, product: str) -> Row:
    closed_on = draw.choice([None, None, None, _day(draw)])
    return account(
        owner,
        product,
        account_id=f"{owner}-{product}-{draw.random()}",
        is_active=closed_on is None and draw.random() < 0.95,
        opened_on=draw.choice(
            [None, *(date(1985, 1, 1) + timedelta(n) for n in range(0, 4000, 99))]
        ),
        closed_on=closed_on,
        opening_balance=draw.choice([None, _amount(draw)]),
        balance=draw.choice([Decimal(0), _amount(draw), _amount(draw), -_amount(draw)]),
        credit_limit=draw.choice([None, Decimal(500), Decimal(3000)])
        if product == "credit"
        else None,
        minimum_balance=draw.choice([None, Decimal(100)]) if product == "savings" else None,
    )


def _random_transaction(draw: random.Random, on: Row, number: int) -> Row:
    owner, product = str(on["customer_id"]), str(on["product"])
    if draw.random() < 0.15:
        return inquiry(owner, _day(draw), product=product, channel=draw.choice(["ATM", "Phone"]))
    kinds = {
        ("checking", "in"): ["deposit", "interest"],
        ("checking", "out"): ["withdrawal", "transfer", "check fee"],
        ("savings", "in"): ["deposit", "interest"],
        ("savings", "out"): ["withdrawal", "usage fee"],
        ("credit", "in"): ["payment"],
        ("credit", "out"): ["purchase", "cash advance", "cash advance fee"],
    }
    direction = draw.choice(["in", "out"])
    kind = draw.choice(kinds[product, direction])
    amount = draw.choice([_amount(draw), Decimal(50), Decimal(200), Decimal("49.99")])
    return transaction(
        owner,
        str(amount),
        _day(draw),
        transaction_id=str(number),
        product=product,
        direction=direction,
        kind=kind,
        channel=draw.choice(["ATM", "Branch", "Phone", "Unknown", None]),
        interest=amount if kind == "interest" else draw.choice([Decimal(0), Decimal("1.23")]),
    )


def _amount(draw: random.Random) -> Decimal:
    return Decimal(round(10 ** draw.uniform(0, 5.5))) / 100


def _day(draw: random.Random) -> date:
    """Return a day of the fifteen months around the as-of date: some are in its future."""
    return AS_OF - timedelta(days=draw.randint(-30, 420))


def _table(rows: Sequence[Row], schema: pa.Schema) -> ibis.Table:
    return ibis.memtable(pa.Table.from_pylist(list(rows), schema=schema))


def values(bank: Bank, *families: FeatureFamily, customer_id: str = "a") -> dict[str, object]:
    """Return one customer's features of some families, by name; `None` where missing."""
    frame, _ = build_features(bank.tables(), families)
    row = frame.loc[customer_id]
    return {name: None if row[name] != row[name] else row[name] for name in frame.columns}
