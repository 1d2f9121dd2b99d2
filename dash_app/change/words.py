"""What changed since the run before, in sentences that a business reader can use."""

from __future__ import annotations

from collections.abc import Sequence

from core.change import FeatureDrift, Migration
from core.readmodels import CustomerAssignment
from dash_app.figures.text import plural
from dash_app.formats import count, day, percent
from dash_app.privacy import is_shown


def how_many(n: int, smallest: int) -> str:
    """Return a number of customers; one that is too small to be told is only bounded.

    >>> how_many(39, 10), how_many(3, 10), how_many(0, 10)
    ('39', 'fewer than 10', 'nobody')
    """
    if n == 0:
        return "nobody"
    return count(n) if is_shown(n, smallest) else f"fewer than {smallest}"


def since(migration: Migration) -> str:
    """Return what the run is compared with."""
    if migration.before_as_of == migration.as_of:
        before = migration.before_run
        return "since the run before" if before is None else f"since run {before}"
    return f"since {day(migration.before_as_of)}"


def movement_sentence(migration: Migration, smallest: int) -> str:
    """Say how many moved and why, with the important words **bold**."""
    known, moved = count(migration.known), migration.moved
    if moved == 0:
        return (
            f"{_capital(since(migration))} **nobody** of the {known} customers known then is in "
            "another segment."
        )
    share = f" ({percent(moved / migration.known)})" if is_shown(moved, smallest) else ""
    verb = "is" if moved == 1 else "are"
    told = (
        f"{_capital(since(migration))} **{how_many(moved, smallest)}**{share} of {known} customers "
        f"{verb} in another segment. "
    )
    if migration.before_as_of == migration.as_of:
        return told + "The data are the same: **only the model changed**."
    if not migration.is_refitted:
        return told + "The model is the same: **they behave differently**."
    return told + (
        f"**{_capital(how_many(migration.by_customer, smallest))}** would be without the new model "
        f"too, because they behave differently; **{how_many(migration.by_model, smallest)}** are "
        "put elsewhere by the new model alone."
    )


def coming_and_going(migration: Migration, smallest: int) -> str:
    """Say who joined and who left."""
    joined, left = (how_many(n, smallest) for n in (migration.joined, migration.left))
    return f"Joined since then: {joined}. Left: {left}."


def drift_sentence(drifts: Sequence[FeatureDrift]) -> str:
    """Say how to read the index, and what chance does to it."""
    if not drifts:
        return ""
    most = max(found.by_chance for found in drifts)
    moved = sum(found.psi > found.by_chance for found in drifts)
    found = plural(moved, "feature") if moved else "no feature"
    return (
        "The stability index compares how values are spread then and now: under 0.1 is small, over "
        "0.25 large. Two samples of so many customers differ a little by chance alone: without any "
        f"change 95 in 100 indices stay under their limit (here at most {most:.3f}). "
        f"{_capital(found)} of {len(drifts)} passed it; with so many features one in twenty may do "
        "so by accident."
    )


def stay_sentence(place: CustomerAssignment, segment: str = "") -> str:
    """Say since when a customer is in the segment, and where they were before; "" if unknown."""
    if place.since is None:
        return ""
    where = f"“{segment}”" if segment else "this segment"
    if place.before is None:
        return f"In {where} since {day(place.since)} or longer."
    return f"In {where} since {day(place.since)}, before: {place.before}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
