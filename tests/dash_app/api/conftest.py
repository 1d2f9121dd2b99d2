"""The API over a published run of six customers, asked as a program asks it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from core.readmodels import LeftOut, RunId
from dash_app.services import Services
from db.store import SqlRunStore, SqlSnapshotStore
from tests.builders import run_result, snapshot_data
from tests.dash_app.fakes import LOCAL, make_app

Ask = Callable[..., Any]
V1 = "/api/v1"


@pytest.fixture
def published(writer: Engine) -> RunId:
    """A published run; ``c-99`` takes no part."""
    snapshots = SqlSnapshotStore(writer, pseudonym_key=b"k" * 32)
    runs = SqlRunStore(writer, user="tests")
    data = replace(snapshot_data(), left_out=(LeftOut("c-99", "inactive"),))
    run_id = runs.start_run(snapshots.save_snapshot(data), {}, 1, {})
    runs.finish_run(run_id, run_result("demographic", "behavioural"))
    runs.publish(run_id)
    return run_id


@pytest.fixture
def client(services: Services, published: RunId) -> FlaskClient:
    """The app in local mode; groups of two may be shown."""
    return make_app(replace(services, smallest_group=2)).server.test_client()


@pytest.fixture
def ask(client: FlaskClient) -> Ask:
    """``ask(path)`` reads, ``ask(path, body)`` posts; the answer's JSON, its status checked."""

    def asked(path: str, body: object = None, *, status: int = 200) -> Any:
        options = {"base_url": LOCAL}
        address = V1 + path
        answer = (
            client.get(address, **options)
            if body is None
            else client.post(address, json=body, **options)
        )
        assert (answer.status_code, answer.mimetype) == (status, "application/json"), answer.text
        return answer.get_json()

    return asked
