"""What a fit leaves behind to judge it by, and the customers to look at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "qualities",
        sa.Column("segmentation_id", sa.Integer(), nullable=False),
        sa.Column("silhouette", sa.Double(), nullable=True),
        sa.Column("null_silhouettes", sa.JSON(), nullable=False),
        sa.Column("clustergram", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("dendrogram", sa.JSON(none_as_null=True), nullable=True),
        _owned_by("qualities", "segmentations", "id"),
        sa.PrimaryKeyConstraint("segmentation_id", name=op.f("pk_qualities")),
    )
    op.create_table(
        "segment_qualities",
        sa.Column("segmentation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("segment", sa.Integer(), nullable=False),
        sa.Column("sampled", sa.Integer(), nullable=False),
        sa.Column("silhouette", sa.Double(), nullable=False),
        sa.Column("nearer_elsewhere", sa.Double(), nullable=False),
        sa.Column("widths", sa.JSON(), nullable=False),
        sa.Column("jaccards", sa.JSON(), nullable=False),
        _owned_by("segment_qualities", "qualities", "segmentation_id"),
        sa.PrimaryKeyConstraint("segmentation_id", "position", name=op.f("pk_segment_qualities")),
    )
    op.create_table(
        "feature_influences",
        sa.Column("segmentation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("feature", sa.Text(), nullable=False),
        sa.Column("eta_squared", sa.Double(), nullable=False),
        sa.Column("changed", sa.Double(), nullable=False),
        _owned_by("feature_influences", "qualities", "segmentation_id"),
        sa.PrimaryKeyConstraint("segmentation_id", "position", name=op.f("pk_feature_influences")),
    )
    op.create_table(
        "exemplars",
        sa.Column("segmentation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pseudonym", sa.Text(), nullable=False),
        sa.Column("segment", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("runner_up", sa.Integer(), nullable=True),
        sa.Column("margin", sa.Double(), nullable=True),
        sa.Column("features", sa.JSON(), nullable=False),
        sa.CheckConstraint("kind IN ('medoid', 'borderline')", name=op.f("ck_exemplars_kind")),
        _owned_by("exemplars", "segmentations", "id"),
        sa.PrimaryKeyConstraint("segmentation_id", "position", name=op.f("pk_exemplars")),
    )


def downgrade() -> None:
    for table in ("exemplars", "feature_influences", "segment_qualities", "qualities"):
        op.drop_table(table)


def _owned_by(table: str, owner: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["segmentation_id"],
        [f"{owner}.{column}"],
        name=op.f(f"fk_{table}_segmentation_id_{owner}"),
        ondelete="CASCADE",
    )
