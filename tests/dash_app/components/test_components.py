"""Component builders: whole components compared."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from dash import dcc, html
from dash._utils import to_json
from dash.development.base_component import Component

from core.features.base import Kind
from core.readmodels import FeatureInfo, RunStatus, SegmentSummary, Stability, VerdictLevel
from dash_app.components.cards import (
    card,
    cell,
    grid,
    headline_list,
    kpi_card,
    lead_sentence,
    page_header,
)
from dash_app.components.charts import chart_slot, chart_with_table, graph_id, part_id
from dash_app.components.chips import (
    Tone,
    chip,
    icon,
    stability_chip,
    status_chip,
    verdict_chip,
)
from dash_app.components.empty import empty_state, notice
from dash_app.components.forms import action_link, button, field
from dash_app.components.grids import data_grid
from dash_app.components.links import Choice, link, segmented_control
from dash_app.components.menus import menu
from dash_app.components.segments import colour_class, segment_badge, segment_card
from dash_app.components.skeletons import kpi_skeleton, skeleton, slot
from dash_app.components.tables import Column, data_table, rows_table
from dash_app.components.words import (
    emphasised,
    feature_label,
    led_by_label,
    naming_labels,
    only_read_aloud,
    word,
)
from dash_app.figures.base import Chart, TableColumn, table
from tests.dash_app.figures.samples import world
from tests.dash_app.labels import labels_of

HIDDEN = {"aria-hidden": "true"}
SEGMENT = SegmentSummary(
    number=0,
    key="s-1",
    name="Card-led everyday",
    sentence="High card spend · carries debt",
    colour=9,
    is_rule=False,
    size=1394,
    share=0.527,
    value_total=None,
    value_share=None,
    value_median=None,
    jaccard=0.934,
    stability=Stability.HIGHLY_STABLE,
    rule="",
    rule_precision=None,
    rule_recall=None,
)
CHART = Chart(
    figure={"data": [], "layout": {}},
    title="Savers & co. save",
    subtitle="Median per segment",
    summary="Savers save $5.",
    table=table(
        [TableColumn("Segment"), TableColumn("Saved", Kind.MONEY), TableColumn("Gap", Kind.DAYS)],
        [("Savers", 1234.5, 1), ("Others", None, 2)],
    ),
    height=300,
)


def same(found: Any, wanted: Any) -> None:
    """Compare components by what they send to the browser."""
    assert _plain(found) == _plain(wanted)


def _plain(value: Any) -> Any:
    if isinstance(value, Component):
        sent = value.to_plotly_json()
        return {**sent, "props": {k: _plain(v) for k, v in sent["props"].items()}}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def texts(value: Any) -> list[str]:
    """Return the text nodes below a component, in order."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, (list, tuple)):
        return [text for item in value for text in texts(item)]
    return texts(value.children) if getattr(value, "children", None) is not None else []


def test_a_link_is_followed_inside_the_app() -> None:
    same(
        link("Open", "/map?d=bank", "tab", title="x"),
        html.A("Open", href="/map?d=bank", className="tab", title="x", **{"data-nav": "inside"}),
    )


def test_a_segmented_control_marks_the_current_choice() -> None:
    same(
        segmented_control([Choice("A", "/a", True), Choice("B", "/b")], "Lens"),
        html.Nav(
            [
                link("A", "/a", "segmented-choice", **{"aria-current": "true"}),
                link("B", "/b", "segmented-choice"),
            ],
            className="segmented",
            **{"aria-label": "Lens"},
        ),
    )


def test_stars_make_words_bold_and_nothing_else_is_markup() -> None:
    same(
        emphasised("**About 1 in 2** pays <b>by card</b> *often*."),
        [html.Strong("About 1 in 2"), " pays <b>by card</b> *often*."],
    )
    assert emphasised("plain") == ["plain"]
    assert emphasised("") == []


def test_a_label_brings_what_its_meaning_is_known_by() -> None:
    same(feature_label("Age", "age_years"), html.Span("Age", **{"data-word": "feature:age_years"}))
    same(word("Found again", "Stability"), html.Span("Found again", **{"data-word": "stability"}))


LABELS = {"Balance": "balance", "Balance of cards": "card_balance", "Gender": "gender"}


