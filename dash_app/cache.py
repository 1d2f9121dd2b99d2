"""Results of runs, kept by the request that asked first: bounded, thread-safe, never stale."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar, cast

Value = TypeVar("Value")


class RunCache:
    """The last ``size`` results, by key.

    Snapshots and runs are immutable, so a value never goes stale if its key names everything that
    it depends on: what is cached, the run or segmentation id, and every parameter
    (``("radar", segmentation_id, theme.name)``). What can change without a new run (names that
    people edit, whether a run is published, jobs) does not belong here. None is not kept: what is
    missing now may exist later.
    """

    def __init__(self, size: int = 512) -> None:
        self._size = size
        self._values: OrderedDict[Hashable, Any] = OrderedDict()
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """Return what is kept under the key, else make it, once however many ask at a time."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return cast("Value", self._values[key])
            making = self._making.setdefault(key, Lock())
        with making:
            with self._lock:
                if key in self._values:
                    return cast("Value", self._values[key])
            try:
                value = make()
                if value is not None:
                    self._keep(key, value)
            finally:
                with self._lock:
                    self._making.pop(key, None)
        return value

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._values.clear()

    def __len__(self) -> int:
        """Return how many results are kept."""
        return len(self._values)

    def _keep(self, key: Hashable, value: object) -> None:
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._size:
                self._values.popitem(last=False)
