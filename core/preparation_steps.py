"""The steps of a preparation as scikit-learn estimators: an encoder per kind, and one scaler."""

from __future__ import annotations

from collections import Counter
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, TransformerMixin

from core.cells import as_numbers, as_texts
from core.encoding import OTHER, signed_log1p
from core.errors import DataError
from core.features.base import UNKNOWN, Feature, Kind
from core.lens import Impute, LensFeature
from core.preparation_numbers import caps, centre_and_scale, stand_in

FLAG_IF_MISSING_SHARE = 0.01
RARE_SHARE = 0.02
# A variable that is this unevenly split counts less than one variable, or rare cases would be so
# far from everyone that they become a cluster by themselves: the variance of a flag set for 5 %.
LEAST_FLAG_VARIANCE = 0.05 * 0.95
CONSTANT_BELOW = 1e-12  # relative: differences this small are rounding

Array = NDArray[np.float64]


class NumericEncoder(TransformerMixin, BaseEstimator):
    """Impute, cap, take the signed logarithm; flag missing values where frequent.

    ``impute`` is what stands in ("median", "mean", "zero"; zero says what missing means, so that
    it needs no flag). ``cap`` is the quantile (and its mirror) beyond which values are pulled in;
    ``cap_sd`` instead pulls in the upper tail alone, at mean + this many sample standard
    deviations. None for no cap.
    """

    def __init__(
        self,
        feature: str = "",
        cap: float | None = None,
        log: bool = False,
        block: str = "number",
        impute: str = "median",
        cap_sd: float | None = None,
    ) -> None:
        self.feature = feature
        self.cap = cap
        self.log = log
        self.block = block
        self.impute = impute
        self.cap_sd = cap_sd

    def fit(self, X: ArrayLike, y: object = None) -> Self:  # noqa: ARG002
        """Learn what stands in, the caps and whether missing values need a flag."""
        values = _numbers(self.feature, X)
        known = values[~np.isnan(values)]
        self.impute_ = stand_in(known, self.impute)
        self.low_, self.high_ = caps(known, self.cap, self.cap_sd)
        missing = len(values) - len(known)
        frequent = bool(len(known)) and missing > FLAG_IF_MISSING_SHARE * len(values)
        self.flagged_ = frequent and self.impute != Impute.ZERO
        self.width_ = 2 if self.flagged_ else 1
        encoded = self.transform(X)
        noise = CONSTANT_BELOW * np.abs(encoded).max(axis=0)
        self.is_constant_ = bool((np.ptp(encoded, axis=0) <= noise).all())
        return self

    def transform(self, X: ArrayLike) -> Array:
        """Return (n, 1), or (n, 2) with the missing flag."""
        values = _numbers(self.feature, X)
        missing = np.isnan(values)
        filled = np.where(missing, self.impute_, values)
        filled = filled if self.low_ is None else np.maximum(filled, self.low_)
        filled = filled if self.high_ is None else np.minimum(filled, self.high_)
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
        counts = Counter(texts.tolist())
        rare = {level for level, count in counts.items() if count < RARE_SHARE * len(texts)}
        self.pooled_ = tuple(sorted(rare - {OTHER}))
        self.levels_ = tuple(
            sorted(counts.keys() - self.pooled_ | ({OTHER} if self.pooled_ else set()))
        )
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
    ``weights`` are given per block; ``scale_to`` is the range of "minmax".
    """

    def __init__(
        self,
        scaler: str = "standard",
        widths: tuple[int, ...] = (),
        kinds: tuple[str, ...] = (),
        weights: tuple[float, ...] = (),
        scale_to: tuple[float, float] = (0.0, 1.0),
    ) -> None:
        self.scaler = scaler
        self.widths = widths
        self.kinds = kinds
        self.weights = weights
        self.scale_to = scale_to

    def fit(self, X: Array, y: object = None) -> Self:  # noqa: ARG002
        """Learn ``centre_`` and ``factor_``, one of each per column."""
        d = X.shape[1]
        self.centre_, self.factor_ = np.zeros(d), np.ones(d)
        starts = np.concatenate([[0], np.cumsum(self.widths)[:-1]]).astype(int)
        blocks = list(zip(starts, self.widths, self.kinds, self.weights, strict=True))
        spreads = []
        for at, _, kind, _ in blocks:
            if kind == "number":
                centre, scale = centre_and_scale(X[:, at], self.scaler, self.scale_to)
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
        return NumericEncoder(feature.name, block="flag", impute=use.impute.value)
    return NumericEncoder(
        feature.name,
        cap=None if use.cap_sd is not None else use.cap,
        log=use.log,
        impute=use.impute.value,
        cap_sd=use.cap_sd,
    )


def _one_column(X: ArrayLike) -> NDArray[np.generic]:
    """Return a column of a frame, a matrix of one column or a vector as a vector."""
    return np.asarray(X).reshape(-1)


def _numbers(feature: str, X: ArrayLike) -> Array:
    return as_numbers(feature, _one_column(X))
