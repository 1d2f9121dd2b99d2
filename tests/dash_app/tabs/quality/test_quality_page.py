"""The Quality page: an answer above, evidence below, single customers for analysts only."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dash import Dash
from flask import g
from sqlalchemy import Engine

from core.quality import Quality
from core.readmodels import RunId, TrustTest, VerdictLevel
from dash_app.context import open_view
from dash_app.guard import Caller
from dash_app.roles import Role
from dash_app.services import Services
from dash_app.tabs.quality.reading import read_quality, without_small
from dash_app.tabs.quality.reasons import answer, reasons
from dash_app.tabs.quality.tab import TAB
from dash_app.tabs.quality.view import quality_page
from dash_app.tabs.registry import TABS
from dash_app.theme import LIGHT
from db.store import SqlRunStore, SqlSnapshotStore
from tests.builders import KEY, run_result, snapshot_data
from tests.dash_app.fakes import make_app
from tests.dash_app.tabs.pages import ids, page, words
from tests.quality import BY_RULE, EXAMPLES, QUALITY

VIEWS = ("", "groups", "again", "number", "drivers", "customers", "change", "fairness", "nonsense")


def publish(
    writer: Engine,
    quality: Quality | None,
    grouping: str | None = None,
    tests: tuple[TrustTest, ...] = (),
) -> RunId:
    snapshots = SqlSnapshotStore(writer, pseudonym_key=KEY)
    store = SqlRunStore(writer, user="tests")
    run_id = store.start_run(snapshots.save_snapshot(snapshot_data()), {}, 1, {})
    result = run_result("demographic", "behavioural")
    judged = tuple(
        replace(
            one,
            lens=one.lens.model_copy(update={"grouping": grouping}),
            verdict=replace(
                one.verdict,
                level=VerdictLevel.CARE if grouping else one.verdict.level,
                tests=tests or one.verdict.tests,
            ),
            quality=quality,
            exemplars=EXAMPLES if quality else (),
        )
        for one in result.segmentations
    )
    store.finish_run(run_id, replace(result, segmentations=judged))
    store.publish(run_id)
    return run_id


@pytest.fixture
def app(services: Services, writer: Engine) -> Dash:
    publish(writer, QUALITY)
    return make_app(replace(services, smallest_group=1), tabs=TABS)


def said_by(app: Dash, search: str = "") -> str:
    return " ".join(words(page(app, "quality", search)["content"]).split())


@pytest.mark.parametrize("view", VIEWS)
def test_every_question_has_an_address_and_its_own_ids(app: Dash, view: str) -> None:
    content = page(app, "quality", f"?view={view}" if view else "", theme="dark")["content"]
    found = ids(content)
    assert "quality-evidence" in found
    assert len(found) == len(set(found))


def test_the_page_begins_with_an_answer_and_three_reasons(app: Dash) -> None:
    said = said_by(app)
    assert said.index("Yes. All tests passed.") < said.index("What you may do with them")
    assert said.index("What you may do with them") < said.index("The evidence")
    assert "tests passed" in said


@pytest.mark.parametrize(
    ("view", "charts"),
    [
        ("groups", ["quality-silhouettes", "quality-dendrogram"]),
        ("again", ["quality-stability"]),
        ("number", ["quality-k-scores", "quality-clustergram"]),
        ("drivers", ["quality-influence"]),
    ],
)
def test_each_question_is_answered_by_charts(app: Dash, view: str, charts: list[str]) -> None:
    found = ids(page(app, "quality", f"?view={view}")["content"])
    assert [f"{chart}-graph" for chart in charts] == [f for f in found if f.endswith("-graph")]


def test_what_tells_segments_and_what_weighs_are_two_questions(
    services: Services, writer: Engine
) -> None:
    figure = "Age alone tells the segment of 93% of customers, the others do not"
    alone = TrustTest("More than one feature", False, figure, "Under 90%", "Bands.", "Leave it.")
    publish(writer, QUALITY, tests=(alone,))
    said = said_by(make_app(services, tabs=TABS), "?view=drivers")
    assert f"Is one enough to know the segment? {figure}." in said
    first = QUALITY.influences[0]
    assert "Which weighs most in the segments as they are? Age: " in said
    assert f"{first.changed:.0%} of customers would change segment if its values alone" in said


def test_the_rules_come_with_precision_and_recall(app: Dash) -> None:
    said = said_by(app, "?view=drivers")
    assert "Precision" in said
    assert "Short rules put" in said


def test_an_analyst_sees_customers_beside_the_median_of_the_segment_in_the_url(app: Dash) -> None:
    said = said_by(app, "?view=customers&lens=demographic&s=demographic-older")
    assert "Whom to look at in Settled" in said
    assert "Segment’s median" in said
    assert "Middle C-" in said
    assert "47 years" in said


def test_a_viewer_sees_no_single_customer(services: Services, writer: Engine) -> None:
    publish(writer, QUALITY)
    services = replace(services, smallest_group=1)
    with make_app(services, tabs=TABS).server.test_request_context():
        g.caller = Caller("tests", Role.VIEWER)
        view = open_view(services, "/quality", "?view=customers&lens=demographic")
        found = read_quality(services, view)
        drawn = str(quality_page(found, LIGHT, {}))
        assert TAB.export is not None
        sheets = TAB.export(services, view)
    assert found.exemplars is None
    assert "Single customers are shown to analysts" in drawn
    assert "C-" not in drawn
    assert [sheet.name for sheet in sheets] == [
        "Tests",
        "Silhouettes",
        "Stability",
        "Numbers tried",
        "Influence",
        "Rules",
    ]
    assert all(sheet.table.columns for sheet in sheets[:2])


def test_groups_by_rule_are_no_finding_and_nothing_is_asked_of_them_about_clusters(
    services: Services, writer: Engine
) -> None:
    publish(writer, BY_RULE, grouping="rfm")
    app = make_app(replace(services, smallest_group=1), tabs=TABS)
    said = said_by(app)
    assert said.startswith("It is a rule, not a finding.")
    assert "Not tested: whether customers form groups by themselves." in said
    assert "As measured when the rule's borders were drawn" in said
    assert "Found again?" in said
    for of_clusters in ("Groups or chance?", "Why this many?"):
        assert of_clusters not in said
    assert said_by(app, "?view=groups") == said


@pytest.mark.parametrize("kept", [None, BY_RULE], ids=["an older run", "groups by rule"])
@pytest.mark.parametrize("view", ["groups", "again", "number", "drivers", "customers"])
def test_what_was_not_kept_says_so(
    services: Services, writer: Engine, kept: Quality | None, view: str
) -> None:
    publish(writer, kept)
    app = make_app(replace(services, smallest_group=1), tabs=TABS)
    said = said_by(app, f"?view={view}")
    expected = {
        None: {
            "groups": "No silhouettes",
            "again": "No draws of customers",
            "number": "No other number was tried",
            "drivers": "Influence was not measured",
            "customers": "Nobody to look at",
        },
        BY_RULE: {"groups": "No tree", "number": "No other number was tried"},
    }
    assert expected[kept].get(view, "The evidence") in said


def test_groups_under_the_minimum_are_no_part_of_any_figure() -> None:
    found = without_small(QUALITY, [0], 100, 25)
    assert [one.segment for one in found.segments] == [0]
    assert found.dendrogram is not None
    assert [leaf.share for leaf in found.dendrogram.leaves] == [0.5, 0.0, 0.3]
    assert found.clustergram == QUALITY.clustergram
    smaller = without_small(QUALITY, [0, 1], 100, 51).clustergram
    assert smaller is not None
    assert (smaller.groups, smaller.flows) == ((), ())


def test_what_speaks_against_comes_first_and_repeatability_last() -> None:
    def test(name: str, passed: bool) -> TrustTest:
        return TrustTest(name, passed, "", "", f"{name}, plainly.", "" if passed else "Act.")

    found = reasons(
        [
            test("Repeatable", True),
            test("Clear borders", False),
            test("Found again", True),
            test("More than one smooth cloud", True),
        ]
    )
    assert [(one.speaks_for, one.sentence, one.remedy) for one in found] == [
        (False, "Clear borders, plainly.", "Act."),
        (True, "Customers form groups: they are more than one smooth crowd cut into pieces.", ""),
        (True, "Other draws of customers give the same segments.", ""),
    ]


def test_every_verdict_has_an_answer() -> None:
    assert len({answer(level) for level in VerdictLevel}) == len(VerdictLevel)
