"""How much memory this process has, or had at most."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

_STATUS = Path("/proc/self/status")


def peak_memory() -> float:
    """Return the most memory that this process has had resident, in MB."""
    if _STATUS.exists():
        return _status("VmHWM")
    # Elsewhere a process inherits the figure of the one that started it, if that was larger.
    unit = 1 if sys.platform == "darwin" else 1_024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def present_memory() -> float:
    """Return the memory that this process has resident now, in MB (elsewhere than Linux: peak)."""
    return _status("VmRSS") if _STATUS.exists() else peak_memory()


def _status(name: str) -> float:
    line = next(x for x in _STATUS.read_text().splitlines() if x.startswith(f"{name}:"))
    return float(line.split()[1]) * 1_024 / 1e6
