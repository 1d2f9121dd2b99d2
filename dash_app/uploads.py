"""Files that a browser sends within a callback: decoded, measured, and named as they are told."""

from __future__ import annotations

import base64
import binascii

from core.errors import UsageError

_AGAIN = "A file was not sent as a browser sends it. Choose it again."


def received(content: object, name: object, largest: int) -> bytes:
    r"""Return the bytes of one file; `UsageError` for what no browser sends, or is too large.

    >>> received("data:text/csv;base64,YSxiCg==", "a.csv", largest=1_000)
    b'a,b\n'
    """
    if not isinstance(content, str) or not isinstance(name, str):
        raise UsageError(_AGAIN)
    head, comma, body = content.partition(",")
    if not head.startswith("data:") or not comma:
        raise UsageError(_AGAIN)
    try:
        found = base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        raise UsageError(_AGAIN) from None
    if len(found) > largest:
        raise UsageError(f"{name[:100]} is larger than {size_words(largest)}.")
    return found


def size_words(size: int) -> str:
    """Return a round number of bytes in words.

    >>> size_words(700_000), size_words(5_000_000)
    ('700 kB', '5 MB')
    """
    return f"{size // 1_000_000} MB" if size >= 1_000_000 else f"{size // 1_000} kB"
