"""The segments of a lens: names, sizes, values, stability and rules."""

from __future__ import annotations

from core.document.blocks import Block, Paragraph, Section, numbers, table, texts
from core.document.facts import LensFacts, RunFacts
from core.document.figures import NONE, decimal, money, percent, plural, whole
from core.document.small_groups import can_be_subtracted, hidden, people, shown
from core.readmodels import SegmentSummary


def segments_section(facts: RunFacts, lens: LensFacts) -> Section:
    """Return the segments with their sizes and values, and the rules that describe them."""
    return Section(
        "Segments",
        (
            *_who(facts, lens),
            _sizes(facts, lens),
            table(
                f"Rules that describe the segments of {lens.summary.label}",
                (*texts("Segment", "Rule"), *numbers("Precision", "Recall")),
                [
                    (
                        segment.name,
                        segment.rule,
                        percent(segment.rule_precision),
                        percent(segment.rule_recall),
                    )
                    for segment in shown(lens, facts.smallest)
                    if segment.rule
                ],
                none="No short rules describe these segments.",
            ),
            *_fidelity(lens),
        ),
    )


def _who(facts: RunFacts, lens: LensFacts) -> tuple[Block, ...]:
    summary, blocks = lens.summary, []
    if summary.ineligible:
        lacking = summary.lacking or "lack what the view requires"
        blocks.append(
            Paragraph(
                f"Of {plural(facts.context.customers, 'customer')}, "
                f"{people(summary.ineligible, facts)} {lacking} and are in no segment."
            )
        )
    if small := hidden(lens, facts.smallest):
        is_one = len(small) == 1
        blocks.append(
            Paragraph(
                f"{'One segment has' if is_one else f'{whole(len(small))} segments have'} fewer "
                f"than {facts.smallest} customers and {'is' if is_one else 'are'} not described, "
                "so that nobody can be recognised. What would tell their size is left out or "
                "rounded."
            )
        )
    return tuple(blocks)


def _sizes(facts: RunFacts, lens: LensFacts) -> Block:
    is_rounded = can_be_subtracted(lens, facts.smallest)
    worth = facts.label(lens.spec.value) if lens.spec.value else "value"
    return table(
        f"Segments of {lens.summary.label}; value is {worth}",
        (
            *texts("Segment", "Who they are"),
            *numbers("Customers", "Share", "Value", "Share of value", "Median value"),
            *numbers("Jaccard"),
            *texts("Stability"),
        ),
        [
            _size(segment, facts.context.dataset.currency, is_rounded=is_rounded)
            for segment in shown(lens, facts.smallest)
        ],
        none="No segment has enough customers to be described.",
    )


def _size(segment: SegmentSummary, currency: str, *, is_rounded: bool) -> tuple[str, ...]:
    digits = 0 if is_rounded else 1
    return (
        segment.name,
        segment.sentence,
        NONE if is_rounded else whole(segment.size),
        percent(segment.share, digits),
        NONE if is_rounded else money(segment.value_total, currency),
        percent(segment.value_share, digits),
        money(segment.value_median, currency),
        decimal(segment.jaccard, 3),
        segment.stability.value,
    )


def _fidelity(lens: LensFacts) -> tuple[Block, ...]:
    if lens.rule_fidelity is None:
        return ()
    return (
        Paragraph(
            f"Together the rules put {percent(lens.rule_fidelity)} of customers into their "
            "segment; the rules describe the segments, they do not make them."
        ),
    )
