"""What the page needs of one lens, with groups that are too small left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.quality import Clustergram, Dendrogram, Exemplar, Quality
from core.readmodels import RecipeScore, SegmentSummary
from dash_app.context import View
from dash_app.guard import caller
from dash_app.privacy import is_shown, of_shown, shown_segments, shown_statistics
from dash_app.profiles.choices import focus_segment
from dash_app.profiles.facts import Facts, segments_and_facts
from dash_app.roles import Role
from dash_app.services import Services
from db.queries.quality import exemplars, quality
from db.queries.recipes import recipe_scores
from db.queries.segments import rule_fidelity

NOTHING = Quality(None, (), (), (), None, None)


@dataclass(frozen=True, slots=True)
class Judged:
    """One lens of a run and what speaks for and against it.

    ``segments`` are all, ``shown`` those large enough; ``facts`` and ``quality`` speak of no other.
    ``focus`` is the segment whose customers are looked at; ``exemplars`` is None for a reader who
    may not see single customers.
    """

    view: View
    segments: tuple[SegmentSummary, ...]
    shown: tuple[SegmentSummary, ...]
    facts: Facts
    quality: Quality
    recipes: tuple[RecipeScore, ...]
    fidelity: float | None
    focus: SegmentSummary | None
    exemplars: tuple[Exemplar, ...] | None
    smallest: int


def read_quality(services: Services, view: View) -> Judged:
    """Return what the URL asks for."""
    wanted, smallest = view.lens.segmentation_id, services.smallest_group
    segments, facts = segments_and_facts(services, view)
    shown = shown_segments(segments, smallest)
    focus = focus_segment(shown, view.selection.segments)
    role = caller().role
    with services.read() as connection:
        found = services.cache.get(("quality", wanted), lambda: quality(connection, wanted))
        customers: tuple[Exemplar, ...] | None = None
        if role.may_act_as(Role.ANALYST):
            customers = exemplars(connection, wanted, focus.number, role) if focus else ()
        recipes = services.cache.get(("recipes", wanted), lambda: recipe_scores(connection, wanted))
        fidelity = rule_fidelity(connection, wanted)
    numbers = [segment.number for segment in shown]
    return Judged(
        view=view,
        segments=segments,
        shown=shown,
        facts=replace(
            facts, statistics=shown_statistics(of_shown(facts.statistics, shown), smallest)
        ),
        quality=without_small(found or NOTHING, numbers, _clustered(segments), smallest),
        recipes=recipes,
        fidelity=fidelity,
        focus=focus,
        exemplars=customers,
        smallest=smallest,
    )


def without_small(quality: Quality, shown: Sequence[int], customers: int, smallest: int) -> Quality:
    """Return the quality without figures of groups that are too small to be shown.

    A leaf of the tree stays, with its share as 0: it says where customers join, not how many.
    """
    return replace(
        quality,
        segments=tuple(one for one in quality.segments if one.segment in shown),
        clustergram=_large_groups(quality.clustergram, customers, smallest),
        dendrogram=_large_leaves(quality.dendrogram, customers, smallest),
    )


def _large_groups(drawn: Clustergram | None, customers: int, smallest: int) -> Clustergram | None:
    if drawn is None:
        return None
    groups = [one for one in drawn.groups if is_shown(round(one.share * customers), smallest)]
    flows = [one for one in drawn.flows if is_shown(round(one.share * customers), smallest)]
    return replace(drawn, groups=tuple(groups), flows=tuple(flows))


def _large_leaves(tree: Dendrogram | None, customers: int, smallest: int) -> Dendrogram | None:
    if tree is None:
        return None
    leaves = [
        leaf if is_shown(round(leaf.share * customers), smallest) else replace(leaf, share=0.0)
        for leaf in tree.leaves
    ]
    return replace(tree, leaves=tuple(leaves))


def _clustered(segments: Sequence[SegmentSummary]) -> int:
    return sum(segment.size for segment in segments if not segment.is_rule)
