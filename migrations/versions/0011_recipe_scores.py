"""How other scalers and algorithms would have segmented a lens's customers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "recipe_scores",
        sa.Column("segmentation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("scaler", sa.Text(), nullable=False),
        sa.Column("algorithm", sa.Text(), nullable=False),
        sa.Column("is_own", sa.Boolean(), nullable=False),
        sa.Column("ami_own", sa.Double(), nullable=True),
        sa.Column("ami_live", sa.Double(), nullable=True),
        sa.Column("silhouette", sa.Double(), nullable=True),
        sa.Column("jaccard_min", sa.Double(), nullable=True),
        sa.Column("sizes", sa.JSON(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["segmentation_id"],
            ["segmentations.id"],
            name=op.f("fk_recipe_scores_segmentation_id_segmentations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("segmentation_id", "position", name=op.f("pk_recipe_scores")),
    )


def downgrade() -> None:
    op.drop_table("recipe_scores")
