"""Names, texts and lists as TOML writes them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence


def toml_text(value: str) -> str:
    r"""Return a TOML basic string, which JSON's escapes are a subset of; on one line.

    >>> toml_text("Köln, 1"), toml_text("a\x7f\u2028b")
    ('"Köln, 1"', '"a\\u007f\\u2028b"')
    """
    written = json.dumps(value, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029]", lambda one: f"\\u{ord(one[0]):04x}", written)


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
