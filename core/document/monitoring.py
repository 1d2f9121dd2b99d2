"""What to watch after a run is published, with limits and where they stand now."""

from __future__ import annotations

from core.change import LARGE, MODERATE, UnlikeKnown
from core.document.blocks import Paragraph, Section, numbers, table, texts
from core.document.facts import LensFacts, RunFacts
from core.document.figures import NONE, decimal, percent
from core.document.small_groups import people
from core.fairness import TypicalityCount
from core.scorer import UNLIKE_ANYONE

BY_CONSTRUCTION = 1 - UNLIKE_ANYONE / 100  # of the customers that a model was fitted on
WATCH_UNLIKE = 3 * BY_CONSTRUCTION


def monitoring_section(facts: RunFacts) -> Section:
    """Return what to watch: features that drift, and customers unlike any known one."""
    inputs = {name for lens in facts.lenses for name in lens.spec.feature_names}
    return Section(
        "Monitoring",
        (
            Paragraph(
                f"Look again when the stability index (PSI) of an input reaches {MODERATE}, and "
                f"fit anew when it reaches {LARGE} (Siddiqi 2006), provided it is above what "
                "chance gives for samples of these sizes. Look again, too, when more than "
                f"{percent(WATCH_UNLIKE)} of customers are unlike any that a model knows: by "
                f"construction it is {percent(BY_CONSTRUCTION)} of those it was fitted on. Share "
                "before: of the customers of the publication before, by its model; by the model "
                "before: that model on the customers of this run."
            ),
            table(
                "Customers unlike any known one, per view",
                (
                    *texts("View"),
                    *numbers("Measured", "Unlike", "Share", "Share before"),
                    *numbers("By the model before", "Expected", "Look again above"),
                ),
                [
                    _unlike(lens.summary.label, lens.unlike, lens.typicality, facts)
                    for lens in facts.lenses
                    if lens.typicality is not None
                ],
                none="This run was made by an older version, which did not count them.",
            ),
            table(
                "Stability index of the inputs since the publication before",
                (*texts("Input"), *numbers("PSI", "By chance"), *texts("It says")),
                [
                    (
                        facts.label(one.feature),
                        decimal(one.psi, 4),
                        decimal(one.by_chance, 4),
                        one.drift.says,
                    )
                    for one in facts.drifts
                    if one.feature in inputs
                ],
                none="Nothing was published before on other data, so there is nothing to compare.",
            ),
            table(
                "Segments whose stability to watch",
                (*texts("View"), *numbers("Lowest Jaccard")),
                [_lowest(lens) for lens in facts.lenses],
                none="The run has no views.",
            ),
        ),
    )


def _unlike(
    label: str, unlike: UnlikeKnown, now: TypicalityCount, facts: RunFacts
) -> tuple[str, ...]:
    return (
        label,
        people(now.measured, facts),
        people(now.unlike, facts),
        _share(now, facts),
        _share(unlike.before, facts),
        _share(unlike.between, facts),
        percent(BY_CONSTRUCTION),
        percent(WATCH_UNLIKE),
    )


def _share(count: TypicalityCount | None, facts: RunFacts) -> str:
    """Return the share of customers who are unlike any known one; a few are not told."""
    if count is None or 0 < count.unlike < facts.smallest:
        return NONE
    return percent(count.share)


def _lowest(lens: LensFacts) -> tuple[str, str]:
    known = [segment.jaccard for segment in lens.segments if segment.jaccard is not None]
    return lens.summary.label, decimal(min(known), 3) if known else NONE
