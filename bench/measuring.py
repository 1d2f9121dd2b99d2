"""Taking readings: wall time, the typical time of something quick, memory."""

from __future__ import annotations

import gc
import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.base import TYPICAL, WALL, Outcome

_STATUS = Path("/proc/self/status")


def once(work: Callable[[], object]) -> Outcome:
    """Do a piece of work once, with its wall time."""
    gc.collect()
    began = perf_counter()
    value = work()
    return Outcome(value, {WALL: perf_counter() - began})


def typically(work: Callable[[], object], calls: int) -> Outcome:
    """Do something quick many times after a warm-up, with the median time of one."""
    value = work()
    gc.collect()
    taken = []
    with _without_collector():
        for _ in range(calls):
            began = perf_counter()
            work()
            taken.append(perf_counter() - began)
    return Outcome(value, {TYPICAL: 1_000 * median(taken)})


def peak_memory() -> float:
    """Return the most memory that this process has had resident, in MB."""
    if _STATUS.exists():
        return _status("VmHWM")
    # Elsewhere a process inherits the figure of the one that started it, if that was larger.
    unit = 1 if sys.platform == "darwin" else 1_024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def present_memory() -> float:
    """Return the memory that this process has resident now, in MB (elsewhere than Linux: peak)."""
    return _status("VmRSS") if _STATUS.exists() else peak_memory()


def _status(name: str) -> float:
    line = next(x for x in _STATUS.read_text().splitlines() if x.startswith(f"{name}:"))
    return float(line.split()[1]) * 1_024 / 1e6


@contextmanager
def _without_collector() -> Iterator[None]:
    """Keep the garbage collector from falling into one side's turn; as `timeit` does."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
