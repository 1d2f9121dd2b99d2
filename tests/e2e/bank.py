"""The bank under test: generated files, the pipeline's commands, and what they published."""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from core.readmodels import RunContext, SegmentSummary
from core.sources.demo.bank import generate
from dash_app.roles import Role
from db.engine import make_engine
from db.queries.customers import customer_assignments, find_customers
from db.queries.datasets import run_context
from db.queries.segments import segments
from tests.e2e.servers import ROOT, Installation

CUSTOMERS, FEWER_CUSTOMERS = 600, 150
SECOND = "village"
SECOND_TITLE = "Village bank"


@dataclass(frozen=True, slots=True)
class Bank:
    """A published run, the segments of each of its lenses, and one customer's place in them."""

    run: RunContext
    segments: dict[str, tuple[SegmentSummary, ...]]
    customer: str
    belongs: dict[str, str]  # the customer's segment in each lens


def fill(folder: Path) -> None:
    """Make a data folder: two generated banks, each read, segmented and published."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        making = Installation(Path(scratch, "var"))
        making.manage("db", "upgrade")
        files, fewer = Path(scratch, "files"), Path(scratch, "fewer")
        generate(files, customers=CUSTOMERS)
        generate(fewer, customers=FEWER_CUSTOMERS, seed=7)
        making.manage("refresh", "bank", files)
        making.manage("refresh", second_specification(Path(scratch)), fewer)
        making.folder.rename(folder)


def read_bank(database: Path, dataset: str = "bank") -> Bank:
    """Return what is published of a data set."""
    engine = make_engine(f"sqlite:///{database}", read_only=True)
    try:
        with engine.connect() as connection:
            run = run_context(connection, dataset)
            assert run is not None
            found = {lens.name: segments(connection, lens.segmentation_id) for lens in run.lenses}
            (customer,) = find_customers(connection, run.snapshot_id, "C-", Role.ANALYST, limit=1)
            places = customer_assignments(connection, run.run_id, customer)
    finally:
        engine.dispose()
    belongs = {
        lens: next(s.name for s in found[lens] if s.number == place.segment)
        for lens, place in places.items()
    }
    return Bank(run, found, customer, belongs)


def second_specification(scratch: Path) -> Path:
    """Describe a bank of one's own: the shipped description under another name."""
    folder = Path(shutil.copytree(ROOT / "core/sources/catalogue/bank", scratch / SECOND))
    file = folder / "source.toml"
    renamed = re.sub(r'^name = "bank"$', f'name = "{SECOND}"', file.read_text(), flags=re.MULTILINE)
    file.write_text(
        re.sub(r'^title = ".*"$', f'title = "{SECOND_TITLE}"', renamed, flags=re.MULTILINE)
    )
    return file
