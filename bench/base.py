"""What a benchmark is: the product and a named peer doing equal work, and what is measured."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bench.workshop import Workshop


class UnequalWorkError(Exception):
    """The product and its peer came to different results: their times say nothing."""


class Limit(StrEnum):
    """What a target is a limit of."""

    RATIO = "ratio"  # product divided by peer
    PRODUCT = "product"  # the product's own figure


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that is measured on both sides; less is better."""

    name: str
    unit: str


WALL = Measure("wall time", "s")
PROCESSOR = Measure(
    "CPU time", "s"
)  # of all threads: says more than wall time if a machine is busy
TYPICAL = Measure("time, p50", "ms")
MEMORY = Measure("memory", "MB")
SIZE = Measure("size", "kB")
PACKED = Measure("size, gzipped", "kB")


@dataclass(frozen=True, slots=True)
class Target:
    """At most so much: what a release must keep, and what is aimed at."""

    must: float
    aim: float
    limit: Limit = Limit.RATIO


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What one side came to, and what it took."""

    value: Any
    readings: Mapping[Measure, float]


Side = Callable[[], Outcome]


@dataclass(frozen=True, slots=True, eq=False)
class Contest:
    """The product and one peer at one piece of work.

    ``check(product, peer)`` raises `UnequalWorkError` unless the two values are the same work.
    ``targets`` hold at the design's sizes; a measure without one is printed for information.
    """

    name: str
    peer: str
    product: Side
    against: Side
    check: Callable[[Any, Any], None]
    targets: Mapping[Measure, Target] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A contest that cannot be held here, and why."""

    name: str
    reason: str


Contests = Generator[Contest | Skipped, None, None]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One entry of the registry. ``contests`` sets up, yields contests one by one, tears down."""

    name: str
    question: str
    contests: Callable[[Workshop], Contests]


def require_same(what: str, product: object, peer: object) -> None:
    """Raise `UnequalWorkError` unless the two are equal."""
    if product != peer:
        raise UnequalWorkError(f"{what}: the product has {product!r}, its peer {peer!r}.")
