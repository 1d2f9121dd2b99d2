"""RFM groups: what each triple of scores for recency, frequency and monetary value is called."""

from __future__ import annotations

from dataclasses import dataclass

from core.rule_groups import triples


@dataclass(frozen=True, slots=True)
class RfmGroup:
    """One named group; names say what customers do, and judge nobody."""

    name: str
    sentence: str


RFM_GROUPS: tuple[RfmGroup, ...] = (
    RfmGroup("Champions", "Active lately, often and for much"),
    RfmGroup("Loyal", "Often or for much, not long ago"),
    RfmGroup("Promising", "Active lately, for middling amounts"),
    RfmGroup("Recent", "Active lately, for little so far"),
    RfmGroup("Need attention", "Middling in everything; the next months decide"),
    RfmGroup("Cooling off", "For little, and not lately"),
    RfmGroup("At risk", "Were worth much, and not seen for long"),
    RfmGroup("Dormant", "For little, long ago"),
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
    position = {group.name: i for i, group in enumerate(RFM_GROUPS)}
    return tuple(position[rfm_group(*triple)] for triple in triples())
