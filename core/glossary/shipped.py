"""The glossary that the product brings along: the files in `shipped/`, checked like anybody's."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from core.glossary.checks import checked
from core.glossary.merging import merged
from core.glossary.model import Glossary
from core.glossary.reading import read_draft

FOLDER = Path(__file__).parent / "shipped"


def shipped_files() -> tuple[tuple[str, bytes], ...]:
    """Return name and content of every shipped file, by name."""
    return tuple((path.name, path.read_bytes()) for path in sorted(FOLDER.glob("*.csv")))


@cache
def shipped_glossary() -> Glossary:
    """Return the shipped categories, terms and links to features.

    >>> any(term.name == "Segment" for term in shipped_glossary().terms)
    True
    """
    return merged(Glossary(), checked(read_draft(shipped_files()), Glossary(), None))


def shipped_digest() -> str:
    """Return the sha256 of the shipped files: another one means that terms have changed."""
    digest = hashlib.sha256()
    for name, content in shipped_files():
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
