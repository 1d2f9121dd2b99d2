"""Value tiers: segments called by their place in the order of value, whoever is in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from core.insight.identity import Match
from core.insight.naming import Draft
from core.insight.wording import money
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


def tier_sentences(label: str, cuts: Sequence[float], currency: str) -> tuple[str, ...]:
    """Return from where to where the value of each tier by rule reaches, highest tier first.

    Parameters
    ----------
    label : of the value
    cuts : the cut points between the tiers, ascending; a value at one is in the lower tier
    currency : ISO code

    Examples
    --------
    >>> tier_sentences("Balances", [500.0, 10_000.0], "USD")
    ('Balances over $10,000', 'Balances over $500, up to $10,000', 'Balances up to $500')
    """
    ends = [money(cut, currency) for cut in cuts]
    between = [f"{label} over {low}, up to {high}" for low, high in pairwise(ends)]
    return (f"{label} over {ends[-1]}", *reversed(between), f"{label} up to {ends[0]}")


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
