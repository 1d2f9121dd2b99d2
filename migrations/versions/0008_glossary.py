"""The bank's vocabulary: categories, terms and what each term explains."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

TABLES = (
    "glossary_categories",
    "glossary_terms",
    "glossary_links",
    "glossary_editions",
)


def upgrade() -> None:
    op.create_table(
        "glossary_categories",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("stewards", sa.JSON(), nullable=False),
        sa.Column("is_shipped", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glossary_categories")),
        sa.UniqueConstraint("path", name=op.f("uq_glossary_categories_path")),
    )
    op.create_table(
        "glossary_terms",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("classifications", sa.JSON(), nullable=False),
        sa.Column("stewards", sa.JSON(), nullable=False),
        sa.Column("related", sa.JSON(), nullable=False),
        sa.Column("business_start", sa.Date(), nullable=True),
        sa.Column("business_end", sa.Date(), nullable=True),
        sa.Column("part_of", sa.JSON(), nullable=False),
        sa.Column("type_of", sa.JSON(), nullable=False),
        sa.Column("abbreviations", sa.JSON(), nullable=False),
        sa.Column("data_classes", sa.JSON(), nullable=False),
        sa.Column("synonyms", sa.JSON(), nullable=False),
        sa.Column("secondary_categories", sa.JSON(), nullable=False),
        sa.Column("is_shipped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["glossary_categories.id"],
            name=op.f("fk_glossary_terms_category_id_glossary_categories"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glossary_terms")),
        sa.UniqueConstraint("category_id", "name", name=op.f("uq_glossary_terms_category_id_name")),
    )
    op.create_table(
        "glossary_links",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("column_name", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("is_shipped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["term_id"],
            ["glossary_terms.id"],
            name=op.f("fk_glossary_links_term_id_glossary_terms"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glossary_links")),
        sa.UniqueConstraint(
            "table_name",
            "column_name",
            "file",
            name=op.f("uq_glossary_links_table_name_column_name_file"),
        ),
    )
    op.create_index(op.f("ix_glossary_links_term_id"), "glossary_links", ["term_id"], unique=False)
    op.create_table(
        "glossary_editions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shipped_digest", sa.Text(), nullable=False),
        sa.Column("takes_shipped", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_glossary_editions")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
