"""The cache: each result is made once, the least used is forgotten first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock

import pytest

from dash_app.cache import RunCache


def test_a_result_is_made_once_and_kept() -> None:
    made: list[str] = []

    def make() -> str:
        made.append("x")
        return "value"

    cache = RunCache()
    assert [cache.get(("a", 1), make) for _ in range(3)] == ["value"] * 3
    assert made == ["x"]


def test_what_was_not_used_for_longest_is_forgotten() -> None:
    cache = RunCache(size=2)
    cache.get("a", lambda: 1)
    cache.get("b", lambda: 2)
    cache.get("a", lambda: 0)
    cache.get("c", lambda: 3)
    assert len(cache) == 2
    assert [cache.get(key, lambda: 9) for key in ("a", "c", "b")] == [1, 3, 9]


def test_a_failure_is_not_kept() -> None:
    cache = RunCache()
    with pytest.raises(ZeroDivisionError):
        cache.get("a", lambda: 1 // 0)
    assert cache.get("a", lambda: 1) == 1


def test_nothing_is_not_kept_because_it_may_exist_later() -> None:
    cache = RunCache()
    assert cache.get("a", lambda: None) is None
    assert cache.get("a", lambda: 1) == 1


def test_many_who_ask_at_a_time_get_one_result() -> None:
    cache, made, lock, start = RunCache(), [], Lock(), Barrier(8)

    def make() -> object:
        with lock:
            made.append(1)
        return object()

    def ask(_: int) -> object:
        start.wait()
        return cache.get("a", make)

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(ask, range(8)))
    assert (len(found), len(made)) == (1, 1)


def test_clearing_forgets_everything() -> None:
    cache = RunCache()
    cache.get("a", lambda: 1)
    cache.clear()
    assert len(cache) == 0
