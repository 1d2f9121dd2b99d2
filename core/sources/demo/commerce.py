"""Look-alike files of the shop: same names, columns, statuses and quirks; nobody's orders."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.sources.demo.shoppers import ONLY_CANCELLED, PAYERS, SHOPPERS
from core.sources.demo.truth import PlantedTruth
from core.sources.demo.writing import money, write_table

AS_OF = date(2018, 8, 31)
_END = np.datetime64(AS_OF)
_CITIES = (  # invented places in real states; the post code's first digits
    ("porto larim", "SP", "01"),
    ("vila aurora", "SP", "13"),
    ("lagoa mansa", "RJ", "20"),
    ("serra do meio", "MG", "30"),
    ("ponte velha", "RS", "90"),
    ("mata azul", "BA", "40"),
)
_STATUSES = ("delivered", "shipped", "invoiced", "processing", "approved")
_EXCLUDED = ("canceled", "unavailable")
_DAY = 86_400

Ints = NDArray[np.int64]


def generate(path: Path, *, customers: int = 2_000, seed: int = 20_180_831) -> PlantedTruth:
    """Write the shop's three files into a folder; the same arguments give the same bytes.

    Parameters
    ----------
    path
        The folder; made if it is not there.
    customers
        How many persons to invent.
    seed
        Of the random numbers.

    Returns
    -------
    PlantedTruth
        What each person buys, and (as ``life_stage``) how each pays.
    """
    random = np.random.default_rng(seed)
    path.mkdir(parents=True, exist_ok=True)
    shopper = _drawn(customers, [one.share for one in SHOPPERS], random)
    payer = _drawn(customers, [one.share for one in PAYERS], random)
    persons = _ids(customers, random)
    orders = _orders(shopper, random)
    orders["order_id"] = _ids(len(orders), random)
    orders["customer_id"] = _ids(len(orders), random)
    _write_customers(path, orders, persons, random)
    _write_orders(path, orders, random)
    _write_payments(path, orders, payer, random)
    return PlantedTruth(
        persona={p: SHOPPERS[s].name for p, s in zip(persons, shopper.tolist(), strict=True)},
        life_stage={p: PAYERS[s].name for p, s in zip(persons, payer.tolist(), strict=True)},
        as_of=AS_OF,
    )


def _drawn(n: int, shares: list[float], random: np.random.Generator) -> Ints:
    """Return a number per person, in exact shares."""
    return np.searchsorted(np.cumsum(shares), (random.permutation(n) + 0.5) / n)


def _ids(n: int, random: np.random.Generator) -> list[str]:
    """Return ids of 32 hexadecimal digits."""
    digits = random.bytes(16 * n).hex()
    return [digits[at : at + 32] for at in range(0, len(digits), 32)]


def _orders(shopper: Ints, random: np.random.Generator) -> pd.DataFrame:
    """Return one row per order: whose, when (seconds before the end) and for how many cents."""
    least, most = np.array([one.orders for one in SHOPPERS])[shopper].T
    number = random.integers(least, most + 1)
    person = np.repeat(np.arange(len(shopper)), number)
    kind = shopper[person]
    low, high = np.array([one.last_order for one in SHOPPERS])[shopper].T
    last = random.integers(low, high + 1)
    back = np.arange(len(person)) - np.repeat(np.cumsum(number) - number, number)
    gap = np.array([one.gap for one in SHOPPERS])[kind] * random.uniform(0.7, 1.3, len(person))
    days = last[person] + np.round(back * gap).astype(np.int64)
    days[0] = 0  # somebody orders on the last day
    basket = np.array([one.basket for one in SHOPPERS])[kind]
    spread = np.array([one.spread for one in SHOPPERS])[kind]
    amount = np.round(basket * np.exp(random.normal(0, spread)) * 100).astype(np.int64)
    excluded = np.array([one.name == ONLY_CANCELLED for one in SHOPPERS])[kind]
    extra = random.random(len(person)) < 0.02  # valid persons cancel now and then, besides
    excluded |= extra & (back > 0)
    return pd.DataFrame(
        {
            "person": person,
            "ordered": _END.astype("datetime64[s]")
            - (days * _DAY)
            + random.integers(6 * 3600, 23 * 3600, len(person)),
            "cents": amount,
            "excluded": excluded,
        }
    )


def _write_customers(
    path: Path, orders: pd.DataFrame, persons: list[str], random: np.random.Generator
) -> None:
    """Write a row per order: the shop knows a person anew with every order."""
    home = random.choice(len(_CITIES), len(persons), p=(0.3, 0.15, 0.2, 0.15, 0.12, 0.08))
    city = home[orders["person"]]
    tail = random.integers(0, 1000, len(orders))
    table = pd.DataFrame(
        {
            "customer_id": orders["customer_id"],
            "customer_unique_id": [persons[i] for i in orders["person"]],
            "customer_zip_code_prefix": [
                f"{_CITIES[c][2]}{t:03d}" for c, t in zip(city, tail, strict=True)
            ],
            "customer_city": [_CITIES[c][0] for c in city],
            "customer_state": [_CITIES[c][1] for c in city],
        }
    )
    _shuffled(table, path / "olist_customers_dataset.csv", random)


def _write_orders(path: Path, orders: pd.DataFrame, random: np.random.Generator) -> None:
    n = len(orders)
    valid = random.choice(_STATUSES, n, p=(0.9, 0.04, 0.03, 0.02, 0.01))
    dropped = random.choice(_EXCLUDED, n)
    status = np.where(orders["excluded"], dropped, valid)
    ordered = orders["ordered"].to_numpy().astype("datetime64[s]")
    approved = _later(ordered, 300, _DAY, random)
    handed = _later(approved, _DAY, 4 * _DAY, random)
    delivered = _later(handed, 2 * _DAY, 20 * _DAY, random)
    promised = _later(ordered, 29 * _DAY, 30 * _DAY, random).astype("datetime64[D]")
    table = pd.DataFrame(
        {
            "order_id": orders["order_id"],
            "customer_id": orders["customer_id"],
            "order_status": status,
            "order_purchase_timestamp": _moments(ordered),
            "order_approved_at": _moments(approved, orders["excluded"].to_numpy()),
            "order_delivered_carrier_date": _moments(
                handed, ~np.isin(status, ("delivered", "shipped"))
            ),
            "order_delivered_customer_date": _moments(delivered, status != "delivered"),
            "order_estimated_delivery_date": _moments(promised),
        }
    )
    _shuffled(table, path / "olist_orders_dataset.csv", random)


def _write_payments(
    path: Path, orders: pd.DataFrame, payer: Ints, random: np.random.Generator
) -> None:
    """Write one to three payments per order; vouchers add up, and one order was never paid."""
    n = len(orders)
    kind = payer[orders["person"]]
    usual = np.array([one.kind for one in PAYERS])[kind]
    loyal = random.random(n) < np.array([one.loyalty for one in PAYERS])[kind]
    method = np.where(loyal, usual, random.choice(("debit_card", "credit_card"), n))
    low, high = np.array([one.instalments for one in PAYERS])[kind].T
    instalments = np.where(method == "credit_card", random.integers(low, high + 1), 1)
    parts = np.where(method == "voucher", random.integers(1, 4, n), 1)
    rows = []
    for row, order_id in enumerate(orders["order_id"]):
        cents, count = int(orders["cents"].iloc[row]), int(parts[row])
        if row == n - 1:
            continue  # an order without any payment, as the real files have
        for at in range(count):
            share = cents // count if at < count - 1 else cents - cents // count * (count - 1)
            rows.append((order_id, at + 1, method[row], int(instalments[row]), share))
    rows.append((rows[0][0], rows[0][1] + 1, "not_defined", 1, 0))
    table = pd.DataFrame(
        rows,
        columns=[
            "order_id",
            "payment_sequential",
            "payment_type",
            "payment_installments",
            "payment_value",
        ],
    )
    table["payment_value"] = money(table["payment_value"].to_numpy())
    _shuffled(table, path / "olist_order_payments_dataset.csv", random)


def _later(
    moments: NDArray[np.datetime64], least: int, most: int, random: np.random.Generator
) -> NDArray[np.datetime64]:
    seconds = random.integers(least, most, len(moments)).astype("timedelta64[s]")
    return np.asarray(moments + seconds)


def _moments(moments: NDArray[np.datetime64], blank: NDArray[np.bool_] | None = None) -> list[str]:
    """Return moments as yyyy-mm-dd hh:mm:ss, nothing where blank."""
    told = np.char.replace(np.datetime_as_string(moments.astype("datetime64[s]")), "T", " ")
    return [str(text) for text in (told if blank is None else np.where(blank, "", told))]


def _shuffled(table: pd.DataFrame, path: Path, random: np.random.Generator) -> None:
    """Write a table with its rows in no particular order."""
    write_table(table.iloc[random.permutation(len(table))], path, widths={}, delimiter=",")