@pytest.mark.parametrize(
    ("head", "parts"),
    [
        ("Balance", [feature_label("Balance", "balance")]),
        ("Balance, median", [feature_label("Balance", "balance"), ", median"]),
        ("Balance of cards (days)", [feature_label("Balance of cards", "card_balance"), " (days)"]),
        ("Share of balance", ["Share of ", feature_label("balance", "balance")]),
        ("Gender: Female", [feature_label("Gender", "gender"), ": Female"]),
        ("High balance", "High balance"),
        ("Balanced", "Balanced"),
    ],
)
def test_the_head_of_a_row_or_column_is_marked_where_it_is_a_label(
    head: str, parts: object
) -> None:
    same(led_by_label(head, LABELS), parts)


def test_a_sentence_marks_each_label_once_and_the_longest_first() -> None:
    same(
        naming_labels("Median balance of cards against balance; balance is rebalanced", LABELS),
        [
            "Median ",
            feature_label("balance of cards", "card_balance"),
            " against ",
            feature_label("balance", "balance"),
            "; ",
            "balance",
            " is rebalanced",
        ],
    )
    assert naming_labels("Nothing of them", {}) == "Nothing of them"


def test_a_chip_says_its_state_in_words_and_a_sign() -> None:
    same(
        chip("Strong", Tone.GOOD, icon_name="check-lg"),
        html.Span([icon("check-lg"), html.Span("Strong")], className="chip chip-good"),
    )
    same(chip("Plain"), html.Span([html.Span("Plain")], className="chip"))
    same(icon("sun"), html.I(className="bi bi-sun", **HIDDEN))


@pytest.mark.parametrize("status", RunStatus)
def test_every_status_has_a_chip(status: RunStatus) -> None:
    assert texts(status_chip(status)) == [status.value.capitalize()]


@pytest.mark.parametrize("level", VerdictLevel)
def test_every_verdict_has_a_chip_that_says_of_what(level: VerdictLevel) -> None:
    found = verdict_chip(level, "Behavioural")
    assert texts(found) == [level.value]
    assert found.to_plotly_json()["props"]["data-about"] == "Verdict on the Behavioural segments"


def test_the_colour_of_a_verdict_follows_its_level() -> None:
    assert {level: verdict_chip(level).className for level in VerdictLevel} == {
        VerdictLevel.STRONG: "chip chip-good",
        VerdictLevel.CARE: "chip chip-good",
        VerdictLevel.WEAK: "chip chip-care",
        VerdictLevel.REFUSE: "chip chip-bad",
    }


@pytest.mark.parametrize("stability", Stability)
def test_every_stability_has_a_chip(stability: Stability) -> None:
    assert texts(stability_chip(stability, 0.934)) == [f"{stability.value} 0.93"]
    assert texts(stability_chip(stability, 1.0)) == [f"{stability.value} 1.00"]
    assert texts(stability_chip(stability, None)) == [stability.value]


def test_a_page_header_has_title_and_controls() -> None:
    same(
        page_header("Title", html.Div(id="x")),
        html.Div(
            [html.H1("Title"), html.Div([html.Div(id="x")], className="page-controls")],
            className="page-header",
        ),
    )


def test_cells_span_columns_of_the_grid() -> None:
    same(
        grid(cell("a", 7), cell("b", 5, id="b")),
        html.Div(
            [
                html.Div("a", className="cell span-7"),
                html.Div("b", className="cell span-5", id="b"),
            ],
            className="grid",
        ),
    )


def test_a_card_has_a_head_only_where_there_is_something_in_it() -> None:
    same(card("", "body"), html.Section(["body"], className="panel"))
    same(
        card("Title", "body", subtitle="Sub", tools=(html.Button("T"),), class_name="x"),
        html.Section(
            [
                html.Div(
                    [
                        html.Div(
                            [
                                html.H2("Title", className="card-title"),
                                html.P("Sub", className="card-subtitle"),
                            ],
                            className="card-heading",
                        ),
                        html.Div([html.Button("T")], className="card-tools"),
                    ],
                    className="card-head",
                ),
                "body",
            ],
            className="panel x",
        ),
    )


def test_a_key_figure_shows_its_full_number_on_hover() -> None:
    same(
        kpi_card("Balances", "$1.52 M", "median", tone=Tone.CARE, exact="$1,520,345.50"),
        html.Div(
            [
                html.Div("Balances", className="kpi-label"),
                html.Div("$1.52 M", className="kpi-value", title="$1,520,345.50"),
                html.Div("median", className="kpi-note text-care"),
            ],
            className="panel kpi",
        ),
    )


