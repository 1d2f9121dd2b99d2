"""Segments that outlive runs, their members, statistics and map."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

# Customer ids and pseudonyms sort bytewise on both databases.
BYTEWISE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

TABLES = (
    "segment_identities",
    "segments",
    "assignments",
    "segment_statistics",
    "segment_histograms",
    "segment_categories",
    "differentiators",
    "map_points",
    "map_axes",
    "action_clients",
)


def upgrade() -> None:
    op.create_table(
        "segment_identities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("lens", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("colour", sa.Integer(), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("recommended_treatment", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("changed_by", sa.Text(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["datasets.id"], name=op.f("fk_segment_identities_dataset_id_datasets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segment_identities")),
        sa.UniqueConstraint(
            "dataset_id", "lens", "key", name=op.f("uq_segment_identities_dataset_id_lens_key")
        ),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "segments",
        sa.Column("segmentation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("identity_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("colour", sa.Integer(), nullable=False),
        sa.Column("is_rule", sa.Boolean(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.Column("value_total", sa.Double(), nullable=True),
        sa.Column("value_share", sa.Double(), nullable=True),
        sa.Column("value_median", sa.Double(), nullable=True),
        sa.Column("jaccard", sa.Double(), nullable=True),
        sa.Column("stability", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("rule_precision", sa.Double(), nullable=True),
        sa.Column("rule_recall", sa.Double(), nullable=True),
        sa.CheckConstraint(
            "stability IN ("
            "'Highly stable', "
            "'Stable', "
            "'Uncertain members', "
            "'Not to be trusted', "
            "'By rule')",
            name=op.f("ck_segments_stability"),
        ),
        sa.ForeignKeyConstraint(
            ["identity_id"],
            ["segment_identities.id"],
            name=op.f("fk_segments_identity_id_segment_identities"),
        ),
        sa.ForeignKeyConstraint(
            ["segmentation_id"],
            ["segmentations.id"],
            name=op.f("fk_segments_segmentation_id_segmentations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("segmentation_id", "number", name=op.f("pk_segments")),
    )
    op.create_index(op.f("ix_segments_identity_id"), "segments", ["identity_id"], unique=False)
    op.create_table(
        "assignments",
        sa.Column("segmentation_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", BYTEWISE, nullable=False),
        sa.Column("segment", sa.SmallInteger(), nullable=False),
        sa.Column("runner_up", sa.SmallInteger(), nullable=True),
        sa.Column("distance", sa.Double(), nullable=True),
        sa.Column("margin", sa.Double(), nullable=True),
        sa.Column("typicality", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["segmentation_id", "segment"],
            ["segments.segmentation_id", "segments.number"],
            name=op.f("fk_assignments_segmentation_id_segment_segments"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("segmentation_id", "customer_id", name=op.f("pk_assignments")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "segment_statistics",
        sa.Column("segmentation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("segment", sa.SmallInteger(), nullable=True),
        sa.Column("feature", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("missing", sa.Integer(), nullable=False),
        sa.Column("mean", sa.Double(), nullable=True),
        sa.Column("sd", sa.Double(), nullable=True),
        sa.Column("minimum", sa.Double(), nullable=True),
        sa.Column("p05", sa.Double(), nullable=True),
        sa.Column("p25", sa.Double(), nullable=True),
        sa.Column("median", sa.Double(), nullable=True),
        sa.Column("p75", sa.Double(), nullable=True),
        sa.Column("p95", sa.Double(), nullable=True),
        sa.Column("maximum", sa.Double(), nullable=True),
        sa.Column("percentile", sa.Double(), nullable=True),
        sa.Column("nonzero_share", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["segmentation_id"],
            ["segmentations.id"],
            name=op.f("fk_segment_statistics_segmentation_id_segmentations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("segmentation_id", "position", name=op.f("pk_segment_statistics")),
    )
    op.create_table(
        "segment_histograms",
        sa.Column("segmentation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("segment", sa.SmallInteger(), nullable=True),
        sa.Column("feature", sa.Text(), nullable=False),
        sa.Column("edges", sa.JSON(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["segmentation_id"],
            ["segmentations.id"],
            name=op.f("fk_segment_histograms_segmentation_id_segmentations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("segmentation_id", "position", name=op.f("pk_segment_histograms")),
    )
    op.create_table(
        "segment_categories",
        sa.Column("segmentation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("segment", sa.SmallInteger(), nullable=True),
        sa.Column("feature", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["segmentation_id"],
            ["segmentations.id"],
            name=op.f("fk_segment_categories_segmentation_id_segmentations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("segmentation_id", "position", name=op.f("pk_segment_categories")),
    )
    op.create_table(
        "differentiators",
        sa.Column("segmentation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("segment", sa.SmallInteger(), nullable=False),
        sa.Column("feature", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("here", sa.Double(), nullable=False),
        sa.Column("elsewhere", sa.Double(), nullable=False),
        sa.Column("difference", sa.Double(), nullable=False),
        sa.Column("effect", sa.Double(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("echoes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["segmentation_id"],
            ["segmentations.id"],
            name=op.f("fk_differentiators_segmentation_id_segmentations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("segmentation_id", "position", name=op.f("pk_differentiators")),
    )
    op.create_table(
        "map_points",
        sa.Column("segmentation_id", sa.Integer(), nullable=False),
        sa.Column("sampled_from", sa.Integer(), nullable=False),
        sa.Column("pseudonyms", sa.Text(), nullable=False),
        sa.Column("xyz", sa.LargeBinary(), nullable=False),
        sa.Column("segment", sa.LargeBinary(), nullable=False),
        sa.Column("margin", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["segmentation_id"],
            ["segmentations.id"],
            name=op.f("fk_map_points_segmentation_id_segmentations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("segmentation_id", name=op.f("pk_map_points")),
    )
    op.create_table(
        "map_axes",
        sa.Column("segmentation_id", sa.Integer(), nullable=False),
        sa.Column("explained_variance", sa.JSON(), nullable=False),
        sa.Column("centroids", sa.JSON(), nullable=False),
        sa.Column("loadings", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["segmentation_id"],
            ["segmentations.id"],
            name=op.f("fk_map_axes_segmentation_id_segmentations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("segmentation_id", name=op.f("pk_map_axes")),
    )
    op.create_table(
        "action_clients",
        sa.Column("segmentation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pseudonym", sa.Text(), nullable=False),
        sa.Column("segment", sa.SmallInteger(), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["segmentation_id"],
            ["segmentations.id"],
            name=op.f("fk_action_clients_segmentation_id_segmentations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("segmentation_id", "position", name=op.f("pk_action_clients")),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
