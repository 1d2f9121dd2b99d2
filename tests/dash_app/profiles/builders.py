"""Small segments, features and views for tests of profiles and tabs; a component's text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from dash.development.base_component import Component

from core.readmodels import (
    CategoryCount,
    DatasetHeader,
    Differentiator,
    FeatureInfo,
    FeatureStatistic,
    Histogram,
    LensSummary,
    RunContext,
    RunId,
    RunStatus,
    SegmentationId,
    SegmentSummary,
    SnapshotId,
    Stability,
    TrustTest,
    Verdict,
    VerdictLevel,
)
from dash_app.context import View
from dash_app.profiles.facts import Facts
from dash_app.profiles.model import Profile, profile
from dash_app.selection import Selection
from dash_app.theme import LIGHT


def segment(number: int = 0, name: str = "Savers", size: int = 100, **parts: Any) -> SegmentSummary:
    made = SegmentSummary(
        number=number,
        key=f"key-{number}",
        name=name,
        sentence="High savings",
        colour=number,
        is_rule=False,
        size=size,
        share=0.5,
        value_total=1_000.0 * size,
        value_share=0.5,
        value_median=900.0,
        jaccard=0.9,
        stability=Stability.HIGHLY_STABLE,
        rule="savings ≥ $500",
        rule_precision=0.97,
        rule_recall=0.961,
    )
    return replace(made, **parts)


def feature(name: str, kind: str = "money", side: str = "behavioural", **parts: Any) -> FeatureInfo:
    made = FeatureInfo(
        name=name,
        label=name.replace("_", " ").capitalize(),
        description="",
        family="sample",
        side=side,
        kind=kind,
        unit="",
        sensitivity="ordinary",
        levels=(),
        actionable=True,
    )
    return replace(made, **parts)


def statistic(
    number: int | None, name: str, median: float | None, **parts: Any
) -> FeatureStatistic:
    made = FeatureStatistic(
        segment=number,
        feature=name,
        n=100,
        missing=0,
        mean=median,
        sd=1.0,
        minimum=0.0,
        p05=1.0,
        p25=2.0,
        median=median,
        p75=40.0,
        p95=50.0,
        maximum=60.0,
        percentile=50.0,
        nonzero_share=0.5,
    )
    return replace(made, **parts)


def difference(number: int, name: str, rank: int = 1, **parts: Any) -> Differentiator:
    made = Differentiator(
        segment=number,
        feature=name,
        level="",
        here=1_190.0,
        elsewhere=0.0,
        difference=1_190.0,
        effect=0.6,
        rank=rank,
    )
    return replace(made, **parts)


def lens(name: str = "behavioural", side: str = "", **parts: Any) -> LensSummary:
    made = LensSummary(
        segmentation_id=SegmentationId(len(name)),
        name=name,
        label=name.capitalize(),
        side=side or name,
        question="How do they bank?",
        k=2,
        verdict=VerdictLevel.CARE,
        value_feature="card_spend",
        radar=("savings_balance", "card_debt", "card_spend"),
        inputs=("savings_balance", "card_debt", "card_spend", "region"),
    )
    return replace(made, **parts)


DEMOGRAPHIC = lens("demographic")
BEHAVIOURAL = lens("behavioural")


def view(*lenses: LensSummary, **selection: Any) -> View:
    """A view of the last of the lenses given; both sides by default."""
    offered = lenses or (DEMOGRAPHIC, BEHAVIOURAL)
    run = RunContext(
        dataset=DatasetHeader("bank", "Retail bank", "USD", RunId(1)),
        run_id=RunId(1),
        status=RunStatus.PUBLISHED,
        snapshot_id=SnapshotId(1),
        as_of=date(1995, 12, 31),
        computed_at=datetime(2026, 11, 2, 6, 10, tzinfo=UTC),
        customers=747,
        lenses=offered,
    )
    chosen = {"tab": "behavioural", "dataset": "bank", **selection}
    return View(Selection(**chosen), run, offered[-1])


def facts(**parts: Any) -> Facts:
    """Two segments that differ in savings and debt; a region that both have."""
    names = ("savings_balance", "card_debt", "card_spend")
    numbers = (None, 0, 1)
    made = Facts(
        features=(*(feature(name) for name in names), feature("region", "category")),
        statistics=tuple(
            statistic(number, name, 100.0 * ((number or 0) + place))
            for place, name in enumerate(names)
            for number in numbers
        ),
        histograms=tuple(
            Histogram(number, "savings_balance", (0.0, 10.0, 20.0, 30.0, 40.0), (40, 30, 20, 10))
            for number in numbers
        ),
        categories=tuple(
            CategoryCount(number, "region", level, 50, 0.5)
            for number in numbers
            for level in ("North", "South")
        ),
        differentiators=(
            difference(0, "card_debt"),
            difference(0, "card_spend", rank=2, effect=-0.2, difference=-30.0),
            difference(1, "card_debt", effect=-0.6, difference=-1_190.0),
        ),
        k_scores=(),
        verdict=Verdict(
            VerdictLevel.CARE,
            "There are real groups.",
            (
                TrustTest("Found again", True, "0.93", "at least 0.85", "Stable.", ""),
                TrustTest("Clear borders", False, "16%", "at most 6%", "Near.", "Look twice."),
            ),
        ),
        choice_reason="Two is the largest number at which every segment is found again.",
    )
    return replace(made, **parts)


def profile_of(*segments: SegmentSummary, smallest: int = 10, **selection: Any) -> Profile:
    """A behavioural profile; two segments by default."""
    given = segments or (segment(0, "Savers"), segment(1, "Borrowers"))
    seen = view(**selection)
    return profile("behavioural", seen, LIGHT, given, facts(), smallest)


def parts_of(component: Any) -> Iterator[Component]:
    """Every component below one, itself included."""
    if isinstance(component, list | tuple):
        for part in component:
            yield from parts_of(part)
    elif isinstance(component, Component):
        yield component
        yield from parts_of(getattr(component, "children", None))


def text_of(component: Any) -> str:
    """What a reader reads, pieces joined by blanks."""
    if isinstance(component, list | tuple):
        return " ".join(filter(None, map(text_of, component)))
    if isinstance(component, Component):
        return text_of(getattr(component, "children", None))
    return "" if component is None else str(component).strip()


def hrefs_of(component: Any) -> list[str]:
    """Where the links below a component lead."""
    return [part.href for part in parts_of(component) if getattr(part, "href", None)]
