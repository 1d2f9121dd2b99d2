"""A stored model served as is usual: a scikit-learn Pipeline that is given a DataFrame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.impute import SimpleImputer
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler

from core.segmentation.model import NumericColumn, SegmentationModel

NOBODY = -1  # the runner-up of a customer who belongs to a segment by rule


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """Where customers belong: what the product says as well, apart from typicality."""

    segment: NDArray[np.int64]
    runner_up: NDArray[np.int64]
    distance: NDArray[np.float64]
    margin: NDArray[np.float64]


class PipelineScorer:
    """The model's own parameters in scikit-learn's estimators, so that both answer alike."""

    def __init__(self, model: SegmentationModel) -> None:
        columns = [column for column in model.columns if isinstance(column, NumericColumn)]
        if len(columns) < len(model.columns):
            raise ValueError("This peer knows numbers only; give it a model without categories.")
        self.names = [column.feature for column in columns]
        self.zero = list(model.rule.zero) if model.rule else []
        self.rule_number = model.rule.number if model.rule else NOBODY
        self._numbers = np.array(model.numbers)
        self._pipeline = _pipeline(model, columns)

    @property
    def inputs(self) -> list[str]:
        """The columns that a frame must have."""
        return list(dict.fromkeys((*self.names, *self.zero)))

    def score(self, frame: pd.DataFrame) -> Answers:
        """Return the answers for every row."""
        distances = self._pipeline.transform(frame[self.names])
        rows = np.arange(len(frame))
        nearest_two = np.argpartition(distances, 1, axis=1)[:, :2]
        near, far = nearest_two[:, 0], nearest_two[:, 1]
        distance, further = distances[rows, near], distances[rows, far]
        segment, runner_up = self._numbers[near], self._numbers[far]
        margin = 1 - distance / further
        if self.zero:
            by_rule = (frame[self.zero].fillna(0) == 0).all(axis=1).to_numpy()
            segment = np.where(by_rule, self.rule_number, segment)
            runner_up = np.where(by_rule, NOBODY, runner_up)
            distance, margin = (np.where(by_rule, np.nan, x) for x in (distance, margin))
        return Answers(segment, runner_up, distance, margin)


def _pipeline(model: SegmentationModel, columns: list[NumericColumn]) -> Pipeline:
    low = [-np.inf if column.cap_low is None else column.cap_low for column in columns]
    high = [np.inf if column.cap_high is None else column.cap_high for column in columns]
    logged = np.array([column.log for column in columns])
    steps: list[tuple[str, Any]] = [
        ("impute", SimpleImputer(strategy="median")),
        ("cap", FunctionTransformer(np.clip, kw_args={"a_min": low, "a_max": high})),
        ("log", FunctionTransformer(_signed_log, kw_args={"which": logged})),
        ("scale", StandardScaler()),
        ("kmeans", KMeans(len(model.centroids), n_init=1)),
    ]
    pipeline = Pipeline(steps)
    # Fitted on anything, then given what the model has learned.
    anything = np.random.default_rng(0).lognormal(size=(10 * len(model.centroids), len(columns)))
    pipeline.fit(pd.DataFrame(anything, columns=[column.feature for column in columns]))
    pipeline["impute"].statistics_ = np.array([column.impute for column in columns])
    pipeline["scale"].mean_ = np.array([column.centre for column in columns])
    pipeline["scale"].scale_ = 1 / np.array([column.factor for column in columns])
    pipeline["kmeans"].cluster_centers_ = np.array(model.centroids)
    return pipeline


def _signed_log(values: NDArray[np.float64], which: NDArray[np.bool_]) -> NDArray[np.float64]:
    return np.where(which, np.sign(values) * np.log1p(np.abs(values)), values)
