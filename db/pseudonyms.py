"""Pseudonyms: what people see instead of a customer's number; only the key leads back."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Sequence

from core.errors import DataError

PREFIX = "C-"
LENGTH = (
    12  # base32 characters = 60 bits: a clash among a million customers is a 1 in 2 million event
)


def pseudonyms(key: bytes, dataset: str, customer_ids: Sequence[str]) -> list[str]:
    """Return a pseudonym per customer, the same in every snapshot of a data set.

    >>> pseudonyms(b"k" * 32, "bank", ["1362480"])
    ['C-MGPG6LDQ5JM5']
    """
    prefix = f"{dataset}\x00".encode()
    found = [_pseudonym(key, prefix + customer_id.encode()) for customer_id in customer_ids]
    if len(set(found)) != len(found):
        raise DataError(
            "Two customers would get the same pseudonym. Nothing was stored; use another "
            "pseudonym key in a new database."
        )
    return found


def key_check(key: bytes, dataset: str) -> str:
    """Return a mark of the key that tells nothing about it, to notice that it was changed."""
    return _pseudonym(key, f"{dataset}\x00\x00key".encode())


def _pseudonym(key: bytes, message: bytes) -> str:
    digest = hmac.digest(key, message, "sha256")
    return PREFIX + base64.b32encode(digest[:10]).decode()[:LENGTH]
