"""Customers whom a lens cannot look at, and a run's customers by recency, frequency and money."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    with op.batch_alter_table("segmentations") as table:
        table.add_column(sa.Column("ineligible", sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "rfm_overviews",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("features", sa.JSON(), nullable=False),
        sa.Column("edges", sa.JSON(), nullable=False),
        sa.Column("cuts", sa.JSON(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("without", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["runs.id"],
            name=op.f("fk_rfm_overviews_run_id_runs"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_rfm_overviews")),
    )


def downgrade() -> None:
    op.drop_table("rfm_overviews")
    with op.batch_alter_table("segmentations") as table:
        table.drop_column("ineligible")
