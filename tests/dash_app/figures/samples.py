"""A look-alike bank for figures: every argument that a builder may ask for, under its name.

A builder's positional parameters are looked up here by name, so that a new figure is sampled
without a line of its own. All customers are drawn from a seeded generator; none of them exist.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from core.change import FeatureDrift, Migration, SegmentMark
from core.insight.clustergram import clustergram
from core.insight.dendrogram import dendrogram
from core.insight.movers import Flow
from core.lineage import Layer, Lineage, LineageLink, LineageNode
from core.quality import FeatureInfluence, Quality, SegmentQuality
from core.readmodels import (
    BakeOff,
    CategoryCount,
    ComparisonCell,
    CustomerAssignment,
    Differentiator,
    FeatureInfo,
    FeatureStatistic,
    Histogram,
    KMeansFrame,
    KMeansTrace,
    KScore,
    MapAxes,
    MapLoading,
    MapSample,
    PairSample,
    RecipeScore,
    RfmOverview,
    RunId,
    SegmentShare,
    SegmentSummary,
    Stability,
)
from core.snapshot_facts import Associations, FeatureProfile, Measure

NAMES = ("Card-led everyday", "Careful savers", "Fading accounts", "Not yet active")
OTHER_NAMES = ("Older, modest income", "Young starters", "Families", "High earners")


@dataclass(frozen=True)
class World:
    """One bank, segmented twice. The names of the fields are the builders' parameter names."""

    segments: tuple[SegmentSummary, ...]
    statistics: tuple[FeatureStatistic, ...]
    features: tuple[FeatureInfo, ...]
    histograms: tuple[Histogram, ...]
    feature: FeatureInfo
    counts: tuple[CategoryCount, ...]
    category: FeatureInfo
    shares: tuple[SegmentShare, ...]
    differentiators: tuple[Differentiator, ...]
    segment: SegmentSummary
    runner_up: SegmentSummary
    count: FeatureInfo
    size: FeatureInfo
    holdings: tuple[FeatureInfo, ...]
    cells: tuple[ComparisonCell, ...]
    segments_a: tuple[SegmentSummary, ...]
    segments_b: tuple[SegmentSummary, ...]
    bake_off: tuple[BakeOff, ...]
    recipes: tuple[RecipeScore, ...]
    quality: Quality
    outcomes: tuple[FeatureInfo, ...]
    label_a: str
    label_b: str
    sample: MapSample
    pairs: PairSample
    axes: MapAxes
    contributions: tuple[tuple[str, float, str], ...]
    person: dict[str, float | None]
    assignment: CustomerAssignment
    scores: tuple[KScore, ...]
    trace: KMeansTrace
    timings: tuple[tuple[str, float], ...]
    profiles: tuple[FeatureProfile, ...]
    profile: FeatureProfile
    associations: Associations
    lineage: Lineage
    rfm: RfmOverview | None
    migration: Migration | None
    drifts: tuple[FeatureDrift, ...]


def info(
    name: str, label: str, kind: str, unit: str = "", levels: tuple[str, ...] = ()
) -> FeatureInfo:
    """A catalogue entry."""
    return FeatureInfo(
        name=name,
        label=label,
        description="",
        family="sample",
        side="behavioural",
        kind=kind,
        unit=unit,
        sensitivity="ordinary",
        levels=levels,
        actionable=True,
    )


SAVINGS = info("savings_balance", "Savings balance", "money")
CHECKING = info("checking_balance", "Checking balance", "money")
DEBT = info("card_debt", "Card debt", "money")
SPEND = info("card_spend", "Card spend", "money")
TRANSACTIONS = info("transactions", "Transactions", "count", "transactions")
SIZE = info("average_size", "Average transaction size", "money")
AGE = info("age_years", "Age", "years", "years")
LAST = info("days_since_last", "Days since last transaction", "days", "days")
FEATURES = (SAVINGS, CHECKING, DEBT, SPEND, TRANSACTIONS, SIZE)
NUMERIC = (*FEATURES, AGE, LAST)
MARITAL = info("marital_status", "Marital status", "category")
LEVELS = ("Married", "Single", "Divorced", "Separated", "Widowed", "Partner", "Unknown")


