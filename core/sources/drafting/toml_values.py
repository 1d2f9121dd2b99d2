"""Names, texts and lists as TOML writes them."""

from __future__ import annotations

import json
from collections.abc import Sequence


def toml_text(value: str) -> str:
    """Return a TOML basic string, which JSON's escapes are a subset of.

    >>> toml_text("Köln, 1")
    '"Köln, 1"'
    """
    return json.dumps(value, ensure_ascii=False)


def toml_list(values: Sequence[str]) -> str:
    """Return texts as a TOML array.

    >>> toml_list(["a", "b"])
    '["a", "b"]'
    """
    return f"[{', '.join(map(toml_text, values))}]"


def toml_one_or_list(values: Sequence[str]) -> str:
    """Return one text as it is, several as an array.

    >>> toml_one_or_list(["a"])
    '"a"'
    """
    return toml_text(values[0]) if len(values) == 1 else toml_list(values)


def toml_key(name: str) -> str:
    """Return a name as a key, quoted where it has to be.

    >>> toml_key("balance"), toml_key("Köln")
    ('balance', '"Köln"')
    """
    bare = name.isascii() and name.replace("_", "").replace("-", "").isalnum()
    return name if bare else toml_text(name)
