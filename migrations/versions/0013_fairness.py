"""How each lens of a run treats people, and how many of them it has seen the like of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "permutation_checks",
        sa.Column("segmentation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("is_refitted", sa.Boolean(), nullable=False),
        sa.Column("assignments_sha256", sa.Text(), nullable=False),
        sa.Column("shuffled_sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["segmentation_id"],
            ["segmentations.id"],
            name=op.f("fk_permutation_checks_segmentation_id_segmentations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("segmentation_id", name=op.f("pk_permutation_checks")),
    )
    op.create_table(
        "typicality_counts",
        sa.Column("segmentation_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("measured", sa.Integer(), nullable=False),
        sa.Column("unlike", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["segmentation_id"],
            ["segmentations.id"],
            name=op.f("fk_typicality_counts_segmentation_id_segmentations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("segmentation_id", name=op.f("pk_typicality_counts")),
    )
    op.create_table(
        "proxy_meters",
        sa.Column("segmentation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("feature", sa.Text(), nullable=False),
        sa.Column("groups", sa.Integer(), nullable=False),
        sa.Column("is_binned", sa.Boolean(), nullable=False),
        sa.Column("is_input", sa.Boolean(), nullable=False),
        sa.Column("cramers_v", sa.Double(), nullable=False),
        sa.Column("accuracy", sa.Double(), nullable=True),
        sa.Column("chance", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["segmentation_id"],
            ["segmentations.id"],
            name=op.f("fk_proxy_meters_segmentation_id_segmentations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("segmentation_id", "position", name=op.f("pk_proxy_meters")),
    )


def downgrade() -> None:
    op.drop_table("proxy_meters")
    op.drop_table("typicality_counts")
    op.drop_table("permutation_checks")
