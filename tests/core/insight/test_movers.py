"""Moves attributed to the customer or to the model."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UsageError
from core.insight.movers import Keys, movement

segments = st.lists(st.sampled_from("xyz"), min_size=1, max_size=30)


def keys(letters: list[str] | str) -> Keys:
    return np.array(list(letters), dtype=object)


@given(segments)
def test_if_only_the_model_changes_no_customer_changed(old: list[str]) -> None:
    ids = [f"c{i}" for i in range(len(old))]
    new = keys(list(reversed(old)))
    found = movement(ids, keys(old), ids, keys(old), new)
    assert found.by_customer == 0
    assert found.by_model == found.moved == int((keys(old) != new).sum())


@given(segments)
def test_if_only_the_data_change_the_model_moved_nobody(old: list[str]) -> None:
    ids = [f"c{i}" for i in range(len(old))]
    new = keys(list(reversed(old)))
    found = movement(ids, keys(old), ids, new, new)
    assert found.by_model == 0
    assert found.by_customer == found.moved


@given(segments, st.integers(0, 1000))
def test_the_order_of_customers_never_matters(old: list[str], seed: int) -> None:
    ids = [f"c{i}" for i in range(len(old))]
    between, after = keys(sorted(old)), keys(old)
    order = np.random.default_rng(seed).permutation(len(old))
    shuffled = movement(ids, keys(old), [ids[i] for i in order], between[order], after[order])
    assert shuffled == movement(ids, keys(old), ids, between, after)


def test_flows_count_every_customer_once() -> None:
    found = movement("abc", keys("xxy"), "bcd", keys("yyx"), keys("yxx"))
    assert sum(flow.n for flow in found.flows) == found.known + found.joined + found.left == 4


def test_customers_who_joined_or_left_did_not_move() -> None:
    found = movement("a", keys("x"), "b", keys("y"), keys("y"))
    assert (found.known, found.moved, found.joined, found.left) == (0, 0, 1, 1)


def test_a_customer_stands_once() -> None:
    with pytest.raises(UsageError, match="stands twice"):
        movement("aa", keys("xx"), "a", keys("x"), keys("x"))
    with pytest.raises(UsageError, match="give every customer's segment"):
        movement("a", keys("x"), "a", keys("x"), keys(""))