def test_a_lead_sentence_begins_with_the_answer() -> None:
    same(
        lead_sentence("Knowing **who** says little.", "Hardly."),
        html.Section(
            html.P(
                [html.Strong("Hardly."), " ", "Knowing ", html.Strong("who"), " says little."],
                className="lead-sentence",
            ),
            className="panel",
        ),
    )


def test_headlines_are_a_list() -> None:
    assert texts(headline_list("In two sentences", ["**One** is.", "Two."])) == [
        "In two sentences",
        "One",
        " is.",
        "Two.",
    ]


def test_a_segment_is_a_dot_of_its_colour_and_its_name() -> None:
    dot = html.Span(className="segment-dot", **HIDDEN)
    same(
        segment_badge("Savers", 2),
        html.Span([dot, "Savers"], className="segment-badge segment-2"),
    )
    same(
        segment_badge("Savers", 2, "/map"),
        link([dot, "Savers"], "/map", "segment-badge segment-2"),
    )
    assert colour_class(9) == "segment-1"


def test_a_segment_card_says_who_they_are() -> None:
    found = segment_card(SEGMENT, href="/passport", link_label="Passport")
    assert texts(found) == [
        "Card-led everyday",
        "Passport",
        "1,394",
        " 52.7% of customers",
        "High card spend · carries debt",
        "Highly stable 0.93",
    ]
    assert found.className == "panel segment-card segment-1"
    assert "Passport" not in texts(segment_card(SEGMENT))


def test_a_table_names_its_columns_and_rows_and_puts_numbers_right() -> None:
    found = rows_table(
        [Column("Name"), Column("Size", is_number=True)], [("A", "1")], caption="Sizes"
    )
    head, body = found.children.children[1:]
    same(
        head,
        html.Thead(
            html.Tr(
                [
                    html.Th("Name", scope="col", className=None),
                    html.Th("Size", scope="col", className="number"),
                ]
            )
        ),
    )
    same(
        body,
        html.Tbody(
            [
                html.Tr(
                    [
                        html.Th("A", scope="row", className=None),
                        html.Td("1", className="number"),
                    ]
                )
            ]
        ),
    )
    assert texts(found.children.children[0]) == ["Sizes"]


def test_a_table_that_stacks_carries_the_labels_of_its_columns_in_its_cells() -> None:
    found = rows_table([Column("Name"), Column("Why")], [("A", "1")], caption="All", stacks=True)
    *_, body = found.children.children
    assert found.children.className == "rows stacks"
    explained = Column(["Median ", feature_label("age", "age_years")], is_number=True)
    marked = rows_table([Column("Name"), explained], [("A", "41")], caption="All", stacks=True)
    assert '"data-label":"Median age"' in to_json(marked).replace(": ", ":")
    same(body.children[0].children[1], html.Td("1", className=None, **{"data-label": "Why"}))


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        rows_table([Column("Name"), Column("Size")], [("A", "1", "2")], caption="Sizes")


def test_a_table_without_rows_is_still_a_table() -> None:
    assert texts(rows_table([Column("Name")], [], caption="Nobody")) == ["Nobody", "Name"]


def test_the_numbers_of_a_chart_are_written_as_their_kind() -> None:
    assert texts(data_table(CHART.table, currency="EUR", caption="c"))[4:] == [
        "Savers",
        "€1,234",
        "1\xa0day",
        "Others",
        "no data",
        "2\xa0days",
    ]


def test_a_chart_is_drawing_summary_and_hidden_table() -> None:
    found = chart_with_table(CHART, chart_id="tab-chart", currency="EUR")
    head, plot, twin = found.children
    graph = plot.children.children[0].children
    assert isinstance(graph, dcc.Graph)
    assert (graph.id, graph.figure) == ("tab-chart-graph", CHART.figure)
    assert graph.id == graph_id("tab-chart")
    assert texts(plot) == ["Savers save $5."]
    assert (twin.hidden, twin.id) == (True, part_id("chart-twin", "tab-chart"))
    assert texts(head) == ["Savers & co. save", "Median per segment", "Table", "PNG", "SVG"]
    downloads = [getattr(tool, "data-chart-name", None) for tool in head.children[1].children]
    assert downloads == [None, "savers-co-save", "savers-co-save"]


def features(*names: str) -> tuple[FeatureInfo, ...]:
    of = world(2).feature
    return tuple(replace(of, name=name.lower(), label=name) for name in names)


