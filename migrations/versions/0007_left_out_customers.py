"""Customers of the files who take no part in a snapshot, and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

BYTEWISE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "left_out_customers",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", BYTEWISE, nullable=False),
        sa.Column("pseudonym", BYTEWISE, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["snapshots.id"],
            name=op.f("fk_left_out_customers_snapshot_id_snapshots"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("snapshot_id", "customer_id", name=op.f("pk_left_out_customers")),
        sa.UniqueConstraint(
            "snapshot_id", "pseudonym", name=op.f("uq_left_out_customers_snapshot_id_pseudonym")
        ),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("left_out_customers")
