"""Can I rely on it? What a verdict means for the work, why this many segments, and the tests."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from core.features.base import Sensitivity
from core.readmodels import (
    FeatureInfo,
    LensSummary,
    SegmentSummary,
    Stability,
    TrustTest,
    Verdict,
    VerdictLevel,
)
from dash_app.components.cards import card
from dash_app.components.chips import Tone, chip, verdict_chip
from dash_app.components.tables import Column, rows_table
from dash_app.figures.text import joined

_USES = {
    VerdictLevel.STRONG: "Use the segments to plan, to choose words and to pick customers.",
    VerdictLevel.CARE: (
        "Use the segments to plan and to choose words; look at single customers near a border "
        "before you act on them."
    ),
    VerdictLevel.WEAK: (
        "Use the segments as a rough picture only; two customers on either side of a border may "
        "be alike."
    ),
    VerdictLevel.REFUSE: "Do not base decisions on these segments.",
}
_FOUND_AGAIN = (Stability.HIGHLY_STABLE, Stability.STABLE, Stability.BY_RULE)


def uses(level: VerdictLevel) -> str:
    """Return what segments of a verdict are good for."""
    return _USES[level]


def in_stable_segments(segments: Sequence[SegmentSummary]) -> int:
    """Return how many customers are in segments that other draws of customers give again."""
    return sum(segment.size for segment in segments if segment.stability in _FOUND_AGAIN)


def reliability_card(
    lens: LensSummary,
    verdict: Verdict | None,
    choice_reason: str,
    features: Sequence[FeatureInfo],
) -> Component:
    """Return the verdict in words, the reason for the number of segments, and the tests."""
    reason = verdict.reason if verdict else ""
    caution = insight_only(features)
    return card(
        "Can I rely on it?",
        html.P([verdict_chip(lens.verdict, lens.label), " ", html.Strong(uses(lens.verdict))]),
        *([html.P(reason)] if reason else []),
        *([html.H3(f"Why {lens.k} segments"), html.P(choice_reason)] if choice_reason else []),
        *([html.P(caution, className="caution")] if caution else []),
        *([_tests(verdict.tests)] if verdict and verdict.tests else []),
        class_name="reliability",
    )


def insight_only(features: Sequence[FeatureInfo]) -> str:
    """Return the caution that sensitive attributes call for, nothing where none took part."""
    sensitive = (Sensitivity.SENSITIVE, Sensitivity.PROXY)
    labels = [f.label for f in features if Sensitivity(f.sensitivity) in sensitive]
    if not labels:
        return ""
    words = joined([labels[0], *(label.lower() for label in labels[1:])])
    return f"{words} took part: for insight only, not for credit decisions."


def _tests(tests: Sequence[TrustTest]) -> Component:
    passed = sum(test.passed for test in tests)
    table = rows_table(
        (
            Column("Test"),
            Column("Result"),
            Column("Measured"),
            Column("Wanted"),
            Column("What to do"),
        ),
        [
            (
                test.name,
                chip("passed", Tone.GOOD, icon_name="check-lg")
                if test.passed
                else chip("not passed", Tone.CARE, icon_name="exclamation-triangle"),
                test.figure,
                test.threshold,
                "" if test.passed else test.remedy,
            )
            for test in tests
        ],
        caption="The tests behind the verdict",
    )
    summary = html.Summary(f"The tests behind it: {passed} of {len(tests)} passed")
    return html.Details([summary, table], className="tests")