def keyed(part: Any) -> list[tuple[str, str]]:
    return labels_of(json.loads(to_json(part))).keyed


def test_a_chart_of_one_feature_explains_it_where_it_says_what_is_drawn() -> None:
    chart = replace(CHART, table=replace(CHART.table, features=features("Segment")))
    head, _, twin = chart_with_table(chart, chart_id="x").children
    assert keyed(head) == [("segment", "feature:segment")]
    assert keyed(twin) == [("Segment", "feature:segment")]


def test_the_table_of_a_chart_explains_every_label_of_the_drawing() -> None:
    chart = replace(CHART, table=replace(CHART.table, features=features("Segment", "Rent", "Debt")))
    head, _, twin = chart_with_table(chart, chart_id="x").children
    assert keyed(head) == []
    assert keyed(twin) == [
        ("Segment", "feature:segment"),
        ("Debt", "feature:debt"),
        ("Rent", "feature:rent"),
    ]
    assert texts(twin)[-4:] == ["Also drawn: ", "Debt", " · ", "Rent"]


def test_an_empty_chart_says_why_and_offers_no_tools() -> None:
    found = chart_with_table(replace(CHART, is_empty=True), chart_id="tab-chart")
    assert texts(found) == ["Savers & co. save", "Savers save $5."]


def test_a_chart_may_have_tools_of_its_own() -> None:
    found = chart_with_table(CHART, chart_id="x", tools=(html.Button("Lift"),))
    assert texts(found.children[0])[2:] == ["Lift", "Table", "PNG", "SVG"]


def test_places_have_the_height_of_what_will_fill_them() -> None:
    same(
        skeleton(84),
        html.Div(className="skeleton", style={"height": "84px"}, **HIDDEN),
    )
    assert slot("tab-x", 120).id == "tab-x"
    assert chart_slot("tab-chart", 300).id == "tab-chart"
    assert len(kpi_skeleton(3).children) == 3


def test_an_empty_state_has_reason_and_command() -> None:
    same(
        empty_state("No data yet", "Load some.", command="python manage.py demo"),
        html.Section(
            [
                html.H2("No data yet", className="card-title"),
                html.P("Load some."),
                html.Pre(html.Code("python manage.py demo"), className="command", tabIndex=0),
            ],
            className="panel empty-state",
        ),
    )


def test_a_notice_is_a_sentence_with_links() -> None:
    same(
        notice("Mind this.", Tone.CARE, link("Why", "/why")),
        html.Div(
            [icon("exclamation-triangle"), html.Span("Mind this."), link("Why", "/why")],
            className="notice notice-care",
            role="note",
        ),
    )


def test_a_field_has_label_unit_hint_and_error() -> None:
    control = dcc.Input(id="x")
    same(
        field("Savings", control, field_id="x", unit="$", hint="typical 156", error="Too much."),
        html.Div(
            [
                html.Label("Savings", htmlFor="x", className="field-label"),
                html.Div([control, html.Span("$", className="field-unit")], className="field-box"),
                html.Div("typical 156", className="field-hint"),
                html.Div("Too much.", className="field-error", role="alert"),
            ],
            className="field field-invalid",
        ),
    )


def test_buttons_and_links_that_look_like_them() -> None:
    same(
        button("Score", "score-go", kind="primary"),
        html.Button("Score", id="score-go", type="button", className="button button-primary"),
    )
    same(action_link("Go", "/go"), link("Go", "/go", "button button-secondary"))


def test_a_grid_asks_for_pages_where_it_has_no_rows() -> None:
    paged = data_grid("tab-grid", [{"field": "a"}], label="Rows").children
    whole = data_grid("tab-grid", [{"field": "a"}], label="Rows", rows=[{"a": 1}]).children
    assert (paged.rowModelType, whole.rowModelType) == ("infinite", "clientSide")
    assert whole.rowData == [{"a": 1}]
    assert not paged.dangerously_allow_code


def test_a_menu_is_a_native_disclosure() -> None:
    same(
        menu("Export", html.Button("CSV"), label="Export this view", align_end=True),
        html.Details(
            [
                html.Summary(
                    "Export", className="menu-button", **{"aria-label": "Export this view"}
                ),
                html.Div([html.Button("CSV")], className="menu-list menu-list-end"),
            ],
            className="menu",
        ),
    )


def test_hidden_words_are_for_listeners() -> None:
    same(only_read_aloud("x", id="y"), html.Span("x", className="visually-hidden", id="y"))
