"""Look-alike files of investors: to learn from and to score, with the original's quirks."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from core.sources.demo.investors import INVESTORS, STAGE_ENDS, STAGES, Ints, amounts, people
from core.sources.demo.truth import PlantedTruth

AS_OF = date(2024, 12, 31)
TRAINING = "final-wms-customer-training-dataset.csv"
SCORING = "final-wms-customer-test-dataset.csv"
_SCORED = 0.7  # share of the investors that the second file repeats


def generate(path: Path, *, customers: int = 2_000, seed: int = 20_241_231) -> PlantedTruth:
    """Write both files into a folder; the same arguments give the same bytes.

    As in the original, everybody to be scored is also in the file to learn from, ages do not fit
    dates of birth, and some plans have no amount.

    Parameters
    ----------
    path
        The folder; made if it is not there.
    customers
        How many investors to invent.
    seed
        Of the random numbers.

    Returns
    -------
    PlantedTruth
        Which persona each investor was given.
    """
    random = np.random.default_rng(seed)
    path.mkdir(parents=True, exist_ok=True)
    edges = np.cumsum([one.share for one in INVESTORS])
    persona = np.searchsorted(edges[:-1], (random.permutation(customers) + 0.5) / customers)
    table = _investors(persona, random)
    scored = table.iloc[np.sort(random.permutation(customers)[: int(customers * _SCORED)])]
    _write(table, path / TRAINING, lambda value: str(float(value)))
    _write(scored, path / SCORING, lambda value: f"{value:.2f}".rstrip("0").rstrip("."))
    names = [INVESTORS[number].name for number in persona.tolist()]
    stages = [STAGES[at] for at in np.searchsorted(STAGE_ENDS, table["age"], side="right")]
    ids = table["customer_id"].astype(str)
    return PlantedTruth(
        persona=dict(zip(ids, names, strict=True)),
        as_of=AS_OF,
        life_stage=dict(zip(ids, stages, strict=True)),
    )


def _investors(persona: Ints, random: np.random.Generator) -> pd.DataFrame:
    n = len(persona)
    sip = amounts(persona, lambda one: one.sip, random)
    has_demat = random.random(n) < np.array([one.has_demat for one in INVESTORS])[persona]
    youngest, oldest = np.array([one.age for one in INVESTORS])[persona].T
    age = random.integers(youngest, oldest + 1)
    table = people(age, random)
    table.insert(0, "customer_id", np.arange(n))
    table["sip_status"] = np.where((sip > 0) | (random.random(n) < 0.08), "Yes", "No")
    table["has_demat_account"] = np.where(has_demat, "Yes", "No")
    table["demat_account_no"] = np.where(has_demat, 1_000_000_000.0 + np.arange(n) * 89, np.nan)
    table["networth"] = amounts(persona, lambda one: one.networth, random)
    table["sip_amount"] = sip
    table["age"] = age
    return table


def _write(table: pd.DataFrame, path: Path, written: Callable[[float], str]) -> None:
    """Write comma separated, with quotes only where a value needs them; LF ends lines."""
    texts = table.copy()
    for name in ("demat_account_no", "sip_amount"):
        texts[name] = [
            "" if np.isnan(value) else written(value) for value in table[name].to_numpy()
        ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(texts.columns)
        writer.writerows(texts.itertuples(index=False))
