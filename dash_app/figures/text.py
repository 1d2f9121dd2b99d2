"""Words inside a drawing: escaped for Plotly's pseudo-HTML, wrapped, joined and shortened."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;"}  # two dollars would be TeX
_BETWEEN_PARTS = " · "
_ABOUT = (
    (1 / 20, "a twentieth"),
    (1 / 10, "a tenth"),
    (1 / 5, "a fifth"),
    (1 / 4, "a quarter"),
    (1 / 3, "a third"),
    (2 / 5, "two fifths"),
    (1 / 2, "half"),
    (3 / 5, "three fifths"),
    (2 / 3, "two thirds"),
    (3 / 4, "three quarters"),
    (4 / 5, "four fifths"),
    (9 / 10, "nine tenths"),
)


def escape(text: str) -> str:
    """Return text that Plotly prints as it is.

    >>> escape("<b>R&D</b>")
    '&lt;b&gt;R&amp;D&lt;/b&gt;'
    """
    in_one_line = re.sub(r"[ \t\r\n]+", " ", text).strip()
    return "".join(_ENTITIES.get(character, character) for character in in_one_line)


def shorten(text: str, width: int) -> str:
    """Return at most ``width`` characters, cut with an ellipsis.

    >>> shorten("Older customers with modest income", 20)
    'Older customers wit…'
    """
    return text if len(text) <= width else text[: width - 1].rstrip() + "…"


def lines(text: str, width: int, most: int = 3) -> list[str]:
    """Return the text in at most ``most`` lines of ``width`` characters, not yet escaped.

    The parts of a drafted name ("Many transactions · no debt") get lines of their own.

    >>> lines("Older customers with modest income", 12)
    ['Older', 'customers', 'with modest…']
    >>> lines("Many transactions · no debt", 18)
    ['Many transactions', 'no debt']
    """
    if len(text) <= width:
        return [text]
    parts = [line for part in text.split(_BETWEEN_PARTS) for line in _wrapped(part, width)]
    if len(parts) <= most:
        return parts
    wrapped = _wrapped(text, width)
    if len(wrapped) > most:
        last = wrapped[most - 1][: width - 1].rstrip(" ·")
        wrapped = [*wrapped[: most - 1], f"{last}…"]
    return wrapped


def wrap(text: str, width: int = 16, most: int = 3) -> str:
    """Return escaped text, broken for a narrow label.

    >>> wrap("Saving & spending", 10)
    'Saving &amp;<br>spending'
    """
    return "<br>".join(escape(line) for line in lines(text, width, most))


def joined(parts: Sequence[str]) -> str:
    """Return the parts as a list in a sentence.

    >>> joined(["age", "income", "tenure"])
    'age, income and tenure'
    """
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def in_sentence(label: str) -> str:
    """Return a label as it stands within a sentence: abbreviations keep their capitals.

    >>> in_sentence("Net worth"), in_sentence("SIP amount"), in_sentence("Has a SIP")
    ('net worth', 'SIP amount', 'has a SIP')
    """
    is_short_form = any(letter.isupper() for letter in label.split(" ")[0][1:])
    return label if is_short_form else label[:1].lower() + label[1:]


def named(name: str) -> str:
    """Return a segment's name as it stands within a sentence: one of several parts is quoted.

    >>> named("Savers"), named("Older · no debt")
    ('Savers', '“Older · no debt”')
    """
    return f"“{name}”" if _BETWEEN_PARTS in name else name


def about(share: float) -> str:
    """Return a share in words that are never off by more than a few points.

    >>> about(0.53), about(0.76), about(0.999), about(0.01)
    ('just over half', 'just over three quarters', 'almost all', 'almost none')
    """
    if share < 0.025:
        return "almost none"
    if share > 0.95:
        return "almost all"
    nearest, words = min(_ABOUT, key=lambda entry: abs(entry[0] - share))
    if abs(share - nearest) < 0.01:
        return words
    return f"just {'over' if share > nearest else 'under'} {words}"


def _wrapped(text: str, width: int) -> list[str]:
    longest = max((len(word) for word in re.split(r"[\s-]", text)), default=0)
    kept_whole = longest <= 1.3 * width  # a word a little too long is better than one cut
    return textwrap.wrap(text, width, break_long_words=not kept_whole) or [""]


def plural(number: int, one: str, many: str = "") -> str:
    """Return the number with its noun.

    >>> plural(1, "run"), plural(3, "run")
    ('1 run', '3 runs')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
