"""The ids of the page of runs."""

from __future__ import annotations

from enum import StrEnum

SLUG = "runs"
CANCEL = "runs-cancel"  # pattern-matching id of a job's button
PUBLISH, ROLL_BACK = "runs-publish", "runs-roll-back"  # in the detail of a run


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


def cancel_id(job: int) -> dict[str, object]:
    """Return the id of the button that stops a job."""
    return {"type": CANCEL, "index": job}
