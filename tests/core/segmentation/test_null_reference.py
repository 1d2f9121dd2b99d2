"""The null references: what they keep of the customers, and what they take away."""

from __future__ import annotations

import numpy as np

from core.preparation import fit_preparation
from core.segmentation.null_reference import feature_blocks, fit_copula, permuted
from tests.core.segmentation.builders import correlated_cloud, mixed_customers, mixed_lens


def mixed_matrix():
    frame, features = mixed_customers(n=1500)
    prepared = fit_preparation(frame, features, mixed_lens())
    return prepared.transform(frame), feature_blocks(prepared.column_features)


def test_permuting_keeps_every_feature_s_rows_and_cuts_their_connections() -> None:
    matrix, blocks = mixed_matrix()
    drawn = permuted(matrix, blocks, np.random.default_rng(1))
    for block in blocks:
        assert sorted(map(tuple, drawn[:, block])) == sorted(map(tuple, matrix[:, block]))
    before, after = (abs(np.corrcoef(m[:, 0], m[:, 2])[0, 1]) for m in (matrix, drawn))
    assert before > 0.3
    assert after < 0.1


def test_the_copula_keeps_marginals_exactly_and_correlations_nearly() -> None:
    matrix, blocks = mixed_matrix()
    rng = np.random.default_rng(1)
    drawn = fit_copula(matrix, blocks, rng).draw(rng)
    for block in blocks:
        assert sorted(map(tuple, drawn[:, block])) == sorted(map(tuple, matrix[:, block]))
    single = [block.start for block in blocks if block.stop - block.start == 1]
    wanted, found = (np.corrcoef(m[:, single], rowvar=False) for m in (matrix, drawn))
    np.testing.assert_allclose(found, wanted, atol=0.12)


def test_a_cloud_s_copula_is_the_cloud_again() -> None:
    matrix = np.ascontiguousarray(correlated_cloud(1, n=3000).frame, dtype=np.float32)
    blocks = feature_blocks([str(i) for i in range(6)])
    drawn = fit_copula(matrix, blocks, np.random.default_rng(1)).draw(np.random.default_rng(2))
    np.testing.assert_allclose(
        np.corrcoef(drawn, rowvar=False), np.corrcoef(matrix, rowvar=False), atol=0.05
    )
