"""A file scored from the page: checked, sent, shown, downloaded and removed, and by whom."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient

from core.readmodels import JobId, JobStatus, RunId
from core.scoring_report import FileReport, FirstRow, Group, as_json
from core.scoring_rows import RowError
from dash_app.services import Services
from dash_app.tabs.registry import TABS
from dash_app.tabs.score.file_card import LARGEST_FILE
from db import jobs
from db.job_files import (
    ANSWERS,
    MOST_OPEN,
    REFUSED,
    REPORT,
    SENT,
    create_scoring_job,
    forget_sent,
    keep_answers,
    scoring_jobs,
    segment_part,
    sent_file,
)
from tests.dash_app.fakes import SECURE, Users, account, make_app, server_app, sign_in
from tests.dash_app.tabs.pages import words
from tests.dash_app.tabs.requests import answered, ask, request_of

GOOD = b"customer_id,age_years,marital_status,recency_days,town\nc-01,23,single,3,Lyon\n"
WHERE: dict[str, Any] = {"url.pathname": "/score", "url.search": "?lens=demographic"}
REPORTED = FileReport(
    file="new.csv",
    lens="Demographic",
    run_id=1,
    as_of=date(1995, 12, 31),
    model_version="demographic-abc",
    is_the_banks=False,
    passed_over=("town",),
    has_ids=True,
    known=1,
    groups=(
        Group("young", "Starters", 1, 1, 1, (FirstRow("c-01", 0.5, "Settled", 0.2, 99.5, ""),)),
        Group("older", "Settled", 0, 0, 0, ()),
        Group("none", "In no segment", 0, 1, 0, (FirstRow("c-07", None, "", None, None, "left"),)),
    ),
    unusual=(("age_years", "missing", 2), ("marital_status", "unknown level", 1)),
    refused=1,
    errors=(RowError(4, "age_years", "is not a finite number"),),
)


@pytest.fixture
def queued() -> list[JobId]:
    return []


@pytest.fixture
def house(services: Services, published: RunId, queued: list[JobId]) -> Services:
    """Services over a published run, with a board and a queue."""
    return replace(services, enqueue=queued.append)


@pytest.fixture
def app(house: Services) -> Dash:
    return make_app(house, tabs=TABS)


def uploaded(content: bytes, name: object = "new.csv") -> dict[str, Any]:
    text = base64.b64encode(content).decode()
    return {"score-file.contents": f"data:text/csv;base64,{text}", "score-file.filename": name}


def check(app: Dash, values: dict[str, Any]) -> tuple[str, bool]:
    """What is said of a chosen file, and whether it cannot be sent."""
    found = answered(app, "score-file-found", WHERE | values, "score-file.contents")
    said = " ".join(words(found["score-file-found"]["children"]).split())
    return said, found["score-file-go"]["disabled"]


def send(app: Dash, values: dict[str, Any]) -> dict[str, dict[str, Any]]:
    clicked = {"score-file-go.n_clicks": 1}
    return answered(app, "score-file-said", WHERE | clicked | values, "score-file-go.n_clicks")


def open_job(house: Services, by: str = "local") -> JobId:
    with house.jobs() as board:
        return create_scoring_job(
            board,
            "bank",
            run_id=RunId(1),
            lens="demographic",
            file="new.csv",
            content=GOOD,
            asked_by=by,
        )


def done_job(house: Services, by: str = "local") -> JobId:
    """A file that a worker has scored."""
    job_id = open_job(house, by)
    parts = {
        REPORT: as_json(REPORTED),
        ANSWERS: b"all\n",
        REFUSED: b"refused\n",
        segment_part("young"): b"young\n",
    }
    with house.jobs() as board:
        jobs.claim(board, job_id)
        jobs.finish(board, job_id, None)
        keep_answers(board, job_id, parts)
        forget_sent(board, job_id)
    return job_id


def in_view(job_id: int) -> dict[str, Any]:
    return WHERE | {"url.search": f"?lens=demographic&view=many&job={job_id}"}


def show(app: Dash, job_id: int) -> dict[str, dict[str, Any]]:
    return answered(app, "score-file-result", in_view(job_id), "url.search")


def result_words(app: Dash, job_id: int) -> str:
    return " ".join(words(show(app, job_id)["score-file-result"]["children"]).split())


def get(
    app: Dash, job_id: int, part: object, client: FlaskClient | None = None, **options: Any
) -> Any:
    """The answer to a click that downloads a part."""
    changed = f'{{"index":"{part}","type":"score-file-get"}}.n_clicks'
    values = in_view(job_id) | {"score-file-get.n_clicks": {part: 1}}
    return ask(app, "download", values, changed, client, **options)


def remove(app: Dash, job_id: int) -> dict[str, dict[str, Any]]:
    values = in_view(job_id) | {"score-file-remove.n_clicks": 1}
    return answered(app, "score-file-said", values, "score-file-remove.n_clicks")


def files(house: Services, by: str = "local") -> list[JobId]:
    with house.jobs() as board:
        return [one.state.job_id for one in scoring_jobs(board, "bank", by)]


# ---- before anything is scored ----


def test_without_a_file_the_columns_it_needs_are_told(app: Dash) -> None:
    said, is_disabled = check(app, {})
    assert said == (
        "Columns for “Demographic”: age_years (Age), marital_status (Marital status), "
        "recency_days (Days since the last transaction); customer_id names the rows."
    )
    assert is_disabled


def test_a_file_that_will_do_is_said_to_with_what_is_not_looked_at(app: Dash) -> None:
    assert check(app, uploaded(GOOD)) == (
        "new.csv has all 3 columns that “Demographic” looks at. Not looked at: town.",
        False,
    )


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (uploaded(b"age_years\n1\n"), "it lacks marital_status, recency_days. The columns needed"),
        (uploaded(GOOD.replace(b"town", b"AGE YEARS")), "it has age_years more than once"),
        (uploaded(b"\xff\xfe"), "is not UTF-8 text"),
        (uploaded(b""), "is empty"),
        (uploaded(GOOD, "\u202e"), "has no name that can be told"),
        (uploaded(b"x" * (LARGEST_FILE + 1)), "new.csv is larger than 5 MB."),
        ({"score-file.contents": "nonsense", "score-file.filename": "a"}, "Choose it again."),
        ({"score-file.contents": "data:,%%%", "score-file.filename": "a"}, "Choose it again."),
        ({"score-file.contents": "data:,", "score-file.filename": None}, "Choose it again."),
    ],
    ids=["lacks", "twice", "bytes", "empty", "name", "large", "no-data", "no-base64", "nameless"],
)
def test_a_file_that_will_not_do_is_refused_in_words_and_neither_kept_nor_queued(
    app: Dash, house: Services, queued: list[JobId], values: dict[str, Any], said: str
) -> None:
    told, is_disabled = check(app, values)
    assert is_disabled
    assert said in told
    answer = send(app, values)
    assert said in words(answer["score-file-said"]["children"])
    assert set(answer) == {"score-file-said"}
    assert (files(house), queued) == ([], [])


def test_a_file_is_sent_kept_queued_and_put_into_the_address(
    app: Dash, house: Services, queued: list[JobId]
) -> None:
    answer = send(app, uploaded(GOOD, "C:\\new customers.csv"))
    (job_id,) = queued
    assert answer["url"]["search"] == f"?lens=demographic&view=many&job={job_id}"
    assert answer["score-file"] == {"contents": None}
    with house.jobs() as board:
        (found,) = scoring_jobs(board, "bank", "local")
        assert sent_file(board, job_id) == GOOD
    assert (found.file, found.lens, found.run_id) == ("new customers.csv", "demographic", 1)


def test_nobody_fills_the_board_with_files(app: Dash, queued: list[JobId]) -> None:
    for _ in range(MOST_OPEN):
        send(app, uploaded(GOOD))
    refusal = words(send(app, uploaded(GOOD))["score-file-said"]["children"])
    assert refusal.startswith(f"{MOST_OPEN} of your files are not scored yet.")
    assert len(queued) == MOST_OPEN


# ---- while it waits, and what came of it ----


def test_the_address_decides_whether_one_or_many_are_scored(app: Dash) -> None:
    def hidden(search: str) -> tuple[bool, bool]:
        found = answered(app, "score-many", WHERE | {"url.search": search}, "url.search")
        return found["score-one"]["hidden"], found["score-many"]["hidden"]

    assert hidden("") == (False, True)
    assert hidden("?view=many") == hidden("?job=7") == (True, False)


def test_progress_is_shown_until_it_is_done(app: Dash, house: Services) -> None:
    job_id = open_job(house)
    assert "Waiting to start" in result_words(app, job_id)
    with house.jobs() as board:
        jobs.claim(board, job_id)
        jobs.progress(board, job_id, 0.4, "Finding the segments")
    shown = show(app, job_id)
    assert "40% · Finding the segments" in words(shown["score-file-result"]["children"])
    assert shown["score-file-tick"] == {"disabled": False}
    assert "new.csv" in words(shown["score-file-list"]["children"])


def test_what_came_of_a_file_is_told_with_counts_rows_and_reasons(
    app: Dash, house: Services
) -> None:
    job_id = done_job(house)
    shown = show(app, job_id)
    said = result_words(app, job_id)
    for sentence in (
        "1 of 3 rows have a segment",
        "By the id, 1 of the 2 customers of the file is among those of run 1 already.",
        "Age is not known in 2 rows.",
        "Marital status is one that the model was not trained on in 1 row.",
        "Not looked at: town.",
        "Unlike any known customer 1",
        "1 row was refused",
        "4 age_years is not a finite number",
        "In no segment",
    ):
        assert sentence in said
    assert "new.csv · by Demographic of run 1, data to 31 Dec 1995" in said
    assert shown["score-file-tick"] == {"disabled": True}
    assert shown["score-file-ended"]["children"] == (
        "new.csv is scored: 1 of 3 rows have a segment."
    )


def test_a_file_that_failed_says_why(app: Dash, house: Services) -> None:
    job_id = open_job(house)
    with house.jobs() as board:
        jobs.fail(board, job_id, "new.csv has a header and no row.")
    assert "new.csv has a header and no row. Nothing was scored." in result_words(app, job_id)


def test_an_address_that_leads_to_nothing_says_so(app: Dash, house: Services) -> None:
    for job_id in (999, done_job(house, by="bob")):
        assert result_words(app, job_id).startswith("There is no such file of yours")


@pytest.mark.parametrize(
    ("part", "content", "name"),
    [
        (ANSWERS, b"all\n", "bank-demographic-file-1-answers.csv"),
        (REFUSED, b"refused\n", "bank-demographic-file-1-refused.csv"),
        (segment_part("young"), b"young\n", "bank-demographic-file-1-segment-young.csv"),
    ],
)
def test_all_answers_one_segments_and_the_refusals_are_downloaded(
    app: Dash, house: Services, part: str, content: bytes, name: str
) -> None:
    found = get(app, done_job(house), part).get_json()["response"]["download"]["data"]
    assert (base64.b64decode(found["content"]), found["filename"]) == (content, name)


@pytest.mark.parametrize("part", [SENT, REPORT, "nonsense", "segment ../x", ""])
def test_nothing_else_is_downloaded(app: Dash, house: Services, part: str) -> None:
    assert get(app, done_job(house), part).status_code == 204


def test_a_removed_file_is_gone_with_its_answers(app: Dash, house: Services) -> None:
    job_id = done_job(house)
    found = remove(app, job_id)
    assert found["url"]["search"] == "?lens=demographic&view=many"
    assert "are removed" in words(found["score-file-said"]["children"])
    assert files(house) == []
    assert get(app, job_id, ANSWERS).status_code == 204
    assert "removed already" in words(remove(app, job_id)["score-file-said"]["children"])


def test_an_open_file_is_stopped_by_removing_it(app: Dash, house: Services) -> None:
    job_id = open_job(house)
    remove(app, job_id)
    with house.jobs() as board:
        assert jobs.claim(board, job_id) is None


def test_files_do_not_stand_among_the_runs(app: Dash, house: Services) -> None:
    open_job(house)
    values = {"runs-tick.n_intervals": 1, "url.pathname": "/runs", "url.search": ""}
    found = answered(app, "runs-jobs", values, "runs-tick.n_intervals")
    assert found["runs-jobs"]["children"] == []


# ---- by whom ----


def signed_in(house: Services, name: str, role: str) -> tuple[Dash, FlaskClient]:
    app = server_app(house, Users(account(name, role)), tabs=TABS)
    client = app.server.test_client()
    sign_in(client, name)
    return app, client


def test_viewers_can_neither_check_send_see_download_nor_remove(house: Services) -> None:
    app, client = signed_in(house, "ann", "viewer")
    job_id = done_job(house, by="ann")
    clicks = {"score-file-go.n_clicks": 1, "score-file-remove.n_clicks": 1}
    values = in_view(job_id) | uploaded(GOOD) | clicks
    for output, changed in (
        ("score-file-found", "score-file.contents"),
        ("score-file-said", "score-file-go.n_clicks"),
        ("score-file-result", "score-file-tick.n_intervals"),
        ("score-file-said", "score-file-remove.n_clicks"),
    ):
        answer = ask(app, output, values, changed, client, base_url=SECURE)
        assert answer.status_code == 403, changed
    assert get(app, job_id, ANSWERS, client, base_url=SECURE).status_code == 403
    assert files(house, "ann") == [job_id]


def test_an_analyst_gets_no_file_of_another(house: Services) -> None:
    app, client = signed_in(house, "ann", "analyst")
    others = done_job(house, by="bob")
    assert get(app, others, ANSWERS, client, base_url=SECURE).status_code == 204
    values = in_view(others) | {"score-file-remove.n_clicks": 1}
    ask(app, "score-file-said", values, "score-file-remove.n_clicks", client, base_url=SECURE)
    assert files(house, "bob") == [others]


@pytest.mark.parametrize("strange", [7, True, ["a"], {"a": 1}, "\0"])
def test_a_body_that_no_browser_sends_is_refused(app: Dash, strange: object) -> None:
    for name in ("score-file.contents", "score-file.filename"):
        values = WHERE | uploaded(GOOD) | {name: strange, "score-file-go.n_clicks": 1}
        answer = ask(app, "score-file-said", values, "score-file-go.n_clicks")
        assert answer.status_code == 400, name


def test_the_content_of_a_file_is_never_in_the_address(app: Dash) -> None:
    values = WHERE | uploaded(GOOD) | {"score-file-go.n_clicks": 1}
    body = request_of(app, "score-file-said", values, "score-file-go.n_clicks")
    answer = send(app, uploaded(GOOD))
    assert "c-01" not in str(answer)
    assert {"id": "score-file", "property": "filename", "value": "new.csv"} in body["state"]


def test_a_file_whose_worker_is_silent_has_failed(house: Services) -> None:
    job_id = open_job(house)
    with house.jobs() as board:
        jobs.claim(board, job_id)
    app = make_app(replace(house, heartbeat_timeout=-1), tabs=TABS)
    assert JobStatus.FAILED.value.capitalize() in result_words(app, job_id)
