"""Customers as objects of names and values, as a program sends them: checked, then scored."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from core.errors import UsageError
from core.scoring_ids import IdAnswer, answer_of, answers_of
from core.scoring_notes import notes_of
from core.scoring_one import SingleScorer

Values = Mapping[str, object]

_GREATEST = 1e300  # beyond, arithmetic would not be finite
_TOLD = 20
_SHOWN = 40


def require_values(
    rows: Sequence[Values], inputs: Sequence[str], texts: Sequence[str], place_of: str = "rows"
) -> None:
    """Return if every row has every input, each of its kind; None is a value that is not known.

    Parameters
    ----------
    rows
        Names to values; what is no input is not looked at.
    inputs
        Names of the features that each row must have.
    texts
        Those of them that are text; the others are numbers, or true and false for 1 and 0.
    place_of
        What the list of rows is called where it came from.

    Raises
    ------
    UsageError
        Naming each field, what was found and what is allowed: the first twenty mistakes.

    Examples
    --------
    >>> require_values([{"income": 5, "town": None}], ["income", "town"], ["town"])
    >>> require_values([{"income": "5"}], ["income", "town"], ["town"])
    Traceback (most recent call last):
    core.errors.UsageError: rows[0].income is '5'; give a finite number, or null where it is not \
known. rows[0] lacks town; give every input, null where one is not known.
    """
    kinds = set(texts)
    mistakes = [
        f"{place_of}[{at}]{mistake}"
        for at, row in enumerate(rows)
        for mistake in _mistakes(row, inputs, kinds)
    ]
    if mistakes:
        more = len(mistakes) - _TOLD
        raise UsageError(" ".join(mistakes[:_TOLD]) + (f" And {more:,} more." if more > 0 else ""))


def answer_objects(
    scorer: SingleScorer, rows: Sequence[Mapping[str, float | str | None]], ids: Sequence[str]
) -> tuple[IdAnswer, ...]:
    """Return an answer per row, in the order given; one row alone gets the same one, bit for bit.

    Parameters
    ----------
    scorer : the published model, for one customer; many are scored together
    rows : that `require_values` accepted
    ids : what each row is called in its answer
    """
    inputs = scorer.scorer.inputs
    if len(rows) == 1:
        return (_alone(scorer, {name: rows[0][name] for name in inputs}, ids[0]),)
    if not rows:
        return ()
    columns = {name: [row[name] for row in rows] for name in inputs}
    return answers_of(scorer.scorer.score(columns), ids)


def _alone(scorer: SingleScorer, row: Mapping[str, float | str | None], asked: str) -> IdAnswer:
    """Return one customer's answer without the overhead of a batch."""
    one = scorer.score(row)
    typicality = math.nan if one.typicality is None else one.typicality
    (notes,) = notes_of(one.warnings, [typicality])
    return answer_of(
        asked, one.segment, one.runner_up, one.distance, one.margin, one.typicality, notes
    )


def _mistakes(row: Values, inputs: Sequence[str], texts: set[str]) -> Iterator[str]:
    lacking = []
    for name in inputs:
        if name not in row:
            lacking.append(name)
            continue
        value = row[name]
        if value is None:
            continue
        if name in texts:
            if not isinstance(value, str):
                yield f".{name} is {shown(value)}; give text, or null where it is not known."
        elif not isinstance(value, int | float) or not -_GREATEST <= value <= _GREATEST:
            yield (
                f".{name} is {shown(value)}; give a finite number, or null where it is not known."
            )
    if lacking:
        yield f" lacks {', '.join(lacking)}; give every input, null where one is not known."


def shown(value: object) -> str:
    """Return the beginning of what was given; of what may be deeply nested only its kind.

    >>> shown("much too much" * 9)[:20], shown([[1]]), shown({"a": 1})
    ("'much too muchmuch t", 'a list', 'an object')
    """
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
