"""Look-alike files of the bank: same names, columns, paddings and quirks; nobody's data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.sources.demo.bank_products import BUILDERS
from core.sources.demo.bank_writing import write_accounts, write_people, write_product
from core.sources.demo.ledger import YEAR
from core.sources.demo.people import STAGES, people
from core.sources.demo.personas import NO_ACCOUNT, PERSONAS
from core.sources.demo.truth import PlantedTruth

AS_OF = date(YEAR, 12, 31)
_FIRST_ID = 5_210_000

Ints = NDArray[np.int64]


def generate(path: Path, *, customers: int = 2_000, seed: int = 20_241_231) -> PlantedTruth:
    """Write the bank's files into a folder; the same arguments give the same bytes.

    Parameters
    ----------
    path
        The folder; made if it is not there.
    customers
        How many customers to invent.
    seed
        Of the random numbers.

    Returns
    -------
    PlantedTruth
        Which persona and life stage each customer was given.
    """
    random = np.random.default_rng(seed)
    path.mkdir(parents=True, exist_ok=True)
    ids = customer_ids(customers, random)
    persona = personas(customers, random)
    table, stage = people(ids, (persona % 2 == 0).astype(float), random)
    write_people(path, table)
    tenure = table["years_with_bank"].to_numpy()
    products = []
    for build in BUILDERS:
        products.append(build(ids, persona, tenure, random))
        write_product(path, products[-1], random)
    write_accounts(path, products, random)
    names = [one.name for one in PERSONAS] + [NO_ACCOUNT]
    return PlantedTruth(
        persona={str(i): names[p] for i, p in zip(ids, persona, strict=True)},
        life_stage={str(i): STAGES[s].name for i, s in zip(ids, stage, strict=True)},
        as_of=AS_OF,
    )


def customer_ids(customers: int, random: np.random.Generator) -> Ints:
    """Return the numbers of so many customers, in no particular order."""
    ids: Ints = _FIRST_ID + random.permutation(customers * 2)[:customers]
    return ids


def personas(customers: int, random: np.random.Generator) -> Ints:
    """Return a persona's number per customer, in exact shares; the last has no account."""
    edges = np.cumsum([one.share for one in PERSONAS])
    return np.searchsorted(edges, (random.permutation(customers) + 0.5) / customers)
