"""From a bank's CSV files to features, against a vectorised pandas script.

Both sides compute every column of the same six families. The product reads as it always does: it
passes over the structure of every file, converts with a reason for each refused cell, checks keys
and totals, validates, keeps names apart and takes a fingerprint. The script does none of that.
"""

from __future__ import annotations

import itertools
from pathlib import Path
from time import perf_counter, process_time

import pandas as pd

from bench.bank_files import write_bank
from bench.base import (
    MEMORY,
    PROCESSOR,
    WALL,
    Benchmark,
    Contest,
    Contests,
    Measure,
    Outcome,
    Target,
    UnequalWorkError,
)
from bench.memory import peak_memory
from bench.peers.pandas_features import features
from bench.peers.pandas_reading import read_accounts, read_customers, read_transactions
from bench.processes import in_fresh_process
from bench.workshop import Workshop
from core.features.build import build_features
from core.features.registry import FAMILIES
from core.sources.canonical import read_source
from core.sources.spec import load_spec

READING, COMPUTING = Measure("of it reading", "s"), Measure("of it features", "s")
_FAMILIES = ("demographics", "tenure", "balances", "activity", "recency", "channels")
_LITTLE = 100  # customers of the bank that both sides warm up on
_TOLERANCE = 1e-9  # relative: sums of money as floats against exact decimals


def contests(workshop: Workshop) -> Contests:
    """Yield the one contest, over files that are written first."""
    customers = workshop.choose(tiny=300, small=3_000, full=80_000)
    folder, little = workshop.folder / "bank", workshop.folder / "little-bank"
    workshop.say(f"ingest: writing the files of a bank of {customers:,} customers")
    transactions = write_bank(folder, customers)
    write_bank(little, _LITTLE)
    numbers = itertools.count()

    def side(function: str) -> Outcome:
        output = workshop.folder / f"features-{next(numbers)}.parquet"
        return in_fresh_process(f"{__name__}:{function}", output, little, folder)

    yield Contest(
        name=f"{transactions:,} transactions from CSV to {len(_FAMILIES)} families of features",
        peer="vectorised pandas script",
        product=lambda: side("product"),
        against=lambda: side("script"),
        check=require_same_features,
        targets={WALL: Target(must=0.50, aim=0.25), MEMORY: Target(must=0.85, aim=0.50)},
    )


def product(little: str, folder: str) -> Outcome:
    """Ingest as the product does, up to what would be stored, in a process of its own."""
    _ingest(little)  # what is imported or compiled on first use is not the subject
    return _ingest(folder)


def script(little: str, folder: str) -> Outcome:
    """Do the same in pandas, in a process of its own."""
    _run_script(little)
    return _run_script(folder)


def require_same_features(product: pd.DataFrame, peer: pd.DataFrame) -> None:
    """Raise `UnequalWorkError` unless both have the same columns with the same values."""
    try:
        pd.testing.assert_frame_equal(
            product,
            peer,
            check_like=True,
            check_dtype=False,
            check_names=False,
            check_index_type=False,
            rtol=_TOLERANCE,
            atol=1e-6,
        )
    except AssertionError as difference:
        raise UnequalWorkError(f"The features differ: {str(difference)[:400]}") from None


def _ingest(folder: str) -> Outcome:
    spec = load_spec("bank")
    families = [family for family in FAMILIES if family.name in _FAMILIES]
    clock = _Clock()
    with read_source(spec, folder) as read:
        clock.was_read()
        frame, _ = build_features(read.tables, families)
        return Outcome(frame, clock.readings())


def _run_script(folder: str) -> Outcome:
    path = Path(folder)
    clock = _Clock()
    tables = (read_customers(path), read_accounts(path), read_transactions(path))
    clock.was_read()
    return Outcome(features(*tables), clock.readings())


class _Clock:
    """Wall and CPU time from now, with the wall time of the first half apart."""

    def __init__(self) -> None:
        self._began, self._worked = perf_counter(), process_time()
        self._reading = 0.0

    def was_read(self) -> None:
        """Note that the reading is done."""
        self._reading = perf_counter() - self._began

    def readings(self) -> dict[Measure, float]:
        """Return what it has taken until now."""
        taken = perf_counter() - self._began
        return {
            WALL: taken,
            READING: self._reading,
            COMPUTING: taken - self._reading,
            PROCESSOR: process_time() - self._worked,
            MEMORY: peak_memory(),
        }


BENCHMARK = Benchmark("ingest", "How fast do a bank's files become features?", contests)
