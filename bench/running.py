"""Holding a contest: product and peer in turn, medians, ratios, and the same work on both sides."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from statistics import median

from bench.base import Benchmark, Contest, Limit, Measure, Outcome, Skipped, Target
from bench.workshop import Workshop


@dataclass(frozen=True, slots=True)
class Result:
    """One measure of one contest: medians of both sides over the repeats."""

    benchmark: str
    contest: str
    peer: str
    measure: Measure
    product: float
    against: float
    repeats: int
    target: Target | None

    @property
    def ratio(self) -> float:
        """Product divided by peer: below 1 the product needs less."""
        return self.product / self.against if self.against else float("nan")

    @property
    def is_met(self) -> bool | None:
        """Whether what must be kept is kept; None where there is no target."""
        if self.target is None:
            return None
        found = self.ratio if self.target.limit is Limit.RATIO else self.product
        return found <= self.target.must


@dataclass(frozen=True, slots=True)
class Missed:
    """A contest that was not held, and why."""

    benchmark: str
    contest: str
    reason: str


def run_benchmark(benchmark: Benchmark, workshop: Workshop) -> Iterator[Result | Missed]:
    """Hold the contests of one benchmark, one after the other."""
    with closing(benchmark.contests(workshop)) as contests:
        for contest in contests:
            workshop.say(f"{benchmark.name}: {contest.name}")
            if isinstance(contest, Skipped):
                yield Missed(benchmark.name, contest.name, contest.reason)
            else:
                yield from hold(contest, benchmark.name, workshop.repeats)


def hold(contest: Contest, benchmark: str, repeats: int) -> list[Result]:
    """Let both sides work in turn, the other one first each time, and compare.

    Raises
    ------
    UnequalWorkError
        If the two sides did not come to the same result.
    """
    ours: list[Outcome] = []
    theirs: list[Outcome] = []
    for repeat in range(repeats):
        turns = [(contest.product, ours), (contest.against, theirs)]
        for side, outcomes in turns if repeat % 2 == 0 else reversed(turns):
            outcomes.append(side())
        if repeat == 0:
            contest.check(ours[0].value, theirs[0].value)
        ours[-1], theirs[-1] = (Outcome(None, x.readings) for x in (ours[-1], theirs[-1]))
    shared = [measure for measure in ours[0].readings if measure in theirs[0].readings]
    return [
        Result(
            benchmark=benchmark,
            contest=contest.name,
            peer=contest.peer,
            measure=measure,
            product=median(outcome.readings[measure] for outcome in ours),
            against=median(outcome.readings[measure] for outcome in theirs),
            repeats=repeats,
            target=contest.targets.get(measure),
        )
        for measure in shared
    ]