def world(
    count: int = 4, names: Sequence[str] = NAMES, customers: int = 747, seed: int = 7
) -> World:
    """A bank with that many segments, named in turn; further names carry a number."""
    rng = np.random.default_rng(seed)
    member = _members(count, customers, rng)
    values = _values(member, count, rng)
    segments = _segments(member, count, names, values["card_spend"])
    others = tuple(OTHER_NAMES) if tuple(names) == NAMES else tuple(names)
    other = rng.integers(0, max(count, 1), len(member))
    segments_a = _segments(other, count, others, values["card_spend"])
    first = segments or _segments(np.zeros(10, int), 2, names, np.ones(10))
    return World(
        segments=segments,
        statistics=_statistics(member, count, values),
        features=FEATURES if count else (),
        histograms=_histograms(member, count, values["age_years"], AGE.name),
        feature=AGE,
        counts=_categories(member, count, rng),
        category=MARITAL,
        shares=_history(segments, rng),
        differentiators=_differentiators(segments[:1], values, member),
        segment=first[0],
        runner_up=first[1] if len(first) > 1 else first[0],
        count=TRANSACTIONS,
        size=SIZE,
        holdings=(SAVINGS, DEBT),
        cells=_cells(other, member, count),
        segments_a=segments_a,
        segments_b=segments,
        bake_off=_bake_off() if count else (),
        recipes=_recipes(count) if count else (),
        quality=_quality(count, segments, rng),
        outcomes=(info("fees", "Fees paid", "money"), info("products", "Products held", "count")),
        label_a="Demographic",
        label_b="Behavioural",
        sample=map_sample(member, count, rng),
        pairs=PairSample(
            member.astype(np.int16)[:60],
            np.stack([values[f.name][:60] for f in FEATURES[:4]], axis=1).astype(float),
            FEATURES[:4] if count else (),
        ),
        axes=_axes(count),
        contributions=_contributions() if count else (),
        person=(
            {"savings_balance": 88.0, "checking_balance": 61.0, "card_debt": 66.0}
            | {"card_spend": 58.0, "transactions": 55.0, "average_size": 64.0}
            if count
            else {}
        ),
        assignment=CustomerAssignment(
            pseudonym="C-7F3QK2M9XA",
            segment=first[0].number,
            runner_up=1 if count > 1 else None,
            distance=1.82 if count else None,
            margin=0.37 if count > 1 else None,
            typicality=59.0 if count else None,
        ),
        scores=_scores() if count else (),
        trace=_trace(member, count),
        timings=(
            (("Read files", 1.4), ("Build features", 3.2), ("Choose k", 9.8), ("Save", 0.6))
            if count
            else ()
        ),
        profiles=_profiles(values) if count else (),
        profile=_profiles(values)[6] if count else FeatureProfile("age_years", 0, 0),
        associations=_associations(values, count),
        lineage=_lineage(count),
        rfm=_rfm(count, customers),
        migration=_migration(segments) if count else None,
        drifts=(
            (FeatureDrift("savings_balance", 0.31, 0.02), FeatureDrift("card_debt", 0.01, 0.02))
            if count
            else ()
        ),
    )


def name_of(names: Sequence[str], number: int) -> str:
    """The given names first, then the first name with a count."""
    return names[number] if number < len(names) else f"{names[number % len(names)]} {number + 1}"


def map_sample(member: NDArray[np.int64], count: int, rng: np.random.Generator) -> MapSample:
    """Clouds around a centre per segment."""
    n = len(member) if count else 0
    centres = _centres(max(count, 1))
    xyz = centres[member[:n]] + rng.normal(0, [0.9, 0.6, 0.5], (n, 3))
    return MapSample(
        pseudonyms=tuple(f"C-{row:010d}" for row in range(n)),
        xyz=xyz.astype(np.float32),
        segment=member[:n].astype(np.int16),
        margin=rng.beta(3, 3, n).astype(np.float32),
        sampled_from=n,
    )


