"""Who moved between a run and the publication before it, and how far features drifted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "migrations_between_runs",
        sa.Column("segmentation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("before_id", sa.Integer(), nullable=True),
        sa.Column("before_as_of", sa.Date(), nullable=False),
        sa.Column("is_refitted", sa.Boolean(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("by_customer", sa.Integer(), nullable=False),
        sa.Column("by_model", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("joined", sa.Integer(), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["segmentation_id"],
            ["segmentations.id"],
            name=op.f("fk_migrations_between_runs_segmentation_id_segmentations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["before_id"],
            ["segmentations.id"],
            name=op.f("fk_migrations_between_runs_before_id_segmentations"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("segmentation_id", name=op.f("pk_migrations_between_runs")),
    )
    op.create_index(
        op.f("ix_migrations_between_runs_before_id"), "migrations_between_runs", ["before_id"]
    )
    op.create_table(
        "migration_flows",
        sa.Column("segmentation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("between", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["segmentation_id"],
            ["migrations_between_runs.segmentation_id"],
            name=op.f("fk_migration_flows_segmentation_id_migrations_between_runs"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("segmentation_id", "position", name=op.f("pk_migration_flows")),
    )
    op.create_table(
        "feature_drifts",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("feature", sa.Text(), nullable=False),
        sa.Column("psi", sa.Double(), nullable=False),
        sa.Column("by_chance", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["runs.id"],
            name=op.f("fk_feature_drifts_run_id_runs"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("run_id", "position", name=op.f("pk_feature_drifts")),
    )
    op.add_column("assignments", sa.Column("since", sa.Date(), nullable=True))
    op.add_column("assignments", sa.Column("previous", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("assignments", "previous")
    op.drop_column("assignments", "since")
    op.drop_table("feature_drifts")
    op.drop_table("migration_flows")
    op.drop_table("migrations_between_runs")
