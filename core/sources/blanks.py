"""Files whose columns are aligned with blanks: a copy in which one tab stands for each run."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

_CHUNK = 1 << 22


def with_tabs(path: Path, quote: str, scratch: Path) -> Path:
    """Write a copy with a tab for every run of blanks, none at either end of a line.

    Line numbers stay. Blanks within a quoted cell stay too; it cannot go over several lines.
    """
    target = scratch / f"{path.name}.tabs"
    with path.open("rb") as source, target.open("wb") as copy:
        rest = source.read(_CHUNK).removeprefix(codecs.BOM_UTF8)
        while part := source.read(_CHUNK):
            lines = rest + part
            whole = lines.rfind(b"\n") + 1
            copy.write(_narrowed(lines[:whole], quote.encode()))
            rest = lines[whole:]
        copy.write(_narrowed(rest, quote.encode()))
    return target


def _narrowed(lines: bytes, quote: bytes) -> bytes:
    if quote and quote in lines:
        cell = quote + b"(?:[^" + quote + b"\r\n]|" + quote * 2 + b")*" + quote
        lines = re.sub(b"(" + cell + rb")|[ \t]+", lambda gap: gap.group(1) or b"\t", lines)
    else:
        lines = re.sub(rb"[ \t]+", b"\t", lines)
    lines = lines.replace(b"\t\r\n", b"\r\n").replace(b"\t\n", b"\n").replace(b"\n\t", b"\n")
    return lines.removeprefix(b"\t").removesuffix(b"\t")
