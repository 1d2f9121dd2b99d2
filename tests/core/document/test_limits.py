"""What a document withholds and warns of: small groups, drift, customers unlike any, proxies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from core.change import FeatureDrift, UnlikeKnown
from core.document.blocks import Bullets, Section, Table
from core.document.evidence import challenger_section, choice_section, next_best, verdict_section
from core.document.facts import LensFacts, RunFacts
from core.document.inputs import inputs_section
from core.document.limits import limits_section
from core.document.model_document import model_document
from core.document.monitoring import monitoring_section
from core.document.treatment import treatment_section
from core.fairness import Fairness, PermutationCheck, ProxyMeter, TypicalityCount
from core.readmodels import (
    DatasetHeader,
    FeatureInfo,
    LensSummary,
    RecipeScore,
    RunContext,
    RunDetails,
    RunId,
    RunStatus,
    RunSummary,
    SegmentationId,
    SnapshotId,
    TrustTest,
    VerdictLevel,
)
from core.segmentation.model import CategoryColumn
from core.snapshot_facts import SnapshotSummary
from tests.builders import AS_OF, features, lens_spec, segmentation_result

CHECK = PermutationCheck(("age_years",), 1, True, "a" * 64, "a" * 64)
METER = ProxyMeter("age_years", 5, True, False, 0.42, 0.5, 0.2)
NOW = datetime(2026, 1, 2, 3, 4)  # noqa: DTZ001  (as the database gives it)


def lens_facts(**changes: object) -> LensFacts:
    """A lens with segments of 300, 200 and 100 customers."""
    found = segmentation_result("behavioural")
    sizes = (300, 200, 100)
    facts = LensFacts(
        summary=LensSummary(
            SegmentationId(1), "behavioural", "Behavioural", "behavioural", "How?", 3,
            VerdictLevel.STRONG, "balance_total", (), ("balance_total",),
        ),
        spec=found.lens,
        model=replace(found.model, trained_on=600),
        model_sha256=found.model.sha256,
        reason="“Not yet active” comes on top.",
        scores=found.k_scores,
        verdict=found.verdict,
        recipes=(),
        segments=tuple(
            replace(s, size=n, share=n / 600) for s, n in zip(found.segments, sizes, strict=True)
        ),
        rule_fidelity=0.95,
        fairness=Fairness(CHECK, (METER,)),
        unlike=UnlikeKnown(after=TypicalityCount(500, 5)),
    )  # fmt: skip
    return replace(facts, **changes)  # type: ignore[arg-type]


def run_facts(lens: LensFacts | None = None, **changes: object) -> RunFacts:
    """A run of one lens."""
    one = lens or lens_facts()
    facts = RunFacts(
        context=RunContext(
            DatasetHeader("bank", "A bank", "USD", RunId(1)), RunId(1), RunStatus.PUBLISHED,
            SnapshotId(1), AS_OF, NOW, 600, (one.summary,),
        ),
        run=RunSummary(
            RunId(1), RunStatus.PUBLISHED, AS_OF, NOW, NOW, 42,
            (("purpose", "research"),), (one.summary,), "",
        ),
        details=RunDetails((), (("numpy", "2"),), ()),
        snapshot=SnapshotSummary(SnapshotId(1), AS_OF, "f" * 64, 600, NOW),
        description="",
        files=(),
        rejects=(),
        checks=(),
        features=tuple(
            FeatureInfo(
                f.name, f.label, f.description, f.family, f.side, f.kind, f.unit, f.sensitivity,
                f.levels, f.actionable,
            )
            for f in features()
        ),
        drifts=(),
        lenses=(one,),
        smallest=10,
    )  # fmt: skip
    return replace(facts, **changes)  # type: ignore[arg-type]


def words(section: Section) -> str:
    """Everything that a section says."""
    return repr(section)


def rows(section: Section, caption: str) -> tuple[tuple[str, ...], ...]:
    """The rows of the table whose caption begins so."""
    (found,) = [b for b in section.blocks if isinstance(b, Table) and b.caption.startswith(caption)]
    return found.rows


def small_group() -> LensFacts:
    """The third segment has four customers, and every figure says so."""
    segments = lens_facts().segments
    sizes = TrustTest(
        "Sensible sizes", False, "Smallest 4 customers (0.7%)", "50", "Small.", "Fewer."
    )
    return lens_facts(
        segments=(*segments[:2], replace(segments[2], size=4, share=4 / 600)),
        verdict=replace(lens_facts().verdict, tests=(sizes,)),
        scores=(
            replace(lens_facts().scores[0], smallest_share=4 / 600, largest_share=596 / 600),
            replace(lens_facts().scores[1], smallest_share=0.1),
        ),
    )


def test_what_a_rule_made_is_said_not_to_have_been_found() -> None:
    spec = lens_facts().spec.model_copy(update={"grouping": "rfm"})
    said = words(limits_section(run_facts(lens_facts(spec=spec))))
    assert "made by a rule; whether customers form groups by themselves was not tested" in said


def test_a_limit_is_told_for_each_thing_that_was_measured() -> None:
    lens = lens_facts(unlike=UnlikeKnown(after=TypicalityCount(500, 50)))
    facts = run_facts(lens, drifts=(FeatureDrift("balance_total", 0.5, 0.01),))
    (bullets,) = limits_section(facts).blocks
    assert isinstance(bullets, Bullets)
    said = "\n".join(bullets.items)
    for part in (
        "Total balance has changed much since the publication before (PSI 0.5000)",
        "“Starters”: other draws of customers agree only 0.620",
        "50 customers (10.0%) are unlike any",
        "clearly tell Age (Cramér’s V 0.420) though it is no input",
    ):
        assert part in said


def test_a_run_without_warnings_says_so() -> None:
    calm = tuple(s for s in lens_facts().segments if s.name != "Starters")
    lens = lens_facts(segments=calm, fairness=Fairness(CHECK, ()))
    assert "gave a warning" in words(limits_section(run_facts(lens)))


def test_assignments_that_depend_on_what_they_must_not_are_told_in_two_places() -> None:
    changed = replace(CHECK, shuffled_sha256="b" * 64)
    facts = run_facts(lens_facts(fairness=Fairness(changed, ())))
    assert "must not look at" in words(treatment_section(facts, facts.lenses[0]))
    assert "must not look at" in words(limits_section(facts))


def test_no_figure_tells_the_size_of_a_small_group() -> None:
    facts = run_facts(small_group())
    document = model_document(facts)
    said = repr(document)
    assert "Smallest 4" not in said
    assert "Not yet active" not in said
    assert "0.7%" not in said
    assert "99.3%" not in said
    (score, _) = rows(choice_section(facts, facts.lenses[0]), "Scores")
    assert score[-3:-1] == ("under 10 customers", "nearly all")
    (test,) = rows(verdict_section(facts, facts.lenses[0]), "Tests")
    assert test[2] == "Not shown: a segment has fewer than 10 customers"


def test_levels_of_few_customers_are_counted_and_not_named() -> None:
    column = CategoryColumn("marital_status", ("married", "rare"), ("odd",), (0.99, 0.01), (1, 1))
    lens = lens_facts(spec=lens_spec(), model=replace(lens_facts().model, columns=(column,)))
    section = inputs_section(run_facts(lens), lens)
    assert "levels: married and 2 rare" in words(section)
    assert "Age was left out: it is the same for every customer." in words(section)


def test_few_unlike_customers_are_not_counted_exactly() -> None:
    facts = run_facts(lens_facts(unlike=UnlikeKnown(after=TypicalityCount(500, 5))))
    ((_, measured, unlike, share, *_),) = rows(monitoring_section(facts), "Customers unlike")
    assert (measured, unlike, share) == ("500", "fewer than 10", "–")


def test_customers_unlike_any_known_one_are_told_before_and_now_against_what_is_expected() -> None:
    counts = UnlikeKnown(
        TypicalityCount(1_000, 12), TypicalityCount(800, 40), TypicalityCount(800, 16)
    )
    facts = run_facts(lens_facts(unlike=counts))
    assert rows(monitoring_section(facts), "Customers unlike") == (
        ("Behavioural", "800", "16", "2.0%", "1.2%", "5.0%", "1.0%", "3.0%"),
    )


def test_the_challenger_is_the_best_told_apart_of_the_stable_or_the_most_stable() -> None:
    first, second = lens_facts().scores
    third = replace(second, k=4, jaccard_min=0.8, silhouette_macro=0.2)
    fourth = replace(second, k=5, jaccard_min=0.76, silhouette_macro=0.35)
    assert next_best((first, second)) == second
    assert next_best((first, second, third, fourth)) == fourth
    assert next_best((first,)) is None


def test_recipes_that_found_nothing_say_why() -> None:
    recipes = (
        RecipeScore("standard", "kmeans", True, 1.0, None, 0.4, 0.9, (0.5, 0.3, 0.2)),
        RecipeScore("robust", "gmm", False, None, None, None, None, (), "It found only 1."),
    )
    found = rows(challenger_section(lens_facts(recipes=recipes)), "Other recipes")
    assert found[0] == ("standard", "k-means", "1.000", "0.400", "0.900", "50.0%", "this run")
    assert found[1][-1] == "It found only 1."


def test_a_scored_lens_says_that_its_evidence_is_of_the_fit() -> None:
    facts = run_facts()
    config = (*facts.run.config, ("scored", "behavioural, other"))
    scored = replace(facts, run=replace(facts.run, config=config))
    assert "Nothing was fitted in this run" in repr(model_document(scored))
    assert "Nothing was fitted in this run" not in repr(model_document(facts))


def test_the_same_facts_make_the_same_document() -> None:
    assert model_document(run_facts()) == model_document(run_facts())


@pytest.mark.parametrize("day", [date(1995, 12, 31)])
def test_the_window_of_the_data_is_told_in_words(day: date) -> None:
    assert f"{day.day} December {day.year}" in model_document(run_facts()).subtitle
