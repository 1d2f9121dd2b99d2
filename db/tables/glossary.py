"""The bank's vocabulary: categories, terms and what each term explains."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base


class GlossaryCategory(Base):
    """One branch of the tree of categories; ``path`` names it with all that it lies in."""

    __tablename__ = "glossary_categories"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    path: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    description: Mapped[str]
    tags: Mapped[list[str]] = mapped_column(JSON)
    stewards: Mapped[list[str]] = mapped_column(JSON)
    is_shipped: Mapped[bool]  # as the product brought it; a later version may replace it


class GlossaryTerm(Base):
    """One word and what it means; an id stays with category and name through imports."""

    __tablename__ = "glossary_terms"
    __table_args__ = (UniqueConstraint("category_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    category_id: Mapped[int] = mapped_column(ForeignKey("glossary_categories.id"))
    name: Mapped[str]
    position: Mapped[int]
    description: Mapped[str]
    tags: Mapped[list[str]] = mapped_column(JSON)
    classifications: Mapped[list[str]] = mapped_column(JSON)
    stewards: Mapped[list[str]] = mapped_column(JSON)
    related: Mapped[list[str]] = mapped_column(JSON)  # paths of terms
    business_start: Mapped[date | None]
    business_end: Mapped[date | None]
    part_of: Mapped[list[str]] = mapped_column(JSON)  # paths of terms
    type_of: Mapped[list[str]] = mapped_column(JSON)  # paths of terms
    abbreviations: Mapped[list[str]] = mapped_column(JSON)
    data_classes: Mapped[list[str]] = mapped_column(JSON)
    synonyms: Mapped[list[str]] = mapped_column(JSON)
    secondary_categories: Mapped[list[str]] = mapped_column(JSON)  # paths of categories
    is_shipped: Mapped[bool]


class GlossaryLink(Base):
    """What a term explains: a feature (table "features") or a column of a source's table."""

    __tablename__ = "glossary_links"
    __table_args__ = (UniqueConstraint("table_name", "column_name", "file"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    term_id: Mapped[int] = mapped_column(
        ForeignKey("glossary_terms.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    table_name: Mapped[str]
    column_name: Mapped[str]
    file: Mapped[str]
    is_shipped: Mapped[bool]


class GlossaryEdition(Base):
    """One state of the glossary; the latest tells which shipped terms it has, if it takes any."""

    __tablename__ = "glossary_editions"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    shipped_digest: Mapped[str]
    takes_shipped: Mapped[bool]  # False after "replace all": the product adds no terms of its own
