"""What the segments of a run must not be trusted with, told from what was measured."""

from __future__ import annotations

from collections.abc import Iterator

from core.document.blocks import Bullets, Paragraph, Section
from core.document.facts import LensFacts, RunFacts
from core.document.figures import decimal, percent, plural, whole
from core.document.monitoring import WATCH_UNLIKE
from core.document.small_groups import guarded_tests, hidden, people, shown
from core.fairness import CLEAR
from core.readmodels import Stability

_NOT_RELIABLE = (Stability.UNCERTAIN, Stability.UNSTABLE)


def limits_section(facts: RunFacts) -> Section:
    """Return the limits of a run; one without any says so."""
    found = (*_of_data(facts), *(one for lens in facts.lenses for one in _of_lens(facts, lens)))
    if not found:
        return Section("Limits", (Paragraph("No test, check or meter of the run gave a warning."),))
    return Section("Limits", (Bullets(found),))


def _of_data(facts: RunFacts) -> Iterator[str]:
    read = sum(file.rows_read for file in facts.files)
    rejected = sum(file.rows_rejected for file in facts.files)
    if rejected:
        yield (
            f"Data: {whole(rejected)} of {plural(read, 'row')} ({percent(rejected / read, 2)}) "
            "were rejected and are in no figure."
        )
    drifted = [one for one in facts.drifts if one.drift.says == "large change"]
    inputs = {name for lens in facts.lenses for name in lens.spec.feature_names}
    for one in drifted:
        if one.feature in inputs:
            yield (
                f"Data: {facts.label(one.feature)} has changed much since the publication before "
                f"(PSI {decimal(one.psi, 4)})."
            )
    if not facts.purpose:
        yield "Purpose: none was stated; whoever uses the segments should say what for."


def _of_lens(facts: RunFacts, lens: LensFacts) -> Iterator[str]:
    label = lens.summary.label
    if lens.spec.grouping is not None:
        yield (
            f"{label}: made by a rule; whether customers form groups by themselves was not tested."
        )
    for test in guarded_tests(lens, facts.smallest):
        if not test.passed:
            said = " ".join(part for part in (f"{test.figure}.", test.reason, test.remedy) if part)
            yield f"{label}, {test.name}: {said}"
    for segment in shown(lens, facts.smallest):
        if segment.stability in _NOT_RELIABLE:
            yield (
                f"{label}, “{segment.name}”: other draws of customers agree only "
                f"{decimal(segment.jaccard, 3)} (Jaccard) on who belongs to it."
            )
    if small := hidden(lens, facts.smallest):
        yield (
            f"{label}: {plural(len(small), 'segment')} of fewer than {facts.smallest} customers "
            "cannot be described."
        )
    count = lens.typicality
    if count is not None and count.unlike > WATCH_UNLIKE * count.measured:
        share = percent(count.unlike / count.measured)
        said = f"{people(count.unlike, facts)} customers"
        said += "" if count.unlike < facts.smallest else f" ({share})"
        yield f"{label}: {said} are unlike any that the model was fitted on."
    yield from _of_treatment(facts, lens)


def _of_treatment(facts: RunFacts, lens: LensFacts) -> Iterator[str]:
    if lens.fairness is None:
        return
    label = lens.summary.label
    if not lens.fairness.check.is_identical:
        yield f"{label}: assignments depend on attributes that the view must not look at."
    for meter in lens.fairness.meters:
        if meter.cramers_v >= CLEAR and not meter.is_input:
            yield (
                f"{label}: segments {meter.says} tell {facts.label(meter.feature)} (Cramér’s V "
                f"{decimal(meter.cramers_v, 3)}) though it is no input; treating segments "
                "differently treats its groups differently."
            )
