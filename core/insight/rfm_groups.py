"""RFM groups: what each triple of scores for recency, frequency and monetary value is called."""

from __future__ import annotations

from core.rule_groups import triples

# What a group does is said by its own figures (`core.insight.rfm_words`), not by its name.
RFM_GROUPS = (
    "Champions",
    "Loyal",
    "Promising",
    "Recent",
    "Need attention",
    "Cooling off",
    "At risk",
    "Dormant",
)

# Rows: recency 5 (latest) to 1. Columns: worth 1 to 5, the mean of the scores of frequency and
# monetary value, halves rounded up. Every cell has one group: exhaustive and disjoint.
_TABLE = {
    5: ("Recent", "Recent", "Promising", "Champions", "Champions"),
    4: ("Recent", "Promising", "Promising", "Loyal", "Champions"),
    3: ("Cooling off", "Need attention", "Need attention", "Loyal", "Loyal"),
    2: ("Dormant", "Cooling off", "Cooling off", "At risk", "At risk"),
    1: ("Dormant", "Dormant", "Dormant", "At risk", "At risk"),
}


def rfm_group(recency: int, frequency: int, monetary: int) -> str:
    """Return the group of a triple of scores, each 1 (least) to 5; a high recency is late.

    The grid of recency against worth follows common practice (Hughes 1994); the names are ours.

    Examples
    --------
    >>> rfm_group(5, 5, 5), rfm_group(1, 1, 1), rfm_group(2, 4, 5)
    ('Champions', 'Dormant', 'At risk')

    Raises
    ------
    KeyError
        The recency is no score.
    """
    return _TABLE[recency][(frequency + monetary + 1) // 2 - 1]


def rfm_cells() -> tuple[int, ...]:
    """Return the position of the group of every triple, in the order of `triples`.

    >>> len(rfm_cells()), sorted(set(rfm_cells())) == list(range(len(RFM_GROUPS)))
    (125, True)
    """
    position = {name: i for i, name in enumerate(RFM_GROUPS)}
    return tuple(position[rfm_group(*triple)] for triple in triples())
