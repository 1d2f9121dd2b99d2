"""Fair treatment in a document: the register, what was shuffled, and what segments tell."""

from __future__ import annotations

from core.document.blocks import Block, Paragraph, Section, code, numbers, table, texts
from core.document.facts import LensFacts, RunFacts
from core.document.figures import decimal as number
from core.document.figures import percent, whole
from core.fairness import PermutationCheck, Role, SensitiveAttribute, sensitivity_register
from core.features.base import Sensitivity

KINDS = {
    Sensitivity.SENSITIVE: "sensitive",
    Sensitivity.PROXY: "stands in for a sensitive attribute",
}
USES = {
    Role.INPUT: "groups customers",
    Role.RULE: "tells who takes part",
    Role.VALUE: "puts segments in order",
    Role.OUTCOME: "is an outcome to compare views by",
}


def register_section(facts: RunFacts) -> Section:
    """Return every sensitive attribute and proxy of the data set, and where it is used."""
    register = sensitivity_register(facts.features, [lens.spec for lens in facts.lenses])
    return Section(
        "Sensitive attributes",
        (
            Paragraph(
                "Direct identifiers (names, numbers, addresses) are kept apart from the features "
                "and are looked at by no view. Attributes below may be looked at only by views "
                "that are marked as demographic."
            ),
            table(
                "Register of sensitive attributes and what stands in for them",
                texts("Attribute", "It is", "Where it is used"),
                [(one.label, KINDS[one.sensitivity], uses_in_words(one)) for one in register],
                none="No attribute of this data set is marked as sensitive.",
            ),
        ),
    )


def uses_in_words(attribute: SensitiveAttribute) -> str:
    """Return what each lens does with an attribute."""
    if not attribute.uses:
        return "describes segments only, in no view’s inputs"
    return "; ".join(f"{use.label}: {USES[use.role]}" for use in attribute.uses)


def treatment_section(facts: RunFacts, lens: LensFacts) -> Section:
    """Return what was shuffled for a lens, and how well its segments tell each attribute."""
    found = lens.fairness
    if found is None:
        words = "This run was made by an older version, which did not check it. Run it again."
        return Section("Fair treatment", (Paragraph(words),))
    blocks: list[Block] = [Paragraph(check_in_words(found.check, facts), is_lead=True)]
    if found.check.columns:
        blocks.append(
            table(
                f"Fingerprints of the assignments of {lens.summary.label}",
                (*texts("Assignments"), code("sha256")),
                [
                    ("as they are", found.check.assignments_sha256),
                    ("with the columns shuffled", found.check.shuffled_sha256),
                ],
                none="",
            )
        )
    blocks.append(
        table(
            f"How well the segments of {lens.summary.label} tell each sensitive attribute",
            (
                *texts("Attribute"),
                *numbers("Groups", "Cramér’s V", "Guessed right", "By chance", "Over chance"),
                *texts("Segments tell it", "An input"),
            ),
            [
                (
                    facts.label(meter.feature) + (" (in fifths)" if meter.is_binned else ""),
                    whole(meter.groups),
                    number(meter.cramers_v, 3),
                    percent(meter.accuracy),
                    percent(meter.chance),
                    percent(meter.over_chance),
                    meter.says,
                    "yes" if meter.is_input else "no",
                )
                for meter in found.meters
            ],
            none="No attribute is marked as sensitive, so nothing was measured.",
        )
    )
    if found.meters:
        blocks.append(
            Paragraph(
                "Cramér’s V is corrected for bias (Bergsma 2013): 0 says nothing, 1 everything. "
                "Guessed right is the cross-validated balanced accuracy of guessing the group "
                "from the segment. Numbers are cut into fifths of equal size; what is missing is "
                "a group of its own."
            )
        )
    return Section("Fair treatment", tuple(blocks))


def check_in_words(check: PermutationCheck, facts: RunFacts) -> str:
    """Return what shuffling showed."""
    if not check.columns:
        return (
            "Every sensitive attribute of the data set is an input of this view, or there is none; "
            "nothing was left to shuffle."
        )
    named = ", ".join(facts.label(name) for name in check.columns)
    how = (
        "inputs were prepared, as many segments searched for from the same seed and customers "
        "assigned"
        if check.is_refitted
        else "customers were scored"
    )
    did = f"With {named} shuffled among the customers (seed {check.seed}), {how} again"
    if check.is_identical:
        return f"{did}: the assignments are the same to the last bit."
    return f"{did}: the assignments changed. The view depends on what it must not look at."
