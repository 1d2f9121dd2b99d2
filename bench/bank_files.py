"""A bank's files of any size: the demonstration bank, block after block, in constant memory."""

from __future__ import annotations

import tempfile
from pathlib import Path

from core.sources.demo.bank import generate

_BLOCK = 5_000  # customers
_FIRST_BLOCK = 100  # ids begin with the block's three digits, so that blocks never share one
_IDS = ("cust_id", "acct_nbr")


def write_bank(folder: Path, customers: int) -> int:
    """Write the files of about so many customers (whole blocks); return how many transactions."""
    folder.mkdir(parents=True)
    blocks = max(1, round(customers / _BLOCK))
    if blocks + _FIRST_BLOCK > 1_000:
        raise ValueError(f"At most {(1_000 - _FIRST_BLOCK) * _BLOCK:,} customers can be written.")
    size = min(customers, _BLOCK)
    return sum(_write_block(folder, _FIRST_BLOCK + block, size) for block in range(blocks))


def _write_block(folder: Path, block: int, customers: int) -> int:
    transactions = 0
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        generate(Path(scratch), customers=customers, seed=block)
        for file in sorted(Path(scratch).iterdir()):
            head, *lines = file.read_text().splitlines()
            positions = [head.split(";").index(name) for name in _IDS if name in head.split(";")]
            target = folder / file.name
            is_new = not target.exists()
            with target.open("a", encoding="utf-8") as grown:
                if is_new:
                    grown.write(f"{head}\n")
                grown.writelines(_renumbered(line, positions, str(block)) for line in lines)
            if file.stem.endswith("_tran"):
                transactions += len(lines)
    return transactions


def _renumbered(line: str, positions: list[int], block: str) -> str:
    cells = line.split(";")
    for position in positions:
        cells[position] = block + cells[position]
    return ";".join(cells) + "\n"
