"""Chosen customers by their ids: one answer for each, in the order asked."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.scoring import NO_SEGMENT, Scores, score
from core.scoring_notes import notes_of
from core.segmentation.model import SegmentationModel

Values = Mapping[str, float | str | None]


class Standing(StrEnum):
    """What is known of an id on the as-of date."""

    SCORED = "scored"
    LEFT_OUT = "left out"  # in the files, but taking no part: the reason says why ("inactive")
    NOT_ELIGIBLE = "not eligible"  # a customer whom this lens does not look at
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class IdAnswer:
    """The answer to one id; the numbers are None where there is no segment, or one by rule."""

    asked: str
    standing: Standing
    reason: str = ""
    segment: int | None = None
    runner_up: int | None = None
    distance: float | None = None
    margin: float | None = None
    typicality: float | None = None
    warnings: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """The answer in a word: "scored", "unknown", or why the customer takes no part."""
        return self.reason if self.standing is Standing.LEFT_OUT else self.standing.value


def answer_ids(
    model: SegmentationModel,
    asked: Sequence[str],
    known: Mapping[str, Values],
    left_out: Mapping[str, str],
) -> tuple[IdAnswer, ...]:
    """Return an answer per id, in the order asked; an id asked twice is answered twice.

    Answers are found by id, never by position: what else was asked changes nothing.

    Parameters
    ----------
    model
        The published segmentation.
    asked
        Ids as they were written.
    known
        By id as written, every feature of the customers that are known.
    left_out
        By id as written, why a customer of the files takes no part.

    Raises
    ------
    UsageError
        A feature of the model is absent from ``known``, or a number cannot be read.
    """
    ids = sorted(known)
    answers = {one: IdAnswer(one, Standing.LEFT_OUT, reason) for one, reason in left_out.items()}
    if ids:
        features = sorted(set.intersection(*(set(known[one]) for one in ids)))
        columns = {name: [known[one][name] for one in ids] for name in features}
        answers |= {one.asked: one for one in answers_of(score(model, columns), ids)}
    return tuple(answers.get(one) or IdAnswer(one, Standing.UNKNOWN) for one in asked)


def answers_of(scores: Scores, asked: Sequence[str]) -> tuple[IdAnswer, ...]:
    """Return scores as answers to what was asked, row by row."""
    return tuple(
        answer_of(one, *row)
        for one, *row in zip(
            asked,
            scores.segment.tolist(),
            scores.runner_up.tolist(),
            scores.distance.tolist(),
            scores.margin.tolist(),
            scores.typicality.tolist(),
            notes_of(scores.warnings, scores.typicality.tolist()),
            strict=True,
        )
    )


def answer_of(
    asked: str,
    segment: int,
    runner_up: int,
    distance: float | None,
    margin: float | None,
    typicality: float | None,
    warnings: Sequence[str],
) -> IdAnswer:
    """Return one customer's score as the answer to what was asked."""
    if segment == NO_SEGMENT:
        return IdAnswer(asked, Standing.NOT_ELIGIBLE, "lacks what this lens looks at")
    return IdAnswer(
        asked,
        Standing.SCORED,
        "",
        segment,
        None if runner_up == NO_SEGMENT else runner_up,
        _known(distance),
        _known(margin),
        _known(typicality),
        tuple(warnings),
    )


def _known(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else value