def _trace(member: NDArray[np.int64], count: int) -> KMeansTrace:
    """A start that is far off, everybody joining, and the middles where they belong."""
    n = len(member) if count else 0
    centres = _centres(max(count, 1))[:, :2]
    start = tuple((float(x) / 4, float(y) / 4) for x, y in centres)
    end = tuple((float(x), float(y)) for x, y in centres)
    joined = member[:n].astype(np.int16)
    nobody = np.full(n, -1, dtype=np.int16)
    frames = (
        KMeansFrame("start", 0, start, nobody, 9_800.0, 0),
        KMeansFrame("assign", 1, start, joined, 8_000.0, n),
        KMeansFrame("part", 1, end, joined, 4_000.0, 0),
        KMeansFrame("update", 1, end, joined, 2_125.5, 0),
        KMeansFrame("assign", 2, end, joined, 2_125.5, 0),
    )
    xy = np.zeros((0, 2)) if not n else centres[member[:n]]
    return KMeansTrace(xy.astype(np.float32), n, frames if count else ())


def _centres(count: int) -> NDArray[np.float64]:
    angle = np.linspace(0.4, 0.4 + 2 * np.pi, count, endpoint=False)
    return np.column_stack([3.2 * np.cos(angle), 2.1 * np.sin(angle), np.cos(3 * angle)])


def _members(count: int, customers: int, rng: np.random.Generator) -> NDArray[np.int64]:
    weights = np.array([0.53, 0.21, 0.14, 0.12] + [0.1] * max(count - 4, 0))[: max(count, 1)]
    return np.sort(rng.choice(max(count, 1), customers, p=weights / weights.sum()))


def _values(
    member: NDArray[np.int64], count: int, rng: np.random.Generator
) -> dict[str, NDArray[np.float64]]:
    n = len(member)
    level = {
        "savings_balance": (160, 560, 20, 0),
        "checking_balance": (110, 5, 90, 0),
        "card_debt": (1190, 30, 10, 0),
        "card_spend": (4812, 46, 70, 0),
        "transactions": (112, 57, 81, 0),
        "average_size": (137, 88, 118, 0),
        "age_years": (44, 58, 37, 29),
        "days_since_last": (2, 9, 191, 340),
    }
    values = {}
    for feature, centres in level.items():
        centre = np.array([centres[number % 4] for number in range(max(count, 1))], float)[member]
        spread = 0.22 if feature == "age_years" else 0.8
        drawn = centre * np.exp(rng.normal(0, spread, n))
        if feature in ("card_debt", "savings_balance"):
            drawn = np.where(rng.random(n) < 0.2, 0, drawn)
        values[feature] = drawn.round(0 if feature in ("transactions", "days_since_last") else 2)
    return values


def _segments(
    member: NDArray[np.int64], count: int, names: Sequence[str], value: NDArray[np.float64]
) -> tuple[SegmentSummary, ...]:
    total = float(value.sum()) or 1.0
    summaries = []
    for number in range(count):
        mine = member == number
        summaries.append(
            SegmentSummary(
                number=number,
                key=f"segment-{number}",
                name=name_of(names, number),
                sentence="High card spend · carries debt · many transactions",
                colour=7 if name_of(names, number) == "Not yet active" else number % 8,
                is_rule=name_of(names, number) == "Not yet active",
                size=int(mine.sum()),
                share=float(mine.mean()),
                value_total=float(value[mine].sum()),
                value_share=float(value[mine].sum() / total),
                value_median=float(np.median(value[mine])) if mine.any() else None,
                jaccard=0.9,
                stability=Stability.HIGHLY_STABLE,
                rule="card debt at least $212",
                rule_precision=0.97,
                rule_recall=0.96,
            )
        )
    return tuple(summaries)


def _statistics(
    member: NDArray[np.int64], count: int, values: dict[str, NDArray[np.float64]]
) -> tuple[FeatureStatistic, ...]:
    if not count:
        return ()
    rows = []
    for number in (None, *range(count)):
        mine = np.ones(len(member), bool) if number is None else member == number
        for feature, all_values in values.items():
            rank = np.searchsorted(np.sort(all_values), all_values) / len(all_values) * 100
            mine_values = all_values[mine]
            p05, p25, p50, p75, p95 = (
                float(q) for q in np.quantile(mine_values, [0.05, 0.25, 0.5, 0.75, 0.95])
            )
            rows.append(
                FeatureStatistic(
                    segment=number,
                    feature=feature,
                    n=len(mine_values),
                    missing=0,
                    mean=float(mine_values.mean()),
                    sd=float(mine_values.std()),
                    minimum=float(mine_values.min()),
                    p05=p05,
                    p25=p25,
                    median=p50,
                    p75=p75,
                    p95=p95,
                    maximum=float(mine_values.max()),
                    percentile=50.0 if number is None else float(rank[mine].mean()),
                    nonzero_share=float((mine_values != 0).mean()),
                )
            )
    return tuple(rows)


