"""A chosen file before it is scored: whether its columns will do, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from core.errors import ClienteleError
from core.scoring import scorer
from core.scoring_layout import Layout, file_name, layout_of, one_file_spec
from core.sources.spec import SourceSpec
from dash_app.components.chips import Tone
from dash_app.components.empty import notice
from dash_app.context import View
from dash_app.services import Services
from dash_app.tabs.score.file_card import LARGEST_FILE
from dash_app.tabs.score.reading import read_form
from dash_app.uploads import received

_MOST_NAMED = 12
_LONGEST_NAME = 40  # characters of a column's name


@dataclass(frozen=True, slots=True)
class Wanted:
    """The columns that a lens looks at, and the bank's own layout where that will do as well."""

    labels: Mapping[str, str]  # by name, in order
    spec: SourceSpec | None


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that has the columns it needs."""

    name: str
    content: bytes
    layout: Layout


def read_wanted(services: Services, view: View) -> Wanted:
    """Return what a file must have for the lens in view; the same for everyone, so it is kept."""

    def read() -> Wanted:
        form = read_form(services, view, view.lens)
        known = {feature.name: feature.label for feature in form.features}
        inputs = scorer(form.model).inputs
        spec = one_file_spec(view.run.dataset.name, form.features)
        return Wanted({name: known.get(name, name) for name in inputs}, spec)

    return services.cache.get(("score-wanted", view.lens.segmentation_id), read)


def checked_file(wanted: Wanted, content: object, name: object) -> SentFile:
    """Return a file whose columns will do; `ClienteleError` says what is wrong with it."""
    found = received(content, name, LARGEST_FILE)
    told = file_name(str(name))
    return SentFile(told, found, layout_of(told, found, tuple(wanted.labels), wanted.spec))


def check_page(
    wanted: Wanted, lens_label: str, content: object, name: object
) -> tuple[Component, bool]:
    """Return what is known of the chosen file, and whether it cannot be scored."""
    if content is None:
        return html.P(needed_sentence(wanted, lens_label), className="text-muted"), True
    try:
        sent = checked_file(wanted, content, name)
    except ClienteleError as refusal:
        return notice(str(refusal), Tone.CARE), True
    parts = [notice(fits_sentence(sent, wanted, lens_label), Tone.GOOD)]
    if sent.layout.passed_over:
        words = passed_over_sentence(sent.layout.passed_over)
        parts.append(html.P(words, className="text-muted"))
    return html.Div(parts), False


def needed_sentence(wanted: Wanted, lens_label: str) -> str:
    """Return which columns a file must have.

    >>> needed_sentence(Wanted({"age_years": "Age", "income": "Income"}, None), "Demographic")
    'Columns for “Demographic”: age_years (Age), income (Income); customer_id names the rows.'
    """
    columns = ", ".join(f"{name} ({label})" for name, label in wanted.labels.items())
    own = ""
    if wanted.spec is not None:
        own = f" The bank's own file of {wanted.spec.customers.replace('_', ' ')} will do as well."
    return f"Columns for “{lens_label}”: {columns}; customer_id names the rows.{own}"


def fits_sentence(sent: SentFile, wanted: Wanted, lens_label: str) -> str:
    """Return that the columns will do, and as what they are read."""
    if sent.layout.is_the_banks and wanted.spec is not None:
        what = wanted.spec.customers.replace("_", " ")
        return (
            f"{sent.name} is laid out as the bank's own {what} and will be read as they were: "
            f"its columns hold all that “{lens_label}” looks at."
        )
    return f"{sent.name} has all {len(wanted.labels)} columns that “{lens_label}” looks at."


def passed_over_sentence(columns: Sequence[str]) -> str:
    """Return which columns are not looked at, the first ones by name.

    >>> passed_over_sentence(["town", "x" * 50])
    'Not looked at: town, xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx….'
    """
    named = [n if len(n) <= _LONGEST_NAME else f"{n[:_LONGEST_NAME]}…" for n in columns]
    more = len(named) - _MOST_NAMED
    rest = f" and {more:,} more" if more > 0 else ""
    return f"Not looked at: {', '.join(named[:_MOST_NAMED])}{rest}."
