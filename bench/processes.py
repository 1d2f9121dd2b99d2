"""Work in a process of its own, so that its memory and its imports are its own."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from bench.base import Measure, Outcome

ROOT = Path(__file__).resolve().parents[1]


def in_fresh_process(target: str, output: Path, *arguments: object) -> Outcome:
    """Run ``module:function`` of texts in a fresh process; it returns an `Outcome` of a frame.

    Imports are done before the function starts its clock; ``output`` is where the frame goes.
    """
    command = [sys.executable, "-m", "bench.processes", target, str(output), *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{target} failed:\n{done.stderr}")
    readings = json.loads(done.stdout.splitlines()[-1])
    taken = {Measure(name, unit): value for name, unit, value in readings}
    return Outcome(pd.read_parquet(output), taken)


def environment(**settings: str) -> Mapping[str, str]:
    """Return this process's environment with the given settings of Clientele and no others."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("CLIENTELE_")}
    return {**inherited, **settings}


def _main(target: str, output: str, *arguments: str) -> None:
    module, _, name = target.partition(":")
    outcome: Outcome = getattr(importlib.import_module(module), name)(*arguments)
    outcome.value.to_parquet(output)
    print(json.dumps([(m.name, m.unit, value) for m, value in outcome.readings.items()]))


if __name__ == "__main__":
    _main(*sys.argv[1:])
