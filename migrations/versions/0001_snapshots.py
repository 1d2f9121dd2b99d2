"""Data sets, and what was read of them as of a date.

A snapshot's wide feature table is data: the store makes it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# Customer ids and pseudonyms sort bytewise on both databases.
BYTEWISE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

TABLES = (
    "datasets",
    "snapshots",
    "snapshot_files",
    "import_rejects",
    "integrity_findings",
    "customers",
    "customer_identities",
    "features",
    "lenses",
)


def upgrade() -> None:
    op.create_table(
        "datasets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("pseudonym_check", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_datasets")),
        sa.UniqueConstraint("name", name=op.f("uq_datasets_name")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "snapshots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("customers", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["datasets.id"], name=op.f("fk_snapshots_dataset_id_datasets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snapshots")),
        sa.UniqueConstraint(
            "dataset_id", "fingerprint", name=op.f("uq_snapshots_dataset_id_fingerprint")
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "snapshot_files",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("rows_read", sa.Integer(), nullable=False),
        sa.Column("rows_accepted", sa.Integer(), nullable=False),
        sa.Column("rows_rejected", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "rows_read = rows_accepted + rows_rejected", name=op.f("ck_snapshot_files_rows_add_up")
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["snapshots.id"],
            name=op.f("fk_snapshot_files_snapshot_id_snapshots"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("snapshot_id", "position", name=op.f("pk_snapshot_files")),
    )
    op.create_table(
        "import_rejects",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("column_name", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["snapshots.id"],
            name=op.f("fk_import_rejects_snapshot_id_snapshots"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("snapshot_id", "position", name=op.f("pk_import_rejects")),
    )
    op.create_table(
        "integrity_findings",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("check_name", sa.Text(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["snapshots.id"],
            name=op.f("fk_integrity_findings_snapshot_id_snapshots"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("snapshot_id", "position", name=op.f("pk_integrity_findings")),
    )
    op.create_table(
        "customers",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", BYTEWISE, nullable=False),
        sa.Column("pseudonym", BYTEWISE, nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["snapshots.id"],
            name=op.f("fk_customers_snapshot_id_snapshots"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("snapshot_id", "customer_id", name=op.f("pk_customers")),
        sa.UniqueConstraint(
            "snapshot_id", "pseudonym", name=op.f("uq_customers_snapshot_id_pseudonym")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "customer_identities",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", BYTEWISE, nullable=False),
        sa.Column("identifiers", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["snapshots.id"],
            name=op.f("fk_customer_identities_snapshot_id_snapshots"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("snapshot_id", "customer_id", name=op.f("pk_customer_identities")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "features",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("sensitivity", sa.Text(), nullable=False),
        sa.Column("source_columns", sa.JSON(), nullable=False),
        sa.Column("levels", sa.JSON(), nullable=False),
        sa.Column("low_words", sa.Text(), nullable=False),
        sa.Column("high_words", sa.Text(), nullable=False),
        sa.Column("missing_allowed", sa.Boolean(), nullable=False),
        sa.Column("actionable", sa.Boolean(), nullable=False),
        sa.Column("storage", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind IN ("
            "'money', "
            "'count', "
            "'number', "
            "'share', "
            "'days', "
            "'years', "
            "'category', "
            "'ordinal', "
            "'flag')",
            name=op.f("ck_features_kind"),
        ),
        sa.CheckConstraint(
            "sensitivity IN ('direct', 'sensitive', 'proxy', 'ordinary')",
            name=op.f("ck_features_sensitivity"),
        ),
        sa.CheckConstraint("side IN ('demographic', 'behavioural')", name=op.f("ck_features_side")),
        sa.CheckConstraint(
            "storage IN ('real', 'integer', 'text')", name=op.f("ck_features_storage")
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["snapshots.id"],
            name=op.f("fk_features_snapshot_id_snapshots"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("snapshot_id", "name", name=op.f("pk_features")),
        sa.UniqueConstraint(
            "snapshot_id", "position", name=op.f("uq_features_snapshot_id_position")
        ),
    )
    op.create_table(
        "lenses",
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("spec", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["snapshot_id"],
            ["snapshots.id"],
            name=op.f("fk_lenses_snapshot_id_snapshots"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("snapshot_id", "name", name=op.f("pk_lenses")),
        sa.UniqueConstraint("snapshot_id", "position", name=op.f("uq_lenses_snapshot_id_position")),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
