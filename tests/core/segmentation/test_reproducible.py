"""The same data, seed and versions give the same fingerprints in any process, with any threads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.segmentation.registry import ALGORITHMS

ROOT = Path(__file__).resolve().parents[3]


def started(threads: str) -> subprocess.Popen[str]:
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    return subprocess.Popen(
        [sys.executable, "-m", "tests.core.segmentation.fingerprints"],
        cwd=ROOT,
        env={**os.environ, **dict.fromkeys(names, threads), "PYTHONHASHSEED": threads},
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
def test_fingerprints_are_the_same_in_every_process_and_for_any_number_of_threads() -> None:
    processes = [started(threads) for threads in ("1", "2")]
    one, two = (process.communicate(timeout=300)[0].split() for process in processes)
    assert len(set(one)) == len(ALGORITHMS) + 2  # of a whole one, model and assignments
    assert two == one