def _histograms(
    member: NDArray[np.int64], count: int, values: NDArray[np.float64], feature: str
) -> tuple[Histogram, ...]:
    if not count:
        return ()
    edges = np.linspace(15, 95, 25)
    return tuple(
        Histogram(
            segment=number,
            feature=feature,
            edges=tuple(float(edge) for edge in edges),
            counts=tuple(
                int(c)
                for c in np.histogram(
                    np.clip(values if number is None else values[member == number], 15, 95), edges
                )[0]
            ),
        )
        for number in (None, *range(count))
    )


def _categories(
    member: NDArray[np.int64], count: int, rng: np.random.Generator
) -> tuple[CategoryCount, ...]:
    if not count:
        return ()
    level = rng.choice(len(LEVELS), len(member), p=[0.42, 0.3, 0.12, 0.06, 0.05, 0.03, 0.02])
    level = np.where((member == 0) & (rng.random(len(member)) < 0.4), 0, level)
    return tuple(
        CategoryCount(
            segment=number,
            feature=MARITAL.name,
            level=name,
            n=int((mine & (level == code)).sum()),
            share=float((level[mine] == code).mean()),
        )
        for number in (None, *range(count))
        for mine in [np.ones(len(member), bool) if number is None else member == number]
        for code, name in enumerate(LEVELS)
    )


def _history(
    segments: Sequence[SegmentSummary], rng: np.random.Generator
) -> tuple[SegmentShare, ...]:
    days = (date(1995, 3, 31), date(1995, 6, 30), date(1995, 9, 30), date(1995, 12, 31))
    return tuple(
        SegmentShare(
            run_id=RunId(9 + run),
            as_of=day,
            key=segment.key,
            name=segment.name,
            share=float(np.clip(segment.share * (1 + (run - 3) * drift), 0, 1)),
        )
        for segment, drift in zip(segments, rng.normal(0.02, 0.08, len(segments)), strict=True)
        for run, day in enumerate(days)
    )


def _differentiators(
    segments: Sequence[SegmentSummary],
    values: dict[str, NDArray[np.float64]],
    member: NDArray[np.int64],
) -> tuple[Differentiator, ...]:
    found = []
    for segment in segments:
        mine = member == segment.number
        rest = ~mine if (~mine).any() else mine
        for feature, all_values in values.items():
            here, elsewhere = float(np.median(all_values[mine])), float(np.median(all_values[rest]))
            effect = (here - elsewhere) / (float(all_values.std()) or 1)
            found.append((effect, feature, "", here, elsewhere))
        found.append((0.31, MARITAL.name, "Married", 0.61, 0.44))
    found.sort(key=lambda entry: (-abs(entry[0]), entry[1]))
    return tuple(
        Differentiator(0, feature, level, here, elsewhere, here - elsewhere, effect, rank)
        for rank, (effect, feature, level, here, elsewhere) in enumerate(found, start=1)
    )


def _cells(a: NDArray[np.int64], b: NDArray[np.int64], count: int) -> tuple[ComparisonCell, ...]:
    cells = []
    n = len(a)
    b = np.where((a == 1) & (b == 0) & (np.arange(n) % 3 == 0) & (count > 1), 1, b)
    for row in range(count):
        for column in range(count):
            here = int(((a == row) & (b == column)).sum())
            rows, columns = int((a == row).sum()), int((b == column).sum())
            expected = rows * columns / n
            spread = np.sqrt(expected * (1 - rows / n) * (1 - columns / n))
            cells.append(
                ComparisonCell(
                    a=row,
                    b=column,
                    n=here,
                    expected=expected,
                    lift=here / expected if expected else None,
                    residual=float((here - expected) / spread) if spread else None,
                )
            )
    return tuple(cells)


