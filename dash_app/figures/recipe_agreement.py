"""Would another scaler or algorithm have found the same segments?"""

from __future__ import annotations

from collections.abc import Sequence

from core.features.base import Kind
from core.readmodels import RecipeScore
from core.segmentation.labels import COMPARED_LABELS
from dash_app.figures.base import Chart, TableColumn, table
from dash_app.figures.canvas import empty_chart
from dash_app.figures.colour import growing
from dash_app.figures.heat import Heat, heat_figure
from dash_app.figures.text import escape
from dash_app.formats import SPACE, whole_percent
from dash_app.theme import Theme

_CELL = 48
_SCALERS = {
    "standard": "Standard",
    "minmax": "Least to greatest",
    "robust": "Robust",
    "maxabs": "Greatest size",
    "raw": "Own units",
}


def recipe_agreement(
    recipes: Sequence[RecipeScore],
    *,
    theme: Theme,
    currency: str = "USD",  # noqa: ARG001
) -> Chart:
    """Return scalers by algorithms, each with its agreement with what is live (else the run)."""
    if not recipes:
        return empty_chart(
            theme,
            "Not compared",
            "This run did not try other scalers and algorithms.",
            "Start a run with “Compare scalers and algorithms” ticked.",
        )
    is_live = any(recipe.ami_live is not None for recipe in recipes)
    found = {(recipe.scaler, recipe.algorithm): recipe for recipe in recipes}
    scalers = list(dict.fromkeys(recipe.scaler for recipe in recipes))
    algorithms = list(dict.fromkeys(recipe.algorithm for recipe in recipes))
    grid = [[found.get((scaler, name)) for name in algorithms] for scaler in scalers]
    heat = Heat(
        rows=tuple(_SCALERS.get(scaler, scaler) for scaler in scalers),
        columns=tuple(COMPARED_LABELS.get(name, name) for name in algorithms),
        values=tuple(tuple(_agreement(one, is_live) for one in row) for row in grid),
        texts=tuple(tuple(_text(one, is_live) for one in row) for row in grid),
        hover=tuple(tuple(escape(_sentence(one, is_live)) for one in row) for row in grid),
        low=0.0,
        high=1.0,
    )
    figure, height = heat_figure(heat, growing(theme), theme, _CELL)
    return Chart(
        figure=figure,
        title=_finding(recipes),
        subtitle=f"Agreement (AMI) with the {'live' if is_live else 'run’s own'} segments; "
        "1 is the same, 0 is chance; the run’s own choice is marked ●",
        summary=" ".join(_sentence(recipe, is_live) for recipe in recipes),
        table=table(
            (
                TableColumn("Scale of the inputs"),
                TableColumn("Algorithm"),
                TableColumn("AMI with live", Kind.NUMBER),
                TableColumn("AMI with this run", Kind.NUMBER),
                TableColumn("Silhouette", Kind.NUMBER),
                TableColumn("Stability", Kind.NUMBER),
                TableColumn("Sizes"),
            ),
            [
                (
                    _SCALERS.get(recipe.scaler, recipe.scaler),
                    COMPARED_LABELS.get(recipe.algorithm, recipe.algorithm)
                    + (" ●" if recipe.is_own else ""),
                    recipe.ami_live,
                    recipe.ami_own,
                    recipe.silhouette,
                    recipe.jaccard_min,
                    recipe.message or _sizes(recipe.sizes),
                )
                for recipe in recipes
            ],
        ),
        height=height,
    )


def _sizes(shares: Sequence[float]) -> str:
    """Return shares on one line, without a break."""
    return " · ".join(whole_percent(share) for share in shares).replace(" ", SPACE)


def _agreement(recipe: RecipeScore | None, is_live: bool) -> float | None:
    if recipe is None:
        return None
    return recipe.ami_live if is_live else recipe.ami_own


def _text(recipe: RecipeScore | None, is_live: bool) -> str:
    value = _agreement(recipe, is_live)
    shown = "–" if value is None else f"{value:.2f}"
    return f"{shown} ●" if recipe is not None and recipe.is_own else shown


def _sentence(recipe: RecipeScore | None, is_live: bool) -> str:
    if recipe is None:
        return "Not tried."
    name = (
        f"{_SCALERS.get(recipe.scaler, recipe.scaler)} scaling with "
        f"{COMPARED_LABELS.get(recipe.algorithm, recipe.algorithm)}"
    )
    value = _agreement(recipe, is_live)
    if value is not None and recipe.message:
        return f"{name}: agreement {value:.2f}; {recipe.message}."
    if value is None or recipe.silhouette is None or recipe.jaccard_min is None:
        return f"{name}: {recipe.message or 'no figures'}"
    return (
        f"{name}: agreement {value:.2f}, silhouette {recipe.silhouette:.2f}, "
        f"least stable segment {recipe.jaccard_min:.2f}."
    )


def _finding(recipes: Sequence[RecipeScore]) -> str:
    """Return whether the scaler or the algorithm changes the run's own segments more."""
    own = next((recipe for recipe in recipes if recipe.is_own), None)
    if own is None:
        return "Other scalers and algorithms, compared"
    others = [r for r in recipes if not r.is_own and not r.message]  # into as many segments
    scalers = _mean([r.ami_own for r in others if r.algorithm == own.algorithm])
    algorithms = _mean([r.ami_own for r in others if r.scaler == own.scaler])
    if scalers is None or algorithms is None:
        return "Other scalers and algorithms, compared"
    if min(scalers, algorithms) >= _SAME:
        return "Other scalers and algorithms find nearly the same segments"
    more, less = ("scaler", "algorithm") if scalers < algorithms else ("algorithm", "scaler")
    return f"The choice of {more} changes the segments more than the choice of {less}"


_SAME = 0.9


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
