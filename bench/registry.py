"""The benchmarks, in the order in which they run: a new one is a line here."""

from __future__ import annotations

from bench import ingest, map_figure, persist, profile_tab, scoring, start, sweep
from bench.base import Benchmark

BENCHMARKS: tuple[Benchmark, ...] = (
    ingest.BENCHMARK,
    sweep.BENCHMARK,
    persist.BENCHMARK,
    profile_tab.BENCHMARK,
    map_figure.BENCHMARK,
    scoring.BENCHMARK,
    start.BENCHMARK,
)
