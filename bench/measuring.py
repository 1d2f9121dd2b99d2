"""Taking readings: the wall time of a piece of work, the typical time of something quick."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from time import perf_counter, process_time

from bench.base import PROCESSOR, TYPICAL, WALL, Outcome


def once(work: Callable[[], object]) -> Outcome:
    """Do a piece of work once, with its wall time and this process's CPU time."""
    gc.collect()
    began, worked = perf_counter(), process_time()
    value = work()
    return Outcome(value, {WALL: perf_counter() - began, PROCESSOR: process_time() - worked})


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
