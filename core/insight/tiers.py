"""Value tiers: segments called by their place in the order of value, whoever is in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.insight.identity import Match
from core.insight.naming import Draft
from core.readmodels import SegmentSummary


def tier_keys(tiers: Sequence[str]) -> tuple[str, ...]:
    """Return the key of each tier: it comes from the name alone, so that it survives every refit.

    >>> tier_keys(["VIP", "Next best"])
    ('tier-vip', 'tier-next-best')
    """
    return tuple(f"tier-{re.sub(r'[^a-z0-9]+', '-', name.casefold())}" for name in tiers)


def tier_drafts(tiers: Sequence[str], drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Return the drafts under the tiers' names; what follows the tiers (a rule's) keeps its own.

    Parameters
    ----------
    tiers : names, highest value first: the segment with number i is the i-th.
    drafts : name and sentence per segment, in order of its number.

    Examples
    --------
    >>> tier_drafts(["VIP"], [Draft("Older", "Older · high savings"), Draft("By rule", "Rule")])
    (Draft(name='VIP', sentence='Older · high savings'), Draft(name='By rule', sentence='Rule'))
    """
    named = [replace(draft, name=name) for name, draft in zip(tiers, drafts, strict=False)]
    return (*named, *drafts[len(tiers) :])


def tier_matches(
    tiers: Sequence[str], old_segments: Sequence[SegmentSummary], matches: Sequence[Match | None]
) -> tuple[Match | None, ...]:
    """Return for each tier the earlier segment of the same key, however few members they share.

    A tier says what its members are worth and not who they are, so overlap decides nothing.

    Parameters
    ----------
    tiers : names, highest value first.
    old_segments : what was published before; empty if nothing was.
    matches : as from `core.insight.identity.match`; what follows the tiers (a rule's) is kept.
    """
    known = {old.key: old for old in old_segments}
    of_tiers = [Match(known[key], 1.0) if key in known else None for key in tier_keys(tiers)]
    return (*of_tiers, *matches[len(tiers) :])
