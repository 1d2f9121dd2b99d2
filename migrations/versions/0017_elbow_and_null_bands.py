"""Where inertia bends, null bands per segment, and whom the model before did not know."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("k_scores", sa.Column("elbow", sa.Boolean(), nullable=True))
    with op.batch_alter_table("segment_qualities") as table:
        table.add_column(
            sa.Column("null_silhouettes", sa.JSON(), server_default="[]", nullable=False)
        )
    op.add_column(
        "migrations_between_runs", sa.Column("measured_between", sa.Integer(), nullable=True)
    )
    op.add_column(
        "migrations_between_runs", sa.Column("unlike_between", sa.Integer(), nullable=True)
    )
    # Until now a check prepared inputs anew but searched for no segments: it scored, no more.
    op.execute("UPDATE permutation_checks SET is_refitted = false")


def downgrade() -> None:
    op.drop_column("migrations_between_runs", "unlike_between")
    op.drop_column("migrations_between_runs", "measured_between")
    with op.batch_alter_table("segment_qualities") as table:
        table.drop_column("null_silhouettes")
    op.drop_column("k_scores", "elbow")
