"""``python -m bench``: time the product and a named peer in turn, print medians and ratios."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from bench.registry import BENCHMARKS
from bench.report import document, print_table
from bench.running import Missed, Result, run_benchmark
from bench.workshop import Size, Workshop

LEAST_REPEATS = 3  # a median of fewer says nothing


def main(arguments: list[str] | None = None) -> None:
    """Run the benchmarks that the command line names."""
    given = _parser().parse_args(arguments)
    chosen = [one for one in BENCHMARKS if not given.names or one.name in given.names]
    found: list[Result | Missed] = []
    with (
        tempfile.TemporaryDirectory(prefix="clientele-bench-") as folder,
        Workshop(Size(given.size), given.repeats, Path(folder), _say) as workshop,
    ):
        for benchmark in chosen:
            found += run_benchmark(benchmark, workshop)
    if given.json:
        print(json.dumps(document(found, workshop.size), indent=2))
    else:
        print_table(found, workshop.size)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Time Clientele and a named peer at the same work, in turn, in one run. "
        "docs/benchmarks.md says how to read the answer.",
        epilog="; ".join(f"{one.name}: {one.question}" for one in BENCHMARKS),
    )
    names = [one.name for one in BENCHMARKS]
    parser.add_argument(
        "names", nargs="*", metavar="NAME", type=_known, help=f"which: {', '.join(names)}"
    )
    parser.add_argument(
        "--size",
        choices=[size.value for size in Size],
        default=Size.SMALL.value,
        help="tiny: only to see that it works; small: minutes; full: the targets' sizes",
    )
    parser.add_argument(
        "--repeats",
        type=_repeats,
        default=LEAST_REPEATS,
        help=f"turns of each side, at least {LEAST_REPEATS}, of which the median counts",
    )
    parser.add_argument("--json", action="store_true", help="answer as JSON, for machines")
    return parser


def _known(name: str) -> str:
    names = [one.name for one in BENCHMARKS]
    if name not in names:
        raise argparse.ArgumentTypeError(f"{name!r} is unknown; choose one of: {', '.join(names)}")
    return name


def _repeats(text: str) -> int:
    if not text.isdecimal() or int(text) < LEAST_REPEATS:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of at least {LEAST_REPEATS}")
    return int(text)


def _say(text: str) -> None:
    print(f"… {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
