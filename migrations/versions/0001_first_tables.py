"""The first tables: snapshots, runs, publications, segments, users and the audit.

A snapshot's wide feature table and the published views are data: the store makes them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# Customer ids sort bytewise on both databases.
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
    "runs",
    "segmentations",
    "trust_tests",
    "k_scores",
    "comparisons",
    "comparison_cells",
    "bake_offs",
    "publication_history",
    "publication_lenses",
    "publications",
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
    "users",
    "audit",
)


def upgrade() -> None:
    _create_snapshots()
    _create_runs()
    _create_publications()
    _create_segments()
    _create_people()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _create_snapshots() -> None:
    """Data sets, and what was read of them as of a date."""
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
            "kind IN ('money', 'count', 'number', 'share', 'days', 'years', 'category', 'ordinal', 'flag')",
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


def _create_runs() -> None:
    """Runs, what each lens found as a whole, and how two lenses compare."""
    op.create_table(
        "runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("config", sa.JSON(), nullable=False),
        sa.Column("versions", sa.JSON(), nullable=False),
        sa.Column("timings", sa.JSON(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('running', 'draft', 'failed')", name=op.f("ck_runs_status")),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["snapshots.id"], name=op.f("fk_runs_snapshot_id_snapshots")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_runs_snapshot_id"), "runs", ["snapshot_id"], unique=False)
    op.create_table(
        "segmentations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("lens", sa.Text(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("lens_spec", sa.JSON(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("model_sha256", sa.Text(), nullable=False),
        sa.Column("k", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("verdict_level", sa.Text(), nullable=False),
        sa.Column("verdict_reason", sa.Text(), nullable=False),
        sa.Column("headlines", sa.JSON(), nullable=False),
        sa.Column("rule_fidelity", sa.Double(), nullable=True),
        sa.CheckConstraint(
            "side IN ('demographic', 'behavioural')", name=op.f("ck_segmentations_side")
        ),
        sa.CheckConstraint(
            "verdict_level IN ('Strong', 'Usable with care', 'Weak', 'Do not use')",
            name=op.f("ck_segmentations_verdict_level"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["runs.id"], name=op.f("fk_segmentations_run_id_runs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segmentations")),
        sa.UniqueConstraint("run_id", "lens", name=op.f("uq_segmentations_run_id_lens")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "trust_tests",
        sa.Column("segmentation_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("figure", sa.Text(), nullable=False),
        sa.Column("threshold", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("remedy", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["segmentation_id"],
            ["segmentations.id"],
            name=op.f("fk_trust_tests_segmentation_id_segmentations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("segmentation_id", "position", name=op.f("pk_trust_tests")),
    )
    op.create_table(
        "k_scores",
        sa.Column("segmentation_id", sa.Integer(), nullable=False),
        sa.Column("k", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("inertia", sa.Double(), nullable=True),
        sa.Column("silhouette", sa.Double(), nullable=True),
        sa.Column("silhouette_macro", sa.Double(), nullable=True),
        sa.Column("calinski_harabasz", sa.Double(), nullable=True),
        sa.Column("davies_bouldin", sa.Double(), nullable=True),
        sa.Column("jaccard_min", sa.Double(), nullable=True),
        sa.Column("jaccard_mean", sa.Double(), nullable=True),
        sa.Column("smallest_share", sa.Double(), nullable=True),
        sa.Column("largest_share", sa.Double(), nullable=True),
        sa.Column("chosen", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["segmentation_id"],
            ["segmentations.id"],
            name=op.f("fk_k_scores_segmentation_id_segmentations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("segmentation_id", "k", name=op.f("pk_k_scores")),
    )
    op.create_table(
        "comparisons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("lens_a", sa.Text(), nullable=False),
        sa.Column("lens_b", sa.Text(), nullable=False),
        sa.Column("ami", sa.Double(), nullable=False),
        sa.Column("ami_chance_low", sa.Double(), nullable=False),
        sa.Column("ami_chance_high", sa.Double(), nullable=False),
        sa.Column("ari", sa.Double(), nullable=False),
        sa.Column("cramers_v", sa.Double(), nullable=False),
        sa.Column("predict_b_from_a", sa.Double(), nullable=True),
        sa.Column("predict_b_chance", sa.Double(), nullable=True),
        sa.Column("predict_a_from_b", sa.Double(), nullable=True),
        sa.Column("predict_a_chance", sa.Double(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["runs.id"], name=op.f("fk_comparisons_run_id_runs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comparisons")),
        sa.UniqueConstraint(
            "run_id", "lens_a", "lens_b", name=op.f("uq_comparisons_run_id_lens_a_lens_b")
        ),
    )
    op.create_table(
        "comparison_cells",
        sa.Column("comparison_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("a", sa.Integer(), nullable=False),
        sa.Column("b", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("expected", sa.Double(), nullable=False),
        sa.Column("lift", sa.Double(), nullable=True),
        sa.Column("residual", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["comparison_id"],
            ["comparisons.id"],
            name=op.f("fk_comparison_cells_comparison_id_comparisons"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("comparison_id", "position", name=op.f("pk_comparison_cells")),
    )
    op.create_table(
        "bake_offs",
        sa.Column("comparison_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("a", sa.Double(), nullable=False),
        sa.Column("b", sa.Double(), nullable=False),
        sa.Column("crossed", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comparison_id"],
            ["comparisons.id"],
            name=op.f("fk_bake_offs_comparison_id_comparisons"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("comparison_id", "position", name=op.f("pk_bake_offs")),
    )


def _create_publications() -> None:
    """One pointer per data set, and every publication before it."""
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


def _create_segments() -> None:
    """Segments that outlive runs, their members, statistics and map."""
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
            "stability IN ('Highly stable', 'Stable', 'Uncertain members', 'Not to be trusted', 'By rule')",
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


def _create_people() -> None:
    """Who may sign in, and the record of who did what."""
    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("session_token", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role IN ('viewer', 'analyst', 'admin')", name=op.f("ck_users_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("name", name=op.f("uq_users_name")),
        sa.UniqueConstraint("session_token", name=op.f("uq_users_session_token")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_audit_at"), "audit", ["at"], unique=False)
