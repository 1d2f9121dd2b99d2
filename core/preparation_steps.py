"""The steps of a preparation as scikit-learn estimators: an encoder per kind, and one scaler."""

from __future__ import annotations

from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from core.cells import as_numbers, as_texts
from core.encoding import OTHER, signed_log1p
from core.errors import DataError
from core.features.base import UNKNOWN, Feature, Kind
from core.lens import LensFeature

FLAG_IF_MISSING_SHARE = 0.01
RARE_SHARE = 0.02
# A variable that is this unevenly split counts less than one variable, or rare cases would be so
# far from everyone that they become a cluster by themselves: the variance of a flag set for 5 %.
LEAST_FLAG_VARIANCE = 0.05 * 0.95
CONSTANT_BELOW = 1e-12  # relative: differences this small are rounding

Array = NDArray[np.float64]


class NumericEncoder(TransformerMixin, BaseEstimator):
    """Impute the median, winsorise, take the signed logarithm; flag missing values where frequent.

    ``cap`` is the quantile (and its mirror) beyond which values are pulled in; None for no cap.
    """

    def __init__(
        self, feature: str = "", cap: float | None = None, log: bool = False, block: str = "number"
    ) -> None:
        self.feature = feature
        self.cap = cap
        self.log = log
        self.block = block

    def fit(self, X: ArrayLike, y: object = None) -> Self:  # noqa: ARG002
        """Learn the median, the caps and whether missing values need a flag."""
        values = _numbers(self.feature, X)
        known = values[~np.isnan(values)]
        self.median_ = float(np.median(known)) if len(known) else 0.0
        self.low_: float | None = None
        self.high_: float | None = None
        if self.cap is not None and len(known):
            self.low_ = float(np.quantile(known, 1 - self.cap))
            self.high_ = float(np.quantile(known, self.cap))
        missing = len(values) - len(known)
        self.flagged_ = bool(len(known)) and missing > FLAG_IF_MISSING_SHARE * len(values)
        self.width_ = 2 if self.flagged_ else 1
        encoded = self.transform(X)
        noise = CONSTANT_BELOW * np.abs(encoded).max(axis=0)
        self.is_constant_ = bool((np.ptp(encoded, axis=0) <= noise).all())
        return self

    def transform(self, X: ArrayLike) -> Array:
        """Return (n, 1), or (n, 2) with the missing flag."""
        values = _numbers(self.feature, X)
        missing = np.isnan(values)
        filled = np.where(missing, self.median_, values)
        filled = np.clip(filled, self.low_, self.high_) if self.low_ is not None else filled
        filled = signed_log1p(filled) if self.log else filled
        columns = [filled, missing.astype(np.float64)] if self.flagged_ else [filled]
        return np.column_stack(columns)


class NominalEncoder(TransformerMixin, BaseEstimator):
    """One column per level, rare levels pooled; a level never seen belongs to none of them."""

    block = "category"

    def __init__(self, feature: str = "") -> None:
        self.feature = feature

    def fit(self, X: ArrayLike, y: object = None) -> Self:  # noqa: ARG002
        """Learn the levels, in alphabetical order, and which of them are rare."""
        texts = self._texts(X)
        levels, counts = np.unique(texts, return_counts=True)
        rare = counts < RARE_SHARE * len(texts)
        self.pooled_ = tuple(str(level) for level in levels[rare] if level != OTHER)
        frequent = {str(level) for level in levels[~rare]} | {str(x) for x in levels if x == OTHER}
        self.levels_ = tuple(sorted(frequent | ({OTHER} if self.pooled_ else set())))
        self.width_ = len(self.levels_)
        self.is_constant_ = self.width_ == 1
        return self

    def transform(self, X: ArrayLike) -> Array:
        """Return (n, number of levels) of 0 and 1; NaN throughout for a level never seen."""
        texts = self._texts(X)
        texts = np.where(np.isin(texts, self.pooled_), OTHER, texts)
        encoded = (texts[:, None] == np.array(self.levels_, dtype=object)).astype(np.float64)
        encoded[encoded.sum(axis=1) == 0] = np.nan
        return np.asarray(encoded, dtype=np.float64)

    def _texts(self, X: ArrayLike) -> NDArray[np.object_]:
        texts = as_texts(_one_column(X))
        return np.array([UNKNOWN if text is None else text for text in texts], dtype=object)


