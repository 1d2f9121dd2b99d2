"""What callbacks may use of the outside world: reading, writing, queueing, the caller."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from sqlalchemy import Connection

from core.readmodels import JobId
from dash_app.cache import RunCache


@dataclass(frozen=True, slots=True)
class Services:
    """Handed to every tab's `register`; made once by the composition root (`wsgi.py`).

    ``read()`` opens a read-only connection, ``write()`` a short write transaction on the data,
    ``jobs()`` a transaction on the job board; ``enqueue(job_id)`` wakes the queue. Groups of fewer
    than ``smallest_group`` customers are never shown; a job has failed whose worker was silent for
    ``heartbeat_timeout`` seconds.
    """

    read: Callable[[], AbstractContextManager[Connection]]
    write: Callable[[], AbstractContextManager[Connection]]
    jobs: Callable[[], AbstractContextManager[Connection]]
    enqueue: Callable[[JobId], None]
    cache: RunCache
    pages: RunCache = field(default_factory=lambda: RunCache(size=64))  # as JSON, some 0.5 MB each
    smallest_group: int = 10
    heartbeat_timeout: float = 120
