"""The ids of the page of runs."""

from __future__ import annotations

from enum import StrEnum

SLUG = "runs"
# Buttons in what callbacks fill in, each with the number of the job or run that it is about:
# the address may already be another's when one is pressed.
CANCEL, PUBLISH, ROLL_BACK = "runs-cancel", "runs-publish", "runs-roll-back"


class Ids(StrEnum):
    """The fixed ids of the tab."""

    HISTORY = "runs-history"
    DETAIL = "runs-detail"
    PUBLISHED = "runs-published"
    NEW = "runs-new"
    LENSES = "runs-lenses"
    K_MIN = "runs-k-min"
    K_MAX = "runs-k-max"
    PURPOSE = "runs-purpose"
    ALGORITHM = "runs-algorithm"
    SEED = "runs-seed"
    SCALER = "runs-scaler"
    IMPUTE = "runs-impute"
    CAPS = "runs-caps"
    LOGS = "runs-logs"
    WEIGHTS = "runs-weights"
    INPUTS = "runs-inputs"
    K_CHOSEN = "runs-k-chosen"
    NOTE = "runs-note"
    COMPARE = "runs-compare"
    START = "runs-start"
    STARTED = "runs-started"
    JOBS = "runs-jobs"
    TICK = "runs-tick"
    FINISHED = "runs-finished"
    ENDED = "runs-ended"  # read aloud


def button_id(does: str, number: int) -> dict[str, object]:
    """Return the id of a button that stops a job, publishes a run or goes back to one.

    >>> button_id(CANCEL, 7)
    {'type': 'runs-cancel', 'index': 7}
    """
    return {"type": does, "index": number}
