"""Runs, what each lens found as a whole, and how two lenses compare."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = (
    "runs",
    "segmentations",
    "trust_tests",
    "k_scores",
    "comparisons",
    "comparison_cells",
    "bake_offs",
)


def upgrade() -> None:
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("config", sa.JSON(), nullable=False),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.Column("timings", sa.JSON(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('running', 'draft', 'failed')", name=op.f("ck_runs_status")),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name=op.f("fk_runs_snapshot_id_snapshots")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_runs_snapshot_id"), "runs", ["snapshot_id"], unique=False)
    op.create_table(
        "segmentations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("lens", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("lens_spec", sa.JSON(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("model_sha256", sa.Text(), nullable=False),
        sa.Column("k", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("verdict_level", sa.Text(), nullable=False),
        sa.Column("verdict_reason", sa.Text(), nullable=False),
        sa.Column("headlines", sa.JSON(), nullable=False),
        sa.Column("rule_fidelity", sa.Double(), nullable=True),
        sa.CheckConstraint(
            "side IN ('demographic', 'behavioural')", name=op.f("ck_segmentations_side")
        ),
        sa.CheckConstraint(
            "verdict_level IN ('Strong', 'Usable with care', 'Weak', 'Do not use')",
            name=op.f("ck_segmentations_verdict_level"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["runs.id"], name=op.f("fk_segmentations_run_id_runs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segmentations")),
        sa.UniqueConstraint("run_id", "lens", name=op.f("uq_segmentations_run_id_lens")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "trust_tests",
        sa.Column("segmentation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("figure", sa.Text(), nullable=False),
        sa.Column("threshold", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["segmentation_id"],
            ["segmentations.id"],
            name=op.f("fk_trust_tests_segmentation_id_segmentations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("segmentation_id", "position", name=op.f("pk_trust_tests")),
    )
    op.create_table(
        "k_scores",
        sa.Column("segmentation_id", sa.Integer(), nullable=False),
        sa.Column("k", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("inertia", sa.Double(), nullable=True),
        sa.Column("silhouette", sa.Double(), nullable=True),
        sa.Column("silhouette_macro", sa.Double(), nullable=True),
        sa.Column("calinski_harabasz", sa.Double(), nullable=True),
        sa.Column("davies_bouldin", sa.Double(), nullable=True),
        sa.Column("jaccard_min", sa.Double(), nullable=True),
        sa.Column("jaccard_mean", sa.Double(), nullable=True),
        sa.Column("smallest_share", sa.Double(), nullable=True),
        sa.Column("largest_share", sa.Double(), nullable=True),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["segmentation_id"],
            ["segmentations.id"],
            name=op.f("fk_k_scores_segmentation_id_segmentations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("segmentation_id", "k", name=op.f("pk_k_scores")),
    )
    op.create_table(
        "comparisons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("lens_a", sa.Text(), nullable=False),
        sa.Column("lens_b", sa.Text(), nullable=False),
        sa.Column("ami", sa.Double(), nullable=False),
        sa.Column("ami_chance_low", sa.Double(), nullable=False),
        sa.Column("ami_chance_high", sa.Double(), nullable=False),
        sa.Column("ari", sa.Double(), nullable=False),
        sa.Column("cramers_v", sa.Double(), nullable=False),
        sa.Column("predict_b_from_a", sa.Double(), nullable=True),
        sa.Column("predict_b_chance", sa.Double(), nullable=True),
        sa.Column("predict_a_from_b", sa.Double(), nullable=True),
        sa.Column("predict_a_chance", sa.Double(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["runs.id"], name=op.f("fk_comparisons_run_id_runs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comparisons")),
        sa.UniqueConstraint(
            "run_id", "lens_a", "lens_b", name=op.f("uq_comparisons_run_id_lens_a_lens_b")
        ),
    )
    op.create_table(
        "comparison_cells",
        sa.Column("comparison_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("a", sa.Integer(), nullable=False),
        sa.Column("b", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Double(), nullable=False),
        sa.Column("lift", sa.Double(), nullable=True),
        sa.Column("residual", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["comparison_id"],
            ["comparisons.id"],
            name=op.f("fk_comparison_cells_comparison_id_comparisons"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("comparison_id", "position", name=op.f("pk_comparison_cells")),
    )
    op.create_table(
        "bake_offs",
        sa.Column("comparison_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("a", sa.Double(), nullable=False),
        sa.Column("b", sa.Double(), nullable=False),
        sa.Column("crossed", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comparison_id"],
            ["comparisons.id"],
            name=op.f("fk_bake_offs_comparison_id_comparisons"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("comparison_id", "position", name=op.f("pk_bake_offs")),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
