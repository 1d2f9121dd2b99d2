"""Why this many segments, whether they can be relied on, and what else was tried."""

from __future__ import annotations

from core.document.blocks import Block, Paragraph, Section, numbers, table, texts
from core.document.facts import LensFacts, RunFacts
from core.document.figures import NONE, decimal, measure, percent, whole
from core.document.small_groups import (
    guarded_tests,
    hidden,
    largest_is_shown,
    share_is_shown,
    without_names,
)
from core.readmodels import KScore, RecipeScore
from core.segmentation.labels import COMPARED_LABELS

STABLE = 0.75  # Hennig (2007): below it a cluster is a pattern with uncertain members

_SCORE_COLUMNS = (
    *numbers(
        "Clusters",
        "Inertia",
        "Silhouette",
        "Silhouette, mean of segments",
        "Calinski–Harabasz",
        "Davies–Bouldin",
        "Lowest Jaccard",
        "Mean Jaccard",
        "Smallest share",
        "Largest share",
    ),
    *texts("Marked"),
)


def choice_section(facts: RunFacts, lens: LensFacts) -> Section:
    """Return the scores of every number that was tried, and the reason for the one chosen."""
    title = f"Why {lens.summary.k} segments"
    return Section(
        title,
        (
            Paragraph(without_names(lens.reason, hidden(lens, facts.smallest)), is_lead=True),
            table(
                f"Scores of every number of segments tried for {lens.summary.label}",
                _SCORE_COLUMNS,
                [_score(score, facts, lens) for score in lens.scores],
                none="The groups go by a rule: no other number was tried.",
            ),
        ),
    )


def verdict_section(facts: RunFacts, lens: LensFacts) -> Section:
    """Return the verdict, its reason and every test behind it."""
    return Section(
        f"Verdict: {lens.verdict.level}",
        (
            Paragraph(
                without_names(lens.verdict.reason, hidden(lens, facts.smallest)), is_lead=True
            ),
            table(
                f"Tests behind the verdict on {lens.summary.label}",
                texts("Test", "Result", "Found", "Wanted", "What it means"),
                [
                    (
                        test.name,
                        "passed" if test.passed else "not passed",
                        test.figure,
                        test.threshold,
                        test.reason if test.passed else f"{test.reason} {test.remedy}".strip(),
                    )
                    for test in guarded_tests(lens, facts.smallest)
                ],
                none="No tests were stored with this verdict.",
            ),
        ),
    )


def challenger_section(lens: LensFacts) -> Section:
    """Return the next best number of segments, and other scalers and algorithms where tried."""
    blocks: list[Block] = []
    rival = next_best(lens.scores)
    if rival is None:
        blocks.append(Paragraph("No other number of segments was tried."))
    else:
        chosen = next((score for score in lens.scores if score.chosen), None)
        against = "" if chosen is None else f", against {_in_words(chosen)}"
        blocks.append(Paragraph(f"The next best number is {rival.k}: {_in_words(rival)}{against}."))
    blocks.append(
        table(
            f"Other recipes for {lens.summary.label}",
            (
                *texts("Scaler", "Algorithm"),
                *numbers("Agreement (AMI)", "Silhouette", "Lowest Jaccard", "Largest share"),
                *texts("Note"),
            ),
            [_recipe(recipe) for recipe in lens.recipes],
            none="Other scalers and algorithms were not compared in this run.",
        )
    )
    return Section("Challenger", tuple(blocks))


def next_best(scores: tuple[KScore, ...]) -> KScore | None:
    """Return the number that would be taken if the chosen one were not there; None without one.

    Stable numbers (lowest Jaccard at least 0.75) go first, the best told apart of them leading;
    without any, the most stable one.

    >>> next_best(()) is None
    True
    """
    others = [score for score in scores if not score.chosen]
    stable = [score for score in others if score.jaccard_min >= STABLE]
    if stable:
        return max(stable, key=lambda score: score.silhouette_macro)
    return max(others, key=lambda score: score.jaccard_min, default=None)


def _score(score: KScore, facts: RunFacts, lens: LensFacts) -> tuple[str, ...]:
    small = f"under {facts.smallest} customers"
    is_told = share_is_shown(score.smallest_share, lens, facts.smallest)
    return (
        whole(score.k),
        measure(score.inertia),
        decimal(score.silhouette, 3),
        decimal(score.silhouette_macro, 3),
        decimal(score.calinski_harabasz, 1),
        decimal(score.davies_bouldin, 3),
        decimal(score.jaccard_min, 3),
        decimal(score.jaccard_mean, 3),
        percent(score.smallest_share) if is_told else small,
        percent(score.largest_share)
        if largest_is_shown(score, lens, facts.smallest)
        else "nearly all",
        ", ".join(["chosen"] * score.chosen + ["elbow"] * bool(score.elbow)),
    )


def _recipe(recipe: RecipeScore) -> tuple[str, ...]:
    own = "this run" if recipe.is_own else recipe.message
    return (
        recipe.scaler,
        COMPARED_LABELS.get(recipe.algorithm, recipe.algorithm),
        decimal(recipe.ami_own, 3),
        decimal(recipe.silhouette, 3),
        decimal(recipe.jaccard_min, 3),
        percent(recipe.sizes[0]) if len(recipe.sizes) > 2 else NONE,
        own,
    )


def _in_words(score: KScore) -> str:
    return (
        f"lowest Jaccard {decimal(score.jaccard_min, 3)} and silhouette "
        f"{decimal(score.silhouette_macro, 3)} with {score.k}"
    )
