"""One pointer per data set, and every publication before it.

The view of what is live is data: publishing makes it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TABLES = (
    "publication_history",
    "publication_lenses",
    "publications",
)


def upgrade() -> None:
    op.create_table(
        "publication_history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("previous_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["datasets.id"], name=op.f("fk_publication_history_dataset_id_datasets")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"],
            ["publication_history.id"],
            name=op.f("fk_publication_history_previous_id_publication_history"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["runs.id"], name=op.f("fk_publication_history_run_id_runs")
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["snapshots.id"],
            name=op.f("fk_publication_history_snapshot_id_snapshots"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication_history")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_publication_history_dataset_id_run_id"),
        "publication_history",
        ["dataset_id", "run_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_publication_history_run_id"), "publication_history", ["run_id"], unique=False
    )
    op.create_table(
        "publication_lenses",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("lens", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("segmentation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["publication_history.id"],
            name=op.f("fk_publication_lenses_entry_id_publication_history"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["segmentation_id"],
            ["segmentations.id"],
            name=op.f("fk_publication_lenses_segmentation_id_segmentations"),
        ),
        sa.PrimaryKeyConstraint("entry_id", "lens", name=op.f("pk_publication_lenses")),
    )
    op.create_index(
        op.f("ix_publication_lenses_segmentation_id"),
        "publication_lenses",
        ["segmentation_id"],
        unique=False,
    )
    op.create_table(
        "publications",
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["datasets.id"], name=op.f("fk_publications_dataset_id_datasets")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["publication_history.id"],
            name=op.f("fk_publications_entry_id_publication_history"),
        ),
        sa.PrimaryKeyConstraint("dataset_id", name=op.f("pk_publications")),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
