"""The tests and the rules as tables, for the page and for the export."""

from __future__ import annotations

from collections.abc import Sequence

from core.features.base import Kind
from core.readmodels import SegmentSummary, TrustTest
from dash_app.figures.base import Table, TableColumn, table
from dash_app.privacy import is_shown


def tests_table(tests: Sequence[TrustTest]) -> Table:
    """Return every test: outcome, figure, threshold, reason, remedy; what failed first."""
    ranked = sorted(tests, key=lambda test: test.passed)
    return table(
        tuple(
            TableColumn(label)
            for label in ("Test", "Passed", "Measured", "Wanted", "Reason", "Remedy")
        ),
        [
            (
                test.name,
                "yes" if test.passed else "no",
                test.figure,
                test.threshold,
                test.reason,
                test.remedy,
            )
            for test in ranked
        ],
    )


def rules_table(segments: Sequence[SegmentSummary], smallest: int) -> Table:
    """Return the short rule of each segment with its precision and recall."""
    return table(
        (
            TableColumn("Segment"),
            TableColumn("Rule"),
            TableColumn("Precision", Kind.SHARE),
            TableColumn("Recall", Kind.SHARE),
        ),
        [
            (segment.name, segment.rule, segment.rule_precision, segment.rule_recall)
            for segment in segments
            if segment.rule and is_shown(segment.size, smallest)
        ],
    )