def _recipes(count: int) -> tuple[RecipeScore, ...]:
    sizes = tuple(1 / count for _ in range(count))
    return (
        RecipeScore("standard", "kmeans", True, 1.0, 0.98, 0.41, 0.93, sizes),
        RecipeScore("standard", "gmm", False, 0.72, 0.7, 0.33, 0.61, sizes),
        RecipeScore("minmax", "kmeans", False, 0.4, 0.41, 0.52, 0.88, sizes),
        RecipeScore("minmax", "gmm", False, None, None, None, None, (), "It found only 2."),
        RecipeScore(
            "standard", "dbscan", False, 0.5, 0.48, None, None, (0.6,),
            "1 group by density; 40% of customers in none",
        ),
    )  # fmt: skip


def _quality(count: int, segments: Sequence[SegmentSummary], rng: np.random.Generator) -> Quality:
    if not count:
        return Quality(None, (), (), (), None, None)
    labels = [np.arange(600) % k for k in (max(count - 1, 1), count, count + 1)]
    widths = [np.sort(rng.beta(5, 4, 80) * 1.1 - 0.1)[::-1].round(4) for _ in segments]
    pieces = np.arange(3 * count)
    return Quality(
        silhouette=0.42,
        null_silhouettes=(0.19, 0.2, 0.22),
        segments=tuple(
            SegmentQuality(
                segment=segment.number,
                sampled=segment.size,
                silhouette=float(curve.mean()),
                nearer_elsewhere=float((curve < 0).mean()),
                widths=tuple(curve.tolist()),
                jaccards=tuple((0.95 - rng.beta(1, 6, 50) / 2).round(4).tolist()),
                null_silhouettes=(0.19, 0.2, 0.22) if segment.number else (),
            )
            for segment, curve in zip(segments, widths, strict=True)
        ),
        influences=tuple(
            FeatureInfluence(feature.name, 0.6 - 0.08 * i, 0.4 - 0.06 * i)
            for i, feature in enumerate(FEATURES)
        ),
        clustergram=clustergram(
            rng.normal(0, 1, 600), labels, chosen=count, numbers=range(count), explained=0.54
        ),
        dendrogram=dendrogram(
            rng.normal(0, 0.4, (len(pieces), 2)) + 5.0 * (pieces // 3)[:, None],
            rng.integers(10, 60, len(pieces)).astype(np.float64),
            (pieces // 3).tolist(),
        ),
    )


def _bake_off() -> tuple[BakeOff, ...]:
    return (
        BakeOff("fees", 0.03, 0.41, 0.43),
        BakeOff("products", 0.05, 0.22, 0.26),
        BakeOff("complaints", 0.02, 0.18, 0.20),
    )


def _axes(count: int) -> MapAxes:
    if not count:
        return MapAxes((), (), ())
    return MapAxes(
        explained_variance=(0.54, 0.19, 0.11, 0.08, 0.05, 0.03),
        centroids=tuple(tuple(float(v) for v in row) for row in _centres(count)),
        loadings=tuple(
            MapLoading(f.name, f.name, 0.6 * np.cos(i), 0.5 * np.sin(i), 0.1)
            for i, f in enumerate(FEATURES)
        ),
    )


def _profiles(values: dict[str, NDArray[np.float64]]) -> tuple[FeatureProfile, ...]:
    profiles = []
    for at, (name, column) in enumerate(values.items()):
        low, p05, p25, p50, p75, p95, high = (
            float(q) for q in np.quantile(column, [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1])
        )
        counts, edges = np.histogram(column, 12)
        profiles.append(
            FeatureProfile(
                feature=name,
                n=len(column),
                missing=at % 3 * 20,
                mean=float(column.mean()),
                sd=float(column.std()),
                minimum=low,
                p05=p05,
                p25=p25,
                median=p50,
                p75=p75,
                p95=p95,
                maximum=high,
                nonzero_share=float((column != 0).mean()),
                edges=tuple(float(edge) for edge in edges),
                counts=tuple(int(n) for n in counts),
            )
        )
    return tuple(profiles)


def _associations(values: dict[str, NDArray[np.float64]], count: int) -> Associations:
    names = tuple(values)[: 8 if count else 0]
    matrix = np.corrcoef([values[name] for name in names]) if names else np.empty((0, 0))
    customers = len(next(iter(values.values())))
    return Associations(
        Measure.SPEARMAN, names, matrix.astype(np.float32), customers, 10 * customers
    )


def _lineage(count: int) -> Lineage:
    if not count:
        return Lineage()
    feature, column = "feature card_debt", "canonical accounts.balance"
    return Lineage(
        nodes=(
            LineageNode("file accounts.ending", Layer.FILE, "ending_balance", "accounts.csv"),
            LineageNode(column, Layer.CANONICAL, "balance", "accounts", "a.ending_balance"),
            LineageNode(feature, Layer.FEATURE, "Card debt", "balances", "Owed on cards."),
            LineageNode("lens spending", Layer.LENS, "Behavioural", "view", "How do they bank?"),
        ),
        links=(
            LineageLink("file accounts.ending", column),
            LineageLink(column, feature),
            LineageLink(feature, "lens spending", "logarithm, standard scale", 1.0),
        ),
    )


def _contributions() -> tuple[tuple[str, float, str], ...]:
    return (
        ("Card debt", 2.44, "$980"),
        ("Card spend", 1.31, "$2,100"),
        ("Savings balance", -0.42, "$1,450"),
        ("Transactions", 0.16, "96 transactions"),
        ("Average transaction size", 0.05, "$172"),
        ("Days since last transaction", 0.02, "6 days"),
    )


def _scores() -> tuple[KScore, ...]:
    inertia = (5200, 4100, 3300, 2950, 2720, 2560)
    return tuple(
        KScore(
            k=k,
            inertia=float(inertia[k - 2]),
            silhouette=(0.31, 0.34, 0.38, 0.33, 0.29, 0.27)[k - 2],
            silhouette_macro=0.3,
            calinski_harabasz=200.0,
            davies_bouldin=1.1,
            jaccard_min=(0.9, 0.82, 0.79, 0.61, 0.5, 0.42)[k - 2],
            jaccard_mean=(0.95, 0.91, 0.88, 0.74, 0.66, 0.6)[k - 2],
            smallest_share=(0.36, 0.21, 0.12, 0.06, 0.04, 0.02)[k - 2],
            largest_share=0.5,
            chosen=k == 4,
            elbow=k == 3,
        )
        for k in range(2, 8)
    )


def _migration(segments: Sequence[SegmentSummary]) -> Migration:
    """Most stayed; some of each segment went to the next, and the new model moved a few more."""
    keys = [segment.key for segment in segments]
    ways = [
        way
        for key, after in zip(keys, [*keys[1:], keys[0]], strict=True)
        for way in (
            Flow(key, key, key, 120),
            Flow(key, after, after, 20),
            Flow(key, key, after, 15),
            Flow(None, key, key, 12),
            Flow(key, None, None, 11),
        )
    ]
    return Migration(
        before_run=RunId(1),
        before_as_of=date(2024, 10, 31),
        as_of=date(2024, 11, 30),
        is_refitted=True,
        known=155 * len(keys),
        by_customer=20 * len(keys) if len(keys) > 1 else 0,
        by_model=15 * len(keys) if len(keys) > 1 else 0,
        moved=35 * len(keys) if len(keys) > 1 else 0,
        joined=12 * len(keys),
        left=11 * len(keys),
        flows=tuple(ways),
        marks=tuple(SegmentMark(s.key, s.name, s.colour) for s in segments),
    )


def _rfm(count: int, customers: int) -> RfmOverview | None:
    """Return cells of customers by how lately, how often and for how much; None for no bank."""
    if not count:
        return None
    cells = tuple(
        (at % 5, at % 4, at % 3, 3 + at, 10.0 * (at + 1)) for at in range(min(customers, 12))
    )
    return RfmOverview(
        ("recency_days", "frequency", "monetary_total"),
        ((10.0, 20.0, 40.0, 80.0), (1.0, 2.0, 4.0), (50.0, 100.0)),
        ((10.0, 20.0, 40.0, 80.0), (1.0, 1.0, 2.0, 4.0), (50.0, 50.0, 100.0, 100.0)),
        cells,
        2,
    )
