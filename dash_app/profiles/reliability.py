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
from dash_app.components.chips import icon, verdict_chip
from dash_app.components.tables import Column, rows_table
from dash_app.components.words import only_read_aloud
from dash_app.figures.text import in_sentence, joined

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
        *([_checks(verdict.tests), _measured(verdict.tests)] if verdict else []),
        class_name="reliability",
    )


def insight_only(features: Sequence[FeatureInfo]) -> str:
    """Return the caution that sensitive attributes call for, nothing where none took part."""
    sensitive = (Sensitivity.SENSITIVE, Sensitivity.PROXY)
    labels = [f.label for f in features if Sensitivity(f.sensitivity) in sensitive]
    if not labels:
        return ""
    words = joined([labels[0], *(in_sentence(label) for label in labels[1:])])
    return f"{words} took part: for insight only, not for credit decisions."


def _checks(tests: Sequence[TrustTest]) -> Component:
    """Return the tests by their plain names; one that failed says what to do about it."""
    return html.Ul(
        [
            html.Li(
                [
                    icon("check-lg" if test.passed else "exclamation-triangle"),
                    html.Span(
                        [only_read_aloud("passed: "), test.name]
                        if test.passed
                        else [
                            only_read_aloud("not passed: "),
                            html.Strong(test.name),
                            ": ",
                            test.remedy,
                        ]
                    ),
                ]
            )
            for test in tests
        ],
        className="checks",
    )


def _measured(tests: Sequence[TrustTest]) -> Component:
    table = rows_table(
        (Column("Test"), Column("Measured"), Column("Wanted")),
        [(test.name, test.figure, test.threshold) for test in tests],
        caption="What was measured",
    )
    return html.Details([html.Summary("What was measured"), table], className="tests")
