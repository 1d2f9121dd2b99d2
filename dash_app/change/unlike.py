"""Customers unlike any that the model knows: then and now, against the share to be expected."""

from __future__ import annotations

from datetime import date

from dash import html
from dash.development.base_component import Component

from core.change import Migration
from core.document.monitoring import BY_CONSTRUCTION, WATCH_UNLIKE
from core.fairness import TypicalityCount
from dash_app.change.words import how_many
from dash_app.components.cards import card
from dash_app.components.tables import Column, rows_table
from dash_app.formats import count, day, percent, whole_percent

_COLUMNS = (
    Column("Customers"),
    Column("Model"),
    Column("Measured", is_number=True),
    Column("Unlike any known", is_number=True),
    Column("Share", is_number=True),
)


def unlike_card(moved: Migration, smallest: int) -> Component | None:
    """Return the share then and now; None where nobody counted."""
    found = [
        (day(as_of), model, counted)
        for as_of, model, counted in _steps(moved)
        if counted is not None and counted.measured
    ]
    if not found:
        return None
    rows = [
        (
            as_of,
            model,
            count(counted.measured),
            how_many(counted.unlike, smallest),
            "not shown" if share is None else percent(share),
        )
        for as_of, model, counted in found
        for share in [shown_share(counted, smallest)]
    ]
    return card(
        unlike_finding(moved, smallest),
        rows_table(_COLUMNS, rows, caption="Customers unlike any known one", stacks=True),
        html.P(
            f"Unlike any known: farther from the middle of their segment than "
            f"{whole_percent(1 - BY_CONSTRUCTION)} of the customers that the model learned from. "
            f"Of those it is {whole_percent(BY_CONSTRUCTION)} by construction; above "
            f"{whole_percent(WATCH_UNLIKE)}, look again. Customers in a segment by rule are not "
            "measured.",
            className="field-hint",
        ),
    )


def unlike_finding(moved: Migration, smallest: int) -> str:
    """Return how many are unlike any known one, by the model that has not seen them if there is.

    A refitted model has learned from today's customers, so that to it the usual share of them is
    unlike the others: the model before says more.
    """
    now = moved.unlike.between or moved.unlike.after
    share = None if now is None else shown_share(now, smallest)
    expected = f"{whole_percent(BY_CONSTRUCTION)} is expected"
    if now is None or share is None:
        return f"Few customers are unlike any that the model knows; {expected}"
    model = "the model before" if moved.is_refitted else "the model"
    then = None if moved.unlike.before is None else shown_share(moved.unlike.before, smallest)
    before = "" if then is None else f", {percent(then)} before"
    return f"{percent(share)} of customers are unlike any that {model} knows{before}; {expected}"


def shown_share(counted: TypicalityCount, smallest: int) -> float | None:
    """Return the share; None where so few are unlike that they are not told.

    >>> shown_share(TypicalityCount(200, 20), 10), shown_share(TypicalityCount(200, 2), 10)
    (0.1, None)
    """
    return None if 0 < counted.unlike < smallest else counted.share


def _steps(moved: Migration) -> list[tuple[date, str, TypicalityCount | None]]:
    unlike = moved.unlike
    steps = [(moved.before_as_of, "before" if moved.is_refitted else "the same", unlike.before)]
    if moved.is_refitted:
        if moved.as_of != moved.before_as_of or unlike.between != unlike.before:
            steps.append((moved.as_of, "before", unlike.between))
        steps.append((moved.as_of, "new", unlike.after))
    else:
        steps.append((moved.as_of, "the same", unlike.after))
    return steps
