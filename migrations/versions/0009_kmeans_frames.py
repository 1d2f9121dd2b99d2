"""How k-means found the segments, frame by frame."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "kmeans_traces",
        sa.Column("segmentation_id", sa.Integer(), nullable=False),
        sa.Column("sampled_from", sa.Integer(), nullable=False),
        sa.Column("xy", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["segmentation_id"],
            ["segmentations.id"],
            name=op.f("fk_kmeans_traces_segmentation_id_segmentations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("segmentation_id", name=op.f("pk_kmeans_traces")),
    )
    op.create_table(
        "kmeans_frames",
        sa.Column("segmentation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("iteration", sa.Integer(), nullable=False),
        sa.Column("centroids", sa.JSON(), nullable=False),
        sa.Column("segment", sa.LargeBinary(), nullable=False),
        sa.Column("inertia", sa.Double(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "step IN ('start', 'assign', 'update', 'part')", name=op.f("ck_kmeans_frames_step")
        ),
        sa.ForeignKeyConstraint(
            ["segmentation_id"],
            ["kmeans_traces.segmentation_id"],
            name=op.f("fk_kmeans_frames_segmentation_id_kmeans_traces"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("segmentation_id", "position", name=op.f("pk_kmeans_frames")),
    )


def downgrade() -> None:
    op.drop_table("kmeans_frames")
    op.drop_table("kmeans_traces")
