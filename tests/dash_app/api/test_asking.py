"""What the API answers: segments, customers in the order asked, and mistakes in sentences."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from core.readmodels import RunId
from core.scoring_schema import model_version
from dash_app.gate import LARGEST_BODY
from dash_app.services import Services
from db.store import SqlRunStore
from tests.builders import model, run_result
from tests.dash_app.api.conftest import V1, Ask
from tests.dash_app.fakes import LOCAL, make_app, publish_a_run

SCORE = "/datasets/bank/score"
ROW = {"age_years": 30, "marital_status": "single", "recency_days": 3}


def words(ask: Ask, path: str, body: object = None, *, status: int = 400) -> str:
    answer = ask(path, body, status=status)
    assert set(answer) == {"error", "request"}
    return str(answer["error"])


def pseudonym(writer: Engine, customer_id: str) -> str:
    query = text("SELECT pseudonym FROM customers WHERE customer_id = :id")
    with writer.connect() as connection:
        return str(connection.execute(query, {"id": customer_id}).scalar_one())


def test_data_sets_are_listed_with_what_is_published(ask: Ask) -> None:
    (found,) = ask("/datasets")["datasets"]
    lenses = found.pop("lenses")
    assert found == {
        "dataset": "bank",
        "title": "A bank",
        "currency": "USD",
        "run": 1,
        "as_of": "1995-12-31",
        "customers": 6,
    }
    assert [lens["lens"] for lens in lenses] == ["demographic", "behavioural"]


def test_of_a_small_segment_only_the_key_is_told(ask: Ask) -> None:
    settled, _, idle = ask("/datasets/bank/segments")["lenses"][1]["segments"]
    assert settled == {
        "segment_key": "behavioural-older",
        "name": "Settled",
        "sentence": "Older · married",
        "size": 3,
        "share": 0.5,
        "by_rule": False,
        "suppressed": False,
    }
    assert idle == {
        **dict.fromkeys(idle),
        "segment_key": "behavioural-inactive",
        "suppressed": True,
    }


def test_ids_are_answered_in_the_order_asked_each_by_its_own(ask: Ask, writer: Engine) -> None:
    alias = pseudonym(writer, "c-01").lower()
    asked = ["nobody", "c-99", "c-06", alias, "c-01"]
    answers = ask(SCORE, {"ids": asked})["answers"]
    assert [(one["index"], one["id"]) for one in answers] == list(enumerate(asked))
    assert [(one["answer"], one["reason"], one["segment_key"]) for one in answers] == [
        ("unknown", "", None),
        ("left out", "inactive", None),
        ("scored", "", "behavioural-inactive"),
        ("scored", "", "behavioural-young"),
        ("scored", "", "behavioural-young"),
    ]
    assert {one["model_version"] for one in answers} == {model_version(model("behavioural"))}


def test_a_row_gets_the_same_answer_alone_and_among_others(ask: Ask) -> None:
    rows = [
        {**ROW, "age_years": age, "marital_status": status, "customer_id": f"{age}"}
        for age in (30, None, 70, 200)
        for status in ("single", "divorced", None)
    ]
    together = ask(SCORE, {"rows": rows})["answers"]
    assert [one["id"] for one in together] == [row["customer_id"] for row in rows]
    for at, row in enumerate(rows):
        (alone,) = ask(SCORE, {"rows": [row]})["answers"]
        assert alone == {**together[at], "index": 0}
    assert together[-1]["warnings"] == [
        "age_years: out of range",
        "marital_status: missing",
        "unlike any known customer",
    ]


def test_a_customer_by_id_and_by_values_is_the_same(ask: Ask) -> None:
    row = {"age_years": 23, "marital_status": "single", "recency_days": 1.0}  # c-01
    (by_id,) = ask(SCORE, {"ids": ["c-01"]})["answers"]
    (by_values,) = ask(SCORE, {"rows": [{**row, "customer_id": "c-01"}]})["answers"]
    assert by_id == by_values


def test_names_that_are_no_input_are_told(ask: Ask) -> None:
    assert ask(SCORE, {"rows": [{**ROW, "shoes": 44, "hats": 1}]})["not_looked_at"] == [
        "hats",
        "shoes",
    ]


def test_ranges_come_when_asked_for_and_never_of_small_segments(ask: Ask) -> None:
    assert ask(SCORE, {"rows": [ROW]})["ranges"] is None
    found = ask(SCORE, {"rows": [ROW], "lens": "demographic", "ranges": True})["ranges"]
    assert {one["segment_key"] for one in found} == {"demographic-older", "demographic-young"}
    assert found[0] == {
        "segment_key": "demographic-older",
        "feature": "age_years",
        "minimum": 0.0,
        "maximum": 2.0,
    }


def test_what_is_published_next_answers_at_once_and_by_its_new_names(
    ask: Ask, writer: Engine
) -> None:
    before = ask(SCORE, {"ids": ["c-01"]})["answers"][0]
    with writer.begin() as connection:
        connection.execute(
            text(
                "UPDATE segment_identities SET name = 'Beginners', is_named = TRUE WHERE key = :k"
            ),
            {"k": "behavioural-young"},
        )
    renamed = ask(SCORE, {"ids": ["c-01"]})["answers"][0]
    assert renamed == {**before, "predict_cluster": "Beginners"}
    runs = SqlRunStore(writer, user="tests")
    run_id = runs.start_run(1, {}, 1, {})  # type: ignore[arg-type]
    runs.finish_run(run_id, run_result(key_suffix="-new"))
    runs.publish(run_id)
    assert ask(SCORE, {"ids": ["c-01"]})["answers"][0]["segment_key"] == "behavioural-young-new"
    assert ask("/datasets/bank/segments")["run"] == run_id


def test_members_are_paged_by_pseudonym_without_the_banks_numbers(ask: Ask, writer: Engine) -> None:
    path = "/datasets/bank/segments/behavioural-older/members"
    names = sorted(pseudonym(writer, one) for one in ("c-03", "c-04", "c-05"))
    first = ask(f"{path}?limit=2")
    assert [one["pseudonym"] for one in first["members"]] == names[:2]
    second = ask(f"{path}?limit=2&after={first['next_after']}")
    assert [one["pseudonym"] for one in second["members"]] == names[2:]
    assert second["next_after"] is None
    assert "c-0" not in json.dumps([first, second])
    assert first["members"][0]["runner_up"] == "Starters"


def test_members_of_a_small_segment_are_not_listed(client: FlaskClient, published: RunId) -> None:
    path = f"{V1}/datasets/bank/segments/behavioural-inactive/members"
    answer = client.get(path, base_url=LOCAL)
    assert answer.status_code == 403
    assert answer.get_json()["error"].startswith("The segment has fewer than 2 customers")


@pytest.mark.parametrize("path", ["/api/", "/api//v1/datasets", "/api/v2/datasets"])
def test_below_the_api_nothing_but_the_api_answers(
    client: FlaskClient, published: RunId, path: str
) -> None:
    answer = client.get(path, base_url=LOCAL)
    assert (answer.status_code, answer.mimetype) == (404, "application/json")


NESTED = json.dumps([[]]).replace("[]", "[" * 1_000 + "]" * 1_000)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ('{"rows": [{"age_years": %s, "marital_status": null, "recency_days": null}]}', "a list;"),
        ('{"rows": [{"customer_id": %s}]}', "customer_id is a list; give text"),
        ('{"ids": ["a"], "as_of": %s}', "give a day as YYYY-MM-DD."),
    ],
)
def test_what_is_deeply_nested_is_a_mistake_like_any_other(
    client: FlaskClient, published: RunId, body: str, sentence: str
) -> None:
    raw = body % NESTED
    headers = {"Content-Type": "application/json"}
    answer = client.post(f"{V1}{SCORE}", data=raw, headers=headers, base_url=LOCAL)
    assert (answer.status_code, sentence in answer.get_json()["error"]) == (400, True)


def test_of_a_flood_of_unknown_fields_twenty_are_told(ask: Ask) -> None:
    told = words(ask, SCORE, {"ids": ["a"], **{f"x{at}": 1 for at in range(5_000)}})
    assert told.count("is not known here") == 20


def test_the_schema_names_inputs_and_the_fields_of_an_answer(ask: Ask) -> None:
    schema = ask("/datasets/bank/schema")
    assert [one["name"] for one in schema["input"]] == list(ROW)
    assert [one["type"] for one in schema["input"]] == ["float", "string", "float"]
    (answer,) = ask(SCORE, {"rows": [ROW]})["answers"]
    assert [one["name"] for one in schema["output"]] == list(answer)
    assert schema["version"] == answer["model_version"]
    assert {schema["inputContentType"], schema["outputContentType"]} == {"application/json"}


def _row(**values: object) -> dict[str, object]:
    return {"rows": [ROW, {**ROW, **values}]}


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ([], "the request is a list of 0; give an object."),
        ({}, "Give ids or rows, one of the two."),
        ({"ids": ["a"], "rows": [ROW]}, "Give ids or rows, one of the two."),
        ({"ids": []}, "ids is a list of 0; give at least 1."),
        ({"ids": ["a"] * 1001}, "ids is a list of 1,001; give at most 1000."),
        ({"rows": [{}] * 1001}, "rows is a list of 1,001; give at most 1000."),
        ({"ids": [7]}, "ids[0] is 7; give text."),
        ({"ids": ["a\0b"]}, "ids[0] is 'a\\x00b'; give text like "),
        ({"ids": ["a" * 201]}, "give at most 200 characters."),
        ({"ids": "c-01"}, "ids is 'c-01'; give a list."),
        ({"ids": ["a"], "ranges": 1}, "ranges is 1; give true or false."),
        ({"ids": ["a"], "as_of": "31.12.1995"}, "as_of is '31.12.1995'; give a day as YYYY-MM-DD."),
        ({"ids": ["a"], "as_of": 20240101}, "as_of is 20240101; give a day as YYYY-MM-DD."),
        ({"ids": ["a"], "as_of": "2024-W01-1"}, "give a day as YYYY-MM-DD."),
        ({"ids": ["a"], "as_of": 5}, "as_of is 5; give a day as YYYY-MM-DD."),
        ({"ids": ["a"], "as_of": "2001-01-01"}, "bank has no snapshot as of 2001-01-01. There are"),
        ({"rows": [ROW], "as_of": "1995-12-31"}, "as_of goes with ids; rows are scored as they"),
        ({"ids": ["a"], "sort": "up"}, "sort is not known here; there is: lens, ids, as_of, rows"),
        ({"rows": [5]}, "rows[0] is 5; give an object."),
        (_row(age_years="30"), "rows[1].age_years is '30'; give a finite number, or null"),
        (_row(age_years=1e301), "rows[1].age_years is 1e+301; give a finite number"),
        (_row(age_years=[1]), "rows[1].age_years is a list; give a finite number"),
        (_row(marital_status=2), "rows[1].marital_status is 2; give text, or null"),
        (_row(customer_id=2), "rows[1].customer_id is 2; give text, or leave it out."),
        ({"rows": [{"age_years": 3}]}, "rows[0] lacks marital_status, recency_days; give every"),
    ],
)
def test_a_mistake_is_told_by_field_with_what_is_allowed(
    client: FlaskClient, body: object, sentence: str
) -> None:
    answer = client.post(f"{V1}{SCORE}", json=body, base_url=LOCAL)
    assert answer.status_code == 400
    assert sentence in answer.get_json()["error"]
    assert answer.get_json()["request"] == answer.headers["X-Request-Id"]


def test_twenty_mistakes_are_told_and_the_others_counted(ask: Ask) -> None:
    told = words(ask, SCORE, {"rows": [{**ROW, "age_years": "x"}] * 25})
    assert told.count("give a finite number") == 20
    assert told.endswith("And 5 more.")


@pytest.mark.parametrize(
    ("raw", "content_type", "status", "sentence"),
    [
        (b"{", "application/json", 400, "The body is no JSON in UTF-8"),
        (b'{"ids": ["\xff"]}', "application/json", 400, "The body is no JSON in UTF-8"),
        (b'{"ids": ["\\ud800"]}', "application/json", 400, "The body is no JSON in UTF-8"),
        (b'{"rows": [{"age_years": NaN}]}', "application/json", 400, "The body is no JSON"),
        (b"[" * 100_000, "application/json", 400, "The body is no JSON in UTF-8"),
        (b"ids=7", "application/x-www-form-urlencoded", 415, "send JSON with the header"),
        (b"{}", "", 415, "The body is sent as 'nothing that is named'; send JSON"),
        (b" " * (LARGEST_BODY + 1), "application/json", 413, "Too Large"),
        (b"{}", "text/plain", 415, "The body is sent as 'text/plain'; send JSON"),
    ],
)
def test_what_is_no_json_is_refused(
    client: FlaskClient, raw: bytes, content_type: str, status: int, sentence: str
) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    answer = client.post(f"{V1}{SCORE}", data=raw, headers=headers, base_url=LOCAL)
    assert (answer.status_code, sentence in answer.get_json()["error"]) == (status, True)


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/datasets/nope/segments", 404, "Unknown data set 'nope'. Choose one of: bank."),
        ("/datasets/a%00b/segments", 404, "Choose one of: bank."),
        ("/datasets/bank/schema?lens=rfm", 404, "Unknown lens 'rfm'. Choose one of: behavioural,"),
        ("/datasets/bank/schema?lens=a&lens=b", 400, "'lens' is given 2 times; give it once."),
        ("/datasets/bank/schema?d=1", 400, "d is not known here; there is: lens."),
        ("/datasets?x=1", 400, "x is not known here; there is: nothing."),
        ("/datasets/bank/segments/none/members", 404, "Unknown segment 'none'. Choose one of:"),
        (
            "/datasets/bank/segments/behavioural-older/members?limit=0&after=x",
            400,
            "limit is '0'; give at least 1. after is 'x'; give text like ^C-",
        ),
        (
            "/datasets/bank/segments/behavioural-older/members?limit=many",
            400,
            "limit is 'many'; give a whole number.",
        ),
        ("/nowhere", 404, "There is nothing at GET /api/v1/nowhere; /api/v1/openapi.json lists"),
    ],
)
def test_what_is_not_there_is_told_with_what_is(
    ask: Ask, path: str, status: int, sentence: str
) -> None:
    assert sentence in words(ask, path, status=status)


def test_a_key_of_two_lenses_needs_the_lens(ask: Ask, writer: Engine) -> None:
    with writer.begin() as connection:
        connection.execute(
            text("UPDATE segment_identities SET key = 'the-older' WHERE key LIKE '%-older'")
        )
    path = "/datasets/bank/segments/the-older/members"
    assert "Say lens=: demographic, behavioural." in words(ask, path)
    assert ask(f"{path}?lens=demographic")["lens"] == "demographic"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_find_nothing(client: FlaskClient, method: str) -> None:
    answer = client.open(f"{V1}{SCORE}", method=method, base_url=LOCAL)
    assert (answer.status_code, f"nothing at {method}" in answer.text) == (404, True)


def test_a_data_set_without_a_publication_says_so(services: Services, writer: Engine) -> None:
    publish_a_run(writer, publish=False)
    client = make_app(services).server.test_client()
    answer = client.get(f"{V1}/datasets/bank/segments", base_url=LOCAL)
    assert (answer.status_code, answer.get_json()["error"]) == (
        404,
        "Nothing is published of 'bank' yet.",
    )
    (found,) = client.get(f"{V1}/datasets", base_url=LOCAL).get_json()["datasets"]
    assert (found["run"], found["lenses"]) == (None, [])


def test_another_sites_page_may_not_ask_for_scores(client: FlaskClient, published: RunId) -> None:
    answer: Any = client.post(
        f"{V1}{SCORE}",
        json={"rows": [ROW]},
        base_url=LOCAL,
        headers={"Origin": "https://evil.example"},
    )
    assert answer.status_code == 403