class OrdinalCoder(TransformerMixin, BaseEstimator):
    """Ordered levels as 0, 1, …; missing and ``Unknown`` ones as the median level."""

    block = "number"

    def __init__(self, feature: str = "", levels: tuple[str, ...] = ()) -> None:
        self.feature = feature
        self.levels = levels

    def fit(self, X: ArrayLike, y: object = None) -> Self:  # noqa: ARG002
        """Learn the median level; `DataError` for a level that is not one of those stated."""
        texts = [None if text == UNKNOWN else text for text in as_texts(_one_column(X))]
        strange = sorted({text for text in texts if text is not None} - set(self.levels))
        if strange:
            raise DataError(
                f"{self.feature} has the level {strange[0]!r}, which is none of its ordered levels "
                f"({', '.join(self.levels)}). Add it to them, or correct the data."
            )
        codes = sorted(self.levels.index(text) for text in texts if text is not None)
        self.impute_ = self.levels[codes[(len(codes) - 1) // 2]] if codes else self.levels[0]
        self.width_ = 1
        self.is_constant_ = bool(np.ptp(self.transform(X)) == 0)
        return self

    def transform(self, X: ArrayLike) -> Array:
        """Return (n, 1); a level never stated counts as the median level."""
        known = {level: float(code) for code, level in enumerate(self.levels)}
        stands_in = known[self.impute_]
        codes = [known.get(text or "", stands_in) for text in as_texts(_one_column(X))]
        return np.array(codes, dtype=np.float64)[:, None]


FeatureEncoder = NumericEncoder | NominalEncoder | OrdinalCoder


class BlockScaler(TransformerMixin, BaseEstimator):
    """Bring every feature's block of columns to one scale, so that each counts as one variable.

    Numbers are scaled as ``scaler`` says. All columns of a category share one factor, chosen so
    that their variances add up to that of an average scaled number (1 under "standard"); a number
    and its missing flag share the weight of one. A very unevenly split flag or category counts
    less than that, never more. ``widths``, ``kinds`` ("number", "flag", "category") and
    ``weights`` are given per block.
    """

    def __init__(
        self,
        scaler: str = "standard",
        widths: tuple[int, ...] = (),
        kinds: tuple[str, ...] = (),
        weights: tuple[float, ...] = (),
    ) -> None:
        self.scaler = scaler
        self.widths = widths
        self.kinds = kinds
        self.weights = weights

    def fit(self, X: Array, y: object = None) -> Self:  # noqa: ARG002
        """Learn ``centre_`` and ``factor_``, one of each per column."""
        d = X.shape[1]
        self.centre_, self.factor_ = np.zeros(d), np.ones(d)
        starts = np.concatenate([[0], np.cumsum(self.widths)[:-1]]).astype(int)
        blocks = list(zip(starts, self.widths, self.kinds, self.weights, strict=True))
        spreads = []
        for at, _, kind, _ in blocks:
            if kind == "number":
                centre, scale = centre_and_scale(X[:, at], self.scaler)
                self.centre_[at], self.factor_[at] = centre, 1 / scale
                spreads.append(X[:, at].var() / scale**2)
        typical = float(np.mean(spreads)) if spreads else 1.0
        for at, columns, kind, weight in blocks:
            part = slice(at, at + columns)
            if kind == "number" and columns == 2:  # a value and its missing flag
                share = X[:, at + 1].mean()
                self.centre_[at + 1] = share
                own = X[:, at].var() * self.factor_[at] ** 2
                flag = share * (1 - share) * typical
                shrink = np.sqrt(own / (own + flag)) if own > 0 else 1.0
                self.factor_[part] = [self.factor_[at] * shrink, np.sqrt(typical) * shrink]
            elif kind != "number":
                self.centre_[part] = X[:, part].mean(axis=0)
                least = LEAST_FLAG_VARIANCE * (1 if kind == "flag" else 2)
                variance = max(float(X[:, part].var(axis=0).sum()), least)
                self.factor_[part] = np.sqrt(typical / variance)
            self.factor_[part] *= weight
        return self

    def transform(self, X: Array) -> Array:
        """Return (X - centre) * factor; 0, the training average, where X is NaN."""
        return np.nan_to_num((X - self.centre_) * self.factor_, nan=0.0)


def feature_encoder(feature: Feature, use: LensFeature) -> FeatureEncoder:
    """Return the unfitted encoder for a feature's kind."""
    if feature.kind is Kind.CATEGORY:
        return NominalEncoder(feature.name)
    if feature.kind is Kind.ORDINAL:
        return OrdinalCoder(feature.name, feature.levels)
    if feature.kind is Kind.FLAG:  # capping at a quantile would erase a rare flag
        return NumericEncoder(feature.name, block="flag")
    return NumericEncoder(feature.name, cap=use.cap, log=use.log)


def centre_and_scale(values: Array, scaler: str) -> tuple[float, float]:
    """Return what to subtract from a column and what to divide it by.

    ``robust`` divides by the distance between the quartiles; where they coincide, as in a column
    of mostly zeros, by the standard deviation.

    >>> centre_and_scale(np.array([0.0, 5.0, 10.0]), "minmax")
    (0.0, 10.0)
    """
    if scaler == "minmax":
        centre, scale = float(values.min()), float(np.ptp(values))
    elif scaler == "maxabs":
        centre, scale = 0.0, float(np.abs(values).max())
    elif scaler == "robust":
        low, centre, high = (float(q) for q in np.quantile(values, [0.25, 0.5, 0.75]))
        scale = high - low or float(values.std())
    else:
        centre, scale = float(values.mean()), float(values.std())
    return centre, scale or 1.0


def _one_column(X: ArrayLike) -> NDArray[np.generic]:
    """Return a column of a frame, a matrix of one column or a vector as a vector."""
    return np.asarray(X).reshape(-1)


def _numbers(feature: str, X: ArrayLike) -> Array:
    return as_numbers(feature, _one_column(X))
