"""Pages kept as JSON: made once per key, written into an answer as they stand."""

import json

from dash import html
from dash._utils import to_json

from dash_app.cache import RunCache
from dash_app.pages import kept


def test_a_kept_page_is_written_into_an_answer_as_if_it_had_just_been_built() -> None:
    page = html.Div([html.P("Savings < debt"), html.P(float("nan"))], id="page")

    fragment = kept(RunCache(), "key", lambda: page)

    assert json.loads(to_json({"children": fragment})) == json.loads(to_json({"children": page}))


def test_a_page_is_built_once_for_all_who_ask_for_the_same() -> None:
    pages, built = RunCache(), []

    def build() -> html.Div:
        built.append("page")
        return html.Div("page")

    assert kept(pages, "key", build) is kept(pages, "key", build)
    kept(pages, "another theme", build)

    assert built == ["page", "page"]
