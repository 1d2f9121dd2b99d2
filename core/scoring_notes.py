"""What is unusual about each customer that was scored, in a few words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.encoding import InputWarning
from core.scoring import UNLIKE_ANYONE

UNLIKE = "unlike any known customer"


def notes_of(warnings: Iterable[InputWarning], typicality: Sequence[float]) -> list[list[str]]:
    """Return per customer what had to be treated specially, and whether they are like nobody.

    A customer's notes are the same alone and in a batch.

    Parameters
    ----------
    warnings : of the scores
    typicality : of every customer, 0..100; NaN in a segment by rule or in none

    Examples
    --------
    >>> import numpy as np
    >>> from core.encoding import Problem
    >>> missing = InputWarning("income", Problem.MISSING, np.array([1]), "")
    >>> notes_of([missing], [99.5, 40.0])
    [['unlike any known customer'], ['income: missing']]
    """
    notes: list[list[str]] = [[] for _ in typicality]
    for warning in warnings:
        for row in warning.rows.tolist():
            notes[row].append(f"{warning.feature}: {warning.problem}")
    for note, percentile in zip(notes, typicality, strict=True):
        if percentile > UNLIKE_ANYONE:  # NaN is not
            note.append(UNLIKE)
    return notes
