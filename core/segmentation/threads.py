"""One thread at a time: sums then do not depend on which thread came first."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache

from threadpoolctl import ThreadpoolController


def one_thread() -> AbstractContextManager[object]:
    """Return a block within which numerical libraries use one thread.

    Which libraries are loaded is looked up once: `threadpool_limits` does so every time, which
    takes longer than a small clustering. Call it from modules that import what they compute with.
    """
    limit: AbstractContextManager[object] = _controller().limit(limits=1)
    return limit


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()
