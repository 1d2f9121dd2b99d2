"""Slowing down those who guess: after a few wrong passwords a name has to wait."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

FREE_ATTEMPTS = 5
WAIT_SECONDS = 60.0
MOST_NAMES = 10_000


class Throttle:
    """Counts wrong attempts per name in this process; with several workers, each counts its own.

    That multiplies the attempts a guesser has by the number of workers and no more; Argon2 makes
    each of them dear. A name that waits is never locked for longer than a minute after the last
    attempt that was looked at, so nobody can be kept out by others for good.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._lock = Lock()

    def allows(self, name: str) -> bool:
        """Whether an attempt under this name is looked at now."""
        with self._lock:
            count, last = self._failures.get(name, (0, 0.0))
        return count < FREE_ATTEMPTS or self._clock() - last >= WAIT_SECONDS

    def failed(self, name: str) -> None:
        """Count a wrong attempt."""
        with self._lock:
            count, _ = self._failures.pop(name, (0, 0.0))
            self._failures[name] = (count + 1, self._clock())
            while len(self._failures) > MOST_NAMES:
                self._failures.popitem(last=False)

    def succeeded(self, name: str) -> None:
        """Forget the wrong attempts of someone who got in."""
        with self._lock:
            self._failures.pop(name, None)
