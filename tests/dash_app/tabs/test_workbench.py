"""Map, Score and Runs from the database to the browser, through the guard."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import Engine

from core.pipeline.results import RunResult
from core.readmodels import JobId, JobStatus, RunId, VerdictLevel
from dash_app.services import Services
from dash_app.tabs.registry import TABS
from db import jobs
from db.engine import make_engine
from db.store import SqlRunStore
from tests.builders import kmeans_trace, run_result
from tests.dash_app.fakes import SECURE, Users, account, make_app, server_app, sign_in
from tests.dash_app.tabs.pages import ids, page, words
from tests.dash_app.tabs.requests import answered, ask

FORM = {"age_years": "47", "marital_status": "married", "recency_days": "3"}


@pytest.fixture
def board(tmp_path: Any, engine_of: Callable[..., Engine]) -> Engine:
    """A job board of its own."""
    url = f"sqlite:///{tmp_path / 'queue.db'}"
    jobs.create_job_board(make_engine(url))
    return engine_of(url)


@pytest.fixture
def queued() -> list[JobId]:
    return []


@pytest.fixture
def house(services: Services, published: RunId, board: Engine, queued: list[JobId]) -> Services:
    """Services over a published run of six customers, with a board and a queue."""
    return replace(services, smallest_group=1, jobs=board.begin, enqueue=queued.append)


@pytest.fixture
def app(house: Services) -> Dash:
    return make_app(house, tabs=TABS)


@pytest.fixture
def draft(published: RunId, writer: Engine) -> RunId:
    return another_run(writer)


def another_run(
    writer: Engine, level: VerdictLevel = VerdictLevel.STRONG, result: RunResult | None = None
) -> RunId:
    store = SqlRunStore(writer, user="tests")
    with writer.connect() as connection:
        snapshot_id = connection.exec_driver_sql("SELECT max(id) FROM snapshots").scalar_one()
    run_id = store.start_run(snapshot_id, {"lenses": "all"}, 1, {})
    store.finish_run(run_id, result or run_result("demographic", "behavioural", level=level))
    return run_id


def signed_in(house: Services, role: str) -> tuple[Dash, FlaskClient]:
    app = server_app(house, Users(account("ann", role)), tabs=TABS)
    client = app.server.test_client()
    sign_in(client, "ann")
    return app, client


# ---- map ----


def test_the_map_shows_customers_axes_and_borders(app: Dash) -> None:
    found = page(app, "map")
    said = words(found["content"])
    assert {"map-scatter-graph", "map-scree-graph", "map-selection"} <= set(ids(found["content"]))
    assert "Component 1 carries 50%." in " ".join(said.split())
    assert words(found["controls"]) == (
        "Demographic Behavioural Flat In space Pairs of inputs How k-means found this"
    )


@pytest.mark.parametrize("search", ["?view=3d", "?by=margin", "?by=demographic", "?by=nonsense"])
def test_every_way_to_look_at_the_map_has_an_address(app: Dash, search: str) -> None:
    assert "map-scatter-graph" in ids(page(app, "map", search)["content"])


def test_inputs_are_drawn_in_pairs_and_small_segments_left_out(
    app: Dash, services: Services
) -> None:
    found = page(app, "map", "?view=pairs&lens=demographic")["content"]
    assert "map-pairs-graph" in ids(found)
    assert "6 customers, each at its place among them" in " ".join(words(found).split())
    strict = page(make_app(services, tabs=TABS), "map", "?view=pairs&lens=demographic")["content"]
    assert words(strict).startswith("No pairs to draw")


def test_steps_of_k_means_are_played_where_the_run_kept_them(
    app: Dash, house: Services, writer: Engine
) -> None:
    found = page(app, "map", "?view=steps")["content"]
    assert words(found).startswith("No steps to play")

    result = run_result("demographic", "behavioural")
    kept = tuple(replace(one, trace=kmeans_trace()) for one in result.segmentations)
    run_id = another_run(writer, result=replace(result, segmentations=kept))
    found = page(app, "map", f"?view=steps&run={run_id}")["content"]
    assert {"map-steps-graph", "map-inertia-graph", "map-step"} <= set(ids(found))
    said = words(found)
    assert "Round 2: nobody changes any more. These are the segments." in said
    assert "First Back Play Next Last" in said


def test_another_views_segments_can_colour_the_map(app: Dash) -> None:
    said = words(page(app, "map", "?by=demographic")["content"])
    assert "Demographic segments on the behavioural map" in said


def test_a_map_of_small_segments_is_not_shown(services: Services, published: RunId) -> None:
    said = words(page(make_app(services, tabs=TABS), "map")["content"])
    assert said.startswith("No map of this view")


def select(app: Dash, selected: object) -> Any:
    values = {"map-scatter-graph.selectedData": selected, "url.pathname": "/map", "url.search": ""}
    return ask(app, "map-selection", values, "map-scatter-graph.selectedData")


def test_a_lasso_is_answered_with_who_is_in_it(app: Dash) -> None:
    points = [{"curveNumber": 0, "pointNumber": 0}, {"curveNumber": 1, "pointNumber": 0}]
    answer = select(app, {"points": points, "lassoPoints": {}})
    said = words(answer.get_json()["response"]["map-selection"]["children"])
    assert said.startswith("2 customers selected")


@pytest.mark.parametrize("selected", [[1], "all", {"points": [7]}])
def test_a_selection_of_another_shape_is_refused(app: Dash, selected: object) -> None:
    assert select(app, selected).status_code == 400


# ---- score ----


def show_form(app: Dash, customer: str | None = None) -> dict[str, dict[str, Any]]:
    values = {
        "url.pathname": "/score",
        "url.search": "?lens=demographic",
        "customer.data": customer,
    }
    return answered(app, "score-fields", values, "url.search")


def score(
    app: Dash, texts: dict[str, object], customer: str | None = None
) -> dict[str, dict[str, Any]]:
    values = score_values(texts, customer)
    return answered(app, "score-details", values, "score-go.n_clicks")


def score_values(texts: dict[str, object], customer: str | None = None) -> dict[str, Any]:
    return {
        "score-go.n_clicks": 1,
        "score-theme.data": "light",
        "score-field.value": texts,
        "score-field.id": {name: {"type": "score-field", "index": name} for name in texts},
        "customer.data": customer,
        "url.pathname": "/score",
        "url.search": "?lens=demographic",
    }


def load(app: Dash, text: str) -> dict[str, dict[str, Any]]:
    values = {
        "score-load.n_clicks": 1,
        "score-who.value": text,
        "url.pathname": "/score",
        "url.search": "",
    }
    return answered(app, "score-load-error", values, "score-load.n_clicks")


def shown(fields: object) -> dict[str, object]:
    """Return what stands in the generated fields, by feature."""
    return {
        control["props"]["id"]["index"]: control["props"]["value"]
        for control in _nodes(fields)
        if isinstance(control["props"].get("id"), dict) and "value" in control["props"]
    }


def _nodes(node: Any) -> list[Any]:
    if isinstance(node, list):
        return [found for part in node for found in _nodes(part)]
    if not isinstance(node, dict) or "props" not in node:
        return []
    return [node, *_nodes(node["props"].get("children"))]


def test_the_form_asks_for_the_inputs_and_is_filled_with_typical_values(app: Dash) -> None:
    form = show_form(app)
    assert list(shown(form["score-fields"]["children"])) == list(FORM)
    assert form["score-loaded"]["children"] == "Middle values of “Settled”, the largest segment."


def test_a_scored_customer_gets_a_segment_and_reasons(app: Dash) -> None:
    answer = score(app, FORM)
    result = next(part for name, part in answer.items() if name.startswith("score-result"))
    said = " ".join(words(next(iter(result.values()))).split())
    assert said.startswith("Demographic segment Starters")
    assert "Closer to Starters than to the runner-up Settled" in said
    assert "score-waterfall-graph" in ids(next(iter(result.values())))
    assert "score-map-graph" in ids(answer["score-details"]["children"])


def test_a_value_that_cannot_be_read_is_told_and_nothing_is_scored(app: Dash) -> None:
    answer = score(app, {**FORM, "age_years": "old"})
    said = json.dumps(answer, ensure_ascii=False)
    assert "Not scored yet" in said
    assert "“old” is not a number" in said


def test_texts_of_another_form_change_nothing(app: Dash) -> None:
    assert score(app, {"age_years": "47"}) == {}


def test_a_loaded_customer_fills_the_form_and_the_other_view_is_told(app: Dash) -> None:
    pseudonym = load(app, "c-03")["customer"]["data"]
    form = show_form(app, pseudonym)
    assert shown(form["score-fields"]["children"]) == {
        "age_years": "47",
        "marital_status": "married",
        "recency_days": "0",
    }
    texts: dict[str, object] = shown(form["score-fields"]["children"])
    answer = score(app, {**texts, "recency_days": "3"}, pseudonym)
    said = " ".join(words(answer["score-details"]["children"]).split())
    assert "Behavioural view Starters narrowly" in said
    assert f"Values of {pseudonym}, 1 of them changed here." in json.dumps(answer)


def test_nobody_or_several_found_is_said_and_nobody_is_loaded(app: Dash) -> None:
    assert "No customer begins with" in load(app, "zzz")["score-load-error"]["children"]
    assert "Several customers begin" in load(app, "C-")["score-load-error"]["children"]
    assert "Write a pseudonym" in load(app, " ")["score-load-error"]["children"]
    assert "customer" not in load(app, "zzz")


def test_a_customer_of_another_data_set_leaves_typical_values(app: Dash) -> None:
    assert "is not among these customers" in show_form(app, "C-NOBODY")["score-loaded"]["children"]


@pytest.mark.parametrize("value", [["x"], {"a": 1}, True])
def test_a_field_that_holds_something_else_is_refused(app: Dash, value: object) -> None:
    values = score_values({**FORM, "age_years": value})
    assert ask(app, "score-details", values, "score-go.n_clicks").status_code == 400


def test_a_viewer_is_told_that_scoring_is_for_analysts_and_cannot_score(house: Services) -> None:
    app, client = signed_in(house, "viewer")
    values = {"url.pathname": "/score", "url.search": "", "customer.data": None}
    page = ask(app, "page", values, "url.search", client, base_url=SECURE).get_data(as_text=True)
    assert "Scoring is for analysts" in page
    assert "score-" not in page
    for output, changed in (
        ("score-fields", "url.search"),
        ("score-details", "score-go.n_clicks"),
        ("score-load-error", "score-load.n_clicks"),
    ):
        refused = ask(app, output, score_values(FORM), changed, client, base_url=SECURE)
        assert refused.status_code == 403


# ---- runs ----


def runs_page(app: Dash, search: str = "") -> str:
    values = {"url.pathname": "/runs", "url.search": search, "theme.data": "light"}
    return json.dumps(answered(app, "runs-history", values, "url.search"))


def start(app: Dash, **chosen: object) -> str:
    values = {
        "runs-start.n_clicks": 1,
        "runs-lenses.value": ["demographic", "behavioural"],
        "runs-scaler.value": "as-it-says",
        "runs-algorithm.value": "as-it-says",
        "url.pathname": "/runs",
        "url.search": "",
        **{f"runs-{name.replace('_', '-')}.value": value for name, value in chosen.items()},
    }
    return json.dumps(answered(app, "runs-started", values, "runs-start.n_clicks"))


def show_jobs(app: Dash, finished: str | None = None) -> dict[str, dict[str, Any]]:
    values = {"url.pathname": "/runs", "url.search": "", "runs-finished.data": finished}
    return answered(app, "runs-jobs", values, "runs-tick.n_intervals")


def press(app: Dash, button: str, run: int, search: str) -> dict[str, dict[str, Any]]:
    values = {f"{button}.n_clicks": {run: 1}, "url.pathname": "/runs", "url.search": search}
    return answered(app, "runs-published", values, f'{{"index":{run},"type":"{button}"}}.n_clicks')


def test_the_page_of_runs_shows_history_and_the_run_in_the_url(app: Dash, draft: RunId) -> None:
    assert "Run 1 is live; 1 run is newer" in runs_page(app)
    assert "runs-publish" not in runs_page(app)
    assert "runs-publish" in runs_page(app, f"?run={draft}")
    assert "There is no such run" in runs_page(app, "?run=99")


def test_the_run_in_view_is_set_beside_another_with_what_differs(app: Dash, draft: RunId) -> None:
    said = runs_page(app)
    assert f"Run 1 beside run {draft}: " in said
    assert f"?run=1&with={draft}" in said
    assert f"Run {draft} beside run 1: " in runs_page(app, f"?run={draft}&with=1")
    assert " beside run " not in runs_page(app, "?run=99")


def test_without_data_the_page_of_runs_says_what_to_do(services: Services) -> None:
    empty = make_app(services, tabs=TABS)
    assert "manage.py demo" in runs_page(empty)
    assert "There is no data set called" in runs_page(empty, "?d=nobody")


def test_a_run_is_asked_for_shown_while_open_and_can_be_stopped(
    app: Dash, board: Engine, queued: list[JobId]
) -> None:
    assert "Job 1 is on its way" in start(app, k_min=2, k_max=3, seed=5)
    assert queued == [1]
    with board.begin() as connection:
        request = jobs.claim(connection, JobId(1))
    assert request is not None
    assert request.config["k_max"] == 3
    assert request.requested_by == "local"
    while_open = show_jobs(app)
    assert while_open["runs-tick"]["disabled"] is False
    assert "runs-cancel" in json.dumps(while_open)
    values = {"runs-cancel.n_clicks": {1: 1}}
    stop = '{"index":1,"type":"runs-cancel"}.n_clicks'
    assert "asked to stop" in json.dumps(answered(app, "runs-started", values, stop))
    with board.connect() as connection:
        state = jobs.job(connection, JobId(1))
    assert state is not None
    assert state.status is JobStatus.CANCELLING


def test_a_finished_job_leads_to_its_run_and_ends_the_looking(
    app: Dash, board: Engine, draft: RunId
) -> None:
    start(app)
    before = show_jobs(app)["runs-finished"]["data"]
    with board.begin() as connection:
        jobs.claim(connection, JobId(1))
        jobs.finish(connection, JobId(1), draft)
    after = show_jobs(app, before)
    assert after["runs-tick"]["disabled"] is True
    assert after["runs-ended"]["children"] == f"Run {draft} is done."
    assert f"run={draft}" in json.dumps(after)
    assert "runs-finished" not in show_jobs(app, after["runs-finished"]["data"])


def test_what_cannot_be_run_is_told_and_no_job_is_made(app: Dash, queued: list[JobId]) -> None:
    assert "Choose at least one view" in start(app, lenses=[])
    assert "It goes from 2 to 20" in start(app, k_min=5, k_max=3)
    assert queued == []


def test_publishing_and_rolling_back_move_the_pointer_and_the_address(
    app: Dash, draft: RunId
) -> None:
    done = press(app, "runs-publish", draft, f"?d=bank&run={draft}")
    assert f"Run {draft} is live" in json.dumps(done)
    assert '"?d=bank"' in json.dumps(done)
    assert f"Run {draft} is live, and it is the latest" in runs_page(app)
    assert "runs-roll-back" in runs_page(app)
    back = press(app, "runs-roll-back", 1, "?d=bank")
    assert '"?d=bank&run=1"' in json.dumps(back)
    assert "Run 1 is live; 1 run is newer" in runs_page(app)


def test_a_button_is_about_its_own_run_wherever_the_address_is_by_now(
    app: Dash, draft: RunId
) -> None:
    done = press(app, "runs-publish", draft, "?d=bank&run=1")
    assert f"Run {draft} is live" in json.dumps(done)
    assert f"Run {draft} is live, and it is the latest" in runs_page(app)
    stale = json.dumps(press(app, "runs-roll-back", 77, "?d=bank"))
    assert "Run 77 is no longer what was live before; run 1 is. Nothing was changed" in stale
    assert f"Run {draft} is live, and it is the latest" in runs_page(app)


def test_what_must_not_be_used_is_not_published(app: Dash, writer: Engine) -> None:
    refused = another_run(writer, VerdictLevel.REFUSE)
    assert "cannot be published" in runs_page(app, f"?run={refused}")
    answer = json.dumps(press(app, "runs-publish", refused, f"?run={refused}"))
    assert "judged 'Do not use'" in answer
    assert "Run 1 is live; 1 run is newer" in runs_page(app)


def test_a_viewer_sees_the_history_and_nothing_to_press(house: Services, draft: RunId) -> None:
    app, client = signed_in(house, "viewer")
    values = {"url.pathname": "/runs", "url.search": f"?run={draft}", "theme.data": "light"}
    seen = ask(app, "runs-history", values, "url.search", client, base_url=SECURE)
    assert "Run 1 is live" in seen.get_data(as_text=True)
    assert "runs-publish" not in seen.get_data(as_text=True)
    offered = ask(app, "runs-new", values, "url.search", client, base_url=SECURE)
    assert offered.get_json()["response"]["runs-new"]["hidden"] is True
    for output, changed in (
        ("runs-published", '{"index":1,"type":"runs-publish"}.n_clicks'),
        ("runs-published", '{"index":1,"type":"runs-roll-back"}.n_clicks'),
        ("runs-started", "runs-start.n_clicks"),
        ("runs-started", '{"index":1,"type":"runs-cancel"}.n_clicks'),
    ):
        refused = ask(app, output, values, changed, client, base_url=SECURE)
        assert refused.status_code == 403
