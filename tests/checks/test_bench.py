"""Every benchmark runs, both sides do equal work, and the documentation names the same targets."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from bench import __main__ as command
from bench.base import (
    WALL,
    Benchmark,
    Contest,
    Contests,
    Limit,
    Outcome,
    Skipped,
    Target,
    UnequalWorkError,
    require_same,
)
from bench.ingest import require_same_features
from bench.map_figure import require_same_points
from bench.peers.sklearn_pipeline import Answers
from bench.peers.sklearn_sweep import Scored
from bench.persist import require_same_table
from bench.profile_tab import require_same_figures
from bench.registry import BENCHMARKS
from bench.running import Missed, Result, hold, run_benchmark
from bench.scoring import require_same_answers
from bench.start import HEAVY, require_same_page
from bench.sweep import PLANTED, require_same_scores
from bench.workshop import Size, Workshop
from dash_app.figures.arrays import Grid

GUIDE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
EACH = [
    pytest.param(one, id=one.name, marks=[pytest.mark.postgres] if one.name == "persist" else [])
    for one in BENCHMARKS
]


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    with Workshop(Size.TINY, repeats=1, folder=tmp_path_factory.mktemp("bench")) as opened:
        yield opened


@pytest.mark.slow
@pytest.mark.parametrize("benchmark", EACH)
def test_a_benchmark_runs_with_equal_work_and_documented_targets(
    benchmark: Benchmark, workshop: Workshop
) -> None:
    guide = GUIDE.read_text(encoding="utf-8")

    found = list(run_benchmark(benchmark, workshop))

    results = [one for one in found if isinstance(one, Result)]
    assert results == found
    for result in results:
        assert 0 < result.product < math.inf
        assert 0 < result.against < math.inf
        if result.target is not None:
            assert documented(result) in guide
    assert any(result.target for result in results)


def documented(result: Result) -> str:
    """The line that the guide has on a measure with a target."""
    assert result.target is not None
    unit = f" {result.measure.unit}" if result.target.limit is Limit.PRODUCT else ""
    measure = re.sub(r"k = \d+", "every k", result.measure.name)
    must, aim = (f"≤ {limit:.4g}{unit}" for limit in (result.target.must, result.target.aim))
    return f"| `{result.benchmark}` | {result.peer} | {measure} | {must} | {aim} |"


def test_names_differ_and_every_benchmark_is_described() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    names = [one.name for one in BENCHMARKS]
    assert len(set(names)) == len(names)
    for one in BENCHMARKS:
        assert f"**`{one.name}`**" in guide
        assert one.question.endswith("?")


def contest(**changes: object) -> Contest:
    fixed = Outcome("done", {WALL: 2.0})
    given = Contest("work", "peer", lambda: fixed, lambda: fixed, _same)
    return replace(given, **changes)


def _same(product: object, peer: object) -> None:
    require_same("work", product, peer)


def test_the_two_sides_take_turns_and_the_other_one_begins_each_time() -> None:
    turns: list[str] = []

    def side(name: str, seconds: Iterator[float]) -> Outcome:
        turns.append(name)
        return Outcome("done", {WALL: next(seconds)})

    ours, theirs = iter([1.0, 9.0, 2.0]), iter([4.0, 8.0, 8.0])
    held = contest(
        product=lambda: side("product", ours),
        against=lambda: side("peer", theirs),
        targets={WALL: Target(must=0.2, aim=0.1)},
    )

    (result,) = hold(held, "example", repeats=3)

    assert turns == ["product", "peer", "peer", "product", "product", "peer"]
    assert (result.product, result.against, result.ratio, result.is_met) == (2.0, 8.0, 0.25, False)


def test_a_limit_of_the_product_s_own_figure_does_not_depend_on_the_peer() -> None:
    held = contest(targets={WALL: Target(must=2.0, aim=1.0, limit=Limit.PRODUCT)})
    (result,) = hold(held, "example", repeats=1)
    assert result.is_met


def test_unequal_work_is_not_compared() -> None:
    idle = contest(against=lambda: Outcome("nothing done", {WALL: 0.1}))
    with pytest.raises(UnequalWorkError, match="'done', its peer 'nothing done'"):
        hold(idle, "example", repeats=1)


def test_other_features_are_unequal_work() -> None:
    frame = pd.DataFrame({"balance": [1.0, 2.0], "city": ["A", "B"]}, index=["a", "b"])
    require_same_features(frame, frame[["city", "balance"]])
    for other in (frame[["balance"]], frame.assign(balance=[1.0, 2.1]), frame.iloc[:1]):
        with pytest.raises(UnequalWorkError):
            require_same_features(frame, other)


def test_another_sweep_is_unequal_work() -> None:
    score = Scored(PLANTED, 100.0, 0.5, 0.5, 900.0, 1.2, 0.9, 0.95, 0.1, 0.4)
    require_same_scores([score], [score])
    with pytest.raises(UnequalWorkError, match="different numbers"):
        require_same_scores([score], [score, replace(score, k=PLANTED + 1)])
    for field in ("inertia", "silhouette_macro", "calinski_harabasz", "jaccard_mean"):
        with pytest.raises(UnequalWorkError, match=field):
            require_same_scores([score], [replace(score, **{field: 0.1})])


def test_another_table_is_unequal_work() -> None:
    written = pd.Series({"n_balance": 2.0, "sum_balance": 3.0})
    require_same_table(written, written)
    with pytest.raises(UnequalWorkError):
        require_same_table(written, pd.Series({"n_balance": 1.0, "sum_balance": 3.0}))


def test_other_figures_or_a_page_without_charts_are_unequal_work() -> None:
    figures = {(0, "balance"): (5, 10.0), (None, "balance"): (9, 12.0)}
    require_same_figures((3, figures), figures)
    with pytest.raises(UnequalWorkError, match="no chart"):
        require_same_figures((0, figures), figures)
    with pytest.raises(UnequalWorkError, match="balance"):
        require_same_figures((3, figures), {**figures, (0, "balance"): (5, 11.0)})
    with pytest.raises(UnequalWorkError, match="segments and features"):
        require_same_figures((3, figures), {(0, "balance"): (5, 10.0)})


def test_a_map_with_other_points_is_unequal_work() -> None:
    places = np.array([[0.0, 1.0], [2.0, 5.0], [1.0, 3.0]])
    grids = (Grid(places[:, 0]), Grid(places[:, 1]))
    steps = np.column_stack([grid.steps(places[:, i]) for i, grid in enumerate(grids)]).astype(
        float
    )
    require_same_points(steps, places, grids)
    with pytest.raises(UnequalWorkError, match="its peer 2"):
        require_same_points(steps, places[:2], grids)
    with pytest.raises(UnequalWorkError, match="elsewhere"):
        require_same_points(steps, places + np.array([0.5, 0.0]), grids)


def test_other_scores_are_unequal_work() -> None:
    one, two = np.array([1, 2]), np.array([0.5, np.nan])
    answers = Answers(one, one[::-1], two, two)
    require_same_answers(answers, answers)
    with pytest.raises(UnequalWorkError, match="2 customers differently"):
        require_same_answers(answers, replace(answers, segment=one[::-1]))
    with pytest.raises(UnequalWorkError, match="margin"):
        require_same_answers(answers, replace(answers, margin=np.array([0.6, np.nan])))


def test_another_first_page_or_a_heavy_web_worker_is_unequal_work() -> None:
    light = {"page": "a", "loaded": []}
    heavy = {"page": "a", "loaded": list(HEAVY)}
    require_same_page(light, heavy)
    for product, peer in ((light, light), (heavy, heavy), (light, {**heavy, "page": "b"})):
        with pytest.raises(UnequalWorkError):
            require_same_page(product, peer)


def _example(_: Workshop) -> Contests:
    yield contest(targets={WALL: Target(must=0.5, aim=0.25)})
    yield Skipped("more work", "there is no such server here")


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> None:
    other = Benchmark("other", "How fast is the other?", _example)
    chosen = (Benchmark("example", "How fast is it?", _example), other)
    monkeypatch.setattr(command, "BENCHMARKS", chosen)


@pytest.mark.usefixtures("example")
def test_the_command_answers_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    command.main(["example", "--size", "tiny", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert told["size"] == "tiny"
    assert told["results"] == [
        {
            "benchmark": "example",
            "contest": "work",
            "peer": "peer",
            "measure": "wall time",
            "unit": "s",
            "product": 2.0,
            "peer_value": 2.0,
            "ratio": 1.0,
            "repeats": 3,
            "target": {"of": "ratio", "must": 0.5, "aim": 0.25},
            "is_met": None,
        }
    ]
    assert [one["reason"] for one in told["not_held"]] == ["there is no such server here"]


@pytest.mark.usefixtures("example")
def test_the_table_says_what_was_missed_at_full_size(capsys: pytest.CaptureFixture[str]) -> None:
    command.main(["--size", "full"])
    lines = capsys.readouterr().out.splitlines()
    (first, *_) = [line for line in lines if line.startswith("example")]
    shown = " ".join(first.split())
    assert shown == "example work peer wall time 2 s 2 s 1.000 ≤ 0.5 ≤ 0.25 missed"
    assert any("not held: there is no such server here" in line for line in lines)
    assert any(line.startswith("other") for line in lines)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ingset"], "choose one of: ingest, sweep"),
        (["--repeats", "2"], "at least 3"),
        (["--size", "huge"], "small"),
    ],
)
def test_the_command_refuses_what_it_does_not_know(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as refusal:
        command.main(arguments)
    assert refusal.value.code == 2
    assert words in capsys.readouterr().err


def test_a_contest_that_cannot_be_held_is_told(tmp_path: Path) -> None:
    benchmark = Benchmark("example", "How fast is it?", _example)
    found = list(run_benchmark(benchmark, Workshop(Size.TINY, 1, tmp_path)))
    assert found[1:] == [Missed("example", "more work", "there is no such server here")]
